//! The exposed surfaces: what REST and MCP have in common.

use super::arguments::{Kind, Origin, Slot};
use super::binds::Binds;
use super::settings::Settings;
use super::upstreams::Upstreams;
use super::{authentication, mcp, rest};
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
    pub(super) upstreams: &'c Upstreams<'a>,
    pub(super) joined: &'c Joined,
    pub(super) binds: &'c Binds<'a>,
    pub(super) sink: &'c Sink,
    /// The namespaces of all surfaces.
    pub(super) namespaces: Vec<&'a str>,
}

/// Resolves all surfaces.
pub(super) fn resolve<'a>(
    exposes: &[Exposes<'a>],
    upstreams: &Upstreams<'a>,
    joined: &Joined,
    binds: &Binds<'a>,
    settings: &mut Settings,
    sink: &Sink,
) -> Vec<ir::Exposes> {
    let adapters: Vec<(&Adapter<'a>, Kind, bool)> = exposes.iter().filter_map(adapter_of).collect();
    let context = Context { upstreams, joined, binds, sink, namespaces: namespaces(exposes) };
    let count = |kind: Kind| adapters.iter().filter(|(_, other, _)| *other == kind).count();
    let is_alone = |kind: Kind| count(kind) < 2;
    let mut modules = Allocator::reserving(&["operations"]);
    let mut listeners = Vec::new();
    let mut resolved = Vec::new();
    for exposes in exposes {
        let Some((adapter, kind, is_stdio)) = adapter_of(exposes) else {
            continue;
        };
        let Some(namespace) = adapter.namespace else {
            continue;
        };
        let listen = listen(adapter, &namespace, is_stdio, settings, sink);
        if let Some((listen, span)) = &listen {
            check_address(listen, *span, &namespace, &mut listeners, sink);
        }
        let word = if kind == Kind::Rest { "rest" } else { "mcp" };
        let module = if is_alone(kind) {
            word.to_owned()
        } else {
            format!("{word}_{}", convert(namespace.value, NameKind::Value))
        };
        // A surface that is imported under another name refers to itself by the one that its file gives it.
        let own = adapter.own_namespace.unwrap_or(namespace);
        let surface = match exposes {
            Exposes::Rest(rest) => ir::Surface::Rest(rest::resolve(rest, &own, &context)),
            Exposes::Mcp(mcp) => ir::Surface::Mcp(mcp::resolve(mcp, &own, &context)),
            Exposes::Skill(_) | Exposes::Control(_) | Exposes::Unreadable => continue,
        };
        resolved.push(ir::Exposes {
            namespace: namespace.value.to_owned(),
            description: super::text(adapter.description),
            module: modules.unique(module),
            listen: listen.map(|(listen, _)| listen),
            authentication: authentication(adapter, &namespace, is_stdio, &context),
            surface,
        });
    }
    resolved
}

/// The namespaces of all surfaces.
pub(super) fn namespaces<'a>(exposes: &[Exposes<'a>]) -> Vec<&'a str> {
    exposes.iter().filter_map(|exposes| Some(adapter_of(exposes)?.0.namespace?.value)).collect()
}

fn adapter_of<'e, 'a>(exposes: &'e Exposes<'a>) -> Option<(&'e Adapter<'a>, Kind, bool)> {
    match exposes {
        Exposes::Rest(rest) => Some((&rest.adapter, Kind::Rest, false)),
        Exposes::Mcp(mcp) => Some((&mcp.adapter, Kind::Mcp, mcp.is_stdio)),
        Exposes::Skill(_) | Exposes::Control(_) | Exposes::Unreadable => None,
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
            Diagnostic::new(Code::InvalidPort, namespace.span, message)
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
    let port = adapter.port?;
    let listen = Listen { address: address.to_owned(), port: port.value, variable, field };
    Some((listen, port.span))
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
    let address = match listen.address.as_str() {
        "localhost" => LOOPBACK.to_owned(),
        "::" => "0.0.0.0".to_owned(),
        address => address.to_ascii_lowercase(),
    };
    let overlaps = |other: &str| other == address || other == "0.0.0.0" || address == "0.0.0.0";
    let taken = others.iter().find(|(other, port, ..)| *port == listen.port && overlaps(other));
    if let (Some((.., other_span, other)), true) = (taken, listen.port != 0) {
        let message =
            format!("`{}` and `{other}` would both listen on {}:{}", namespace.value, listen.address, listen.port);
        sink.report(
            Diagnostic::new(Code::AddressInUse, span, message)
                .label("again here")
                .also(*other_span, "first here")
                .help("give one of them another port"),
        );
    }
    others.push((address, listen.port, span, namespace.value));
}

/// The parameter that an entry of `inputParameters` declares.
pub(super) fn declared(input: &ExposedInput<'_>, location: Location, required: Option<bool>) -> Slot {
    let mut slot = Slot::new(input.name.value, location, Origin::Declared, input.name.span);
    slot.r#type = input.r#type;
    slot.description = super::written(input.description);
    slot.required = required;
    slot
}
