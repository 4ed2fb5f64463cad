//! The prompts of a capability.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rmcp::ErrorData;
use rmcp::model::{
    GetPromptResult, JsonObject, Prompt as ListedPrompt, PromptArgument as ListedArgument, PromptMessage,
    Role as Speaker,
};
use serde_json::Value;

use super::arguments::{lines, unknown};
use crate::arguments::ArgumentError;
use crate::description::{self, Piece, PromptArgument, Role, Template};

/// The prompts in the form in which they are listed.
pub(crate) fn listed(prompts: &[description::Prompt]) -> Vec<ListedPrompt> {
    let listed = prompts.iter().map(|prompt| {
        let description = Some(prompt.description).filter(|text| !text.is_empty());
        let arguments = prompt.arguments.iter().map(argument).collect();
        let listed = ListedPrompt::new(prompt.name, description, Some(arguments));
        match prompt.title {
            Some(title) => listed.with_title(title),
            None => listed,
        }
    });
    listed.collect()
}

fn argument(argument: &PromptArgument) -> ListedArgument {
    let listed = ListedArgument::new(argument.name).with_required(argument.required);
    let listed = match argument.title {
        Some(title) => listed.with_title(title),
        None => listed,
    };
    match argument.description {
        "" => listed,
        description => listed.with_description(description),
    }
}

/// A prompt that a client asks for: the messages that the file has for it, with the arguments filled in.
///
/// The `mcp_prompt` of `Handlers` may give back others, with images, sounds and resources in them.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Prompt {
    /// The name of the prompt.
    pub name: &'static str,
    /// The arguments that the client gave.
    pub arguments: BTreeMap<&'static str, String>,
    /// The messages.
    pub messages: Vec<PromptMessage>,
}

/// A prompt of the file as a result, with the messages that a handler makes of it.
pub(crate) fn result(description: &'static str, messages: Vec<PromptMessage>) -> GetPromptResult {
    let result = GetPromptResult::new(messages);
    match description {
        "" => result,
        description => result.with_description(description),
    }
}

/// The prompt of a name.
pub(crate) fn find<'p>(prompts: &'p [description::Prompt], name: &str) -> Result<&'p description::Prompt, ErrorData> {
    prompts.iter().find(|prompt| prompt.name == name).ok_or_else(|| {
        let message = format!("there is no prompt `{name}`; prompts/list names those that there are");
        ErrorData::invalid_params(message, None)
    })
}

/// A prompt with its arguments filled in, and its description.
pub(crate) fn get(
    prompts: &'static [description::Prompt],
    name: &str,
    given: JsonObject,
) -> Result<(Prompt, &'static str), ErrorData> {
    let prompt = find(prompts, name)?;
    let values = values(prompt, given)?;
    let messages = prompt.messages.iter().map(|message| {
        let speaker = match message.role {
            Role::User => Speaker::User,
            Role::Assistant => Speaker::Assistant,
        };
        PromptMessage::new_text(speaker, text(message.content, &values))
    });
    let messages = messages.collect();
    let arguments = prompt.arguments.iter().zip(values).filter(|(_, value)| !value.is_empty());
    let arguments = arguments.map(|(argument, value)| (argument.name, value)).collect();
    Ok((Prompt { name: prompt.name, arguments, messages }, prompt.description))
}

/// The text of a message. What an argument contains is text, braces and all.
fn text(template: Template, values: &[String]) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Text(text) => Cow::Borrowed(*text),
        Piece::Input(index) => values.get(*index).map_or(Cow::Borrowed(""), |value| Cow::Owned(value.clone())),
        // A message has no other holes.
        Piece::Bind(_) | Piece::Field(..) => Cow::Borrowed(""),
    };
    template.iter().map(piece).collect()
}

/// The values of the arguments, empty where an optional one is absent, or one error with everything that is wrong.
fn values(prompt: &description::Prompt, mut given: JsonObject) -> Result<Vec<String>, ErrorData> {
    let mut errors = Vec::new();
    let mut values = Vec::new();
    for argument in prompt.arguments {
        let fault = |detail: &'static str| ArgumentError::new(argument.name.to_owned(), None, detail);
        match given.shift_remove(argument.name) {
            Some(Value::String(value)) => values.push(value),
            Some(Value::Null) | None if !argument.required => values.push(String::new()),
            Some(Value::Null) | None => errors.push(fault("is required")),
            Some(_) => errors.push(fault("must be text")),
        }
    }
    errors.extend(unknown("prompt", given, || prompt.arguments.iter().map(|argument| argument.name)));
    if errors.is_empty() {
        return Ok(values);
    }
    let message = format!("`{}` cannot be had with these arguments:{}", prompt.name, lines(&errors));
    Err(ErrorData::invalid_params(message, None))
}
