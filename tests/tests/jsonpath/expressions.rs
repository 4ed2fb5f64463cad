//! I-Regexp: the compiler's check and the runtime's machine, which know nothing of each other, agree.

use capsmith_codegen::jsonpath::parse;
use proptest::prelude::*;
use serde_json::json;

use super::select;

/// A path that the compiler takes if it takes the expression.
fn path(expression: &str) -> String {
    format!("$[?match(@, {})]", json!(expression))
}

/// Whether the runtime takes an expression. It matches itself or everything if so, and nothing otherwise.
fn runs(expression: &str) -> bool {
    // The alternative `x` matches whatever the expression is, if it is one.
    let document = json!({ "t": "x", "p": format!("x|{expression}") });
    !select("$[?match($.t, $.p)]", &document).unwrap().is_empty()
}

fn expression() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "a", "b", "-", "^", "$", ".", "|", "(", ")", "[", "]", "{", "}", "*", "+", "?", ",", "1", "3", "{2}", "{2,}",
        "{1,3}", "{70}", "[a-c]", "[^a]", "\\", "\\p{L}", "\\P{Nd}", "\\p{Xx}", "\\n", "\\-", "\\d", "(a|b)", "ä",
        "😀",
    ]);
    prop::collection::vec(part, 0..14).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn both_take_the_same_expressions(expression in expression()) {
        let checked = parse(&path(&expression));
        prop_assert_eq!(checked.is_ok(), runs(&expression), "{}: {:?}", expression, checked);
    }
}
