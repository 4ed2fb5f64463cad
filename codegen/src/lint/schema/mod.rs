//! What the published schemas demand, as tables of our own: fields, whether they must be there, and the shape of their values.
//!
//! `shape` has what a table is made of and holds a file against it; `capability`, `consumes`, `exposes` and `action` are the tables.
//! Unknown fields and irregular names are left to the compiler, which reports them anyway.

mod action;
mod capability;
mod consumes;
mod control;
mod exposes;
mod outputs;
mod shape;
mod text;

use super::view::View;
use crate::diagnostic::Sink;

use self::shape::{Era, Schema};

/// Reports what the published schema of the file's own version refuses.
pub(super) fn check(root: View<'_>, sink: &Sink) {
    let era = if root.get("ikanos").is_some() { Era::New } else { Era::Old };
    Schema { era, sink }.object(root, &capability::DOCUMENT, "the document");
}
