//! Texts of a request as a format of serde: the inverse of what [`style`](crate::openapi::style) writes.
//!
//! A text does not tell what it is: `1,2` is a text, a list of numbers, or keys and values in turns. The type that is
//! read decides, by what it asks the deserializer for.

mod coding;
mod members;
mod pairs;

pub(super) use coding::Coding;
pub(super) use members::Members;
pub(super) use pairs::{Owned, Pair, Tree, pairs};

use std::borrow::Cow;

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Visitor};
use serde_json::{Error, Value};

/// The texts of an input.
#[derive(Debug)]
pub(super) struct Texts<'a> {
    form: Form<'a>,
    coding: Coding,
    /// Whether `null` stands for a missing item.
    has_null: bool,
}

#[derive(Debug)]
enum Form<'a> {
    /// One text. Without members a list or an object is JSON.
    One(&'a str, Option<Members>),
    /// One text, which is JSON.
    Json(&'a str),
    /// The pairs of an input, among those of others.
    Pairs(Owned<'a>),
    /// Pairs by themselves, and how the members of a value among them are told apart.
    Named(Vec<Pair<'a>>, Option<Members>),
    /// The values of one name.
    Values(Vec<&'a str>),
    Tree(Tree<'a>),
    /// The properties of a form.
    Object(Vec<(Cow<'a, str>, Texts<'a>)>),
}

impl<'a> Texts<'a> {
    pub(super) fn one(raw: &'a str, members: Option<Members>, coding: Coding) -> Self {
        Self { form: Form::One(raw, members), coding, has_null: false }
    }

    pub(super) fn json(raw: &'a str, coding: Coding) -> Self {
        Self { form: Form::Json(raw), coding, has_null: false }
    }

    pub(super) fn pairs(owned: Owned<'a>, coding: Coding) -> Self {
        Self { form: Form::Pairs(owned), coding, has_null: false }
    }

    pub(super) fn named(pairs: impl Iterator<Item = Pair<'a>>, members: Option<Members>, coding: Coding) -> Self {
        Self { form: Form::Named(pairs.collect(), members), coding, has_null: false }
    }

    pub(super) fn values(values: Vec<&'a str>, coding: Coding) -> Self {
        Self { form: Form::Values(values), coding, has_null: false }
    }

    pub(super) fn tree(tree: Tree<'a>, coding: Coding) -> Self {
        Self { form: Form::Tree(tree), coding, has_null: false }
    }

    pub(super) fn object(properties: Vec<(Cow<'a, str>, Texts<'a>)>) -> Self {
        Self { form: Form::Object(properties), coding: Coding::Plain, has_null: false }
    }

    fn item(raw: &'a str, coding: Coding) -> Self {
        Self { form: Form::One(raw, None), coding, has_null: true }
    }

    fn text(&self) -> Result<Cow<'a, str>, Error> {
        let raw = match &self.form {
            Form::One(raw, _) | Form::Json(raw) => raw,
            Form::Pairs(owned) => owned.only()?,
            Form::Values(values) => pairs::only(values.iter().copied())?,
            Form::Named(pairs, _) => pairs::only(pairs.iter().map(|pair| pair.value))?,
            Form::Tree(tree) if tree.children.is_empty() => pairs::only(tree.values.iter().copied())?,
            Form::Tree(_) | Form::Object(_) => return Err(Error::custom("must be one value, not an object or a list")),
        };
        self.coding.decode(raw)
    }

    /// The JSON value that the text is.
    fn value(&self) -> Result<Value, Error> {
        serde_json::from_str(&self.text()?)
    }

    fn is_json(&self) -> bool {
        matches!(self.form, Form::Json(_))
    }

    /// The items, if the texts are a list that is not JSON.
    fn items(self) -> Result<Vec<Texts<'a>>, Value> {
        let coding = self.coding;
        match self.form {
            Form::One(raw, Some(members)) => Ok(members.items(raw, coding)),
            Form::Pairs(owned) => Ok(owned.iter().map(|pair| Texts::item(pair.value, coding)).collect()),
            Form::Values(values) => Ok(values.into_iter().map(|value| Texts::item(value, coding)).collect()),
            Form::Named(pairs, _) => Ok(pairs.into_iter().map(|pair| Texts::item(pair.value, coding)).collect()),
            Form::Tree(tree) => Ok(tree.items(coding)),
            Form::Object(properties) => Ok(properties.into_iter().map(|(_, value)| value).collect()),
            Form::One(_, None) | Form::Json(_) => Err(self.value().unwrap_or_else(|_| self.plain())),
        }
    }

    /// The text as a JSON string, for what is not JSON.
    fn plain(&self) -> Value {
        self.text().map(Cow::into_owned).unwrap_or_default().into()
    }

    /// The properties, if the texts are an object that is not JSON.
    fn properties(self) -> Result<Vec<(Cow<'a, str>, Texts<'a>)>, Unlike> {
        let coding = self.coding;
        match self.form {
            Form::One(raw, Some(members)) => members.properties(raw, coding).map_err(Unlike::Error),
            Form::Pairs(owned) => Ok(owned.properties(coding)),
            Form::Named(pairs, members) => {
                let pairs = pairs.into_iter().map(|pair| (pair.name, pair.value));
                Ok(pairs::properties(pairs, members, coding))
            }
            Form::Tree(tree) => Ok(tree.properties(coding)),
            Form::Object(properties) => Ok(properties),
            Form::One(_, None) | Form::Json(_) | Form::Values(_) => {
                Err(Unlike::Json(self.value().unwrap_or_else(|_| self.plain())))
            }
        }
    }
}

/// What is no object of texts.
enum Unlike {
    Json(Value),
    Error(Error),
}

/// The number or truth value that a text is, if it is written as JSON writes it: then nothing is lost should it have to
/// be a text after all.
fn literal(text: &str) -> Option<Value> {
    let value: Value = match text.as_bytes().first()? {
        b'-' | b'0'..=b'9' | b't' | b'f' => serde_json::from_str(text).ok()?,
        _ => return None,
    };
    let written = value.to_string();
    (written == text).then_some(value)
}

/// A number that is not an integer as Rust reads it; other spellings, such as `inf`, are none.
fn float(text: &str) -> Option<f64> {
    let is_number = text.strip_prefix('-').unwrap_or(text).starts_with(|first: char| first.is_ascii_digit());
    text.parse().ok().filter(|number: &f64| is_number && number.is_finite())
}

macro_rules! integers {
    ($($function:ident)*) => { $(
        fn $function<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            if self.is_json() {
                return self.value()?.$function(visitor);
            }
            let text = self.text()?;
            if let Ok(number) = text.parse() {
                visitor.visit_i64(number)
            } else if let Ok(number) = text.parse() {
                visitor.visit_u64(number)
            } else if let Some(number) = float(&text) {
                visitor.visit_f64(number)
            } else {
                visitor.visit_str(&text)
            }
        }
    )* };
}

macro_rules! floats {
    ($($function:ident)*) => { $(
        fn $function<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            if self.is_json() {
                return self.value()?.$function(visitor);
            }
            let text = self.text()?;
            match float(&text) {
                Some(number) => visitor.visit_f64(number),
                None => visitor.visit_str(&text),
            }
        }
    )* };
}

/// Where a text is not what the type asks for, the type is given the text, so that it says what it wanted.
impl<'de> Deserializer<'de> for Texts<'_> {
    type Error = Error;

    integers! { deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_u8 deserialize_u16
    deserialize_u32 deserialize_u64 }
    floats! { deserialize_f32 deserialize_f64 }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.form {
            Form::Json(_) => self.value()?.deserialize_any(visitor),
            Form::Object(_) => self.deserialize_map(visitor),
            Form::Values(values) if values.len() != 1 => self.deserialize_seq(visitor),
            Form::Pairs(owned) if owned.iter().nth(1).is_some() => self.deserialize_seq(visitor),
            Form::Named(pairs, _) if pairs.len() != 1 => self.deserialize_map(visitor),
            Form::Tree(tree) if !tree.children.is_empty() && !tree.is_list() => self.deserialize_map(visitor),
            Form::Tree(tree) if !tree.children.is_empty() || tree.values.len() > 1 => self.deserialize_seq(visitor),
            _ => {
                let text = self.text()?;
                match literal(&text) {
                    Some(value) => value.deserialize_any(visitor),
                    None => visitor.visit_str(&text),
                }
            }
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_json() {
            return self.value()?.deserialize_bool(visitor);
        }
        match &*self.text()? {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            text => visitor.visit_str(text),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.is_json() {
            return self.value()?.deserialize_str(visitor);
        }
        match self.text()? {
            Cow::Borrowed(text) => visitor.visit_str(text),
            Cow::Owned(text) => visitor.visit_string(text),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let is_null = match &self.form {
            Form::Json(_) => self.value()?.is_null(),
            _ => self.has_null && self.text()? == "null",
        };
        if is_null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.items() {
            Ok(items) => visitor.visit_seq(SeqDeserializer::new(items.into_iter())),
            Err(value) => value.deserialize_seq(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.properties() {
            Ok(properties) => visitor.visit_map(MapDeserializer::new(properties.into_iter())),
            Err(Unlike::Json(value)) => value.deserialize_map(visitor),
            Err(Unlike::Error(error)) => Err(error),
        }
    }

    serde::forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct newtype_struct tuple tuple_struct struct enum identifier
        ignored_any
    }
}

impl IntoDeserializer<'_, Error> for Texts<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}
