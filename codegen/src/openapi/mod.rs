//! OpenAPI documents of 3.0, 3.1 and 3.2.
//!
//! `place` and `model` are the document as it is written, `reference`s are followed by `reader`, `schema` makes types, and
//! `operation` the rest of the API. Reading is tolerant: what has a clear meaning gets a lint and its meaning.

mod analysis;
mod choice;
mod excerpt;
mod files;
mod labels;
mod location;
mod model;
mod operation;
mod options;
mod place;
mod reader;
mod schema;
mod surface;

#[cfg(test)]
mod tests;

pub(crate) use self::analysis::analyze_chosen;
pub use self::analysis::{Analysis, FileReport, LoadError, Loader, analyze};
pub(crate) use self::choice::{Places, Route, Spot};
pub(crate) use self::excerpt::value as excerpt_value;
pub(crate) use self::location::{decode as percent_decode, is_remote, join as join_paths};
pub use self::options::{Options, RemoteReferences};
pub use self::surface::{Surface, Surfaces, UnknownSurface};
