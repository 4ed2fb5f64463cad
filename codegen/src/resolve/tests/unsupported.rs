//! Parts of the format that are refused.

use super::cases::{Case, case};
use crate::diagnostic::Code;

/// What is not supported yet.
pub(super) const UNSUPPORTED: &[Case] = &[
    case(
        Code::UnsupportedAuthentication,
        &[("type: bearer\n        token", "type: hawk\n        token")],
        &[("type: bearer\n        token", "type: digest\n        username: me\n        password")],
    ),
    case(
        Code::UnsupportedTunnel,
        &[("      resources:\n        - name", "      tunnel: { type: ziti }\n      resources:\n        - name")],
        &[("      resources:\n        - name", "      tunnel: { fallback: direct }\n      resources:\n        - name")],
    ),
    case(
        Code::UnsupportedTemplate,
        &[("{{env.SHELF_TOKEN}}", "{{#env.SHELF_TOKEN}}")],
        &[("body: rest.body", "body: '{{content}}'")],
    ),
    case(
        Code::UnsupportedMethod,
        &[("method: PUT\n              call", "method: OPTIONS\n              call")],
        &[("method: GET\n              call: shelf.get", "method: HEAD\n              call: shelf.get")],
    ),
    case(
        Code::UnsupportedEnvironmentParameter,
        &[("in: query\n                  type", "in: environment\n                  type")],
        &[("in: query", "in: environment")],
    ),
];
