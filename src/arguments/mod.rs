//! The inputs of an operation on their way from a caller to the wire.

mod convert;
mod error;
#[cfg(feature = "__server")]
mod given;
#[cfg(feature = "__server")]
mod texts;
mod typed;

pub use convert::{Argument, FromArgument, IntoArgument};
pub use error::ArgumentError;
pub use typed::TypedArgument;

#[cfg(feature = "__server")]
pub(crate) use convert::whole;
#[cfg(feature = "__server")]
pub(crate) use given::read_given;
#[cfg(feature = "mcp")]
pub(crate) use given::{NULL, misfit, whole_number};
#[cfg(feature = "__server")]
pub(crate) use texts::read_texts;

use serde::de::DeserializeOwned;

use crate::description::{Operation, Parameter};
use crate::types::{Direction, Typed, from_slice};

/// The inputs of one operation as a type. Implemented by generated code.
pub trait OperationInputs: Sized + Send + 'static {
    /// What the operation answers with. An empty answer is read as JSON `null`.
    type Answer: DeserializeOwned + Send + 'static;

    /// The operation.
    const OPERATION: &'static Operation;

    /// Takes the inputs out of untyped arguments.
    ///
    /// # Errors
    ///
    /// The first argument that is missing or has a value of the wrong type.
    fn read(arguments: &mut Arguments) -> Result<Self, ArgumentError>;

    /// Puts the inputs into untyped arguments.
    fn write(self, arguments: &mut Arguments);
}

/// Untyped values for the inputs of one operation, by index into [`Operation::inputs`].
#[derive(Clone, Debug)]
pub struct Arguments {
    parameters: &'static [Parameter],
    values: Vec<Option<Argument>>,
}

impl Arguments {
    /// No values yet for the inputs `parameters`.
    #[must_use]
    pub fn new(parameters: &'static [Parameter]) -> Self {
        Self { parameters, values: vec![None; parameters.len()] }
    }

    /// Takes a value that must be there.
    ///
    /// # Errors
    ///
    /// When there is none, or one of another type.
    pub fn required<T: FromArgument>(&mut self, index: usize) -> Result<T, ArgumentError> {
        self.optional(index)?.ok_or_else(|| self.missing(index))
    }

    fn missing(&self, index: usize) -> ArgumentError {
        match self.parameters.get(index) {
            Some(parameter) => ArgumentError::missing(parameter),
            None => ArgumentError::new("?", None, "does not exist"),
        }
    }

    /// Takes a value that may be absent.
    ///
    /// # Errors
    ///
    /// When there is one of another type.
    pub fn optional<T: FromArgument>(&mut self, index: usize) -> Result<Option<T>, ArgumentError> {
        match (self.take(index), self.parameters.get(index)) {
            (Some(value), Some(parameter)) => match T::from_argument(value) {
                Ok(value) => Ok(Some(value)),
                Err(found) => Err(ArgumentError::wrong_type(parameter, T::EXPECTED, &found.describe())),
            },
            _ => Ok(None),
        }
    }

    /// Takes a value with a schema that must be there.
    ///
    /// # Errors
    ///
    /// When there is none, or one of another type.
    pub fn required_typed<T: Typed + 'static>(&mut self, index: usize) -> Result<T, ArgumentError> {
        self.optional_typed(index)?.ok_or_else(|| self.missing(index))
    }

    /// Takes a value with a schema that may be absent.
    ///
    /// # Errors
    ///
    /// When there is one of another type.
    pub fn optional_typed<T: Typed + 'static>(&mut self, index: usize) -> Result<Option<T>, ArgumentError> {
        let json = match self.take(index) {
            None => return Ok(None),
            Some(Argument::Typed(value)) => match value.downcast() {
                Some(value) => return Ok(Some(value)),
                None => return Err(self.missing(index)),
            },
            Some(value) => value.into_json(),
        };
        let mut value = T::blank();
        match from_slice(json.as_str().as_bytes(), &mut value, Direction::Request) {
            Ok(()) => Ok(Some(value)),
            Err(error) => Err(match self.parameters.get(index) {
                Some(parameter) => ArgumentError::unreadable(parameter, &error),
                None => self.missing(index),
            }),
        }
    }

    /// Sets a value with a schema.
    pub fn put_typed<T: Typed + Clone + Send + Sync + 'static>(&mut self, index: usize, value: T) {
        self.set(index, Some(Argument::Typed(TypedArgument::new(value))));
    }

    /// Sets a value with a schema, if there is one.
    pub fn put_optional_typed<T: Typed + Clone + Send + Sync + 'static>(&mut self, index: usize, value: Option<T>) {
        self.set(index, value.map(|value| Argument::Typed(TypedArgument::new(value))));
    }

    /// Sets a value.
    pub fn put(&mut self, index: usize, value: impl IntoArgument) {
        self.set(index, Some(value.into_argument()));
    }

    /// Sets a value, if there is one.
    pub fn put_optional(&mut self, index: usize, value: Option<impl IntoArgument>) {
        self.set(index, value.map(IntoArgument::into_argument));
    }

    pub(crate) fn set(&mut self, index: usize, value: Option<Argument>) {
        if let Some(place) = self.values.get_mut(index) {
            *place = value;
        }
    }

    /// Takes a value as it is.
    pub(crate) fn take(&mut self, index: usize) -> Option<Argument> {
        self.values.get_mut(index).and_then(Option::take)
    }

    /// A value with a schema, without taking it.
    #[cfg(feature = "client")]
    pub(crate) fn typed(&self, index: usize) -> Option<&TypedArgument> {
        match self.get(index)? {
            Argument::Typed(value) => Some(value),
            _ => None,
        }
    }

    /// A value without taking it.
    #[cfg(feature = "client")]
    pub(crate) fn get(&self, index: usize) -> Option<&Argument> {
        self.values.get(index)?.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::Json;
    use crate::description::{Location, Type};

    static PARAMETERS: [Parameter; 2] = [
        Parameter {
            name: "id",
            location: Location::Path,
            r#type: Type::String,
            required: true,
            description: "",
            schema: None,
        },
        Parameter {
            name: "limit",
            location: Location::Query,
            r#type: Type::Integer,
            required: false,
            description: "",
            schema: None,
        },
    ];

    #[test]
    fn converts_between_the_types_of_a_surface_and_an_operation() {
        let mut arguments = Arguments::new(&PARAMETERS);
        arguments.put(0, 7_i64);
        arguments.put(1, "12".to_owned());
        assert_eq!(arguments.required::<String>(0).unwrap(), "7");
        assert_eq!(arguments.optional::<i64>(1).unwrap(), Some(12));
        assert_eq!(arguments.optional::<i64>(1).unwrap(), None, "a value is taken once");
        arguments.put(1, Json::from(json!([1, "a"])));
        assert_eq!(arguments.required::<Vec<Value>>(1).unwrap(), [json!(1), json!("a")]);
    }

    #[test]
    fn names_the_parameter_and_the_rule() {
        let mut arguments = Arguments::new(&PARAMETERS);
        assert_eq!(arguments.required::<String>(0).unwrap_err().to_string(), "`id` in the path is required");
        arguments.put(1, "many".to_owned());
        let error = arguments.optional::<i64>(1).unwrap_err();
        assert_eq!(error.to_string(), "`limit` in the query must be a whole number, not the text \"many\"");
        assert_eq!(error.parameter(), "limit");
    }
}
