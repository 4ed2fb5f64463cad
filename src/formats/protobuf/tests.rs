use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::formats::FormatError;

const fn field(number: u32, name: &'static str, kind: Kind, presence: Presence) -> Field {
    Field { number, name, kind, presence }
}

const NODE: Schema = Schema {
    messages: &[
        Message {
            shape: Shape::Object,
            fields: &[
                field(1, "next", Kind::Message(0), Presence::Explicit),
                field(2, "list", Kind::Message(0), Presence::Repeated),
                field(3, "numbers", Kind::Scalar(Scalar::Fixed32), Presence::Repeated),
                field(4, "group", Kind::Group(0), Presence::Explicit),
                field(5, "text", Kind::Scalar(Scalar::String), Presence::OneOf(0)),
                field(6, "count", Kind::Scalar(Scalar::Uint32), Presence::OneOf(0)),
                field(7, "map", Kind::Message(1), Presence::Map),
                field(8, "kind", Kind::Enum(&[(-1, "NONE"), (0, "ZERO"), (7, "SEVEN")]), Presence::Implicit),
                field(9, "moment", Kind::Message(2), Presence::Explicit),
            ],
        },
        Message {
            shape: Shape::Object,
            fields: &[
                field(1, "key", Kind::Scalar(Scalar::Sint32), Presence::Implicit),
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

fn message(bytes: &[u8]) -> Result<Value, FormatError> {
    read(bytes, &NODE)
}

/// The members that are not those of a message without any field.
fn told(bytes: &[u8]) -> Value {
    let Value::Object(mut members) = message(bytes).unwrap() else { panic!("an object") };
    let Value::Object(empty) = message(&[]).unwrap() else { panic!("an object") };
    members.retain(|name, value| empty.get(name) != Some(value));
    Value::Object(members)
}

#[test]
fn fields_are_found_however_they_are_sent() {
    assert_eq!(message(&[]).unwrap(), json!({ "list": [], "numbers": [], "map": {}, "kind": "ZERO" }));
    // Packed, and one by one; a field that the schema has not, and one of another kind, are passed over.
    assert_eq!(told(&[26, 4, 1, 0, 0, 0, 29, 2, 0, 0, 0]), json!({ "numbers": [1, 2] }));
    assert_eq!(told(&[0xfa, 1, 1, 9, 0x50, 1, 0x40, 7, 0x2a, 1, b'a']), json!({ "text": "a", "kind": "SEVEN" }));
    assert_eq!(told(&[0x28, 1]), json!({}));
    // Of a group of fields the last one is there.
    assert_eq!(told(&[0x2a, 1, b'a', 0x30, 5]), json!({ "count": 5 }));
    // The parts of a message are one.
    assert_eq!(told(&[10, 2, 0x40, 7, 10, 2, 0x30, 1])["next"]["count"], 1);
    assert_eq!(told(&[10, 2, 0x40, 7, 10, 2, 0x30, 1])["next"]["kind"], "SEVEN");
    // Numbers that an enumeration has no name for stay numbers, negative ones have ten bytes.
    assert_eq!(told(&[0x40, 9]), json!({ "kind": 9 }));
    let minus_one = [0x40, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1];
    assert_eq!(told(&minus_one), json!({ "kind": "NONE" }));
    // A group in a group, and a map whose entry has neither key nor value.
    assert_eq!(told(&[0x23, 0x23, 0x30, 3, 0x24, 0x24])["group"]["group"]["count"], 3);
    assert_eq!(told(&[0x3a, 2, 8, 1, 0x3a, 0])["map"]["-1"]["kind"], "ZERO");
    assert_eq!(told(&[0x3a, 0])["map"]["0"]["kind"], "ZERO");
}

#[test]
fn moments_are_those_of_the_calendar() {
    let moment = |seconds: i64, nanos: u8| {
        let mut content = vec![8];
        let mut rest = seconds.cast_unsigned();
        while rest > 0x7f {
            content.push(u8::try_from(rest & 0x7f).unwrap() | 0x80);
            rest >>= 7;
        }
        content.extend([u8::try_from(rest).unwrap(), 16, nanos]);
        let bytes = [vec![0x4a, u8::try_from(content.len()).unwrap()], content].concat();
        message(&bytes).map(|mut message| message["moment"].take())
    };
    assert_eq!(moment(0, 0).unwrap(), "1970-01-01T00:00:00Z");
    assert_eq!(moment(951_782_400, 1).unwrap(), "2000-02-29T00:00:00.000000001Z");
    assert_eq!(moment(-62_135_596_800, 0).unwrap(), "0001-01-01T00:00:00Z");
    assert_eq!(moment(253_402_300_799, 0).unwrap(), "9999-12-31T23:59:59Z");
    assert_eq!(moment(4_107_542_399, 0).unwrap(), "2100-02-28T23:59:59Z");
    assert!(moment(253_402_300_800, 0).is_err());
}

#[test]
fn what_is_no_message_is_refused() {
    for (bytes, message_of) in [
        (&[0x0a, 5, 1][..], "it ends in the middle of a field"),
        (&[0x0a, 0xff, 0xff, 0xff, 0xff, 0x7f], "it ends in the middle of a field"),
        (&[0xff; 11], "it has a number of more than 64 bits"),
        (&[0], "it has a field without a number"),
        (&[0x0e], "it has a field of no kind that exists"),
        (&[0x24], "it has a field of no kind that exists"),
        (&[0x23, 0x2b, 0x24, 0x2c], "a group of it ends in the middle of another"),
        (&[0x2a, 1, 0xff], "a text of it is not UTF-8"),
    ] {
        let refused = message(bytes).unwrap_err().to_string();
        assert_eq!(refused, format!("not a message of its schema: {message_of}"), "{bytes:?}");
    }
}

#[test]
fn small_messages_do_not_become_large_ones() {
    let nested = (0..200).fold(Vec::new(), |inner: Vec<u8>, _| {
        let length = inner.len();
        let prefix = [10, u8::try_from(length & 0x7f).unwrap() | 0x80, u8::try_from(length >> 7).unwrap()];
        [&prefix[..], &inner].concat()
    });
    assert_eq!(message(&nested), Err(FormatError::TooDeep { limit: 128 }));
    assert_eq!(message(&[0x23; 1000]), Err(FormatError::TooDeep { limit: 128 }));
    assert!(matches!(message(&[18, 0].repeat(1_000_000)), Err(FormatError::TooLarge { .. })));
    assert!(matches!(message(&[10, 0].repeat(4_500_000)), Err(FormatError::TooLarge { .. })));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(prop_oneof![0_u8..80, any::<u8>()], 0..300)) {
        if let Ok(value) = message(&bytes) {
            let written = serde_json::to_string(&value).unwrap();
            prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
        }
    }
}
