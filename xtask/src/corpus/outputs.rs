//! What is generated from files, for checks that read it.

use capsmith_codegen::{OpenApiOptions, compile_openapi};
use proc_macro2::TokenStream;

use super::capabilities::outputs_of_capabilities;
use super::{Arguments, CorpusError, find};
use crate::find::Folder;

/// What is generated from a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Output {
    /// The path of the file in the folder that the arguments name.
    pub file: String,
    /// The module.
    pub items: TokenStream,
}

impl Output {
    pub(super) fn new(file: &str, items: TokenStream) -> Self {
        Self { file: file.to_owned(), items }
    }
}

/// Hands over what is generated from each file, one after another, since all of it would not fit into memory. Files with errors, about
/// which [`corpus`](super::corpus) tells, are left out.
///
/// # Errors
///
/// Where a folder or file cannot be read, and where there are none to be compiled.
pub fn outputs(arguments: &Arguments, mut each: impl FnMut(Output)) -> Result<(), CorpusError> {
    if arguments.capabilities {
        return outputs_of_capabilities(arguments, &mut each);
    }
    let documents = find::find(&arguments.places, &["openapi"])?;
    if documents.is_empty() {
        return Err(CorpusError::NoDocuments { places: arguments.places.clone() });
    }
    let mut options = OpenApiOptions::default();
    options.surfaces = arguments.surfaces;
    options.read = options.read.remote_references(arguments.remote_references);
    for document in documents {
        let compiled = compile_openapi(&Folder(&document.folder), &document.path, &options);
        if let Some(items) = compiled.items() {
            each(Output::new(&document.path, items));
        }
    }
    Ok(())
}
