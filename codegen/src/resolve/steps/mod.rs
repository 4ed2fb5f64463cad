//! Actions of several steps (section 9 of the format).
//!
//! `known` finds what references to steps lead to, `scripts` what methods of the program are given, `order` which step has to
//! wait for which, and `mappings` what the answer is put together from.

mod known;
mod mappings;
mod order;
mod scripts;

use self::known::{Fields, KnownStep};
pub(super) use self::known::{Hole, Known, is_path};
pub(super) use self::scripts::Scripts;

use super::actions::{Resolved, Site};
use super::arguments::{Origin, Slot};
use super::calls;
use super::formats;
use super::outputs::mapped;
use super::references::Scope;
use super::surfaces::Context;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Lookup, Source, StepCall, StepKind};
use crate::naftiko::{self, Action, Mappings, Steps};
use crate::source::Span;
use crate::suggest;

/// For each step the operation that it calls, if it calls one. `None`: one of them is not known, which is reported.
pub(super) fn operations(
    steps: &Steps<'_>,
    action: &Action<'_>,
    context: &Context<'_, '_>,
) -> Option<Vec<Option<usize>>> {
    let sink = context.sink;
    if steps.is_open {
        return None;
    }
    if steps.list.is_empty() {
        let message = "there are no steps here that can be taken";
        sink.report(Diagnostic::new(Code::MissingField, steps.key, message).help("add one, or `call` an operation"));
        return None;
    }
    let other = action.call.map(|call| (call.span, "call"));
    if let Some((span, what)) = other.or_else(|| action.with.first().map(|with| (with.key.span, "with"))) {
        let message = format!("`{what}` stands beside `steps`");
        sink.report(
            Diagnostic::new(Code::CallBesideSteps, span, message)
                .also(steps.key, "the steps")
                .help("make the call a step of its own; each step has a `with` of its own"),
        );
        return None;
    }
    let mut is_known = true;
    let operations = steps.list.iter().map(|step| match &step.kind {
        naftiko::StepKind::Call { call, .. } => {
            let operation = call.as_ref().and_then(|call| calls::target(call, context.upstreams, sink));
            is_known &= operation.is_some();
            operation
        }
        naftiko::StepKind::Lookup(_) | naftiko::StepKind::Script(_) => None,
    });
    let operations = operations.collect();
    is_known.then_some(operations)
}

/// Reports mappings of what has no steps.
pub(super) fn report_without_steps(mappings: &Mappings<'_>, sink: &Sink) {
    let message = "`mappings` put together what steps give, and there are none";
    sink.report(
        Diagnostic::new(Code::MappingsWithoutSteps, mappings.key, message)
            .help("make the answer of a call into another one with `outputParameters`"),
    );
}

/// Resolves an action of several steps; `operations` has the operation of each that calls one.
pub(super) fn resolve<'a>(
    site: &Site<'_, 'a>,
    operations: &[Option<usize>],
    action: &Action<'a>,
    mut slots: Vec<Slot>,
) -> Resolved {
    let declared = action.steps.as_ref().map_or(&[][..], |steps| &steps.list);
    let mut known = known(declared, operations, site.context);
    let mut calls: Vec<Option<StepCall>> = Vec::new();
    for (index, (step, operation)) in declared.iter().zip(operations).enumerate() {
        known.position = index;
        let naftiko::StepKind::Call { with, .. } = &step.kind else {
            calls.push(None);
            continue;
        };
        let call = operation.map(|operation| {
            let resolved = site.arguments(operation, with, std::mem::take(&mut slots), Some((step.name, &known)));
            slots = resolved.slots;
            for slot in &mut slots {
                slot.is_taken |= std::mem::take(&mut slot.is_claimed);
            }
            call(operation, resolved.arguments, step.name.span, site)
        });
        calls.push(call);
    }
    let traces: Vec<Trace> = slots.iter().map(Trace::of).collect();
    let parameters = site.parameters(slots);
    let mut steps = Vec::new();
    for (index, (step, call)) in declared.iter().zip(calls).enumerate() {
        known.position = index;
        let scope = Scope { steps: Some(&known), ..site.scope(&parameters) };
        let kind = match (&step.kind, call) {
            (_, Some(call)) => Some(StepKind::Call(call)),
            (naftiko::StepKind::Lookup(given), None) => lookup(given, &known, &scope).map(StepKind::Lookup),
            (naftiko::StepKind::Script(script), None) => {
                scripts::resolve(step, script, &known, &scope, site).map(StepKind::Script)
            }
            _ => None,
        };
        // Without it indices would shift; what there was to say about it was said.
        let Some(kind) = kind else { continue };
        steps.push(ir::Step { name: step.name.value.to_owned(), after: Vec::new(), is_used: false, kind });
    }
    known.position = declared.len();
    let scope = Scope { steps: Some(&known), ..site.scope(&parameters) };
    let last = steps.iter().enumerate().rev().find_map(|(index, step)| match &step.kind {
        StepKind::Call(call) => Some((index, &call.format)),
        StepKind::Script(_) => Some((index, &ir::Format::Json)),
        StepKind::Lookup(_) => None,
    });
    let (last, format) = last.unzip();
    let (mappings, outputs) = answer(action, format.unwrap_or(&ir::Format::Json), &scope);
    let mut resolved = ir::Action::Steps(ir::Steps { steps, mappings, last, outputs });
    report_unused(&traces, &mut resolved, site.context.sink);
    if let ir::Action::Steps(steps) = &mut resolved {
        order::arrange(steps, &site.context.upstreams.operations);
    }
    Resolved { parameters, action: resolved }
}

/// What references can be to. Names that occur twice are reported.
fn known<'a>(steps: &[naftiko::Step<'a>], operations: &[Option<usize>], context: &Context<'_, 'a>) -> Known<'a> {
    let mut known: Vec<KnownStep<'a>> = Vec::new();
    for (step, operation) in steps.iter().zip(operations) {
        let name = step.name;
        if let Some(first) = known.iter().find(|other| other.name.value == name.value) {
            let message = format!("two steps have the name `{}`", name.value);
            context.sink.report(
                Diagnostic::new(Code::DuplicateStep, name.span, message)
                    .label("again here")
                    .also(first.name.span, "first here"),
            );
        }
        let fields = match (&step.kind, operation) {
            (naftiko::StepKind::Lookup(lookup), _) => {
                Fields::Of(lookup.fields.iter().map(|field| field.value).collect())
            }
            (_, Some(operation)) => match &context.upstreams.consumed[*operation].outputs {
                Some(outputs) if outputs.list.iter().any(|output| output.name.is_some()) => {
                    Fields::OfObject(outputs.list.iter().filter_map(|output| Some(output.name?.value)).collect())
                }
                _ => Fields::Any,
            },
            (_, None) => Fields::Any,
        };
        known.push(KnownStep { name, fields });
    }
    Known { steps: known, position: 0 }
}

fn call(operation: usize, arguments: Vec<Source>, place: Span, site: &Site<'_, '_>) -> StepCall {
    let context = site.context;
    let consumed = &context.upstreams.consumed[operation];
    let format = formats::of_step(consumed, place, context.sink);
    let outputs = consumed.outputs.as_ref().map(|outputs| mapped::named(outputs, &format, &site.scope(&[])));
    StepCall { operation, arguments, format, outputs: outputs.unwrap_or_default() }
}

fn lookup<'a>(lookup: &naftiko::Lookup<'a>, known: &Known<'a>, scope: &Scope<'_, 'a>) -> Option<Lookup> {
    let sink = scope.sink;
    let index = lookup.index?;
    let Some(step) = known.named(index.value) else {
        known.report_unknown(index.value, index.span, sink);
        return None;
    };
    known.check_order(step, index.span, sink)?;
    let value = mappings::source(&lookup.value?, None, scope)?;
    let fields: Vec<String> = lookup.fields.iter().map(|field| field.value.to_owned()).collect();
    for (position, field) in lookup.fields.iter().enumerate() {
        if lookup.fields[..position].iter().any(|other| other.value == field.value) {
            let message = format!("the field `{}` is listed twice", field.value);
            sink.report(Diagnostic::new(Code::DuplicateOutput, field.span, message));
        }
    }
    Some(Lookup { index: step, field: lookup.field?.value.to_owned(), value, fields })
}

/// What the answer is put together from, and what that of the last call is made into.
fn answer<'a>(action: &Action<'a>, format: &ir::Format, scope: &Scope<'_, 'a>) -> (Vec<ir::Mapping>, Vec<ir::Output>) {
    let outputs = action.outputs.as_ref();
    match &action.mappings {
        Some(mappings) if !mappings.list.is_empty() => (mappings::resolve(mappings, outputs, scope), Vec::new()),
        _ => {
            let outputs = outputs.map(|outputs| {
                outputs.list.iter().for_each(|output| report_step_path(output, scope));
                mapped::resolve(outputs, format, scope)
            });
            (Vec::new(), outputs.unwrap_or_default())
        }
    }
}

/// Reports an output that looks for a step in the answer of the last call.
fn report_step_path(output: &naftiko::Output<'_>, scope: &Scope<'_, '_>) {
    let mapping = output.mapping.filter(|mapping| {
        let name = mapping.value.strip_prefix("$.").unwrap_or(mapping.value);
        scope.steps.is_some_and(|steps| steps.is_bare_path(name))
    });
    if let Some(mapping) = mapping {
        let message = format!("`{}` is looked for in the answer of the last call, not among the steps", mapping.value);
        scope.sink.report(
            Diagnostic::new(Code::UnfitOutput, mapping.span, message)
                .help("put the answer together from steps with `mappings`"),
        );
    }
    let inner = output.properties.iter().flatten().chain(output.items.as_deref());
    inner.for_each(|output| report_step_path(output, scope));
}

/// What is left to say about a parameter when it is known what uses it.
struct Trace {
    name: String,
    span: Span,
    is_variable: bool,
    is_taken: bool,
}

impl Trace {
    fn of(slot: &Slot) -> Self {
        Self {
            name: slot.name.clone(),
            span: slot.span,
            is_variable: slot.origin == Origin::PathVariable,
            is_taken: slot.is_taken,
        }
    }
}

/// Reports parameters that neither a step nor the answer has a use for.
fn report_unused(traces: &[Trace], action: &mut ir::Action, sink: &Sink) {
    let mut is_used = vec![false; traces.len()];
    action.for_each_reference(&mut |reference| {
        if let ir::Root::Parameter(index) = reference.root
            && let Some(is_used) = is_used.get_mut(index)
        {
            *is_used = true;
        }
    });
    for (trace, _) in traces.iter().zip(is_used).filter(|(trace, is_used)| !trace.is_taken && !is_used) {
        let what = if trace.is_variable { "path variable" } else { "input" };
        let message = format!("the {what} `{}` goes nowhere: no step has a use for it", trace.name);
        let others = traces.iter().filter(|other| other.is_taken).map(|other| other.name.as_str());
        sink.report(
            Diagnostic::new(Code::UnusedInput, trace.span, message)
                .maybe_help(suggest::did_you_mean(&trace.name, others)),
        );
    }
}
