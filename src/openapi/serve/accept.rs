//! What generated inputs implement to be filled from a request.

use crate::openapi::{Inputs, Parts, Upload};
use crate::types::{Foreign, Typed, opaque_mut};

/// Inputs that a request fills. Numbers are those of [`Inputs`].
pub trait Accept: Inputs {
    /// Inputs to read into: what is optional is absent, whatever its default.
    fn blank() -> Self
    where
        Self: Sized;

    /// The place of the parameter that stands at `index` in
    /// [`Operation::parameters`](crate::openapi::Operation::parameters).
    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        let _ = index;
        opaque_mut()
    }

    /// The place of a parameter of a type that this crate does not know, for which [`field_mut`](Self::field_mut) gives
    /// [`opaque_mut`].
    fn foreign_mut(&mut self, index: usize) -> Option<&mut dyn Foreign> {
        let _ = index;
        None
    }

    /// The place of a body in the content that stands at `content` in
    /// [`Operation::bodies`](crate::openapi::Operation::bodies). A body that is optional becomes present, one of several
    /// forms becomes this form, with blank content.
    fn body_mut(&mut self, content: usize) -> Place<'_> {
        let _ = content;
        Place::Absent
    }
}

/// Where a body is read into.
pub enum Place<'a> {
    /// Nowhere: the operation has no such content.
    Absent,
    /// A value, written as the content's media type says.
    Typed(&'a mut dyn Typed),
    /// The same for a type that this crate does not know.
    Foreign(&'a mut dyn Foreign),
    /// Bytes, taken as they are.
    Upload(&'a mut Upload),
    /// A multipart body.
    Parts(&'a mut dyn AcceptParts),
}

/// A multipart body to read into.
pub trait AcceptParts: Parts {
    /// The place of the part with the name at `index` of [`Parts::names`].
    fn place(&mut self, index: usize) -> PartPlace<'_>;
}

/// Where a part is read into.
pub enum PartPlace<'a> {
    /// A value: an object from JSON, a list from several parts, anything else from text.
    Typed(&'a mut dyn Typed),
    /// The same for a type that this crate does not know.
    Foreign(&'a mut dyn Foreign),
    /// A file that must be there.
    Upload(&'a mut Upload),
    /// A file that may be missing.
    OptionalUpload(&'a mut Option<Upload>),
    /// Files of which there may be none.
    Uploads(&'a mut Vec<Upload>),
    /// The same, where none may also mean that nothing was said.
    OptionalUploads(&'a mut Option<Vec<Upload>>),
}
