//! Actions of several steps.
//!
//! The compiler says what each step waits for, so everything that nothing waits for is under way at once. A step that
//! changes something runs alone: it waits for the calls before it, and those behind wait for it. So when a step fails, the
//! others that are still at work change nothing, and are dropped.

mod answer;
mod call;
mod lookup;
mod script;

use futures_util::StreamExt as _;
use futures_util::future::Either;
use futures_util::stream::FuturesUnordered;
use http::StatusCode;
use tracing::Instrument as _;

use self::call::{Called, Caller};
use self::script::Runner;
use super::answer::Shape;
use super::composed::too_much;
use super::scope::Scope;
use crate::Settings;
use crate::arguments::Argument;
use crate::description::{self, Capability, Parameter, Step, StepKind};
use crate::formats::Format;
use crate::server::{Context, Dispatch, Problem, RawReply};
use crate::spans;

/// Steps, ready to be performed.
pub(crate) struct Steps {
    description: &'static description::Steps,
    capability: &'static Capability,
    /// The parameters of the route or tool.
    parameters: &'static [Parameter],
    /// What the last answer is made into, where it is the answer.
    shape: Option<Shape>,
    /// The most bytes of an answer that is read.
    limit: usize,
}

/// Why steps come to an end before the last of them.
enum Stopped {
    /// An upstream refused: its answer is handed on, as that of a single call would be.
    Refused(RawReply),
    Problem(Problem),
}

impl From<Problem> for Stopped {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// Which steps have begun and which are done.
struct Progress {
    has_begun: Vec<bool>,
    is_done: Vec<bool>,
}

impl Steps {
    pub(super) fn new(
        capability: &'static Capability,
        description: &'static description::Steps,
        parameters: &'static [Parameter],
        settings: &Settings,
    ) -> Self {
        let limit = settings.max_response_body;
        let format = description.last.and_then(|last| match &description.steps.get(last)?.kind {
            StepKind::Call(call) => Some(call.format),
            StepKind::Script(_) => Some(Format::Json),
            StepKind::Lookup(_) => None,
        });
        let outputs = Some(description.outputs).filter(|outputs| !outputs.is_empty());
        let shape = outputs.zip(format).map(|(outputs, format)| Shape { outputs, format, limit });
        Self { description, capability, parameters, shape, limit }
    }

    /// Takes the steps and puts the answer together.
    pub(super) async fn perform(
        &self,
        values: Vec<Option<Argument>>,
        dispatch: &dyn Dispatch,
        context: Context,
    ) -> Result<RawReply, Problem> {
        let mut scope = Scope::new(values, dispatch.client())?;
        match self.take(&mut scope, dispatch, &context).await {
            Ok(last) => self.answer(last, &scope).await,
            Err(Stopped::Refused(reply)) => Ok(reply),
            Err(Stopped::Problem(problem)) => Err(problem),
        }
    }

    /// Takes all steps. Gives back the answer of the last call or script.
    async fn take(
        &self,
        scope: &mut Scope<'_>,
        dispatch: &dyn Dispatch,
        context: &Context,
    ) -> Result<Option<RawReply>, Stopped> {
        let steps = self.description.steps;
        let mut progress = Progress { has_begun: vec![false; steps.len()], is_done: vec![false; steps.len()] };
        let mut running = FuturesUnordered::new();
        let mut last = None;
        loop {
            while let Some((index, step)) = progress.begin(steps) {
                match &step.kind {
                    StepKind::Call(call) => {
                        let is_last = self.description.last == Some(index);
                        let caller = Caller { index, step, call, is_last, steps: self };
                        running.push(told(step.name, Either::Left(caller.begin(scope, dispatch, context.clone())?)));
                    }
                    StepKind::Script(script) => {
                        let is_last = self.description.last == Some(index);
                        let runner = Runner { index, step, script, is_last };
                        running.push(told(step.name, Either::Right(runner.begin(scope, dispatch, context.clone())?)));
                    }
                    StepKind::Lookup(lookup) => {
                        let told = spans::Step::begin(step.name);
                        let found = told.span.in_scope(|| self.look_up(lookup, scope));
                        let value = match found {
                            Ok(value) => value,
                            Err(problem) => {
                                told.fail(problem.status());
                                return Err(in_step(problem, step.name).into());
                            }
                        };
                        scope.set_step(index, value);
                        progress.is_done[index] = true;
                    }
                }
            }
            let Some(called) = running.next().await else { return Ok(last) };
            let Called { index, value, reply } = called?;
            scope.set_step(index, value);
            progress.is_done[index] = true;
            last = last.or(reply);
        }
    }

    fn look_up(&self, lookup: &description::Lookup, scope: &Scope<'_>) -> Result<serde_json::Value, Problem> {
        let wanted = scope.value(&lookup.value).map_err(too_much)?;
        let Some(searched) = scope.step(lookup.index) else { return Ok(serde_json::Value::Null) };
        lookup::find(lookup, searched, wanted.as_ref(), self.limit).map_err(|fault| {
            let name = self.description.steps.get(lookup.index).map_or("", |step| step.name);
            Problem::new(StatusCode::BAD_GATEWAY).with_detail(fault.describe(name))
        })
    }
}

/// Has a step in a span of its own.
async fn told(
    name: &'static str,
    step: impl Future<Output = Result<Called, Stopped>> + Send,
) -> Result<Called, Stopped> {
    let told = spans::Step::begin(name);
    let outcome = step.instrument(told.span.clone()).await;
    match &outcome {
        Ok(_) => {}
        Err(Stopped::Refused(reply)) => told.fail(reply.status),
        Err(Stopped::Problem(problem)) => told.fail(problem.status()),
    }
    outcome
}

impl Progress {
    /// The next step that has nothing to wait for, which counts as begun.
    fn begin(&mut self, steps: &'static [Step]) -> Option<(usize, &'static Step)> {
        let is_ready = |step: &Step| step.after.iter().all(|other| self.is_done.get(*other).is_some_and(|done| *done));
        let mut waiting = steps.iter().enumerate().filter(|(index, _)| !self.has_begun[*index]);
        let next = waiting.find(|(_, step)| is_ready(step))?;
        self.has_begun[next.0] = true;
        Some(next)
    }
}

/// A problem with the step that has it.
fn in_step(problem: Problem, step: &str) -> Problem {
    let detail = match problem.detail() {
        Some(detail) => format!("The step `{step}` failed: {detail}"),
        None => format!("The step `{step}` failed."),
    };
    problem.with_detail(detail)
}
