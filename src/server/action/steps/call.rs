//! Steps that call operations.

use http::StatusCode;
use serde_json::{Map, Value};

use super::{Steps, Stopped, in_step};
use crate::arguments::Arguments;
use crate::description::{Operation, Parameter, Step, StepCall};
use crate::server::action::answer::{document, problem, read};
use crate::server::action::composed;
use crate::server::action::outputs::{Fault, evaluate};
use crate::server::action::scope::Scope;
use crate::server::{Context, Dispatch, Problem, RawBody, RawReply, invoke};

/// A step that is about to call its operation.
pub(super) struct Caller<'s> {
    pub(super) index: usize,
    pub(super) step: &'static Step,
    pub(super) call: &'static StepCall,
    /// Whether its answer may be the answer.
    pub(super) is_last: bool,
    pub(super) steps: &'s Steps,
}

/// What came of a call.
pub(super) struct Called {
    pub(super) index: usize,
    pub(super) value: Value,
    /// The answer, where it may be wanted as it is.
    pub(super) reply: Option<RawReply>,
}

impl<'s> Caller<'s> {
    /// Finds the inputs now, so that the call needs nothing of the scope while it is under way.
    pub(super) fn begin<'d>(
        self,
        scope: &Scope<'_>,
        dispatch: &'d dyn Dispatch,
        mut context: Context,
    ) -> Result<impl Future<Output = Result<Called, Stopped>> + Send + use<'d, 's>, Problem> {
        let arguments = self.arguments(scope).map_err(|problem| in_step(problem, self.step.name))?;
        if !self.is_last || self.step.is_used || self.steps.shape.is_some() {
            context.forget_form(self.operation().is_some_and(|operation| operation.method.is_safe()));
        }
        Ok(self.finish(arguments, dispatch, context))
    }

    fn operation(&self) -> Option<&'static Operation> {
        self.steps.capability.operations.get(self.call.operation)
    }

    fn inputs(&self) -> &'static [Parameter] {
        self.operation().map_or(&[], |operation| operation.inputs)
    }

    fn arguments(&self, scope: &Scope<'_>) -> Result<Arguments, Problem> {
        let inputs = self.inputs();
        let mut arguments = Arguments::new(inputs);
        for (index, (input, source)) in inputs.iter().zip(self.call.arguments).enumerate() {
            arguments.set(index, composed::argument(input, source, self.steps.parameters, scope)?);
        }
        Ok(arguments)
    }

    async fn finish(self, arguments: Arguments, dispatch: &dyn Dispatch, context: Context) -> Result<Called, Stopped> {
        let name = self.step.name;
        let reply = invoke(dispatch, self.call.operation, arguments, context).await;
        let reply =
            reply.map_err(|problem| in_step(composed::blame(problem, self.inputs(), self.call.arguments), name))?;
        if !reply.status.is_success() {
            tracing::info!(step = name, status = reply.status.as_u16(), "an upstream refused a step");
            return Err(Stopped::Refused(reply));
        }
        if self.is_last && !self.step.is_used {
            return Ok(Called { index: self.index, value: Value::Null, reply: Some(reply) });
        }
        self.read(reply).await.map_err(|problem| in_step(problem, name).into())
    }

    /// Reads an answer whole: what changes something is over only then.
    async fn read(&self, reply: RawReply) -> Result<Called, Problem> {
        let RawReply { status, headers, body } = reply;
        let bytes = read(body, self.steps.limit).await?;
        let value = if self.step.is_used { document(status, &headers, &bytes, &self.call.format)? } else { None };
        let value = value.map_or(Ok(Value::Null), |document| self.kept(document));
        let value = value.map_err(|fault| problem(StatusCode::BAD_GATEWAY, &fault))?;
        let reply = self.is_last.then(|| RawReply { status, headers, body: RawBody::Bytes(bytes) });
        Ok(Called { index: self.index, value, reply })
    }

    /// What is kept of an answer: of an object the operation's outputs, of a list its elements with the outputs of each.
    fn kept(&self, document: Value) -> Result<Value, Fault> {
        // Outputs of operations know nothing but the answer.
        let scope = Scope::empty();
        let outputs = self.call.outputs;
        let evaluated = |document: &Value| -> Result<Map<String, Value>, Fault> {
            outputs.iter().map(|(name, output)| Ok(((*name).to_owned(), evaluate(output, document, &scope)?))).collect()
        };
        Ok(match document {
            document if outputs.is_empty() => document,
            Value::Object(_) => Value::Object(evaluated(&document)?),
            Value::Array(elements) => {
                let elements = elements.into_iter().map(|element| {
                    if !element.is_object() {
                        return Ok(element);
                    }
                    let added = evaluated(&element)?;
                    let Value::Object(mut members) = element else { return Ok(element) };
                    members.extend(added);
                    Ok(Value::Object(members))
                });
                Value::Array(elements.collect::<Result<_, Fault>>()?)
            }
            document => document,
        })
    }
}
