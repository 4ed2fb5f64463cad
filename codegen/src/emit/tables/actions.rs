//! What routes and tools do.

use proc_macro2::TokenStream;
use quote::quote;

use super::{option, outputs, steps};
use crate::emit::formats;
use crate::emit::names::index;
use crate::ir::{Action, Call, Source};

pub(super) fn action(action: &Action) -> TokenStream {
    match action {
        Action::Call(call) => {
            let Call { operation, arguments, outputs, format } = call;
            let operation = index(*operation);
            let arguments = sources(arguments);
            let outputs = outputs.iter().map(self::outputs::output);
            let format = formats::format(format);
            quote! {
                Action::Call(Call { operation: #operation, arguments: #arguments, outputs: &[#(#outputs),*], format: #format })
            }
        }
        Action::Steps(steps) => {
            let steps = steps::steps(steps);
            quote! { Action::Steps(#steps) }
        }
        Action::Mock(output) => {
            let output = option(output.as_ref().map(outputs::output));
            quote! { Action::Mock(#output) }
        }
    }
}

pub(super) fn sources(sources: &[Source]) -> TokenStream {
    let sources = sources.iter().map(source);
    quote! { &[#(#sources),*] }
}

pub(super) fn source(source: &Source) -> TokenStream {
    match source {
        Source::Parameter(parameter) => {
            let parameter = index(*parameter);
            quote! { Source::Parameter(#parameter) }
        }
        Source::Constant(text) => quote! { Source::Constant(#text) },
        Source::Value(reference) => {
            let reference = outputs::reference(reference);
            quote! { Source::Value(#reference) }
        }
        Source::Template(parts) => {
            let parts = outputs::parts(parts);
            quote! { Source::Template(#parts) }
        }
        Source::Properties(properties) => {
            let properties = properties.iter().map(|(name, parameter)| {
                let parameter = index(*parameter);
                quote! { (#name, #parameter) }
            });
            quote! { Source::Properties(&[#(#properties),*]) }
        }
        Source::Absent => quote! { Source::Absent },
    }
}
