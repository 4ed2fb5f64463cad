//! What the reader and writer do agrees with derived serde for the same data.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

use super::sample::{Owner, Repository};
use crate::types::{Direction, Model, Value, from_slice, from_value, to_vec};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct DerivedOwner {
    login: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    password: Option<String>,
    email: Option<String>,
    #[serde(flatten)]
    additional: BTreeMap<String, Value>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum DerivedStatus {
    Active,
    Archived,
    #[serde(untagged)]
    Other(String),
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct DerivedRepository {
    id: i64,
    full_name: String,
    private: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<String>,
    #[expect(clippy::option_option, reason = "as the emitted type")]
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "present")]
    homepage: Option<Option<String>>,
    license: Option<String>,
    #[serde(default)]
    score: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    forks: Option<i32>,
    #[serde(default)]
    topics: Vec<String>,
    owner: DerivedOwner,
    #[serde(default)]
    members: Vec<DerivedOwner>,
    #[serde(default)]
    labels: BTreeMap<String, i64>,
    status: DerivedStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<Box<DerivedRepository>>,
    #[serde(default)]
    extra: Value,
}

/// An explicit `null` is a value.
#[expect(clippy::option_option, reason = "as the emitted type")]
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Deserialize::deserialize(deserializer).map(Some)
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            btree_map("[a-z]{1,3}", inner, 0..4).prop_map(|entries| entries.into_iter().collect()),
        ]
    })
}

fn owner() -> impl Strategy<Value = DerivedOwner> {
    (
        any::<String>(),
        any::<Option<u64>>(),
        any::<Option<String>>(),
        any::<Option<String>>(),
        // Five characters at least, so as not to be the name of a field.
        btree_map("[a-z]{6,8}", json(), 0..3),
    )
        .prop_map(|(login, id, password, email, additional)| DerivedOwner {
            login,
            id,
            password,
            email,
            additional,
        })
}

fn status() -> impl Strategy<Value = DerivedStatus> {
    prop_oneof![Just(DerivedStatus::Active), Just(DerivedStatus::Archived), "[A-Z]{0,3}".prop_map(DerivedStatus::Other),]
}

fn orphan() -> impl Strategy<Value = DerivedRepository> {
    (
        (any::<i64>(), any::<String>(), any::<bool>(), any::<Option<String>>(), any::<Option<Option<String>>>()),
        (
            any::<Option<String>>(),
            (-1_000_000..1_000_000).prop_map(|quarters| f64::from(quarters) / 4.0),
            any::<Option<i32>>(),
            vec(any::<String>(), 0..3),
            owner(),
        ),
        (vec(owner(), 0..3), btree_map(any::<String>(), any::<i64>(), 0..4), status(), json()),
    )
        .prop_map(|(first, second, third)| {
            let (id, full_name, private, r#type, homepage) = first;
            let (license, score, forks, topics, owner) = second;
            let (members, labels, status, extra) = third;
            DerivedRepository {
                id,
                full_name,
                private,
                r#type,
                homepage,
                license,
                score,
                forks,
                topics,
                owner,
                members,
                labels,
                status,
                parent: None,
                extra,
            }
        })
}

fn repository() -> impl Strategy<Value = DerivedRepository> {
    (orphan(), option::of(orphan()))
        .prop_map(|(child, parent)| DerivedRepository { parent: parent.map(Box::new), ..child })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn text_is_read_and_written_as_derived_serde_does(derived in repository()) {
        let text = serde_json::to_string(&derived).expect("it can be written");
        let ours: Repository = serde_json::from_str(&text).expect("it fits");
        prop_assert_eq!(&serde_json::to_string(&ours).expect("it can be written"), &text);
        let again: DerivedRepository = serde_json::from_str(&text).expect("it fits");
        prop_assert_eq!(again, derived);
    }

    #[test]
    fn all_ways_in_lead_to_the_same_value(derived in repository()) {
        let value = serde_json::to_value(&derived).expect("it can be written");
        let one: Repository = serde_json::from_value(value.clone()).expect("it fits");
        let mut two = Repository::blank_model();
        from_value(&value, &mut two, Direction::Unknown).expect("it fits");
        let mut three = Repository::blank_model();
        from_slice(value.to_string().as_bytes(), &mut three, Direction::Unknown).expect("it fits");
        prop_assert_eq!(&one, &two);
        prop_assert_eq!(&one, &three);
        prop_assert_eq!(&one, &one.clone());
        let written = to_vec(&one, Direction::Unknown).expect("it can be written");
        prop_assert_eq!(serde_json::from_slice::<Value>(&written).expect("JSON"), value);
    }

    #[test]
    fn what_derived_serde_refuses_is_refused(derived in owner(), field in 0..4_usize, other in json()) {
        let mut value = serde_json::to_value(&derived).expect("it can be written");
        value[["login", "id", "password", "email"][field]] = other;
        let text = value.to_string();
        prop_assert_eq!(
            serde_json::from_str::<DerivedOwner>(&text).is_ok(),
            serde_json::from_str::<Owner>(&text).is_ok(),
            "{}", text
        );
    }

    #[test]
    fn no_text_makes_the_reader_panic(value in json(), text in any::<Vec<u8>>()) {
        let _ = from_slice(&text, &mut Repository::blank_model(), Direction::Request);
        let _ = from_value(&value, &mut Repository::blank_model(), Direction::Request);
    }
}

impl Repository {
    fn blank_model() -> Self {
        Model::blank()
    }
}
