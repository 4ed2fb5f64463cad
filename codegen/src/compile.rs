//! The one function behind all doors, and its like for OpenAPI documents.

use proc_macro2::TokenStream;
use quote::quote;

use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{self, EmitOptions};
use crate::ir::Capability;
use crate::openapi::FileReport;
use crate::resolve::{self, Analysis, Surroundings};
use crate::source::Source;

pub use self::openapi::{CompiledApi, OpenApiOptions, compile_openapi};

mod openapi;
mod render;
pub(crate) mod tools;

/// What [`compile`] does with lints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lints {
    /// Lints are reported, and the capability compiles all the same.
    #[default]
    Allow,
    /// A lint is as bad as an error.
    Deny,
}

impl Lints {
    /// Whether a diagnostic stops the build.
    fn stop_at(self, diagnostic: &Diagnostic) -> bool {
        match diagnostic.severity {
            Severity::Error => true,
            Severity::Lint => self == Self::Deny,
            Severity::Note => false,
        }
    }

    /// Whether a diagnostic is to be shown where it does not stop the build.
    fn warn_of(self, diagnostic: &Diagnostic) -> bool {
        diagnostic.severity == Severity::Lint && self == Self::Allow
    }
}

/// How to compile.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Options {
    /// The name of the module. `None`: made from the name of the file.
    pub name: Option<String>,
    /// The path to the `capsmith` crate in the output.
    pub runtime: TokenStream,
    /// What to do with lints.
    pub lints: Lints,
    /// How long the list of an MCP surface's tools may be before there is a lint, in bytes;
    /// [`TOOL_LIST_BUDGET`](crate::TOOL_LIST_BUDGET). `usize::MAX`: it is not looked at.
    pub tool_list_budget: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            name: None,
            runtime: quote! { ::capsmith },
            lints: Lints::default(),
            tool_list_budget: tools::TOOL_LIST_BUDGET,
        }
    }
}

/// What came of a capability file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Compiled {
    /// The capability, unless the file has errors.
    pub capability: Option<Capability>,
    /// The module that was generated from it.
    pub items: Option<TokenStream>,
    /// Errors and lints, in the order of the file.
    pub diagnostics: Vec<Diagnostic>,
    /// The other files that were read, each with what there is to say about it: those that the file imports from, and those
    /// of the OpenAPI document that the capability is joined with.
    pub files: Vec<FileReport>,
    lints: Lints,
}

impl Compiled {
    /// The diagnostics that stop a build: the errors, and the lints where they are denied.
    pub fn failures(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| self.lints.stop_at(diagnostic))
    }

    /// The lints that do not stop the build.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.diagnostics.iter().filter(|diagnostic| self.lints.warn_of(diagnostic))
    }

    /// The diagnostics of the other files that stop a build, with their files.
    pub fn other_failures(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        diagnostics(&self.files).filter(|(_, diagnostic)| self.lints.stop_at(diagnostic))
    }

    /// The lints of the other files that do not stop the build, with their files.
    pub fn other_warnings(&self) -> impl Iterator<Item = (&Source, &Diagnostic)> {
        diagnostics(&self.files).filter(|(_, diagnostic)| self.lints.warn_of(diagnostic))
    }
}

/// Compiles a capability file: text in, Rust items and diagnostics out.
///
/// The result depends on nothing but the arguments. Files are neither read nor written.
///
/// ```
/// use capsmith_codegen::source::Source;
/// use capsmith_codegen::{Options, compile};
///
/// let source = Source::new(
///     "weather.yaml",
///     "
/// naftiko: 1.0.0-alpha2
/// info: { label: Weather, description: The weather of tomorrow }
/// capability:
///   consumes:
///     - type: http
///       namespace: weather
///       baseUri: https://weather.example.com
///       resources:
///         - name: forecasts
///           path: /forecasts/{city}
///           operations:
///             - { name: forecast, method: GET }
///   exposes:
///     - type: rest
///       namespace: weather-rest
///       port: 8080
///       resources:
///         - name: forecasts
///           path: /forecasts/{city}
///           operations:
///             - { name: forecast, method: GET, call: weather.forecast }
/// ",
/// );
/// let compiled = compile(&source, &Options::default());
/// assert_eq!(compiled.failures().count(), 0);
///
/// let module: syn::ItemMod = syn::parse2(compiled.items.expect("there are no errors"))?;
/// assert_eq!(module.ident, "weather");
/// # Ok::<(), syn::Error>(())
/// ```
#[must_use]
pub fn compile(source: &Source, options: &Options) -> Compiled {
    finish(resolve::analyze(source, options.name.as_deref()), options)
}

/// As [`compile`], for a file that imports from others or is joined with the OpenAPI document of its upstream.
///
/// ```
/// use capsmith_codegen::openapi::{LoadError, Loader};
/// use capsmith_codegen::source::Source;
/// use capsmith_codegen::{Options, Surroundings, compile_in};
///
/// struct Shared;
///
/// impl Loader for Shared {
///     fn load(&self, path: &str) -> Result<String, LoadError> {
///         let weather = "
/// ikanos: 1.0.0-beta5
/// consumes:
///   - type: http
///     namespace: weather
///     baseUri: https://weather.example.org
///     resources:
///       forecasts: { path: /forecasts, operations: { forecast: { method: GET } } }
/// ";
///         if path == "specs/shared/weather.yaml" { Ok(weather.to_owned()) } else { Err(LoadError::NotFound) }
///     }
/// }
///
/// let text = "
/// ikanos: 1.0.0-beta5
/// capability:
///   consumes:
///     - { from: ./shared/weather.yaml, import: weather }
/// ";
/// let source = Source::new("specs/today.yaml", text);
/// let compiled = compile_in(&source, &Surroundings::new(&Shared, "specs/today.yaml"), &Options::default());
/// let capability = compiled.capability.expect("there are no errors");
/// assert_eq!(capability.operations[0].name, "forecast");
/// ```
#[must_use]
pub fn compile_in(source: &Source, surroundings: &Surroundings<'_>, options: &Options) -> Compiled {
    finish(resolve::analyze_in(source, options.name.as_deref(), surroundings), options)
}

fn finish(mut analysis: Analysis, options: &Options) -> Compiled {
    let emission = EmitOptions { runtime: options.runtime.clone() };
    if let Some(capability) = &analysis.capability {
        let lints = tools::of_capability(capability, &emission, options.tool_list_budget);
        analysis.diagnostics.splice(..0, lints);
    }
    let items = analysis.capability.as_ref().map(|capability| emit::module(capability, &emission));
    Compiled {
        capability: analysis.capability,
        items,
        diagnostics: analysis.diagnostics,
        files: analysis.files,
        lints: options.lints,
    }
}

/// The diagnostics of files, with the files.
fn diagnostics(files: &[FileReport]) -> impl Iterator<Item = (&Source, &Diagnostic)> {
    files.iter().flat_map(|file| file.diagnostics.iter().map(move |diagnostic| (&file.source, diagnostic)))
}
