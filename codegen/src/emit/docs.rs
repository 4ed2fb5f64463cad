//! Documentation comments.
//!
//! Text of the capability file is foreign: it may hold brackets, angle brackets, URLs, fences or a lone backtick, and
//! rustdoc would take them for links, HTML or tests. It is escaped so that it reads as it was written. Code spans that
//! are closed and URLs keep their meaning.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

/// Columns that a line of documentation may have.
const WIDTH: usize = 100;

/// A documentation comment under construction: paragraphs, one empty line between them.
#[derive(Debug, Default)]
pub(super) struct Docs {
    lines: Vec<String>,
}

impl Docs {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Adds a paragraph of our own Markdown, line by line as given. Whatever is foreign in it must have gone through
    /// [`code`] or [`inline`].
    pub(super) fn prose(mut self, markdown: &str) -> Self {
        self.separate();
        self.lines.extend(markdown.lines().map(str::to_owned));
        self
    }

    /// Adds foreign text; nothing where it is blank.
    pub(super) fn text(mut self, text: &str) -> Self {
        for paragraph in paragraphs(text) {
            self.separate();
            self.lines.extend(paragraph);
        }
        self
    }

    /// Adds foreign text, or a sentence of our own where it is blank.
    pub(super) fn text_or(self, text: &str, otherwise: &str) -> Self {
        if text.trim().is_empty() { self.prose(otherwise) } else { self.text(text) }
    }

    /// A sentence of our own where there is nothing yet.
    pub(super) fn or(self, otherwise: &str) -> Self {
        if self.lines.is_empty() { self.prose(otherwise) } else { self }
    }

    /// Adds a list of our own Markdown.
    pub(super) fn list(mut self, items: impl IntoIterator<Item = String>) -> Self {
        self.separate();
        self.lines.extend(items.into_iter().map(|item| format!("- {item}")));
        self
    }

    fn separate(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }
}

impl ToTokens for Docs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for line in &self.lines {
            let line = if line.is_empty() { String::new() } else { format!(" {line}") };
            // rustc refuses them in comments, where they make code look like something else.
            let line = line.replace(is_bidirectional, "");
            tokens.extend(quote! { #[doc = #line] });
        }
    }
}

/// Whether a character changes the direction of the text around it.
pub(super) fn is_bidirectional(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Foreign text as a code span, fenced by more backticks than it has in a row.
pub(super) fn code(text: &str) -> String {
    let text = single_line(text);
    if text.is_empty() {
        return String::from("(empty)");
    }
    let longest = text.split(|character| character != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// Foreign text on one line, to stand inside a line of our own.
pub(super) fn inline(text: &str) -> String {
    atoms(&single_line(text)).join(" ")
}

fn single_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn paragraphs(text: &str) -> Vec<Vec<String>> {
    let mut paragraphs = Vec::new();
    let mut paragraph = Vec::new();
    for line in text.lines().map(str::trim) {
        if line.is_empty() {
            if !paragraph.is_empty() {
                paragraphs.push(std::mem::take(&mut paragraph));
            }
        } else {
            paragraph.extend(wrap(&atoms(line)));
        }
    }
    if !paragraph.is_empty() {
        paragraphs.push(paragraph);
    }
    paragraphs
}

/// Fills lines with atoms. What would begin a block at the start of a line is escaped there.
fn wrap(atoms: &[String]) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for atom in atoms {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + atom.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(atom);
            }
            _ => lines.push(escape_block_start(atom)),
        }
    }
    lines
}

/// Splits a line into words that are safe inside a paragraph. A closed code span is one word.
fn atoms(line: &str) -> Vec<String> {
    let mut atoms = Vec::new();
    let mut word = String::new();
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let after = &rest[character.len_utf8()..];
        if character.is_whitespace() {
            if !word.is_empty() {
                atoms.push(std::mem::take(&mut word));
            }
            rest = after;
        } else if let Some(span) = code_span(rest, &word) {
            word.push_str(span);
            rest = &rest[span.len()..];
        } else if let Some(url) = url(rest, &word) {
            word.push('<');
            word.push_str(url);
            word.push('>');
            rest = &rest[url.len()..];
        } else {
            push_escaped(&mut word, character, after);
            rest = after;
        }
    }
    if !word.is_empty() {
        atoms.push(word);
    }
    atoms
}

/// The code span at the start of `rest`: between single backticks, on one line, not blank.
fn code_span<'a>(rest: &'a str, before: &str) -> Option<&'a str> {
    let content = rest.strip_prefix('`')?;
    let end = content.find('`')?;
    let alone = !before.ends_with('`') && !content[end + 1..].starts_with('`');
    let tight = end > 0 && content[..end].trim().len() == end;
    (alone && tight).then(|| &rest[..end + 2])
}

/// The URL at the start of `rest`, without the punctuation that ends a sentence.
fn url<'a>(rest: &'a str, before: &str) -> Option<&'a str> {
    let scheme = ["https://", "http://"].into_iter().find(|scheme| rest.starts_with(scheme))?;
    if before.ends_with(|character: char| character.is_alphanumeric() || character == '<') {
        return None;
    }
    let end = rest
        .find(|character: char| {
            character.is_whitespace()
                || character.is_control()
                || matches!(character, '<' | '>' | '`' | '"' | '\\' | '|')
        })
        .unwrap_or(rest.len());
    let url = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '}', '*', '\'']);
    (url.len() > scheme.len()).then_some(url)
}

fn push_escaped(word: &mut String, character: char, after: &str) {
    let next = after.chars().next();
    let escape = match character {
        '\\' | '`' | '[' | ']' | '<' | '>' | '*' | '|' | '~' => true,
        // Inside a word an underscore is only an underscore.
        '_' => !(word.ends_with(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)),
        // `&lt;` is text here, not an entity.
        '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
        // What `url` refused would still be taken for a bare URL.
        ':' => after.starts_with("//"),
        _ => false,
    };
    if escape {
        word.push('\\');
    }
    if !character.is_control() {
        word.push(character);
    }
}

fn escape_block_start(atom: &str) -> String {
    let digits = atom.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 && matches!(atom.as_bytes().get(digits), Some(b'.' | b')')) {
        return format!("{}\\{}", &atom[..digits], &atom[digits..]);
    }
    if atom.starts_with(['#', '-', '+', '=', ':']) {
        return format!("\\{atom}");
    }
    atom.to_owned()
}

#[cfg(test)]
mod tests {
    use quote::ToTokens as _;

    use super::{Docs, code, inline};

    fn text(text: &str) -> Vec<String> {
        Docs::new().text(text).lines
    }

    #[test]
    fn plain_text_stays_as_it_is() {
        assert_eq!(
            text("PlanetScale Platform API — Backups. 4 operations (backup_id)."),
            ["PlanetScale Platform API — Backups. 4 operations (backup_id)."]
        );
    }

    #[test]
    fn what_rustdoc_would_interpret_is_escaped() {
        assert_eq!(text("see [x] and ]]"), [r"see \[x\] and \]\]"]);
        assert_eq!(text("<script>"), [r"\<script\>"]);
        assert_eq!(text("&lt; but a & b"), [r"\&lt; but a & b"]);
        assert_eq!(text("__init__ *x*"), [r"\_\_init\_\_ \*x\*"]);
        assert_eq!(text(r"C:\dir"), [r"C:\\dir"]);
    }

    #[test]
    fn closed_code_spans_stay_and_lone_backticks_do_not() {
        assert_eq!(text("use `a [b]` here"), ["use `a [b]` here"]);
        assert_eq!(text("a lone ` here"), [r"a lone \` here"]);
        assert_eq!(text("```rust"), [r"\`\`\`rust"]);
    }

    #[test]
    fn urls_become_links_without_the_full_stop() {
        assert_eq!(text("See https://example.com/a_b."), ["See <https://example.com/a_b>."]);
        assert_eq!(text("(http://example.com)"), ["(<http://example.com>)"]);
        assert_eq!(text("xhttps://example.com"), [r"xhttps\://example.com"]);
    }

    #[test]
    fn nothing_begins_a_block() {
        assert_eq!(text("- a\n1. b\n# c\n    d\n~~~\n==="), [r"\- a", r"1\. b", r"\# c", "d", r"\~\~\~", r"\==="]);
    }

    #[test]
    fn long_paragraphs_are_wrapped() {
        let lines = text(&"word ".repeat(50));
        assert_eq!(lines.len(), 3);
        assert!(lines.iter().all(|line| line.len() <= 100));
    }

    #[test]
    fn nothing_turns_the_direction_of_the_text() {
        let tokens = Docs::new().text("a\u{202e}b").prose(&code("c\u{2066}")).to_token_stream().to_string();
        assert_eq!(tokens, r#"# [doc = " ab"] # [doc = ""] # [doc = " `c`"]"#);
    }

    #[test]
    fn blank_text_has_a_substitute() {
        assert_eq!(Docs::new().text_or(" \n", "Made.").lines, ["Made."]);
    }

    #[test]
    fn code_is_fenced_by_enough_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b"), "```a``b```");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(inline("a\nb  <c>"), r"a b \<c\>");
    }
}
