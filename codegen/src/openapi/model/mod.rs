//! The objects of an OpenAPI document, one field for one field of the specification.
//!
//! An object is a list of nodes, one for each of its fields, and reads nothing until it is asked: a document of many
//! megabytes costs no more than what its operations reach. The keys of 3.0, 3.1 and 3.2 are known together, since
//! documents use them together.

mod document;
mod operation;
mod schema;

pub(super) use self::document::{
    Components, Discriminator, Document, Info, OauthFlow, OauthFlows, SecurityScheme, Server, ServerVariable, Tag,
};
pub(super) use self::operation::{Encoding, Header, MediaType, Operation, Parameter, PathItem, RequestBody, Response};
pub(super) use self::schema::Schema;

use super::place::Place;
use super::reader::Reader;
use crate::diagnostic::{Code, Diagnostic};
use crate::suggest;

/// Declares an object: its fields with their keys, and the keys that are known and mean nothing to the compiler.
macro_rules! object {
    (
        $(#[$meta:meta])*
        $name:ident $title:literal
        { $($(#[$field_meta:meta])* $field:ident $key:literal,)* }
        [$($ignored:literal),*]
    ) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug)]
        pub(in crate::openapi) struct $name<'t> {
            place: $crate::openapi::place::Place<'t>,
            $($field: Option<$crate::tree::NodeId>,)*
        }

        impl<'t> $name<'t> {
            const KEYS: &'static [&'static str] = &[$($key,)* $($ignored,)*];

            /// The object that stands at a place.
            pub(in crate::openapi) fn read(place: $crate::openapi::place::Place<'t>) -> Self {
                let mut object = Self { place, $($field: None,)* };
                for entry in place.entries() {
                    match place.tree.text(entry.key) {
                        $($key => object.$field = Some(entry.value),)*
                        _ => {}
                    }
                }
                object
            }

            /// Where the object stands.
            #[allow(dead_code, reason = "not every object is asked")]
            pub(in crate::openapi) fn place(&self) -> $crate::openapi::place::Place<'t> {
                self.place
            }

            /// Reads the object and reports the keys that it does not have in the specification.
            pub(in crate::openapi) fn checked(
                place: $crate::openapi::place::Place<'t>,
                reader: &$crate::openapi::reader::Reader<'t, '_>,
            ) -> Self {
                $crate::openapi::model::check(place, $title, Self::KEYS, reader);
                Self::read(place)
            }

            $(
                $(#[$field_meta])*
                #[doc = concat!("`", $key, "`")]
                pub(in crate::openapi) fn $field(&self) -> Option<$crate::openapi::place::Place<'t>> {
                    self.$field.map(|node| self.place.at(node))
                }
            )*
        }
    };
}
use object;

/// Reports what is wrong with an object's shape or keys.
fn check<'t>(place: Place<'t>, title: &str, keys: &[&'static str], reader: &Reader<'t, '_>) {
    if !place.is_mapping() {
        if !place.is_null() {
            reader.misshapen(place, title);
        }
        return;
    }
    for entry in place.entries() {
        let key = place.tree.text(entry.key);
        if keys.contains(&key) || key.starts_with("x-") || key.starts_with("X-") {
            continue;
        }
        let message = format!("unknown field `{}` in {title}", shorten(key));
        let diagnostic = Diagnostic::new(Code::UnknownOpenApiField, place.tree.span(entry.key), message)
            .label("has no effect")
            .maybe_help(suggest::did_you_mean(key, keys.iter().copied()));
        reader.report(place.file, diagnostic);
    }
}

/// A text of the document as messages show it.
pub(super) fn shorten(text: &str) -> String {
    const SHOWN: usize = 80;
    if text.chars().nth(SHOWN).is_none() {
        return text.to_owned();
    }
    text.chars().take(SHOWN).chain(['…']).collect()
}
