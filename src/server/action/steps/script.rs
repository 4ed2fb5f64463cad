//! Steps that have a method of the program run.

use super::call::Called;
use super::{Stopped, in_step};
use crate::arguments::{Argument, Arguments};
use crate::description::{Step, StepScript};
use crate::server::action::composed::{blame, too_much};
use crate::server::action::scope::Scope;
use crate::server::dispatch::{Scripted, guarded};
use crate::server::{Context, Dispatch, Problem, Reply};

/// A step that is about to have its method run.
pub(super) struct Runner {
    pub(super) index: usize,
    pub(super) step: &'static Step,
    pub(super) script: &'static StepScript,
    /// Whether what it gives may be the answer.
    pub(super) is_last: bool,
}

impl Runner {
    /// Reads the inputs now, so that the method needs nothing of the scope while it is at work.
    pub(super) fn begin(
        self,
        scope: &Scope<'_>,
        dispatch: &dyn Dispatch,
        context: Context,
    ) -> Result<impl Future<Output = Result<Called, Stopped>> + Send + use<>, Problem> {
        let scripted = self.call(scope, dispatch, context).map_err(|problem| in_step(problem, self.step.name))?;
        Ok(self.finish(scripted))
    }

    fn call(&self, scope: &Scope<'_>, dispatch: &dyn Dispatch, context: Context) -> Result<Scripted, Problem> {
        let StepScript { script, inputs, arguments: sources } = self.script;
        let mut arguments = Arguments::new(inputs);
        for (index, (input, source)) in inputs.iter().zip(*sources).enumerate() {
            let value = scope.value(source).map_err(too_much)?;
            // Where a value may be absent, null is one that is.
            let value = value.filter(|value| input.required || !value.is_null());
            arguments.set(index, value.map(Argument::from_value));
        }
        dispatch.script(*script, arguments, context).map_err(|error| blame(error.into(), inputs, sources))
    }

    async fn finish(self, scripted: Scripted) -> Result<Called, Stopped> {
        let value = guarded(self.step.name, || scripted).await?;
        let reply = self.is_last.then(|| Reply::new(&value).into_raw()).transpose()?;
        Ok(Called { index: self.index, value, reply })
    }
}
