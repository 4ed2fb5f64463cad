//! Questions to the client, to its user and to its model.

use capsmith::mcp::{Call, ElicitationSchema, Elicited, Root, Sampling};
use capsmith::{Problem, Value};
use serde_json::{Map, json};

use super::forms;

pub(super) async fn elicit(
    call: &Call,
    key: &str,
    message: impl Into<String>,
    form: ElicitationSchema,
) -> Result<Value, Problem> {
    Ok(match call.elicit(key, message, form).await? {
        Elicited::Accepted(content) => json!({ "action": "accept", "content": content }),
        Elicited::Declined => json!({ "action": "decline" }),
        _ => json!({ "action": "cancel" }),
    })
}

pub(super) async fn sample(call: &Call, key: &str, prompt: impl Into<String>) -> Result<Value, Problem> {
    let sampled = call.sample(key, Sampling::new(prompt, 100)).await?;
    Ok(json!({ "model": sampled.model, "text": sampled.text }))
}

pub(super) async fn greet(call: &Call) -> Result<Value, Problem> {
    let answer = call.elicit("user_name", "What is your name?", forms::name()?).await?.accepted()?;
    Ok(json!(format!("Hello, {}!", text(&answer, "name"))))
}

pub(super) async fn roots(call: &Call) -> Result<Value, Problem> {
    let roots = call.list_roots("client_roots").await?;
    Ok(roots.into_iter().map(|Root { uri, .. }| Value::from(uri)).collect())
}

pub(super) async fn confirm(call: &Call) -> Result<Value, Problem> {
    let answer = call.elicit("confirm", "Please confirm", forms::confirmation()?).await?.accepted()?;
    Ok(json!({ "state-ok": answer.get("ok") }))
}

/// Asks for three things at once.
pub(super) async fn all(call: &Call) -> Result<Value, Problem> {
    let name = call.elicit("user_name", "What is your name?", forms::name()?);
    let greeting = call.sample("greeting", Sampling::new("Generate a greeting", 50));
    let roots = call.list_roots("client_roots");
    let (name, greeting, roots) = tokio::try_join!(name, greeting, roots)?;
    let name = name.accepted()?;
    Ok(json!(format!("{} {} ({} roots)", greeting.text, text(&name, "name"), roots.len())))
}

/// Asks for one thing after the other.
pub(super) async fn twice(call: &Call) -> Result<Value, Problem> {
    let name = call.elicit("step1", "Step 1: What is your name?", forms::name()?).await?.accepted()?;
    let colour = call.elicit("step2", "Step 2: What is your favorite color?", forms::colour()?).await?.accepted()?;
    Ok(json!(format!("{} likes {}", text(&name, "name"), text(&colour, "color"))))
}

/// Asks for what the client has said that it can be asked for.
pub(super) async fn possible(call: &Call) -> Result<Value, Problem> {
    let named = async {
        if call.can_elicit() {
            elicit(call, "user_name", "What is your name?", forms::name()?).await
        } else {
            Ok(Value::Null)
        }
    };
    let sampled = async {
        if call.can_sample() { sample(call, "greeting", "Generate a greeting").await } else { Ok(Value::Null) }
    };
    let (named, sampled) = tokio::try_join!(named, sampled)?;
    Ok(json!({ "elicited": named, "sampled": sampled }))
}

fn text<'a>(answer: &'a Map<String, Value>, name: &str) -> &'a str {
    answer.get(name).and_then(Value::as_str).unwrap_or_default()
}
