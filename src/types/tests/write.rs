use super::json;
use super::sample::{Circle, CircleKind, Figure, Filter, Host, Owner, Repository, Seat, Square, Status};
use crate::types::{Direction, Map, Model, Typed, Value, to_vec};

fn written(value: &dyn Typed, direction: Direction) -> Value {
    serde_json::from_slice(&to_vec(value, direction).expect("it can be written")).expect("JSON")
}

fn sample() -> Repository {
    Repository {
        id: 1,
        full_name: "a/b".into(),
        homepage: Some(None),
        labels: [("z", 1), ("a", 2)].into_iter().collect(),
        status: Status::Other("new".into()),
        seat: Some(Seat(1, None, Vec::new())),
        owner: Owner {
            id: Some(5),
            password: Some("p".into()),
            additional: Map::from_iter([("x", json("[1]"))]),
            ..Model::blank()
        },
        parent: Some(Box::new(Model::blank())),
        ..Model::blank()
    }
}

#[test]
fn absent_fields_are_left_out_and_required_ones_are_null() {
    let value = written(&sample(), Direction::Unknown);
    assert_eq!(value["owner"], json(r#"{"login": "", "id": 5, "password": "p", "email": null, "x": [1]}"#));
    assert_eq!((value.get("homepage"), value.get("license")), (Some(&Value::Null), Some(&Value::Null)));
    assert_eq!((value.get("type"), value.get("forks")), (None, None));
    assert_eq!(value["status"], "new");
    assert_eq!(value["seat"], json("[1]"));
}

#[test]
fn the_order_is_that_of_the_schema() {
    let text = String::from_utf8(to_vec(&sample(), Direction::Unknown).expect("it can be written")).expect("UTF-8");
    assert!(text.starts_with(
        r#"{"id":1,"full_name":"a/b","private":false,"homepage":null,"license":null,"score":1.5,"topics":[],"owner":"#
    ));
    assert!(text.contains(r#""labels":{"z":1,"a":2}"#));
}

#[test]
fn fields_of_the_other_direction_are_left_out() {
    let owner = sample().owner;
    assert_eq!(written(&owner, Direction::Request), json(r#"{"login": "", "password": "p", "email": null, "x": [1]}"#));
    assert_eq!(written(&owner, Direction::Response), json(r#"{"login": "", "id": 5, "email": null, "x": [1]}"#));
}

#[test]
fn the_discriminator_is_always_written_once() {
    let circle = Figure::Circle(Circle { kind: CircleKind::Circle, radius: 1.0 });
    assert_eq!(serde_json::to_string(&circle).expect("JSON"), r#"{"kind":"circle","radius":1.0}"#);
    let square = Figure::Square(Box::new(Square { side: 1.0 }));
    assert_eq!(serde_json::to_string(&square).expect("JSON"), r#"{"kind":"square","side":1.0}"#);
    assert_eq!(written(&Filter::Square(Square { side: 1.0 }), Direction::Unknown), json(r#"{"side": 1.0}"#));
}

#[test]
fn types_of_the_user_are_written() {
    let host = Host { name: "a".into(), ..Model::blank() };
    assert_eq!(written(&host, Direction::Unknown), json(r#"{"name": "a", "address": "0.0.0.0"}"#));
    let host = Host { others: Some(vec![host.address]), ..host };
    assert_eq!(written(&host.clone(), Direction::Unknown)["others"], json(r#"["0.0.0.0"]"#));
    assert_eq!(host.clone(), host);
    assert_eq!(format!("{host:?}"), r#"Host { name: "a", address: 0.0.0.0, others: Some([0.0.0.0]), gateway: None }"#);
}

#[test]
fn absent_and_null_differ_for_types_of_the_user_too() {
    for (gateway, expected) in [
        (None, r#"{"name": "a", "address": "0.0.0.0"}"#),
        (Some(None), r#"{"name": "a", "address": "0.0.0.0", "gateway": null}"#),
        (
            Some(Some("10.0.0.1".parse().expect("an address"))),
            r#"{"name": "a", "address": "0.0.0.0", "gateway": "10.0.0.1"}"#,
        ),
    ] {
        let host = Host { name: "a".into(), gateway, ..Model::blank() };
        assert_eq!(written(&host, Direction::Request), json(expected));
        assert_eq!(host.clone().gateway, gateway);
        assert_eq!(serde_json::from_str::<Host>(expected).expect("a host").gateway, gateway);
        assert_eq!(host == Host { name: "a".into(), ..Model::blank() }, gateway.is_none());
    }
}

#[test]
fn clones_are_equal_and_independent() {
    let one = sample();
    let mut two = one.clone();
    assert_eq!(one, two);
    two.parent.as_mut().expect("a parent").labels.insert("k", 1);
    assert_ne!(one, two);
    assert_eq!(two.clone(), two);
}

#[test]
fn debug_shows_names_and_values() {
    let circle = Figure::Circle(Circle { kind: CircleKind::Circle, radius: 1.0 });
    assert_eq!(format!("{circle:?}"), r#"Circle(Circle { kind: CircleKind("circle"), radius: 1.0 })"#);
    let text = format!("{:?}", sample());
    assert!(text.contains(r#"labels: {"z": 1, "a": 2}"#) && text.contains("homepage: Some(None)"), "{text}");
}
