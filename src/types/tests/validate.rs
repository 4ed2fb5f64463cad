use super::json;
use crate::types::shape::{Shape, Struct};
use crate::types::validate::{Check, Rule, validate};
use crate::types::{Map, Model, Typed, Value, implement};

use super::sample::{Figure, Status};

struct Order {
    count: i64,
    code: Option<String>,
    prices: Vec<f64>,
    names: Map<String>,
    level: Value,
    status: Status,
    lines: Vec<Order>,
}

impl Model for Order {
    fn shape(&self) -> &'static Shape {
        &Shape::Struct(Struct {
            name: "Order",
            fields: &["count", "code", "prices", "a/b", "level", "status", "lines"],
            rules: &[
                Rule {
                    field: 0,
                    checks: &[Check::Minimum(1.0), Check::ExclusiveMaximum(10.0), Check::MultipleOf(2.0)],
                },
                Rule { field: 1, checks: &[Check::MinLength(2), Check::MaxLength(3), Check::Pattern("^(?!x)")] },
                Rule {
                    field: 2,
                    checks: &[
                        Check::UniqueItems,
                        Check::MaxItems(3),
                        Check::Items(&[Check::ExclusiveMinimum(0.0), Check::MultipleOf(0.1)]),
                    ],
                },
                Rule { field: 3, checks: &[Check::MaxProperties(1), Check::Values(&[Check::MinLength(1)])] },
                Rule { field: 4, checks: &[Check::Enum(&["null", "1", r#""high""#])] },
            ],
            ..Struct::EMPTY
        })
    }

    fn blank() -> Self {
        Self {
            count: 2,
            code: None,
            prices: Vec::new(),
            names: Map::new(),
            level: Value::Null,
            status: Model::blank(),
            lines: Vec::new(),
        }
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        match index {
            0 => &mut self.count,
            1 => &mut self.code,
            2 => &mut self.prices,
            3 => &mut self.names,
            4 => &mut self.level,
            5 => &mut self.status,
            _ => &mut self.lines,
        }
    }

    fn field(&self, index: usize) -> &dyn Typed {
        match index {
            0 => &self.count,
            1 => &self.code,
            2 => &self.prices,
            3 => &self.names,
            4 => &self.level,
            5 => &self.status,
            _ => &self.lines,
        }
    }
}

implement! { Order }

fn violations(value: &dyn Typed) -> Vec<String> {
    validate(value, &[]).iter().map(ToString::to_string).collect()
}

#[test]
fn a_value_that_keeps_the_rules_has_no_violation() {
    let order = Order {
        code: Some("ab".into()),
        prices: vec![0.1, 0.3],
        level: json("1.0"),
        lines: vec![Model::blank()],
        ..Model::blank()
    };
    assert_eq!(violations(&order), [""; 0]);
}

#[test]
fn numbers_are_held_to_their_limits() {
    assert_eq!(
        violations(&Order { count: -1, ..Model::blank() }),
        ["/count: must be at least 1 (minimum)", "/count: must be a multiple of 2 (multipleOf)"]
    );
    assert_eq!(violations(&Order { count: 10, ..Model::blank() }), ["/count: must be less than 10 (exclusiveMaximum)"]);
}

#[test]
fn lengths_count_characters() {
    assert_eq!(violations(&Order { code: Some("äöü".into()), ..Model::blank() }), [""; 0]);
    assert_eq!(
        violations(&Order { code: Some("ä".into()), ..Model::blank() }),
        ["/code: must have at least 2 characters (minLength)"]
    );
}

#[cfg(feature = "patterns")]
#[test]
fn patterns_may_look_around() {
    assert_eq!(
        violations(&Order { code: Some("xyz".into()), ..Model::blank() }),
        ["/code: must match `^(?!x)` (pattern)"]
    );
}

#[test]
fn items_and_values_are_reached_by_pointers() {
    let order = Order {
        prices: vec![1.0, 0.05, 1.0, -1.0],
        names: [("~k", String::new()), ("l", "x".to_owned())].into_iter().collect(),
        ..Model::blank()
    };
    assert_eq!(
        violations(&Order { lines: vec![order], ..Model::blank() }),
        [
            "/lines/0/prices: must have no item twice (uniqueItems)",
            "/lines/0/prices: must have at most 3 items (maxItems)",
            "/lines/0/prices/1: must be a multiple of 0.1 (multipleOf)",
            "/lines/0/prices/3: must be greater than 0 (exclusiveMinimum)",
            "/lines/0/a~1b: must have at most 1 property (maxProperties)",
            "/lines/0/a~1b/~0k: must have at least 1 character (minLength)",
        ]
    );
}

#[test]
fn values_outside_a_list_are_reported_though_they_are_read() {
    let order = Order { level: json("2"), status: Status::Other("frozen".into()), ..Model::blank() };
    assert_eq!(
        violations(&order),
        [r#"/level: must be one of null, 1, "high" (enum)"#, "/status: must be one of `active`, `archived` (enum)"]
    );
}

#[test]
fn values_that_are_no_alternative_are_reported_though_they_are_read() {
    let found = violations(&Figure::Other(json(r#"{"kind": "star"}"#)));
    assert_eq!(found, ["value: must have one of `circle`, `square`, `quadrat` as `kind` (discriminator)"]);
}

#[test]
fn formats_are_checked() {
    let found = validate(&"2023-02-29".to_owned(), &[Check::Format("date")]);
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["value: must be of the format `date` (format)"]);
}

#[test]
fn the_order_of_properties_does_not_make_items_differ() {
    let items = vec![json(r#"{"a": 1, "b": 2}"#), json(r#"{"b": 2, "a": 1}"#)];
    assert_eq!(validate(&items, &[Check::UniqueItems]).len(), 1);
}

#[test]
fn rules_for_the_value_itself_are_passed_along() {
    let found = validate(&vec![1_i64], &[Check::MinItems(2), Check::Items(&[Check::Maximum(0.0)])]);
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["value: must have at least 2 items (minItems)", "/0: must be at most 0 (maximum)"]);
}
