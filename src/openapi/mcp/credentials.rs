//! Parameters that are credentials.

use crate::openapi::{Api, Location, Operation, Parameter, SecurityKind};

/// Whether a parameter is one of the operation's credentials, which the client brings and no agent is to know.
pub(super) fn is_credential(api: &'static Api, operation: &'static Operation, parameter: &Parameter) -> bool {
    let mut schemes = operation.security.iter().copied().flatten().filter_map(|index| api.scheme_of(*index));
    schemes.any(|scheme| match (scheme.kind, parameter.location) {
        (SecurityKind::Header(name), Location::Header) => name.eq_ignore_ascii_case(parameter.name),
        (SecurityKind::Query(name), Location::Query) | (SecurityKind::Cookie(name), Location::Cookie) => {
            name == parameter.name
        }
        _ => false,
    })
}
