use super::json;
use super::sample::{Circle, Figure, Filter, Host, Owner, Repository, Seat, Status};
use crate::types::{Base64, Direction, Typed, from_slice};

fn read<T: Typed>(text: &str) -> T {
    let mut value = T::blank();
    from_slice(text.as_bytes(), &mut value, Direction::Response).expect("the text fits");
    value
}

fn error<T: Typed>(text: &str, direction: Direction) -> String {
    from_slice(text.as_bytes(), &mut T::blank(), direction).expect_err("the text does not fit").to_string()
}

const REPOSITORY: &str = r#"{
    "id": 7.0, "full_name": "acme/shop", "private": true, "type": "fork", "homepage": null, "license": null,
    "score": 3, "topics": ["a", "b"], "owner": {"login": "ann", "id": 1, "email": null, "plan": {"name": "pro"}},
    "members": [{"login": "bob", "email": "b@x"}], "labels": {"z": 1, "a": 2}, "status": "frozen",
    "parent": {"id": 1, "full_name": "p", "private": false, "owner": {"login": "c"}, "status": "archived"},
    "extra": {"any": [1, null]}, "key": "aGk", "seat": [3, "b", true, false], "unknown": {"skipped": []}
}"#;

#[test]
fn every_kind_of_field_is_read() {
    let repository: Repository = read(REPOSITORY);
    assert_eq!(repository.id, 7);
    assert_eq!(repository.full_name, "acme/shop");
    assert!(repository.private);
    assert_eq!(repository.r#type.as_deref(), Some("fork"));
    assert!((repository.score - 3.0).abs() < f64::EPSILON);
    assert_eq!(repository.forks, None);
    assert_eq!(repository.topics, ["a", "b"]);
    assert_eq!(repository.owner.additional.get("plan"), Some(&json(r#"{"name": "pro"}"#)));
    assert_eq!(repository.members[0].email.as_deref(), Some("b@x"));
    assert_eq!(repository.labels.iter().collect::<Vec<_>>(), [("z", &1), ("a", &2)]);
    assert_eq!(repository.status, Status::Other("frozen".into()));
    let parent = repository.parent.expect("a parent");
    assert_eq!(parent.status, Status::Archived);
    assert_eq!(repository.extra, json(r#"{"any": [1, null]}"#));
    assert_eq!(repository.key, Some(Base64(b"hi".to_vec())));
    assert_eq!(repository.seat, Some(Seat(3, Some("b".into()), vec![true, false])));
}

#[test]
fn absent_and_null_are_told_apart_where_both_are_declared() {
    let required = r#""id": 1, "full_name": "", "private": false, "owner": {"login": ""}, "status": "active""#;
    let with = |more: &str| read::<Repository>(&format!("{{{required}{more}}}")).homepage;
    assert_eq!(with(""), None);
    assert_eq!(with(r#", "homepage": null"#), Some(None));
    assert_eq!(with(r#", "homepage": "x""#), Some(Some("x".to_owned())));
}

#[test]
fn an_absent_field_has_its_default() {
    let text = r#"{"id": 1, "full_name": "", "private": false, "owner": {"login": ""}, "status": "active"}"#;
    assert!((read::<Repository>(text).score - 1.5).abs() < f64::EPSILON);
}

#[test]
fn errors_name_the_place() {
    let error = |text: &str| error::<Repository>(text, Direction::Response);
    assert_eq!(
        error(r#"{"id": 1.5}"#),
        "id: invalid type: floating point `1.5`, expected an integer of 64 bits at line 1 column 10"
    );
    assert_eq!(
        error(r#"{"members": [{"login": "a", "email": null}, {"login": 3}]}"#),
        "members[1].login: invalid type: integer `3`, expected a string at line 1 column 55"
    );
    assert_eq!(
        error(r#"{"labels": {"a b": "x"}}"#),
        r#"labels["a b"]: invalid type: string "x", expected an integer of 64 bits at line 1 column 22"#
    );
    assert_eq!(error(r#"{"owner": {"id": 1}}"#), "owner: missing property `login` of Owner at line 1 column 19");
    assert_eq!(error(r#"{"id": 1, "id": 2}"#), "duplicate field `id` at line 1 column 14");
    assert_eq!(error("[1]"), "invalid type: sequence, expected an object (Repository) at line 1 column 0");
    assert_eq!(error(r#"{"seat": []}"#), "seat: invalid length 0, expected 1 items (Seat) at line 1 column 11");
    assert_eq!(error(r#"{"key": "?"}"#), r#"key: invalid value: string "?", expected base64 text at line 1 column 11"#);
}

#[test]
fn serde_errors_name_the_place_too() {
    let error = serde_json::from_str::<Repository>(r#"{"members": [{"login": 3}]}"#).expect_err("a number");
    assert_eq!(error.to_string(), "members[0].login: invalid type: integer `3`, expected a string at line 1 column 24");
    assert_eq!((error.line(), error.column()), (1, 24));
}

#[test]
fn integers_keep_to_their_range() {
    assert_eq!(read::<u64>("18446744073709551615"), u64::MAX);
    assert_eq!(read::<i64>("-9223372036854775808"), i64::MIN);
    assert_eq!(
        error::<i32>("2147483648", Direction::Unknown),
        "invalid value: integer `2147483648`, expected an integer of 32 bits at line 1 column 10"
    );
    assert_eq!(
        error::<u32>("-1", Direction::Unknown),
        "invalid value: integer `-1`, expected a natural number of 32 bits at line 1 column 2"
    );
    assert!(error::<i64>("1e300", Direction::Unknown).contains("expected an integer of 64 bits"));
}

#[test]
fn undeclared_properties_are_refused_in_requests_alone() {
    use super::sample::Not;
    let text = r#"{"not": 1, "nto": 2}"#;
    assert_eq!(error::<Not>(text, Direction::Request), "unknown property `nto` of Not at line 1 column 16");
    assert_eq!(read::<Not>(text).not, Filter::Id(1));
}

#[test]
fn the_discriminator_selects() {
    assert!(matches!(read::<Figure>(r#"{"radius": 1, "kind": "circle"}"#), Figure::Circle(Circle { .. })));
    let Figure::Square(square) = read(r#"{"kind": "quadrat", "side": 2}"#) else { panic!("not a square") };
    assert!((square.side - 2.0).abs() < f64::EPSILON);
    assert_eq!(read::<Figure>(r#"{"kind": "star"}"#), Figure::Other(json(r#"{"kind": "star"}"#)));
    assert_eq!(
        error::<Vec<Figure>>(r#"[{"kind": "circle", "radius": "x"}]"#, Direction::Unknown),
        r#"[0].radius: invalid type: string "x", expected a number at line 1 column 33"#
    );
}

#[test]
fn without_a_discriminator_the_best_fit_is_taken() {
    assert_eq!(read::<Filter>("7"), Filter::Id(7));
    assert_eq!(read::<Filter>(r#""x""#), Filter::Text("x".into()));
    assert!(matches!(read(r#"{"kind": "circle", "radius": 1}"#), Filter::Circle(_)));
    assert!(matches!(read(r#"{"kind": "square", "side": 1}"#), Filter::Square(_)));
    let Filter::All(all) = read(r#"[1, {"not": ["a"]}]"#) else { panic!("not a list") };
    assert!(matches!(&all[1], Filter::Not(not) if matches!(&not.not, Filter::All(_))));
    assert_eq!(error::<Filter>("1.5", Direction::Unknown), "no alternative of Filter fits at line 1 column 3");
}

#[test]
fn nested_unions_take_linear_time() {
    // Each level could be tried in several ways, all of which fail at the bottom.
    let depth = 100;
    let text = format!(
        "{}1.5{}",
        r#"{"side": 1, "kind": "circle", "radius": 1, "not": ["#.repeat(depth / 2),
        "]}".repeat(depth / 2)
    );
    let _ = from_slice(text.as_bytes(), &mut Filter::blank(), Direction::Unknown);
    let text = format!("{}1.5{}", r#"[{"not": "#.repeat(depth / 2), "}]".repeat(depth / 2));
    assert!(from_slice(text.as_bytes(), &mut Filter::blank(), Direction::Unknown).is_err());
}

#[test]
fn types_of_the_user_are_read() {
    let host: Host = read(r#"{"name": "a", "address": "::1", "others": ["10.0.0.1"]}"#);
    assert_eq!(host.address, std::net::IpAddr::V6(std::net::Ipv6Addr::LOCALHOST));
    assert_eq!(host.others.as_ref().map(Vec::len), Some(1));
    assert!(
        error::<Host>(r#"{"name": "a", "address": "?"}"#, Direction::Unknown)
            .starts_with("address: invalid IP address")
    );
}

#[test]
fn a_field_that_only_answers_carry_may_be_missing_in_requests() {
    let owner: Owner = read(r#"{"login": "a", "email": null}"#);
    assert_eq!(owner.id, None);
}

#[test]
fn text_after_the_value_is_refused() {
    assert_eq!(error::<bool>("true x", Direction::Unknown), "trailing characters at line 1 column 6");
}

#[test]
fn a_discriminator_is_found_wherever_it_stands() {
    for text in [
        r#"{"kind": "circle", "radius": 2, "x": {"y": [1]}}"#,
        r#"{"x": {"y": [1]}, "radius": 2, "kind": "circle"}"#,
        r#"{"radius": 2, "kind": "circle", "x": {"y": [1]}}"#,
        r#"{"\u006bind": "ci\u0072cle", "radius": 2}"#,
    ] {
        assert!(matches!(read(text), Figure::Circle(circle) if (circle.radius - 2.0).abs() < f64::EPSILON), "{text}");
        let value = json(text);
        let mut figure = Figure::blank();
        crate::types::from_value(&value, &mut figure, Direction::Response).expect("the value fits");
        assert!(matches!(figure, Figure::Circle(_)), "{text}");
    }
    // What does not have it is judged by its form.
    assert!(matches!(read(r#"{"kind": 1, "side": 2}"#), Figure::Square(_)));
    assert!(matches!(read("7"), Figure::Other(_)));
    let twice = error::<Figure>(r#"{"kind": "circle", "radius": 1, "kind": "circle"}"#, Direction::Unknown);
    assert_eq!(twice, "duplicate field `kind` at line 1 column 38");
}

/// What a hostile or broken server may send.
#[test]
fn hostile_texts_are_errors() {
    const DEPTH: usize = 200_000;
    let nested = |open: &str, close: &str| format!("{}1{}", open.repeat(DEPTH), close.repeat(DEPTH));
    for text in [
        nested("[", "]"),
        nested(r#"{"parent":"#, "}"),
        nested(r#"{"extra":["#, "]}"),
        nested(r#"{"unknown":["#, "]}"),
        nested(r#"{"kind":"star","x":"#, "}"),
        nested(r#"{"not":["#, "]}"),
        "[".repeat(DEPTH),
    ] {
        assert!(error::<Repository>(&text, Direction::Response).contains("at line 1 column"));
        assert!(error::<Filter>(&text, Direction::Response).contains("recursion limit exceeded"));
        assert!(error::<Figure>(&text, Direction::Response).contains("recursion limit exceeded"));
        assert!(error::<crate::types::Value>(&text, Direction::Response).contains("recursion limit exceeded"));
        assert!(error::<crate::types::Map<Filter>>(&text, Direction::Response).contains("at line 1 column"));
    }
    assert!(error::<Vec<f64>>("[1e999]", Direction::Response).contains("number out of range"));
    assert!(error::<i64>("-9223372036854775809", Direction::Response).contains("expected an integer of 64 bits"));
    assert!(error::<i64>("9223372036854775808", Direction::Response).contains("expected an integer of 64 bits"));
    assert_eq!(read::<u64>("18446744073709551615"), u64::MAX);
    assert!(error::<u64>(&"9".repeat(5000), Direction::Response).contains("number out of range"));
    assert!((read::<f64>(&"1".repeat(300)) - 1.111_111_111_111_111e299).abs() < 1e285);
    for text in
        [&b"\"\xff\""[..], b"{\"login\": \"\xc3\x28\"}", b"\"\\ud800\"", b"\"\x01\"", b"", b"nul", b"\xef\xbb\xbf1"]
    {
        assert!(from_slice(text, &mut String::blank(), Direction::Response).is_err());
        assert!(from_slice(text, &mut Owner::blank(), Direction::Response).is_err());
        assert!(from_slice(text, &mut Filter::blank(), Direction::Response).is_err());
    }
    // A property that comes twice is ambiguous where there is a field for it; in a map the last counts.
    assert!(error::<Owner>(r#"{"login": "a", "login": "b"}"#, Direction::Response).contains("duplicate field `login`"));
    assert_eq!(read::<crate::types::Map<i64>>(r#"{"a": 1, "a": 2}"#).get("a"), Some(&2));
}
