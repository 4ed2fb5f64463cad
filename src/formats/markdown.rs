//! Markdown (`CommonMark`, with tables and front matter).

use pulldown_cmark::{Event, MetadataBlockKind, Options, Parser, Tag, TagEnd};
use serde_json::{Map, Value, json};

use super::FormatError;
use super::memory::Memory;
use super::rows::Columns;
use super::yaml::{self, Scalars};

/// `{frontMatter, tables, sections}`: the front matter, an object that may be empty; each table with a header, as an
/// array of objects; and each heading that begins with `prefix`, with its level and the text below it.
pub(super) fn read(text: &str, prefix: Option<&str>) -> Result<Value, FormatError> {
    let mut options = Options::ENABLE_TABLES;
    // Only at the beginning: elsewhere these lines are rules.
    if text.starts_with("---\n") || text.starts_with("---\r\n") {
        options |= Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    }
    let mut reader = MarkdownReader::default();
    for event in Parser::new_ext(text, options) {
        reader.event(event)?;
    }
    reader.end_section();
    let belongs = |section: &Section| prefix.is_none_or(|prefix| section.heading.starts_with(prefix));
    let section =
        |Section { heading, level, content }| json!({ "heading": heading, "level": level, "content": content });
    let sections: Vec<Value> = reader.sections.into_iter().filter(belongs).map(section).collect();
    Ok(json!({ "frontMatter": reader.front_matter, "tables": reader.tables, "sections": sections }))
}

struct Section {
    heading: String,
    level: u8,
    content: String,
}

/// A table that is being read.
#[derive(Default)]
struct Table {
    columns: Option<Columns>,
    cells: Vec<String>,
    rows: Vec<Value>,
}

#[derive(Default)]
struct MarkdownReader {
    front_matter: Map<String, Value>,
    is_front_matter: bool,
    tables: Vec<Value>,
    sections: Vec<Section>,
    open: Option<Section>,
    table: Option<Table>,
    /// The text of the heading, cell or paragraph that is being read.
    text: String,
    memory: Memory,
}

impl MarkdownReader {
    fn event(&mut self, event: Event<'_>) -> Result<(), FormatError> {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => return self.end(tag),
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => {
                self.text.push_str(&text);
            }
            Event::SoftBreak => self.text.push(' '),
            Event::HardBreak => self.text.push('\n'),
            Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::Rule
            | Event::TaskListMarker(_) => {}
        }
        Ok(())
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::MetadataBlock(MetadataBlockKind::YamlStyle) => self.is_front_matter = true,
            Tag::Heading { level, .. } => {
                self.end_paragraph();
                self.end_section();
                let level = u8::try_from(*level as usize).unwrap_or_default();
                self.open = Some(Section { heading: String::new(), level, content: String::new() });
            }
            Tag::Table(_) => {
                self.end_paragraph();
                self.table = Some(Table::default());
            }
            // A list within an item begins in the middle of its text.
            Tag::List(_) | Tag::Item | Tag::Paragraph => self.end_paragraph(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) -> Result<(), FormatError> {
        match tag {
            TagEnd::MetadataBlock(_) => {
                self.is_front_matter = false;
                if let Value::Object(members) = yaml::read(&std::mem::take(&mut self.text), Scalars::Core)? {
                    self.front_matter = members;
                }
            }
            TagEnd::Heading(_) => {
                if let Some(section) = &mut self.open {
                    self.text.trim().clone_into(&mut section.heading);
                }
                self.text.clear();
            }
            TagEnd::TableCell => {
                let cell = std::mem::take(&mut self.text).trim().to_owned();
                self.table.get_or_insert_default().cells.push(cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row()?,
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    self.tables.push(Value::Array(table.rows));
                }
            }
            TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::Item | TagEnd::HtmlBlock => self.end_paragraph(),
            _ => {}
        }
        Ok(())
    }

    fn end_row(&mut self) -> Result<(), FormatError> {
        let table = self.table.get_or_insert_default();
        let cells = std::mem::take(&mut table.cells);
        match &table.columns {
            Some(columns) => table.rows.push(columns.row(cells, &mut self.memory)?),
            None => table.columns = Some(Columns::new(cells)),
        }
        Ok(())
    }

    /// Adds a paragraph's text to the section.
    fn end_paragraph(&mut self) {
        if self.is_front_matter || self.table.is_some() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        if let (Some(section), false) = (&mut self.open, text.is_empty()) {
            if !section.content.is_empty() {
                section.content.push('\n');
            }
            section.content.push_str(text);
        }
    }

    fn end_section(&mut self) {
        self.end_paragraph();
        self.sections.extend(self.open.take());
    }
}
