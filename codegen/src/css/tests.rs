use super::*;
use crate::ir::css::{Combinator, Comparison, Position, Simple, Test};

fn single(text: &str) -> Selector {
    let mut selectors = parse(text).unwrap_or_else(|fault| panic!("{text}: {fault}"));
    assert_eq!(selectors.len(), 1, "{text}");
    selectors.remove(0)
}

fn name(name: &str) -> Simple {
    Simple::Name(name.to_owned())
}

#[test]
fn elements_stand_in_relation_to_others() {
    let selector = single("main > TABLE.fleet#all ~ p + * em");
    assert_eq!(selector.first, [name("main")]);
    let (combinators, compounds): (Vec<_>, Vec<_>) = selector.rest.into_iter().unzip();
    assert_eq!(
        combinators,
        [Combinator::Child, Combinator::LaterSibling, Combinator::NextSibling, Combinator::Descendant]
    );
    assert_eq!(compounds[0], [name("table"), Simple::Class("fleet".to_owned()), Simple::Id("all".to_owned())]);
    assert!(compounds[2].is_empty());
    assert_eq!(parse("a , b,c").unwrap().len(), 3);
}

#[test]
fn attributes_are_compared() {
    let test = |text: &str| match single(text).first.remove(0) {
        Simple::Attribute { test, .. } => test,
        other => panic!("{other:?}"),
    };
    let compared =
        |comparison, value: &str, ignores_case| Test::Compared { comparison, value: value.to_owned(), ignores_case };
    assert_eq!(test("[Href]"), Test::Present);
    assert_eq!(test("[ a = b ]"), compared(Comparison::Equal, "b", false));
    assert_eq!(test("[a~=\"b ]\"]"), compared(Comparison::Word, "b ]", false));
    assert_eq!(test("[a|='de' i]"), compared(Comparison::Dash, "de", true));
    assert_eq!(test("[a^='\\41 b' s]"), compared(Comparison::Prefix, "Ab", false));
    assert_eq!(test("[a$=x]"), compared(Comparison::Suffix, "x", false));
    assert_eq!(test("[a*=x]"), compared(Comparison::Substring, "x", false));
}

#[test]
fn places_are_counted_in_steps() {
    let place = |text: &str| match single(text).first.pop() {
        Some(Simple::Position(Position { step, offset, from_end, of_type })) => (step, offset, from_end, of_type),
        other => panic!("{other:?}"),
    };
    assert_eq!(place("tr:nth-child(2n + 1)"), (2, 1, false, false));
    assert_eq!(place("tr:nth-child( odd )"), (2, 1, false, false));
    assert_eq!(place("tr:nth-last-child(-n+3)"), (-1, 3, true, false));
    assert_eq!(place("tr:nth-of-type(4)"), (0, 4, false, true));
    assert_eq!(place("tr:nth-last-of-type(n)"), (1, 0, true, true));
    assert_eq!(place("tr:first-child"), (0, 1, false, false));
    assert!(matches!(single("p:not(.a, .b > i)").first[1], Simple::Not(ref list) if list.len() == 2));
}

#[test]
fn mistakes_are_found_where_they_are() {
    for (text, part, message) in [
        ("", "", "an element is expected, and not the end"),
        ("table >", "", "an element is expected, and not the end"),
        ("table, ", "", "an element is expected, and not the end"),
        ("table)", ")", "the end of the selector is expected, and not `)`"),
        ("table:hover", ":hover", "there is no pseudo-class `:hover` that selects in an answer"),
        ("table:contains('x')", ":contains", "there is no pseudo-class `:contains` that selects in an answer"),
        ("p::before", "::", "a pseudo-element is no element of an answer"),
        ("p:nth-child(two)", "two", "`two` is no place among elements"),
        ("p:nth-child(99999999999)", "99999999999", "`99999999999` is no place among elements"),
        ("[a", "", "`]` or a comparison, such as `=` or `^=`, is expected, and not the end"),
        ("[a=", "", "a value is expected, and not the end"),
        ("[a='b]", "'b]", "the text has no closing quotation mark"),
        (".1st", "1st", "a class does not begin with a digit"),
        ("svg|a", "|", "names of elements have no namespaces in HTML"),
        ("a\\", "\\", "`\\` stands before a character"),
    ] {
        let fault = parse(text).expect_err(text);
        assert_eq!((&text[fault.range.clone()], fault.message.as_str()), (part, message), "{text}");
    }
    assert_eq!(parse("p:fist-child").unwrap_err().suggestion.as_deref(), Some("did you mean `first-child`?"));
}

#[test]
fn selectors_are_no_larger_than_a_document_can_bear() {
    assert!(parse(&"a ".repeat(64)).is_ok());
    assert!(parse(&["a"; 64].join(" ")).is_ok());
    assert!(parse(&["a"; 65].join(" ")).is_err());
    assert!(parse(&format!("{}a{}", ":is(".repeat(100_000), ")".repeat(100_000))).is_err());
}
