//! Parameters that are credentials.

use crate::openapi::{Api, Operation, Parameter};

/// Whether a parameter is one of the operation's credentials, which the client brings and no agent is to know.
pub(super) fn is_credential(api: &'static Api, operation: &'static Operation, parameter: &Parameter) -> bool {
    let mut schemes = operation.security.iter().copied().flatten().filter_map(|index| api.scheme_of(*index));
    schemes.any(|scheme| scheme.kind.is_carried_by(parameter))
}
