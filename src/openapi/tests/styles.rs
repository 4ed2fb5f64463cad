//! Each style in each place with each `explode`: nothing, one, several, reserved characters, objects.

use serde_json::{Value, json};

use super::recorder::{Recorded, Recorder};
use super::{Probe, client_of, colour};
use crate::openapi::{Location, Operation, Parameter, Style};
use crate::{ClientError, RequestOptions};

async fn try_send(parameter: Parameter, value: Value) -> Result<Recorded, ClientError> {
    let recorder = Recorder::with(200, "", "").await;
    let path = if parameter.location == Location::Path { "/c{0}/x" } else { "/c" };
    let operation = Operation { name: "probe", path, parameters: &[0], ..Operation::EMPTY };
    let client = client_of(&recorder, operation, vec![parameter]);
    let operation = &client.0.api.operations[0];
    client.0.call(operation, &mut Probe(vec![Box::new(value)]), RequestOptions::default()).await?;
    Ok(recorder.only())
}

async fn target(parameter: Parameter, value: Value) -> String {
    try_send(parameter, value).await.unwrap().target
}

/// The values that every style is tried with, and what goes over the wire for each.
async fn check(parameter: impl Fn() -> Parameter, expected: [&str; 6]) {
    let values =
        [json!("blue"), json!(["blue"]), json!(["blue", "black"]), json!(["a,b&c=d/e f%"]), colour(), json!("")];
    for (value, expected) in values.into_iter().zip(expected) {
        let parameter = parameter();
        let name = format!("{:?} {:?} explode={} {value}", parameter.location, parameter.style, parameter.explode);
        match (try_send(parameter, value).await, expected) {
            (Ok(recorded), expected) => assert_eq!(recorded.target, expected, "{name}"),
            (Err(ClientError::Argument { .. }), "refused") => {}
            (Err(error), _) => panic!("{name}: {error}"),
        }
    }
}

const RESERVED: &str = "a%2Cb%26c%3Dd%2Fe%20f%25";

#[tokio::test]
async fn paths() {
    let path = |style, explode| move || Parameter { name: "c", style, explode, ..Parameter::PATH };
    let expected = |blue: &str, one: &str, two: &str, reserved: &str, object: &str, empty: &str| {
        [blue, one, two, reserved, object, empty].map(str::to_owned)
    };
    let r = RESERVED;
    for (style, explode, expected) in [
        (Style::Simple, false, expected("blue", "blue", "blue,black", r, "R,100,G,200", "")),
        (Style::Simple, true, expected("blue", "blue", "blue,black", r, "R=100,G=200", "")),
        (Style::Label, false, expected(".blue", ".blue", ".blue,black", &format!(".{r}"), ".R,100,G,200", "")),
        (Style::Label, true, expected(".blue", ".blue", ".blue.black", &format!(".{r}"), ".R=100.G=200", "")),
        (
            Style::Matrix,
            false,
            expected(";c=blue", ";c=blue", ";c=blue,black", &format!(";c={r}"), ";c=R,100,G,200", ";c"),
        ),
        (
            Style::Matrix,
            true,
            expected(";c=blue", ";c=blue", ";c=blue;c=black", &format!(";c={r}"), ";R=100;G=200", ";c"),
        ),
    ] {
        let expected = expected.map(|text| if text.is_empty() { "refused".to_owned() } else { format!("/c{text}/x") });
        check(path(style, explode), expected.each_ref().map(String::as_str)).await;
    }
}

#[tokio::test]
async fn queries() {
    let query = |style, explode| move || Parameter { name: "c", style, explode, ..Parameter::QUERY };
    let r = format!("/c?c={RESERVED}");
    let one = "/c?c=blue";
    let exploded = "/c?c=blue&c=black";
    for (style, explode, two, object) in [
        (Style::Form, true, exploded, "/c?R=100&G=200"),
        (Style::Form, false, "/c?c=blue,black", "/c?c=R,100,G,200"),
        (Style::SpaceDelimited, false, "/c?c=blue%20black", "/c?c=R%20100%20G%20200"),
        (Style::SpaceDelimited, true, exploded, "/c?R=100&G=200"),
        (Style::PipeDelimited, false, "/c?c=blue%7Cblack", "/c?c=R%7C100%7CG%7C200"),
        (Style::PipeDelimited, true, exploded, "/c?R=100&G=200"),
    ] {
        check(query(style, explode), [one, one, two, &r, object, "/c?c="]).await;
    }
}

#[tokio::test]
async fn deep_objects() {
    let filter = || Parameter { name: "f", style: Style::DeepObject, ..Parameter::QUERY };
    assert_eq!(target(filter(), colour()).await, "/c?f%5BR%5D=100&f%5BG%5D=200");
    let nested = json!({"a": {"b": [1, 2]}, "c": [{"d": "x&y"}]});
    assert_eq!(
        target(filter(), nested).await,
        "/c?f%5Ba%5D%5Bb%5D%5B%5D=1&f%5Ba%5D%5Bb%5D%5B%5D=2&f%5Bc%5D%5B0%5D%5Bd%5D=x%26y"
    );
}

#[tokio::test]
async fn what_is_empty_is_not_sent() {
    for style in [Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject] {
        for explode in [false, true] {
            for value in [json!([]), json!({}), Value::Null] {
                let parameter = Parameter { name: "c", style, explode, ..Parameter::QUERY };
                assert_eq!(target(parameter, value).await, "/c", "{style:?}");
            }
        }
    }
    let parameter = Parameter { name: "c", explode: false, allow_empty: true, ..Parameter::QUERY };
    assert_eq!(target(parameter, json!([])).await, "/c?c=");
}

#[tokio::test]
async fn reserved_characters_stay_where_they_are_allowed() {
    let query = || Parameter { name: "c", allow_reserved: true, ..Parameter::QUERY };
    assert_eq!(target(query(), json!("a/b?c:d,e%2F%zz")).await, "/c?c=a/b?c:d,e%2F%25zz");
    assert_eq!(target(query(), json!("a&b#c+d e")).await, "/c?c=a%26b%23c%2Bd%20e");
    let path = || Parameter { name: "c", allow_reserved: true, ..Parameter::PATH };
    assert_eq!(target(path(), json!("a:b/c?d")).await, "/ca:b%2Fc%3Fd/x");
}

#[tokio::test]
async fn contents() {
    let query = |style| Parameter { name: "c", style, ..Parameter::QUERY };
    assert_eq!(target(query(Style::Json), json!({"a": [1, "x"]})).await, "/c?c=%7B%22a%22%3A%5B1%2C%22x%22%5D%7D");
    assert_eq!(target(query(Style::Json), json!("x")).await, "/c?c=%22x%22");
    assert_eq!(target(query(Style::Text), json!("x y")).await, "/c?c=x%20y");
    let whole = Parameter { location: Location::QueryString, ..Parameter::QUERY };
    assert_eq!(target(whole, json!({"a": "x y", "b": [1, 2]})).await, "/c?a=x+y&b=1&b=2");
}

#[tokio::test]
async fn headers() {
    let header = |explode| Parameter { name: "X-C", explode, ..Parameter::HEADER };
    for (value, plain, exploded) in [
        (json!("blue"), "blue", "blue"),
        (json!(["blue", "black"]), "blue,black", "blue,black"),
        (json!("a b/c;d=%"), "a b/c;d=%", "a b/c;d=%"),
        (colour(), "R,100,G,200", "R=100,G=200"),
        (json!(""), "", ""),
    ] {
        for (explode, expected) in [(false, plain), (true, exploded)] {
            let recorded = try_send(header(explode), value.clone()).await.unwrap();
            assert_eq!(recorded.header("x-c").unwrap().trim(), expected);
            assert_eq!(recorded.target, "/c");
        }
    }
    assert!(matches!(try_send(header(false), json!("a\r\nb: c")).await, Err(ClientError::Argument { .. })));
    for value in [Value::Null, json!([]), json!({})] {
        assert_eq!(try_send(header(false), value).await.unwrap().header("x-c"), None);
    }
}

#[tokio::test]
async fn cookies() {
    let cookie = |style, explode| Parameter { name: "c", style, explode, ..Parameter::COOKIE };
    for (style, explode, value, expected) in [
        (Style::Form, true, json!("blue"), "c=blue"),
        (Style::Form, true, json!(["blue", "black"]), "c=blue; c=black"),
        (Style::Form, false, json!(["blue", "black"]), "c=blue,black"),
        (Style::Form, true, colour(), "R=100; G=200"),
        (Style::Form, false, colour(), "c=R,100,G,200"),
        (Style::Form, true, json!("a;b=c d"), "c=a%3Bb%3Dc%20d"),
        (Style::Form, true, json!("a\r\nb"), "c=a%0D%0Ab"),
        (Style::Cookie, true, json!("a=b c"), "c=a=b c"),
        (Style::Cookie, true, json!("größe"), "c=größe"),
    ] {
        let recorded = try_send(cookie(style, explode), value).await.unwrap();
        assert_eq!(recorded.header("cookie"), Some(expected));
        assert_eq!(recorded.target, "/c");
    }
    assert_eq!(try_send(cookie(Style::Form, true), json!([])).await.unwrap().header("cookie"), None);
    for value in ["a;b", "a\r\nb: c", "a\0"] {
        let outcome = try_send(cookie(Style::Cookie, true), json!(value)).await;
        assert!(matches!(outcome, Err(ClientError::Argument { .. })), "{value:?}");
    }
}

#[tokio::test]
async fn dots_cannot_leave_the_path() {
    let operation = || Operation { path: "/a/{0}/b", parameters: &[0], ..Operation::EMPTY };
    let recorder = Recorder::with(200, "", "").await;
    let client = client_of(&recorder, operation(), vec![Parameter { name: "c", ..Parameter::PATH }]);
    let reserved = Parameter { name: "c", allow_reserved: true, ..Parameter::PATH };
    let generous = client_of(&recorder, operation(), vec![reserved]);
    for client in [client, generous] {
        for value in [".", "..", "", "%2e", ".%2E"] {
            let inputs = &mut Probe(vec![Box::new(value.to_owned())]);
            let sent = client.0.call(&client.0.api.operations[0], inputs, RequestOptions::default()).await;
            // Where reserved characters are not allowed, a percent sign is encoded and nothing but itself.
            let is_encoded = value.contains('%') && !client.0.api.parameters[0].allow_reserved;
            assert_eq!(matches!(sent, Err(ClientError::Argument { .. })), !is_encoded, "{value}");
        }
    }
    let targets: Vec<_> = recorder.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(targets, ["/a/%252e/b", "/a/.%252E/b"]);
}

#[tokio::test]
async fn a_value_stays_within_its_segment() {
    let recorder = Recorder::with(200, "", "").await;
    let operation = || Operation { path: "/a/{0}/b", parameters: &[0], ..Operation::EMPTY };
    for allow_reserved in [false, true] {
        let parameter = Parameter { name: "c", allow_reserved, ..Parameter::PATH };
        let client = client_of(&recorder, operation(), vec![parameter]);
        for (value, segment) in [
            ("../x", "..%2Fx"),
            ("x/..", "x%2F.."),
            ("..\\x", "..%5Cx"),
            ("?x", "%3Fx"),
            ("#x", "%23x"),
            ("a\r\nb", "a%0D%0Ab"),
        ] {
            let inputs = &mut Probe(vec![Box::new(value.to_owned())]);
            let sent = client.0.call(&client.0.api.operations[0], inputs, RequestOptions::default()).await;
            assert!(sent.is_ok(), "{value:?}");
            let target = recorder.requests().pop().unwrap().target;
            assert_eq!(target, format!("/a/{segment}/b"), "{value:?}");
        }
    }
}
