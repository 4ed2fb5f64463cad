use super::Accept;
use crate::openapi::Upload;
use crate::types::Typed;

/// What can be read into: a value of the right type in which nothing has been read.
pub trait Blank {
    /// The value.
    fn blank() -> Self;
}

impl<T: Typed> Blank for T {
    fn blank() -> Self {
        T::blank()
    }
}

impl Blank for Upload {
    fn blank() -> Self {
        Self::default()
    }
}

impl Blank for Vec<Upload> {
    fn blank() -> Self {
        Self::new()
    }
}

/// Inputs to read into, whatever their type.
#[must_use]
pub fn blank_inputs<O: Accept>() -> Option<Box<dyn Accept>> {
    Some(Box::new(O::blank()))
}
