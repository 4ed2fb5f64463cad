//! The text of a page: prose and blocks of code.

/// A page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// What the page begins with: `CAP0301`.
    pub(super) title: String,
    pub(super) parts: Vec<Part>,
}

/// A part of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Paragraphs, as they are written.
    Prose(String),
    Block(Block),
}

/// A block of code: a file, or a difference in one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// Whether its lines are marked with `-`, `+` and blanks.
    pub(super) is_diff: bool,
    /// The name of the file.
    pub(super) file: String,
    pub(super) lines: Vec<String>,
}

impl Page {
    /// Reads a page. A fence says what the block is, and which file it is of: ```` ```diff shelf.yaml ````.
    pub(super) fn parse(text: &str) -> Self {
        let mut page = Self { title: String::new(), parts: Vec::new() };
        let mut prose = String::new();
        let mut block: Option<Block> = None;
        for line in text.lines() {
            match (line.strip_prefix("```"), &mut block) {
                (Some(_), Some(_)) => page.parts.extend(block.take().map(Part::Block)),
                (Some(info), None) => {
                    page.prose(&mut prose);
                    let (kind, file) = info.split_once(' ').unwrap_or((info, ""));
                    block = Some(Block { is_diff: kind == "diff", file: file.trim().to_owned(), lines: Vec::new() });
                }
                (None, Some(block)) => block.lines.push(line.to_owned()),
                (None, None) => match line.strip_prefix("# ") {
                    Some(title) if page.title.is_empty() => title.trim().clone_into(&mut page.title),
                    _ => {
                        prose.push_str(line);
                        prose.push('\n');
                    }
                },
            }
        }
        page.prose(&mut prose);
        page
    }

    fn prose(&mut self, prose: &mut String) {
        let text = std::mem::take(prose);
        if !text.trim().is_empty() {
            self.parts.push(Part::Prose(text.trim().to_owned()));
        }
    }

    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        self.parts.iter().filter_map(|part| match part {
            Part::Block(block) => Some(block),
            Part::Prose(_) => None,
        })
    }
}
