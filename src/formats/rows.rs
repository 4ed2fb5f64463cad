//! Tables: a header, and rows that become objects.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::FormatError;
use super::memory::Memory;

/// The names of a table's columns, each once.
pub(super) struct Columns(Vec<String>);

impl Columns {
    /// Takes a header. A name that occurred already gets the number of its column, so that no cell is lost.
    pub(super) fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut taken = HashSet::new();
        // For each name that occurs again, the numbers that are known to be taken end before this one: headers can be made
        // so that there are many of them.
        let mut free: HashMap<String, usize> = HashMap::new();
        let unique = |(index, name): (usize, String)| {
            if taken.insert(name.clone()) {
                return name;
            }
            let number = free.entry(name.clone()).or_default();
            *number = (*number).max(index + 1);
            loop {
                let unique = format!("{name}_{number}");
                *number += 1;
                if taken.insert(unique.clone()) {
                    return unique;
                }
            }
        };
        Self(names.into_iter().enumerate().map(unique).collect())
    }

    /// A row as an object. Columns that it lacks are absent, cells beyond the header are left out.
    pub(super) fn row(
        &self,
        cells: impl IntoIterator<Item = String>,
        memory: &mut Memory,
    ) -> Result<Value, FormatError> {
        let mut row = Map::new();
        memory.take(0)?;
        for (name, cell) in self.0.iter().zip(cells) {
            memory.take(name.len() + cell.len())?;
            row.insert(name.clone(), Value::String(cell));
        }
        Ok(Value::Object(row))
    }

    #[cfg(feature = "format-csv")]
    pub(super) fn count(&self) -> usize {
        self.0.len()
    }
}
