//! From the model to the resolved program: references, names, parameters. All errors are found by here.
//!
//! In the order of execution: `tunnels` refuses what cannot be reached, `upstreams` makes the operations
//! and `inputs` their inputs, which `join` completes from the OpenAPI document of the upstream if there is one, `surfaces` the routes (`rest`), tools (`mcp`) and `skills`, which `aggregates` completes with what they refer to and whose `actions` are calls of
//! operations (`calls`), with their inputs (`arguments`), `steps` of such calls, or answers that stand in the file (`outputs`). A stage goes on after an error, so that independent mistakes are
//! reported together; what it then makes of the broken part is never used.

mod actions;
mod aggregates;
mod arguments;
mod authentication;
mod base_uri;
mod binary;
mod bind_location;
mod binds;
mod calls;
mod constant;
mod control;
mod formats;
mod forward;
pub(crate) mod inputs;
mod mcp;
pub(crate) mod names;
mod outputs;
pub(crate) mod path;
mod place;
mod references;
mod rest;
mod rules;
mod settings;
mod skills;
mod steps;
mod surfaces;
mod template;
mod tunnels;
pub(crate) mod upstreams;

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use crate::arena::Arena;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::imports::{self, Files};
use crate::ir::{self, Location, Piece};
use crate::join::{self, Join};
use crate::lint;
use crate::naftiko::{self, Aggregate, Binding, Capability, Consumes, Document, Exposes, Http, Text};
use crate::names::{Allocator, NameKind, convert};
use crate::openapi::{FileReport, Loader};
use crate::source::{Source, Span};
use crate::tree;

/// What there is to say about a source.
#[derive(Clone, Debug)]
pub struct Analysis {
    /// The program; `None` when there is an error among the diagnostics.
    pub capability: Option<ir::Capability>,
    /// Errors and lints in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// The other files that were read: those that the file imports from, and those of the OpenAPI document that it is
    /// joined with.
    pub files: Vec<FileReport>,
}

/// What a capability file is compiled with, besides its own text.
#[derive(Clone, Copy, Default)]
#[non_exhaustive]
pub struct Surroundings<'a> {
    /// Gives the files that the file imports from. `None`: it can import from none.
    pub loader: Option<&'a dyn Loader>,
    /// The path of the file, as the loader knows it: imports are relative to its folder.
    pub path: &'a str,
    /// The OpenAPI document that the capability is joined with.
    pub join: Option<&'a Join<'a>>,
}

impl<'a> Surroundings<'a> {
    /// Those of the file that `loader` knows as `path`.
    #[must_use]
    pub fn new(loader: &'a dyn Loader, path: &'a str) -> Self {
        Self { loader: Some(loader), path, join: None }
    }

    /// With the join of the capability and an OpenAPI document.
    #[must_use]
    pub fn joined(self, join: &'a Join<'a>) -> Self {
        Self { join: Some(join), ..self }
    }
}

/// Reads a capability file and resolves it.
///
/// The module is called `module_name`, or else after the file.
///
/// ```
/// use capsmith_codegen::resolve::analyze;
/// use capsmith_codegen::source::Source;
///
/// let source = Source::new("weather.yaml", "naftiko: 1.0.0-alpha9\ncapability: {}\n");
/// let analysis = analyze(&source, None);
/// assert!(analysis.capability.is_none());
/// assert!(analysis.diagnostics[0].message.contains("unknown version"));
/// ```
#[must_use]
pub fn analyze(source: &Source, module_name: Option<&str>) -> Analysis {
    analyze_in(source, module_name, &Surroundings::default())
}

/// As [`analyze`], for a file that imports from others or is joined with an OpenAPI document.
#[must_use]
pub fn analyze_in(source: &Source, module_name: Option<&str>, surroundings: &Surroundings<'_>) -> Analysis {
    let sink = Sink::default();
    let imported = Arena::default();
    let mut joined = Vec::new();
    let capability = build(source, module_name, surroundings, &imported, &mut joined, &sink);
    let (diagnostics, failed) = sink.finish();
    let (diagnostics, mut files) = imports::separate(diagnostics, source, imported.into_vec());
    files.append(&mut joined);
    let failed = failed || files.iter().any(FileReport::has_errors);
    Analysis { capability: capability.filter(|_| !failed), diagnostics, files }
}

fn build(
    source: &Source,
    module_name: Option<&str>,
    surroundings: &Surroundings<'_>,
    imported: &Arena<Source>,
    joined_files: &mut Vec<FileReport>,
    sink: &Sink,
) -> Option<ir::Capability> {
    let Surroundings { loader, path, join } = *surroundings;
    let tree = tree::parse(source, sink)?;
    let trees = Arena::default();
    let files = Files::new(source, loader, imported, &trees, sink);
    let document = naftiko::read(&tree, &files, path, sink)?;
    lint::check(&tree, sink);
    tunnels::check(&document, sink);
    let stem = file_stem(&source.name);
    let nothing = Vec::new();
    let (consumes, exposes, aggregates) = parts(&document, &nothing, sink);
    let https: Vec<&Http<'_>> = consumes.iter().filter_map(http).collect();
    check_namespaces(&document.binds, &https, exposes, sink);

    let binds = binds::Binds::new(&document.binds, &https, document.capability.is_none(), sink);
    let mut settings = settings::Settings::new();
    let surroundings = upstreams::Surroundings {
        binds: &binds,
        surfaces: &surfaces::namespaces(exposes),
        forwarded: &forward::targets(exposes),
        is_joined: join.is_some(),
        files: &files,
        sink,
    };
    let mut upstreams = upstreams::resolve(&https, surroundings, &mut settings);
    upstreams.is_open = https.len() < consumes.len() || https.iter().any(|http| http.namespace.is_none());
    let joined = join.map(|join| join::join(join, &mut upstreams, sink)).unwrap_or_default();
    let aggregates = aggregates::Aggregates::new(aggregates, sink);
    let (exposes, scripts) = surfaces::resolve(exposes, &aggregates, &upstreams, &joined, &binds, &mut settings, sink);
    *joined_files = joined.files;
    let module = self::module_name(&source.name, module_name);
    let files_root =
        folder_place(&exposes, document.capability.as_ref()).map(|span| settings.files_root(&module, span, sink));
    let server_variables = exposes.iter().any(|exposes| exposes.listen.is_some()).then(|| {
        let place = document.capability.as_ref().map(|capability| capability.key).unwrap_or_default();
        settings.server(&module, place, sink)
    });
    let binds::Used { binds: used, files: bind_files, indices } = binds.finish(&mut settings);
    let mut capability = ir::Capability {
        module,
        label: written(document.info.label).unwrap_or_else(|| stem.to_owned()),
        description: text(document.info.description),
        version: written(document.info.version).unwrap_or_else(|| "0.0.0".to_owned()),
        tags: document.info.tags.iter().map(|tag| tag.value.to_owned()).collect(),
        binds: used,
        bind_files,
        upstreams: upstreams.list,
        operations: upstreams.operations,
        scripts,
        exposes,
        document: joined.document,
        files_root,
        server_variables,
    };
    renumber_binds(&mut capability, &indices);
    Some(capability)
}

/// The capability's place, if a surface has files that are read at run time.
fn folder_place(exposes: &[ir::Exposes], capability: Option<&Capability<'_>>) -> Option<Span> {
    let is_folder = |resource: &ir::Resource| matches!(resource.content, ir::ResourceContent::Folder(_));
    let has_folder = exposes.iter().any(|exposes| match &exposes.surface {
        ir::Surface::Mcp(mcp) => mcp.resources.iter().any(is_folder),
        ir::Surface::Skill(skills) => skills.iter().any(|skill| skill.folder.is_some()),
        ir::Surface::Rest(_) | ir::Surface::Control(_) => false,
    });
    has_folder.then(|| capability.map(|capability| capability.key).unwrap_or_default())
}

/// What is consumed and exposed. A file without a capability consumes what it offers to others.
fn parts<'d, 'a>(
    document: &'d Document<'a>,
    nothing: &'d Vec<Exposes<'a>>,
    sink: &Sink,
) -> (&'d [Consumes<'a>], &'d [Exposes<'a>], &'d [Aggregate<'a>]) {
    let unread = |keys: &[(Option<Span>, &str)]| {
        for (span, key) in keys.iter().filter_map(|(span, key)| Some((*span.as_ref()?, *key))) {
            let message = format!("`{key}` outside of a capability is only read by files that import this one");
            sink.report(Diagnostic::new(Code::UnreadSection, span, message).help("move it into `capability`"));
        }
    };
    let Some(Capability { key, consumes, exposes, aggregates }) = &document.capability else {
        let parts = [(document.exposes, "exposes"), (document.aggregates, "aggregates")];
        if document.consumes.is_empty() {
            let has_parts = parts.iter().any(|(part, _)| part.is_some()) || !document.binds.is_empty();
            report_nothing(has_parts, sink);
        } else {
            unread(&parts);
        }
        return (&document.consumes, nothing, &[]);
    };
    unread(&[(document.consumes_key, "consumes"), (document.exposes, "exposes"), (document.aggregates, "aggregates")]);
    if consumes.is_empty() && exposes.is_empty() && aggregates.is_empty() {
        let message = "the capability neither consumes nor exposes anything";
        sink.report(Diagnostic::new(Code::NothingToCompile, *key, message).help("add `consumes:` and `exposes:`"));
    }
    (consumes, exposes, aggregates)
}

/// Reports a file that nothing can be made of.
fn report_nothing(has_parts: bool, sink: &Sink) {
    let diagnostic = if has_parts {
        let message = "the file only has parts that others import, and gives nothing by itself";
        Diagnostic::new(Code::NothingToCompile, Span::default(), message)
            .help("compile the file that imports them, which tracks this one")
    } else {
        let message = "the file has no `capability`: it neither consumes nor exposes anything";
        Diagnostic::new(Code::NothingToCompile, Span::default(), message)
            .help("add `capability:` with `consumes:` and `exposes:`")
    };
    sink.report(diagnostic);
}

fn http<'c, 'a>(consumes: &'c Consumes<'a>) -> Option<&'c Http<'a>> {
    match consumes {
        Consumes::Http(http) => Some(http),
        Consumes::Unreadable => None,
    }
}

/// Reports namespaces that two parts of the file have: there is one pool for binds, upstreams and surfaces.
fn check_namespaces(bindings: &[Binding<'_>], https: &[&Http<'_>], exposes: &[Exposes<'_>], sink: &Sink) {
    let first_control = exposes.iter().find(|exposes| matches!(exposes, Exposes::Control(_)));
    let adapters = exposes.iter().filter_map(|exposes| match exposes {
        Exposes::Rest(rest) => Some(rest.adapter.namespace),
        Exposes::Mcp(mcp) => Some(mcp.adapter.namespace),
        Exposes::Skill(skills) => Some(skills.adapter.namespace),
        // That there is a second one is a mistake of its own.
        Exposes::Control(control) => {
            first_control.is_some_and(|first| std::ptr::eq(first, exposes)).then_some(control.adapter.namespace)
        }
        Exposes::Unreadable => None,
    });
    let consumed = https.iter().map(|http| http.namespace);
    let bound = bindings.iter().map(|binding| binding.namespace);
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for namespace in bound.chain(consumed).chain(adapters).flatten() {
        if let Some(first) = seen.insert(namespace.value, namespace.span) {
            let message = format!("the namespace `{}` is given twice", namespace.value);
            sink.report(
                Diagnostic::new(Code::DuplicateNamespace, namespace.span, message)
                    .label("again here")
                    .also(first, "first here")
                    .help("binds, what is consumed and what is exposed share one pool of namespaces"),
            );
        }
    }
}

/// Turns indices of declared binds into indices of used ones.
fn renumber_binds(capability: &mut ir::Capability, indices: &[usize]) {
    let renumber_piece = |piece: &mut Piece| {
        if let Piece::Bind(index) = piece {
            *index = indices.get(*index).copied().unwrap_or_default();
        }
    };
    let renumber = |template: &mut ir::Template| template.iter_mut().for_each(renumber_piece);
    for upstream in &mut capability.upstreams {
        if let ir::BaseUri::Template(template) = &mut upstream.base_uri {
            renumber(template);
        }
        upstream.authentication.templates().into_iter().for_each(renumber);
    }
    let callers = capability.exposes.iter_mut().filter_map(|exposes| exposes.authentication.as_mut());
    callers.flat_map(ir::CallerAuthentication::templates).for_each(renumber);
    for operation in &mut capability.operations {
        renumber(&mut operation.path_template);
        if let Some(body) = &mut operation.body {
            let mut renumber_piece = renumber_piece;
            body.for_each_piece(&mut renumber_piece);
        }
        operation.constants.iter_mut().for_each(|constant| renumber(&mut constant.value));
    }
    for exposes in &mut capability.exposes {
        exposes.surface.for_each_action(&mut |action| {
            action.for_each_reference(&mut |reference| {
                if let ir::Root::Bind(index) = &mut reference.root {
                    *index = indices.get(*index).copied().unwrap_or_default();
                }
            });
        });
    }
    for forward in capability.exposes.iter_mut().flat_map(|exposes| &mut exposes.forwards) {
        forward.constants.iter_mut().for_each(|constant| renumber(&mut constant.value));
    }
}

/// The name of the module: an identifier as it was given, or else one made from the file's name.
pub(crate) fn module_name(file: &str, given: Option<&str>) -> ir::RustName {
    let name = match given {
        Some(name) if syn::parse_str::<syn::Ident>(name).is_ok() => name.trim_start_matches("r#").to_owned(),
        name => convert(name.unwrap_or(file_stem(file)), NameKind::Value),
    };
    Allocator::default().unique(name)
}

/// The file's name without folders and ending.
fn file_stem(name: &str) -> &str {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    match file.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file,
    }
}

/// A text, trimmed; empty where there is none.
fn text(text: Option<Text<'_>>) -> String {
    text.map_or_else(String::new, |text| text.value.trim().to_owned())
}

/// A text, trimmed, unless there is none or it is empty.
fn written(text: Option<Text<'_>>) -> Option<String> {
    text.map(|text| text.value.trim().to_owned()).filter(|text| !text.is_empty())
}

/// Reports resources of the same name. Names of resources mean nothing, but someone meant something by them.
fn lint_duplicate_names<'a>(names: impl Iterator<Item = Text<'a>>, sink: &Sink) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for name in names {
        if let Some(first) = seen.insert(name.value, name.span) {
            let message = format!("two resources have the name `{}`", name.value);
            sink.report(
                Diagnostic::new(Code::DuplicateResourceName, name.span, message)
                    .label("again here")
                    .also(first, "first here"),
            );
        }
    }
}

/// Reports names that cannot be sent in the place where they would have to be: names of header fields and cookies are
/// tokens.
fn check_wire_name(name: &str, location: Location, span: Span, sink: &Sink) {
    let what = match location {
        Location::Header => "a header field",
        Location::Cookie => "a cookie",
        Location::Path | Location::Query | Location::Body | Location::Property | Location::Template => return,
    };
    if !is_token(name) {
        let message = format!("`{name}` is no name of {what}");
        sink.report(Diagnostic::new(Code::InvalidValue, span, message));
    }
}

/// Reports texts that cannot stand in a header field.
fn check_header_value(text: &Text<'_>, sink: &Sink) {
    if text.value.contains(char::is_control) {
        let message = "a header field cannot contain a line break or another control character";
        sink.report(Diagnostic::new(Code::InvalidValue, text.span, message));
    }
}

/// Whether a name is a token of HTTP (RFC 9110, section 5.6.2), as names of header fields are.
fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}
