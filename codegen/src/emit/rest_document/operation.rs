//! Operation Objects.

use super::paths::Found;
use super::{Writer, outputs, parameter, security};
use crate::emit::openapi::document::Json;
use crate::ir::{Action, Answer, Capability, Method, Route, StepKind};

use super::responses::Failure;

/// The Operation Object of a route.
pub(super) fn operation(writer: &Writer<'_>, found: &Found<'_>) -> String {
    let route = found.route;
    let mut json = Json::default();
    json.object(|json| {
        json.key("operationId").text(&found.id);
        json.text_member("summary", &route.title);
        json.text_member("description", &route.description);
        if !route.tags.is_empty() {
            json.key("tags").texts(route.tags.iter().map(|tag| tag.name.as_str()));
        }
        parameter::list(writer, found, json);
        parameter::body(writer, route, json);
        security::requirement(writer.exposes, route, json);
        json.key("responses").object(|json| responses(writer, route, json));
    });
    json.finish()
}

fn responses(writer: &Writer<'_>, route: &Route, json: &mut Json) {
    let content = Content::of(writer, route);
    let given = route.binary.as_ref().and_then(|binary| binary.status).map(|status| status.to_string());
    // A handler or an upstream chooses the status of an answer that is handed on.
    let status = given.as_deref().unwrap_or(match (&route.action, &content) {
        (Action::Steps(steps), _) if !steps.mappings.is_empty() => "200",
        (Action::Call(_) | Action::Steps(_), _) => "2XX",
        (Action::Mock(_), Content::None) => "204",
        (Action::Mock(_), _) => "200",
    });
    json.key(status).object(|json| {
        json.key("description").text(match content {
            Content::None => "There is no content.",
            Content::Anything | Content::Bytes(_) => "What the upstream answers with.",
            Content::Json(_) => "The answer.",
        });
        match &content {
            Content::None => {}
            Content::Anything => json.key("content").object(|json| json.key("*/*").object(|_| {})),
            Content::Bytes(media_type) => json.key("content").object(|json| {
                json.key(media_type).object(|json| {
                    json.key("schema").object(|json| {
                        json.key("type").text("string");
                        json.key("format").text("binary");
                    });
                });
            }),
            Content::Json(schema) => json.key("content").object(|json| {
                json.key("application/json").object(|json| json.key("schema").raw(schema));
            }),
        }
    });
    let demanded = writer.exposes.authentication.is_some().then_some(Failure::Unauthorized);
    let failures: &[Failure] = match route.action {
        Action::Call(_) | Action::Steps(_) => {
            &[Failure::BadRequest, Failure::BadGateway, Failure::GatewayTimeout, Failure::Upstream]
        }
        Action::Mock(_) => &[Failure::Refused],
    };
    for failure in demanded.iter().chain(failures) {
        writer.responses.refer(*failure, json);
    }
}

/// What the joined document says of the answer of a route, where it is handed on.
pub(super) fn answer(capability: &Capability, route: &Route) -> Option<Answer> {
    match &route.action {
        Action::Call(call) if call.outputs.is_empty() => capability.operations.get(call.operation)?.answer,
        Action::Steps(action) if action.mappings.is_empty() && action.outputs.is_empty() => {
            match &action.steps.get(action.last?)?.kind {
                StepKind::Call(call) => capability.operations.get(call.operation)?.answer,
                StepKind::Lookup(_) | StepKind::Script(_) => None,
            }
        }
        Action::Call(_) | Action::Steps(_) | Action::Mock(_) => None,
    }
}

/// What an answer has in it.
enum Content {
    None,
    /// Whatever the upstream gives.
    Anything,
    /// Bytes of a media type.
    Bytes(String),
    /// JSON of a schema.
    Json(String),
}

impl Content {
    fn of(writer: &Writer<'_>, route: &Route) -> Self {
        if route.method == Method::Head {
            return Self::None;
        }
        if let Some(binary) = &route.binary {
            return Self::Bytes(binary.media_type.clone().unwrap_or_else(|| "*/*".to_owned()));
        }
        match &route.action {
            Action::Call(call) => {
                outputs::schema(&call.outputs).map_or_else(|| Self::of_upstream(writer, route), Self::Json)
            }
            Action::Steps(action) => {
                let made = outputs::mapped(&action.mappings).or_else(|| outputs::schema(&action.outputs));
                let last = action.last.and_then(|last| action.steps.get(last));
                match (made, last.map(|step| &step.kind)) {
                    (Some(schema), _) => Self::Json(schema),
                    (None, Some(StepKind::Script(_))) => Self::Json("{}".to_owned()),
                    (None, Some(StepKind::Call(_) | StepKind::Lookup(_))) => Self::of_upstream(writer, route),
                    (None, None) => Self::None,
                }
            }
            Action::Mock(output) => outputs::schema(output.as_slice()).map_or(Self::None, Self::Json),
        }
    }

    /// What an upstream answers with, handed on as it is.
    fn of_upstream(writer: &Writer<'_>, route: &Route) -> Self {
        match (answer(writer.capability, route), &writer.schemas) {
            (Some(Answer::Empty), _) => Self::None,
            (Some(Answer::Typed(usage)), Some(schemas)) => Self::Json(schemas.write(usage, None)),
            _ => Self::Anything,
        }
    }
}
