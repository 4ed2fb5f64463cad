//! Parameters.

use std::collections::{HashMap, HashSet};

use super::path::Template;
use super::{Item, Lowering, docs, media, settle, text};
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::api::{Location, Parameter, ParameterEncoding, Style};
use crate::ir::types::{Docs, TypeUse};
use crate::names::{Allocator, NameKind, convert};
use crate::openapi::choice::Spot;
use crate::openapi::model::{self, MediaType, Operation as Model, shorten};
use crate::openapi::place::Place;
use crate::openapi::reader::{Target, UNTYPED};
use crate::openapi::schema::excerpt;
use crate::suggest;

/// Headers that the client itself sends: parameters of these names have no effect, says the specification.
const RESERVED: [&str; 3] = ["accept", "authorization", "content-type"];

const NO_EFFECT: &str = "the parameter has no effect";

/// A parameter as the document has it.
#[derive(Clone, Copy)]
struct Declared<'t> {
    target: Target<'t>,
    model: model::Parameter<'t>,
    wire: &'t str,
    location: Location,
    /// Whether all operations of the path have it.
    is_shared: bool,
}

impl<'t, 's: 't> Lowering<'t, 's, '_> {
    /// The parameters of an operation, those of the path first. Tells the template which are its variables.
    pub(super) fn parameters(
        &mut self,
        item: &Item<'t>,
        template: &mut Template<'t>,
        model: &Model<'t>,
        prefix: &str,
    ) -> Vec<Parameter> {
        let mut declared = self.declared(item, model);
        let places: Vec<(&str, usize)> = template.places().collect();
        let variables: Vec<&str> = places.iter().map(|(name, _)| *name).collect();
        template.bind(&variables);
        let known: HashSet<&str> = variables.iter().copied().collect();
        let mut in_path: HashMap<&str, Declared<'t>> = HashMap::new();
        declared.retain(|parameter| {
            let is_variable = parameter.location == Location::Path && known.contains(parameter.wire);
            if is_variable {
                in_path.insert(parameter.wire, *parameter);
            }
            !is_variable
        });
        let mut names = Allocator::default();
        let mut parameters = Vec::new();
        for (variable, offset) in places {
            let parameter = match in_path.get(variable) {
                Some(parameter) => self.parameter(parameter, item, prefix, &mut names),
                None => self.undeclared(variable, offset, item, &mut names),
            };
            parameters.push(parameter);
        }
        for parameter in declared {
            if parameter.location == Location::Path {
                self.report_unused(&parameter, &known);
                continue;
            }
            parameters.push(self.parameter(&parameter, item, prefix, &mut names));
        }
        parameters
    }

    /// The parameters of a path and an operation: the operation's replace the path's.
    fn declared(&self, item: &Item<'t>, model: &Model<'t>) -> Vec<Declared<'t>> {
        let mut parameters: Vec<Declared<'t>> = Vec::new();
        let mut indices: HashMap<(&str, Location), usize> = HashMap::new();
        let shared = item.model.parameters().into_iter().flat_map(Place::elements).map(|place| (place, true));
        let own = model.parameters().into_iter().flat_map(Place::elements).map(|place| (place, false));
        for (place, is_shared) in shared.chain(own) {
            let Some(declared) = self.declaration(place, is_shared, &item.template) else {
                continue;
            };
            if let Some(index) = indices.get(&(declared.wire, declared.location)) {
                let first = &parameters[*index];
                if first.is_shared == is_shared && first.target.place != declared.target.place {
                    let message = format!("the parameter `{}` is declared twice", shorten(declared.wire));
                    let mut diagnostic = Diagnostic::new(Code::DuplicateOpenApiParameter, place.span(), message)
                        .label("this one counts");
                    if first.target.place.file == place.file {
                        diagnostic = diagnostic.also(first.target.place.span(), "has no effect");
                    }
                    self.reader.report(place.file, diagnostic);
                }
                parameters[*index] = declared;
            } else {
                indices.insert((declared.wire, declared.location), parameters.len());
                parameters.push(declared);
            }
        }
        parameters
    }

    fn declaration(&self, place: Place<'t>, is_shared: bool, template: &Template<'t>) -> Option<Declared<'t>> {
        let target = self.reader.follow(place, NO_EFFECT)?;
        if !target.place.is_mapping() {
            self.reader.misshapen(target.place, "a parameter");
            return None;
        }
        let model = model::Parameter::checked(target.place, self.reader);
        let Some(wire) = model.name().and_then(Place::scalar).map(|scalar| scalar.text) else {
            let diagnostic =
                Diagnostic::new(Code::MissingParameterName, target.place.span(), "the parameter has no name");
            self.reader.report(target.place.file, diagnostic.label("has no effect"));
            return None;
        };
        let location = self.location(&model, wire, template)?;
        if location == Location::Header && RESERVED.iter().any(|name| wire.eq_ignore_ascii_case(name)) {
            let message = format!("the header `{wire}` is not a parameter");
            let name = model.name().unwrap_or(target.place);
            let diagnostic = Diagnostic::new(Code::ReservedHeader, name.span(), message)
                .label(NO_EFFECT)
                .help("it follows from the body, the responses and the security requirements");
            self.reader.report(target.place.file, diagnostic);
            return None;
        }
        Some(Declared { target, model, wire, location, is_shared })
    }

    fn location(&self, model: &model::Parameter<'t>, wire: &str, template: &Template<'t>) -> Option<Location> {
        let exact = |text: &str| {
            Some(match text {
                "path" => Location::Path,
                "query" => Location::Query,
                "querystring" => Location::QueryString,
                "header" => Location::Header,
                "cookie" => Location::Cookie,
                _ => return None,
            })
        };
        let written = model.location().and_then(Place::text).unwrap_or_default();
        if let Some(location) = exact(written) {
            return Some(location);
        }
        let meant = suggest::nearest(written, ["path", "query", "header", "cookie"]).and_then(exact);
        let meant = meant.or_else(|| template.places().any(|(name, _)| name == wire).then_some(Location::Path));
        let place = model.location().or(model.name())?;
        let message = match model.location() {
            Some(_) => format!("`{}` is no place for a parameter", shorten(written)),
            None => format!("the parameter `{}` does not say where it travels", shorten(wire)),
        };
        let label = match meant {
            Some(location) => format!("read as `{}`", location_name(location)),
            None => NO_EFFECT.to_owned(),
        };
        let help = match written {
            "body" | "formData" => "the body of a request stands in `requestBody`",
            _ => "the places are `path`, `query`, `header` and `cookie`",
        };
        let diagnostic = Diagnostic::new(Code::ParameterLocation, place.span(), message).label(label).help(help);
        self.reader.report(place.file, diagnostic);
        meant
    }

    /// Reports a parameter of the path that is none of its variables.
    fn report_unused(&self, parameter: &Declared<'t>, variables: &HashSet<&'t str>) {
        let message = format!("the path has no variable `{}`", shorten(parameter.wire));
        let place = parameter.model.name().unwrap_or(parameter.target.place);
        let mut variables: Vec<&str> = variables.iter().copied().collect();
        variables.sort_unstable();
        let diagnostic = Diagnostic::new(Code::UnusedPathParameter, place.span(), message)
            .label(NO_EFFECT)
            .maybe_help(self.reader.did_you_mean(parameter.wire, variables.into_iter()));
        self.reader.report(place.file, diagnostic);
    }

    /// A variable of the path that nothing declares.
    fn undeclared(&mut self, variable: &str, offset: usize, item: &Item<'t>, names: &mut Allocator) -> Parameter {
        let message = format!("the variable `{}` of the path is not declared", shorten(variable));
        let diagnostic = Diagnostic::new(Code::UndeclaredPathVariable, item.variable(variable, offset), message)
            .label("taken to be a text");
        self.reader.report(item.file, diagnostic);
        self.parameter_spots.push(Spot { file: item.file.0 as usize, span: item.variable(variable, offset) });
        Parameter {
            wire: variable.to_owned(),
            name: names.name(variable, NameKind::Value),
            location: Location::Path,
            required: true,
            encoding: ParameterEncoding::Style { style: Style::Simple, explode: false, allow_reserved: false },
            r#type: self.schemas.text().provisional(),
            default: None,
            allow_empty: false,
            docs: Docs::default(),
        }
    }

    fn parameter(
        &mut self,
        declared: &Declared<'t>,
        item: &Item<'t>,
        prefix: &str,
        names: &mut Allocator,
    ) -> Parameter {
        let Declared { model, wire, location, .. } = declared;
        let position = self.position(declared.target, "Parameter", || {
            let owner = if declared.is_shared { item.type_name() } else { prefix };
            format!("{owner}{}", convert(wire, NameKind::Type))
        });
        let content = model.content().and_then(|content| content.pairs().next());
        if let Some(other) = model.content().and_then(|content| content.members().nth(1)) {
            let message = "a parameter has one media type";
            let diagnostic = Diagnostic::new(Code::FieldWithoutEffect, other.span, message).label("has no effect");
            self.reader.report(declared.target.place.file, diagnostic);
        }
        let schema = match content {
            Some((_, media_type)) => self.media_type(media_type).and_then(|media| media.schema()),
            None => model.schema(),
        };
        let r#type: TypeUse = match schema {
            Some(schema) => self.schemas.usage(schema, position).provisional(),
            None => self.schemas.text().provisional(),
        };
        let encoding = match content {
            Some((name, _)) => ParameterEncoding::Content(media::kind(name)),
            None => self.style(declared),
        };
        if let Some(default) = schema.and_then(|schema| self.schemas.default_of(schema)) {
            self.defaults.push(settle::Default { usage: r#type, place: default });
        }
        self.parameter_spots.push(Spot::of(model.name().unwrap_or(declared.target.place)));
        let mut docs = docs(model.description(), model.deprecated());
        let example = model.examples().and_then(|examples| examples.pairs().next());
        if let Some(schema) = schema.filter(|_| docs.description.is_empty()) {
            docs.description = text(schema.get("description"));
        }
        docs.example = model.example().or_else(|| self.reader.follow_quietly(example?.1)?.get("value")).map(excerpt);
        Parameter {
            wire: (*wire).to_owned(),
            name: names.name(wire, NameKind::Value),
            location: *location,
            required: *location == Location::Path || model.required().and_then(Place::boolean) == Some(true),
            encoding,
            default: schema.and_then(|schema| self.schemas.default_of(schema)).map(crate::openapi::schema::literal),
            r#type,
            allow_empty: model.allow_empty_value().and_then(Place::boolean) == Some(true),
            docs,
        }
    }

    /// The Media Type Object at a place.
    pub(super) fn media_type(&self, place: Place<'t>) -> Option<MediaType<'t>> {
        let place = self.reader.follow(place, UNTYPED)?.place;
        Some(MediaType::checked(place, self.reader))
    }

    fn style(&self, declared: &Declared<'t>) -> ParameterEncoding {
        let Declared { model, location, .. } = declared;
        let default = match location {
            Location::Path | Location::Header => Style::Simple,
            Location::Query | Location::QueryString | Location::Cookie => Style::Form,
        };
        let written = model.style().and_then(|place| Some((place, place.text()?)));
        let style = match written {
            None => default,
            Some((place, text)) => style(text).filter(|style| is_allowed(*style, *location)).unwrap_or_else(|| {
                let message = format!("`{}` is no style of parameters there", shorten(text));
                let known = STYLES.iter().filter(|(_, style)| is_allowed(*style, *location)).map(|(name, _)| *name);
                let diagnostic = Diagnostic::new(Code::ParameterStyle, place.span(), message)
                    .label(format!("read as `{}`", style_name(default)))
                    .help(format!("in {} there are {}", location_name(*location), suggest::list(known)));
                self.reader.report(place.file, diagnostic);
                default
            }),
        };
        let explode = model.explode().and_then(Place::boolean).unwrap_or(matches!(style, Style::Form | Style::Cookie));
        let allow_reserved = model.allow_reserved().and_then(Place::boolean) == Some(true);
        ParameterEncoding::Style { style, explode, allow_reserved }
    }
}

/// The styles by their names.
const STYLES: [(&str, Style); 8] = [
    ("simple", Style::Simple),
    ("label", Style::Label),
    ("matrix", Style::Matrix),
    ("form", Style::Form),
    ("spaceDelimited", Style::SpaceDelimited),
    ("pipeDelimited", Style::PipeDelimited),
    ("deepObject", Style::DeepObject),
    ("cookie", Style::Cookie),
];

/// The style of a name.
pub(super) fn style(name: &str) -> Option<Style> {
    STYLES.iter().find(|(known, _)| *known == name).map(|(_, style)| *style)
}

/// The styles of the properties of forms.
pub(super) fn form_styles() -> impl Iterator<Item = &'static str> {
    STYLES.iter().filter(|(_, style)| is_allowed(*style, Location::Query)).map(|(name, _)| *name)
}

fn style_name(style: Style) -> &'static str {
    STYLES.iter().find(|(_, known)| *known == style).map_or("", |(name, _)| name)
}

fn location_name(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::QueryString => "querystring",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

fn is_allowed(style: Style, location: Location) -> bool {
    match location {
        Location::Path => matches!(style, Style::Simple | Style::Label | Style::Matrix),
        Location::Header => style == Style::Simple,
        Location::Query | Location::QueryString => {
            matches!(style, Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject)
        }
        Location::Cookie => matches!(style, Style::Form | Style::Cookie),
    }
}
