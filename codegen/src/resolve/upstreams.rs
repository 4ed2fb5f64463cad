//! Upstreams and their operations.

use std::collections::HashMap;

use super::binary;
use super::binds::Binds;
use super::formats::{self, Declared};
use super::inputs;
use super::names::RESERVED_METHODS;
use super::path::{self, Path, Side};
use super::settings::Settings;
use super::{authentication, base_uri};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::imports::Files;
use crate::ir::{self, Method, Type};
use crate::naftiko::{ConsumedOperation, ConsumedResource, Http, Outputs, RawFormat, Spanned, Text};
use crate::names::{Allocator, NameKind, convert};
use crate::openapi::Spot;
use crate::source::Span;

/// The upstreams with their operations, to be found by name.
pub(crate) struct Upstreams<'a> {
    pub(crate) list: Vec<ir::Upstream>,
    /// For each upstream, what its adapter adds to every request that is handed on.
    pub(crate) forwarded: Vec<Vec<ir::Constant>>,
    pub(crate) operations: Vec<ir::Operation>,
    /// What the operations' surfaces need to know, beside each operation.
    pub(crate) consumed: Vec<Consumed<'a>>,
    /// The namespaces, in the order of the file, with the operations of each.
    pub(crate) namespaces: Vec<Namespace<'a>>,
    /// Whether there are upstreams that are not known here, so that an unknown namespace may be one of theirs.
    pub(crate) is_open: bool,
}

/// The operations of a namespace.
pub(crate) struct Namespace<'a> {
    pub(crate) name: &'a str,
    pub(crate) operations: HashMap<&'a str, usize>,
    /// The names of the operations in the order of the file.
    pub(crate) order: Vec<&'a str>,
    /// For each operation in the order of the file, the name of its resource.
    pub(crate) resources: Vec<Option<&'a str>>,
    /// Whether it has operations without a name, so that an unknown one may be one of them.
    pub(crate) is_open: bool,
}

/// A consumed operation as its callers see it.
pub(crate) struct Consumed<'a> {
    /// For each input, where it stands in the file.
    pub(crate) places: Vec<InputPlace>,
    pub(crate) raw_format: Option<Spanned<RawFormat>>,
    /// What steps keep of the answer.
    pub(crate) outputs: Option<Outputs<'a>>,
    /// What its answers are, for outputs that are made of them.
    pub(super) format: Declared,
    pub(crate) output_media_type: Option<Text<'a>>,
    pub(crate) max_binary_size: Option<Text<'a>>,
    /// Whether mistakes were found, so that nothing should be concluded from the inputs.
    pub(crate) is_broken: bool,
    pub(crate) name: Text<'a>,
    /// Where the path stands.
    pub(crate) path_span: Span,
    pub(crate) path: Path<'a>,
    /// The inputs that stand in the path, by variable.
    pub(crate) path_inputs: HashMap<String, usize>,
    /// For each constant, where it stands.
    pub(crate) constants: Vec<Span>,
}

/// What is known of an input beyond the IR.
#[derive(Clone, Copy, Debug)]
pub(crate) struct InputPlace {
    pub(crate) span: Span,
    /// Whether the file describes it.
    pub(crate) is_described: bool,
    /// Whether it is the body that nobody declared.
    pub(crate) is_derived_body: bool,
    /// The type that the file declares.
    pub(crate) declared_type: Option<Type>,
    /// Where the OpenAPI document has it.
    pub(crate) documented: Option<Spot>,
}

/// What stands around the upstreams.
#[derive(Clone, Copy)]
pub(super) struct Surroundings<'r, 'a> {
    pub(super) binds: &'r Binds<'a>,
    /// The namespaces of the surfaces.
    pub(super) surfaces: &'r [&'a str],
    /// The namespaces that requests are forwarded to.
    pub(super) forwarded: &'r [&'a str],
    /// Whether an OpenAPI document may say what the file does not.
    pub(super) is_joined: bool,
    /// The files that schemas are read from.
    pub(super) files: &'r Files<'a>,
    pub(super) sink: &'r Sink,
}

/// Resolves all upstreams.
pub(super) fn resolve<'a>(
    consumes: &[&Http<'a>],
    surroundings: Surroundings<'_, 'a>,
    settings: &mut Settings,
) -> Upstreams<'a> {
    let mut resolver = Resolver {
        surroundings,
        sink: surroundings.sink,
        methods: Allocator::reserving(RESERVED_METHODS),
        types: Allocator::default(),
        result: Upstreams {
            list: Vec::new(),
            forwarded: Vec::new(),
            operations: Vec::new(),
            consumed: Vec::new(),
            namespaces: Vec::new(),
            is_open: false,
        },
    };
    for http in consumes {
        resolver.upstream(http, settings);
    }
    resolver.result
}

struct Resolver<'r, 'a> {
    surroundings: Surroundings<'r, 'a>,
    sink: &'r Sink,
    methods: Allocator,
    types: Allocator,
    result: Upstreams<'a>,
}

/// What an operation stands in.
struct Parents<'p, 'a> {
    http: &'p Http<'a>,
    resource: &'p ConsumedResource<'a>,
    /// What the base URI adds to the path.
    prefix: &'p [path::PathPiece<'a>],
    namespace: Text<'a>,
}

impl<'a> Resolver<'_, 'a> {
    fn upstream(&mut self, http: &Http<'a>, settings: &mut Settings) {
        let Some(namespace) = http.namespace else {
            return;
        };
        if http.description.is_none_or(|description| description.value.trim().is_empty()) {
            let message = format!("what `{}` consumes has no description", namespace.value);
            self.sink.report(Diagnostic::new(Code::MissingDescription, namespace.span, message));
        }
        let (base_url_variable, field) = settings.base_url(&namespace, self.sink);
        let authentication = http.authentication.as_ref();
        let binds = self.surroundings.binds;
        let environment = inputs::environment([&http.input_parameters]);
        let known = authentication::Known { binds, environment: &environment, sink: self.sink };
        let base = http.base_uri.map(|text| base_uri::resolve(&text, http, binds, self.sink)).unwrap_or_default();
        self.result.list.push(ir::Upstream {
            namespace: namespace.value.to_owned(),
            description: super::text(http.description),
            base_uri: base.uri,
            base_url_variable,
            field,
            authentication: authentication.map_or(ir::Authentication::None, |authentication| {
                authentication::outbound(authentication, &namespace, known)
            }),
        });
        self.result.namespaces.push(Namespace {
            name: namespace.value,
            operations: HashMap::new(),
            order: Vec::new(),
            resources: Vec::new(),
            is_open: http
                .resources
                .iter()
                .flat_map(|resource| &resource.operations)
                .any(|operation| operation.name.is_none()),
        });
        let is_forwarded = self.surroundings.forwarded.contains(&namespace.value);
        let constants = is_forwarded.then(|| self.adapter_constants(http, namespace));
        self.result.forwarded.push(constants.unwrap_or_default());
        super::lint_duplicate_names(http.resources.iter().filter_map(|resource| resource.name), self.sink);
        for resource in &http.resources {
            for operation in &resource.operations {
                self.operation(&Parents { http, resource, prefix: &base.prefix, namespace }, operation);
            }
        }
    }

    /// The parameters that an adapter gives a value in every request. What is wrong with them is told where they belong to an
    /// operation, if there is one.
    fn adapter_constants(&self, http: &Http<'a>, namespace: Text<'a>) -> Vec<ir::Constant> {
        let quiet = Sink::default();
        let has_operations = http.resources.iter().any(|resource| !resource.operations.is_empty());
        let sink = if has_operations { &quiet } else { self.sink };
        let surroundings = Surroundings { sink, ..self.surroundings };
        let none = Vec::new();
        let declarations = inputs::Declarations {
            name: namespace,
            method: Method::Get,
            path: &Path::default(),
            path_text: "",
            levels: [&http.input_parameters, &none, &none],
            path_span: namespace.span,
            body: None,
            is_broken: false,
        };
        inputs::derive(&declarations, surroundings).constants
    }

    fn operation(&mut self, parents: &Parents<'_, 'a>, operation: &ConsumedOperation<'a>) {
        let Parents { http, resource, prefix, namespace } = parents;
        let Some(name) = operation.name else {
            return;
        };
        let index = self.result.operations.len();
        if !self.register(name, index, parents) {
            return;
        }
        let path_text = operation.path.or(resource.path);
        let path = path_text.and_then(|text| path::parse(&text, Side::Consumed, self.surroundings.binds, self.sink));
        let method = operation.method.map(|method| method.value);
        let is_broken = path.is_none() || method.is_none();
        let mut path = path.unwrap_or_default();
        path.pieces.splice(0..0, prefix.iter().cloned());
        let derived = inputs::derive(
            &inputs::Declarations {
                name,
                method: method.unwrap_or(Method::Get),
                path: &path,
                path_text: path_text.map_or("", |text| text.value),
                levels: [&http.input_parameters, &resource.input_parameters, &operation.input_parameters],
                path_span: path_text.map_or(name.span, |text| text.span),
                body: operation.body.as_ref(),
                is_broken,
            },
            self.surroundings,
        );
        binary::check_operation(operation, self.sink);
        let (method_name, type_name) = self.names(&name, namespace);
        self.result.operations.push(ir::Operation {
            name: name.value.to_owned(),
            method_name,
            type_name,
            description: super::text(operation.description),
            upstream: self.result.list.len() - 1,
            method: method.unwrap_or(Method::Get),
            path: path_text.map_or_else(String::new, |text| text.value.to_owned()),
            path_template: derived.path_template,
            inputs: derived.inputs,
            constants: derived.constants,
            body: derived.body,
            answer: None,
        });
        self.result.consumed.push(Consumed {
            places: derived.places,
            raw_format: operation.raw_format,
            outputs: operation.outputs.clone(),
            format: formats::declare(operation, http.path, self.surroundings.files, self.sink),
            output_media_type: operation.output_media_type,
            max_binary_size: operation.max_binary_size,
            is_broken,
            name,
            path_span: path_text.map_or(name.span, |text| text.span),
            path,
            path_inputs: derived.path_inputs,
            constants: derived.constant_places,
        });
    }

    /// Makes an operation known by its name; `false` if another has it already, which is reported.
    fn register(&mut self, name: Text<'a>, index: usize, parents: &Parents<'_, 'a>) -> bool {
        let Some(current) = self.result.namespaces.last_mut() else {
            return false;
        };
        if let Some(first) = current.operations.get(name.value) {
            let message = format!("`{}` has two operations `{}`", parents.namespace.value, name.value);
            self.sink.report(
                Diagnostic::new(Code::DuplicateOperation, name.span, message)
                    .label("again here")
                    .also(self.result.consumed[*first].name.span, "first here"),
            );
            return false;
        }
        current.operations.insert(name.value, index);
        current.order.push(name.value);
        current.resources.push(parents.resource.name.map(|name| name.value));
        true
    }

    /// The names of the method and of the inputs' type; the namespace tells operations of the same name apart.
    fn names(&mut self, name: &Text<'_>, namespace: &Text<'_>) -> (ir::RustName, ir::RustName) {
        let qualified = format!("{}_{}", namespace.value, name.value);
        let of_kind = |kind: NameKind| (convert(name.value, kind), convert(&qualified, kind));
        let (method, qualified_method) = of_kind(NameKind::Value);
        let (r#type, qualified_type) = of_kind(NameKind::Type);
        (self.methods.either(method, qualified_method), self.types.either(r#type, qualified_type))
    }
}
