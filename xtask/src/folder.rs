//! The files of a folder, for documents that need no other bounds.

use std::fs;
use std::io;
use std::path::Path;

use capsmith_codegen::openapi::{LoadError, Loader};

/// Reads what documents name from a folder.
#[derive(Clone, Copy, Debug)]
pub struct Folder<'a>(pub &'a Path);

impl Loader for Folder<'_> {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        fs::read_to_string(self.0.join(path)).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => LoadError::NotFound,
            _ => LoadError::Unreadable(error.to_string()),
        })
    }
}
