//! The function behind all doors for OpenAPI documents.

use proc_macro2::TokenStream;
use quote::quote;

use super::Lints;
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::openapi::{self as emit, ApiOptions, Items, Part, Sink as _};
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
    pub derives: Vec<String>,
}

impl Default for OpenApiOptions {
    fn default() -> Self {
        Self {
            name: None,
            runtime: quote! { ::capsmith },
            lints: Lints::default(),
            read: openapi::Options::default(),
            derives: Vec::new(),
        }
    }
}

/// What came of an OpenAPI document.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CompiledApi {
    /// The API, unless the document has errors.
    pub api: Option<Api>,
    /// The name of the module.
    pub module: RustName,
    /// The files that were read, the document's own first, each with what there is to say about it.
    pub files: Vec<FileReport>,
    runtime: TokenStream,
    derives: Vec<String>,
    lints: Lints,
}

impl CompiledApi {
    /// The module that is generated from the document, unless that has errors.
    #[must_use]
    pub fn items(&self) -> Option<TokenStream> {
        let api = self.api.as_ref()?;
        let options = self.emission();
        let mut items = Items::default();
        items.open(emit::head(api, &options));
        for part in Part::ALL {
            emit::emit(*part, api, &options, &mut items);
        }
        items.close();
        Some(items.finish())
    }

    /// The text of a file with the module, unless the document has errors.
    ///
    /// Its header names `input`, a path that means the same on every machine, and the command that makes the file again.
    #[must_use]
    pub fn render(&self, input: &str, command: &str) -> Option<String> {
        let items = self.items()?;
        let text = self.files.first().map_or("", |file| file.source.text.as_str());
        file::render(&items, Header { input, text, command }).ok()
    }

    /// The diagnostics that stop a build, with their files: the errors, and the lints where they are denied.
    pub fn failures(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        self.diagnostics().filter(|(_, diagnostic)| self.is_failure(diagnostic))
    }

    /// The lints that do not stop the build, with their files.
    pub fn warnings(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        self.diagnostics().filter(|(_, diagnostic)| !self.is_failure(diagnostic))
    }

    fn diagnostics(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        self.files.iter().flat_map(|file| file.diagnostics.iter().map(move |diagnostic| (&file.source, diagnostic)))
    }

    fn is_failure(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.severity == Severity::Error || self.lints == Lints::Deny
    }

    fn emission(&self) -> ApiOptions {
        ApiOptions {
            module: self.module.clone(),
            runtime: self.runtime.clone(),
            derives: self.derives.iter().filter_map(|path| syn::parse_str(path).ok()).collect(),
        }
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
    let analysis = openapi::analyze(loader, root, &options.read);
    CompiledApi {
        api: analysis.api,
        module: resolve::module_name(root, options.name.as_deref()),
        files: analysis.files,
        runtime: options.runtime.clone(),
        derives: options.derives.clone(),
        lints: options.lints,
    }
}
