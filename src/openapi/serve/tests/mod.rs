//! What a request gives for typed inputs.

mod faults;
mod round_trips;

use http::{HeaderMap, Uri};

use super::{Accept, GivenBody, Incoming, Place, Request};
use crate::Problem;
use crate::config::UnknownQuery;
use crate::openapi::{Api, Body, Inputs, Location, Operation, Parameter, Payload};
use crate::types::{Model, Shape, Typed, View};

/// Inputs with one parameter.
#[derive(Debug, PartialEq)]
struct One<T>(T);

impl<T: Typed + Send + 'static> Inputs for One<T> {
    fn field(&self, _: usize) -> &dyn Typed {
        &self.0
    }
}

impl<T: Typed + Send + 'static> Accept for One<T> {
    fn blank() -> Self {
        Self(T::blank())
    }

    fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
        &mut self.0
    }
}

/// Inputs with a body.
#[derive(Debug, PartialEq)]
struct Sent<T>(T);

impl<T: Typed + Send + 'static> Inputs for Sent<T> {
    fn body(&mut self) -> Payload<'_> {
        match self.0.view() {
            View::Optional(value) if value.get().is_none() => Payload::Absent,
            _ => Payload::Typed(0, &self.0),
        }
    }
}

impl<T: Typed + Send + 'static> Accept for Sent<T> {
    fn blank() -> Self {
        Self(T::blank())
    }

    fn body_mut(&mut self, _: usize) -> Place<'_> {
        Place::Typed(&mut self.0)
    }
}

/// An object with two properties that may be absent and one that is a list.
#[derive(Clone, Debug, PartialEq)]
struct Filter {
    owner: Option<String>,
    limit: Option<i64>,
    tags: Option<Vec<String>>,
}

impl Model for Filter {
    fn shape(&self) -> &'static Shape {
        use crate::types::shape::Struct;
        &Shape::Struct(Struct { name: "Filter", fields: &["owner", "limit", "tags"], ..Struct::EMPTY })
    }

    fn blank() -> Self {
        Self { owner: None, limit: None, tags: None }
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        match index {
            0 => &mut self.owner,
            1 => &mut self.limit,
            _ => &mut self.tags,
        }
    }

    fn field(&self, index: usize) -> &dyn Typed {
        match index {
            0 => &self.owner,
            1 => &self.limit,
            _ => &self.tags,
        }
    }
}

/// An API with one operation that has all of these parameters and bodies.
fn api(operation: Operation, parameters: Vec<Parameter>, bodies: Vec<Body>) -> &'static Api {
    let api = Api {
        name: "probe",
        title: "",
        description: "",
        version: "",
        servers: &[],
        security_schemes: &[],
        requirements: &[],
        parameters: parameters.leak(),
        bodies: bodies.leak(),
        cases: &[],
        operations: vec![operation].leak(),
    };
    Box::leak(Box::new(api))
}

/// Reads a request to the one operation, whose path is one parameter behind `/c`.
fn read<O: Accept>(api: &'static Api, target: &str, headers: &HeaderMap, body: GivenBody) -> Result<O, Problem> {
    let uri: Uri = target.parse().unwrap();
    let operation = &api.operations[0];
    let parameters =
        || operation.parameters.iter().enumerate().map(|(at, index)| (at, &api.parameters[usize::from(*index)]));
    let in_path = parameters().find(|(_, parameter)| parameter.location == Location::Path);
    let given = Request {
        captures: in_path.map(|(at, _)| (at, "/c".len()..uri.path().len())).into_iter().collect(),
        headers: parameters()
            .filter(|(_, parameter)| parameter.location == Location::Header)
            .flat_map(|(at, parameter)| headers.get_all(parameter.name).iter().map(move |value| (at, value.clone())))
            .collect(),
        cookies: headers.get_all("cookie").iter().cloned().collect(),
        uri,
        body,
        accept: None,
        unknown_query: UnknownQuery::Refuse,
    };
    Incoming::from_request(api, operation, Box::new(given)).read()
}

/// The faults of a problem: where, at which pointer, and what.
fn faults(problem: &Problem) -> Vec<(String, String, String)> {
    let errors = problem.errors().iter();
    errors
        .map(|error| {
            let pointer = error.pointer().unwrap_or("-").to_owned();
            (error.parameter().to_owned(), pointer, error.detail().to_owned())
        })
        .collect()
}
