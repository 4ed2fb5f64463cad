//! Finding the references in what routes and tools do.

use super::{Action, Content, Output, Part, Reference, Source, StepKind};

impl Action {
    /// Visits everything by which the action refers to a value.
    pub(crate) fn for_each_reference(&mut self, visit: &mut dyn FnMut(&mut Reference)) {
        match self {
            Self::Call(call) => {
                call.arguments.iter_mut().for_each(|source| source.for_each_reference(visit));
                call.outputs.iter_mut().for_each(|output| output.for_each_reference(visit));
            }
            Self::Steps(steps) => {
                for step in &mut steps.steps {
                    match &mut step.kind {
                        StepKind::Call(call) => {
                            call.arguments.iter_mut().for_each(|source| source.for_each_reference(visit));
                            call.outputs.iter_mut().for_each(|(_, output)| output.for_each_reference(visit));
                        }
                        StepKind::Lookup(lookup) => lookup.value.for_each_reference(visit),
                        StepKind::Script(script) => {
                            script.arguments.iter_mut().for_each(|source| source.for_each_reference(visit));
                        }
                    }
                }
                steps.mappings.iter_mut().for_each(|mapping| mapping.value.for_each_reference(visit));
                steps.outputs.iter_mut().for_each(|output| output.for_each_reference(visit));
            }
            Self::Mock(output) => output.iter_mut().for_each(|output| output.for_each_reference(visit)),
        }
    }
}

impl Source {
    pub(crate) fn for_each_reference(&mut self, visit: &mut dyn FnMut(&mut Reference)) {
        match self {
            Self::Value(reference) => visit(reference),
            Self::Template(parts) => for_each_in_parts(parts, visit),
            Self::Parameter(_) | Self::Constant(_) | Self::Properties(_) | Self::Absent => {}
        }
    }
}

impl Output {
    pub(crate) fn for_each_reference(&mut self, visit: &mut dyn FnMut(&mut Reference)) {
        self.content.for_each_reference(visit);
    }
}

impl Content {
    fn for_each_reference(&mut self, visit: &mut dyn FnMut(&mut Reference)) {
        match self {
            Self::Value(reference) => visit(reference),
            Self::Template(parts) => for_each_in_parts(parts, visit),
            Self::At(_, content) => content.for_each_reference(visit),
            Self::Items(_, item) | Self::OneOrMore(_, item) => item.for_each_reference(visit),
            Self::Object(properties) => properties.iter_mut().for_each(|(_, output)| output.for_each_reference(visit)),
            Self::List(elements) => elements.iter_mut().for_each(|output| output.for_each_reference(visit)),
            Self::Constant(_) | Self::Path(_) | Self::Paths(_) => {}
        }
    }
}

fn for_each_in_parts(parts: &mut [Part], visit: &mut dyn FnMut(&mut Reference)) {
    for part in parts {
        if let Part::Value(reference) = part {
            visit(reference);
        }
    }
}
