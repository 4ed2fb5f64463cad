//! Messages of protocol buffers.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use crate::emit::names::index;
use crate::emit::numbers::integer;
use crate::ir::protobuf::{Field, Kind, Message, Presence, Schema};

/// All messages of an answer.
pub(super) fn schema(schema: &Schema) -> TokenStream {
    let messages = schema.messages.iter().map(|Message { shape, fields }| {
        let shape = format_ident!("{shape:?}");
        let fields = fields.iter().map(field);
        quote! { protobuf::Message { shape: protobuf::Shape::#shape, fields: &[#(#fields),*] } }
    });
    quote! { protobuf::Schema { messages: &[#(#messages),*] } }
}

fn field(field: &Field) -> TokenStream {
    let Field { number, name, kind, presence } = field;
    let number = Literal::u32_unsuffixed(*number);
    let kind = self::kind(kind);
    let presence = match presence {
        Presence::OneOf(group) => {
            let group = index(*group);
            quote! { OneOf(#group) }
        }
        Presence::Implicit => quote! { Implicit },
        Presence::Explicit => quote! { Explicit },
        Presence::Repeated => quote! { Repeated },
        Presence::Map => quote! { Map },
    };
    quote! {
        protobuf::Field { number: #number, name: #name, kind: #kind, presence: protobuf::Presence::#presence }
    }
}

fn kind(kind: &Kind) -> TokenStream {
    let kind = match kind {
        Kind::Scalar(scalar) => {
            let scalar = format_ident!("{scalar:?}");
            quote! { Scalar(protobuf::Scalar::#scalar) }
        }
        Kind::Enum(values) => {
            let values = values.iter().map(|(number, name)| {
                let number = integer((*number).into());
                quote! { (#number, #name) }
            });
            quote! { Enum(&[#(#values),*]) }
        }
        Kind::Message(message) => {
            let message = index(*message);
            quote! { Message(#message) }
        }
        Kind::Group(message) => {
            let message = index(*message);
            quote! { Group(#message) }
        }
    };
    quote! { protobuf::Kind::#kind }
}
