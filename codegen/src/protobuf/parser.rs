//! From the words of a `.proto` file to what it defines (the grammars of proto2 and proto3).
//!
//! Services, extensions and options say nothing about the content of an answer, and are passed over.

use std::ops::Range;

use super::cursor::Cursor;
use super::model::{Enum, Field, Label, Message, Named, Proto, Type};
use super::scanner::{self, TokenKind};
use crate::fault::Fault;
use crate::ir::protobuf::Scalar;

/// How deep messages stand in others.
const MAX_DEPTH: usize = 32;

const SCALARS: &[(&str, Scalar)] = &[
    ("double", Scalar::Double),
    ("float", Scalar::Float),
    ("int32", Scalar::Int32),
    ("int64", Scalar::Int64),
    ("uint32", Scalar::Uint32),
    ("uint64", Scalar::Uint64),
    ("sint32", Scalar::Sint32),
    ("sint64", Scalar::Sint64),
    ("fixed32", Scalar::Fixed32),
    ("fixed64", Scalar::Fixed64),
    ("sfixed32", Scalar::Sfixed32),
    ("sfixed64", Scalar::Sfixed64),
    ("bool", Scalar::Bool),
    ("string", Scalar::String),
    ("bytes", Scalar::Bytes),
];

/// Reads a file.
pub(super) fn parse(text: &str) -> Result<Proto, Fault> {
    let mut parser = Parser { words: Cursor::new(scanner::scan(text)?), depth: 0, proto: Proto::default() };
    parser.file()?;
    Ok(parser.proto)
}

struct Parser {
    words: Cursor,
    depth: usize,
    proto: Proto,
}

impl Parser {
    fn file(&mut self) -> Result<(), Fault> {
        self.syntax()?;
        loop {
            let range = self.words.range();
            match self.words.next() {
                TokenKind::End => return Ok(()),
                TokenKind::Mark(';') => {}
                TokenKind::Name(word) => match word.as_str() {
                    "package" => {
                        self.proto.package = self.words.name("the package")?.text;
                        self.words.mark(';')?;
                    }
                    "import" => self.import()?,
                    "message" => self.message("")?,
                    "enum" => self.enumeration("")?,
                    "option" | "service" | "extend" => self.pass_over(&range)?,
                    word => return Err(Fault::new(range, format!("`{word}` begins no definition"))),
                },
                _ => return Err(Fault::new(range, "a definition is expected")),
            }
        }
    }

    fn syntax(&mut self) -> Result<(), Fault> {
        if self.words.eat_word("edition") {
            let range = self.words.range();
            return Err(Fault::new(range, "editions are not read: only proto2 and proto3 are"));
        }
        if self.words.eat_word("syntax") {
            self.words.mark('=')?;
            let Named { text, range } = self.words.text("`proto2` or `proto3`")?;
            self.proto.is_proto3 = match text.as_str() {
                "proto2" => false,
                "proto3" => true,
                other => return Err(Fault::new(range, format!("there is no syntax `{other}`"))),
            };
            self.words.mark(';')?;
        }
        Ok(())
    }

    fn import(&mut self) -> Result<(), Fault> {
        if !self.words.eat_word("public") {
            self.words.eat_word("weak");
        }
        let import = self.words.text("the path of a file")?;
        self.proto.imports.push(import);
        self.words.mark(';')
    }

    /// A message in the message `outer`, from its name on.
    fn message(&mut self, outer: &str) -> Result<(), Fault> {
        let name = self.words.name("the name of a message")?;
        let name = self.full_name(outer, &name.text);
        self.body(name)
    }

    /// The fields of a message, in braces.
    fn body(&mut self, name: String) -> Result<(), Fault> {
        let open = self.words.range();
        self.words.mark('{')?;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(Fault::new(open, format!("messages are nested more than {MAX_DEPTH} deep")));
        }
        let index = self.proto.messages.len();
        self.proto.messages.push(Message { name: name.clone(), fields: Vec::new() });
        let mut one_ofs = 0;
        loop {
            let range = self.words.range();
            if self.words.eat('}') {
                self.depth -= 1;
                return Ok(());
            }
            if self.words.eat(';') {
                continue;
            }
            let TokenKind::Name(word) = self.words.peek().clone() else {
                let is_end = self.words.peek() == &TokenKind::End;
                return Err(if is_end { Fault::new(open, "the message has no end") } else { no_field(range) });
            };
            match word.as_str() {
                "message" => {
                    self.words.next();
                    self.message(&name)?;
                }
                "enum" => {
                    self.words.next();
                    self.enumeration(&name)?;
                }
                "oneof" => {
                    self.words.next();
                    self.one_of(index, &name, one_ofs)?;
                    one_ofs += 1;
                }
                "option" | "extensions" | "reserved" | "extend" => self.pass_over(&range)?,
                _ => self.field(index, &name, None)?,
            }
        }
    }

    fn one_of(&mut self, message: usize, outer: &str, number: usize) -> Result<(), Fault> {
        self.words.name("the name of the fields")?;
        let open = self.words.range();
        self.words.mark('{')?;
        loop {
            let range = self.words.range();
            if self.words.eat('}') {
                return Ok(());
            }
            if self.words.eat(';') {
                continue;
            }
            match self.words.peek() {
                TokenKind::Name(word) if word == "option" => self.pass_over(&range)?,
                TokenKind::Name(_) => self.field(message, outer, Some(Label::OneOf(number)))?,
                TokenKind::End => return Err(Fault::new(open, "the fields have no end")),
                _ => return Err(no_field(range)),
            }
        }
    }

    fn field(&mut self, message: usize, outer: &str, around: Option<Label>) -> Result<(), Fault> {
        let written = if self.words.eat_word("repeated") {
            Some(Label::Repeated)
        } else if self.words.eat_word("optional") || self.words.eat_word("required") {
            Some(Label::Optional)
        } else {
            None
        };
        let mut label = around.or(written).unwrap_or(Label::None);
        if self.words.eat_word("group") {
            return self.group(message, outer, label);
        }
        let mut r#type = self.r#type()?;
        let mut entry = None;
        if matches!(&r#type, Type::Named(named) if named.text == "map") && self.words.peek() == &TokenKind::Mark('<') {
            label = Label::Map;
            entry = Some(self.entry()?);
        }
        let name = self.words.name("the name of a field")?;
        if let Some(fields) = entry {
            // No other message can have a name with these signs.
            let full = format!("{outer}.<{}>", name.text);
            self.proto.messages.push(Message { name: full.clone(), fields });
            r#type = Type::Group(full);
        }
        self.words.mark('=')?;
        let number = self.words.field_number()?;
        let json_name = self.options()?;
        self.words.mark(';')?;
        self.proto.messages[message].fields.push(Field { name, number, r#type, label, json_name });
        Ok(())
    }

    /// A message that is defined with its field, whose name is that of the message in lower case.
    fn group(&mut self, message: usize, outer: &str, label: Label) -> Result<(), Fault> {
        let name = self.words.name("the name of a group")?;
        self.words.mark('=')?;
        let number = self.words.field_number()?;
        let json_name = self.options()?;
        let full = self.full_name(outer, &name.text);
        let name = Named { text: name.text.to_lowercase(), ..name };
        let r#type = Type::Group(full.clone());
        self.proto.messages[message].fields.push(Field { name, number, r#type, label, json_name });
        self.body(full)
    }

    /// `<K, V>` of a map: the fields of the message that it stands for.
    fn entry(&mut self) -> Result<Vec<Field>, Fault> {
        self.words.mark('<')?;
        let range = self.words.range();
        let key = self.r#type()?;
        let is_key = |scalar| !matches!(scalar, Scalar::Double | Scalar::Float | Scalar::Bytes);
        if !matches!(key, Type::Scalar(scalar) if is_key(scalar)) {
            return Err(Fault::new(range, "the keys of a map are whole numbers, truth values or texts"));
        }
        self.words.mark(',')?;
        let value = self.r#type()?;
        self.words.mark('>')?;
        let field = |name: &str, number, r#type| Field {
            name: Named { text: name.to_owned(), range: range.clone() },
            number,
            r#type,
            label: Label::None,
            json_name: None,
        };
        Ok(vec![field("key", 1, key), field("value", 2, value)])
    }

    fn r#type(&mut self) -> Result<Type, Fault> {
        let name = self.words.name("a type")?;
        let scalar = SCALARS.iter().find(|(scalar, _)| *scalar == name.text);
        Ok(scalar.map_or(Type::Named(name), |(_, scalar)| Type::Scalar(*scalar)))
    }

    fn enumeration(&mut self, outer: &str) -> Result<(), Fault> {
        let name = self.words.name("the name of an enumeration")?;
        let name = self.full_name(outer, &name.text);
        let open = self.words.range();
        self.words.mark('{')?;
        let mut values = Vec::new();
        loop {
            let range = self.words.range();
            match self.words.next() {
                TokenKind::Mark('}') => break,
                TokenKind::Mark(';') => {}
                TokenKind::Name(word) if matches!(word.as_str(), "option" | "reserved") => {
                    if self.words.peek() == &TokenKind::Mark('=') {
                        self.value(word, &mut values)?;
                    } else {
                        self.pass_over(&range)?;
                    }
                }
                TokenKind::Name(word) => self.value(word, &mut values)?,
                TokenKind::End => return Err(Fault::new(open, "the enumeration has no end")),
                _ => return Err(Fault::new(range, "the name of a value is expected")),
            }
        }
        if values.is_empty() {
            return Err(Fault::new(open, "the enumeration has no values"));
        }
        self.proto.enums.push(Enum { name, values });
        Ok(())
    }

    fn value(&mut self, name: String, values: &mut Vec<(i32, String)>) -> Result<(), Fault> {
        self.words.mark('=')?;
        let range = self.words.range();
        let is_negative = self.words.eat('-');
        let number = self.words.number()?;
        let number = if is_negative { -number } else { number };
        let number = i32::try_from(number).map_err(|_| Fault::new(range, "the number has more than 32 bits"))?;
        self.options()?;
        self.words.mark(';')?;
        values.push((number, name));
        Ok(())
    }

    /// `[…]` behind a field: the name in JSON.
    fn options(&mut self) -> Result<Option<String>, Fault> {
        let open = self.words.range();
        if !self.words.eat('[') {
            return Ok(None);
        }
        let mut json_name = None;
        let mut depth = 1;
        while depth > 0 {
            match self.words.next() {
                TokenKind::Mark('[' | '{') => depth += 1,
                TokenKind::Mark(']' | '}') => depth -= 1,
                TokenKind::Name(name) if name == "json_name" && depth == 1 && self.words.eat('=') => {
                    json_name = Some(self.words.text("a name")?.text);
                }
                TokenKind::End => return Err(Fault::new(open, "the options have no end")),
                _ => {}
            }
        }
        Ok(json_name)
    }

    /// Goes on behind a statement: its semicolon, or the block that it ends with.
    fn pass_over(&mut self, begin: &Range<usize>) -> Result<(), Fault> {
        let mut depth = 0_usize;
        loop {
            match self.words.next() {
                TokenKind::Mark(';') if depth == 0 => return Ok(()),
                TokenKind::Mark('{') => depth += 1,
                TokenKind::Mark('}') => {
                    depth = depth.saturating_sub(1);
                    // An option's value has a semicolon behind it.
                    if depth == 0 && self.words.peek() != &TokenKind::Mark(';') {
                        return Ok(());
                    }
                }
                TokenKind::End => return Err(Fault::new(begin.clone(), "the statement has no end")),
                _ => {}
            }
        }
    }

    fn full_name(&self, outer: &str, name: &str) -> String {
        let around = if outer.is_empty() { &self.proto.package } else { outer };
        if around.is_empty() { name.to_owned() } else { format!("{around}.{name}") }
    }
}

fn no_field(range: Range<usize>) -> Fault {
    Fault::new(range, "a field is expected")
}
