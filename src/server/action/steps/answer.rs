//! What steps answer with.

use http::StatusCode;
use serde_json::{Map, Value};

use super::Steps;
use crate::description::{Mapping, Type};
use crate::server::action::answer::{problem, shape};
use crate::server::action::composed::too_much;
use crate::server::action::outputs::{evaluate, misfit};
use crate::server::action::scope::Scope;
use crate::server::{Problem, RawReply, Reply};

impl Steps {
    /// What the mappings put together; where they give nothing, the answer of the last call.
    pub(super) async fn answer(&self, last: Option<RawReply>, scope: &Scope<'_>) -> Result<RawReply, Problem> {
        let mut answer = Map::new();
        for mapping in self.description.mappings {
            if let Some(value) = mapped(mapping, scope)? {
                insert(&mut answer, mapping.target, value);
            }
        }
        match (answer.is_empty(), last, &self.shape) {
            (false, ..) => Reply::new(Value::Object(answer)).into_raw(),
            (true, Some(last), Some(outputs)) => shape(last, outputs, scope).await,
            (true, Some(last), None) => Ok(last),
            (true, None, _) => Reply::<()>::empty().into_raw(),
        }
    }
}

/// The value of a mapping, of its declared type; `None` where there is none.
fn mapped(mapping: &'static Mapping, scope: &Scope<'_>) -> Result<Option<Value>, Problem> {
    let Some(value) = scope.value(&mapping.value).map_err(too_much)? else { return Ok(None) };
    if value.is_null() {
        return Ok(Some(value));
    }
    let output = &mapping.output;
    let is_other = output.r#type == Type::Object && !value.is_object();
    let fitted = if is_other { Err(misfit(output, &value)) } else { evaluate(output, &value, scope) };
    fitted.map(Some).map_err(|fault| problem(StatusCode::BAD_GATEWAY, &fault))
}

/// Puts a value at its place, with the objects around it.
fn insert(answer: &mut Map<String, Value>, target: &[&str], value: Value) {
    let Some((first, rest)) = target.split_first() else { return };
    if rest.is_empty() {
        answer.insert((*first).to_owned(), value);
    } else if let Value::Object(inner) = answer.entry(*first).or_insert_with(|| Value::Object(Map::new())) {
        insert(inner, rest, value);
    }
}
