//! The function behind all doors for OpenAPI documents.

use proc_macro2::TokenStream;
use quote::quote;

use super::{Lints, render, tools};
use crate::diagnostic::Diagnostic;
use crate::emit::openapi::{self as emit, ApiOptions};
use crate::file::{self, Header};
use crate::ir::RustName;
use crate::ir::api::Api;
use crate::openapi::{self, FileReport, Loader};
use crate::resolve;
use crate::source::Source;

/// How to compile an OpenAPI document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OpenApiOptions {
    /// The name of the module. `None`: made from the name of the file.
    pub name: Option<String>,
    /// The path to the `capsmith` crate in the output.
    pub runtime: TokenStream,
    /// What to do with lints.
    pub lints: Lints,
    /// How the document is read, and what of it.
    pub read: openapi::Options,
    /// Paths of traits that every generated type derives, besides those that it has anyway.
    pub derives: Vec<TokenStream>,
    /// What is made of the document besides its types.
    pub surfaces: openapi::Surfaces,
    /// How long the list of tools may be before there is a lint, in bytes; [`TOOL_LIST_BUDGET`](crate::TOOL_LIST_BUDGET).
    /// `usize::MAX`: it is not looked at.
    pub tool_list_budget: usize,
}

impl Default for OpenApiOptions {
    fn default() -> Self {
        Self {
            name: None,
            runtime: quote! { ::capsmith },
            lints: Lints::default(),
            read: openapi::Options::default(),
            derives: Vec::new(),
            surfaces: openapi::Surfaces::default(),
            tool_list_budget: tools::TOOL_LIST_BUDGET,
        }
    }
}

impl OpenApiOptions {
    /// What emission needs to know of these, for the document at `root`.
    pub(crate) fn emission(&self, root: &str) -> ApiOptions {
        ApiOptions {
            module: resolve::module_name(root, self.name.as_deref()),
            runtime: self.runtime.clone(),
            derives: self.derives.clone(),
            surfaces: self.surfaces,
        }
    }
}

/// What came of an OpenAPI document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CompiledApi {
    /// The API, unless the document has errors.
    pub api: Option<Api>,
    /// The files that were read, the document's own first, each with what there is to say about it.
    pub files: Vec<FileReport>,
    emission: ApiOptions,
    lints: Lints,
}

impl CompiledApi {
    /// The name of the module.
    #[must_use]
    pub fn module(&self) -> &RustName {
        &self.emission.module
    }

    /// The module that is generated from the document, unless that has errors.
    #[must_use]
    pub fn items(&self) -> Option<TokenStream> {
        self.api.as_ref().map(|api| emit::module(api, &self.files, &self.emission))
    }

    /// The text of a file with the module, unless the document has errors.
    ///
    /// Its header names `input`, a path that means the same on every machine, and the command that makes the file again.
    #[must_use]
    pub fn render(&self, input: &str, command: &str) -> Option<String> {
        let api = self.api.as_ref()?;
        let texts = self.files.iter().map(|file| file.source.text.as_str());
        let header = file::header(Header { input, command }, texts);
        Some(render::render(header, api, &self.files, &self.emission))
    }

    /// The diagnostics that stop a build, with their files: the errors, and the lints where they are denied.
    pub fn failures(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        self.diagnostics().filter(|(_, diagnostic)| self.lints.stop_at(diagnostic))
    }

    /// The lints that do not stop the build, with their files.
    pub fn warnings(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        self.diagnostics().filter(|(_, diagnostic)| !self.lints.stop_at(diagnostic))
    }

    fn diagnostics(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        super::diagnostics(&self.files)
    }
}

/// Compiles an OpenAPI document: text in, Rust items and diagnostics out.
///
/// `root` is the path of the document, as `loader` knows it. The result depends on nothing but the arguments; files are
/// read through `loader` only.
///
/// ```
/// use capsmith_codegen::openapi::{LoadError, Loader};
/// use capsmith_codegen::{OpenApiOptions, compile_openapi};
///
/// struct Single(&'static str);
///
/// impl Loader for Single {
///     fn load(&self, path: &str) -> Result<String, LoadError> {
///         if path == "weather.yaml" { Ok(self.0.to_owned()) } else { Err(LoadError::NotFound) }
///     }
/// }
///
/// let document = "
/// openapi: 3.1.0
/// info: { title: Weather, version: '1' }
/// paths:
///   /now:
///     get:
///       operationId: now
///       responses: { '200': { description: The weather } }
/// ";
/// let compiled = compile_openapi(&Single(document), "weather.yaml", &OpenApiOptions::default());
/// assert_eq!(compiled.failures().count(), 0);
///
/// let module: syn::ItemMod = syn::parse2(compiled.items().expect("there are no errors"))?;
/// assert_eq!(module.ident, "weather");
/// # Ok::<(), syn::Error>(())
/// ```
#[must_use]
pub fn compile_openapi(loader: &dyn Loader, root: &str, options: &OpenApiOptions) -> CompiledApi {
    let openapi::Analysis { api, mut files, .. } = openapi::analyze(loader, root, &options.read);
    let emission = options.emission(root);
    let lint = api.as_ref().and_then(|api| tools::of_document(api, &files, &emission, options.tool_list_budget));
    if let Some(file) = files.first_mut() {
        file.diagnostics.splice(..0, lint);
    }
    CompiledApi { api, files, emission, lints: options.lints }
}
