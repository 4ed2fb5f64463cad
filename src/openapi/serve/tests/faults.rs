//! What is said about requests that cannot be taken.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use serde_json::{Value, json};

use super::{Filter, One, Sent, api, faults, read};
use crate::openapi::serve::{GivenBody, Incoming, JsonArguments};
use crate::openapi::tests::tracker::types::Issue;
use crate::openapi::{Body, Operation, Parameter, Style};
use crate::types::Typed;
use crate::types::validate::Check;

const BODY: Operation = Operation { name: "probe", method: "POST", bodies: &[0], ..Operation::EMPTY };

type Found = Vec<(String, String, String)>;

fn of_parameter<T: Typed + Send + 'static>(parameter: Parameter, target: &str) -> Found {
    let operation = Operation { name: "probe", path: "/c", parameters: &[0], ..Operation::EMPTY };
    let api = api(operation, vec![parameter], Vec::new());
    match read::<One<T>>(api, target, &HeaderMap::new(), GivenBody::Absent) {
        Ok(_) => Vec::new(),
        Err(problem) => {
            assert_eq!(problem.status(), 400);
            faults(&problem)
        }
    }
}

fn of_body<T: Typed + Send + 'static>(checks: &'static [Check], body: &str) -> Found {
    let api = api(BODY, Vec::new(), vec![Body { checks, ..Body::DEFAULT }]);
    let json = HeaderValue::from_static("application/json");
    let given = GivenBody::Bytes(0, json, Bytes::copy_from_slice(body.as_bytes()));
    let given = if body.is_empty() { GivenBody::Absent } else { given };
    match read::<Sent<T>>(api, "/c", &HeaderMap::new(), given) {
        Ok(_) => Vec::new(),
        Err(problem) => faults(&problem),
    }
}

fn only(parameter: &str, pointer: &str, detail: &str) -> Found {
    vec![(parameter.to_owned(), pointer.to_owned(), detail.to_owned())]
}

#[test]
fn a_parameter_says_what_it_wanted() {
    let page = || Parameter { name: "page", ..Parameter::QUERY };
    assert_eq!(
        of_parameter::<Option<i64>>(page(), "/c?page=two"),
        only("page", "", "does not fit: invalid type: string \"two\", expected an integer of 64 bits")
    );
    assert_eq!(
        of_parameter::<Option<i64>>(page(), "/c?page=1&page=2"),
        only("page", "", "does not fit: must not be repeated")
    );
    assert_eq!(
        of_parameter::<Option<Vec<i64>>>(page(), "/c?page=1&page=b"),
        only("page", "/1", "does not fit: invalid type: string \"b\", expected an integer of 64 bits")
    );
    assert_eq!(of_parameter::<i64>(Parameter { required: true, ..page() }, "/c"), only("page", "", "is required"));
    assert_eq!(of_parameter::<Option<i64>>(page(), "/c"), []);
    assert_eq!(
        of_parameter::<Option<i64>>(Parameter { checks: &[Check::Minimum(1.0)], ..page() }, "/c?page=0"),
        only("page", "", "must be at least 1")
    );
    assert_eq!(
        of_parameter::<Option<String>>(page(), "/c?page=%FF"),
        only("page", "", "does not fit: must be percent-encoded UTF-8")
    );
}

#[test]
fn pairs_that_nobody_declares_are_refused() {
    let page = || Parameter { name: "page", ..Parameter::QUERY };
    let unknown = "is not known; the query parameters here are `page`";
    assert_eq!(of_parameter::<Option<i64>>(page(), "/c?pages=2"), only("pages", "-", unknown));
    assert_eq!(of_parameter::<Option<Filter>>(page(), "/c?owner=me&limit=2"), []);
    // The schema of an object that does not forbid other properties allows any pair.
    assert_eq!(of_parameter::<Option<Filter>>(page(), "/c?owner=me&colour=2"), []);
    let deep = Parameter { style: Style::DeepObject, ..page() };
    assert_eq!(of_parameter::<Option<Filter>>(deep, "/c?page[owner]=me&page[limit]=2"), []);
}

#[test]
fn everything_wrong_with_a_body_is_said_at_once() {
    assert_eq!(of_body::<Issue>(&[], r#"{"id": 7}"#), []);
    assert_eq!(of_body::<Issue>(&[], ""), only("body", "", "is required"));
    assert_eq!(of_body::<Option<Issue>>(&[], ""), []);
    let found = of_body::<Vec<Issue>>(&[], r#"[{"id": "x", "title": 1}, {"id": 2}, {"title": "a"}]"#);
    assert_eq!(
        found.iter().map(|(_, pointer, detail)| (pointer.as_str(), detail.as_str())).collect::<Vec<_>>(),
        [
            ("/0/id", "does not fit: invalid type: string \"x\", expected an integer of 64 bits"),
            ("/0/title", "does not fit: invalid type: integer `1`, expected a string"),
            ("/2/id", "is required"),
        ]
    );
    assert_eq!(of_body::<Issue>(&[], r#"{"id": 7, "title": null}"#), only("body", "/title", "must not be null"));
    assert_eq!(of_body::<Option<Issue>>(&[], "null"), only("body", "", "must not be null"));
    let many = format!("[{}]", vec![r#"{"id": "x"}"#; 1000].join(","));
    assert_eq!(of_body::<Vec<Issue>>(&[], &many).len(), 100);
    let syntax = of_body::<Issue>(&[], "{");
    assert!(syntax[0].2.starts_with("must be JSON: EOF"), "{syntax:?}");
    assert_eq!(of_body::<Vec<i64>>(&[Check::MinItems(2)], "[1]"), only("body", "", "must have at least 2 items"));
}

#[cfg(feature = "mcp")]
#[test]
fn json_arguments_are_read_alike() {
    let api = api(
        Operation { parameters: &[0, 1], ..BODY },
        vec![
            Parameter { name: "page", checks: &[Check::Minimum(1.0)], ..Parameter::QUERY },
            Parameter { name: "owner", required: true, ..Parameter::QUERY },
        ],
        vec![Body::DEFAULT],
    );
    let read = |parameters: Vec<Option<Value>>| {
        let arguments = JsonArguments { parameters, body: None };
        Incoming::from_json(api, 0, arguments).unwrap().read::<One<Option<i64>>>()
    };
    let problem = read(vec![Some(json!(0))]).unwrap_err();
    assert_eq!(faults(&problem), [only("owner", "", "is required"), only("page", "", "must be at least 1")].concat());
    assert_eq!(read(vec![Some(json!(2)), Some(json!(2))]).unwrap(), One(Some(2)));
}
