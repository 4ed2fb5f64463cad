use super::*;

/// Checks what is wrong with paths: the text in question, a part of the message, and a part of the suggestion.
fn check(cases: &[(&str, &str, &str, &str)]) {
    for (path, place, message, suggestion) in cases {
        let fault = parse(path).expect_err(path);
        assert_eq!(&path[fault.range.clone()], *place, "{path}: {fault}");
        assert!(fault.message.contains(message), "{path}: {fault}");
        let suggested = fault.suggestion.unwrap_or_default();
        assert!(suggested.contains(suggestion), "{path}: {suggested}");
    }
}

#[test]
fn faults_of_paths() {
    check(&[
        ("", "", "a path begins", ""),
        ("a.b", "a", "`$`", "`$.a.b`"),
        (".a", ".", "`$`", "`$.a`"),
        ("@.a", "@", "`$`", "`@` is the current value"),
        (" $.a", " $.a", "blanks", "`$.a`"),
        ("$.a.", "", "a name or `*`, but the path ends", ""),
        ("$..", "", "a name or `*`", ""),
        ("$...a", "...", "three dots", "`..`"),
        ("$a", "a", "`.` or `[`", ""),
        ("$.a.length()", "(", "`.` or `[`", "stand in filters"),
        ("$.a]", "]", "`.` or `[`", ""),
        ("$[]", "[]", "holds a selector", "`[*]`"),
        ("$[", "", "a selector", ""),
        ("$[1", "", "`,` or `]`", ""),
        ("$[1,]", "]", "a selector", ""),
        ("$[name]", "name", "in quotes", "`'name'`"),
        ("$['name]", "'name]", "no end", "'"),
        ("$[(@.length-1)]", "(@.length-1)", "no scripts", "`-1`"),
        ("$[(1+1)]", "(1+1)", "no scripts", "`?`"),
        ("$[01]", "01", "leading zeros", "`1`"),
        ("$[-0]", "-0", "leading zeros", "`0`"),
        ("$[1:-01]", "-01", "leading zeros", "`-1`"),
        ("$[-]", "]", "a digit", ""),
        ("$[9007199254740992]", "9007199254740992", "no larger than", ""),
        ("$[1:2:3:4]", ":", "`,` or `]`", ""),
        ("$['\t']", "\t", "as it is", "`\\u0009`"),
        (r"$['\x']", r"\x", "no escape", "`\\\\x`"),
        (r#"$['\"']"#, r#"\""#, "no escape", "without"),
        (r"$['\u12']", "'", "hexadecimal", ""),
        (r"$['\ud800']", r"\ud800", "surrogate", "both halves"),
    ]);
}

#[test]
fn faults_of_filters() {
    check(&[
        ("$[?]", "]", "a query", ""),
        ("$[?@.a = 1]", "=", "no operator `=`", "`==`"),
        ("$[?@.a === 1]", "===", "no operator", "`==`"),
        ("$[?@.a <> 1]", "<>", "no operator", "`!=`"),
        ("$[?@.a =~ /x/]", "=~", "no operator", "`match("),
        ("$[?@.a & @.b]", "&", "no operator", "`&&`"),
        ("$[?@.a and @.b]", "and", "no operator", "`&&`"),
        ("$[?not @.a]", "not", "no literal", "`!`"),
        ("$[?a == 1]", "a", "no literal", "`@.a`"),
        ("$[?(@.a == 1]", "]", "`)`", ""),
        ("$[?1]", "1", "not a condition", "`@.a == 1`"),
        ("$[?@.* == 1]", "@.*", "several values", "`value(…)`"),
        ("$[?@.a == $..b]", "$..b", "several values", "`value(…)`"),
        ("$[?(@.a) == 1]", "(@.a)", "not compared", "without parentheses"),
        ("$[?!@.a == 1]", "@.a", "not compared", "`!(…)`"),
        ("$[?@.a == 01]", "01", "leading zeros", ""),
        ("$[?@.a == 1.]", "]", "a digit", ""),
        ("$[?@.a == 1e999]", "1e999", "larger", ""),
        ("$[?@.a == true || ]", "]", "a query", ""),
        ("$[?@.a == TRUE]", "T", "a query", ""),
    ]);
}

#[test]
fn faults_of_functions() {
    check(&[
        ("$[?len(@.a) > 1]", "len", "no function `len`", "`length`"),
        ("$[?sum(@.a) > 1]", "sum", "no function `sum`", "the functions are"),
        ("$[?@.a.length() > 1]", "(", "`,` or `]`", "before their arguments"),
        ("$[?length(@.a)]", "length(@.a)", "neither true nor false", "compare"),
        ("$[?length(@.*) > 1]", "@.*", "several values", ""),
        ("$[?length() > 1]", "length()", "1 argument, not 0", ""),
        ("$[?count(@.a, @.b) > 1]", "count(@.a, @.b)", "1 argument, not 2", ""),
        ("$[?count('a') > 1]", "'a'", "is a query", "`@.a`"),
        ("$[?match(@.a)]", "match(@.a)", "2 arguments, not 1", ""),
        ("$[?match(@.a, 'a') == true]", "match(@.a, 'a')", "no value", "alone"),
        ("$[?match(@.a, 1)]", "1", "is a string", "quotes"),
        ("$[?match(@.a 'a')]", "'", "`,` or `)`", ""),
        ("$[?length (@.a) > 1]", "length", "no literal", ""),
    ]);
}

#[test]
fn faults_of_regular_expressions() {
    check(&[
        ("$[?match(@.a, 'x(y')]", "(", "no end", "`)`"),
        ("$[?match(@.a, 'x)')]", ")", "closes nothing", ""),
        ("$[?match(@.a, '*x')]", "*", "nothing that it could repeat", ""),
        ("$[?match(@.a, 'x*?')]", "*?", "does not follow", "none is lazy"),
        ("$[?match(@.a, '(?i)x')]", "(?", "no options", ""),
        ("$[?match(@.a, 'x{3,2}')]", "{3,2}", "above the greatest", ""),
        ("$[?match(@.a, 'x{a}')]", "a", "number of repetitions", ""),
        ("$[?match(@.a, '[b-a]')]", "b-a", "higher character", ""),
        ("$[?match(@.a, '[]')]", "[]", "empty", ""),
        ("$[?match(@.a, '[a')]", "[", "no end", "`]`"),
        // The places in a string with escapes are not those of the path.
        (r"$[?match(@.a, '\\d+')]", r"'\\d+'", "no `\\d`", "`[0-9]`"),
        (r"$[?search(@.a, '\\p{Greek}')]", r"'\\p{Greek}'", "general category", "`\\p{L}`"),
        ("$[?match(@.a, '(x{999}){999}')]", "(x{999}){999}", "repeated out", ""),
    ]);
}

#[test]
fn habits_are_understood_and_reported() {
    for (path, standard, places) in [
        ("$.", "$", &["."][..]),
        ("$.get-ship.imo", "$['get-ship'].imo", &["get-ship"]),
        ("$.a b.c", "$['a b'].c", &["a b"]),
        ("$.0.@type", "$['0']['@type']", &["0", "@type"]),
        ("$.['a'].[0]", "$['a'][0]", &[".", "."]),
        ("$..a-b", "$..['a-b']", &["a-b"]),
        ("$[?@.a-b == 1]", "$[?@['a-b'] == 1]", &["a-b"]),
        ("$[?match(@.a, '^x$')]", "$[?match(@['a'], '^x$')]", &["^", "$"]),
    ] {
        let parsed = parse(path).unwrap();
        assert_eq!(parsed.path, parse(standard).unwrap().path, "{path}");
        let found: Vec<&str> = parsed.habits.iter().map(|habit| &path[habit.range.clone()]).collect();
        assert_eq!(found, places, "{path}");
    }
    assert_eq!(parse("$.get-ship.imo").unwrap().habits[0].suggestion, "write `['get-ship']`");
    assert!(parse("$.a .b\n[0] [ 'c' , 1 ]").unwrap().habits.is_empty());
}

#[test]
fn singular_paths_are_known() {
    for path in ["$", "$.a", "$['a'][-1].b"] {
        assert!(parse(path).unwrap().path.is_singular(), "{path}");
    }
    for path in ["$.*", "$..a", "$[0, 1]", "$[0:1]", "$[?@]"] {
        assert!(!parse(path).unwrap().path.is_singular(), "{path}");
    }
}

#[test]
fn nesting_is_limited() {
    let nested = |depth: usize| format!("$[?{}@.a{}]", "(".repeat(depth), ")".repeat(depth));
    assert!(parse(&nested(31)).is_ok());
    let fault = parse(&nested(100_000)).unwrap_err();
    assert!(fault.message.contains("more than 32 deep"), "{fault}");
    for opening in ["[?@", "[?!(", "[?length(", "[?count(@["] {
        let fault = parse(&format!("${}", opening.repeat(50_000))).unwrap_err();
        assert!(fault.range.end < 1_000, "{opening}: {fault}");
    }
}
