//! What paths select, by the sections of RFC 9535.

use capsmith::Value;
use serde_json::json;

use super::select;

/// Checks what paths select of a document: each path, and the list that it gives.
fn check(document: &Value, cases: &[(&str, Value)]) {
    for (path, expected) in cases {
        let selected: Value = select(path, document).unwrap().into_iter().cloned().collect();
        assert_eq!(selected, *expected, "{path}");
    }
}

/// Checks of which elements a filter is true: their indices.
fn check_filter(elements: &Value, cases: &[(&str, &[usize])]) {
    for (filter, expected) in cases {
        let expected: Vec<&Value> = expected.iter().map(|index| &elements[*index]).collect();
        assert_eq!(select(&format!("$[?{filter}]"), elements).unwrap(), expected, "{filter}");
    }
}

#[test]
fn root_and_names() {
    let document = json!({ "a": { "b-c": 1, "": 2, "d e": 3, "ключ": 4, "'": 5, "\"": 6, "😀": 7 }, "n": null });
    check(
        &document,
        &[
            ("$", json!([document])),
            ("$.", json!([document])),
            ("$.a['b-c']", json!([1])),
            ("$.a.b-c", json!([1])),
            ("$['a']['']", json!([2])),
            ("$.a.d e", json!([3])),
            ("$ .a\n.ключ", json!([4])),
            (r"$.a['\'', '\u0022']", json!([5, 6])),
            (r#"$.a["\"", "'"]"#, json!([6, 5])),
            (r"$.a['\ud83D\uDe00']", json!([7])),
            ("$.n", json!([null])),
            ("$.n.x", json!([])),
            ("$.missing", json!([])),
            ("$.A", json!([])),
            ("$[0]", json!([])),
            ("$.a.*", json!([1, 2, 3, 4, 5, 6, 7])),
            ("$.['a'].😀", json!([7])),
        ],
    );
}

#[test]
fn indices_and_slices() {
    let document = json!([0, 1, 2, 3, 4, 5, 6]);
    check(
        &document,
        &[
            ("$[0]", json!([0])),
            ("$[-1]", json!([6])),
            ("$[7]", json!([])),
            ("$[-8]", json!([])),
            ("$[1, 1, 0]", json!([1, 1, 0])),
            ("$[1:3]", json!([1, 2])),
            ("$[5:]", json!([5, 6])),
            ("$[:2]", json!([0, 1])),
            ("$[::]", json!([0, 1, 2, 3, 4, 5, 6])),
            ("$[1:5:2]", json!([1, 3])),
            ("$[5:1:-2]", json!([5, 3])),
            ("$[::-1]", json!([6, 5, 4, 3, 2, 1, 0])),
            ("$[::0]", json!([])),
            ("$[-3:-1]", json!([4, 5])),
            ("$[-1:-4:-1]", json!([6, 5, 4])),
            ("$[9:2:-3]", json!([6, 3])),
            ("$[ 1 : 3 : 1 ]", json!([1, 2])),
            ("$[-9007199254740991:9007199254740991:9007199254740991]", json!([0])),
            ("$[9007199254740991:-9007199254740991:-9007199254740991]", json!([6])),
            ("$.*", document.clone()),
            ("$['0']", json!([])),
        ],
    );
    check(&json!({ "0": 1 }), &[("$[0]", json!([])), ("$[:]", json!([])), ("$.0", json!([1]))]);
}

#[test]
fn descendants_come_before_what_is_below_them() {
    let document = json!({ "o": [{ "j": 1, "k": 2 }, { "j": { "j": 3 } }] });
    check(
        &document,
        &[
            ("$..j", json!([1, { "j": 3 }, 3])),
            ("$..[0]", json!([{ "j": 1, "k": 2 }])),
            ("$..[1]['j']", json!([{ "j": 3 }])),
            ("$.o..['k', 'j']", json!([2, 1, { "j": 3 }, 3])),
            ("$..j..j", json!([3])),
            ("$.o[0]..*", json!([1, 2])),
            ("$..[?@.j]", json!([{ "j": 1, "k": 2 }, { "j": { "j": 3 } }, { "j": 3 }])),
        ],
    );
    check(&json!([[1], [2, [3]]]), &[("$..*", json!([[1], [2, [3]], 1, 2, [3], 3]))]);
    check(&json!("text"), &[("$..*", json!([])), ("$..['a', 0]", json!([]))]);
}

#[test]
fn several_selectors_keep_their_order_and_their_repetitions() {
    let document = json!({ "a": [1, 2, 3], "b": 4 });
    check(
        &document,
        &[
            ("$['b', 'a']", json!([4, [1, 2, 3]])),
            ("$.a[2, 0:2, *, -1]", json!([3, 1, 2, 1, 2, 3, 3])),
            ("$[*, 'b'][0]", json!([1])),
            ("$.a[?@ > 1, 0]", json!([2, 3, 1])),
        ],
    );
}

#[test]
fn existence_and_logic() {
    let elements = json!([{ "a": null }, { "a": 1, "b": 2 }, { "b": 0 }, [1], 5]);
    check_filter(
        &elements,
        &[
            ("@.a", &[0, 1]),
            ("!@.a", &[2, 3, 4]),
            ("@.a && @.b", &[1]),
            ("@.a || @.b", &[0, 1, 2]),
            ("@.b || @.a && @.x", &[1, 2]),
            ("(@.b || @.a) && @.x", &[]),
            ("!(@.a && @.b)", &[0, 2, 3, 4]),
            ("@.*", &[0, 1, 2, 3]),
            ("@[0]", &[3]),
            ("@", &[0, 1, 2, 3, 4]),
            ("$[4]", &[0, 1, 2, 3, 4]),
            ("@..a", &[0, 1]),
            ("@[?@ == 1]", &[1, 3]),
            (" ( @.a )\t", &[0, 1]),
        ],
    );
    let object = json!({ "x": { "k": 1 }, "y": { "k": 2 } });
    assert_eq!(select("$[?@.k == 2]", &object).unwrap(), [&json!({ "k": 2 })]);
    assert!(select("$[?@ == 1]", &json!(1)).unwrap().is_empty());
}

#[test]
fn comparisons() {
    let values =
        json!([1, 1.0, "1", "a", "b", null, true, false, [1], { "k": 1.0 }, 10_000_000_000_000_000_000_u64, -1.5]);
    check_filter(
        &values,
        &[
            ("@ == 1", &[0, 1]),
            ("1.0 == @", &[0, 1]),
            ("@ == 10e-1", &[0, 1]),
            ("@ != 1", &[2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
            ("@ < 1", &[11]),
            ("@ <= 1", &[0, 1, 11]),
            ("@ > -2", &[0, 1, 10, 11]),
            ("@ >= 'a'", &[3, 4]),
            ("@ < 'b'", &[2, 3]),
            ("@ == null", &[5]),
            ("@ >= null", &[5]),
            ("@ > null", &[]),
            ("@ == true", &[6]),
            ("@ <= true", &[6]),
            ("@ < true", &[]),
            ("@ == $[8]", &[8]),
            ("@ >= $[8]", &[8]),
            ("@.k == $[0]", &[9]),
            ("@ == 10000000000000000000", &[10]),
        ],
    );
    // What is absent is equal to what is absent, and to nothing else.
    let objects = json!([{}, { "a": null }, { "a": 1, "b": 1.0 }, { "a": [1, { "x": 2 }], "b": [1.0, { "x": 2.0 }] }, { "a": {}, "b": [] }]);
    check_filter(
        &objects,
        &[
            ("@.a == @.b", &[0, 2, 3]),
            ("@.a != @.b", &[1, 4]),
            ("@.a == null", &[1]),
            ("@.a <= @.b", &[0, 2, 3]),
            ("@.a < @.b", &[]),
            ("@.x == @.y", &[0, 1, 2, 3, 4]),
        ],
    );
}

#[test]
fn functions() {
    let elements = json!([
        { "t": "äöü", "l": [1, 2], "o": { "a": 1 } },
        { "t": "2026-11-21", "l": [], "p": "[0-9]{4}-.*" },
        { "t": 7, "l": "ab", "p": "(" },
    ]);
    check_filter(
        &elements,
        &[
            ("length(@.t) == 3", &[0]),
            ("length(@.l) == 2", &[0, 2]),
            ("length(@.o) == 1", &[0]),
            ("length(@.t) == length(@.missing)", &[2]),
            ("length('abc') == 3", &[0, 1, 2]),
            ("count(@.*) == 3", &[0, 1, 2]),
            ("count(@.l[*]) > 1", &[0]),
            ("value(@..a) == 1", &[0]),
            ("value(@.l[*]) == 1", &[]),
            ("length(value(@.l)) >= 2", &[0, 2]),
            ("match(@.t, '[0-9]{4}-.*')", &[1]),
            ("match(@.t, '[0-9]{4}')", &[]),
            ("search(@.t, '[0-9]{4}')", &[1]),
            (r"match(@.t, '\\p{L}+')", &[0]),
            ("!search(@.t, 'ö')", &[1, 2]),
            ("match(@.t, @.p)", &[1]),
            ("match(@.t, $[1].p)", &[1]),
            ("search(@.t, $[2].t )||match( @.t , 'äöü')", &[0]),
        ],
    );
}
