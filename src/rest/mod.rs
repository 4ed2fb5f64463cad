//! REST surfaces: routes of the file as an axum router.

mod body;
mod endpoint;
mod inputs;
mod path;
mod respond;
mod router;

pub(crate) use path::PathPattern;
pub(crate) use respond::respond;
pub(crate) use router::empty_value;
pub use router::rest_router;
