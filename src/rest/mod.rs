//! REST surfaces: routes of the file as an axum router.

mod body;
mod decode;
mod documentation;
mod endpoint;
mod forward;
mod inputs;
mod path;
mod properties;
mod respond;
mod router;
mod unknown_query;

pub(crate) use decode::{NOT_UTF8, form_decode, percent_decode};
pub use documentation::rest_documentation;
pub(crate) use documentation::{add_document, add_page};
pub(crate) use path::PathPattern;
pub(crate) use respond::respond;
pub use router::rest_router;
pub(crate) use router::{empty_value, routes};
pub(crate) use unknown_query::unknown_parameter;
