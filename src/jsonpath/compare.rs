//! Filters: what is true of a value (section 2.3.5.2.2 of the RFC).

use std::cmp::Ordering;
use std::rc::Rc;

use serde_json::{Number, Value};

use super::expression::Expression;
use super::filter::{Comparable, Filter, Literal, Operator};
use super::query::Evaluation;
use super::steps::{QueryError, Steps};

/// So many regular expressions are kept at once: those of a path are few, but a document can hold any number.
const MAX_EXPRESSIONS: usize = 64;

/// A side of a comparison.
enum Operand<'v> {
    /// There is no such value.
    Nothing,
    Null,
    Boolean(bool),
    Number(Number),
    String(&'v str),
    /// An array or an object.
    Structure(&'v Value),
}

impl<'v> Operand<'v> {
    fn of(value: &'v Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Boolean(*value),
            Value::Number(number) => Self::Number(number.clone()),
            Value::String(text) => Self::String(text),
            Value::Array(_) | Value::Object(_) => Self::Structure(value),
        }
    }

    fn literal(literal: Literal) -> Self {
        match literal {
            Literal::Null => Self::Null,
            Literal::Boolean(value) => Self::Boolean(value),
            Literal::Integer(number) => Self::Number(number.into()),
            Literal::Float(number) => Number::from_f64(number).map_or(Self::Nothing, Self::Number),
            Literal::String(text) => Self::String(text),
        }
    }

    fn count(count: usize) -> Self {
        Self::Number(count.into())
    }
}

impl<'v> Evaluation<'v> {
    /// Whether the filter is true of a value. The compiler limits how deep filters are nested.
    pub(super) fn test(&mut self, filter: &'static Filter, current: &'v Value) -> Result<bool, QueryError> {
        self.steps.take(1)?;
        match filter {
            Filter::Or(filters) => self.any(filters, current, true),
            Filter::And(filters) => Ok(!self.any(filters, current, false)?),
            Filter::Not(filter) => Ok(!self.test(filter, current)?),
            Filter::Exists(query) if query.path.is_singular() => Ok(self.node(*query, current)?.is_some()),
            Filter::Exists(query) => Ok(!self.nodes(*query, current)?.is_empty()),
            Filter::Compare { left, operator, right } => {
                let left = self.operand(left, current)?;
                let right = self.operand(right, current)?;
                compare(&left, *operator, &right, &mut self.steps)
            }
            Filter::Match { text, pattern } => self.matches(text, pattern, current, true),
            Filter::Search { text, pattern } => self.matches(text, pattern, current, false),
        }
    }

    /// Whether one of the filters has this outcome. The others are not tried.
    fn any(&mut self, filters: &'static [Filter], current: &'v Value, outcome: bool) -> Result<bool, QueryError> {
        for filter in filters {
            if self.test(filter, current)? == outcome {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn operand(&mut self, comparable: &'static Comparable, current: &'v Value) -> Result<Operand<'v>, QueryError> {
        Ok(match comparable {
            Comparable::Literal(literal) => Operand::literal(*literal),
            Comparable::Query(query) => self.node(*query, current)?.map_or(Operand::Nothing, Operand::of),
            Comparable::Length(of) => {
                let of = self.operand(of, current)?;
                self.length(&of)?
            }
            Comparable::Count(query) => Operand::count(self.nodes(*query, current)?.len()),
            Comparable::Value(query) => match self.nodes(*query, current)?[..] {
                [node] => Operand::of(node),
                _ => Operand::Nothing,
            },
        })
    }

    fn length(&mut self, operand: &Operand<'v>) -> Result<Operand<'v>, QueryError> {
        Ok(match operand {
            Operand::String(text) => {
                self.steps.take(text.len())?;
                Operand::count(text.chars().count())
            }
            Operand::Structure(Value::Array(elements)) => Operand::count(elements.len()),
            Operand::Structure(Value::Object(members)) => Operand::count(members.len()),
            _ => Operand::Nothing,
        })
    }

    fn matches(
        &mut self,
        text: &'static Comparable,
        pattern: &'static Comparable,
        current: &'v Value,
        whole: bool,
    ) -> Result<bool, QueryError> {
        let (Operand::String(text), Operand::String(pattern)) =
            (self.operand(text, current)?, self.operand(pattern, current)?)
        else {
            return Ok(false);
        };
        match self.expression(pattern)? {
            Some(expression) => expression.matches(text, whole, &mut self.steps),
            None => Ok(false),
        }
    }

    fn expression(&mut self, pattern: &'v str) -> Result<Option<Rc<Expression>>, QueryError> {
        if let Some(known) = self.expressions.get(pattern) {
            return Ok(known.clone());
        }
        self.steps.take(pattern.len())?;
        let expression = Expression::new(pattern).map(Rc::new);
        self.steps.take(expression.as_ref().map_or(0, |expression| expression.size()))?;
        if self.expressions.len() == MAX_EXPRESSIONS {
            self.expressions.clear();
        }
        self.expressions.insert(pattern, expression.clone());
        Ok(expression)
    }
}

fn compare(left: &Operand<'_>, operator: Operator, right: &Operand<'_>, steps: &mut Steps) -> Result<bool, QueryError> {
    let less = |left: &Operand<'_>, right: &Operand<'_>| order(left, right) == Some(Ordering::Less);
    Ok(match operator {
        Operator::Equal => equal(left, right, steps)?,
        Operator::NotEqual => !equal(left, right, steps)?,
        Operator::Less => less(left, right),
        Operator::LessOrEqual => less(left, right) || equal(left, right, steps)?,
        Operator::Greater => less(right, left),
        Operator::GreaterOrEqual => less(right, left) || equal(left, right, steps)?,
    })
}

/// The order of two numbers or two strings. Other values have none.
fn order(left: &Operand<'_>, right: &Operand<'_>) -> Option<Ordering> {
    match (left, right) {
        (Operand::Number(left), Operand::Number(right)) => order_of_numbers(left, right),
        // The order of UTF-8 is that of the characters' numbers, as the RFC demands.
        (Operand::String(left), Operand::String(right)) => Some(left.cmp(right)),
        _ => None,
    }
}

fn order_of_numbers(left: &Number, right: &Number) -> Option<Ordering> {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => Some(left.cmp(&right)),
        _ => left.as_f64()?.partial_cmp(&right.as_f64()?),
    }
}

fn equal(left: &Operand<'_>, right: &Operand<'_>, steps: &mut Steps) -> Result<bool, QueryError> {
    match (left, right) {
        (Operand::Nothing, Operand::Nothing) | (Operand::Null, Operand::Null) => Ok(true),
        (Operand::Boolean(left), Operand::Boolean(right)) => Ok(left == right),
        (Operand::Structure(left), Operand::Structure(right)) => equal_structures(left, right, steps),
        _ => Ok(order(left, right) == Some(Ordering::Equal)),
    }
}

/// Whether two values are equal, 1 and 1.0 being the same number, without a stack of calls.
fn equal_structures(left: &Value, right: &Value, steps: &mut Steps) -> Result<bool, QueryError> {
    let mut waiting = vec![(left, right)];
    while let Some((left, right)) = waiting.pop() {
        steps.take(1)?;
        match (left, right) {
            (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
                waiting.extend(left.iter().zip(right));
            }
            (Value::Object(left), Value::Object(right)) if left.len() == right.len() => {
                for (name, value) in left {
                    let Some(other) = right.get(name) else { return Ok(false) };
                    waiting.push((value, other));
                }
            }
            (Value::Number(left), Value::Number(right)) if order_of_numbers(left, right) == Some(Ordering::Equal) => {}
            (Value::Null | Value::Bool(_) | Value::String(_), _) if left == right => {}
            _ => return Ok(false),
        }
    }
    Ok(true)
}
