//! From the text to selectors.

use super::pseudo;
use super::scanner::Scanner;
use crate::fault::Fault;
use crate::ir::css::{Combinator, Comparison, Compound, Selector, Simple, Test};

/// The most elements that the selectors of a text describe: each costs a walk through every document.
const MAX_COMPOUNDS: usize = 64;

/// How deep lists of selectors stand in others.
const MAX_DEPTH: usize = 8;

/// The selectors of a text.
pub(super) fn document(text: &str) -> Result<Vec<Selector>, Fault> {
    let mut parser = Parser { scanner: Scanner::new(text), compounds: 0, depth: 0 };
    let selectors = parser.list()?;
    match parser.scanner.peek() {
        Some(_) => Err(parser.scanner.unexpected("the end of the selector")),
        None => Ok(selectors),
    }
}

pub(super) struct Parser<'t> {
    pub(super) scanner: Scanner<'t>,
    compounds: usize,
    depth: usize,
}

impl Parser<'_> {
    /// Selectors with commas between them.
    pub(super) fn list(&mut self) -> Result<Vec<Selector>, Fault> {
        let start = self.scanner.position;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::new(start..start, format!("lists of selectors are nested more than {MAX_DEPTH} deep")));
        }
        let mut selectors = Vec::new();
        loop {
            self.scanner.blanks();
            selectors.push(self.selector()?);
            self.scanner.blanks();
            if !self.scanner.eat(",") {
                self.depth -= 1;
                return Ok(selectors);
            }
        }
    }

    fn selector(&mut self) -> Result<Selector, Fault> {
        let first = self.compound()?;
        let mut rest = Vec::new();
        while let Some(combinator) = self.combinator() {
            rest.push((combinator, self.compound()?));
        }
        Ok(Selector { first, rest })
    }

    /// What joins the element before to one that follows.
    fn combinator(&mut self) -> Option<Combinator> {
        let had_blanks = self.scanner.blanks();
        let combinator = match self.scanner.peek()? {
            '>' => Combinator::Child,
            '+' => Combinator::NextSibling,
            '~' => Combinator::LaterSibling,
            ',' | ')' => return None,
            _ => return had_blanks.then_some(Combinator::Descendant),
        };
        self.scanner.next();
        self.scanner.blanks();
        Some(combinator)
    }

    fn compound(&mut self) -> Result<Compound, Fault> {
        let start = self.scanner.position;
        self.compounds += 1;
        if self.compounds > MAX_COMPOUNDS {
            return Err(Fault::new(start..start, format!("more than {MAX_COMPOUNDS} elements are described")));
        }
        let mut compound = Vec::new();
        let is_any = self.scanner.eat("*");
        if !is_any && self.scanner.peek().is_some_and(begins_name) {
            compound.push(Simple::Name(self.scanner.name("the name of an element")?.to_ascii_lowercase()));
        }
        if self.scanner.peek() == Some('|') {
            return Err(Fault::new(self.scanner.here(), "names of elements have no namespaces in HTML"));
        }
        while let Some(simple) = self.simple()? {
            compound.push(simple);
        }
        if self.scanner.position == start { Err(self.scanner.unexpected("an element")) } else { Ok(compound) }
    }

    /// What further is said of an element.
    fn simple(&mut self) -> Result<Option<Simple>, Fault> {
        let start = self.scanner.position;
        let simple = match self.scanner.peek() {
            Some('#') => {
                self.scanner.next();
                Simple::Id(self.scanner.name("an `id`")?)
            }
            Some('.') => {
                self.scanner.next();
                Simple::Class(self.scanner.name("a class")?)
            }
            Some('[') => self.attribute()?,
            Some(':') => pseudo::read(self, start)?,
            _ => return Ok(None),
        };
        Ok(Some(simple))
    }

    fn attribute(&mut self) -> Result<Simple, Fault> {
        self.scanner.next();
        self.scanner.blanks();
        let name = self.scanner.name("the name of an attribute")?.to_ascii_lowercase();
        self.scanner.blanks();
        if self.scanner.eat("]") {
            return Ok(Simple::Attribute { name, test: Test::Present });
        }
        let comparison = self.comparison()?;
        self.scanner.blanks();
        let value = match self.scanner.quoted()? {
            Some(value) => value,
            None => self.scanner.name("a value")?,
        };
        self.scanner.blanks();
        let ignores_case = self.scanner.eat("i") || self.scanner.eat("I");
        if !ignores_case && !self.scanner.eat("s") {
            self.scanner.eat("S");
        }
        self.scanner.blanks();
        self.scanner.expect("]")?;
        Ok(Simple::Attribute { name, test: Test::Compared { comparison, value, ignores_case } })
    }

    fn comparison(&mut self) -> Result<Comparison, Fault> {
        for (operator, comparison) in [
            ("=", Comparison::Equal),
            ("~=", Comparison::Word),
            ("|=", Comparison::Dash),
            ("^=", Comparison::Prefix),
            ("$=", Comparison::Suffix),
            ("*=", Comparison::Substring),
        ] {
            if self.scanner.eat(operator) {
                return Ok(comparison);
            }
        }
        Err(self.scanner.unexpected("`]` or a comparison, such as `=` or `^=`,"))
    }
}

fn begins_name(next: char) -> bool {
    next.is_ascii_alphanumeric() || matches!(next, '_' | '-' | '\\' | '\u{80}'..)
}
