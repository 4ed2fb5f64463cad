//! Pseudo-classes.

use super::parser::Parser;
use super::position;
use crate::fault::Fault;
use crate::ir::css::{Position, Simple};
use crate::suggest;

/// Those that have arguments, and those that have none.
const KNOWN: [&str; 16] = [
    "empty",
    "first-child",
    "first-of-type",
    "is",
    "last-child",
    "last-of-type",
    "not",
    "nth-child",
    "nth-last-child",
    "nth-last-of-type",
    "nth-of-type",
    "only-child",
    "only-of-type",
    "root",
    "where",
    "any-link",
];

/// Reads a pseudo-class, whose colon comes next, at `start`.
pub(super) fn read(parser: &mut Parser<'_>, start: usize) -> Result<Simple, Fault> {
    parser.scanner.next();
    if parser.scanner.eat(":") {
        return Err(Fault::new(start..parser.scanner.position, "a pseudo-element is no element of an answer"));
    }
    let name = parser.scanner.name("the name of a pseudo-class")?.to_ascii_lowercase();
    let range = start..parser.scanner.position;
    let simple = match name.as_str() {
        "empty" => Simple::Empty,
        "root" => Simple::Root,
        "any-link" => Simple::Attribute { name: "href".to_owned(), test: crate::ir::css::Test::Present },
        "first-child" => at(1, false, false),
        "last-child" => at(1, true, false),
        "first-of-type" => at(1, false, true),
        "last-of-type" => at(1, true, true),
        "only-child" => Simple::Is(vec![both(at(1, false, false), at(1, true, false))]),
        "only-of-type" => Simple::Is(vec![both(at(1, false, true), at(1, true, true))]),
        "is" | "where" => Simple::Is(list(parser)?),
        "not" => Simple::Not(list(parser)?),
        "nth-child" => position(parser, false, false)?,
        "nth-last-child" => position(parser, true, false)?,
        "nth-of-type" => position(parser, false, true)?,
        "nth-last-of-type" => position(parser, true, true)?,
        name => {
            let fault = Fault::new(range, format!("there is no pseudo-class `:{name}` that selects in an answer"));
            return Err(match suggest::did_you_mean(name, KNOWN) {
                Some(suggestion) => fault.suggest(suggestion),
                None => fault,
            });
        }
    };
    Ok(simple)
}

fn at(offset: i32, from_end: bool, of_type: bool) -> Simple {
    Simple::Position(Position { step: 0, offset, from_end, of_type })
}

fn both(first: Simple, second: Simple) -> crate::ir::css::Selector {
    crate::ir::css::Selector { first: vec![first, second], rest: Vec::new() }
}

fn list(parser: &mut Parser<'_>) -> Result<Vec<crate::ir::css::Selector>, Fault> {
    parser.scanner.expect("(")?;
    let selectors = parser.list()?;
    parser.scanner.expect(")")?;
    Ok(selectors)
}

fn position(parser: &mut Parser<'_>, from_end: bool, of_type: bool) -> Result<Simple, Fault> {
    parser.scanner.expect("(")?;
    let (step, offset) = position::read(&mut parser.scanner)?;
    parser.scanner.expect(")")?;
    Ok(Simple::Position(Position { step, offset, from_end, of_type }))
}
