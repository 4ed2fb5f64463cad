//! From paths to operations.

mod body;
mod credentials;
mod header;
mod media;
mod naming;
mod pagination;
mod parameter;
mod path;
mod rename;
mod response;
mod security;
mod select;
mod server;
mod settle;
mod stream;

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};

use self::naming::Found;
use self::path::Template;
use super::choice::{Choose, Places, Route, Spot};
use super::model::{Components, Document, Info, Operation as Model, PathItem, Tag as TagModel};
use super::place::{FileId, Place};
use super::reader::Reader;
use super::schema::Schemas;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::api::{Api, Method, Operation, Tag};
use crate::ir::types::Docs;
use crate::names::{NameKind, convert, shorten};
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
    security_schemes: security::Schemes<'t>,
    document: Document<'t>,
    /// Defaults of parameters, which are checked when the types are known.
    defaults: Vec<settle::Default<'t>>,
    /// The first path of each shape.
    shapes: HashMap<String, (Span, &'t str)>,
    /// Where the operations stand that were read.
    places: Vec<Places>,
    /// Where the parameters of the operation stand that is being read.
    parameter_spots: Vec<Spot>,
    /// The path of the first operation of those whose requests are the same.
    requests: HashMap<(Method, String), (FileId, Span)>,
}

/// A path item with what it gives to its operations.
#[derive(Debug)]
struct Item<'t> {
    path: &'t str,
    /// Where the path stands.
    file: FileId,
    span: Span,
    /// The path item: the entry, or what it refers to.
    place: Place<'t>,
    model: PathItem<'t>,
    template: Template<'t>,
    type_name: OnceCell<String>,
}

impl Item<'_> {
    /// Where a variable of the path stands, or the path if it is written with escapes.
    fn variable(&self, name: &str, offset: usize) -> Span {
        let length = self.span.end.saturating_sub(self.span.start) as usize;
        let quotes = length.saturating_sub(self.path.len());
        let start = u32::try_from(offset + quotes / 2).ok().zip(u32::try_from(name.len()).ok());
        match start.filter(|_| matches!(quotes, 0 | 2)) {
            Some((start, length)) => Span::new(self.span.start + start, self.span.start + start + length),
            None => self.span,
        }
    }

    /// What types are called that belong to the whole path.
    fn type_name(&self) -> &str {
        self.type_name.get_or_init(|| shorten(convert(self.path, NameKind::Type)))
    }
}

/// The API that a document describes.
pub(super) fn lower<'t, 's: 't>(
    reader: &Reader<'t, 's>,
    root: Place<'t>,
    path: &str,
    choose: Option<&mut Choose<'_>>,
) -> (Api, Vec<Places>) {
    let document = Document::checked(root, reader);
    let components = document
        .components()
        .and_then(|place| reader.follow(place, "nothing in it is known"))
        .map(|target| Components::checked(target.place, reader));
    let security_schemes = security::schemes(reader, components.and_then(|components| components.security_schemes()));
    let schemas = components.and_then(|components| components.schemas());
    let mut lowering = Lowering {
        reader,
        schemas: Schemas::new(reader, schemas),
        security_schemes,
        document,
        defaults: Vec::new(),
        shapes: HashMap::new(),
        places: Vec::new(),
        parameter_spots: Vec::new(),
        requests: HashMap::new(),
    };
    lowering.schemas.replace(root);
    let operations = lowering.operations(root, choose);
    let webhooks = lowering.webhooks(root);
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
        security_schemes: lowering.security_schemes.list,
        operations,
        types: crate::ir::types::Types::default(),
        webhooks,
    };
    let finished = lowering.schemas.finish(root);
    settle::settle(reader, &mut api.operations, &finished, &lowering.defaults);
    api.types = finished.types;
    credentials::relax(&mut api.operations, &api.security_schemes);
    for operation in &mut api.operations {
        operation.pagination = pagination::detect(operation, &api.types);
    }
    (api, lowering.places)
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
    fn operations(&mut self, root: Place<'t>, choose: Option<&mut Choose<'_>>) -> Vec<Operation> {
        let items = self.items();
        let mut found = select::select(self.reader, root, &items, naming::find(self.reader, &items));
        let is_partial = choose.is_some() || !self.reader.options.only.is_empty();
        if let Some(choose) = choose {
            let routes: Vec<Route> = found.iter().map(|found| self.route(&items[found.item], found)).collect();
            let chosen: HashSet<usize> = choose(&routes).into_iter().collect();
            let mut index = 0..;
            found.retain(|_| index.next().is_some_and(|index| chosen.contains(&index)));
        }
        let selected: HashSet<usize> = found.iter().map(|found| found.item).collect();
        for (index, item) in items.iter().enumerate() {
            // A misspelt method is no operation, which is found out here.
            if !is_partial || selected.contains(&index) {
                self.check(item);
            }
        }
        let tools = select::selected(self.reader, root, &items, &found, &self.reader.options.tools);
        let names = rename::names(self.reader, root, &found, &tools);
        let read = |((found, is_tool), tool_name): ((Found<'t>, bool), Option<String>)| {
            let item = &items[found.item];
            found.report(self.reader, item);
            Operation { is_tool, tool_name, ..self.operation(item, found) }
        };
        found.into_iter().zip(tools).zip(names).map(read).collect()
    }

    /// Where an operation is, for those who choose.
    fn route(&self, item: &Item<'t>, found: &Found<'t>) -> Route {
        let of = |place: Option<Place<'t>>| place.map(server::urls).filter(|urls| !urls.is_empty());
        let own = of(found.place.get("servers")).or_else(|| of(item.place.get("servers")));
        Route {
            method: found.method.clone(),
            path: item.path.to_owned(),
            servers: own.or_else(|| of(self.document.servers())).unwrap_or_default(),
            spot: found.spot(item),
        }
    }

    /// The path items, which nobody has checked yet.
    fn items(&self) -> Vec<Item<'t>> {
        let mut items = Vec::new();
        let paths = self.document.paths();
        if let Some(paths) = paths.filter(|paths| !paths.is_mapping() && !paths.is_null()) {
            self.reader.misshapen(paths, "a mapping of paths");
        }
        let Some(paths) = paths else {
            return items;
        };
        for entry in paths.entries() {
            let (path, place) = (paths.tree.text(entry.key), paths.at(entry.value));
            if path.starts_with("x-") {
                continue;
            }
            let template = path::template(path);
            let target = self.reader.follow(place, "the path has no operations from there").map(|target| target.place);
            // What stands beside a reference belongs to the path as well.
            for at in target.into_iter().chain(Some(place).filter(|place| Some(*place) != target)) {
                if !at.is_mapping() && !at.is_null() {
                    self.reader.misshapen(at, "a path item");
                }
                let model = PathItem::read(at);
                items.push(Item {
                    path,
                    file: paths.file,
                    span: paths.tree.span(entry.key),
                    place: at,
                    model,
                    template: template.clone(),
                    type_name: OnceCell::new(),
                });
            }
        }
        items
    }

    /// Reports what is wrong with a path item.
    fn check(&mut self, item: &Item<'t>) {
        let _ = PathItem::checked(item.place, self.reader);
        for (defect, label) in item.template.defects(item.path) {
            let message = format!("the path `{}` {defect}", super::model::shorten(item.path));
            self.reader.report(item.file, Diagnostic::new(Code::OddPath, item.span, message).label(label));
        }
        self.check_shape(item);
    }

    /// Reports a path that differs from another one only in the names of its variables.
    fn check_shape(&mut self, item: &Item<'t>) {
        let (first, path) = *self.shapes.entry(item.template.shape()).or_insert((item.span, item.path));
        if path != item.path {
            let message = "the path differs from another one in nothing but the names of its variables";
            let diagnostic = Diagnostic::new(Code::EquivalentPaths, item.span, message).also(first, "the other one");
            self.reader.report(item.file, diagnostic);
        }
    }

    fn operation(&mut self, item: &Item<'t>, found: Found<'t>) -> Operation {
        let model = Model::checked(found.place, self.reader);
        let prefix = shorten(found.type_name.as_str().to_owned());
        let prefix = prefix.as_str();
        let mut template = item.template.clone();
        let parameters = self.parameters(item, &mut template, &model, prefix);
        let body = self.body(found.place, &model, prefix);
        self.places.push(Places {
            operation: found.spot(item),
            parameters: std::mem::take(&mut self.parameter_spots),
            body: body.is_some().then(|| Spot::new(found.place, found.place.key_span("requestBody"))),
        });
        let responses = self.responses(&model, prefix);
        if model.callbacks().is_some_and(|callbacks| !callbacks.entries().is_empty()) {
            let span = found.place.key_span("callbacks");
            let diagnostic = Diagnostic::new(Code::CallbacksIgnored, span, "callbacks have no effect");
            self.reader.report(found.place.file, diagnostic.help("they are requests that others send"));
        }
        let is_served = self.is_served(item, &found.method);
        let is_given = |servers: &Place<'t>| servers.elements().len() > 0;
        let servers = model.servers().filter(is_given).or(item.model.servers());
        let text = |field: Option<Place<'t>>| field.and_then(Place::string).unwrap_or_default().trim().to_owned();
        let non_empty = |text: String, other: Option<Place<'t>>| if text.is_empty() { self::text(other) } else { text };
        Operation {
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
            method: found.method,
            path: item.path.to_owned(),
            template: template.segments(),
            constant_query: template.query.clone(),
            parameters,
            body,
            responses,
            security: self.security(model.security()),
            servers: server::servers(self.reader, servers),
            pagination: None,
            is_tool: true,
            tool_name: None,
            is_served,
            id: found.id.map(str::to_owned),
            name: found.name,
            type_name: found.type_name,
        }
    }

    /// Whether a server can tell the requests of an operation from those of the operations before it, and where the values
    /// in its path end.
    fn is_served(&mut self, item: &Item<'t>, method: &Method) -> bool {
        if item.path.contains("}{") {
            let message = format!("no server can tell the variables of `{}` apart", super::model::shorten(item.path));
            let diagnostic = Diagnostic::new(Code::IndistinctOperation, item.span, message);
            self.reader.report(item.file, diagnostic.label("only clients have its operations"));
            return false;
        }
        let here = (item.file, item.span);
        let (file, first) = *self.requests.entry((method.clone(), item.template.request())).or_insert(here);
        if (file, first) == here {
            return true;
        }
        let path = super::model::shorten(item.path);
        let message = format!("no server can tell `{} {path}` from another operation", method.as_str());
        let mut diagnostic =
            Diagnostic::new(Code::IndistinctOperation, item.span, message).label("only clients have it");
        if file == item.file {
            diagnostic = diagnostic.also(first, "the one that servers have");
        }
        self.reader.report(item.file, diagnostic);
        false
    }

    /// Reports fields that are right and have no effect.
    fn without_effect(&self, place: Place<'t>, keys: &[&str]) {
        for member in place.members().filter(|member| keys.contains(&member.key)) {
            let is_empty = member.value.entries().is_empty() && member.value.elements().len() == 0;
            if !is_empty {
                let message = format!("`{}` has no effect", member.key);
                self.reader.report(place.file, Diagnostic::new(Code::FieldWithoutEffect, member.span, message));
            }
        }
    }

    /// Counts the operations that others call.
    fn webhooks(&self, root: Place<'t>) -> usize {
        let Some(place) = self.document.webhooks().filter(|place| !place.entries().is_empty()) else {
            return 0;
        };
        let span = root.key_span("webhooks");
        let diagnostic = Diagnostic::new(Code::WebhooksIgnored, span, "webhooks have no effect");
        self.reader.report(root.file, diagnostic.help("they are requests that others send"));
        let is_operation = |key: &str| METHODS.iter().any(|(name, _)| *name == key);
        place
            .pairs()
            .filter_map(|(_, item)| self.reader.follow(item, "the webhook is not counted"))
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
        let name = shorten(convert(&super::location::decode(name), NameKind::Type));
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
