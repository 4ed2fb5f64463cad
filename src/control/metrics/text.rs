//! The text format of Prometheus.

use std::fmt::Write as _;
use std::sync::atomic::Ordering;

use super::histogram::{Bounds, HTTP, MCP, Snapshot};
use super::{CLASSES, Metrics, Outcomes, SurfaceMetrics};
use crate::description::{Exposes, Surface};

/// The media type of the format.
pub(crate) const MEDIA_TYPE: &str = "text/plain; version=0.0.4; charset=utf-8";

const SERVER: &str = "http_server_request_duration_seconds";
const TOOLS: &str = "mcp_server_operation_duration_seconds";
const CALLS: &str = "http_client_request_duration_seconds";
const ACTIVE: &str = "http_server_active_requests";

/// Labels, whose values come from the capability file.
type Labels<'l> = Vec<(&'static str, &'l str)>;

impl Metrics {
    /// All that was counted. Histograms that nothing was counted in are left out.
    pub(crate) fn text(&self) -> String {
        let mut text = String::new();
        let (name, version) = (self.capability.name, self.capability.version);
        head(&mut text, "target_info", "gauge", "The capability.");
        let _ =
            writeln!(text, "target_info{} 1", labels(&[("service_name", name), ("service_version", version)], None));
        self.server(&mut text);
        self.tools(&mut text);
        self.calls(&mut text);
        text
    }

    fn surfaces(&self) -> impl Iterator<Item = (&'static Exposes, &SurfaceMetrics)> {
        self.capability.exposes.iter().zip(&self.surfaces)
    }

    fn server(&self, text: &mut String) {
        head(text, ACTIVE, "gauge", "Requests that are being answered.");
        for (exposes, surface) in self.surfaces().filter(|(exposes, _)| !exposes.address_variable.is_empty()) {
            let labels = labels(&[("capsmith_surface", exposes.namespace)], None);
            let _ = writeln!(text, "{ACTIVE}{labels} {}", surface.active.load(Ordering::Relaxed));
        }
        head(text, SERVER, "histogram", "How long requests take until the head of their answer.");
        for (exposes, surface) in self.surfaces() {
            if let Surface::Rest { routes } = &exposes.surface {
                for (route, outcomes) in routes.iter().zip(&surface.entries) {
                    let labels = vec![
                        ("capsmith_surface", exposes.namespace),
                        ("capsmith_operation", route.name),
                        ("http_request_method", route.method.as_str()),
                        ("http_route", route.path),
                    ];
                    by_class(text, SERVER, &labels, outcomes);
                }
            }
            by_class(text, SERVER, &vec![("capsmith_surface", exposes.namespace)], &surface.others);
        }
    }

    fn tools(&self, text: &mut String) {
        head(text, TOOLS, "histogram", "How long calls of tools take.");
        for (exposes, surface) in self.surfaces() {
            let Surface::Mcp { tools, .. } = &exposes.surface else { continue };
            for (tool, outcomes) in tools.iter().zip(&surface.entries) {
                let mut labels = vec![
                    ("capsmith_surface", exposes.namespace),
                    ("mcp_method_name", "tools/call"),
                    ("gen_ai_tool_name", tool.name),
                ];
                for (index, histogram) in outcomes.0.iter().enumerate() {
                    if index > 0 {
                        labels.truncate(3);
                        labels.push(("error_type", "tool_error"));
                    }
                    if let Some(snapshot) = histogram.snapshot() {
                        series(text, TOOLS, &labels, &snapshot, &MCP);
                    }
                }
            }
        }
    }

    fn calls(&self, text: &mut String) {
        head(text, CALLS, "histogram", "How long calls of consumed operations take until the head of their answer.");
        for (operation, outcomes) in self.capability.operations.iter().zip(&self.calls) {
            let upstream = self.capability.consumes.get(operation.consumes).map_or("", |consumes| consumes.namespace);
            let labels = vec![
                ("capsmith_upstream", upstream),
                ("capsmith_operation", operation.name),
                ("http_request_method", operation.method.as_str()),
            ];
            by_class(text, CALLS, &labels, outcomes);
        }
    }
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = write!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n");
}

/// A series for each class of statuses.
fn by_class(text: &mut String, name: &str, labels: &Labels<'_>, outcomes: &Outcomes) {
    for (class, histogram) in CLASSES.iter().zip(&outcomes.0) {
        if let Some(snapshot) = histogram.snapshot() {
            let mut labels = labels.clone();
            labels.push(("http_response_status_class", class));
            series(text, name, &labels, &snapshot, &HTTP);
        }
    }
}

fn series(text: &mut String, name: &str, given: &Labels<'_>, snapshot: &Snapshot, bounds: &Bounds) {
    let bounds = bounds.iter().map(|(bound, _)| *bound).chain(["+Inf"]);
    for (bound, count) in bounds.zip(snapshot.counts) {
        let _ = writeln!(text, "{name}_bucket{} {count}", labels(given, Some(bound)));
    }
    let (labels, total) = (labels(given, None), snapshot.counts.last().copied().unwrap_or_default());
    let _ = write!(text, "{name}_sum{labels} {}\n{name}_count{labels} {total}\n", snapshot.sum.as_secs_f64());
}

fn labels(labels: &[(&'static str, &str)], bound: Option<&str>) -> String {
    let mut text = String::from("{");
    for (name, value) in labels.iter().copied().chain(bound.map(|bound| ("le", bound))) {
        if text.len() > 1 {
            text.push(',');
        }
        let _ = write!(text, "{name}=\"");
        for character in value.chars() {
            match character {
                '\\' => text.push_str("\\\\"),
                '"' => text.push_str("\\\""),
                '\n' => text.push_str("\\n"),
                character => text.push(character),
            }
        }
        text.push('"');
    }
    text.push('}');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_labels_are_escaped() {
        assert_eq!(labels(&[("a", "x\\\"\ny"), ("b", "")], Some("+Inf")), r#"{a="x\\\"\ny",b="",le="+Inf"}"#);
    }
}
