//! Documents that somebody made to do harm, or that broke on the way: no panic, no stack overflow, and a precise error.

mod documents;

use std::fmt::Write as _;

use capsmith_codegen::diagnostic::Style;
use capsmith_codegen::ir::types::Kind;
use documents::{list, read, schemas};

#[test]
fn nothing_is_too_deep() {
    let cut = |text: String| {
        let analysis = read(&text);
        assert!(analysis.api.is_none());
        let codes: Vec<&str> = analysis.files[0].diagnostics.iter().map(|found| found.code.as_str()).collect();
        assert!(codes == ["CAP0007"] || codes == ["CAP0002"], "{codes:?}");
    };
    for levels in [1_000, 100_000] {
        cut("[".repeat(levels));
        cut(r#"{"a":"#.repeat(levels));
        cut(format!("{}{}", "[".repeat(levels), "]".repeat(levels)));
        cut(schemas(&format!(r#""A":{}{{}}{}"#, r#"{"items":"#.repeat(levels), "}".repeat(levels))));
        cut("- ".repeat(levels));
        let mut indented = String::new();
        for level in 0..levels.min(2_000) {
            writeln!(indented, "{}a:", " ".repeat(level)).unwrap();
        }
        cut(indented);
    }
}

#[test]
fn aliases_do_not_multiply() {
    let mut text = "openapi: 3.1.0\nx-a: &a0 [x]\n".to_owned();
    for level in 1..60 {
        writeln!(text, "x-{level}: &a{level} [{}]", list(10, |_| format!("*a{}", level - 1))).unwrap();
    }
    let analysis = read(&text);
    assert_eq!(analysis.files[0].diagnostics[0].code.as_str(), "CAP0008");
}

const SAMPLE: &str = r##"{"openapi":"3.1.0","info":{"title":"\u00e9","version":"1"},"paths":{"/a/{b}":{"get":{"operationId":"a","parameters":[{"name":"b","in":"path","required":true,"schema":{"type":"string","default":"\ud83d\ude00"}}],"responses":{"200":{"description":"d","content":{"application/json":{"schema":{"type":["array","null"],"items":{"$ref":"#/components/schemas/A"},"maxItems":1.5e3}}}}}}}},"components":{"schemas":{"A":{"oneOf":[{"const":null},{"enum":[true,-0.5,"x"]}]}}}}"##;

const SAMPLE_YAML: &str = "openapi: 3.1.0\n# comment\ninfo: {title: 'It''s', version: \"1\\u00e9\"}\npaths:\n  /a/{b}: &item\n    get:\n      description: |\n        Several\n        lines\n      parameters:\n        - {name: b, in: path, required: true, schema: {type: string}}\n  /c/{b}: *item\ncomponents:\n  schemas:\n    ? A\n    : !!map {<<: {type: string}, enum: [ä, 0x1F, .5, ~]}\n";

#[test]
fn documents_cut_anywhere_say_where() {
    for sample in [SAMPLE, SAMPLE_YAML] {
        assert!(read(sample).api.is_some(), "{sample}");
        for end in (0..sample.len()).filter(|end| sample.is_char_boundary(*end)) {
            let text = &sample[..end];
            let analysis = read(text);
            for diagnostic in &analysis.files[0].diagnostics {
                assert!(diagnostic.span.range().end <= text.len(), "{text}");
                let _ = diagnostic.render(&analysis.files[0].source, Style::Plain);
            }
            assert!(sample == SAMPLE_YAML || analysis.api.is_none(), "{text}");
            assert!(!analysis.files[0].diagnostics.is_empty() || analysis.api.is_some(), "{text}");
        }
    }
}

#[test]
fn single_characters_do_no_harm() {
    for character in [
        '\0',
        '\u{7f}',
        '\u{feff}',
        '\u{202e}',
        '\u{2028}',
        '\u{10ffff}',
        '"',
        '\\',
        '{',
        ']',
        ',',
        ':',
        '&',
        '*',
        '\t',
        '\r',
        '9',
    ] {
        for sample in [SAMPLE, SAMPLE_YAML] {
            for at in (0..sample.len()).filter(|at| sample.is_char_boundary(*at)) {
                let text = format!("{}{character}{}", &sample[..at], &sample[at..]);
                let _ = read(&text);
            }
        }
    }
}

#[test]
fn names_of_any_characters_are_names() {
    let odd = [
        "\\u0000",
        "\\u202e",
        "\\ud83d\\ude00",
        "'",
        "`",
        "r#type",
        "  ",
        "\\n",
        "//",
        "~1",
        "{}",
        "__",
        "1",
        "é",
        "\u{301}",
        "\u{200d}",
    ];
    let properties = list(odd.len(), |index| format!(r#""{}":{{"enum":["{}"]}}"#, odd[index], odd[index]));
    let analysis = read(&schemas(&format!(r#""A":{{"properties":{{{properties}}}}}"#)));
    let api = analysis.api.unwrap_or_else(|| panic!("{:?}", analysis.files[0].diagnostics));
    let is_name = |name: &str| assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{name:?}");
    for (_, found) in api.types.iter() {
        found.name.iter().for_each(|name| is_name(name.name.as_str()));
        match &found.kind {
            Kind::Struct(found) => {
                assert_eq!(found.fields.len(), odd.len());
                found.fields.iter().for_each(|field| is_name(field.name.as_str()));
            }
            Kind::Enum(found) => {
                found.variants.iter().for_each(|variant| is_name(variant.name.as_str()));
            }
            _ => {}
        }
    }
}

#[test]
fn numbers_out_of_range_are_kept() {
    let text = schemas(
        r#""A":{"type":"number","minimum":-1e999999,"maximum":1e999999,"multipleOf":0,"minLength":1e99,"maxItems":-1,"pattern":"(((","enum":[1e999999,0.1e-999999,123456789012345678901234567890]}"#,
    );
    let analysis = read(&text);
    assert!(analysis.api.is_some(), "{:?}", analysis.files[0].diagnostics);
}
