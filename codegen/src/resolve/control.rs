//! Control surfaces: what can be watched of a program while it runs.

use super::surfaces::adapter_of;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir;
use crate::naftiko::{Adapter, Control, Exposes, Spanned};
use crate::source::Span;

pub(super) fn resolve(control: &Control<'_>, sink: &Sink) -> ir::Control {
    let (management, observability) = (&control.management, &control.observability);
    let refuse = |asked: Option<Spanned<bool>>, message: &str| {
        if let Some(asked) = asked.filter(|asked| asked.value) {
            let diagnostic = Diagnostic::new(Code::ImpossibleControl, asked.span, message);
            sink.report(diagnostic.help("leave it out, or say `false`"));
        }
    };
    refuse(management.reload, "a program cannot reload the file that it was compiled from");
    refuse(management.validate, "a program cannot validate files: its own was checked when it was compiled");
    if let Some(span) = management.scripting {
        let message = "`scripting` says how scripts are run, and a compiled capability runs none";
        sink.report(Diagnostic::new(Code::IdleControl, span, message).label("this has no effect"));
    }
    let is_on = |switch: Option<Spanned<bool>>| switch.is_none_or(|switch| switch.value);
    ir::Control {
        health: is_on(management.health),
        info: management.info.is_some_and(|info| info.value),
        metrics: is_on(observability.enabled) && is_on(observability.metrics),
    }
}

/// Reports a second control surface, and a port that another surface has as well: who may reach the one should not reach
/// the other by accident.
pub(super) fn check_place(exposes: &[Exposes<'_>], sink: &Sink) {
    let is_control = |exposes: &&Exposes<'_>| matches!(exposes, Exposes::Control(_));
    let mut controls = exposes.iter().filter(is_control).filter_map(adapter_of).map(|(adapter, ..)| adapter);
    let Some(control) = controls.next() else { return };
    let place = |adapter: &Adapter<'_>| adapter.namespace.map_or(Span::default(), |namespace| namespace.span);
    for second in controls {
        let diagnostic = Diagnostic::new(Code::ControlPlace, place(second), "there is more than one control surface");
        sink.report(diagnostic.label("again here").also(place(control), "first here").help("a program has one"));
    }
    let Some(port) = control.port.filter(|port| port.value != 0) else { return };
    let others = exposes.iter().filter(|exposes| !is_control(exposes)).filter_map(adapter_of);
    let mut ports = others.filter_map(|(adapter, ..)| adapter.port);
    if let Some(other) = ports.find(|other| other.value == port.value) {
        let message = format!("the control surface has the port {} of another surface", port.value);
        let diagnostic = Diagnostic::new(Code::ControlPlace, port.span, message);
        sink.report(diagnostic.also(other.span, "the other").help("give it a port of its own"));
    }
}
