//! One of several schemas.

use std::borrow::Cow;
use std::fmt;
use std::fmt::Write as _;

use serde::de::{DeserializeSeed as _, Error, MapAccess, SeqAccess, Visitor};

use super::content::{Chain, Content, ContentVisitor, Key, Replay, collect};
use super::fit::{Fit, fit};
use super::object::{Field, Properties};
use super::{Context, loose};
use crate::types::model::{Model, Slot};
use crate::types::shape::{Shape, Union};

/// A place for one of several types.
///
/// A discriminator is looked for while the value arrives: what came before it is kept, what follows is read at once.
pub(super) struct Alternatives<'a> {
    pub(super) model: &'a mut dyn Model,
    pub(super) shape: &'static Union,
    pub(super) context: &'a Context,
}

impl<'de> Visitor<'de> for Alternatives<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.shape.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut properties: A) -> Result<(), A::Error> {
        let Self { model, shape, context } = self;
        let mut kept = Vec::new();
        if shape.discriminator.is_empty() {
            collect(&mut properties, &mut kept)?;
            return read(&Content::Object(kept), model, shape, context);
        }
        while let Some(key) = properties.next_key_seed(Key)? {
            let is_tag = key == shape.discriminator;
            let value: Content<'de> = properties.next_value()?;
            let variant = value.as_text().filter(|_| is_tag).map(|tag| choose(shape, tag)).transpose()?;
            kept.push((key, value));
            if let Some(index) = variant {
                return read_rest(model, index, kept, properties, shape, context);
            }
        }
        read(&Content::Object(kept), model, shape, context)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<(), A::Error> {
        let value = ContentVisitor.visit_seq(items)?;
        read(&value, self.model, self.shape, self.context)
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<(), E> {
        read(&Content::Text(Cow::Borrowed(text)), self.model, self.shape, self.context)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<(), E> {
        read(&Content::Text(Cow::Borrowed(text)), self.model, self.shape, self.context)
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        read(&Content::Null, self.model, self.shape, self.context)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<(), E> {
        read(&Content::Bool(value), self.model, self.shape, self.context)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<(), E> {
        read(&Content::Signed(value), self.model, self.shape, self.context)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<(), E> {
        read(&Content::Unsigned(value), self.model, self.shape, self.context)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<(), E> {
        read(&Content::Float(value), self.model, self.shape, self.context)
    }
}

/// Reads the variant `index` from the properties that were kept and those that follow.
fn read_rest<'de, A: MapAccess<'de>>(
    model: &mut dyn Model,
    index: usize,
    mut kept: Vec<(Cow<'de, str>, Content<'de>)>,
    mut rest: A,
    union: &'static Union,
    context: &Context,
) -> Result<(), A::Error> {
    if let Slot::Model(model) = model.field_mut(index).slot()
        && let Shape::Struct(shape) = model.shape()
    {
        let properties = Chain { kept: kept.into_iter(), value: None, rest };
        return Properties { model, shape, context }.visit_map(properties);
    }
    collect(&mut rest, &mut kept)?;
    read(&Content::Object(kept), model, union, context)
}

/// Reads the alternative that fits `value` best.
fn read<E: Error>(
    value: &Content<'_>,
    model: &mut dyn Model,
    shape: &'static Union,
    context: &Context,
) -> Result<(), E> {
    if let Some(tag) = value.text_of(shape.discriminator) {
        return read_variant(value, model, choose(shape, tag)?, context);
    }
    let mut fits = fits(value, model, shape);
    match *fits {
        [] if context.is_loose => {
            let others = loose::others(value);
            match others.iter().find(|other| !self::fits(other, model, shape).is_empty()) {
                Some(other) => read(other, model, shape, context),
                None => Err(E::custom(format_args!("no alternative of {} fits", shape.name))),
            }
        }
        [] => Err(E::custom(format_args!("no alternative of {} fits", shape.name))),
        [(_, index)] => read_variant(value, model, index, context),
        _ => {
            fits.sort_by(|(left, _), (right, _)| right.cmp(left));
            let size = value.size();
            let outermost = context.begin_trials(size);
            // What is wrong with one alternative is not wrong with the value.
            let collects = context.set_collects(false);
            let result = try_each(value, size, model, shape, &fits, context);
            context.set_collects(collects);
            if outermost {
                context.finish_trials();
            }
            result
        }
    }
}

/// The variants that a value may fit.
fn fits(value: &Content<'_>, model: &mut dyn Model, shape: &'static Union) -> Vec<(Fit, usize)> {
    (0..shape.variants.len()).filter_map(|index| Some((fit(value, model.field_mut(index).slot())?, index))).collect()
}

/// The variant that a value of the discriminator selects.
fn choose<E: Error>(shape: &Union, tag: &str) -> Result<usize, E> {
    let named = shape.variants.iter().position(|variant| variant.tags.contains(&tag));
    let chosen = named.or_else(|| shape.variants.iter().position(|variant| variant.tags.is_empty()));
    chosen.ok_or_else(|| unknown_tag(shape, tag))
}

fn unknown_tag<E: Error>(shape: &Union, tag: &str) -> E {
    let mut message = format!("`{tag}` as `{}` of {}; expected one of", shape.discriminator, shape.name);
    for (index, tag) in shape.variants.iter().flat_map(|variant| variant.tags).enumerate() {
        // Writing to a string does not fail.
        let _ = write!(message, "{} `{tag}`", if index == 0 { "" } else { "," });
    }
    E::custom(message)
}

fn read_variant<E: Error>(
    value: &Content<'_>,
    model: &mut dyn Model,
    index: usize,
    context: &Context,
) -> Result<(), E> {
    Field { model, index, context }.deserialize(Replay::new(value))
}

/// Reads the first of `candidates` that fits in depth. The error is that of the likeliest.
fn try_each<E: Error>(
    value: &Content<'_>,
    size: usize,
    model: &mut dyn Model,
    shape: &Union,
    candidates: &[(Fit, usize)],
    context: &Context,
) -> Result<(), E> {
    let mut first = None;
    for (_, index) in candidates {
        if !context.spend(size) {
            return Err(E::custom(format_args!("{} is too ambiguous to be read", shape.name)));
        }
        let noted = context.noted();
        let Err(error) = read_variant(value, model, *index, context) else { return Ok(()) };
        if first.is_none() {
            first = Some(error);
        } else {
            context.forget(noted);
        }
    }
    Err(first.unwrap_or_else(|| E::custom("no alternative")))
}
