//! Descriptions for agents: what a document says, without markup, and no longer than it is worth in an agent's memory.

/// The longest description of a tool of a document, in bytes.
#[cfg(feature = "mcp")]
pub(crate) const TOOL: usize = 1024;
/// The longest title of one, in bytes.
#[cfg(feature = "mcp")]
pub(crate) const TITLE: usize = 128;
/// The longest description of an argument or of a part of one, in bytes.
pub(crate) const ARGUMENT: usize = 384;
/// The longest description of a part of a result, in bytes.
pub(crate) const RESULT: usize = 192;
/// The longest description of a value that an argument can have, in bytes.
pub(crate) const VALUE: usize = 128;

/// What stands for what was left out.
const CUT: &str = " …";

/// A description without markup. One that is too long is cut behind its first paragraphs, or, where the first one is too long
/// itself, behind a sentence of it.
pub(crate) fn brief(text: &str, limit: usize) -> String {
    let text = plain(text);
    if text.len() <= limit {
        return text;
    }
    let room = limit.saturating_sub(CUT.len());
    let paragraphs = text.match_indices("\n\n").map(|(offset, _)| offset);
    let end = paragraphs.take_while(|offset| *offset <= room).last().filter(|end| is_enough(*end, room));
    let end = end.unwrap_or_else(|| sentence(&text, room));
    format!("{}{CUT}", text[..end].trim_end())
}

/// Whether what ends there says more than a third of what there is room for.
fn is_enough(end: usize, room: usize) -> bool {
    end > room / 3
}

/// The start of a text, at most so many bytes.
fn start(text: &str, length: usize) -> &str {
    let end = (0..=length.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// Where a text can be cut: behind a sentence, else behind a word, within so many bytes.
fn sentence(text: &str, room: usize) -> usize {
    let head = start(text, room);
    let ends = head.char_indices().filter(|(offset, character)| {
        let rest = &text[offset + character.len_utf8()..];
        match character {
            '.' | '!' | '?' => rest.starts_with(char::is_whitespace) && !is_abbreviated(&text[..*offset]),
            '\n' | '。' | '！' | '？' => true,
            _ => false,
        }
    });
    let end = ends.map(|(offset, character)| offset + character.len_utf8()).next_back();
    end.filter(|end| is_enough(*end, room)).or_else(|| head.rfind(char::is_whitespace)).unwrap_or(head.len())
}

/// Whether the point behind a text is that of an abbreviation, as in "e.g.".
fn is_abbreviated(text: &str) -> bool {
    let word = text.rsplit(char::is_whitespace).next().unwrap_or_default().trim_start_matches(['(', '[', '"']);
    word.contains('.') || matches!(word, "etc" | "vs" | "approx" | "incl" | "resp") || word.len() == 1
}

/// A text of Markdown, perhaps with HTML in it, as words alone. Code keeps its marks, which tell it from words.
fn plain(text: &str) -> String {
    let text = if text.contains(['<', '&']) { without_tags(text) } else { text.to_owned() };
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.trim();
        let is_rule = line.len() > 2 && line.bytes().all(|byte| b"-=|: *_".contains(&byte));
        if is_rule || line.starts_with("```") {
            continue;
        }
        let line = without_marks(without_heading(line));
        let words = line.split_whitespace().collect::<Vec<_>>().join(" ");
        if !(words.is_empty() && lines.last().is_none_or(String::is_empty)) {
            lines.push(words);
        }
    }
    lines.join("\n").trim_end().to_owned()
}

/// A line without the marks of a heading.
fn without_heading(line: &str) -> &str {
    let text = line.trim_start_matches('#');
    let is_heading = line.len() - text.len() <= 6 && (text.is_empty() || text.starts_with(char::is_whitespace));
    if is_heading { text.trim_start() } else { line }
}

/// A line without links and emphasis. Code stays as it is, and so do names such as `created__gte`.
fn without_marks(line: &str) -> String {
    let parts = line.split('`').enumerate().map(|(index, part)| {
        let is_code = index % 2 == 1;
        if is_code { part.to_owned() } else { without_links(part).replace("**", "") }
    });
    parts.collect::<Vec<_>>().join("`")
}

/// A line with the texts of its links and without its pictures.
fn without_links(line: &str) -> String {
    let mut kept = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((offset, end, label)) = link(rest) {
        let (before, is_picture) = match rest[..offset].strip_suffix('!') {
            Some(before) => (before, true),
            None => (&rest[..offset], false),
        };
        kept.push_str(before);
        if !is_picture {
            kept.push_str(label);
        }
        rest = &rest[end..];
    }
    kept.push_str(rest);
    kept
}

/// The first link `[label](target)`: where it begins and ends, and its label.
fn link(text: &str) -> Option<(usize, usize, &str)> {
    let middle = text.find("](")?;
    let open = text[..middle].rfind('[')?;
    let close = middle + text[middle..].find(')')?;
    Some((open, close + 1, &text[open + 1..middle]))
}

/// Elements of HTML that descriptions have; `<name>` is mostly something else.
const ELEMENTS: [&str; 46] = [
    "a",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "code",
    "dd",
    "del",
    "details",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
];

/// Elements with which a line begins.
const LINES: [&str; 9] = ["br", "dd", "div", "dt", "hr", "li", "pre", "table", "tr"];

fn without_tags(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    let mut is_code = false;
    while let Some(offset) = rest.find('<') {
        kept.push_str(&rest[..offset]);
        is_code ^= rest[..offset].matches('`').count() % 2 == 1;
        rest = &rest[offset..];
        if is_code {
            kept.push('<');
            rest = &rest[1..];
        } else if let Some((name, length)) = tag(rest) {
            let is_paragraph = matches!(name.as_str(), "p" | "ul" | "ol" | "dl" | "blockquote");
            let is_heading = name.starts_with('h') && name.len() == 2;
            if is_paragraph || is_heading {
                kept.push_str("\n\n");
            } else if LINES.contains(&name.as_str()) {
                kept.push('\n');
            }
            if name == "li" && !rest.starts_with("</") {
                kept.push_str("- ");
            }
            rest = &rest[length..];
        } else {
            kept.push('<');
            rest = &rest[1..];
        }
    }
    kept.push_str(rest);
    entities(&kept)
}

/// The element that a text begins with a tag of, and the tag's length.
fn tag(text: &str) -> Option<(String, usize)> {
    /// The longest tag, in bytes: with it the search for its end takes time in proportion to the text.
    const LONGEST: usize = 512;
    let window = start(text, LONGEST);
    let end = window.find('>')?;
    let inner = window[1..end].trim_start_matches('/');
    let name = inner.split(|character: char| !character.is_ascii_alphanumeric()).next()?.to_ascii_lowercase();
    ELEMENTS.contains(&name.as_str()).then_some((name, end + 1))
}

fn entities(text: &str) -> String {
    let mut text = text.to_owned();
    // The last, so that nothing is decoded twice.
    for (entity, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ] {
        if text.contains(entity) {
            text = text.replace(entity, character);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_is_left_out() {
        for (text, expected) in [
            ("Gets a [backup](https://x.example/a_(b) of it.", "Gets a backup of it."),
            ("![logo](a.png) The **name**, `a_b`.", "The name, `a_b`."),
            ("# Title\n\n\n\nText  with   blanks.\n---\nMore.", "Title\n\nText with blanks.\nMore."),
            ("<p>One.</p><p>Two<br/>three &amp; <b>four</b> &lt;id&gt;.</p>", "One.\n\nTwo\nthree & four <id>."),
            ("<ul><li>a</li><li class=\"x\">b</li></ul>", "- a\n\n- b"),
            ("Names like <id> and a < b > c.", "Names like <id> and a < b > c."),
            ("```\ncode\n```", "code"),
            ("Fits `[a-z]([-a-z0-9]*)?` and [x](y).", "Fits `[a-z]([-a-z0-9]*)?` and x."),
            ("By `created__gte`, __typename and `<br>`.", "By `created__gte`, __typename and `<br>`."),
            ("#ff0000 is red\n###### Six", "#ff0000 is red\nSix"),
            ("", ""),
        ] {
            assert_eq!(brief(text, 1000), expected, "{text}");
        }
    }

    #[test]
    fn paragraphs_stay_whole() {
        assert_eq!(
            brief("A.\n\nThe first one is short. The second one is not short at all.", 34),
            "A.\n\nThe first one is short. …"
        );
        assert_eq!(brief("First one.\n\nSecond one.\n\nThird one that is long.", 30), "First one.\n\nSecond one. …");
    }

    #[test]
    fn a_long_paragraph_is_cut_behind_a_sentence() {
        let text = "It does this, e.g. that. Then it does more. And what is behind it is left out.";
        assert_eq!(brief(text, 50), "It does this, e.g. that. Then it does more. …");
        assert_eq!(brief("One word after another without an end of it", 20), "One word after …");
        assert_eq!(brief(&"ä".repeat(30), 20), format!("{} …", "ä".repeat(8)));
    }

    #[test]
    fn nothing_is_longer_than_its_limit() {
        for text in ["a. b. c. d. e. f. g.", "<p>", "[a](b", "](", "[](", "\n\n\n\n", "x\n\ny\n\nz", "äöü. äöü. äöü."]
        {
            for limit in 5..24 {
                assert!(brief(text, limit).len() <= limit, "{text} {limit}");
            }
        }
    }
}
