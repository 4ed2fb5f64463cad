//! What leads the runtime to the parts of inputs: to write a request from, and to read one into.
//!
//! The words are those of the runtime's macros, which make functions of them. So the output stays short, and what no
//! surface needs is not compiled.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::content::Held;
use super::outline::{Call, Outline};
use super::payload::{Filled, Part, PartValue, Parts, Payload};
use crate::emit::names::index;
use crate::ir::RustName;

/// The implementation of `Inputs` for the inputs of an operation, and of `Accept` where they are read from requests.
pub(super) fn inputs(outline: &Outline<'_>, call: &Call<'_>) -> TokenStream {
    let macro_path = runtime_macro(outline, "inputs");
    let name = &call.operation.type_name;
    let is_foreign = |number: usize| outline.plan.is_foreign(call.inputs[number].parameter.r#type);
    let numbered = |foreign: bool| {
        let numbers = (0..call.inputs.len()).filter(move |number| is_foreign(*number) == foreign);
        numbers.map(|number| {
            let (number, name) = (index(number), &call.inputs[number].parameter.name);
            quote! { #number #name }
        })
    };
    let fields = words("fields", numbered(false));
    let foreign = words("foreign", numbered(true));
    let begins = begins(outline, call);
    let body = call.payload.as_ref().map(|payload| body(outline, payload));
    quote! { #macro_path! { #name #fields #foreign #begins #body } }
}

/// A macro of the runtime, by what it implements; where nothing is served, the one that makes less.
fn runtime_macro(outline: &Outline<'_>, subject: &str) -> TokenStream {
    let runtime = &outline.options.runtime;
    let name = if outline.options.surfaces.are_served() {
        format_ident!("implement_accepted_{subject}")
    } else {
        format_ident!("implement_{subject}")
    };
    quote! { #runtime::__private::#name }
}

/// Words in braces; nothing where there are none.
fn words(keyword: &str, words: impl Iterator<Item = TokenStream>) -> Option<TokenStream> {
    let mut words = words.peekable();
    words.peek()?;
    let keyword = format_ident!("{keyword}");
    Some(quote! { #keyword { #(#words)* } })
}

/// What a field holds before anything is read into it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Begins {
    /// What the runtime's types begin as.
    Blank,
    /// `None`
    None,
    /// What the user's type has as its `Default`.
    Default,
}

impl Begins {
    fn of(required: bool, foreign: bool) -> Self {
        match (required, foreign) {
            (false, _) => Self::None,
            (true, true) => Self::Default,
            (true, false) => Self::Blank,
        }
    }
}

/// The fields by what they begin as.
fn begins(outline: &Outline<'_>, call: &Call<'_>) -> TokenStream {
    let parameters = call.inputs.iter().map(|input| {
        let parameter = input.parameter;
        (&parameter.name, Begins::of(parameter.required, outline.plan.is_foreign(parameter.r#type)))
    });
    let body = call.payload.iter().map(|payload| {
        let foreign = matches!(payload.forms.as_slice(), [form] if is_foreign(outline, form));
        (&payload.field, Begins::of(payload.required, foreign))
    });
    let fields: Vec<(&RustName, Begins)> = parameters.chain(body).collect();
    let of = |keyword: &str, wanted: Begins| {
        let fields = fields.iter().filter(move |(_, begins)| *begins == wanted);
        words(keyword, fields.map(|(name, _)| quote! { #name }))
    };
    let (blank, none, default) = (of("blank", Begins::Blank), of("none", Begins::None), of("default", Begins::Default));
    quote! { #blank #none #default }
}

fn is_foreign(outline: &Outline<'_>, form: &Filled<'_>) -> bool {
    form.parts.is_none() && form.held.is_foreign(&outline.plan)
}

/// The body and its kind.
fn body(outline: &Outline<'_>, payload: &Payload<'_>) -> TokenStream {
    let field = &payload.field;
    match (payload.forms.as_slice(), payload.required) {
        ([form], required) => {
            let kind = kind(outline, form);
            if required {
                quote! { body { #kind #field } }
            } else {
                quote! { optional { #kind #field } }
            }
        }
        (_, true) => quote! { choice { #field } },
        (_, false) => quote! { optional_choice { #field } },
    }
}

/// The kind of a form of a body, by its name in the runtime.
fn kind(outline: &Outline<'_>, form: &Filled<'_>) -> TokenStream {
    match (&form.parts, form.held) {
        (Some(_), _) => quote! { Parts },
        (None, Held::Bytes) => quote! { Upload },
        (None, _) if is_foreign(outline, form) => quote! { Foreign },
        (None, _) => quote! { Typed },
    }
}

/// What an enum of several forms of a body has beside its variants.
pub(super) fn choice(outline: &Outline<'_>, payload: &Payload<'_>, name: &RustName) -> TokenStream {
    let macro_path = runtime_macro(outline, "choice");
    let forms = payload.forms.iter().enumerate().map(|(position, form)| {
        let (position, variant, kind) = (index(position), &form.variant, kind(outline, form));
        quote! { #position #variant #kind }
    });
    quote! { #macro_path! { #name { #(#forms)* } } }
}

/// What leads to the parts of a multipart body.
pub(super) fn parts(outline: &Outline<'_>, parts: &Parts<'_>) -> TokenStream {
    let macro_path = runtime_macro(outline, "parts");
    let Parts { name, list } = parts;
    let rows = list.iter().enumerate().map(|(position, part)| {
        let (position, field, wire) = (index(position), &part.name, part.wire);
        let (value, place) = part_kind(outline, part);
        quote! { #wire #position #field #value #place }
    });
    let of = |keyword: &str, wanted: Begins| {
        let keyword = format_ident!("{keyword}");
        let fields = list.iter().filter(|part| {
            let foreign = matches!(part.value, PartValue::Typed(usage) if outline.plan.is_foreign(usage));
            Begins::of(part.required, foreign) == wanted
        });
        let fields = fields.map(|part| &part.name);
        quote! { #keyword { #(#fields)* } }
    };
    let (blank, none, default) = (of("blank", Begins::Blank), of("none", Begins::None), of("default", Begins::Default));
    quote! { #macro_path! { #name { #(#rows)* } #blank #none #default } }
}

/// What makes a value of a part, and where the part is read into, by their names in the runtime.
fn part_kind(outline: &Outline<'_>, part: &Part<'_>) -> (TokenStream, TokenStream) {
    match (part.value, part.required) {
        (PartValue::Typed(usage), _) if outline.plan.is_foreign(usage) => (quote! { Foreign }, quote! { Foreign }),
        (PartValue::Typed(_), _) => (quote! { Typed }, quote! { Typed }),
        (PartValue::Upload, true) => (quote! { Upload }, quote! { Upload }),
        (PartValue::Upload, false) => (quote! { optional }, quote! { OptionalUpload }),
        (PartValue::Uploads, true) => (quote! { Uploads }, quote! { Uploads }),
        (PartValue::Uploads, false) => (quote! { uploads }, quote! { OptionalUploads }),
    }
}
