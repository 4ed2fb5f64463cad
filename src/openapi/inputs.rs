//! What generated inputs of operations implement.

use super::Upload;
use super::description::Operation;
use crate::types::{Foreign, Typed, opaque};

/// The inputs of one request, by number.
pub trait Inputs: Send + 'static {
    /// The value of the parameter that stands at `index` in [`Operation::parameters`].
    fn field(&self, index: usize) -> &dyn Typed {
        let _ = index;
        opaque()
    }

    /// A parameter of a type that this crate does not know, for which [`field`](Self::field) gives
    /// [`opaque`](crate::types::opaque).
    fn foreign(&self, index: usize) -> Option<&dyn Foreign> {
        let _ = index;
        None
    }

    /// The body. Uploads are taken out of it.
    fn body(&mut self) -> Payload<'_> {
        Payload::Absent
    }
}

/// The inputs of an operation, with what the operation gives back.
pub trait Operate: Inputs {
    /// What a successful call gives.
    type Answer: super::Answer;
    /// What the document says about failures; `()` where it says nothing.
    type Failure: super::Answer;
    /// The operation.
    const OPERATION: &'static Operation;
}

/// An operation whose answer is a page of a list.
pub trait Paginate: Operate {
    /// The type of the list's items.
    type Item: Send + 'static;

    /// The items of a page.
    fn items(answer: Self::Answer) -> Vec<Self::Item>;
}

/// A list in an answer, which may be absent or null.
pub trait IntoItems<T> {
    /// The list, empty where there is none.
    fn into_items(self) -> Vec<T>;
}

impl<T> IntoItems<T> for Vec<T> {
    fn into_items(self) -> Vec<T> {
        self
    }
}

impl<T, I: IntoItems<T>> IntoItems<T> for Option<I> {
    fn into_items(self) -> Vec<T> {
        self.map(IntoItems::into_items).unwrap_or_default()
    }
}

impl<T, I: IntoItems<T>> IntoItems<T> for Box<I> {
    fn into_items(self) -> Vec<T> {
        (*self).into_items()
    }
}

/// The body of a request. Numbers are positions in [`Operation::bodies`].
pub enum Payload<'a> {
    /// No body.
    Absent,
    /// A value, to be written as the content's media type says.
    Typed(usize, &'a dyn Typed),
    /// The same for a type that this crate does not know.
    Foreign(usize, &'a dyn Foreign),
    /// Bytes, sent as they are.
    Upload(usize, &'a mut Upload),
    /// A multipart body.
    Parts(usize, &'a mut dyn Parts),
}

/// A multipart body.
pub trait Parts {
    /// The names of the parts on the wire.
    fn names(&self) -> &'static [&'static str];

    /// The part with the name at `index`.
    fn part(&mut self, index: usize) -> PartValue<'_>;
}

/// The value of a part.
pub enum PartValue<'a> {
    /// No part.
    Absent,
    /// A value: an object as JSON, a list as a part for each item, anything else as text.
    Typed(&'a dyn Typed),
    /// The same for a type that this crate does not know.
    Foreign(&'a dyn Foreign),
    /// A file.
    Upload(&'a mut Upload),
    /// Several files.
    Uploads(&'a mut [Upload]),
}

impl<'a> PartValue<'a> {
    /// A file that may be missing.
    #[must_use]
    pub fn optional(upload: &'a mut Option<Upload>) -> Self {
        upload.as_mut().map_or(Self::Absent, Self::Upload)
    }

    /// Files that may be missing.
    #[must_use]
    pub fn uploads(uploads: &'a mut Option<Vec<Upload>>) -> Self {
        uploads.as_mut().map_or(Self::Absent, |uploads| Self::Uploads(uploads))
    }
}
