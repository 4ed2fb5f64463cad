use super::*;
use crate::arena::Arena;
use crate::diagnostic::Sink;
use crate::imports::Files;
use crate::ir::protobuf::{Kind, Presence, Scalar, Shape};
use crate::openapi::{LoadError, Loader};
use crate::source::Source;

struct Folder<'t>(&'t [(&'t str, &'t str)]);

impl Loader for Folder<'_> {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        let file = self.0.iter().find(|(known, _)| *known == path);
        file.map(|(_, text)| (*text).to_owned()).ok_or(LoadError::NotFound)
    }
}

/// The messages of `specs/a.proto`, or the file, place and text of what is wrong.
fn messages(files: &[(&str, &str)], wanted: Option<&str>) -> Result<Schema, (String, String, String)> {
    let compiled = Source::new("specs/a.yaml", "");
    let (sources, trees, sink, folder) = (Arena::default(), Arena::default(), Sink::default(), Folder(files));
    let files = Files::new(&compiled, Some(&folder), &sources, &trees, &sink);
    let told = |file: &Source, fault: &Fault| {
        let part = file.text[fault.range.clone()].to_owned();
        (file.name.clone(), part, fault.message.clone())
    };
    let protos = Protos::load("specs/a.proto", &files).map_err(|problem| match problem {
        Problem::Missing(reason) => (String::new(), String::new(), reason),
        Problem::Fault(file, fault) => told(file.source, &fault),
    })?;
    schema(&protos, wanted).map_err(|(index, fault)| told(protos.file(index).unwrap().source, &fault))
}

fn parsed(text: &str) -> Schema {
    messages(&[("specs/a.proto", text)], None).unwrap_or_else(|fault| panic!("{fault:?}"))
}

#[test]
fn names_lead_from_the_inside_to_the_outside() {
    let schema = parsed(
        "syntax = 'proto3'; package a.b;
         message Outer { Inner one = 1; a.b.Inner two = 2; .a.b.Outer.Inner three = 3; message Inner { Kind k = 1; } }
         message Inner { enum Kind { A = 0; } Kind kind = 1; }
         enum Kind { B = 0; C = -0x10; }",
    );
    let kinds: Vec<&Kind> = schema.messages[0].fields.iter().map(|field| &field.kind).collect();
    assert_eq!(kinds, [&Kind::Message(1), &Kind::Message(2), &Kind::Message(1)]);
    assert_eq!(schema.messages[1].fields[0].kind, Kind::Enum(vec![(-16, "C".to_owned()), (0, "B".to_owned())]));
    assert_eq!(schema.messages[2].fields[0].kind, Kind::Enum(vec![(0, "A".to_owned())]));
}

#[test]
fn fields_of_both_languages_are_read() {
    let schema = parsed(
        "/* proto2 */ message M {
           required string a_name = 2; optional int32 b = 1 [default = -7, (my.option) = { x: [1, 2] }];
           repeated group Part = 3 { optional bytes c = 1; }
           oneof d { bool e = 4; double f = 5; }
           extensions 100 to max; reserved 50; option (x).y = { z: 1 };
           map<string, M> g = 6 [json_name = \"G g\"];
         } extend M { optional int32 other = 100; }",
    );
    let fields: Vec<_> = schema.messages[0].fields.iter().map(|field| (field.name.as_str(), field.presence)).collect();
    assert_eq!(
        fields,
        [
            ("b", Presence::Explicit),
            ("aName", Presence::Explicit),
            ("part", Presence::Repeated),
            ("e", Presence::OneOf(0)),
            ("f", Presence::OneOf(0)),
            ("G g", Presence::Map),
        ]
    );
    assert_eq!(schema.messages[0].fields[2].kind, Kind::Group(1));
    assert_eq!(schema.messages[0].fields[5].kind, Kind::Message(2));
    assert_eq!(schema.messages[2].fields[0].presence, Presence::Implicit);
    let proto3 = parsed("syntax = \"proto3\"; message M { int32 a = 1; optional int32 b = 2; M c = 3; }");
    let presences: Vec<_> = proto3.messages[0].fields.iter().map(|field| field.presence).collect();
    assert_eq!(presences, [Presence::Implicit, Presence::Explicit, Presence::Explicit]);
}

#[test]
fn files_are_imported_and_well_known_types_are_there() {
    let a = "syntax = 'proto3'; import 'parts/b.proto'; import public 'google/protobuf/any.proto';
             message M { parts.B b = 1; google.protobuf.Timestamp t = 2; google.protobuf.Any any = 3; }";
    let b = "syntax = 'proto3'; package parts; import 'parts/c.proto'; message B { C c = 1; }";
    let c = "package parts; import 'a.proto'; message C { optional string c = 1; }";
    let files = [("specs/a.proto", a), ("specs/parts/b.proto", b), ("specs/parts/c.proto", c)];
    let schema = messages(&files, None).unwrap();
    let shapes: Vec<Shape> = schema.messages.iter().map(|message| message.shape).collect();
    assert_eq!(shapes, [Shape::Object, Shape::Object, Shape::Timestamp, Shape::Object, Shape::Object]);
    assert_eq!(schema.messages[3].fields[0].name, "@type");
    assert_eq!(schema.messages[4].fields[0].kind, Kind::Scalar(Scalar::String));
    let (file, part, message) = messages(&files[..2], None).unwrap_err();
    assert_eq!((file.as_str(), part.as_str()), ("specs/parts/b.proto", "'parts/c.proto'"));
    assert!(message.starts_with("`parts/c.proto` cannot be imported"), "{message}");
}

#[test]
fn a_message_is_chosen_by_its_name() {
    let files = [("specs/a.proto", "package p; message A { map<string, string> m = 1; } message B { message C {} }")];
    let fields = |wanted| messages(&files, wanted).map(|schema| schema.messages[0].fields.len());
    assert_eq!(fields(None), Ok(1));
    assert_eq!(fields(Some("A")), Ok(1));
    assert_eq!(fields(Some("p.B")), Ok(0));
    assert_eq!(fields(Some("B.C")), Ok(0));
    let (_, part, message) = fields(Some("D")).unwrap_err();
    assert_eq!((part.as_str(), message.as_str()), ("", "the file defines no message `D`"));
}

#[test]
fn mistakes_are_found_where_they_are() {
    for (text, part, message) in [
        ("mesage M {}", "mesage", "`mesage` begins no definition"),
        ("edition = \"2023\";", "=", "editions are not read: only proto2 and proto3 are"),
        ("syntax = \"proto4\";", "\"proto4\"", "there is no syntax `proto4`"),
        ("message M {", "{", "the message has no end"),
        ("message M { strin a = 1; }", "strin", "there is no type `strin`"),
        ("message M { string a = 0; }", "0", "the numbers of fields go from 1 to 536870911"),
        ("message M { string a = 1; string b = 1; }", "b", "the number 1 is given twice"),
        ("message M { string a_b = 1; string aB = 2; }", "aB", "two fields are called `aB` in JSON"),
        ("message M { string a 1; }", "1", "`=` is expected"),
        (
            "message M { map<double, string> a = 1; }",
            "double",
            "the keys of a map are whole numbers, truth values or texts",
        ),
        ("message M {} enum E {}", "{", "the enumeration has no values"),
        ("/* open", "/*", "the comment has no end"),
        ("import \"a", "\"", "the text has no closing quotation mark"),
        ("enum E { A = 0; }", "", "the file defines no message"),
    ] {
        let (_, found, said) = messages(&[("specs/a.proto", text)], None).expect_err(text);
        assert_eq!((found.as_str(), said.as_str()), (part, message), "{text}");
    }
    let deep = "message M { ".repeat(100_000);
    assert_eq!(messages(&[("specs/a.proto", &deep)], None).unwrap_err().2, "messages are nested more than 32 deep");
}
