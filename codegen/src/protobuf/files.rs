//! A file and those that it imports.

use std::collections::HashSet;

use super::model::Proto;
use super::parser;
use crate::fault::Fault;
use crate::imports::{Files, TextFile};
use crate::openapi::join_paths;

/// The definitions that come with every compiler of protocol buffers, as far as they are more than messages in JSON.
const WELL_KNOWN: &str = include_str!("well_known.proto");

/// A file and those that it imports, directly and through others. The first one is the file itself.
pub(crate) struct Protos<'a> {
    pub(super) protos: Vec<Proto>,
    /// For each of them, its file; `None` for the definitions that come with the compiler.
    files: Vec<Option<TextFile<'a>>>,
}

/// Why the files cannot be had.
pub(crate) enum Problem<'a> {
    /// The file that was named is not there.
    Missing(String),
    /// Something in a file is wrong.
    Fault(TextFile<'a>, Fault),
}

impl<'a> Protos<'a> {
    /// Loads the file at a path, and what it imports.
    pub(crate) fn load(path: &str, files: &Files<'a>) -> Result<Self, Problem<'a>> {
        let first = files.text(path).map_err(Problem::Missing)?;
        let mut protos = Self { protos: Vec::new(), files: Vec::new() };
        let mut waiting = vec![(path.to_owned(), first)];
        let mut known: HashSet<String> = HashSet::from([path.to_owned()]);
        while let Some((at, file)) = waiting.pop() {
            let proto = parser::parse(&file.source.text).map_err(|fault| Problem::Fault(file, fault))?;
            for import in &proto.imports {
                if import.text.starts_with("google/protobuf/") {
                    protos.add_well_known(&mut known);
                    continue;
                }
                let (found, imported) = find(&import.text, &at, path, files).map_err(|reason| {
                    let message = format!("`{}` cannot be imported: {reason}", import.text);
                    let fault = Fault::new(import.range.clone(), message)
                        .suggest("paths are relative to this file, or to that of the `outputSchema`");
                    Problem::Fault(file, fault)
                })?;
                if known.insert(found.clone()) {
                    waiting.push((found, imported));
                }
            }
            protos.protos.push(proto);
            protos.files.push(Some(file));
        }
        // Definitions of the compiler's stand before the file, if it has imported them.
        if let Some(own) = protos.files.iter().position(|known| known.is_some_and(|known| known.start == first.start)) {
            protos.protos.swap(0, own);
            protos.files.swap(0, own);
        }
        Ok(protos)
    }

    /// The file with a number.
    pub(crate) fn file(&self, index: usize) -> Option<TextFile<'a>> {
        self.files.get(index).copied().flatten()
    }

    fn add_well_known(&mut self, known: &mut HashSet<String>) {
        if known.insert(String::new()) {
            // A test reads them.
            if let Ok(proto) = parser::parse(WELL_KNOWN) {
                self.protos.push(proto);
                self.files.push(None);
            }
        }
    }
}

/// The file that an import leads to: beside the importing one, or beside the first one.
fn find<'a>(import: &str, at: &str, first: &str, files: &Files<'a>) -> Result<(String, TextFile<'a>), String> {
    let mut reason = "it leads out of the folders that the file belongs to".to_owned();
    for path in [at, first].into_iter().filter_map(|folder| join_paths(folder, import)) {
        match files.text(&path) {
            Ok(file) => return Ok((path, file)),
            Err(why) => reason = why,
        }
    }
    Err(reason)
}
