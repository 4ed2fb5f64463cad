use crate::jsonpath::JsonPath;

/// A rule for the value of a parameter of a route or tool.
#[derive(Debug)]
pub struct InputRule {
    /// The parameter, an index.
    pub parameter: usize,
    /// What holds for its value.
    pub rule: Rule,
}

/// What holds for the value of a parameter. Values of the file are JSON text of the parameter's type.
#[derive(Debug)]
#[non_exhaustive]
pub enum Rule {
    /// Its text matches a regular expression of ECMA-262 somewhere; a value outside is refused.
    Pattern(&'static str),
    /// It is one of these; others are refused.
    OneOf(&'static [&'static str]),
    /// It is this where a caller gives none.
    Default(&'static str),
    /// It is this, whatever a caller gives.
    Fixed(&'static str),
    /// It is what a path selects in the body of the request, be it JSON of any kind.
    Path(JsonPath),
}
