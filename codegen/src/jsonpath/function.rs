//! Functions and their types (section 2.4 of the RFC).

use std::ops::Range;

use super::fault::Fault;
use super::filter::Placed;
use super::parser::Parser;
use super::pattern;
use crate::ir::json_path::{Comparable, Filter, Literal};
use crate::suggest::{did_you_mean, list};

const FUNCTIONS: [&str; 5] = ["length", "count", "match", "search", "value"];

/// A call, by what it gives.
pub(super) enum Call {
    /// One value or nothing.
    Value(Comparable),
    /// True or false.
    Logical(Filter),
}

impl Parser<'_> {
    /// What follows a function's name.
    pub(super) fn call(&mut self, name: &str, start: usize) -> Result<Call, Fault> {
        let named = start..self.position;
        if !FUNCTIONS.contains(&name) {
            let fault = Fault::new(named, format!("there is no function `{name}`"));
            let known = || format!("the functions are {}", list(FUNCTIONS));
            return Err(fault.suggest(did_you_mean(name, FUNCTIONS).unwrap_or_else(known)));
        }
        let arguments = self.nested(Self::arguments)?;
        let range = start..self.position;
        match name {
            "match" | "search" => {
                let (text, pattern) = self.text_and_pattern(name, arguments, range)?;
                let is_match = name == "match";
                Ok(Call::Logical(if is_match {
                    Filter::Match { text, pattern }
                } else {
                    Filter::Search { text, pattern }
                }))
            }
            _ => {
                let [argument] = counted(arguments, name, range)?;
                Ok(Call::Value(match name {
                    "length" => Comparable::Length(Box::new(argument.into_comparable()?)),
                    "count" => Comparable::Count(argument.into_nodes()?),
                    _ => Comparable::Value(argument.into_nodes()?),
                }))
            }
        }
    }

    fn arguments(&mut self) -> Result<Vec<Placed>, Fault> {
        self.eat("(");
        self.skip_blanks();
        let mut arguments = Vec::new();
        if self.eat(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.term()?);
            self.skip_blanks();
            if self.eat(")") {
                return Ok(arguments);
            }
            if !self.eat(",") {
                return Err(self.expected("`,` or `)`"));
            }
            self.skip_blanks();
        }
    }

    fn text_and_pattern(
        &mut self,
        name: &str,
        arguments: Vec<Placed>,
        range: Range<usize>,
    ) -> Result<(Comparable, Comparable), Fault> {
        let [text, pattern] = counted(arguments, name, range)?;
        let text = text.into_comparable()?;
        let range = pattern.range.clone();
        let pattern = pattern.into_comparable()?;
        match &pattern {
            Comparable::Literal(Literal::String(expression)) => {
                // Places in a text with escapes are not those of the path.
                let is_plain = expression.len() + 2 == range.len();
                let first = range.start + 1;
                let place =
                    |inner: Range<usize>| if is_plain { first + inner.start..first + inner.end } else { range.clone() };
                match pattern::check(expression) {
                    Ok(anchors) => {
                        for anchor in anchors {
                            let message =
                                "`^` and `$` are the ends of the text here, which the grammar of I-Regexp lacks";
                            let suggestion = "write `match(…)` for a whole text and `search(…)` for a part of it, without `^` and `$`";
                            self.habit(place(anchor), message, suggestion.to_owned());
                        }
                    }
                    Err(fault) => return Err(Fault { range: place(fault.range.clone()), ..fault }),
                }
            }
            Comparable::Literal(_) => {
                return Err(Fault::new(range, "a regular expression is a string").suggest("write it in quotes"));
            }
            _ => {}
        }
        Ok((text, pattern))
    }
}

/// So many arguments as the function has.
fn counted<const N: usize>(arguments: Vec<Placed>, name: &str, range: Range<usize>) -> Result<[Placed; N], Fault> {
    let count = arguments.len();
    arguments.try_into().map_err(|_| {
        let plural = if N == 1 { "argument" } else { "arguments" };
        Fault::new(range, format!("`{name}` has {N} {plural}, not {count}"))
    })
}
