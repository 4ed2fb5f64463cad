//! What routes and tools do.

use proc_macro2::TokenStream;
use quote::quote;

use super::{option, outputs};
use crate::emit::names::index;
use crate::ir::{Action, Call, Source};

pub(super) fn action(action: &Action) -> TokenStream {
    match action {
        Action::Call(call) => {
            let Call { operation, arguments } = call;
            let operation = index(*operation);
            let arguments = sources(arguments);
            quote! { Action::Call(Call { operation: #operation, arguments: #arguments }) }
        }
        Action::Mock(output) => {
            let output = option(output.as_ref().map(outputs::output));
            quote! { Action::Mock(#output) }
        }
    }
}

fn sources(sources: &[Source]) -> TokenStream {
    let sources = sources.iter().map(|source| match source {
        Source::Parameter(parameter) => {
            let parameter = index(*parameter);
            quote! { Source::Parameter(#parameter) }
        }
        Source::Constant(text) => quote! { Source::Constant(#text) },
        Source::Properties(properties) => {
            let properties = properties.iter().map(|(name, parameter)| {
                let parameter = index(*parameter);
                quote! { (#name, #parameter) }
            });
            quote! { Source::Properties(&[#(#properties),*]) }
        }
        Source::Absent => quote! { Source::Absent },
    });
    quote! { &[#(#sources),*] }
}
