//! Types that the user put in the place of a schema: `uuid::Uuid`, `jiff::Timestamp`.

use std::any::Any;
use std::fmt;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A value of a type that implements serde's traits and that this crate does not know.
///
/// It passes through [`Value`], which keeps the reader and writer free of its type.
pub trait Foreign: fmt::Debug {
    /// Reads the value.
    ///
    /// # Errors
    ///
    /// What the type's `Deserialize` says.
    fn read(&mut self, value: &Value) -> Result<(), serde_json::Error>;

    /// Writes the value.
    ///
    /// # Errors
    ///
    /// What the type's `Serialize` says.
    fn write(&self) -> Result<Value, serde_json::Error>;

    /// Makes this a clone of `other`, when that has the same type.
    fn assign(&mut self, other: &dyn Any);

    /// The value behind the trait.
    fn as_any(&self) -> &dyn Any;
}

impl<T: Serialize + DeserializeOwned + Clone + fmt::Debug + 'static> Foreign for T {
    fn read(&mut self, value: &Value) -> Result<(), serde_json::Error> {
        *self = T::deserialize(value)?;
        Ok(())
    }

    fn write(&self) -> Result<Value, serde_json::Error> {
        serde_json::to_value(self)
    }

    fn assign(&mut self, other: &dyn Any) {
        if let Some(other) = other.downcast_ref::<T>() {
            self.clone_from(other);
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// What [`Model::foreign`](super::Model::foreign) gives of an `Option`: nothing where it is empty.
#[must_use]
pub fn present<T>(field: &Option<T>) -> Option<&dyn Foreign>
where
    Option<T>: Foreign,
{
    if field.is_some() { Some(field) } else { None }
}

/// What [`Model::foreign`](super::Model::foreign) gives of an `Option<Option>`, in which absent and null differ.
#[must_use]
pub fn told_apart<T: Foreign>(field: &Option<T>) -> Option<&dyn Foreign> {
    match field {
        Some(value) => Some(value),
        None => None,
    }
}

/// What [`Model::foreign_mut`](super::Model::foreign_mut) gives of it: a place in which null is a value.
#[must_use]
pub fn told_apart_mut<T>(field: &mut Option<Option<T>>) -> Option<&mut dyn Foreign>
where
    Option<T>: Foreign,
{
    Some(field.get_or_insert(None))
}
