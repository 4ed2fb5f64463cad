//! The body of a request.

use super::Deriver;
use crate::diagnostic::{Code, Diagnostic};
use crate::ir::{Location, Method, Type};
use crate::naftiko::{ConsumedInput, Place, Text};

impl<'a> Deriver<'_, 'a> {
    /// Makes an input of the body: what is declared, or an optional one where the method has one.
    pub(super) fn body(&mut self) {
        let method = self.declarations.method;
        let declared = self.declared.clone();
        let mut bodies = declared.iter().filter(|input| input.place.value == Place::Request(Location::Body));
        if let Some(body) = bodies.next() {
            self.declared_body(body);
            for other in bodies {
                self.report_body_field(other);
            }
            return;
        }
        let takes_a_body = matches!(method, Method::Post | Method::Put | Method::Patch);
        if takes_a_body && !self.declarations.is_broken && self.declarations.body.is_none_or(|body| !body.has_content) {
            let name = self.declarations.name;
            if !self.surroundings.is_joined {
                self.surroundings.sink.report(derived_body(name));
            }
            let index = self.input("body", Location::Body, None, name.span);
            self.derived.inputs[index].parameter.r#type = Type::Any;
            self.derived.inputs[index].parameter.required = false;
            self.derived.places[index].is_derived_body = true;
        }
    }

    fn declared_body(&mut self, body: &ConsumedInput<'a>) {
        if body.name.value != "body" {
            self.report_body_field(body);
            return;
        }
        if let Some(value) = body.value {
            let message = "a request body with a value is not supported yet";
            self.surroundings.sink.report(Diagnostic::new(Code::UnsupportedRequestBody, value.span, message));
        }
        if matches!(self.declarations.method, Method::Get | Method::Head) {
            let message = format!(
                "the operation `{}` sends a body with a request that should have none",
                self.declarations.name.value
            );
            self.surroundings.sink.report(Diagnostic::new(Code::BodyOfSafeMethod, body.name.span, message));
        }
        let index = self.input("body", Location::Body, Some(body), body.name.span);
        self.derived.inputs[index].parameter.r#type = body.r#type.unwrap_or(Type::Object);
    }

    fn report_body_field(&self, input: &ConsumedInput<'_>) {
        let message =
            format!("the parameter `{}` is a field of the request body, which is not supported yet", input.name.value);
        self.surroundings.sink.report(
            Diagnostic::new(Code::UnsupportedBodyField, input.name.span, message)
                .help("the whole body is a single parameter: `{ name: body, in: body }`"),
        );
    }
}

/// What to say about a body that nobody has declared.
pub(crate) fn derived_body(name: Text<'_>) -> Diagnostic {
    let message = format!("the operation `{}` does not say what its request body is", name.value);
    Diagnostic::new(Code::DerivedBody, name.span, message)
        .label("takes an optional JSON body")
        .help("declare it: `inputParameters: [{ name: body, in: body }]`")
}
