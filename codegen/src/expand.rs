//! The macro's logic as an ordinary function, so that it can be tested outside of a compiler.

use std::path::{Path, PathBuf};

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::arguments::Arguments;
use crate::compile::{Options, compile};
use crate::diagnostic::{Code, Style};
use crate::disk;
use crate::emit::EmitOptions;
use crate::lookup::{self, Found};
use crate::source::Source;
use crate::stub::stub;

/// What a macro knows about the place that it is called at.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CallSite {
    /// The calling file. `None` in some editors, and where the call was made by another macro.
    pub file: Option<PathBuf>,
    /// The folder of the crate's `Cargo.toml`: `CARGO_MANIFEST_DIR`.
    pub manifest_dir: Option<PathBuf>,
}

impl CallSite {
    /// A call in `file`, in the crate at `manifest_dir`.
    #[must_use]
    pub fn new(file: Option<PathBuf>, manifest_dir: Option<PathBuf>) -> Self {
        Self { file, manifest_dir }
    }
}

/// The expansion of `include_capability!`.
///
/// `input` is what the runtime's macro of that name passes on: its own path in brackets, then the user's arguments.
/// `call_site` tells where the path's literal stands.
///
/// Mistakes become `compile_error!`s at the literal. A module stands in for the one that could not be made, so that a
/// mistake in the file is not followed by errors about what the file would have given.
pub fn include_capability(input: TokenStream, call_site: impl FnOnce(Span) -> CallSite) -> TokenStream {
    let arguments = match syn::parse2::<Arguments>(input) {
        Ok(arguments) => arguments,
        Err(error) => return error.into_compile_error(),
    };
    let span = arguments.path.span();
    let call_site = call_site(span);
    let requested = arguments.path.value();
    let found = lookup::find(&requested, call_site.file.as_deref(), call_site.manifest_dir.as_deref());
    let read = found.map_err(|error| error.to_string()).and_then(|found| read(&found).map(|text| (found, text)));
    match read {
        Ok((found, text)) => {
            let tracking = tracking(&found.path);
            let module = module(&arguments, &Source::new(found.shown, text));
            quote! { #module #tracking }
        }
        Err(message) => {
            let error = compile_error(&with_code(&message, Code::FileNotFound), span);
            let stub = stub_of(&arguments, &requested);
            quote! { #error #stub }
        }
    }
}

/// The module of the file, or the errors and what stands in for it.
fn module(arguments: &Arguments, source: &Source) -> TokenStream {
    let options = Options { name: arguments.name.clone(), runtime: arguments.runtime.clone(), lints: arguments.lints };
    let compiled = compile(source, &options);
    let span = arguments.path.span();
    let errors = compiled.failures().map(|failure| compile_error(&failure.render(source, Style::Plain), span));
    let errors = quote! { #(#errors)* };
    let module = compiled.items.unwrap_or_else(|| stub_of(arguments, &source.name));
    quote! { #errors #module }
}

fn stub_of(arguments: &Arguments, file: &str) -> TokenStream {
    let emission = EmitOptions { runtime: arguments.runtime.clone() };
    stub(file, arguments.name.as_deref(), &emission)
}

/// The code at the end of the first line, where the diagnostics of files have it.
fn with_code(message: &str, code: Code) -> String {
    let end = message.find('\n').unwrap_or(message.len());
    let (first, rest) = message.split_at(end);
    format!("{first} [{}]{rest}", code.as_str())
}

fn compile_error(message: &str, span: Span) -> TokenStream {
    quote_spanned! {span=> ::core::compile_error! { #message } }
}

/// An item that makes the crate depend on the file. It alone holds a path of this machine.
fn tracking(path: &Path) -> Option<TokenStream> {
    let path = path.to_str()?;
    Some(quote! { const _: &[u8] = ::core::include_bytes!(#path); })
}

fn read(found: &Found) -> Result<String, String> {
    let Found { path, shown } = found;
    if path.to_str().is_none() {
        return Err(format!("`{shown}` cannot be tracked, since the path to it is not Unicode"));
    }
    disk::read_text(path).map_err(|error| format!("`{shown}` cannot be read: {error}"))
}

#[cfg(test)]
mod tests;
