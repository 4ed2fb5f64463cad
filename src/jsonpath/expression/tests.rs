use super::*;
use crate::jsonpath::steps::{QueryError, Steps};

fn whole(pattern: &str, text: &str) -> bool {
    Expression::new(pattern).unwrap().matches(text, true, &mut Steps::new()).unwrap()
}

fn part(pattern: &str, text: &str) -> bool {
    Expression::new(pattern).unwrap().matches(text, false, &mut Steps::new()).unwrap()
}

#[test]
fn matches_whole_texts_and_parts() {
    for (pattern, text, is_whole, is_part) in [
        ("", "", true, true),
        ("", "a", false, true),
        ("a", "a", true, true),
        ("a", "bab", false, true),
        ("a|bc", "bc", true, true),
        ("a||b", "", true, true),
        ("(a|b)*c", "abbac", true, true),
        ("(a|b)*c", "abba", false, false),
        ("a+b?", "aaa", true, true),
        ("a{2}", "aa", true, true),
        ("a{2}", "aaa", false, true),
        ("a{2,}", "aaaa", true, true),
        ("a{1,3}", "aaaa", false, true),
        ("(ab){0,2}", "abab", true, true),
        ("(a{0}){1000000}", "", true, true),
        ("a.c", "a\u{1F600}c", true, true),
        ("a.c", "a\nc", false, false),
        ("a.c", "a\u{2028}c", true, true),
        ("^a$", "a", true, true),
        ("^a", "ba", false, false),
        ("a$", "ab", false, false),
        ("(^|b)a", "a", true, true),
    ] {
        assert_eq!((whole(pattern, text), part(pattern, text)), (is_whole, is_part), "{pattern} on {text:?}");
    }
}

#[test]
fn knows_classes() {
    for (pattern, members, strangers) in [
        ("[a-cx]", "abcx", "dy-"),
        ("[^a-c]", "dx\n", "abc"),
        ("[-a]", "-a", "b"),
        ("[a-]", "-a", "b"),
        ("[^-]", "a", "-"),
        (r"[\]\[\\]", r"]\[", "a"),
        (r"[\-\n]", "-\n", "n"),
        (r"\.", ".", "a"),
        (r"\p{Lu}", "AÄЖ", "aä1"),
        (r"\P{Lu}", "aä1", "AÄЖ"),
        (r"\p{L}", "aÄ漢", "1 _"),
        (r"[\p{Nd}_]", "1_٣", "a"),
        (r"[^\p{Nd}]", "a", "1"),
        (r"\p{Sc}", "€$", "a"),
    ] {
        for member in members.chars() {
            assert!(whole(pattern, &member.to_string()), "{pattern} on {member:?}");
        }
        for stranger in strangers.chars() {
            assert!(!whole(pattern, &stranger.to_string()), "{pattern} on {stranger:?}");
        }
    }
}

#[test]
fn refuses_what_is_no_expression() {
    for pattern in [
        "(",
        ")",
        "a)",
        "[",
        "[]",
        "[a",
        "]",
        "*",
        "a**",
        "a{",
        "a{,2}",
        "a{2",
        "a{3,2}",
        "}",
        r"\d",
        r"\",
        r"\p{X}",
        r"\p{Lu",
        r"\u0041",
        "[b-a]",
        "[a-b-c]",
        r"[a-\p{L}]",
        "[[a]]",
        "(?:a)",
        "a{99999999999}",
        "[a--]",
    ] {
        assert!(Expression::new(pattern).is_none(), "{pattern}");
    }
}

#[test]
fn limits_size_and_depth() {
    assert!(Expression::new("a{9000}").is_some());
    assert!(Expression::new("(a{100}){100}").is_none());
    assert!(Expression::new("((a{1000}){1000}){1000}").is_none());
    assert!(Expression::new(&format!("{}a{}", "(".repeat(32), ")".repeat(32))).is_some());
    assert!(Expression::new(&"(".repeat(100_000)).is_none());
}

#[test]
fn takes_time_in_proportion_to_the_text() {
    // Exponential for an engine that goes back.
    let text = "a".repeat(50_000);
    assert!(!whole("(a*)*b", &text));
    assert!(!part("(a|a)*(a|aa)+b", &text));
}

#[test]
fn stops_when_the_steps_are_used_up() {
    let expression = Expression::new("(a{0,60}){60}b").unwrap();
    let error = expression.matches(&"a".repeat(1_000_000), false, &mut Steps::new()).unwrap_err();
    assert_eq!(error, QueryError::TooManySteps);
}
