//! The traits that lead from a value to its parts.

use serde_json::Value;

use super::{Base64, Foreign, Shape};

/// A generated type: a struct, a string enum, a union or a tuple.
///
/// Everything that can be done with such a type (reading, writing, cloning, comparing, printing, validating) is a
/// function of this crate over `dyn Model`, compiled once.
pub trait Model {
    /// The wire form.
    fn shape(&self) -> &'static Shape;

    /// A value to read into: what the schema says for absent fields, and otherwise nothing.
    fn blank() -> Self
    where
        Self: Sized;

    /// A struct's or tuple's field. An enum or union becomes the variant `index`, with blank content, and gives that.
    /// An index that does not exist means the last field or variant.
    fn field_mut(&mut self, index: usize) -> &mut dyn Typed;

    /// A struct's or tuple's field; the content of an enum's or union's present variant, whatever the index.
    fn field(&self, index: usize) -> &dyn Typed;

    /// The present variant of an enum or union.
    fn selected(&self) -> usize {
        0
    }

    /// A field of a type that this crate does not know, for which [`field_mut`](Self::field_mut) gives
    /// [`opaque_mut`](super::opaque_mut).
    fn foreign_mut(&mut self, index: usize) -> Option<&mut dyn Foreign> {
        let _ = index;
        None
    }

    /// As [`foreign_mut`](Self::foreign_mut), to read from; `None` also where such a field is absent.
    fn foreign(&self, index: usize) -> Option<&dyn Foreign> {
        let _ = index;
        None
    }

    /// The model itself, or what a box holds.
    fn model_mut(&mut self) -> &mut dyn Model
    where
        Self: Sized,
    {
        self
    }

    /// As [`model_mut`](Self::model_mut), to read from.
    fn model(&self) -> &dyn Model
    where
        Self: Sized,
    {
        self
    }
}

/// What is boxed is reached through [`Model::model`], so of these functions only that one and
/// [`blank`](Model::blank) are ever compiled.
impl<T: Model> Model for Box<T> {
    fn shape(&self) -> &'static Shape {
        (**self).shape()
    }

    fn blank() -> Self {
        Self::new(T::blank())
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        (**self).field_mut(index)
    }

    fn field(&self, index: usize) -> &dyn Typed {
        (**self).field(index)
    }

    fn selected(&self) -> usize {
        (**self).selected()
    }

    fn foreign_mut(&mut self, index: usize) -> Option<&mut dyn Foreign> {
        (**self).foreign_mut(index)
    }

    fn foreign(&self, index: usize) -> Option<&dyn Foreign> {
        (**self).foreign(index)
    }

    fn model_mut(&mut self) -> &mut dyn Model {
        (**self).model_mut()
    }

    fn model(&self) -> &dyn Model {
        (**self).model()
    }
}

/// A type that a field can have.
pub trait Typed {
    /// A value to read into.
    fn blank() -> Self
    where
        Self: Sized;

    /// What an explicit `null` means, where it is a value of the type.
    #[must_use]
    fn null() -> Option<Self>
    where
        Self: Sized,
    {
        None
    }

    /// The place, by its kind.
    fn slot(&mut self) -> Slot<'_>;

    /// The value, by its kind.
    fn view(&self) -> View<'_>;
}

/// A place to read into.
pub enum Slot<'a> {
    /// `true` or `false`.
    Bool(&'a mut bool),
    /// An integer of 32 bits.
    I32(&'a mut i32),
    /// An integer of 64 bits.
    I64(&'a mut i64),
    /// A natural number of 32 bits.
    U32(&'a mut u32),
    /// A natural number of 64 bits.
    U64(&'a mut u64),
    /// A number of single precision.
    F32(&'a mut f32),
    /// A number of double precision.
    F64(&'a mut f64),
    /// Text.
    String(&'a mut String),
    /// Bytes, base64 on the wire.
    Base64(&'a mut Base64),
    /// Any JSON.
    Any(&'a mut Value),
    /// A generated type.
    Model(&'a mut dyn Model),
    /// An array.
    List(&'a mut dyn List),
    /// An object with free keys.
    Map(&'a mut dyn Entries),
    /// A value that may be missing.
    Optional(&'a mut dyn Optional),
    /// Reached by [`Model::foreign_mut`] instead; in an enum, a variant without content.
    Opaque,
}

/// A value to write from.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// `true` or `false`.
    Bool(bool),
    /// An integer of 32 bits.
    I32(i32),
    /// An integer of 64 bits.
    I64(i64),
    /// A natural number of 32 bits.
    U32(u32),
    /// A natural number of 64 bits.
    U64(u64),
    /// A number of single precision.
    F32(f32),
    /// A number of double precision.
    F64(f64),
    /// Text.
    String(&'a str),
    /// Bytes, base64 on the wire.
    Base64(&'a Base64),
    /// Any JSON.
    Any(&'a Value),
    /// A generated type.
    Model(&'a dyn Model),
    /// An array.
    List(&'a dyn List),
    /// An object with free keys.
    Map(&'a dyn Entries),
    /// A value that may be missing.
    Optional(&'a dyn Optional),
    /// Reached by [`Model::foreign`] instead; in an enum, a variant without content.
    Opaque,
}

/// An array.
#[expect(clippy::len_without_is_empty, reason = "each function costs every type of items")]
pub trait List {
    /// The number of items.
    fn len(&self) -> usize;
    /// The item at `index`.
    fn get(&self, index: usize) -> Option<View<'_>>;
    /// Appends a blank item.
    fn push(&mut self) -> Slot<'_>;
}

/// An object with free keys.
#[expect(clippy::len_without_is_empty, reason = "each function costs every type of values")]
pub trait Entries {
    /// The number of entries.
    fn len(&self) -> usize;
    /// The entry at `index`, in the order of insertion.
    fn get(&self, index: usize) -> Option<(&str, View<'_>)>;
    /// The value of `key`, where there is one.
    fn find(&self, key: &str) -> Option<View<'_>>;
    /// Puts a blank value at `key`, in place of an earlier one.
    fn insert(&mut self, key: String) -> Slot<'_>;
}

/// A value that may be missing.
pub trait Optional {
    /// The value, where there is one.
    fn get(&self) -> Option<View<'_>>;
    /// Makes it present and blank.
    fn fill(&mut self) -> Slot<'_>;
    /// Makes it what an explicit `null` means.
    fn set_null(&mut self);
}
