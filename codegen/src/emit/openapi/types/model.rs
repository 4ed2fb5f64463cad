//! What is alike in all implementations of `Model`.

use proc_macro2::TokenStream;
use quote::quote;

use super::plan::Plan;
use crate::emit::names::index;
use crate::ir::RustName;

/// The parts of an implementation.
pub(super) struct Model<'a> {
    pub(super) name: &'a RustName,
    /// The variant of `Shape`, with its content.
    pub(super) shape: TokenStream,
    /// A blank value.
    pub(super) blank: TokenStream,
    pub(super) field_mut: Function,
    pub(super) field: Function,
    /// For enums.
    pub(super) selected: Option<TokenStream>,
}

/// A function of an index.
pub(super) struct Function {
    pub(super) body: TokenStream,
    /// Whether the body looks at `index`.
    pub(super) looks: bool,
}

impl Model<'_> {
    pub(super) fn emit(&self, plan: &Plan<'_>) -> TokenStream {
        let runtime = plan.runtime;
        let Model { name, shape, blank, field_mut, field, selected } = self;
        let parameter = |function: &Function| {
            if function.looks {
                quote! { index }
            } else {
                quote! { _ }
            }
        };
        let (mutable, shared) = (parameter(field_mut), parameter(field));
        let (field_mut, field) = (&field_mut.body, &field.body);
        let selected = selected.as_ref().map(|selected| {
            quote! {
                #[inline]
                fn selected(&self) -> usize { #selected }
            }
        });
        quote! {
            impl #runtime::types::Model for #name {
                #[inline]
                fn shape(&self) -> &'static #runtime::types::Shape {
                    &#runtime::types::Shape::#shape
                }

                #[inline]
                fn blank() -> Self { #blank }

                #[inline]
                fn field_mut(&mut self, #mutable: usize) -> &mut dyn #runtime::types::Typed { #field_mut }

                #[inline]
                fn field(&self, #shared: usize) -> &dyn #runtime::types::Typed { #field }

                #selected
            }
        }
    }
}

/// A function that leads to fields by their order; the last one stands for all further indices.
pub(super) fn fields(fields: &[TokenStream], otherwise: TokenStream) -> Function {
    match fields {
        [] => Function { body: otherwise, looks: false },
        [only] => Function { body: only.clone(), looks: false },
        fields => {
            let arms = numbered(fields);
            Function { body: quote! { match index { #arms } }, looks: true }
        }
    }
}

/// The arms of a `match` by numbers, of which the last one takes the rest.
pub(in crate::emit::openapi) fn numbered(values: &[TokenStream]) -> TokenStream {
    let last = values.len().saturating_sub(1);
    let arms = values.iter().enumerate().map(|(number, value)| {
        if number == last {
            return quote! { _ => #value, };
        }
        let number = index(number);
        quote! { #number => #value, }
    });
    quote! { #(#arms)* }
}
