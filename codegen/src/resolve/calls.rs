//! `call`: which operation is behind a REST operation or an MCP tool (section 8 of the format).

use super::upstreams::{Namespace, Upstreams};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::naftiko::{Action, Text};
use crate::suggest;

/// The operation that an action calls. `None`: none that is known, which is reported, here or elsewhere.
pub(super) fn resolve(action: &Action<'_>, upstreams: &Upstreams<'_>, sink: &Sink) -> Option<usize> {
    let Some(call) = action.call else {
        return implied(action, upstreams, sink);
    };
    target(&call, upstreams, sink)
}

/// The operation that a text names. `None`: none that is known, which is reported, here or elsewhere.
pub(super) fn target(call: &Text<'_>, upstreams: &Upstreams<'_>, sink: &Sink) -> Option<usize> {
    match call.value.split('.').collect::<Vec<&str>>().as_slice() {
        [namespace, operation] if !namespace.is_empty() && !operation.is_empty() => {
            // A namespace that is given twice is an error of its own; what is called may be in either.
            let mut same = upstreams.namespaces.iter().filter(|known| known.name == *namespace);
            let holder = same.clone().find(|known| known.operations.contains_key(operation));
            match holder.or_else(|| same.next()) {
                Some(namespace) => operation_of(namespace, operation, call, sink),
                None if upstreams.is_open => None,
                None => {
                    report_unknown_namespace(namespace, call, upstreams, sink);
                    None
                }
            }
        }
        [operation] if !operation.is_empty() && !operation.contains('/') => bare(operation, call, upstreams, sink),
        _ => longer(call, upstreams, sink),
    }
}

/// A call of more than two parts, which has a meaning where the operation's own name has dots, or where its resource is
/// named too: `namespace.resource.operation`, also with slashes.
fn longer(call: &Text<'_>, upstreams: &Upstreams<'_>, sink: &Sink) -> Option<usize> {
    let dotted = call.value.split_once('.').and_then(|(namespace, operation)| {
        let mut same = upstreams.namespaces.iter().filter(|known| known.name == namespace);
        same.find_map(|known| known.operations.get(operation))
    });
    if let Some(index) = dotted {
        return Some(*index);
    }
    let parts: Vec<&str> = call.value.split(['.', '/']).collect();
    let known = || upstreams.namespaces.iter().filter(|known| parts.first() == Some(&known.name));
    let found = match parts.as_slice() {
        [_, operation] => known().find_map(|known| known.operations.get(operation)),
        [_, resource, operation] => known().find_map(|known| {
            let index = known.operations.get(operation)?;
            let place = known.order.iter().position(|name| name == operation)?;
            (known.resources.get(place)? == &Some(*resource)).then_some(index)
        }),
        _ => None,
    };
    let (Some(index), Some(namespace), Some(operation)) = (found, parts.first(), parts.last()) else {
        if known().all(|known| !known.is_open) {
            report_malformed(call, upstreams, sink);
        }
        return None;
    };
    let message = format!("`{}` is no call of the form `namespace.operation`", call.value);
    sink.report(
        Diagnostic::new(Code::CallOfResource, call.span, message).label(format!("taken for `{namespace}.{operation}`")),
    );
    Some(*index)
}

/// The operation that an action without a call is taken for: the only one of its name.
fn implied(action: &Action<'_>, upstreams: &Upstreams<'_>, sink: &Sink) -> Option<usize> {
    let is_missing = action.call_is_missing || action.steps.is_some() || action.r#ref.is_some();
    let name = action.name.filter(|_| !is_missing);
    let named = name
        .map(|name| (name, upstreams.namespaces.iter().filter(move |known| known.operations.contains_key(name.value))));
    if let Some((name, mut namespaces)) = named
        && let (Some(namespace), None) = (namespaces.next(), namespaces.next())
        && let Some(index) = namespace.operations.get(name.value)
    {
        let message = format!("`{}` has no `call`", name.value);
        sink.report(
            Diagnostic::new(Code::ImpliedCall, name.span, message)
                .label(format!("taken for a call of `{}.{}`", namespace.name, name.value))
                .help(format!("add `call: {}.{}`", namespace.name, name.value)),
        );
        return Some(*index);
    }
    report_no_call(action, sink);
    None
}

fn operation_of(namespace: &Namespace<'_>, operation: &str, call: &Text<'_>, sink: &Sink) -> Option<usize> {
    if let Some(index) = namespace.operations.get(operation) {
        return Some(*index);
    }
    if namespace.is_open {
        return None;
    }
    let message = format!("unknown operation `{operation}` in `{}`", namespace.name);
    let start = call.value.len() - operation.len();
    let help = suggest::did_you_mean(operation, namespace.order.iter().copied());
    let list = (!namespace.order.is_empty())
        .then(|| format!("`{}` has {}", namespace.name, suggest::list(namespace.order.iter().copied())));
    sink.report(
        Diagnostic::new(Code::UnknownOperation, call.part(start..call.value.len()), message)
            .maybe_help(help)
            .maybe_help(list),
    );
    None
}

/// A call without a namespace, which has a meaning when there is only one.
fn bare(operation: &str, call: &Text<'_>, upstreams: &Upstreams<'_>, sink: &Sink) -> Option<usize> {
    let [namespace] = upstreams.namespaces.as_slice() else {
        report_malformed(call, upstreams, sink);
        return None;
    };
    let Some(index) = namespace.operations.get(operation) else {
        report_malformed(call, upstreams, sink);
        return None;
    };
    let message = format!("the call of `{operation}` leaves out the namespace");
    sink.report(
        Diagnostic::new(Code::CallWithoutNamespace, call.span, message)
            .label(format!("taken for `{}.{operation}`", namespace.name)),
    );
    Some(*index)
}

fn report_malformed(call: &Text<'_>, upstreams: &Upstreams<'_>, sink: &Sink) {
    let message = format!("`{}` is no call of the form `namespace.operation`", call.value);
    let name = call.value.rsplit(['.', '/']).next().unwrap_or_default();
    let meant: Vec<String> = upstreams
        .namespaces
        .iter()
        .filter(|namespace| namespace.operations.contains_key(name))
        .map(|namespace| format!("did you mean `{}.{name}`?", namespace.name))
        .collect();
    let diagnostic = Diagnostic::new(Code::MalformedCall, call.span, message);
    sink.report(meant.into_iter().fold(diagnostic, Diagnostic::help));
}

fn report_unknown_namespace(namespace: &str, call: &Text<'_>, upstreams: &Upstreams<'_>, sink: &Sink) {
    let known = || upstreams.namespaces.iter().map(|namespace| namespace.name);
    let message = format!("unknown namespace `{namespace}`: nothing with that name is consumed");
    let list = (!upstreams.namespaces.is_empty()).then(|| format!("consumed namespaces: {}", suggest::list(known())));
    sink.report(
        Diagnostic::new(Code::UnknownNamespace, call.part(0..namespace.len()), message)
            .maybe_help(suggest::did_you_mean(namespace, known()))
            .maybe_help(list),
    );
}

fn report_no_call(action: &Action<'_>, sink: &Sink) {
    if action.call_is_missing {
        return;
    }
    let name = action.name.map_or_else(|| "the operation".to_owned(), |name| format!("`{}`", name.value));
    sink.report(
        Diagnostic::new(Code::MissingField, action.span, format!("{name} has no `call`"))
            .help("add `call: namespace.operation`, `steps`, or `outputParameters` with values that are the answer"),
    );
}
