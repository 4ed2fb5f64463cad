//! What is decided about an API before anything of it is emitted: the names and types that several parts refer to.

use std::collections::HashSet;

use super::ApiOptions;
use super::outcome::{self, Choice, Failures, Outcome};
use super::payload::{Payload, payload};
use super::types::Plan;
use crate::ir::RustName;
use crate::ir::api::{Api, Operation, Pagination, Parameter};
use crate::ir::types::Kind;
use crate::names::Allocator;

/// An API as it is emitted.
pub(super) struct Outline<'a> {
    pub(super) api: &'a Api,
    pub(super) options: &'a ApiOptions,
    pub(super) plan: Plan<'a>,
    /// The operations, in the order of the document.
    pub(super) calls: Vec<Call<'a>>,
    /// The enums of `responses`.
    pub(super) responses: Vec<Choice>,
    /// The enums of `errors`.
    pub(super) errors: Vec<Choice>,
}

/// An operation as it is emitted.
pub(super) struct Call<'a> {
    pub(super) operation: &'a Operation,
    /// The method of the client.
    pub(super) method: RustName,
    /// One for each parameter.
    pub(super) inputs: Vec<Input<'a>>,
    pub(super) payload: Option<Payload<'a>>,
    /// The setter of the body, if that is optional.
    pub(super) payload_setter: RustName,
    pub(super) answers: Outcome<'a>,
    pub(super) failures: Outcome<'a>,
}

/// A parameter as it is emitted.
pub(super) struct Input<'a> {
    pub(super) parameter: &'a Parameter,
    /// The method of the request that sets it, if it is optional.
    pub(super) setter: RustName,
}

/// What clients have besides operations.
const CLIENT_METHODS: [&str; 4] = ["new", "from_env", "builder", "request"];

/// What requests have besides setters.
const REQUEST_METHODS: [&str; 8] = ["header", "bearer", "timeout", "send", "detailed", "pages", "items", "into_future"];

impl<'a> Outline<'a> {
    pub(super) fn new(api: &'a Api, options: &'a ApiOptions) -> Self {
        let plan = Plan::new(api, options);
        let methods: HashSet<&str> = api.operations.iter().map(|operation| operation.name.as_str()).collect();
        let mut failures = Failures::default();
        let mut responses = Vec::new();
        let mut bodies = Allocator::default();
        let calls = api.operations.iter().map(|operation| {
            let (answers, choice) = outcome::answers(&plan, operation);
            responses.extend(choice);
            let mut fields: HashSet<&str> =
                operation.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
            let payload = payload(&plan, operation, &fields, &mut bodies);
            fields.extend(payload.as_ref().map(|payload| payload.field.as_str()));
            let setter = |name: &RustName| apart(name, &REQUEST_METHODS, &fields);
            Call {
                operation,
                method: apart(&operation.name, &CLIENT_METHODS, &methods),
                inputs: operation
                    .parameters
                    .iter()
                    .map(|parameter| Input { parameter, setter: setter(&parameter.name) })
                    .collect(),
                payload_setter: payload
                    .as_ref()
                    .map_or_else(|| RustName::new("body".to_owned()), |payload| setter(&payload.field)),
                payload,
                answers,
                failures: failures.of(&plan, operation),
            }
        });
        let calls = calls.collect();
        Self { api, options, plan, calls, responses, errors: failures.choices }
    }

    /// Whether any operation can be asked for further pages.
    pub(super) fn has_pages(&self) -> bool {
        self.calls.iter().any(|call| call.pages(&self.plan).is_some())
    }
}

/// A name that is not one of ours: with `_` behind it if it was, and again while another one is called so.
pub(super) fn apart(name: &RustName, ours: &[&str], theirs: &HashSet<&str>) -> RustName {
    if !ours.contains(&name.as_str()) {
        return name.clone();
    }
    let mut text = format!("{}_", name.as_str());
    while theirs.contains(&*text) {
        text.push('_');
    }
    RustName::new(text)
}

/// Where the items of a page are.
pub(super) struct Page {
    /// The field that holds them; `None`: the answer does.
    pub(super) field: Option<RustName>,
    /// The type of the items.
    pub(super) item: crate::ir::types::TypeUse,
}

impl Call<'_> {
    /// The items of the answer, if it is a page.
    pub(super) fn pages(&self, plan: &Plan<'_>) -> Option<Page> {
        let pagination = self.operation.pagination.as_ref()?;
        let (Pagination::Page { items, .. }
        | Pagination::Offset { items, .. }
        | Pagination::Cursor { items, .. }
        | Pagination::NextUrl { items, .. }
        | Pagination::Link { items }) = pagination;
        let outcome::Holder::Single(super::content::Held::Typed(usage)) = self.answers.holder else { return None };
        let (field, list) = match (items, plan.kind(usage.id)) {
            (None, _) => (None, usage),
            (Some(property), Kind::Struct(shape)) if !usage.nullable && !usage.boxed => {
                let field = shape.fields.iter().find(|field| field.wire == *property)?;
                (Some(field.name.clone()), field.r#type)
            }
            _ => return None,
        };
        match plan.kind(list.id) {
            Kind::Array(array) => Some(Page { field, item: array.items }),
            _ => None,
        }
    }
}
