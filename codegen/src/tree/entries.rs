//! The rules for a mapping's entries: merge keys and duplicates.

use std::collections::{HashMap, HashSet};

use super::build::Builder;
use super::{Content, Entry, NodeId};
use crate::diagnostic::{Code, Diagnostic};

impl Builder<'_, '_> {
    /// The entries of a finished mapping from its children, keys and values by turns.
    ///
    /// Entries of merge keys (`<<`, YAML 1.1) come last and give way to the mapping's own. What is wrong is reported,
    /// and left out.
    pub(super) fn entries(&mut self, children: &[NodeId]) -> Vec<Entry> {
        let mut entries = Vec::with_capacity(children.len() / 2);
        let mut merged = Vec::new();
        for pair in children.chunks_exact(2) {
            let entry = Entry { key: pair[0], value: pair[1] };
            match self.record(entry.key).content {
                Content::Sequence { .. } | Content::Mapping { .. } => self.sink.report(
                    Diagnostic::new(Code::KeyNotText, self.record(entry.key).span, "a key must be a text")
                        .help("quote it if it begins with `[` or `{`"),
                ),
                Content::Borrowed { plain: true, .. } if self.text_of(entry.key) == "<<" => {
                    self.merge(entry, &mut merged);
                }
                Content::Borrowed { .. } | Content::Owned { .. } => entries.push(entry),
            }
        }
        self.refuse_duplicates(&mut entries);
        if !merged.is_empty() {
            self.append_merged(&mut entries, &merged);
        }
        entries
    }

    /// Collects the entries that a merge key brings in.
    fn merge(&mut self, entry: Entry, merged: &mut Vec<Entry>) {
        let values = match self.record(entry.value).content {
            Content::Sequence { start, end } => self.tree.elements[start as usize..end as usize].to_vec(),
            _ => vec![entry.value],
        };
        for value in values {
            match self.record(value).content {
                Content::Mapping { start, end } => {
                    self.expand(u64::from(end - start), self.record(entry.value).span);
                    if !self.failed {
                        merged.extend_from_slice(&self.tree.entries[start as usize..end as usize]);
                    }
                }
                _ => self.sink.report(Diagnostic::new(
                    Code::MergeKey,
                    self.record(value).span,
                    "the merge key `<<` needs a mapping or a list of mappings",
                )),
            }
        }
    }

    fn append_merged(&self, entries: &mut Vec<Entry>, merged: &[Entry]) {
        let mut known: HashSet<String> = entries.iter().map(|entry| self.text_of(entry.key).to_owned()).collect();
        for entry in merged {
            if known.insert(self.text_of(entry.key).to_owned()) {
                entries.push(*entry);
            }
        }
    }

    /// Reports keys that occur twice and keeps the first of each.
    fn refuse_duplicates(&self, entries: &mut Vec<Entry>) {
        /// Up to here comparing each with each is faster than hashing.
        const FEW: usize = 8;
        let mut duplicates: Vec<(usize, usize)> = Vec::new();
        if entries.len() <= FEW {
            for (index, entry) in entries.iter().enumerate() {
                let text = self.text_of(entry.key);
                if let Some(first) = entries[..index].iter().position(|other| self.text_of(other.key) == text) {
                    duplicates.push((first, index));
                }
            }
        } else {
            let mut seen: HashMap<&str, usize> = HashMap::with_capacity(entries.len());
            for (index, entry) in entries.iter().enumerate() {
                let first = *seen.entry(self.text_of(entry.key)).or_insert(index);
                if first != index {
                    duplicates.push((first, index));
                }
            }
        }
        for (first, second) in &duplicates {
            let (first, second) = (entries[*first].key, entries[*second].key);
            let message = format!("the key `{}` occurs twice", self.text_of(second));
            self.sink.report(
                Diagnostic::new(Code::DuplicateKey, self.record(second).span, message)
                    .label("again here")
                    .also(self.record(first).span, "first here"),
            );
        }
        let mut duplicates = duplicates.iter().map(|(_, second)| *second).peekable();
        let mut index = 0;
        entries.retain(|_| {
            index += 1;
            duplicates.next_if_eq(&(index - 1)).is_none()
        });
    }
}
