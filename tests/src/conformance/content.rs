//! Content of any type, and what is said while it is made.

use std::time::Duration;

use capsmith::mcp::{self, Call, ContentBlock, Level, Prompt, PromptMessage, ResourceContents, Role};
use capsmith::{Problem, Value};
use serde_json::json;
use tokio::time::sleep;

use super::{forms, questions};

const IMAGE: &[u8] = include_bytes!("dot.png");
const SOUND: &[u8] = include_bytes!("silence.wav");

/// How long the suite wants to wait between two notices.
const PAUSE: Duration = Duration::from_millis(50);

pub(super) fn image(call: &Call) -> Result<Value, Problem> {
    call.set_content([mcp::image(IMAGE, "image/png")]);
    Ok(Value::Null)
}

pub(super) fn audio(call: &Call) -> Result<Value, Problem> {
    call.set_content([mcp::audio(SOUND, "audio/wav")]);
    Ok(Value::Null)
}

pub(super) fn embedded_resource(call: &Call) -> Result<Value, Problem> {
    let text = "This is an embedded resource content.";
    call.set_content([resource("test://embedded-resource", "text/plain", text)]);
    Ok(Value::Null)
}

pub(super) fn several(call: &Call) -> Result<Value, Problem> {
    call.set_content([
        ContentBlock::text("Multiple content types test:"),
        mcp::image(IMAGE, "image/png"),
        resource("test://mixed-content-resource", "application/json", r#"{"test":"data","value":123}"#),
    ]);
    Ok(Value::Null)
}

pub(super) async fn log(call: &Call) -> Result<Value, Problem> {
    for message in ["Tool execution started", "Tool processing data", "Tool execution completed"] {
        call.log_as("conformance", Level::Info, message).await;
        sleep(PAUSE).await;
    }
    Ok(json!("Logged"))
}

pub(super) async fn progress(call: &Call) -> Result<Value, Problem> {
    for progress in [0.0, 50.0, 100.0] {
        call.progress(progress, Some(100.0), Some("at work")).await;
        sleep(PAUSE).await;
    }
    Ok(json!("Done"))
}

/// The messages of the file with what no file can say in front of them.
pub(super) async fn prompt(prompt: Prompt, call: &Call) -> Result<Vec<PromptMessage>, Problem> {
    let Prompt { name, arguments, messages, .. } = prompt;
    let first = match name {
        "test_prompt_with_image" => mcp::image(IMAGE, "image/png"),
        "test_prompt_with_embedded_resource" => {
            let uri = arguments.get("resourceUri").map(String::as_str).unwrap_or_default();
            resource(uri, "text/plain", "Embedded resource content for testing.")
        }
        "test_input_required_result_prompt" => {
            let answer =
                questions::elicit(call, "user_context", "What context should the prompt use?", forms::context()?);
            ContentBlock::text(answer.await?.to_string())
        }
        _ => return Ok(messages),
    };
    Ok([PromptMessage::new(Role::User, first)].into_iter().chain(messages).collect())
}

fn resource(uri: &str, media_type: &str, text: &str) -> ContentBlock {
    ContentBlock::resource(ResourceContents::text(text, uri).with_mime_type(media_type))
}
