use proptest::prelude::*;
use serde_json::json;

use super::*;

fn read(format: Format, text: &str) -> Result<Value, FormatError> {
    to_json(&format, text.as_bytes(), None)
}

/// What is wrong with a text, and in which line.
fn fault(format: Format, text: &str) -> (Option<u64>, String) {
    match read(format, text) {
        Err(FormatError::Malformed { line, message, .. }) => (line, message),
        other => panic!("{other:?}"),
    }
}

const MARKDOWN: Format = Format::Markdown { prefix: None };

#[test]
fn json_and_bytes() {
    assert_eq!(read(Format::Json, "\u{feff}{\"a\": [1]}").unwrap(), json!({ "a": [1] }));
    assert_eq!(fault(Format::Json, "{\n\"a\": ]").0, Some(2));
    assert_eq!(to_json(&Format::Binary, b"\0\xff", None).unwrap(), json!("AP8="));
}

#[test]
fn delimited_rows_become_objects() {
    assert_eq!(
        read(Format::Csv, "a, b ,c\r\n1,\"x, \"\"y\"\"\nz\",3\r\n\r\n,ä\r\n").unwrap(),
        json!([{ "a": "1", "b": "x, \"y\"\nz", "c": "3" }, { "a": "", "b": "ä" }])
    );
    assert_eq!(read(Format::Tsv, "a\tb\n1,2\t3").unwrap(), json!([{ "a": "1,2", "b": "3" }]));
    assert_eq!(read(Format::Psv, "a|b\n1|2").unwrap(), json!([{ "a": "1", "b": "2" }]));
    assert_eq!(read(Format::Csv, "").unwrap(), json!([]));
    assert_eq!(read(Format::Csv, "a,b").unwrap(), json!([]));
    assert_eq!(read(Format::Csv, "a,a,,\n1,2,3,4").unwrap(), json!([{ "a": "1", "a_2": "2", "": "3", "_4": "4" }]));
    assert_eq!(
        fault(Format::Csv, "a,b\n1,2\n1,2,3\n"),
        (Some(3), "a row of 3 cells, where the header has 2".to_owned())
    );
}

/// Were each name tried anew, this would take hours.
#[test]
fn a_header_whose_numbers_are_taken_is_read_as_any_other() {
    let count = 100_000;
    let numbered = (count + 2..=2 * count + 1).map(|number| format!("a_{number}"));
    let header: Vec<String> = numbered.chain(std::iter::repeat_n("a".to_owned(), count)).collect();
    let rows =
        read(Format::Csv, &format!("{header}\n{cells}1\n", header = header.join(","), cells = "0,".repeat(count)));
    let rows = rows.unwrap();
    assert_eq!((rows[0]["a_100002"].as_str(), rows[0]["a"].as_str()), (Some("0"), Some("1")));
    let alike =
        read(Format::Csv, &format!("{}\n{}", vec!["a"; count].join(","), "0,".repeat(count - 1) + "1")).unwrap();
    assert_eq!(alike[0]["a_100000"], "1");
}

#[test]
fn xml_becomes_objects_without_its_root() {
    let ships = r#"<?xml version="1.0"?>
        <ships xmlns:x="urn:x" port="Oslo &amp; Bergen">
            <ship><x:name>Nord&#108;ys</x:name><crew/></ship>
            <!-- the second one -->
            <ship id="7">big <![CDATA[<one>]]></ship>
            <flag>NO</flag>
        </ships>"#;
    assert_eq!(
        read(Format::Xml, ships).unwrap(),
        json!({
            "port": "Oslo & Bergen",
            "ship": [{ "name": "Nordlys", "crew": "" }, { "id": "7", "": "big <one>" }],
            "flag": "NO",
        })
    );
    assert_eq!(read(Format::Xml, "<a> 1 </a>").unwrap(), json!(" 1 "));
    assert_eq!(read(Format::Xml, "<a><b>1</b><b>2</b><b>3</b></a>").unwrap(), json!({ "b": ["1", "2", "3"] }));
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><a>\xe4</a>";
    assert_eq!(to_json(&Format::Xml, latin, None).unwrap(), json!("ä"));
}

#[test]
fn xml_that_is_none_is_refused_with_its_line() {
    for (text, line, message) in [
        ("", 1, "no element"),
        ("text", 1, "text beside"),
        ("<a>\n<b></a>", 2, "b"),
        ("<a>\n\n", 3, "`a` has no end"),
        ("<a/>\n<b/>", 2, "second element"),
        ("<a>\n&nbsp;</a>", 2, "entity `nbsp`"),
        ("<a x='1'\n x='2'/>", 1, "duplicate"),
    ] {
        let (found, fault) = fault(Format::Xml, text);
        assert_eq!(found, Some(line), "{text}: {fault}");
        assert!(fault.contains(message), "{text}: {fault}");
    }
}

#[test]
fn entities_of_a_document_do_not_expand() {
    let bomb =
        r#"<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/hostname">]>"#;
    assert!(fault(Format::Xml, &format!("{bomb}<a>&c;</a>")).1.contains("entity `c`"));
    assert!(fault(Format::Xml, &format!("{bomb}<a>&f;</a>")).1.contains("entity `f`"));
    assert!(fault(Format::Xml, &format!("{bomb}<a x='&c;'/>")).1.contains('c'));
}

#[test]
fn yaml_follows_the_core_schema() {
    let text = "a: 1\nb: [0x1F, 0o17, -1.5e3, .5, .inf, 1_000, 18446744073709551615, 0x+1, inf, 2026-11-21]\n\
                c: {d: ~, e: yes, f: 'true', g: true, h: !!str 1}\ni: &x [1]\nj: *x\n1: k\nl: |\n  m\n";
    assert_eq!(
        read(Format::Yaml, text).unwrap(),
        json!({
            "a": 1,
            "b": [31, 15, -1500.0, 0.5, ".inf", "1_000", 18_446_744_073_709_551_615_u64, "0x+1", "inf", "2026-11-21"],
            "c": { "d": null, "e": "yes", "f": "true", "g": true, "h": "1" },
            "i": [1], "j": [1], "1": "k", "l": "m\n",
        })
    );
    assert_eq!(read(Format::Yaml, "--- 1\n--- 2\n").unwrap(), json!([1, 2]));
    assert_eq!(read(Format::Yaml, "# nothing").unwrap(), Value::Null);
    assert_eq!(fault(Format::Yaml, "a: 1\nb: 2\na: 3\n"), (Some(3), "the key `a` twice in a mapping".to_owned()));
    assert_eq!(fault(Format::Yaml, "a: 1\n? [b]\n: 2\n").1, "a key that is a list or a mapping");
    assert_eq!(fault(Format::Yaml, "a: &a [*a]").1, "an alias within what it stands for");
    assert_eq!(fault(Format::Yaml, "a: [1\nb: 2").0, Some(2));
}

#[test]
fn aliases_do_not_multiply() {
    let level = |level: usize, width: usize| {
        let alias = format!("*a{}", level - 1);
        format!("a{level}: &a{level} [{}]", vec![alias; width].join(", "))
    };
    let wide: Vec<String> = (1..20).map(|number| level(number, 8)).collect();
    let wide = format!("a0: &a0 [lol, lol]\n{}", wide.join("\n"));
    assert!(matches!(read(Format::Yaml, &wide), Err(FormatError::TooLarge { .. })));
    // One level is enough where what stands there is long.
    let long = format!("a: &a {}\nb: [{}]", "x".repeat(1 << 20), vec!["*a"; 300].join(", "));
    assert!(matches!(read(Format::Yaml, &long), Err(FormatError::TooLarge { .. })));
    let deep: Vec<String> = (1..200).map(|number| level(number, 1)).collect();
    let deep = format!("a0: &a0 [1]\n{}", deep.join("\n"));
    assert!(matches!(read(Format::Yaml, &deep), Err(FormatError::TooDeep { .. })));
}

#[test]
fn markdown_has_front_matter_tables_and_sections() {
    let text = "---\ntitle: Ships\ntags: [a]\n---\nBefore.\n\n# Fleet `x`\n\nOne *two*\nthree.\n\n- a\n- b\n  - c\n\n\
                | Name | Port |\n|---|---|\n| **Nordlys** | Bergen |\n| Fram |\n\n## Crew\n\n```\ncode\n```\n\n---\n\n# Empty";
    let sections = [
        json!({ "heading": "Fleet x", "level": 1, "content": "One two three.\na\nb\nc" }),
        json!({ "heading": "Crew", "level": 2, "content": "code" }),
        json!({ "heading": "Empty", "level": 1, "content": "" }),
    ];
    assert_eq!(
        read(MARKDOWN, text).unwrap(),
        json!({
            "frontMatter": { "title": "Ships", "tags": ["a"] },
            "tables": [[{ "Name": "Nordlys", "Port": "Bergen" }, { "Name": "Fram", "Port": "" }]],
            "sections": sections,
        })
    );
    let crew = read(Format::Markdown { prefix: Some("Cr") }, text).unwrap();
    assert_eq!(crew["sections"], json!([sections[1]]));
    assert_eq!(read(MARKDOWN, "").unwrap(), json!({ "frontMatter": {}, "tables": [], "sections": [] }));
}

#[test]
fn nesting_is_limited() {
    let levels = 100_000;
    let blocks: Vec<String> = (0..300).map(|level| format!("{}a:", " ".repeat(level))).collect();
    for (format, text) in [
        (Format::Xml, "<a>".repeat(levels)),
        (Format::Yaml, format!("{}1{}", "[".repeat(200), "]".repeat(200))),
        (Format::Yaml, blocks.join("\n")),
    ] {
        assert!(matches!(read(format, &text), Err(FormatError::TooDeep { limit: 128 })), "{format:?}");
    }
    assert!(read(Format::Yaml, &"[".repeat(levels)).is_err());
    assert!(read(Format::Yaml, &"- ".repeat(levels)).is_err());
    read(MARKDOWN, &">".repeat(levels)).unwrap();
    read(MARKDOWN, &"[".repeat(levels)).unwrap();
    assert!(read(Format::Json, &"[".repeat(levels)).is_err());
}

#[test]
fn wide_headers_do_not_multiply() {
    let header = (0..50_000).map(|column| format!("c{column}")).collect::<Vec<_>>().join(",");
    let rows = "x\n".repeat(50_000);
    assert_eq!(read(Format::Csv, &format!("{header}\n{rows}")).unwrap()[7], json!({ "c0": "x" }));
    let long = format!("{}\n{rows}", "n".repeat(1_000_000));
    assert!(matches!(read(Format::Csv, &long), Err(FormatError::TooLarge { .. })));
    let table = format!("|{}|\n|-|\n{}", "n".repeat(100_000), "|x|\n".repeat(5_000));
    assert!(matches!(read(MARKDOWN, &table), Err(FormatError::TooLarge { .. })));
}

/// Texts that look like something.
fn soup() -> impl Strategy<Value = String> {
    let part = prop::sample::select(vec![
        "<a>",
        "<table>",
        "<tr>",
        "<th>a",
        "<td>",
        "</table>",
        "<p>",
        "</a>",
        "<b x='1'",
        "/>",
        "&amp;",
        "&x;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "a: ",
        "- ",
        "\n",
        "  ",
        "&a ",
        "*a",
        "[",
        "]",
        "{",
        "}",
        ",",
        "\t",
        "|",
        "\"",
        "'",
        "# ",
        "---\n",
        "|---|\n",
        "`",
        "é",
        "\u{feff}",
        "1",
        "\r",
        "%",
        "? ",
        "!!str ",
    ]);
    prop::collection::vec(part, 0..30).prop_map(|parts| parts.concat())
}

fn leaf() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        ".*".prop_map(Value::from)
    ]
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in prop_oneof![soup(), any::<String>()]) {
        for format in [Format::Yaml, Format::Xml, Format::Csv, Format::Tsv, Format::Psv, Format::Html { selectors: &[] }, MARKDOWN] {
            if let Ok(value) = read(format, &text) {
                // What was read can be written and read again.
                let written = serde_json::to_string(&value).unwrap();
                prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
            }
        }
    }

    #[test]
    fn json_is_yaml(value in leaf().prop_recursive(3, 20, 4, |inner| prop_oneof![
        prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
        prop::collection::btree_map("[a-z]{1,3}", inner, 0..4).prop_map(|members| json!(members)),
    ])) {
        let text = value.to_string();
        // YAML allows fewer characters than JSON.
        prop_assume!(text.chars().all(|character| !character.is_control() && !matches!(character, '\u{feff}' | '\u{2028}' | '\u{2029}')));
        prop_assert_eq!(read(Format::Yaml, &text).unwrap(), value);
    }

    #[test]
    fn rows_come_back(rows in prop::collection::vec(prop::collection::vec("[a-z\",|\n ä]{1,5}", 3), 1..6)) {
        let quoted = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join("|");
        let text = format!("a|b|c\n{}", rows.iter().map(line).collect::<Vec<_>>().join("\n"));
        let expected: Vec<Value> = rows.iter().map(|row| json!({ "a": row[0], "b": row[1], "c": row[2] })).collect();
        prop_assert_eq!(read(Format::Psv, &text).unwrap(), Value::Array(expected));
    }
}
