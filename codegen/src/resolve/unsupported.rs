//! What the format has and the compiler does not support yet.
//!
//! Each such part is an error that names it: nothing is accepted and ignored.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::naftiko::{Action, Capability, Consumes, Document, Exposes, Http, Mcp, Rest, StepKind, Unread};

/// Reports every unsupported part of a document.
pub(super) fn check(document: &Document<'_>, sink: &Sink) {
    let check = Check { sink };
    if let Some(capability) = &document.capability {
        check.capability(capability);
    }
    document.consumes.iter().for_each(|consumes| check.consumes(consumes));
}

struct Check<'s> {
    sink: &'s Sink,
}

impl Check<'_> {
    fn refuse(&self, part: Unread, code: Code, what: &str) {
        if let Some(span) = part {
            self.sink.report(Diagnostic::new(code, span, format!("{what} not supported yet")));
        }
    }

    fn capability(&self, capability: &Capability<'_>) {
        for flow in capability.aggregates.iter().flat_map(|aggregate| &aggregate.flows) {
            self.action(&flow.action);
        }
        capability.consumes.iter().for_each(|consumes| self.consumes(consumes));
        for exposes in &capability.exposes {
            match exposes {
                Exposes::Rest(rest) => self.rest(rest),
                Exposes::Mcp(mcp) => self.mcp(mcp),
                Exposes::Skill(_) | Exposes::Control(_) | Exposes::Unreadable => {}
            }
        }
    }

    fn consumes(&self, consumes: &Consumes<'_>) {
        match consumes {
            Consumes::Http(http) => self.http(http),
            Consumes::Unreadable => {}
        }
    }

    fn http(&self, http: &Http<'_>) {
        let Some(tunnel) = http.tunnel else { return };
        let namespace = http.namespace.map_or("the upstream", |namespace| namespace.value);
        let diagnostic = if tunnel.may_be_direct {
            let message = format!("`{namespace}` is reached directly and not through its tunnel");
            Diagnostic::new(Code::TunnelLeftOut, tunnel.key, message).label("its `fallback` is `direct`")
        } else {
            let message = format!("`{namespace}` is reached through a tunnel, which a compiled capability cannot open");
            Diagnostic::new(Code::UnsupportedTunnel, tunnel.key, message)
                .help("add `fallback: direct` to connect directly")
                .help("or leave the tunnel to a proxy on the host, and set the base URL to that")
        };
        self.sink.report(diagnostic);
    }

    fn rest(&self, rest: &Rest<'_>) {
        for resource in &rest.resources {
            for operation in &resource.operations {
                self.action(&operation.action);
            }
        }
    }

    fn mcp(&self, mcp: &Mcp<'_>) {
        let resources = mcp.resources.iter().map(|resource| &resource.action);
        mcp.tools.iter().map(|tool| &tool.action).chain(resources).for_each(|action| self.action(action));
    }

    fn action(&self, action: &Action<'_>) {
        for step in action.steps.iter().flat_map(|steps| &steps.list) {
            let script = matches!(step.kind, StepKind::Script).then_some(step.name.span);
            self.refuse(script, Code::UnsupportedScript, "steps that run scripts are");
        }
    }
}
