//! Which steps have to wait for which.

use std::collections::HashSet;

use crate::ir::{Operation, Reference, Root, Step, StepKind, Steps};

/// Notes for each step what it waits for, and whether anything refers to what it gives.
///
/// A step waits for those that it takes values from. One that calls an unsafe method waits for all calls before it, and
/// all calls behind it wait for it: what it changes, others may see. A script may do anything, and counts as such a call.
pub(super) fn arrange(steps: &mut Steps, operations: &[Operation]) {
    let mut used: HashSet<usize> = of_answer(steps).into_iter().collect();
    used.extend(steps.steps.iter_mut().flat_map(|step| sources(&mut step.kind)));
    // The last step that may change something, and what has been called since.
    let (mut last_change, mut since) = (None, Vec::new());
    for (index, step) in steps.steps.iter_mut().enumerate() {
        step.is_used = used.contains(&index);
        let mut after = sources(&mut step.kind);
        match changes(step, operations) {
            Some(true) => {
                // Those before wait for each other already.
                after.extend(last_change.replace(index).into_iter().chain(since.drain(..)));
            }
            Some(false) => {
                after.extend(last_change);
                since.push(index);
            }
            None => {}
        }
        after.sort_unstable();
        after.dedup();
        step.after = after;
    }
}

/// Whether a step may change something; `None`: it neither calls nor runs anything.
fn changes(step: &Step, operations: &[Operation]) -> Option<bool> {
    match &step.kind {
        StepKind::Call(call) => Some(!operations.get(call.operation)?.method.is_safe()),
        StepKind::Lookup(_) => None,
        StepKind::Script(_) => Some(true),
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
        StepKind::Script(script) => script.arguments.iter_mut().for_each(|source| source.for_each_reference(&mut note)),
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
