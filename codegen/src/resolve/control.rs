//! Control surfaces: what can be watched of a program while it runs.

use std::ops::RangeInclusive;

use super::surfaces::adapter_of;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir;
use crate::naftiko::{Adapter, Control, Exposes, Logs, Observability, Spanned, Text, Traces};
use crate::source::Span;

/// As many may follow the log where the file does not say it.
const MAX_SUBSCRIBERS: u32 = 5;
/// As many traces can be looked at where the file does not say it.
const BUFFER_SIZE: u32 = 100;
/// The end of an authority with the port that is registered for OTLP by gRPC.
const GRPC_PORT: &str = ":4317";

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
    ir::Control {
        health: is_on(management.health),
        info: management.info.is_some_and(|info| info.value),
        metrics: is_on(observability.enabled) && is_on(observability.metrics),
        logs: logs(management.logs.as_ref(), sink),
        observability: observe(observability, sink),
    }
}

fn is_on(switch: Option<Spanned<bool>>) -> bool {
    switch.is_none_or(|switch| switch.value)
}

fn logs(logs: Option<&Logs<'_>>, sink: &Sink) -> ir::Logs {
    let Some(logs) = logs else {
        return ir::Logs { level_control: false, stream: false, max_subscribers: MAX_SUBSCRIBERS };
    };
    ir::Logs {
        level_control: is_on(logs.level_control),
        stream: logs.stream.is_some_and(|stream| stream.value),
        max_subscribers: number(logs.max_subscribers, "max-subscribers", 1..=20, sink).unwrap_or(MAX_SUBSCRIBERS),
    }
}

fn observe(observability: &Observability<'_>, sink: &Sink) -> ir::Observability {
    let enabled = is_on(observability.enabled);
    let traces = observability.traces.as_ref();
    let buffer_size = traces.and_then(|traces| number(traces.buffer_size, "buffer-size", 10..=10_000, sink));
    let is_local = is_on(traces.and_then(|traces| traces.local));
    // Who only says that there is nothing to look at asks for nothing.
    let is_off =
        |traces: &&Traces<'_>| !is_on(traces.local) && traces.sampling.is_none() && traces.propagation.is_none();
    let is_asked = traces.is_some_and(|traces| !is_off(&traces)) || observability.endpoint.is_some();
    ir::Observability {
        enabled,
        sampling: traces.and_then(|traces| sampling(traces.sampling?, sink)).unwrap_or(1.0),
        propagation: traces.and_then(|traces| traces.propagation).map_or(ir::Propagation::W3c, |word| word.value),
        recent_traces: (enabled && is_local).then(|| buffer_size.unwrap_or(BUFFER_SIZE)),
        endpoint: observability.endpoint.and_then(|endpoint| collector(endpoint, sink)),
        is_demanded: enabled && is_asked,
    }
}

/// A whole number within bounds.
fn number(text: Option<Text<'_>>, name: &str, bounds: RangeInclusive<u32>, sink: &Sink) -> Option<u32> {
    let text = text?;
    let number = text.value.trim().parse().ok().filter(|number| bounds.contains(number));
    if number.is_none() {
        let message = format!("`{name}` cannot be `{}`", text.value);
        let help = format!("it is a whole number from {} to {}", bounds.start(), bounds.end());
        sink.report(Diagnostic::new(Code::ControlValue, text.span, message).help(help));
    }
    number
}

fn sampling(text: Text<'_>, sink: &Sink) -> Option<f64> {
    let fraction = text.value.trim().parse().ok().filter(|fraction| (0.0..=1.0).contains(fraction));
    if fraction.is_none() {
        let message = format!("`sampling` cannot be `{}`", text.value);
        let help = "it is a fraction from 0, no trace, to 1, all of them";
        sink.report(Diagnostic::new(Code::ControlValue, text.span, message).help(help));
    }
    fraction
}

/// The URL of a collector that is spoken to by HTTP.
fn collector(text: Text<'_>, sink: &Sink) -> Option<String> {
    let report = |message: &str, help: &str| {
        sink.report(Diagnostic::new(Code::ControlValue, text.span, message).help(help));
    };
    let url = text.value.trim();
    let rest = url.strip_prefix("http://").or_else(|| url.strip_prefix("https://"));
    let authority = rest.map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    let is_plain = !url.contains(|character: char| character.is_whitespace() || "{}?#".contains(character));
    match authority {
        Some(authority) if authority.contains('@') => {
            report("the endpoint has credentials in it", "they belong in the variable OTEL_EXPORTER_OTLP_HEADERS");
            return None;
        }
        Some(authority) if !authority.is_empty() && is_plain => {
            if authority.ends_with(GRPC_PORT) {
                let message = "the endpoint has the port that collectors speak gRPC at";
                let diagnostic = Diagnostic::new(Code::GrpcEndpoint, text.span, message);
                sink.report(diagnostic.label("telemetry is sent by HTTP").help("collectors speak HTTP at port 4318"));
            }
        }
        _ => {
            let help = "leave it out to set the variable OTEL_EXPORTER_OTLP_ENDPOINT where the program runs";
            report("the endpoint is no URL of a collector, such as `http://localhost:4318`", help);
            return None;
        }
    }
    Some(url.to_owned())
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
