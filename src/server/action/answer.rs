//! Answers that are made of others.

use http::StatusCode;

use super::outputs::Misfit;
use crate::description::Type;
use crate::server::Problem;

/// The problem of a value that is not of its output's type: a caller's, or an upstream's.
pub(crate) fn misfit(status: StatusCode, misfit: &Misfit) -> Problem {
    let Misfit { output, expected, found } = *misfit;
    let expected = match expected {
        Type::String => "a text",
        Type::Integer => "a whole number",
        Type::Number => "a number",
        Type::Boolean => "a truth value",
        Type::Array => "an array",
        Type::Object => "an object",
        Type::Any => "any value",
    };
    let detail = match output {
        "" => format!("The answer is {found} and not {expected}."),
        output => format!("The output `{output}` is {found} and not {expected}."),
    };
    Problem::new(status).with_detail(detail)
}
