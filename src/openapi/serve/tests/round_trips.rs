//! What a client writes is what a server reads, in every style, place and `explode`.

use std::fmt::Debug;

use http::HeaderMap;
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use super::{Filter, One, api, read};
use crate::RequestOptions;
use crate::openapi::encode::draft;
use crate::openapi::serve::GivenBody;
use crate::openapi::{Location, Operation, Parameter, Style};
use crate::types::{Map, Typed};

/// All places, styles and `explode`s that the specification has.
fn parameters() -> Vec<Parameter> {
    let styles: [(Location, &[Style]); 4] = [
        (Location::Path, &[Style::Simple, Style::Label, Style::Matrix, Style::Json]),
        (Location::Query, &[Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject, Style::Json]),
        (Location::Header, &[Style::Simple, Style::Json]),
        (Location::Cookie, &[Style::Form, Style::Cookie, Style::Json]),
    ];
    let mut parameters = Vec::new();
    for (location, styles) in styles {
        for &style in styles {
            for explode in [false, true] {
                let parameter = Parameter { name: "c", location, style, explode, ..Parameter::QUERY };
                parameters.push(Parameter { required: location == Location::Path, ..parameter });
            }
        }
    }
    parameters
}

/// Writes a value as a client does and reads it as a server does, wherever a client can send it.
fn check<T: Typed + Clone + Debug + PartialEq + Send + 'static>(
    value: &T,
    fits: impl Fn(&Parameter) -> bool,
) -> Result<(), TestCaseError> {
    for parameter in parameters().into_iter().filter(fits) {
        let name = format!("{:?} {:?} explode={}", parameter.location, parameter.style, parameter.explode);
        let path = if parameter.location == Location::Path { "/c{0}" } else { "/c" };
        let operation = Operation { name: "probe", path, parameters: &[0], ..Operation::EMPTY };
        let api = api(operation, vec![parameter], Vec::new());
        let mut sent = One(value.clone());
        let Ok(draft) = draft(api, &api.operations[0], "", &mut sent, RequestOptions::default()) else { continue };
        let mut parts = draft.parts;
        parts.finish_cookies();
        let target = format!("{}?{}", parts.path, parts.query);
        let headers: HeaderMap = parts.headers;
        let received = read::<One<T>>(api, target.trim_end_matches('?'), &headers, GivenBody::Absent);
        prop_assert_eq!(received.map_err(|problem| problem.to_string()), Ok(sent), "{} {} {:?}", name, target, headers);
    }
    Ok(())
}

/// Whether the texts of a value may hold anything: other places have no way to write some characters.
fn is_encoded(parameter: &Parameter) -> bool {
    parameter.location != Location::Header && parameter.style != Style::Cookie || parameter.style == Style::Json
}

/// Whether the members of a value can be told apart whatever they hold.
fn has_safe_delimiter(parameter: &Parameter) -> bool {
    match parameter.style {
        Style::SpaceDelimited | Style::PipeDelimited => parameter.explode,
        Style::Label => !parameter.explode,
        _ => true,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn texts(value in "\\PC{1,12}") {
        check(&value, |parameter| is_encoded(parameter) && parameter.style != Style::DeepObject)?;
    }

    #[test]
    fn texts_without_an_encoding(value in "[a-zA-Z0-9%+/=-]{1,12}") {
        check(&value, |parameter| parameter.style != Style::DeepObject)?;
    }

    #[test]
    fn numbers_and_truth_values(integer in any::<i64>(), quarters in any::<i32>(), truth in any::<bool>()) {
        let is_scalar = |parameter: &Parameter| parameter.style != Style::DeepObject;
        check(&integer, is_scalar)?;
        check(&Some(integer), is_scalar)?;
        check(&(f64::from(quarters) / 4.0), is_scalar)?;
        check(&truth, is_scalar)?;
    }

    #[test]
    fn lists(value in vec("\\PC{1,8}", 1..4), numbers in vec(any::<i64>(), 1..4)) {
        check(&value, |parameter| is_encoded(parameter) && has_safe_delimiter(parameter))?;
        check(&numbers, |_| true)?;
        check(&Some(numbers), |_| true)?;
    }

    #[test]
    fn lists_of_plain_texts(value in vec("[a-zA-Z0-9]{1,8}", 1..4)) {
        check(&value, |_| true)?;
    }

    #[test]
    fn objects(
        owner in option::of("\\PC{1,8}"),
        limit in any::<i64>(),
        tags in option::of(vec("\\PC{1,8}", 1..4)),
    ) {
        let value = Filter { owner, limit: Some(limit), tags };
        check(&value, |parameter| is_encoded(parameter) && has_safe_delimiter(parameter))?;
        check(&Some(value), |parameter| is_encoded(parameter) && has_safe_delimiter(parameter))?;
    }

    #[test]
    fn objects_of_plain_texts(owner in option::of("[a-z]{1,8}"), limit in any::<i64>()) {
        check(&Filter { owner, limit: Some(limit), tags: None }, |_| true)?;
    }

    #[test]
    fn objects_with_free_keys(entries in vec(("[a-z]{1,4}", "[a-z]{1,4}"), 1..4)) {
        let value: Map<String> = entries.into_iter().collect();
        check(&value, |_| true)?;
    }
}
