//! Inputs that are given as JSON values.

use serde_json::Value;

use super::accept::{Accept, AcceptParts, PartPlace, Place};
use super::incoming::{Faults, REQUIRED, unfit};
use crate::openapi::error::InputPlace;
use crate::openapi::{Api, Operation, Payload, Upload};
use crate::types::{Base64, Direction, Foreign, Typed, View, from_value};

/// One JSON value for each input, as the arguments of a tool.
#[derive(Default)]
pub(crate) struct JsonArguments {
    /// The values of [`Operation::parameters`], in their order. Those that are not given may be missing at the end.
    pub(crate) parameters: Vec<Option<Value>>,
    /// The body, with the position of its content in [`Operation::bodies`]. Files are base64 text.
    pub(crate) body: Option<(usize, Value)>,
}

pub(super) fn fill(
    api: &'static Api,
    operation: &'static Operation,
    mut given: JsonArguments,
    inputs: &mut dyn Accept,
    faults: &mut Faults,
) {
    for (index, parameter) in operation.parameters.iter().enumerate() {
        let Some(parameter) = api.parameters.get(usize::from(*parameter)) else { continue };
        let place = InputPlace::Parameter { name: parameter.name, location: parameter.location };
        let value = given.parameters.get_mut(index).and_then(Option::take);
        match value {
            Some(value) => parameter_value(inputs, index, &value, place, faults),
            None if parameter.required => faults.at(place, String::new(), REQUIRED),
            None => {}
        }
    }
    match given.body {
        Some((content, value)) => body(inputs.body_mut(content), &value, faults),
        None if !matches!(inputs.body(), Payload::Absent) => faults.at(InputPlace::Body, String::new(), REQUIRED),
        None => {}
    }
}

fn parameter_value(inputs: &mut dyn Accept, index: usize, value: &Value, place: InputPlace, faults: &mut Faults) {
    match inputs.field(index).view() {
        View::Opaque => {
            if let Some(foreign_place) = inputs.foreign_mut(index) {
                foreign(foreign_place, value, place, String::new(), faults);
            }
        }
        _ => typed(inputs.field_mut(index), value, place, "", faults),
    }
}

fn body(target: Place<'_>, value: &Value, faults: &mut Faults) {
    match target {
        Place::Absent => faults.at(InputPlace::Body, String::new(), "is not taken"),
        Place::Typed(target) => typed(target, value, InputPlace::Body, "", faults),
        Place::Foreign(target) => foreign(target, value, InputPlace::Body, String::new(), faults),
        Place::Upload(target) => match upload(value) {
            Some(file) => *target = file,
            None => faults.at(InputPlace::Body, String::new(), NOT_A_FILE),
        },
        Place::Parts(target) => parts(target, value, faults),
    }
}

const NOT_A_FILE: &str = "must be base64 text";

fn typed(target: &mut dyn Typed, value: &Value, place: InputPlace, prefix: &str, faults: &mut Faults) {
    if let Err(error) = from_value(value, target, Direction::Request) {
        faults.all(target, value, &error, place, prefix);
    }
}

fn foreign(target: &mut dyn Foreign, value: &Value, place: InputPlace, pointer: String, faults: &mut Faults) {
    if let Err(error) = target.read(value) {
        faults.at(place, pointer, unfit(&error));
    }
}

fn upload(value: &Value) -> Option<Upload> {
    Some(Upload::new(Base64::decode(value.as_str()?).ok()?.0))
}

fn parts(target: &mut dyn AcceptParts, value: &Value, faults: &mut Faults) {
    let Some(properties) = value.as_object() else {
        return faults.at(InputPlace::Body, String::new(), "must be a JSON object");
    };
    let names = target.names();
    for (index, name) in names.iter().enumerate() {
        let pointer = pointer(name);
        match (properties.get(*name), target.place(index)) {
            (Some(value), PartPlace::Typed(target)) => typed(target, value, InputPlace::Body, &pointer, faults),
            (Some(value), PartPlace::Foreign(target)) => foreign(target, value, InputPlace::Body, pointer, faults),
            (Some(value), PartPlace::Upload(target)) => file(upload(value), pointer, faults, |file| *target = file),
            (Some(value), PartPlace::OptionalUpload(target)) => {
                file(upload(value), pointer, faults, |file| *target = Some(file));
            }
            (Some(value), PartPlace::Uploads(target)) => file(uploads(value), pointer, faults, |files| *target = files),
            (Some(value), PartPlace::OptionalUploads(target)) => {
                file(uploads(value), pointer, faults, |files| *target = Some(files));
            }
            (None, PartPlace::Upload(_)) => faults.at(InputPlace::Body, pointer, REQUIRED),
            (None, PartPlace::Typed(target)) if !matches!(target.view(), View::Optional(_)) => {
                faults.at(InputPlace::Body, pointer, REQUIRED);
            }
            (None, _) => {}
        }
    }
}

fn uploads(value: &Value) -> Option<Vec<Upload>> {
    value.as_array()?.iter().map(upload).collect()
}

fn file<T>(file: Option<T>, pointer: String, faults: &mut Faults, set: impl FnOnce(T)) {
    match file {
        Some(file) => set(file),
        None => faults.at(InputPlace::Body, pointer, NOT_A_FILE),
    }
}

fn pointer(name: &str) -> String {
    format!("/{}", crate::types::validate::escaped(name))
}
