//! Credentials (sections 5.6 and 15 of the format): those of requests to upstreams, and those that callers must have.

mod inbound;
mod oauth2;
mod outbound;

pub(super) use inbound::resolve as inbound;
pub(super) use outbound::resolve as outbound;

use super::binds::Binds;
use super::{check_header_value, check_wire_name};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Location, Piece, Template};
use crate::naftiko::{Authentication, Text};

/// What a credential may refer to: bind variables, and parameters of the upstream that the environment supplies.
#[derive(Clone, Copy)]
pub(super) struct Known<'k, 'a> {
    pub(super) binds: &'k Binds<'a>,
    pub(super) environment: &'k [&'a str],
    pub(super) sink: &'k Sink,
}

impl<'a> Known<'_, 'a> {
    /// Text with variables.
    fn template(self, text: &Text<'a>) -> Option<Template> {
        self.binds.template(text, self.environment)
    }

    /// A credential that the environment supplies.
    fn secret(self, text: &Text<'a>, what: &str) -> Option<Template> {
        if text.value.trim().is_empty() {
            self.report_empty(text, what);
            return None;
        }
        check_header_value(text, self.sink);
        let template = self.template(text)?;
        if !has_variables(&template) {
            let message = format!("the {what} stands in the file");
            let meant = self.binds.declares(text.value).then(|| format!("did you mean `{{{{{}}}}}`?", text.value));
            self.sink.report(
                Diagnostic::new(Code::SecretInFile, text.span, message)
                    .maybe_help(meant)
                    .help("declare a variable under `binds` and refer to it: `{{env.API_KEY}}`"),
            );
            return None;
        }
        Some(template)
    }

    /// A user name, which may stand in the file.
    fn username(self, text: &Text<'a>) -> Option<Template> {
        if text.value.is_empty() {
            self.report_empty(text, "user name");
            return None;
        }
        self.template(text)
    }

    fn report_empty(self, text: &Text<'_>, what: &str) {
        let message = format!("the {what} is empty");
        self.sink.report(
            Diagnostic::new(Code::EmptyCredential, text.span, message)
                .help("refer to a variable of `binds`, or remove `authentication` if none is needed"),
        );
    }

    /// Where an API key travels, and what it is called there.
    fn key(self, authentication: &Authentication<'a>) -> Option<(Location, String)> {
        let key = authentication.key?;
        let placement = authentication.placement.map(|placement| placement.value);
        let placement = placement.unwrap_or_else(|| {
            let message = format!("the API key `{}` has no `placement`", key.value);
            self.sink.report(
                Diagnostic::new(Code::PlacementNotGiven, key.span, message)
                    .label("taken for a header")
                    .help("add `placement: header`, `query` or `cookie`"),
            );
            ir::Location::Header
        });
        check_wire_name(key.value, placement, key.span, self.sink);
        Some((placement, key.value.to_owned()))
    }
}

fn has_variables(template: &Template) -> bool {
    template.iter().any(|piece| matches!(piece, Piece::Bind(_)))
}
