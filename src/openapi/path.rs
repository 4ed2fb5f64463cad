//! Paths as they are shown.

use super::description::{Api, Operation};

/// The path of an operation with the names of its parameters in it: `/pets/{petId}`.
pub(crate) fn path_of(api: &'static Api, operation: &'static Operation) -> String {
    let name = |position: &str| {
        let index = operation.parameters.get(position.parse::<usize>().ok()?)?;
        Some(api.parameters.get(usize::from(*index))?.name)
    };
    let mut shown = String::with_capacity(operation.path.len());
    let mut rest = operation.path;
    while let Some((text, after)) = rest.split_once('{') {
        let Some((position, after)) = after.split_once('}') else { break };
        shown.push_str(text);
        shown.push('{');
        shown.push_str(name(position).unwrap_or(position));
        shown.push('}');
        rest = after;
    }
    shown.push_str(rest);
    shown
}
