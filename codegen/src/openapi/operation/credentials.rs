//! Parameters that are credentials.

use crate::ir::api::{Location, Operation, Parameter, SecurityKind, SecurityScheme};

/// Lets parameters be left out that are a key which the operation demands: the key is among the credentials already, and whoever calls
/// the operation, an agent above all, is not to be asked for it again.
pub(super) fn relax(operations: &mut [Operation], schemes: &[SecurityScheme]) {
    for operation in operations {
        let demanded = operation.security.iter().flatten();
        let keys: Vec<&SecurityKind> = demanded.map(|required| &schemes[required.scheme].kind).collect();
        for parameter in &mut operation.parameters {
            parameter.required &= !keys.iter().any(|key| is_carried(key, parameter));
        }
    }
}

fn is_carried(kind: &SecurityKind, parameter: &Parameter) -> bool {
    let SecurityKind::ApiKey { location, key } = kind else { return false };
    let is_same = match location {
        Location::Header => key.eq_ignore_ascii_case(&parameter.wire),
        _ => *key == parameter.wire,
    };
    is_same && *location == parameter.location
}
