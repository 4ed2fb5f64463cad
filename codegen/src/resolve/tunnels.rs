//! Upstreams behind tunnels, which a compiled capability cannot open.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::naftiko::{Consumes, Document};

/// Reports every tunnel of a document: as an error, or as a lint where there is a way around it.
pub(super) fn check(document: &Document<'_>, sink: &Sink) {
    let of_capability = document.capability.iter().flat_map(|capability| &capability.consumes);
    for consumes in of_capability.chain(&document.consumes) {
        let Consumes::Http(http) = consumes else { continue };
        let Some(tunnel) = http.tunnel else { continue };
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
        sink.report(diagnostic);
    }
}
