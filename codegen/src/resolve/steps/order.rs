//! Which steps have to wait for which.

use crate::ir::{Operation, Reference, Root, Step, StepKind, Steps};

/// Notes for each step what it waits for, and whether anything refers to what it gives.
///
/// A step waits for those that it takes values from. One that calls an unsafe method waits for all calls before it, and
/// all calls behind it wait for it: what it changes, others may see.
pub(super) fn arrange(steps: &mut Steps, operations: &[Operation]) {
    let mut used = of_answer(steps);
    used.extend(steps.steps.iter_mut().flat_map(|step| sources(&mut step.kind)));
    let is_unsafe: Vec<Option<bool>> = steps.steps.iter().map(|step| is_unsafe(step, operations)).collect();
    for index in 0..steps.steps.len() {
        let mut after = sources(&mut steps.steps[index].kind);
        if let Some(own) = is_unsafe[index] {
            let calls = is_unsafe[..index].iter().enumerate();
            after.extend(calls.filter_map(|(other, kind)| kind.filter(|other| own || *other).map(|_| other)));
        }
        after.sort_unstable();
        after.dedup();
        let step = &mut steps.steps[index];
        step.after = after;
        step.is_used = used.contains(&index);
    }
}

/// Whether a step calls an unsafe method; `None`: it calls nothing.
fn is_unsafe(step: &Step, operations: &[Operation]) -> Option<bool> {
    match &step.kind {
        StepKind::Call(call) => Some(!operations.get(call.operation)?.method.is_safe()),
        StepKind::Lookup(_) => None,
    }
}

/// The steps that a step takes values from.
fn sources(kind: &mut StepKind) -> Vec<usize> {
    let mut steps = Vec::new();
    let mut note = |reference: &mut Reference| steps.extend(step(reference));
    match kind {
        StepKind::Call(call) => call.arguments.iter_mut().for_each(|source| source.for_each_reference(&mut note)),
        StepKind::Lookup(lookup) => {
            lookup.value.for_each_reference(&mut note);
            steps.push(lookup.index);
        }
    }
    steps
}

/// The steps that the answer is made of.
fn of_answer(steps: &mut Steps) -> Vec<usize> {
    let mut found = Vec::new();
    let mut note = |reference: &mut Reference| found.extend(step(reference));
    steps.mappings.iter_mut().for_each(|mapping| mapping.value.for_each_reference(&mut note));
    steps.outputs.iter_mut().for_each(|output| output.for_each_reference(&mut note));
    found
}

fn step(reference: &Reference) -> Option<usize> {
    match reference.root {
        Root::Step(step) => Some(step),
        Root::Parameter(_) | Root::Bind(_) => None,
    }
}
