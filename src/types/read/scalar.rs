//! Values without parts.

use std::fmt;

use serde::de::{Deserializer, Error, Unexpected, Visitor};

use super::{Context, read_slot};
use crate::types::Base64;
use crate::types::model::{Model, Optional};
use crate::types::shape::StringEnum;
use crate::types::string_enum;

pub(super) struct Text<'a>(pub(super) &'a mut String);

impl Visitor<'_> for Text<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    #[inline]
    #[expect(clippy::assigning_clones, reason = "the exact allocation is made sooner than one that may grow")]
    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        // The place is blank, so there is no allocation to be used again.
        *self.0 = text.to_owned();
        Ok(())
    }

    fn visit_string<E: Error>(self, text: String) -> Result<(), E> {
        *self.0 = text;
        Ok(())
    }
}

pub(super) struct Boolean<'a>(pub(super) &'a mut bool);

impl Visitor<'_> for Boolean<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a boolean")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        *self.0 = value;
        Ok(())
    }
}

/// An integer of the type `T`. `7.0` is one too, as JSON Schema has it.
pub(super) struct Integer<'a, T>(pub(super) &'a mut T);

impl<T: TryFrom<i64> + TryFrom<u64>> Visitor<'_> for Integer<'_, T> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bits = size_of::<T>() * 8;
        if T::try_from(-1_i64).is_ok() {
            write!(f, "an integer of {bits} bits")
        } else {
            write!(f, "a natural number of {bits} bits")
        }
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        *self.0 = T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Signed(value), &self))?;
        Ok(())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        *self.0 = T::try_from(value).map_err(|_| E::invalid_value(Unexpected::Unsigned(value), &self))?;
        Ok(())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        match exact(value) {
            Some(integer) => self.visit_i64(integer),
            None => Err(E::invalid_type(Unexpected::Float(value), &self)),
        }
    }
}

/// The integer that `value` is exactly.
#[expect(clippy::cast_possible_truncation, reason = "the range is checked before")]
pub(super) fn exact(value: f64) -> Option<i64> {
    const LIMIT: f64 = 9_223_372_036_854_775_808.0;
    // The least integer itself comes as one; as a float it may have been less before it was rounded.
    let fits = value.fract() == 0.0 && value.abs() < LIMIT;
    fits.then_some(value as i64)
}

macro_rules! numbers {
    ($($(#[$lints:meta])* $name:ident, $type:ty;)*) => { $(
        pub(super) struct $name<'a>(pub(super) &'a mut $type);

        $(#[$lints])*
        impl Visitor<'_> for $name<'_> {
            type Value = ();

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }

            fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
                *self.0 = value as $type;
                Ok(())
            }

            fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
                *self.0 = value as $type;
                Ok(())
            }

            fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
                *self.0 = value as $type;
                Ok(())
            }
        }
    )* };
}

// A number of the document becomes the nearest one of the type.
numbers! {
    #[expect(clippy::cast_precision_loss)]
    Double, f64;
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
    Single, f32;
}

pub(super) struct Encoded<'a>(pub(super) &'a mut Base64);

impl Visitor<'_> for Encoded<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("base64 text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        *self.0 = Base64::decode(text).map_err(|_| E::invalid_value(Unexpected::Str(text), &self))?;
        Ok(())
    }
}

/// A string out of a list.
pub(super) struct Listed<'a> {
    pub(super) model: &'a mut dyn Model,
    pub(super) shape: &'static StringEnum,
}

impl Visitor<'_> for Listed<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.shape.open {
            return f.write_str("a string");
        }
        f.write_str("one of")?;
        for (index, value) in self.shape.values.iter().enumerate() {
            write!(f, "{} `{value}`", if index == 0 { "" } else { "," })?;
        }
        Ok(())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        if string_enum::set(self.model, self.shape, text) {
            return Ok(());
        }
        Err(E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// A value or `null`.
pub(super) struct Nullable<'a> {
    pub(super) place: &'a mut dyn Optional,
    pub(super) context: &'a Context,
}

impl<'de> Visitor<'de> for Nullable<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.place.set_null();
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.visit_none()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        read_slot(&mut self.place.fill(), self.context, deserializer)
    }
}
