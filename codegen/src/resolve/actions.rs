//! What a route or a tool does: its calls, its parameters, its answer.

use super::arguments::{self, Kind, Slot};
use super::calls;
use super::formats;
use super::outputs::{mapped, mock};
use super::references::Scope;
use super::surfaces::Context;
use super::upstreams::Consumed;
use crate::ir::{self, Method, Parameter};
use crate::naftiko::{Action, Text};

/// What an action turned out to be.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mode {
    /// It calls an operation, by index.
    Call(usize),
    /// It answers with what stands in the file.
    Mock,
}

impl Mode {
    /// Finds out what an action does. `None`: nothing that is known, which is reported.
    pub(super) fn of(action: &Action<'_>, context: &Context<'_, '_>) -> Option<Self> {
        if action.steps.is_some() || action.r#ref.is_some() {
            return None;
        }
        if action.call.is_none() && action.outputs.as_ref().is_some_and(|outputs| !outputs.list.is_empty()) {
            return Some(Self::Mock);
        }
        calls::resolve(action, context.upstreams, context.sink).map(Self::Call)
    }

    /// The operation whose method and words are also those of the action.
    pub(super) fn operation<'c>(self, context: &Context<'c, '_>) -> Option<&'c ir::Operation> {
        match self {
            Self::Call(operation) => context.upstreams.operations.get(operation),
            Self::Mock => None,
        }
    }

    /// What is known of the operation that it calls.
    pub(super) fn consumed<'c, 'a>(self, context: &Context<'c, 'a>) -> Option<&'c Consumed<'a>> {
        match self {
            Self::Call(operation) => context.upstreams.consumed.get(operation),
            Self::Mock => None,
        }
    }

    /// The method that tells what the action may do to the world. A mock does as little as a `GET`.
    pub(super) fn method(self, context: &Context<'_, '_>) -> Method {
        self.operation(context).map_or(Method::Get, |operation| operation.method)
    }
}

/// Where an action stands.
pub(super) struct Site<'c, 'a> {
    pub(super) kind: Kind,
    /// The namespace of the surface.
    pub(super) namespace: &'c str,
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
    pub(super) fn resolve(&self, mode: Mode, action: &Action<'a>, slots: Vec<Slot>) -> Resolved {
        match mode {
            Mode::Call(operation) => self.call(operation, action, slots),
            Mode::Mock => self.mock(action, slots),
        }
    }

    fn call(&self, operation: usize, action: &Action<'a>, slots: Vec<Slot>) -> Resolved {
        let context = self.context;
        let resolved = arguments::resolve(arguments::Call {
            kind: self.kind,
            namespace: self.namespace,
            other_namespaces: &context.namespaces,
            name: self.name,
            path: self.path,
            with: &action.with,
            operation: &context.upstreams.operations[operation],
            consumed: &context.upstreams.consumed[operation],
            joined: context.joined,
            slots,
            declares_variable: &|name| context.binds.declares(name),
            sink: context.sink,
        });
        let parameters = self.parameters(resolved.slots);
        let (mut outputs, mut format) = (Vec::new(), ir::Format::Json);
        if let Some(declared) = &action.outputs {
            outputs = mapped::resolve(declared, &self.scope(&parameters));
            format = formats::resolve(&context.upstreams.consumed[operation], declared, context.sink);
        }
        let action = ir::Action::Call(ir::Call { operation, arguments: resolved.arguments, outputs, format });
        Resolved { parameters, action }
    }

    fn mock(&self, action: &Action<'a>, slots: Vec<Slot>) -> Resolved {
        let parameters = self.parameters(slots);
        let list = action.outputs.as_ref().map_or(&[][..], |outputs| &outputs.list);
        let output = mock::resolve(list, &self.scope(&parameters));
        Resolved { parameters, action: ir::Action::Mock(output) }
    }

    fn parameters(&self, slots: Vec<Slot>) -> Vec<Parameter> {
        arguments::parameters(slots, self.kind, self.path, self.context.sink)
    }

    fn scope<'s>(&'s self, parameters: &'s [Parameter]) -> Scope<'s, 'a> {
        Scope {
            parameters,
            word: self.kind.scope(),
            namespace: self.namespace,
            binds: self.context.binds,
            sink: self.context.sink,
        }
    }
}
