//! Answers of upstreams in all formats: read or refused, and what was read can be written and read again.

#![no_main]

use capsmith::formats::protobuf::{Field, Kind, Message, Presence, Scalar, Schema, Shape};
use capsmith::formats::selector::{Combinator, Position, Selector, Simple};
use capsmith::formats::{Format, to_json};
use libfuzzer_sys::fuzz_target;

const FORMATS: [Format; 11] = [
    Format::Yaml,
    Format::Xml,
    Format::Csv,
    Format::Tsv,
    Format::Psv,
    Format::Html { selectors: &[] },
    Format::Html { selectors: SELECTORS },
    Format::Markdown { prefix: None },
    Format::Avro { schema: AVRO },
    Format::Protobuf(&PROTOBUF),
    Format::Binary,
];

const SELECTORS: &[Selector] = &[Selector {
    first: &[Simple::Position(Position { step: 2, offset: 1, from_end: true, of_type: true })],
    rest: &[(Combinator::Descendant, &[Simple::Not(&[])]), (Combinator::LaterSibling, &[])],
}];

const AVRO: &str = r#"{"type":"record","name":"R","fields":[
    {"name":"a","type":["null","R",{"type":"array","items":"R"},{"type":"map","values":"string"},"bytes","double"]},
    {"name":"b","type":["long",{"type":"fixed","name":"F","size":3},"boolean",{"type":"array","items":"null"}]}]}"#;

const fn field(number: u32, name: &'static str, kind: Kind, presence: Presence) -> Field {
    Field { number, name, kind, presence }
}

const PROTOBUF: Schema = Schema {
    messages: &[
        Message {
            shape: Shape::Object,
            fields: &[
                field(1, "next", Kind::Message(0), Presence::Explicit),
                field(2, "list", Kind::Message(0), Presence::Repeated),
                field(3, "numbers", Kind::Scalar(Scalar::Sint64), Presence::Repeated),
                field(4, "group", Kind::Group(0), Presence::OneOf(0)),
                field(5, "text", Kind::Scalar(Scalar::String), Presence::OneOf(0)),
                field(6, "map", Kind::Message(1), Presence::Map),
                field(7, "moment", Kind::Message(2), Presence::Explicit),
            ],
        },
        Message {
            shape: Shape::Object,
            fields: &[
                field(1, "key", Kind::Scalar(Scalar::Bool), Presence::Implicit),
                field(2, "value", Kind::Message(0), Presence::Explicit),
            ],
        },
        Message {
            shape: Shape::Timestamp,
            fields: &[
                field(1, "seconds", Kind::Scalar(Scalar::Int64), Presence::Implicit),
                field(2, "nanos", Kind::Scalar(Scalar::Int32), Presence::Implicit),
            ],
        },
    ],
};

fuzz_target!(|bytes: &[u8]| {
    for format in FORMATS {
        if let Ok(value) = to_json(&format, bytes, None) {
            let written = serde_json::to_string(&value).expect("JSON is written");
            assert_eq!(serde_json::from_str::<serde_json::Value>(&written).expect("JSON is read"), value, "{format:?}");
        }
    }
});
