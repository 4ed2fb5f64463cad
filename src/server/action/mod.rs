//! What a route or a tool does, whatever surface it belongs to.

mod answer;
mod composed;
mod outputs;
mod scope;
mod steps;
mod target;

use http::StatusCode;
use serde_json::Value;

use self::answer::Shape;
use self::scope::Scope;
use self::steps::Steps;
use self::target::Target;
use super::{Context, Dispatch, Problem, RawReply, Reply, invoke};
use crate::Settings;
use crate::arguments::{Argument, ArgumentError};
use crate::description::{self, Capability, Output, Parameter};

/// An action, ready to be performed.
pub(crate) enum Action {
    /// Calls an operation, whose answer is handed on as it comes.
    Call(Target),
    /// Calls an operation, whose answer is made into outputs.
    Shaped { target: Target, shape: Shape },
    /// Takes several steps.
    Steps(Steps),
    /// Answers with what stands in the file.
    Mock(Option<&'static Output>),
}

/// Why an action is not performed, or has no answer.
pub(crate) enum Failure {
    /// The values do not make the inputs of what is called.
    Inputs(Vec<ArgumentError>),
    Problem(Problem),
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Inputs(errors) => Self::invalid_inputs(errors),
            Failure::Problem(problem) => problem,
        }
    }
}

impl Action {
    pub(crate) fn new(
        capability: &'static Capability,
        action: &'static description::Action,
        parameters: &'static [Parameter],
        settings: &Settings,
    ) -> Self {
        match action {
            description::Action::Call(call) => {
                let target = Target::new(capability, call, parameters);
                match call.outputs {
                    [] => Self::Call(target),
                    outputs => {
                        let shape = Shape { outputs, format: call.format, limit: settings.max_response_body };
                        Self::Shaped { target, shape }
                    }
                }
            }
            description::Action::Steps(steps) => Self::Steps(Steps::new(capability, steps, parameters, settings)),
            description::Action::Mock(output) => Self::Mock(output.as_ref()),
        }
    }

    /// Checks a value before anything is done with it.
    pub(crate) fn check(&self, index: usize, parameter: &Parameter, value: &Argument) -> Result<(), ArgumentError> {
        match self {
            Self::Call(target) | Self::Shaped { target, .. } => target.check(index, parameter, value),
            // What goes into a path is checked once more when the request is made.
            Self::Steps(_) | Self::Mock(_) => Ok(()),
        }
    }

    /// Performs the action with the values of its parameters.
    pub(crate) async fn perform(
        &self,
        values: Vec<Option<Argument>>,
        dispatch: &dyn Dispatch,
        context: Context,
    ) -> Result<RawReply, Failure> {
        match self {
            Self::Call(target) => {
                let arguments = target.arguments(values, dispatch.client())?;
                let reply = invoke(dispatch, target.operation, arguments, context).await;
                Ok(reply.map_err(|problem| target.blame(problem))?)
            }
            // Boxed, so that plain calls need not carry its room about.
            Self::Shaped { target, shape } => Box::pin(shaped(target, shape, values, dispatch, context)).await,
            Self::Steps(steps) => Ok(Box::pin(steps.perform(values, dispatch, context)).await?),
            Self::Mock(output) => Ok(mock(*output, values, dispatch)?),
        }
    }
}

/// Calls an operation and makes its answer into outputs.
async fn shaped(
    target: &Target,
    shape: &Shape,
    values: Vec<Option<Argument>>,
    dispatch: &dyn Dispatch,
    mut context: Context,
) -> Result<RawReply, Failure> {
    context.forget_form(target.is_safe);
    let scope = Scope::new(values.clone(), dispatch.client())?;
    let arguments = target.arguments(values, dispatch.client())?;
    let reply = invoke(dispatch, target.operation, arguments, context).await;
    let reply = reply.map_err(|problem| target.blame(problem))?;
    Ok(answer::shape(reply, shape, &scope).await?)
}

/// The answer that stands in the file.
fn mock(
    output: Option<&'static Output>,
    values: Vec<Option<Argument>>,
    dispatch: &dyn Dispatch,
) -> Result<RawReply, Problem> {
    let Some(output) = output else { return Reply::<()>::empty().into_raw() };
    let scope = Scope::new(values, dispatch.client())?;
    let value = outputs::evaluate(output, &Value::Null, &scope);
    Reply::new(value.map_err(|fault| answer::problem(StatusCode::BAD_REQUEST, &fault))?).into_raw()
}
