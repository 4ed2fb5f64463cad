//! What a route or a tool does: its calls, its parameters, its answer.

use super::arguments::{self, Kind, Slot};
use super::calls;
use super::formats;
use super::outputs::{mapped, mock};
use super::references::Scope;
use super::steps::{self, Known};
use super::surfaces::Context;
use super::upstreams::Consumed;
use crate::ir::{self, Parameter};
use crate::naftiko::{Action, StepKind, Text, With};

/// What an action turned out to be.
#[derive(Clone, Debug)]
pub(super) enum Mode {
    /// It calls an operation, by index.
    Call(usize),
    /// It performs several steps: for each the operation that it calls, if it calls one. Scripts may do anything.
    Steps { operations: Vec<Option<usize>>, runs_scripts: bool },
    /// It answers with what stands in the file.
    Mock,
}

impl Mode {
    /// Finds out what an action does. `None`: nothing that is known, which is reported.
    pub(super) fn of(action: &Action<'_>, context: &Context<'_, '_>) -> Option<Self> {
        if let Some(declared) = &action.steps {
            let runs_scripts = declared.list.iter().any(|step| matches!(step.kind, StepKind::Script(_)));
            let operations = steps::operations(declared, action, context);
            return operations.map(|operations| Self::Steps { operations, runs_scripts });
        }
        if let Some(mappings) = &action.mappings {
            steps::report_without_steps(mappings, context.sink);
        }
        if action.call.is_none() && action.outputs.as_ref().is_some_and(|outputs| !outputs.list.is_empty()) {
            return Some(Self::Mock);
        }
        calls::resolve(action, context.upstreams, context.sink).map(Self::Call)
    }

    /// The operation whose words are also those of the action.
    pub(super) fn operation<'c>(&self, context: &Context<'c, '_>) -> Option<&'c ir::Operation> {
        match self {
            Self::Call(operation) => context.upstreams.operations.get(*operation),
            Self::Steps { .. } | Self::Mock => None,
        }
    }

    /// What is known of the operation that it calls.
    pub(super) fn consumed<'c, 'a>(&self, context: &Context<'c, 'a>) -> Option<&'c Consumed<'a>> {
        match self {
            Self::Call(operation) => context.upstreams.consumed.get(*operation),
            Self::Steps { .. } | Self::Mock => None,
        }
    }

    /// The operations that tell what the action may do to the world. A mock has none.
    pub(super) fn operations<'c>(&self, context: &Context<'c, '_>) -> Vec<&'c ir::Operation> {
        let of = |operation: &usize| context.upstreams.operations.get(*operation);
        match self {
            Self::Call(operation) => of(operation).into_iter().collect(),
            Self::Steps { operations, .. } => operations.iter().flatten().filter_map(of).collect(),
            Self::Mock => Vec::new(),
        }
    }
}

/// Where an action stands.
pub(super) struct Site<'c, 'a> {
    pub(super) kind: Kind,
    /// The namespaces that stand for the action's parameters: the surface's, and that of the aggregate that it refers to.
    pub(super) namespaces: &'c [&'c str],
    /// The name of the route or tool, and where it stands.
    pub(super) name: Text<'a>,
    /// The path of a route, empty of a tool.
    pub(super) path: &'c str,
    pub(super) context: &'c Context<'c, 'a>,
}

/// An action with the parameters that it needs.
pub(super) struct Resolved {
    pub(super) parameters: Vec<Parameter>,
    pub(super) action: ir::Action,
}

impl<'a> Site<'_, 'a> {
    /// Resolves an action whose parameters are declared by `slots`.
    pub(super) fn resolve(&self, mode: &Mode, action: &Action<'a>, slots: Vec<Slot>) -> Resolved {
        match mode {
            Mode::Call(operation) => self.call(*operation, action, slots),
            Mode::Steps { operations, .. } => steps::resolve(self, operations, action, slots),
            Mode::Mock => self.mock(action, slots),
        }
    }

    fn call(&self, operation: usize, action: &Action<'a>, slots: Vec<Slot>) -> Resolved {
        let context = self.context;
        let resolved = self.arguments(operation, &action.with, slots, None);
        let parameters = self.parameters(resolved.slots);
        let (mut outputs, mut format) = (Vec::new(), ir::Format::Json);
        if let Some(declared) = &action.outputs {
            format = formats::resolve(&context.upstreams.consumed[operation], declared, context.sink);
            outputs = mapped::resolve(declared, &format, &self.scope(&parameters));
        }
        let action = ir::Action::Call(ir::Call { operation, arguments: resolved.arguments, outputs, format });
        Resolved { parameters, action }
    }

    /// The inputs of an operation; `step` is the one that calls it, with what it can refer to.
    pub(super) fn arguments(
        &self,
        operation: usize,
        with: &[With<'a>],
        slots: Vec<Slot>,
        step: Option<(Text<'a>, &Known<'a>)>,
    ) -> arguments::Resolved {
        let context = self.context;
        let (name, steps) = step.unzip();
        arguments::resolve(arguments::Call {
            kind: self.kind,
            namespaces: self.namespaces,
            other_namespaces: &context.namespaces,
            name: name.unwrap_or(self.name),
            path: self.path,
            with,
            operation: &context.upstreams.operations[operation],
            consumed: &context.upstreams.consumed[operation],
            joined: context.joined,
            slots,
            steps,
            binds: context.binds,
            sink: context.sink,
        })
    }

    fn mock(&self, action: &Action<'a>, slots: Vec<Slot>) -> Resolved {
        let parameters = self.parameters(slots);
        let list = action.outputs.as_ref().map_or(&[][..], |outputs| &outputs.list);
        let output = mock::resolve(list, &self.scope(&parameters));
        Resolved { parameters, action: ir::Action::Mock(output) }
    }

    pub(super) fn parameters(&self, slots: Vec<Slot>) -> Vec<Parameter> {
        arguments::parameters(slots, self.kind, self.path, self.context.sink)
    }

    /// What templates of an action without steps can refer to.
    pub(super) fn scope<'s>(&'s self, parameters: &'s [Parameter]) -> Scope<'s, 'a> {
        Scope {
            parameters,
            steps: None,
            word: self.kind.scope(),
            namespaces: self.namespaces,
            binds: self.context.binds,
            sink: self.context.sink,
        }
    }
}
