//! The fields of the generated `Config` and the environment variables that fill them.

use std::collections::HashMap;

use super::names::shouty;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::RustName;
use crate::naftiko::Text;
use crate::names::{Allocator, NameKind, convert};
use crate::source::Span;

/// The settings of servers that the runtime reads from variables, whose names end so.
const SERVER_SETTINGS: [&str; 20] = [
    "ALLOWED_HOSTS",
    "ALLOWED_ORIGINS",
    "ALLOW_REMOTE",
    "BREAKER_FAILURES",
    "BREAKER_PAUSE",
    "CORS_ORIGINS",
    "CUT_TOOL_RESULTS",
    "DRAIN_TIMEOUT",
    "MAX_CONCURRENCY",
    "MAX_CONNECTIONS",
    "MAX_REQUEST_BODY",
    "MCP_SESSIONS",
    "RATE",
    "REQUEST_STATE_KEY",
    "REQUEST_TIMEOUT",
    "TLS_CERTIFICATE_FILE",
    "TLS_KEY_FILE",
    "TOOL_FIELDS",
    "TOOL_LIST",
    "TOOL_LIST_BUDGET",
];

/// Names that are taken so far.
pub(super) struct Settings {
    fields: Allocator,
    /// Environment variables that are read as an address or a URL, and why.
    variables: HashMap<String, (Span, String)>,
}

impl Settings {
    pub(super) fn new() -> Self {
        Self { fields: Allocator::reserving(&["settings"]), variables: HashMap::new() }
    }

    /// The variable and the field for the base URL of an upstream.
    pub(super) fn base_url(&mut self, namespace: &Text<'_>, sink: &Sink) -> (String, RustName) {
        let variable = format!("{}_BASE_URL", shouty(namespace.value));
        let field = format!("{}_base_url", convert(namespace.value, NameKind::Value));
        (self.variable(variable, namespace, "the base URL", sink), self.fields.unique(field))
    }

    /// The variable and the field for the address of a surface.
    pub(super) fn address(&mut self, namespace: &Text<'_>, sink: &Sink) -> (String, RustName) {
        let variable = format!("{}_ADDR", shouty(namespace.value));
        let field = format!("{}_addr", convert(namespace.value, NameKind::Value));
        (self.variable(variable, namespace, "the address", sink), self.fields.unique(field))
    }

    /// The variable that names another file for a bind with a location.
    pub(super) fn bind_file(&mut self, namespace: &Text<'_>, sink: &Sink) -> String {
        self.variable(format!("{}_FILE", shouty(namespace.value)), namespace, "the file", sink)
    }

    /// The variable that is taken over what a file says about a bind variable. It has the namespace in its name, or a bind
    /// called `PATH` would take whatever the environment has there.
    pub(super) fn bind_in_file(&mut self, namespace: &Text<'_>, variable: &Text<'_>, sink: &Sink) -> String {
        let name = format!("{}_{}", shouty(namespace.value), shouty(variable.value));
        self.variable(name, namespace, &format!("`{}`", variable.value), sink)
    }

    /// Reports a bind that is taken from an environment variable that means something else.
    pub(super) fn check_bind(&self, source_key: &Text<'_>, sink: &Sink) {
        if let Some((other, purpose)) = self.variables.get(source_key.value) {
            let message = format!("the environment variable `{}` is also {purpose}", source_key.value);
            sink.report(
                Diagnostic::new(Code::VariableClash, source_key.span, message)
                    .also(*other, format!("read from `{}`", source_key.value))
                    .help("take the bind from another variable, or rename the namespace"),
            );
        }
    }

    /// The field for a bind variable.
    pub(super) fn bind_field(&mut self, variable: &Text<'_>, namespace: &str) -> RustName {
        let field = convert(variable.value, NameKind::Value);
        let qualified = convert(&format!("{namespace}_{}", variable.value), NameKind::Value);
        self.fields.either(field, qualified)
    }

    /// The variable for the folder below which those of resources and skills are.
    pub(super) fn files_root(&mut self, module: &RustName, span: Span, sink: &Sink) -> String {
        let variable = format!("{}_FILES_ROOT", shouty(module.as_str().trim_start_matches("r#")));
        self.register(variable, span, "the folder of resources and skills", sink)
    }

    /// What the variables for the settings of servers begin with.
    pub(super) fn server(&mut self, module: &RustName, span: Span, sink: &Sink) -> String {
        let prefix = shouty(module.as_str().trim_start_matches("r#"));
        for setting in SERVER_SETTINGS {
            self.register(format!("{prefix}_{setting}"), span, "a setting of the servers", sink);
        }
        prefix
    }

    fn variable(&mut self, variable: String, namespace: &Text<'_>, what: &str, sink: &Sink) -> String {
        self.register(variable, namespace.span, &format!("{what} of `{}`", namespace.value), sink)
    }

    fn register(&mut self, variable: String, span: Span, purpose: &str, sink: &Sink) -> String {
        let first = self.variables.insert(variable.clone(), (span, purpose.to_owned()));
        if let Some((other, first_purpose)) = first {
            // Equal namespaces are a mistake of their own.
            if first_purpose != purpose {
                let message = format!(
                    "{purpose} and {first_purpose} would be read from the same environment variable `{variable}`"
                );
                sink.report(
                    Diagnostic::new(Code::VariableClash, span, message)
                        .also(other, "the other")
                        .help("rename one of the namespaces"),
                );
            }
        }
        variable
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_for_operators_has_all_settings_of_servers_and_no_others() {
        let guide = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/operations.md");
        let guide = std::fs::read_to_string(guide).unwrap();
        let mut documented: Vec<&str> =
            guide.split("`<MODULE>_").skip(1).filter_map(|rest| Some(rest.split_once('`')?.0)).collect();
        documented.sort_unstable();
        documented.dedup();
        assert_eq!(documented, SERVER_SETTINGS);
    }
}
