use proptest::prelude::*;
use serde_json::json;

use super::*;

#[test]
fn blocks_of_both_kinds_are_read() {
    let list = r#"{"type":"array","items":"int"}"#;
    // Two elements; two more, with their length in bytes before them; the end.
    assert_eq!(read(&[4, 2, 4, 3, 4, 6, 8, 0], list).unwrap(), json!([1, 2, 3, 4]));
    let map = r#"{"type":"map","values":["null","boolean"]}"#;
    assert_eq!(read(&[4, 2, b'a', 2, 1, 2, b'b', 0, 0], map).unwrap(), json!({ "a": true, "b": null }));
    assert_eq!(read(&f64::NAN.to_le_bytes(), "\"double\"").unwrap(), json!("NaN"));
    assert_eq!(read(&f32::NEG_INFINITY.to_le_bytes(), "\"float\"").unwrap(), json!("-Infinity"));
}

#[test]
fn what_does_not_fit_the_schema_is_refused() {
    let refused = |bytes: &[u8], schema: &str| read(bytes, schema).unwrap_err().to_string();
    let cases: [(&[u8], &str, &str); 9] = [
        (&[2, 2], "\"int\"", "there is something behind its end"),
        (&[0x80, 0x80, 0x80, 0x80, 0x20], "\"int\"", "a number of it has more than 32 bits"),
        (&[0xff; 11], "\"long\"", "a number of it has more than 64 bits"),
        (&[3], "\"string\"", "a length of it is negative"),
        (&[2, 0xe5], "\"string\"", "a text of it is not UTF-8"),
        (&[2], "\"boolean\"", "a truth value of it is neither true nor false"),
        (&[4], r#"["null","int"]"#, "a union of it has no such type"),
        (&[1], r#"{"type":"enum","name":"E","symbols":["A"]}"#, "a symbol of it does not exist"),
        (&[0], r#"{"type":"fixed","name":"F","size":4000000000}"#, "it ends in the middle of a value"),
    ];
    for (bytes, schema, message) in cases {
        assert_eq!(refused(bytes, schema), format!("not Avro of its schema: {message}"));
    }
}

#[test]
fn lengths_that_lie_and_types_in_themselves_are_refused() {
    let nulls = r#"{"type":"array","items":"null"}"#;
    let many = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01];
    assert!(matches!(read(&many, nulls), Err(FormatError::TooLarge { .. })));
    assert!(matches!(read(&[0xfe, 0xff, 0xff, 0xff, 0x0f], "\"bytes\""), Err(FormatError::Malformed { .. })));
    let itself = r#"{"type":"record","name":"R","fields":[{"name":"r","type":"R"}]}"#;
    assert_eq!(read(&[], itself), Err(FormatError::TooDeep { limit: 128 }));
    let list = r#"{"type":"record","name":"R","fields":[{"name":"r","type":["null","R"]}]}"#;
    assert_eq!(read(&[2; 100_000], list), Err(FormatError::TooDeep { limit: 128 }));
    // Each type holds the next one twice, so that no bytes at all stand for 2^60 nulls.
    let doubled = (0..60).fold("\"null\"".to_owned(), |inner, number| {
        let second = if number == 0 { "\"null\"".to_owned() } else { format!("\"R{}\"", number - 1) };
        format!(
            r#"{{"type":"record","name":"R{number}","fields":[{{"name":"a","type":{inner}}},{{"name":"b","type":{second}}}]}}"#
        )
    });
    assert!(read(&[], &doubled).is_err());
}

/// A container file with these header entries and one block.
fn container(codec: &str, count: u8, block: &[u8]) -> Vec<u8> {
    let entry = |name: &str, value: &str| {
        let length = |text: &str| u8::try_from(text.len() * 2).unwrap();
        [&[length(name)], name.as_bytes(), &[length(value)], value.as_bytes()].concat()
    };
    let mark = [7_u8; 16];
    let head = [&b"Obj\x01\x04"[..], &entry("avro.schema", "\"int\""), &entry("avro.codec", codec), &[0], &mark];
    let mut length = Vec::new();
    let mut rest = block.len() * 2;
    while rest > 0x7f {
        length.push(u8::try_from(rest & 0x7f).unwrap() | 0x80);
        rest >>= 7;
    }
    length.push(u8::try_from(rest).unwrap());
    [head.concat(), vec![count], length, block.to_vec(), mark.to_vec()].concat()
}

#[test]
fn container_files_bring_their_schema() {
    assert_eq!(read(&container("null", 4, &[2, 4]), "\"string\"").unwrap(), json!([1, 2]));
    let refused = |file: &[u8]| read(file, "\"int\"").unwrap_err().to_string();
    assert!(refused(&container("snappy", 4, &[2, 4])).ends_with("it is compressed by `snappy`, which is not read"));
    assert!(refused(&container("null", 2, &[2, 4])).ends_with("there is something behind the data of a block"));
    assert!(refused(&container("deflate", 2, &[0xff])).ends_with("a block of it cannot be decompressed"));
    assert!(refused(b"Obj\x01\0").ends_with("it is a file without a schema"));
    let mut torn = container("null", 4, &[2, 4]);
    *torn.last_mut().unwrap() = 8;
    assert!(refused(&torn).ends_with("a block of it does not end with the mark of the file"));
}

#[test]
fn small_blocks_do_not_become_large_ones() {
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![0; 1_000_000], 6);
    assert_eq!(container::inflate(&bomb, 1_000_000).unwrap().len(), 1_000_000);
    let refused = container::inflate(&bomb, 999_999);
    assert!(matches!(refused, Err(FormatError::TooLarge { .. })), "{refused:?}");
}

const SCHEMA: &str = r#"{"type":"record","name":"R","fields":[
    {"name":"a","type":["null","R",{"type":"array","items":"R"},{"type":"map","values":"string"},"bytes","double"]},
    {"name":"b","type":["long",{"type":"fixed","name":"F","size":3},"boolean"]}]}"#;

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(prop_oneof![0_u8..8, any::<u8>()], 0..200)) {
        for file in [bytes.clone(), [MAGIC, &bytes].concat(), container("null", 4, &bytes)] {
            if let Ok(value) = read(&file, SCHEMA) {
                let written = serde_json::to_string(&value).unwrap();
                prop_assert!(serde_json::from_str::<Value>(&written).is_ok());
            }
        }
    }
}
