//! Paths and documents at random, held against an implementation that we did not write.

use capsmith::Value;
use capsmith_codegen::jsonpath::parse;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::json;

use super::select;

fn document() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        (-3_i64..4).prop_map(Value::from),
        prop::sample::select(vec![0.0, 1.0, -0.5, 1e300]).prop_map(Value::from),
        prop::sample::select(vec!["", "a", "b", "ab", "ä"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::btree_map(name(), inner, 0..5).prop_map(|members| json!(members)),
        ]
    })
}

fn name() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["a", "b", "c", "ä_1"]).prop_map(str::to_owned)
}

fn selector(filter: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    let bound = || prop_oneof![Just(String::new()), (-4_i64..5).prop_map(|bound| bound.to_string())];
    prop_oneof![
        Just("*".to_owned()),
        name().prop_map(|name| format!("'{name}'")),
        (-4_i64..5).prop_map(|index| index.to_string()),
        (bound(), bound(), bound()).prop_map(|(start, end, step)| format!("{start}:{end}:{step}")),
        filter.prop_map(|filter| format!("?{filter}")),
    ]
}

fn segment(filter: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    let bracket = prop::collection::vec(selector(filter), 1..3)
        .prop_map(|selectors| format!("[{}]", selectors.join(", ")))
        .boxed();
    prop_oneof![
        3 => name().prop_map(|name| format!(".{name}")),
        1 => name().prop_map(|name| format!("..{name}")),
        1 => Just(".*".to_owned()),
        3 => bracket.clone(),
        1 => bracket.prop_map(|bracket| format!("..{bracket}")),
    ]
}

fn singular() -> impl Strategy<Value = String> {
    // The other implementation does not find the first element of an array from its end.
    let segment =
        prop_oneof![name().prop_map(|name| format!(".{name}")), (0..3).prop_map(|index| format!("[{index}]"))];
    (prop::sample::select(vec!["@", "$"]), prop::collection::vec(segment, 0..3))
        .prop_map(|(root, segments)| format!("{root}{}", segments.concat()))
}

fn filter() -> BoxedStrategy<String> {
    let literal = prop::sample::select(vec!["null", "true", "false", "0", "-1", "1.0", "2e0", "'a'", "\"ab\"", "''"]);
    let literal = literal.prop_map(str::to_owned);
    let function = prop_oneof![
        singular().prop_map(|query| format!("length({query})")),
        singular().prop_map(|query| format!("value({query}..a)")),
    ];
    let all = prop::sample::select(vec!["==", "!=", "<", "<=", ">", ">="]);
    // The other implementation orders structures, and has a function's nothing wrong where it meets nothing or null.
    let equal = prop::sample::select(vec!["==", "!="]);
    let some = prop::sample::select(vec!["==", "<", ">"]);
    let present = prop::sample::select(vec!["0", "1", "2", "'a'", "true"]).prop_map(str::to_owned);
    let pattern = prop::sample::select(vec!["a", "a|b", ".b", "[ab]*", "\\\\p{L}", "[^a]+", ""]);
    let comparison = prop_oneof![
        (singular(), all.clone(), literal.clone()),
        (literal, all, singular()),
        (singular(), equal, singular()),
        (singular(), some.clone(), singular().prop_map(|query| format!("count({query}[*])"))),
        (function, some, present),
    ];
    let comparison = comparison.prop_map(|(left, operator, right)| format!("{left} {operator} {right}"));
    let regular = (any::<bool>(), singular(), pattern)
        .prop_map(|(whole, text, pattern)| format!("{}({text}, '{pattern}')", if whole { "match" } else { "search" }));
    let test = prop_oneof![singular(), regular, singular().prop_map(|query| format!("{query}[*]"))];
    let basic = prop_oneof![3 => comparison, 2 => test.clone(), 1 => test.prop_map(|test| format!("!{test}"))].boxed();
    basic
        .prop_recursive(3, 12, 3, |inner| {
            prop_oneof![
                (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("{left} && {right}")),
                (inner.clone(), inner.clone()).prop_map(|(left, right)| format!("{left} || {right}")),
                inner.clone().prop_map(|inner| format!("({inner})")),
                inner.clone().prop_map(|inner| format!("!({inner})")),
                inner.prop_map(|inner| format!("@[?{inner}]")),
            ]
        })
        .boxed()
}

fn path() -> impl Strategy<Value = String> {
    prop::collection::vec(segment(filter()), 0..4).prop_map(|segments| format!("${}", segments.concat()))
}

/// Texts that are paths or nearly so.
fn soup() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        ".", "..", "[", "]", "(", ")", "*", "?", "@", "$", "a", "-", "b c", "'a'", "\"b", "'", "0", "1", "-1", "01",
        ":", ",", "==", "!", "<", "=", "&&", "||", "length", "count", "match", "value", " ", "\n", "\\", "\\u0041",
        "null", "true", "1.5", "1e", "ä",
    ]);
    prop::collection::vec(part, 0..12).prop_map(|parts| format!("${}", parts.concat()))
}

proptest! {
    // The same cases each time: the other implementation is not without faults, and a test must not fail for those.
    #![proptest_config(ProptestConfig { cases: 4_000, rng_seed: RngSeed::Fixed(9_535), ..ProptestConfig::default() })]

    #[test]
    fn selects_what_others_select(path in path(), document in document()) {
        let other = serde_json_path::JsonPath::parse(&path).unwrap();
        let expected = other.query(&document).all();
        prop_assert_eq!(select(&path, &document).unwrap(), expected, "{} in {}", path, document);
    }

    #[test]
    fn reads_what_others_read(path in soup()) {
        let parsed = parse(&path);
        let is_standard = parsed.as_ref().is_ok_and(|parsed| parsed.habits.is_empty());
        prop_assert_eq!(is_standard, serde_json_path::JsonPath::parse(&path).is_ok(), "{}: {:?}", path, parsed);
    }

    #[test]
    fn faults_stand_in_the_text(path in prop_oneof![soup(), any::<String>()]) {
        let ranges = match parse(&path) {
            Ok(parsed) => parsed.habits.into_iter().map(|habit| habit.range).collect(),
            Err(fault) => vec![fault.range],
        };
        for range in ranges {
            prop_assert!(path.get(range.clone()).is_some(), "{:?} in {:?}", range, path);
        }
    }
}
