//! What a route or a tool does, whatever surface it belongs to.

mod answer;
mod outputs;
mod scope;
mod target;

use http::StatusCode;

use self::scope::Scope;
use self::target::Target;
use super::{Context, Dispatch, Problem, RawReply, Reply, invoke};
use crate::arguments::{Argument, ArgumentError};
use crate::description::{self, Capability, Output, Parameter};

/// An action, ready to be performed.
pub(crate) enum Action {
    Call(Target),
    Mock(Option<&'static Output>),
}

/// Why an action is not performed, or has no answer.
pub(crate) enum Failure {
    /// The values do not make the inputs of what is called.
    Inputs(Vec<ArgumentError>),
    Problem(Problem),
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
    ) -> Self {
        match action {
            description::Action::Call(call) => Self::Call(Target::new(capability, call, parameters)),
            description::Action::Mock(output) => Self::Mock(output.as_ref()),
        }
    }

    /// Checks a value before anything is done with it.
    pub(crate) fn check(&self, index: usize, parameter: &Parameter, value: &Argument) -> Result<(), ArgumentError> {
        match self {
            Self::Call(target) => target.check(index, parameter, value),
            Self::Mock(_) => Ok(()),
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
                let arguments = target.arguments(values).map_err(Failure::Inputs)?;
                invoke(dispatch, target.operation, arguments, context).await.map_err(Failure::Problem)
            }
            Self::Mock(output) => mock(*output, values).map_err(Failure::Problem),
        }
    }
}

/// The answer that stands in the file.
fn mock(output: Option<&'static Output>, values: Vec<Option<Argument>>) -> Result<RawReply, Problem> {
    let Some(output) = output else { return Reply::<()>::empty().into_raw() };
    let scope = Scope::new(values)?;
    let value = outputs::evaluate(output, &scope).map_err(|misfit| answer::misfit(StatusCode::BAD_REQUEST, &misfit))?;
    Reply::new(value).into_raw()
}
