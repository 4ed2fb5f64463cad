//! What the format has and the compiler does not support yet.
//!
//! Each such part is an error that names it: nothing is accepted and ignored.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::naftiko::{
    Action, Adapter, Capability, Consumes, Document, ExposedInput, Exposes, Http, Mcp, Rest, Scheme, StepKind, Unread,
};

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
            self.refuse(flow.output_media_type, Code::UnsupportedResponses, "`outputMediaType` is");
        }
        capability.consumes.iter().for_each(|consumes| self.consumes(consumes));
        for exposes in &capability.exposes {
            match exposes {
                Exposes::Rest(rest) => self.rest(rest),
                Exposes::Mcp(mcp) => self.mcp(mcp),
                Exposes::Skill(skills) => self.adapter(&skills.adapter),
                Exposes::Control(span) => self.refuse(Some(*span), Code::UnsupportedControl, "control surfaces are"),
                Exposes::Unreadable => {}
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
        self.refuse(http.tunnel, Code::UnsupportedTunnel, "tunnels are");
        for operation in http.resources.iter().flat_map(|resource| &resource.operations) {
            self.refuse(operation.output_media_type, Code::UnsupportedResponses, "`outputMediaType` is");
            self.refuse(operation.max_binary_size, Code::UnsupportedResponses, "`maxBinarySize` is");
        }
    }

    fn adapter(&self, adapter: &Adapter<'_>) {
        let oauth2 =
            adapter.authentication.as_ref().filter(|authentication| authentication.scheme.value == Scheme::OAuth2);
        let span = oauth2.map(|authentication| authentication.scheme.span);
        self.refuse(span, Code::UnsupportedInboundAuthentication, "tokens of callers are");
        self.refuse(adapter.max_binary_size, Code::UnsupportedResponses, "`maxBinarySize` is");
    }

    fn rest(&self, rest: &Rest<'_>) {
        self.adapter(&rest.adapter);
        for resource in &rest.resources {
            self.refuse(resource.forward, Code::UnsupportedForward, "forwarding is");
            self.inputs(&resource.input_parameters);
            for operation in &resource.operations {
                self.action(&operation.action);
                self.refuse(operation.responses, Code::UnsupportedResponses, "declared `responses` are");
                self.refuse(operation.response_binary, Code::UnsupportedResponses, "binary responses are");
            }
        }
    }

    fn mcp(&self, mcp: &Mcp<'_>) {
        self.adapter(&mcp.adapter);
        let resources = mcp.resources.iter().map(|resource| &resource.action);
        mcp.tools.iter().map(|tool| &tool.action).chain(resources).for_each(|action| self.action(action));
    }

    fn action(&self, action: &Action<'_>) {
        for step in action.steps.iter().flat_map(|steps| &steps.list) {
            let script = matches!(step.kind, StepKind::Script).then_some(step.name.span);
            self.refuse(script, Code::UnsupportedScript, "steps that run scripts are");
        }
        self.inputs(&action.input_parameters);
    }

    fn inputs(&self, inputs: &[ExposedInput<'_>]) {
        for input in inputs {
            self.refuse(input.pattern, Code::UnsupportedInputRule, "patterns of exposed inputs are");
            self.refuse(input.value, Code::UnsupportedInputRule, "values of exposed inputs are");
        }
    }
}
