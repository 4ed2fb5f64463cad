//! Steps that call operations.

use http::StatusCode;
use serde_json::{Map, Value};
use tracing::Instrument as _;

use super::{Steps, Stopped, in_step};
use crate::arguments::Arguments;
use crate::description::{Parameter, Step, StepCall};
use crate::formats;
use crate::server::action::answer::{media_type, problem, read};
use crate::server::action::composed;
use crate::server::action::outputs::{Fault, evaluate};
use crate::server::action::scope::Scope;
use crate::server::{Context, Dispatch, Problem, RawBody, RawReply, invoke};
use crate::spans;

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
        context: Context,
    ) -> Result<impl Future<Output = Result<Called, Stopped>> + Send + use<'d, 's>, Problem> {
        let arguments = self.arguments(scope).map_err(|problem| in_step(problem, self.step.name))?;
        Ok(self.finish(arguments, dispatch, context))
    }

    fn inputs(&self) -> &'static [Parameter] {
        let operation = self.steps.capability.operations.get(self.call.operation);
        operation.map_or(&[], |operation| operation.inputs)
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
        let told = spans::Step::begin(self.step.name);
        let outcome = self.call(arguments, dispatch, context).instrument(told.span.clone()).await;
        match &outcome {
            Ok(_) => {}
            Err(Stopped::Refused(reply)) => told.fail(reply.status),
            Err(Stopped::Problem(problem)) => told.fail(problem.status()),
        }
        outcome
    }

    async fn call(self, arguments: Arguments, dispatch: &dyn Dispatch, context: Context) -> Result<Called, Stopped> {
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
        let value = if bytes.is_empty() || !self.step.is_used {
            Value::Null
        } else {
            let document = formats::to_json(&self.call.format, &bytes, media_type(&headers)).map_err(|error| {
                let detail = format!("The upstream's answer is {error}.");
                Problem::new(StatusCode::BAD_GATEWAY).with_detail(detail)
            })?;
            self.kept(document).map_err(|fault| problem(StatusCode::BAD_GATEWAY, &fault))?
        };
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
