//! Answers that are no success.

use std::cell::RefCell;
use std::collections::BTreeSet;

use super::member;
use crate::emit::openapi::document::Json;

/// A kind of answer, which operations share.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Failure {
    BadRequest,
    BadGateway,
    GatewayTimeout,
    /// Any other of an operation that has no upstream.
    Refused,
    /// Any other, the upstream's own among them.
    Upstream,
}

impl Failure {
    const fn status(self) -> &'static str {
        match self {
            Self::BadRequest => "400",
            Self::BadGateway => "502",
            Self::GatewayTimeout => "504",
            Self::Refused | Self::Upstream => "default",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::BadRequest => "BadRequest",
            Self::BadGateway => "BadGateway",
            Self::GatewayTimeout => "GatewayTimeout",
            Self::Refused => "Refused",
            Self::Upstream => "Failure",
        }
    }

    const fn description(self) -> &'static str {
        match self {
            Self::BadRequest => {
                "The request cannot be taken: `errors` lists every input that is wrong. An upstream's own 400 is passed on as it is."
            }
            Self::BadGateway => {
                "The upstream cannot be reached, or its answer is not what was expected. An upstream's own 502 is passed on as it is."
            }
            Self::GatewayTimeout => "The upstream did not answer in time. An upstream's own 504 is passed on as it is.",
            Self::Refused => "Why the request is not answered as asked.",
            Self::Upstream => {
                "Why the request is not answered as asked; or what the upstream answers with when it fails, as it is."
            }
        }
    }
}

/// The answers that operations refer to.
#[derive(Debug, Default)]
pub(super) struct Responses(RefCell<BTreeSet<Failure>>);

impl Responses {
    /// Writes the member for an answer: a reference.
    pub(super) fn refer(&self, failure: Failure, json: &mut Json) {
        self.0.borrow_mut().insert(failure);
        json.key(failure.status()).object(|json| {
            json.key("$ref").text(&format!("#/components/responses/{}", failure.name()));
        });
    }

    /// The members of `components.responses`; `problem` is the name of the schema of problem details.
    pub(super) fn components(self, problem: &str) -> Vec<String> {
        self.0.into_inner().into_iter().map(|failure| member(failure.name(), &response(failure, problem))).collect()
    }
}

fn response(failure: Failure, problem: &str) -> String {
    let mut json = Json::default();
    json.object(|json| {
        json.key("description").text(failure.description());
        json.key("content").object(|json| {
            json.key("application/problem+json").object(|json| {
                json.key("schema").object(|json| {
                    json.key("$ref").text(&format!("#/components/schemas/{problem}"));
                });
            });
            if failure != Failure::Refused {
                json.key("*/*").object(|_| {});
            }
        });
    });
    json.finish()
}

/// The schema of problem details (RFC 9457), as the runtime's `Problem` writes them.
pub(super) fn problem() -> String {
    let mut json = Json::default();
    let text = |format: &str, description: &str, json: &mut Json| {
        json.object(|json| {
            json.key("type").text("string");
            json.text_member("format", format);
            json.text_member("description", description);
        });
    };
    json.object(|json| {
        json.key("type").text("object");
        json.key("description").text("Problem details (RFC 9457).");
        json.key("properties").object(|json| {
            text("uri-reference", "What kind of problem it is.", json.key("type"));
            text("", "The kind of problem in words.", json.key("title"));
            json.key("status").object(|json| {
                json.key("type").text("integer");
                json.key("format").text("int32");
            });
            text("", "What happened this time.", json.key("detail"));
            json.key("errors").object(|json| {
                json.key("type").text("array");
                json.key("description").text("The inputs that cannot be taken.");
                json.key("items").object(|json| {
                    json.key("type").text("object");
                    json.key("properties").object(|json| {
                        json.key("in").object(|json| {
                            json.key("type").text("string");
                            json.flag("nullable", true);
                            json.key("description").text("The place of the input.");
                        });
                        text("", "The name of the input.", json.key("parameter"));
                        text("", "What is wrong with it.", json.key("detail"));
                        text("", "What is meant in the input (RFC 6901).", json.key("pointer"));
                    });
                });
            });
        });
    });
    json.finish()
}
