use std::borrow::Cow;

use serde_json::Value;

use super::TypedArgument;
use crate::Json;

/// A value of an input, before or after it has a type.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// Text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A finite number.
    Number(f64),
    /// A truth value.
    Boolean(bool),
    /// An array.
    Array(Vec<Value>),
    /// A JSON document of any kind.
    Json(Json),
    /// A value of a generated type.
    Typed(TypedArgument),
}

impl Argument {
    /// The value of a JSON document, as the narrowest kind.
    #[cfg(feature = "client")]
    pub(crate) fn from_value(value: Value) -> Self {
        match value {
            Value::String(text) => Self::String(text),
            Value::Bool(truth) => Self::Boolean(truth),
            Value::Array(items) => Self::Array(items),
            Value::Number(ref number) => match (number.as_i64(), number.as_f64()) {
                (Some(integer), _) => Self::Integer(integer),
                (None, Some(number)) => Self::Number(number),
                (None, None) => Self::Json(value.into()),
            },
            value => Self::Json(value.into()),
        }
    }

    /// The value as text for a path, a query, a header or a cookie; of a structure, its JSON text.
    pub(crate) fn to_text(&self) -> Cow<'_, str> {
        match self {
            Self::String(text) => Cow::Borrowed(text),
            Self::Integer(integer) => Cow::Owned(integer.to_string()),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Boolean(true) => Cow::Borrowed("true"),
            Self::Boolean(false) => Cow::Borrowed("false"),
            Self::Array(items) => Cow::Owned(Value::Array(items.clone()).to_string()),
            Self::Json(json) if json.first() == b'"' => match json.deserialize() {
                Ok(text) => Cow::Owned(text),
                Err(_) => Cow::Borrowed(json.as_str()),
            },
            Self::Json(json) => Cow::Borrowed(json.as_str()),
            Self::Typed(value) => Cow::Owned(Self::Json(value.to_json()).to_text().into_owned()),
        }
    }

    /// The value as JSON.
    pub(crate) fn into_json(self) -> Json {
        match self {
            Self::String(text) => Value::String(text).into(),
            Self::Integer(integer) => Value::from(integer).into(),
            Self::Number(number) => Value::from(number).into(),
            Self::Boolean(truth) => Value::Bool(truth).into(),
            Self::Array(items) => Value::Array(items).into(),
            Self::Json(json) => json,
            Self::Typed(value) => value.to_json(),
        }
    }

    /// The value for a message: its kind, and itself where it is short.
    pub(crate) fn describe(&self) -> String {
        const LONGEST: usize = 40;
        let kind = match self {
            Self::String(_) => "the text",
            Self::Integer(_) | Self::Number(_) => "the number",
            Self::Boolean(_) => "the truth value",
            Self::Array(_) => return "an array".to_owned(),
            Self::Typed(value) => return Self::Json(value.to_json()).describe(),
            Self::Json(json) => match json.first() {
                b'{' => return "an object".to_owned(),
                b'[' => return "an array".to_owned(),
                _ => "the value",
            },
        };
        let text = self.clone().into_json();
        let mut shown: String = text.as_str().chars().take(LONGEST).collect();
        if shown.len() < text.as_str().len() {
            shown.push('…');
        }
        format!("{kind} {shown}")
    }
}

/// A Rust type that an input of an operation can have.
pub trait FromArgument: Sized {
    /// The type for messages: “a whole number”.
    const EXPECTED: &'static str;

    /// Converts a value. What comes from one surface as text may be a number in another.
    ///
    /// # Errors
    ///
    /// The value itself, when it does not fit.
    fn from_argument(argument: Argument) -> Result<Self, Argument>;
}

/// A Rust type that can be the value of an input.
pub trait IntoArgument {
    /// The value.
    fn into_argument(self) -> Argument;
}

impl FromArgument for String {
    const EXPECTED: &'static str = "text";

    fn from_argument(argument: Argument) -> Result<Self, Argument> {
        match argument {
            Argument::String(text) => Ok(text),
            argument => Ok(argument.to_text().into_owned()),
        }
    }
}

impl FromArgument for i64 {
    const EXPECTED: &'static str = "a whole number";

    fn from_argument(argument: Argument) -> Result<Self, Argument> {
        let integer = match &argument {
            Argument::Integer(integer) => Some(*integer),
            Argument::Number(number) => whole(*number),
            Argument::String(text) => text.parse().ok(),
            Argument::Json(json) => json.deserialize().ok().or_else(|| whole(json.deserialize().ok()?)),
            Argument::Typed(value) => return Self::from_argument(Argument::Json(value.to_json())),
            Argument::Boolean(_) | Argument::Array(_) => None,
        };
        integer.ok_or(argument)
    }
}

/// A number without a fraction, as an integer: JSON does not tell `7.0` from `7`.
pub(crate) fn whole(number: f64) -> Option<i64> {
    // Beyond this, doubles are not exact, and the conversion would invent digits.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    #[expect(clippy::cast_possible_truncation, reason = "checked to be whole and within the exact range")]
    (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)
}

impl FromArgument for f64 {
    const EXPECTED: &'static str = "a number";

    fn from_argument(argument: Argument) -> Result<Self, Argument> {
        let number = match &argument {
            #[expect(clippy::cast_precision_loss, reason = "a number of the capability format is a double")]
            Argument::Integer(integer) => Some(*integer as f64),
            Argument::Number(number) => Some(*number),
            Argument::String(text) => text.parse().ok(),
            Argument::Json(json) => json.deserialize().ok(),
            Argument::Typed(value) => return Self::from_argument(Argument::Json(value.to_json())),
            Argument::Boolean(_) | Argument::Array(_) => None,
        };
        number.filter(|number: &f64| number.is_finite()).ok_or(argument)
    }
}

impl FromArgument for bool {
    const EXPECTED: &'static str = "`true` or `false`";

    fn from_argument(argument: Argument) -> Result<Self, Argument> {
        let truth = match &argument {
            Argument::Boolean(truth) => Some(*truth),
            Argument::String(text) => text.parse().ok(),
            Argument::Json(json) => json.deserialize().ok(),
            Argument::Typed(value) => return Self::from_argument(Argument::Json(value.to_json())),
            Argument::Integer(_) | Argument::Number(_) | Argument::Array(_) => None,
        };
        truth.ok_or(argument)
    }
}

impl FromArgument for Vec<Value> {
    const EXPECTED: &'static str = "an array";

    fn from_argument(argument: Argument) -> Result<Self, Argument> {
        match argument {
            Argument::Array(items) => Ok(items),
            Argument::Json(json) => json.deserialize().map_err(|_| Argument::Json(json)),
            Argument::Typed(value) => Self::from_argument(Argument::Json(value.to_json())),
            argument => Err(argument),
        }
    }
}

impl FromArgument for Json {
    const EXPECTED: &'static str = "a JSON document";

    fn from_argument(argument: Argument) -> Result<Self, Argument> {
        Ok(argument.into_json())
    }
}

macro_rules! into_argument {
    ($($type:ty => $kind:ident),+ $(,)?) => {$(
        impl IntoArgument for $type {
            fn into_argument(self) -> Argument {
                Argument::$kind(self)
            }
        }
    )+};
}

into_argument! {
    String => String,
    i64 => Integer,
    f64 => Number,
    bool => Boolean,
    Vec<Value> => Array,
    Json => Json,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn whole_numbers_may_be_written_with_a_fraction_of_zero() {
        assert_eq!(i64::from_argument(Argument::Number(7.0)), Ok(7));
        assert!(i64::from_argument(Argument::Number(7.5)).is_err());
        assert!(i64::from_argument(Argument::Number(1e300)).is_err());
        assert_eq!(i64::from_argument(Argument::Json(Json::from(json!(3)))), Ok(3));
    }

    #[test]
    fn numbers_are_finite() {
        for text in ["NaN", "inf", "1e999"] {
            assert!(f64::from_argument(Argument::String(text.to_owned())).is_err(), "{text}");
        }
    }

    #[test]
    fn text_of_a_json_string_has_no_quotes() {
        assert_eq!(Argument::Json(Json::from(json!("a\"b"))).to_text(), "a\"b");
        assert_eq!(Argument::Json(Json::from(json!({"a": 1}))).to_text(), r#"{"a":1}"#);
        assert_eq!(Argument::Number(2.5).to_text(), "2.5");
    }

    #[test]
    fn long_values_are_cut_in_messages() {
        let shown = Argument::String("x".repeat(500)).describe();
        assert!(shown.len() < 80 && shown.ends_with('…'), "{shown}");
    }
}
