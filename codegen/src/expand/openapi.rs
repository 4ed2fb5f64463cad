//! `include_openapi!`

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::LitStr;

use super::{CallSite, compile_error, errors, tracking};
use crate::arguments::OpenApiArguments;
use crate::compile::{OpenApiOptions, compile_openapi};
use crate::disk::Directory;
use crate::stub::stub_api;

/// The expansion of `include_openapi!`.
///
/// `input` is what the runtime's macro of that name passes on: its own path in brackets, then the user's arguments.
/// `call_site` tells where the path's literal stands.
///
/// Mistakes become `compile_error!`s at the literal, those of all files of the document. A module stands in for the one
/// that could not be made. Every file that was read is tracked.
pub fn include_openapi(input: TokenStream, call_site: impl FnOnce(Span) -> CallSite) -> TokenStream {
    let arguments = match syn::parse2::<OpenApiArguments>(input) {
        Ok(arguments) => arguments,
        Err(error) => return error.into_compile_error(),
    };
    let options = arguments.options();
    let span = arguments.common.path.span();
    let requested = arguments.common.path.value();
    let call_site = call_site(span);
    let found = match call_site.find(&requested) {
        Ok(found) => found,
        Err(message) => {
            let error = compile_error(&message, span);
            let stub = stub_api(&requested, &options);
            return quote! { #error #stub };
        }
    };
    let directory = Directory::new(&found.path, call_site.manifest_dir.as_deref());
    let compiled = compile_openapi(&directory, directory.document(), &options);
    let errors = errors(compiled.failures(), span);
    let module = compiled.items().unwrap_or_else(|| stub_api(directory.document(), &options));
    let tracking = tracking(directory.read());
    quote! { #errors #module #tracking }
}

impl OpenApiArguments {
    fn options(&self) -> OpenApiOptions {
        let mut options = OpenApiOptions::default();
        options.name.clone_from(&self.common.name);
        options.runtime.clone_from(&self.common.runtime);
        options.lints = self.common.lints;
        options.derives = self.derives.iter().map(ToTokens::to_token_stream).collect();
        options.read.remote_references = self.remote_references;
        options.surfaces = self.surfaces;
        options.tool_list_budget = self.common.tool_list_budget;
        options.read.only = self.only.iter().map(LitStr::value).collect();
        options.read.tools = self.tools.iter().map(LitStr::value).collect();
        options.read.tool_names = self.tool_names.iter().cloned().collect();
        options.read.types = self.types.iter().cloned().collect();
        options.read.formats = self.formats.iter().cloned().collect();
        options
    }
}
