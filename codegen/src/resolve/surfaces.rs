//! The exposed surfaces: what REST, MCP and skills have in common.

use std::collections::HashSet;

use super::aggregates::Aggregates;
use super::arguments::{Origin, Slot};
use super::binds::Binds;
use super::settings::Settings;
use super::skills::{self, Offer, Offers};
use super::steps::Scripts;
use super::upstreams::Upstreams;
use super::{authentication, control, forward, mcp, rest};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Listen, Location};
use crate::join::Joined;
use crate::naftiko::{Adapter, ExposedInput, Exposes, Text};
use crate::names::{Allocator, NameKind, convert};
use crate::source::Span;

/// Where a surface listens when the file does not say: only callers on the same machine reach it.
const LOOPBACK: &str = "127.0.0.1";

/// What resolving a surface needs to know.
pub(super) struct Context<'c, 'a> {
    pub(super) aggregates: &'c Aggregates<'c, 'a>,
    pub(super) upstreams: &'c Upstreams<'a>,
    pub(super) joined: &'c Joined,
    pub(super) binds: &'c Binds<'a>,
    /// The scripts that steps run.
    pub(super) scripts: &'c Scripts,
    pub(super) sink: &'c Sink,
    /// The namespaces of all surfaces and aggregates.
    pub(super) namespaces: Vec<&'a str>,
}

/// Resolves all surfaces, and the scripts that they have run.
pub(super) fn resolve<'a>(
    exposes: &[Exposes<'a>],
    aggregates: &Aggregates<'_, 'a>,
    upstreams: &Upstreams<'a>,
    joined: &Joined,
    binds: &Binds<'a>,
    settings: &mut Settings,
    sink: &Sink,
) -> (Vec<ir::Exposes>, Vec<ir::Script>) {
    let adapters: Vec<(&Adapter<'a>, &str, bool)> = exposes.iter().filter_map(adapter_of).collect();
    let namespaces = namespaces(exposes).into_iter().chain(aggregates.namespaces()).collect();
    let scripts = Scripts::default();
    let context = Context { aggregates, upstreams, joined, binds, scripts: &scripts, sink, namespaces };
    let is_alone = |word: &str| adapters.iter().filter(|(_, other, _)| *other == word).count() < 2;
    control::check_place(exposes, sink);
    let mut modules = Allocator::reserving(&["operations"]);
    let mut listeners = Vec::new();
    let mut resolved = Vec::new();
    // The model of what is resolved, and the skills, which name what the other surfaces serve.
    let (mut offering, mut catalogues) = (Vec::new(), Vec::new());
    for exposes in exposes {
        let Some((adapter, word, is_stdio)) = adapter_of(exposes) else {
            continue;
        };
        let Some(namespace) = adapter.namespace else {
            continue;
        };
        let listen = listen(adapter, &namespace, is_stdio, settings, sink);
        // The port of a control surface is nobody else's at any address.
        if let Some((listen, span)) = listen.as_ref().filter(|_| word != "control") {
            check_address(listen, *span, &namespace, &mut listeners, sink);
        }
        let module = if is_alone(word) {
            word.to_owned()
        } else {
            format!("{word}_{}", convert(namespace.value, NameKind::Value))
        };
        // A surface that is imported under another name refers to itself by the one that its file gives it.
        let own = adapter.own_namespace.unwrap_or(namespace);
        let forwards = match exposes {
            Exposes::Rest(rest) => forward::resolve(rest, &context),
            Exposes::Mcp(_) | Exposes::Skill(_) | Exposes::Control(_) | Exposes::Unreadable => Vec::new(),
        };
        let surface = match exposes {
            Exposes::Rest(rest) => ir::Surface::Rest(rest::resolve(rest, &own, &context)),
            Exposes::Mcp(mcp) => ir::Surface::Mcp(mcp::resolve(mcp, &own, &context)),
            Exposes::Skill(skills) => {
                catalogues.push((resolved.len(), skills));
                ir::Surface::Skill(Vec::new())
            }
            Exposes::Control(control) => ir::Surface::Control(control::resolve(control, sink)),
            Exposes::Unreadable => continue,
        };
        offering.push(exposes);
        resolved.push(ir::Exposes {
            namespace: namespace.value.to_owned(),
            description: super::text(adapter.description),
            module: modules.unique(module),
            listen: listen.map(|(listen, _)| listen),
            authentication: authentication(adapter, &namespace, is_stdio, &context),
            surface,
            forwards,
        });
    }
    aggregates.finish(&context);
    let is_open = offering.len() < exposes.len();
    let listed = catalogues.into_iter().map(|(index, catalogue)| {
        let list = offering.iter().zip(&resolved).enumerate().filter_map(|(index, pair)| offer(index, pair));
        (index, skills::resolve(catalogue, &Offers { list: list.collect(), is_open }, sink))
    });
    for (index, skills) in listed.collect::<Vec<_>>() {
        resolved[index].surface = ir::Surface::Skill(skills);
    }
    let scripts = scripts.finish(&mut resolved, &upstreams.operations, sink);
    (resolved, scripts)
}

/// What a surface offers to skills.
fn offer<'o>(surface: usize, (exposes, resolved): (&'o &Exposes<'_>, &'o ir::Exposes)) -> Option<Offer<'o>> {
    let own = adapter_of(exposes)?.0.own_namespace.map_or("", |own| own.value);
    let namespaces = [resolved.namespace.as_str(), own];
    match (exposes, &resolved.surface) {
        (Exposes::Rest(rest), ir::Surface::Rest(routes)) => {
            let operations = rest.resources.iter().flat_map(|resource| &resource.operations);
            let written = operations.filter_map(|operation| Some(operation.action.name?.value));
            let served = routes.iter().map(|route| route.name.as_str());
            let names = united(written.map(|name| (name, name)), served);
            Some(Offer { surface, namespaces, word: "operations", names })
        }
        (Exposes::Mcp(mcp), ir::Surface::Mcp(ir::Mcp { tools, .. })) => {
            let served = tools.iter().map(|tool| tool.name.as_str());
            let written = mcp.tools.iter().filter_map(|tool| {
                let name = tool.action.name?.value;
                let served = mcp::sanitise(name, "tool");
                let tool = tools.iter().find(|tool| tool.name == served);
                Some((name, tool.map_or(name, |tool| tool.name.as_str())))
            });
            Some(Offer { surface, namespaces, word: "tools", names: united(written, served) })
        }
        _ => None,
    }
}

/// The names in the file with those that they are served by, and what is served by a name that it has from elsewhere.
fn united<'o>(
    written: impl Iterator<Item = (&'o str, &'o str)>,
    served: impl Iterator<Item = &'o str>,
) -> Vec<(&'o str, &'o str)> {
    let mut names: Vec<(&str, &str)> = written.collect();
    let known: HashSet<&str> = names.iter().map(|(_, served)| *served).collect();
    names.extend(served.filter(|name| !known.contains(name)).map(|name| (name, name)));
    names
}

/// The namespaces of all surfaces.
pub(super) fn namespaces<'a>(exposes: &[Exposes<'a>]) -> Vec<&'a str> {
    exposes.iter().filter_map(|exposes| Some(adapter_of(exposes)?.0.namespace?.value)).collect()
}

/// The adapter, the word for its kind, and whether it is served on standard input and output.
pub(super) fn adapter_of<'e, 'a>(exposes: &'e Exposes<'a>) -> Option<(&'e Adapter<'a>, &'static str, bool)> {
    match exposes {
        Exposes::Rest(rest) => Some((&rest.adapter, "rest", false)),
        Exposes::Mcp(mcp) => Some((&mcp.adapter, "mcp", mcp.is_stdio)),
        Exposes::Skill(skills) => Some((&skills.adapter, "skill", false)),
        Exposes::Control(control) => Some((&control.adapter, "control", false)),
        Exposes::Unreadable => None,
    }
}

/// What callers must prove. Whoever starts a program is its only caller on standard input.
fn authentication<'a>(
    adapter: &Adapter<'a>,
    namespace: &Text<'a>,
    is_stdio: bool,
    context: &Context<'_, 'a>,
) -> Option<ir::CallerAuthentication> {
    let authentication = adapter.authentication.as_ref().filter(|_| !is_stdio)?;
    let known = authentication::Known { binds: context.binds, environment: &[], sink: context.sink };
    authentication::inbound(authentication, namespace, known)
}

fn listen(
    adapter: &Adapter<'_>,
    namespace: &Text<'_>,
    is_stdio: bool,
    settings: &mut Settings,
    sink: &Sink,
) -> Option<(Listen, Span)> {
    if is_stdio {
        let port = adapter.port.map(|port| port.span);
        if let Some(span) = port.or(adapter.address.map(|address| address.span)) {
            let message =
                format!("`{}` is served on standard input and output and needs no port or address", namespace.value);
            sink.report(Diagnostic::new(Code::UselessPort, span, message));
        }
        return None;
    }
    if !adapter.has_port {
        let message = format!("`{}` has no port", namespace.value);
        sink.report(
            Diagnostic::new(Code::PortNotGiven, namespace.span, message)
                .label("a setting that must be given")
                .help("add `port: 8080`; 0 lets the system choose"),
        );
    }
    let address = adapter.address.map_or(LOOPBACK, |address| address.value);
    if let Some(text) = adapter.address.filter(|address| !is_host(address.value)) {
        let message = format!("`{}` is no host name or IP address", text.value);
        let help = text.value.contains("://").then(|| "an address has no scheme".to_owned());
        sink.report(Diagnostic::new(Code::InvalidAddress, text.span, message).maybe_help(help));
    }
    let (variable, field) = settings.address(namespace, sink);
    let port = adapter.port;
    let listen = Listen { address: address.to_owned(), port: port.map(|port| port.value), variable, field };
    Some((listen, port.map_or(namespace.span, |port| port.span)))
}

/// A host name, an IPv4 address or an IPv6 address without brackets.
fn is_host(address: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
    };
    let looks_numeric = address.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    address.parse::<std::net::IpAddr>().is_ok()
        || (!looks_numeric && address.len() <= 253 && address.split('.').all(is_label))
}

/// Reports a second surface on an address; the unspecified address takes all.
fn check_address<'a>(
    listen: &Listen,
    span: Span,
    namespace: &Text<'a>,
    others: &mut Vec<(String, u16, Span, &'a str)>,
    sink: &Sink,
) {
    let Some(port) = listen.port.filter(|port| *port != 0) else { return };
    let address = match listen.address.as_str() {
        "localhost" => LOOPBACK.to_owned(),
        "::" => "0.0.0.0".to_owned(),
        address => address.to_ascii_lowercase(),
    };
    let overlaps = |other: &str| other == address || other == "0.0.0.0" || address == "0.0.0.0";
    let taken = others.iter().find(|(other, taken, ..)| *taken == port && overlaps(other));
    if let Some((.., other_span, other)) = taken {
        let message = format!("`{}` and `{other}` would both listen on {}:{port}", namespace.value, listen.address);
        sink.report(
            Diagnostic::new(Code::AddressInUse, span, message)
                .label("again here")
                .also(*other_span, "first here")
                .help("give one of them another port"),
        );
    }
    others.push((address, port, span, namespace.value));
}

/// The parameter that an entry of `inputParameters` declares.
pub(super) fn declared(input: &ExposedInput<'_>, location: Location, required: Option<bool>) -> Slot {
    let mut slot = Slot::new(input.name.value, location, Origin::Declared, input.name.span);
    slot.r#type = input.r#type;
    slot.description = super::written(input.description);
    slot.required = required;
    slot
}
