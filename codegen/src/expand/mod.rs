//! The macros' logic as ordinary functions, so that it can be tested outside of a compiler.

use std::path::PathBuf;

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::LitStr;

use crate::arguments::CapabilityArguments;
use crate::compile::{Compiled, Options, compile_in};
use crate::diagnostic::{Code, Diagnostic, Style};
use crate::disk::{self, Directory};
use crate::emit::EmitOptions;
use crate::join::Join;
use crate::lookup::{self, Found};
use crate::resolve::Surroundings;
use crate::source::Source;
use crate::stub::stub;

pub use self::openapi::include_openapi;

mod openapi;
#[cfg(test)]
mod tests;

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

    /// The file that an argument names; the error is what to tell about it.
    fn find(&self, requested: &str) -> Result<Found, String> {
        let found = lookup::find(requested, self.file.as_deref(), self.manifest_dir.as_deref())
            .map_err(|error| with_code(&error.to_string(), Code::FileNotFound))?;
        if found.path.to_str().is_none() {
            let message = format!("`{}` cannot be tracked, since the path to it is not Unicode", found.shown);
            return Err(with_code(&message, Code::FileNotFound));
        }
        Ok(found)
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
    let arguments = match syn::parse2::<CapabilityArguments>(input) {
        Ok(arguments) => arguments,
        Err(error) => return error.into_compile_error(),
    };
    let span = arguments.common.path.span();
    let requested = arguments.common.path.value();
    let call_site = call_site(span);
    let found = call_site.find(&requested).and_then(|found| read(&found).map(|text| (found, text)));
    let document = arguments.openapi.as_ref().map(|literal| (literal.span(), call_site.find(&literal.value())));
    let (found, text, document) = match (found, document) {
        (Ok((found, text)), None) => (found, text, None),
        (Ok((found, text)), Some((_, Ok(document)))) => {
            (found, text, Some(Directory::new(&document.path, call_site.manifest_dir.as_deref())))
        }
        (found, document) => {
            let document = document.and_then(|(span, document)| Some((document.err()?, span)));
            let messages = found.err().map(|message| (message, span)).into_iter().chain(document);
            let errors: TokenStream = messages.map(|(message, span)| compile_error(&message, span)).collect();
            let stub = stub_of(&arguments, &requested);
            return quote! { #errors #stub };
        }
    };
    let directory = Directory::new(&found.path, call_site.manifest_dir.as_deref());
    let module = module(&arguments, &Source::new(found.shown, text), &directory, document.as_ref());
    let others = std::iter::once(&directory).chain(&document).flat_map(Directory::read);
    let tracking = tracking(std::iter::once(found.path).chain(others));
    quote! { #module #tracking }
}

/// The module of the file, or the errors and what stands in for it.
fn module(
    arguments: &CapabilityArguments,
    source: &Source,
    directory: &Directory,
    document: Option<&Directory>,
) -> TokenStream {
    let CapabilityArguments { common, unmatched, .. } = arguments;
    let options = Options {
        name: common.name.clone(),
        runtime: common.runtime.clone(),
        lints: common.lints,
        tool_list_budget: common.tool_list_budget,
    };
    let surroundings = Surroundings::new(directory, directory.document());
    let compiled = match document {
        None => compile_in(source, &surroundings, &options),
        Some(document) => {
            let mut join = Join::new(document, document.document());
            join.unmatched = unmatched.iter().map(LitStr::value).collect();
            compile_in(source, &surroundings.joined(&join), &options)
        }
    };
    let errors = errors(failures(source, &compiled), common.path.span());
    let module = compiled.items.unwrap_or_else(|| stub_of(arguments, &source.name));
    quote! { #errors #module }
}

/// What stops the build, with the files that it is about.
fn failures<'c>(source: &'c Source, compiled: &'c Compiled) -> impl Iterator<Item = (&'c Source, &'c Diagnostic)> {
    compiled.failures().map(move |failure| (source, failure)).chain(compiled.other_failures())
}

fn stub_of(arguments: &CapabilityArguments, file: &str) -> TokenStream {
    let emission = EmitOptions { runtime: arguments.common.runtime.clone() };
    stub(file, arguments.common.name.as_deref(), &emission)
}

/// A `compile_error!` for each diagnostic, and one for those that are too many.
fn errors<'d>(failures: impl Iterator<Item = (&'d Source, &'d Diagnostic)>, span: Span) -> TokenStream {
    let mut failures = failures;
    let mut messages: Vec<String> = failures
        .by_ref()
        .take(Diagnostic::MOST_SHOWN)
        .map(|(source, failure)| failure.render(source, Style::Plain))
        .collect();
    let hidden = failures.count();
    if hidden > 0 {
        messages.push(format!("there are {hidden} more mistakes, which are not shown"));
    }
    messages.iter().map(|message| compile_error(message, span)).collect()
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

/// Items that make the crate depend on the files. They alone hold a path of this machine.
fn tracking(paths: impl IntoIterator<Item = PathBuf>) -> TokenStream {
    let paths = paths.into_iter().filter_map(|path| path.into_os_string().into_string().ok());
    paths.map(|path| quote! { const _: &[u8] = ::core::include_bytes!(#path); }).collect()
}

fn read(Found { path, shown }: &Found) -> Result<String, String> {
    disk::read_text(path).map_err(|error| with_code(&format!("`{shown}` cannot be read: {error}"), Code::FileNotFound))
}
