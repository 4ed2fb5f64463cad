//! The arguments of `include_openapi!`.

use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Path};

use super::values::{keyword, keywords, paths, rust_path, set, table, texts};
use super::{Arguments, Given, runtime, unknown};
use crate::ir::RustPath;
use crate::openapi::{RemoteReferences, Surface, Surfaces};

const KEYS: [&str; 12] = [
    "path",
    "name",
    "lints",
    "only",
    "derives",
    "types",
    "formats",
    "remote_references",
    "surfaces",
    "tools",
    "tool_names",
    "tool_list_budget",
];

/// What `include_openapi!` was called with.
#[cfg_attr(test, derive(Debug))]
pub(crate) struct OpenApiArguments {
    /// The arguments that all macros have.
    pub(crate) common: Arguments,
    /// What of the document is wanted; empty: all.
    pub(crate) only: Vec<LitStr>,
    /// Traits that every generated type derives.
    pub(crate) derives: Vec<Path>,
    /// Types in place of schemas, by the schemas' names.
    pub(crate) types: Vec<(String, RustPath)>,
    /// Types in place of formats, by the formats' names.
    pub(crate) formats: Vec<(String, RustPath)>,
    /// What is done about references to other hosts.
    pub(crate) remote_references: RemoteReferences,
    /// What is made of the document.
    pub(crate) surfaces: Surfaces,
    /// Which operations become tools; empty: all.
    pub(crate) tools: Vec<LitStr>,
    /// Names of tools, by their operations.
    pub(crate) tool_names: Vec<(String, String)>,
}

impl Parse for OpenApiArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime = runtime(input, "include_openapi")?;
        let mut given = Given::default();
        let (mut only, mut derives, mut types, mut formats, mut remote) = (None, None, None, None, None);
        let (mut surfaces, mut tools, mut tool_names) = (None, None, None);
        given.read(input, |key, input| match key.to_string().as_str() {
            "only" => set(&mut only, texts(input)?, key),
            "derives" => set(&mut derives, paths(input)?, key),
            "types" => set(&mut types, table(input, rust_path)?, key),
            "formats" => set(&mut formats, table(input, rust_path)?, key),
            "remote_references" => set(&mut remote, remote_references(input)?, key),
            "surfaces" => set(&mut surfaces, self::surfaces(input)?, key),
            "tools" => set(&mut tools, texts(input)?, key),
            "tool_names" => set(&mut tool_names, table(input, |input| Ok(input.parse::<LitStr>()?.value()))?, key),
            other => Err(unknown("argument", other, &KEYS, key.span())),
        })?;
        Ok(Self {
            common: given.finish(runtime, "the path of an OpenAPI document: `include_openapi!(\"…\")`")?,
            only: only.unwrap_or_default(),
            derives: derives.unwrap_or_default(),
            types: types.unwrap_or_default(),
            formats: formats.unwrap_or_default(),
            remote_references: remote.unwrap_or_default(),
            surfaces: surfaces.unwrap_or_default(),
            tools: tools.unwrap_or_default(),
            tool_names: tool_names.unwrap_or_default(),
        })
    }
}

fn remote_references(input: ParseStream<'_>) -> syn::Result<RemoteReferences> {
    let known = [("refuse", RemoteReferences::Refuse), ("untyped", RemoteReferences::Untyped)];
    keyword(input, "remote_references", known)
}

/// `[client, server]`
fn surfaces(input: ParseStream<'_>) -> syn::Result<Surfaces> {
    keywords(input, "surfaces", Surface::ALL.map(|surface| (surface.as_str(), surface)))
}
