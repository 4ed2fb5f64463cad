//! From paths to operations.

mod body;
mod header;
mod media;
mod pagination;
mod parameter;
mod path;
mod response;
mod security;
mod server;
mod settle;

use std::collections::HashMap;

use self::path::Template;
use super::model::{Components, Document, Info, Operation as Model, PathItem, Tag as TagModel};
use super::names::{Allocator, NameKind, convert};
use super::place::Place;
use super::reader::Reader;
use super::schema::Schemas;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::RustName;
use crate::ir::api::{Api, Method, Operation, SecurityScheme, Tag};
use crate::ir::types::Docs;
use crate::source::Span;

/// The keys of a path item that are operations.
const METHODS: [(&str, Method); 9] = [
    ("get", Method::Get),
    ("put", Method::Put),
    ("post", Method::Post),
    ("delete", Method::Delete),
    ("options", Method::Options),
    ("head", Method::Head),
    ("patch", Method::Patch),
    ("trace", Method::Trace),
    ("query", Method::Query),
];

/// What the operations of a document share while they are read.
pub(super) struct Lowering<'t, 's, 'r> {
    reader: &'r Reader<'t, 's>,
    schemas: Schemas<'t, 's, 'r>,
    security_schemes: Vec<SecurityScheme>,
    document: Document<'t>,
    /// Defaults of parameters, which are checked when the types are known.
    defaults: Vec<settle::Default<'t>>,
    ids: HashMap<&'t str, Span>,
    names: Allocator,
    type_names: Allocator,
    /// The first path of each shape.
    shapes: HashMap<String, Place<'t>>,
}

/// A path item with what it gives to its operations.
struct Item<'t> {
    path: &'t str,
    place: Place<'t>,
    model: PathItem<'t>,
    template: Template<'t>,
}

/// The names of an operation.
struct Names {
    id: Option<String>,
    name: RustName,
    type_name: RustName,
}

/// The API that a document describes.
pub(super) fn lower<'t, 's: 't>(reader: &Reader<'t, 's>, root: Place<'t>, path: &str) -> Api {
    let document = Document::checked(root, reader);
    let components = document
        .components()
        .and_then(|place| reader.follow(place))
        .map(|target| Components::checked(target.place, reader));
    let security_schemes = security::schemes(reader, components.and_then(|components| components.security_schemes()));
    let mut lowering = Lowering {
        reader,
        schemas: Schemas::new(reader),
        security_schemes,
        document,
        defaults: Vec::new(),
        ids: HashMap::new(),
        names: Allocator::default(),
        type_names: Allocator::default(),
        shapes: HashMap::new(),
    };
    let schemas = components.and_then(|components| components.schemas());
    lowering.schemas.replace(root, schemas);
    let operations = lowering.operations();
    let webhooks = lowering.webhooks();
    let info = document.info().map(|place| Info::checked(place, reader));
    let text = |field: Option<Place<'t>>| {
        field.and_then(Place::text).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let servers = server::servers(reader, document.servers());
    let mut api = Api {
        title: text(info.and_then(|info| info.title())).unwrap_or_else(|| path.to_owned()),
        description: text(info.and_then(|info| info.description()))
            .or_else(|| text(info.and_then(|info| info.summary())))
            .unwrap_or_default(),
        version: text(info.and_then(|info| info.version())).unwrap_or_else(|| "0.0.0".to_owned()),
        servers: if servers.is_empty() { vec![server::default()] } else { servers },
        tags: tags(reader, document.tags()),
        security_schemes: lowering.security_schemes,
        operations,
        types: crate::ir::types::Types::default(),
        webhooks,
    };
    let finished = lowering.schemas.finish(root, schemas);
    settle::settle(reader, &mut api.operations, &finished, &lowering.defaults);
    api.types = finished.types;
    for operation in &mut api.operations {
        operation.pagination = pagination::detect(operation, &api.types);
    }
    api
}

fn tags<'t>(reader: &Reader<'t, '_>, place: Option<Place<'t>>) -> Vec<Tag> {
    let tags = place.into_iter().flat_map(Place::elements).map(|place| TagModel::checked(place, reader));
    tags.filter_map(|tag| {
        Some(Tag {
            name: tag.name()?.text()?.to_owned(),
            description: tag.description().and_then(Place::string).unwrap_or_default().trim().to_owned(),
        })
    })
    .collect()
}

impl<'t, 's: 't> Lowering<'t, 's, '_> {
    fn operations(&mut self) -> Vec<Operation> {
        let mut operations = Vec::new();
        let paths = self.document.paths();
        if let Some(paths) = paths.filter(|paths| !paths.is_mapping() && !paths.is_null()) {
            self.reader.misshapen(paths, "a mapping of paths");
        }
        for (path, place) in paths.into_iter().flat_map(Place::pairs) {
            if !path.starts_with("x-") {
                self.path(path, place, &mut operations);
            }
        }
        operations
    }

    fn path(&mut self, path: &'t str, place: Place<'t>, operations: &mut Vec<Operation>) {
        let template = path::template(path);
        if template.is_odd {
            let message = format!("`{}` is no plain path", super::model::shorten(path));
            let diagnostic = Diagnostic::new(Code::OddPath, place.span(), message)
                .help("a path begins with `/`, and has no fragment, no query and no operators in its variables");
            self.reader.report(place.file, diagnostic);
        }
        self.check_shape(&template, place);
        let target = self.reader.follow(place).map(|target| target.place);
        // What stands beside a reference belongs to the path as well.
        for place in target.into_iter().chain(Some(place).filter(|place| Some(*place) != target)) {
            let model = PathItem::checked(place, self.reader);
            self.item(&Item { path, place, model, template: template.clone() }, operations);
        }
    }

    /// The operations of a path item.
    fn item(&mut self, item: &Item<'t>, operations: &mut Vec<Operation>) {
        for (key, value) in item.place.pairs() {
            if let Some((_, method)) = METHODS.iter().find(|(name, _)| *name == key) {
                operations.extend(self.operation(item, method.clone(), value));
            }
        }
        for (method, value) in item.model.additional_operations().into_iter().flat_map(Place::pairs) {
            let known = METHODS.iter().find(|(_, known)| known.as_str() == method);
            let method = known.map_or_else(|| Method::Other(method.to_owned()), |(_, method)| method.clone());
            operations.extend(self.operation(item, method, value));
        }
    }

    /// Reports a path that differs from another one only in the names of its variables.
    fn check_shape(&mut self, template: &Template<'t>, place: Place<'t>) {
        let first = *self.shapes.entry(template.shape()).or_insert(place);
        if first != place {
            let message = "the path differs from another one in nothing but the names of its variables";
            let mut diagnostic = Diagnostic::new(Code::EquivalentPaths, place.span(), message);
            if first.file == place.file {
                diagnostic = diagnostic.also(first.span(), "the other one");
            }
            self.reader.report(place.file, diagnostic);
        }
    }

    fn operation(&mut self, item: &Item<'t>, method: Method, place: Place<'t>) -> Option<Operation> {
        let place = self.reader.follow(place)?.place;
        if !place.is_mapping() && !place.is_null() {
            self.reader.misshapen(place, "an operation");
            return None;
        }
        let model = Model::checked(place, self.reader);
        let names = self.name(item, &method, &model);
        let prefix = names.type_name.as_str();
        let mut template = item.template.clone();
        let parameters = self.parameters(item, &mut template, &model, prefix);
        let body = self.body(&model, prefix);
        let responses = self.responses(&model, prefix);
        if let Some(callbacks) = model.callbacks().filter(|callbacks| !callbacks.entries().is_empty()) {
            self.reader.tell(callbacks, Code::CallbacksIgnored, "callbacks have no effect");
        }
        let is_given = |servers: &Place<'t>| servers.elements().len() > 0;
        let servers = model.servers().filter(is_given).or(item.model.servers());
        let text = |field: Option<Place<'t>>| field.and_then(Place::string).unwrap_or_default().trim().to_owned();
        let non_empty = |text: String, other: Option<Place<'t>>| if text.is_empty() { self::text(other) } else { text };
        Some(Operation {
            docs: Docs {
                title: non_empty(text(model.summary()), item.model.summary()),
                description: non_empty(text(model.description()), item.model.description()),
                deprecated: model.deprecated().and_then(Place::boolean) == Some(true),
                example: None,
            },
            tags: model
                .tags()
                .into_iter()
                .flat_map(Place::elements)
                .filter_map(Place::text)
                .map(str::to_owned)
                .collect(),
            method,
            path: item.path.to_owned(),
            template: template.segments(),
            constant_query: template.query.clone(),
            parameters,
            body,
            responses,
            security: self.security(model.security()),
            servers: server::servers(self.reader, servers),
            pagination: None,
            id: names.id,
            name: names.name,
            type_name: names.type_name,
        })
    }

    fn name(&mut self, item: &Item<'t>, method: &Method, model: &Model<'t>) -> Names {
        let declared =
            model.id().and_then(|place| Some((place, place.text()?))).filter(|(_, id)| !id.trim().is_empty());
        let id = match declared {
            None => {
                let message =
                    format!("`{} {}` has no `operationId`", method.as_str(), super::model::shorten(item.path));
                self.reader.tell(item.place, Code::MissingOperationId, message);
                None
            }
            Some((place, id)) => match self.ids.get(id) {
                None => {
                    self.ids.insert(id, place.span());
                    Some(id)
                }
                Some(first) => {
                    let message = format!("the operation id `{}` occurs twice", super::model::shorten(id));
                    let diagnostic = Diagnostic::new(Code::DuplicateOperationId, place.span(), message)
                        .label("named after its method and path")
                        .also(*first, "first here");
                    self.reader.report(place.file, diagnostic);
                    None
                }
            },
        };
        let wire = id.map_or_else(|| item.template.name(method), str::to_owned);
        Names {
            name: self.names.name(&wire, NameKind::Value),
            type_name: self.type_names.name(&wire, NameKind::Type),
            id: id.map(str::to_owned),
        }
    }

    /// Counts the operations that others call.
    fn webhooks(&self) -> usize {
        let Some(place) = self.document.webhooks().filter(|place| !place.entries().is_empty()) else {
            return 0;
        };
        self.reader.tell(place, Code::WebhooksIgnored, "webhooks have no effect");
        let is_operation = |key: &str| METHODS.iter().any(|(name, _)| *name == key);
        place
            .pairs()
            .filter_map(|(_, item)| self.reader.follow(item))
            .map(|item| item.place.pairs().filter(|(key, _)| is_operation(key)).count())
            .sum()
    }

    /// The name of a schema's position: of the component that a reference led to, or of where it stands.
    fn position(&self, target: super::reader::Target<'t>, suffix: &str, own: impl FnOnce() -> String) -> String {
        let pointer = target.reference.and_then(|_| self.reader.pointer(target.place));
        let Some(pointer) = pointer else {
            return own();
        };
        let name = pointer.rsplit(['/', '#']).find(|part| !part.is_empty()).unwrap_or(&pointer);
        let name =
            name.strip_suffix(".yaml").or(name.strip_suffix(".yml")).or(name.strip_suffix(".json")).unwrap_or(name);
        let name = convert(&super::location::decode(name), NameKind::Type);
        if name.ends_with(suffix) { name } else { format!("{name}{suffix}") }
    }
}

/// A text of the document without blanks around it; empty where there is none.
fn text(place: Option<Place<'_>>) -> String {
    place.and_then(Place::string).unwrap_or_default().trim().to_owned()
}

/// What a document says about a parameter, header or body.
fn docs(description: Option<Place<'_>>, deprecated: Option<Place<'_>>) -> Docs {
    Docs {
        title: String::new(),
        description: text(description),
        deprecated: deprecated.and_then(Place::boolean) == Some(true),
        example: None,
    }
}
