//! Rules for the values that a route or tool takes.

use super::json_path::JsonPath;

/// A rule for a parameter of a route or tool.
#[derive(Clone, Debug, PartialEq)]
pub struct InputRule {
    /// The parameter, by index.
    pub parameter: usize,
    /// What holds for its value.
    pub rule: Rule,
}

/// What holds for a value. Values of the file are JSON text of the parameter's type.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// Its text matches a regular expression of ECMA-262 somewhere.
    Pattern(String),
    /// It is one of these.
    OneOf(Vec<String>),
    /// It is this where the caller gives none.
    Default(String),
    /// It is this, whatever the caller gives.
    Fixed(String),
    /// It is what a path selects in the body of the request.
    Path(JsonPath),
}
