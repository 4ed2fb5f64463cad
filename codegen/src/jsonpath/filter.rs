//! Filters (section 2.3.5 of the RFC).

use std::ops::Range;

use super::fault::Fault;
use super::function::Call;
use super::parser::Parser;
use crate::ir::json_path::{Comparable, Filter, JsonPath, Literal, Operator, Query, Root};

/// A side of a comparison, a test or an argument, of which the context decides what it may be.
pub(super) enum Term {
    Literal(Literal),
    Query(Query),
    Call(Call),
}

/// A term and where it stands.
pub(super) struct Placed {
    pub(super) term: Term,
    pub(super) range: Range<usize>,
}

impl Parser<'_> {
    /// What follows `?`, or stands in parentheses.
    pub(super) fn filter(&mut self) -> Result<Filter, Fault> {
        let mut filters = vec![self.conjunction()?];
        while self.operator_follows("||") {
            filters.push(self.conjunction()?);
        }
        Ok(alone(filters, Filter::Or))
    }

    fn conjunction(&mut self) -> Result<Filter, Fault> {
        let mut filters = vec![self.basic()?];
        while self.operator_follows("&&") {
            filters.push(self.basic()?);
        }
        Ok(alone(filters, Filter::And))
    }

    fn operator_follows(&mut self, operator: &str) -> bool {
        let before = self.position;
        self.skip_blanks();
        let found = self.eat(operator);
        if !found {
            self.position = before;
        }
        found
    }

    fn basic(&mut self) -> Result<Filter, Fault> {
        self.skip_blanks();
        if self.eat("!") {
            self.skip_blanks();
            let start = self.position;
            let negated = if self.peek() == Some('(') { self.parentheses()? } else { self.test()? };
            self.no_comparison(start, "write `!(…)` around the comparison")?;
            return Ok(Filter::Not(Box::new(negated)));
        }
        if self.peek() == Some('(') {
            let start = self.position;
            let filter = self.parentheses()?;
            self.no_comparison(start, "write the sides of a comparison without parentheses")?;
            return Ok(filter);
        }
        let left = self.term()?;
        let before = self.position;
        self.skip_blanks();
        let Some(operator) = self.comparison()? else {
            self.position = before;
            return left.into_test();
        };
        self.skip_blanks();
        let right = self.term()?;
        Ok(Filter::Compare { left: left.into_comparable()?, operator, right: right.into_comparable()? })
    }

    fn parentheses(&mut self) -> Result<Filter, Fault> {
        self.eat("(");
        let filter = self.nested(Self::filter)?;
        self.skip_blanks();
        if !self.eat(")") {
            return Err(self.unfinished("`)`"));
        }
        Ok(filter)
    }

    fn test(&mut self) -> Result<Filter, Fault> {
        self.term()?.into_test()
    }

    /// What is true or false is not compared.
    fn no_comparison(&mut self, start: usize, suggestion: &str) -> Result<(), Fault> {
        let end = self.position;
        self.skip_blanks();
        if self.comparison()?.is_some() {
            let fault = Fault::new(start..end, "what is true or false is not compared");
            return Err(fault.suggest(suggestion));
        }
        self.position = end;
        Ok(())
    }

    fn comparison(&mut self) -> Result<Option<Operator>, Fault> {
        for (text, suggestion) in [("===", "=="), ("!==", "!="), ("<>", "!="), ("=<", "<="), ("=>", ">=")] {
            if self.rest().starts_with(text) {
                let range = self.position..self.position + text.len();
                let fault = Fault::new(range, format!("there is no operator `{text}`"));
                return Err(fault.suggest(format!("write `{suggestion}`")));
            }
        }
        let operators = [
            ("==", Operator::Equal),
            ("!=", Operator::NotEqual),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        Ok(operators.into_iter().find(|(text, _)| self.eat(text)).map(|(_, operator)| operator))
    }

    /// A literal, a query or a call.
    pub(super) fn term(&mut self) -> Result<Placed, Fault> {
        let start = self.position;
        let term = match self.peek() {
            Some('\'' | '"') => Term::Literal(Literal::String(self.string()?)),
            Some('-' | '0'..='9') => Term::Literal(self.number()?),
            Some('$' | '@') => Term::Query(self.query()?),
            Some('a'..='z') => self.word()?,
            _ => return Err(self.expected("a query such as `@.name`, a literal or a function")),
        };
        Ok(Placed { term, range: start..self.position })
    }

    fn query(&mut self) -> Result<Query, Fault> {
        let root = if self.eat("$") { Root::Document } else { Root::Current };
        if root == Root::Current {
            self.eat("@");
        }
        Ok(Query { root, path: JsonPath { segments: self.segments()? } })
    }

    fn word(&mut self) -> Result<Term, Fault> {
        let start = self.position;
        let word = self.eat_while(|character| matches!(character, 'a'..='z' | 'A'..='Z' | '0'..='9' | '_'));
        Ok(Term::Literal(match word {
            _ if self.peek() == Some('(') => return Ok(Term::Call(self.call(word, start)?)),
            "null" => Literal::Null,
            "true" => Literal::Boolean(true),
            "false" => Literal::Boolean(false),
            _ => {
                let fault = Fault::new(start..self.position, format!("`{word}` is no literal and no function"));
                return Err(match word {
                    "not" => fault.suggest("write `!`"),
                    _ => fault.suggest(format!("write `@.{word}` for a member or `'{word}'` for a text")),
                });
            }
        }))
    }
}

/// Several filters in one, or the only one.
fn alone(mut filters: Vec<Filter>, several: impl FnOnce(Vec<Filter>) -> Filter) -> Filter {
    match filters.pop() {
        Some(only) if filters.is_empty() => only,
        last => {
            filters.extend(last);
            several(filters)
        }
    }
}

impl Placed {
    fn into_test(self) -> Result<Filter, Fault> {
        match self.term {
            Term::Query(query) => Ok(Filter::Exists(query)),
            Term::Call(Call::Logical(filter)) => Ok(filter),
            Term::Call(Call::Value(_)) => {
                let fault = Fault::new(self.range, "this function gives a value, which is neither true nor false");
                Err(fault.suggest("compare it, as in `length(@.a) > 1`"))
            }
            Term::Literal(_) => {
                let fault = Fault::new(self.range, "a literal is not a condition");
                Err(fault.suggest("compare it, as in `@.a == 1`"))
            }
        }
    }

    /// What has at most one value.
    pub(super) fn into_comparable(self) -> Result<Comparable, Fault> {
        match self.term {
            Term::Literal(literal) => Ok(Comparable::Literal(literal)),
            Term::Query(query) if query.path.is_singular() => Ok(Comparable::Query(query)),
            Term::Call(Call::Value(comparable)) => Ok(comparable),
            Term::Query(_) => {
                let fault = Fault::new(self.range, "this query may select several values, but one is needed");
                Err(fault.suggest("write names and indices alone, or `value(…)`, or `count(…)` for their number"))
            }
            Term::Call(Call::Logical(_)) => {
                let fault = Fault::new(self.range, "this function is true or false, which is no value");
                Err(fault.suggest("write it alone, or behind `!`"))
            }
        }
    }

    pub(super) fn into_nodes(self) -> Result<Query, Fault> {
        match self.term {
            Term::Query(query) => Ok(query),
            _ => Err(Fault::new(self.range, "the argument is a query").suggest("write `@.a` or `$.a`")),
        }
    }
}
