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
    /// Where a part is of a type that the runtime does not know: what leads to these.
    pub(super) foreign: Option<ForeignFunctions>,
}

/// A function of an index.
pub(super) struct Function {
    pub(super) body: TokenStream,
    /// Whether the body looks at `index`.
    pub(super) looks: bool,
}

/// What leads to parts of types that the runtime does not know.
pub(super) struct ForeignFunctions {
    pub(super) mutable: Function,
    pub(super) shared: Function,
}

impl Function {
    fn parameter(&self) -> TokenStream {
        if self.looks {
            quote! { index }
        } else {
            quote! { _ }
        }
    }
}

impl Model<'_> {
    pub(super) fn emit(&self, plan: &Plan<'_>) -> TokenStream {
        let runtime = plan.runtime;
        let Model { name, shape, blank, field_mut, field, selected, foreign } = self;
        let (mutable, shared) = (field_mut.parameter(), field.parameter());
        let (field_mut, field) = (&field_mut.body, &field.body);
        let selected = selected.as_ref().map(|selected| {
            quote! {
                #[inline]
                fn selected(&self) -> usize { #selected }
            }
        });
        let foreign = foreign.as_ref().map(|foreign| foreign.emit(runtime));
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
                #foreign
            }
        }
    }
}

impl ForeignFunctions {
    fn emit(&self, runtime: &TokenStream) -> TokenStream {
        let (mutable, shared) = (self.mutable.parameter(), self.shared.parameter());
        let (foreign_mut, foreign) = (&self.mutable.body, &self.shared.body);
        quote! {
            #[inline]
            fn foreign_mut(&mut self, #mutable: usize)
                -> ::core::option::Option<&mut dyn #runtime::types::Foreign> { #foreign_mut }

            #[inline]
            fn foreign(&self, #shared: usize)
                -> ::core::option::Option<&dyn #runtime::types::Foreign> { #foreign }
        }
    }
}

/// A field of a struct or a place of a tuple.
pub(super) struct Member {
    /// The name or number.
    pub(super) name: TokenStream,
    /// How it holds a type that the runtime does not know, if it does.
    pub(super) foreign: Option<Foreign>,
}

/// How a field holds a type that the runtime does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Foreign {
    /// As it is.
    Value,
    /// As an `Option`: the runtime is not led to what is not there.
    Optional,
    /// As an `Option<Option>`, in which null is there.
    ToldApart,
}

/// What leads to members by their order.
pub(super) fn members(plan: &Plan<'_>, members: &[Member]) -> (Function, Function, Option<ForeignFunctions>) {
    let runtime = plan.runtime;
    let lead = |borrow: TokenStream, opaque: TokenStream| {
        let lead = |Member { name, foreign }: &Member| {
            if foreign.is_some() {
                opaque.clone()
            } else {
                quote! { #borrow self.#name }
            }
        };
        by_number(&members.iter().map(lead).collect::<Vec<_>>(), opaque.clone())
    };
    let mutable = lead(quote! { &mut }, quote! { #runtime::types::opaque_mut() });
    let shared = lead(quote! { & }, quote! { #runtime::types::opaque() });
    let foreign = members.iter().any(|member| member.foreign.is_some()).then(|| ForeignFunctions {
        mutable: foreign(members, |foreign, field| match foreign {
            Foreign::Value | Foreign::Optional => quote! { ::core::option::Option::Some(&mut #field) },
            Foreign::ToldApart => quote! { #runtime::types::told_apart_mut(&mut #field) },
        }),
        shared: foreign(members, |foreign, field| match foreign {
            Foreign::Value => quote! { ::core::option::Option::Some(&#field) },
            Foreign::Optional => quote! { #runtime::types::present(&#field) },
            Foreign::ToldApart => quote! { #runtime::types::told_apart(&#field) },
        }),
    });
    (mutable, shared, foreign)
}

fn foreign(members: &[Member], lead: impl Fn(Foreign, TokenStream) -> TokenStream) -> Function {
    let arms = members.iter().enumerate().filter_map(|(number, Member { name, foreign })| {
        let (number, place) = (index(number), lead((*foreign)?, quote! { self.#name }));
        Some(quote! { #number => #place, })
    });
    Function { body: quote! { match index { #(#arms)* _ => ::core::option::Option::None, } }, looks: true }
}

/// A choice by number; the last one stands for all further numbers.
fn by_number(choices: &[TokenStream], otherwise: TokenStream) -> Function {
    match choices {
        [] => Function { body: otherwise, looks: false },
        [only] => Function { body: only.clone(), looks: false },
        choices => {
            let arms = numbered(choices);
            Function { body: quote! { match index { #arms } }, looks: true }
        }
    }
}

/// The arms of a `match` by numbers, of which the last one takes the rest.
pub(super) fn numbered(values: &[TokenStream]) -> TokenStream {
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
