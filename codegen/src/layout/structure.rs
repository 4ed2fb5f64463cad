//! What belongs together: groups, what stands in them, and where blanks are.

use super::token::{Kind, Token};

/// What is known of a token besides its text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Facts {
    /// Of a token that opens: the index of its counterpart.
    pub(super) close: usize,
    /// Of a token that opens: how its content is laid out.
    pub(super) layout: Layout,
    /// Whether a blank stands before it on the same line.
    pub(super) blank: bool,
    /// Whether this is a comma at the end of a list, which is left out on one line.
    pub(super) is_last_comma: bool,
}

/// How the content of a group is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Layout {
    /// Elements between commas, on one line where there is room.
    #[default]
    List,
    /// The same, inside of `{}` with a blank at each end.
    Literal,
    /// The same, as what is not ours: nothing is added or left out.
    Verbatim,
    /// Elements between commas, always on lines of their own.
    Fields,
    /// Statements.
    Block,
    /// Items, with empty lines between them.
    Items,
}

impl Layout {
    /// Whether the content stands on lines of its own, however short it is.
    pub(super) fn is_broken(self) -> bool {
        matches!(self, Self::Fields | Self::Block | Self::Items)
    }
}

/// The tokens with what is known of each.
pub(super) fn analyze(tokens: &mut [Token<'_>]) -> Vec<Facts> {
    let mut facts = vec![Facts::default(); tokens.len()];
    pair(tokens, &mut facts);
    Walk { tokens, facts: &mut facts, frames: vec![Frame::default()] }.run();
    facts
}

/// Finds the counterpart of each token that opens; `<` and `>` are some where they match.
fn pair(tokens: &mut [Token<'_>], facts: &mut [Facts]) {
    let mut open: Vec<usize> = Vec::new();
    for index in 0..tokens.len() {
        let Token { text, kind } = tokens[index];
        match (text, kind) {
            ("<", _) => {
                open.push(index);
                continue;
            }
            (">", _) => {
                if let Some(&start) = open.last().filter(|start| tokens[**start].text == "<") {
                    open.pop();
                    facts[start].close = index;
                    tokens[start].kind = Kind::Open;
                    tokens[index].kind = Kind::Close;
                }
                continue;
            }
            (";" | "=>" | "&&" | "||" | "{", _) | (_, Kind::Close) => {
                // Generic arguments have none of these in them: what looked like their beginning compares.
                while open.last().is_some_and(|start| tokens[*start].text == "<") {
                    open.pop();
                }
            }
            _ => {}
        }
        match kind {
            Kind::Open => open.push(index),
            Kind::Close => {
                if let Some(start) = open.pop() {
                    facts[start].close = index;
                }
            }
            _ => {}
        }
    }
}

/// What the next `{` belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pending {
    Fields,
    Items,
    Function,
    Block,
    Arms,
}

/// A group that the walk is in.
#[derive(Clone, Copy, Debug, Default)]
struct Frame {
    /// What the group is, by its first token and its layout.
    open: usize,
    is_verbatim: bool,
    commas: usize,
    pending: Option<Pending>,
    /// Whether the parameters of a closure have begun.
    in_closure: bool,
}

struct Walk<'w, 't> {
    tokens: &'w [Token<'t>],
    facts: &'w mut [Facts],
    frames: Vec<Frame>,
}

/// How a token binds to its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bond {
    /// An operand ends here.
    Operand,
    /// What follows is separated by a blank.
    Loose,
    /// What follows touches it.
    Tight,
}

impl Walk<'_, '_> {
    fn run(&mut self) {
        let mut bond = Bond::Tight;
        for index in 0..self.tokens.len() {
            let (blank, next) = self.step(index, bond);
            self.facts[index].blank = blank;
            bond = next;
        }
    }

    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Whether a blank stands before a token, and how it binds to the next.
    fn step(&mut self, index: usize, before: Bond) -> (bool, Bond) {
        let loose = before != Bond::Tight;
        match self.tokens[index].kind {
            Kind::Operand => (loose, Bond::Operand),
            Kind::Lifetime => (loose, Bond::Loose),
            Kind::Keyword => {
                self.keyword(index);
                (loose, Bond::Loose)
            }
            Kind::Open => self.open(index, before),
            Kind::Close => self.close(index),
            Kind::Operator => self.operator(index, before),
        }
    }

    fn keyword(&mut self, index: usize) {
        let is_pointer = self.tokens.get(index + 1).is_some_and(|next| next.text == "(");
        let pending = match self.tokens[index].text {
            "struct" | "enum" => Pending::Fields,
            "impl" | "trait" | "mod" => Pending::Items,
            "fn" if !is_pointer => Pending::Function,
            "match" => Pending::Arms,
            "if" | "else" | "while" | "for" | "loop" | "unsafe" | "async" => Pending::Block,
            _ => return,
        };
        let current = &mut self.frame().pending;
        if matches!(current, None | Some(Pending::Block)) {
            *current = Some(pending);
        }
    }

    fn open(&mut self, index: usize, before: Bond) -> (bool, Bond) {
        let text = self.tokens[index].text;
        let previous = index.checked_sub(1).map(|previous| self.tokens[previous]);
        let is_macro = previous.is_some_and(|token| token.text == "!") && before == Bond::Operand;
        let layout = if text == "{" { self.braces(index, before, is_macro) } else { Layout::List };
        // What a macro makes of its tokens is not known.
        let is_verbatim = layout != Layout::Items && (is_macro || self.frame().is_verbatim);
        let layout = if is_verbatim { Layout::Verbatim } else { layout };
        self.facts[index].layout = layout;
        self.frames.push(Frame { open: index, is_verbatim, ..Frame::default() });
        let after_name = previous.is_some_and(|token| matches!(token.text, "fn" | "pub" | "impl" | "for"));
        let blank = match text {
            "{" => previous.is_some_and(|token| token.kind != Kind::Open && token.text != "::"),
            "<" if after_name => false,
            "(" if after_name => previous.is_some_and(|token| matches!(token.text, "impl" | "for")),
            _ => before == Bond::Loose,
        };
        let is_empty = self.facts[index].close == index + 1;
        let inside = text == "{" && !is_empty && previous.is_none_or(|token| token.text != "::");
        (blank, if inside { Bond::Loose } else { Bond::Tight })
    }

    /// What braces are.
    fn braces(&mut self, index: usize, before: Bond, is_macro: bool) -> Layout {
        let close = self.facts[index].close;
        if close <= index + 1 {
            self.frame().pending = None;
            return Layout::List;
        }
        if is_macro {
            return if self.has_items(index + 1, close) { Layout::Items } else { Layout::List };
        }
        match self.frame().pending.take() {
            Some(Pending::Fields | Pending::Arms) => Layout::Fields,
            Some(Pending::Items) => Layout::Items,
            None if before == Bond::Operand => Layout::Literal,
            None if index > 0 && self.tokens[index - 1].text == "::" => Layout::List,
            Some(Pending::Function | Pending::Block) | None => Layout::Block,
        }
    }

    /// Whether what a macro is given are items.
    fn has_items(&self, start: usize, end: usize) -> bool {
        let first = self.tokens[start];
        let last = self.tokens[end - 1].text;
        matches!(last, ";" | "}") && (first.kind == Kind::Keyword || matches!(first.text, "#" | "::"))
    }

    fn close(&mut self, index: usize) -> (bool, Bond) {
        let frame = if self.frames.len() > 1 { self.frames.pop() } else { None }.unwrap_or_default();
        let Facts { close, layout, .. } = self.facts[frame.open];
        let is_empty = close == frame.open + 1;
        let text = self.tokens[index].text;
        let opener = frame.open.checked_sub(1).map(|before| self.tokens[before]);
        if index > 0 && self.tokens[index - 1].text == "," && !frame.is_verbatim {
            // Without its comma a tuple of one element would be none.
            let is_list = text != ")" || frame.commas > 1 || opener.is_some_and(is_callable);
            self.facts[index - 1].is_last_comma = is_list;
        }
        let blank = text == "}" && !is_empty && layout != Layout::List;
        // `impl<T> ::a::B`: a path begins behind the parameters, and does not go on.
        let are_parameters = text == ">" && opener.is_some_and(|token| matches!(token.text, "impl" | "for"));
        // Behind a block something new begins.
        let is_end = layout.is_broken() && self.tokens.get(index + 1).is_some_and(|next| next.text != "?");
        (blank, if are_parameters || is_end { Bond::Loose } else { Bond::Operand })
    }

    fn operator(&mut self, index: usize, before: Bond) -> (bool, Bond) {
        let loose = before != Bond::Tight;
        let after_operand = before == Bond::Operand;
        let text = self.tokens[index].text;
        match text {
            "," | ";" => {
                let frame = self.frame();
                frame.commas += 1;
                // A `where` has commas, and is followed by what it belongs to.
                if text == ";" || matches!(frame.pending, Some(Pending::Arms | Pending::Block)) {
                    frame.pending = None;
                }
                (false, Bond::Loose)
            }
            ":" => (false, Bond::Loose),
            "." => (false, Bond::Tight),
            // Behind an operand `!` makes a macro of it.
            "?" | "!" if after_operand => (false, Bond::Operand),
            "::" | ".." | "..=" => (before == Bond::Loose, Bond::Tight),
            "|" if self.frame().in_closure => {
                self.frame().in_closure = false;
                (false, Bond::Loose)
            }
            "|" if !after_operand => {
                self.frame().in_closure = true;
                (loose, Bond::Tight)
            }
            "#" => (loose, Bond::Tight),
            "&" | "&&" | "*" | "-" | "!" | "?" if !after_operand => (loose, Bond::Tight),
            "=>" => {
                self.frame().pending = None;
                (loose, Bond::Loose)
            }
            _ => (loose, Bond::Loose),
        }
    }
}

/// Whether parentheses behind this token hold arguments.
pub(super) fn is_callable(token: Token<'_>) -> bool {
    matches!(token.kind, Kind::Operand | Kind::Close) || matches!(token.text, "fn" | "?")
}
