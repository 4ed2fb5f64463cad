//! The tables of HTML documents.

mod select;
mod sink;
mod tree;

use serde_json::{Value, json};

use self::tree::{Data, Id, Tree};
use super::FormatError;
use super::memory::Memory;
use super::rows::Columns;
use super::selector::Selector;

/// The most columns of a cell, by the standard of HTML.
const MAX_SPAN: usize = 1000;

/// How far into a document the declaration of its encoding can reach, by the standard of HTML.
const DECLARATION: usize = 1024;

/// `{tables}`: each table that has a header, as an array of objects. Where there are selectors, only the tables that they
/// select, and those in other elements that they select.
pub(super) fn read(text: &str, selectors: &[Selector]) -> Result<Value, FormatError> {
    let tree = sink::parse(text)?;
    let mut memory = Memory::default();
    let is_chosen = chosen(&tree, selectors);
    let found = tree.below(Tree::ROOT, |_, _| true).filter(|id| tree.is(*id, "table") && is_chosen[*id]);
    let tables = found.filter_map(|id| table(&tree, id, &mut memory).transpose()).collect::<Result<Vec<_>, _>>()?;
    Ok(json!({ "tables": tables }))
}

/// For each node, whether its tables are wanted.
fn chosen(tree: &Tree, selectors: &[Selector]) -> Vec<bool> {
    if selectors.is_empty() {
        return vec![true; tree.len()];
    }
    let selected = select::select(tree, selectors);
    let mut chosen = selected.clone();
    for id in tree.below(Tree::ROOT, |_, _| true) {
        // The tables in the cells of a selected one are part of its cells.
        chosen[id] |=
            tree.parent(id).is_some_and(|parent| chosen[parent] && !(selected[parent] && tree.is(parent, "table")));
    }
    chosen
}

/// The encoding of a document without mark and media type: what it declares, else UTF-8 if it is that, and otherwise the
/// one that browsers take.
pub(super) fn encoding(bytes: &[u8]) -> Option<String> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    let declared = start.split_once("charset").and_then(|(_, rest)| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
        let end = rest.find(['"', '\'', ' ', ';', '/', '>']).unwrap_or(rest.len());
        Some(rest[..end].to_owned()).filter(|label| !label.is_empty())
    });
    declared.or_else(|| std::str::from_utf8(bytes).is_err().then(|| "windows-1252".to_owned()))
}

/// A table's rows by the names of its header; nothing without a header.
fn table(tree: &Tree, table: Id, memory: &mut Memory) -> Result<Option<Value>, FormatError> {
    // A table in a cell has its own rows.
    let within = |tree: &Tree, id: Id| !tree.is(id, "table") && !tree.is(id, "tr");
    let rows: Vec<Id> = tree.below(table, within).filter(|id| tree.is(*id, "tr")).collect();
    let is_header = |row: &Id| cells(tree, *row).any(|cell| tree.is(cell, "th"));
    let Some((first, rest)) = rows.split_first().filter(|(first, _)| is_header(first)) else { return Ok(None) };
    let mut header = Vec::new();
    for cell in cells(tree, *first) {
        add_cell(tree, cell, &mut header, memory)?;
    }
    if header.iter().all(String::is_empty) {
        return Ok(None);
    }
    let columns = Columns::new(header);
    let mut elements = Vec::new();
    for row in rest {
        // The first cell of a row may be a header, too: that of the row.
        if !cells(tree, *row).any(|cell| tree.is(cell, "td")) {
            continue;
        }
        let mut texts = Vec::new();
        for cell in cells(tree, *row) {
            add_cell(tree, cell, &mut texts, memory)?;
        }
        elements.push(columns.row(texts, memory)?);
    }
    Ok(Some(Value::Array(elements)))
}

fn cells(tree: &Tree, row: Id) -> impl Iterator<Item = Id> {
    tree.children(row).filter(|cell| tree.is(*cell, "td") || tree.is(*cell, "th"))
}

/// Adds a cell's text, and empty ones for the further columns that it has.
fn add_cell(tree: &Tree, cell: Id, to: &mut Vec<String>, memory: &mut Memory) -> Result<(), FormatError> {
    let span = tree.attribute(cell, "colspan").and_then(|span| span.trim().parse::<usize>().ok()).unwrap_or(1);
    let text = text(tree, cell);
    memory.take(text.len())?;
    to.push(text);
    for _ in 1..span.min(MAX_SPAN) {
        memory.take(0)?;
        to.push(String::new());
    }
    Ok(())
}

/// The text in an element as a reader sees it, in one line.
fn text(tree: &Tree, element: Id) -> String {
    let mut text = String::new();
    for id in tree.below(element, |tree, id| !tree.is(id, "script") && !tree.is(id, "style")) {
        match tree.data(id) {
            Data::Text(part) => text.push_str(part),
            Data::Element { .. } if is_block(tree, id) => text.push(' '),
            Data::Element { .. } | Data::Other => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether an element begins a line.
fn is_block(tree: &Tree, id: Id) -> bool {
    matches!(
        tree.name(id),
        Some("br" | "div" | "dd" | "dt" | "hr" | "li" | "ol" | "p" | "pre" | "table" | "td" | "th" | "tr" | "ul")
    )
}

#[cfg(test)]
mod tests;
