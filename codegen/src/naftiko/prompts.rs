//! Reading of `prompts` of an MCP surface (section 6.2 of the format).

use super::fields::Fields;
use super::model::{McpPrompt, PromptArgument, PromptMessage, Text};
use super::reader::{Field, Named, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::file_uri;
use crate::ir::Role;
use crate::openapi::join_paths;
use crate::tree::NodeId;

const ROLES: &[(&str, Role)] = &[("user", Role::User), ("assistant", Role::Assistant)];

pub(super) fn read<'a>(reader: Reader<'a>, field: Option<Field<'a>>) -> Vec<McpPrompt<'a>> {
    reader.named(field).into_iter().filter_map(|named| prompt(reader, &named)).collect()
}

fn prompt<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<McpPrompt<'a>> {
    let mut fields = Fields::open(reader, named.value, "the prompt")?;
    let name = fields.name(named.key);
    let label = fields.text_or("label", "display");
    let description = fields.text("description");
    let arguments = fields.get("arguments");
    let arguments = reader.named(arguments).into_iter().filter_map(|named| argument(reader, &named)).collect();
    let template = fields.get("template");
    let location = fields.text("location");
    let span = name.map_or(fields.span, |name| name.span);
    fields.ignore(&["tags"]);
    fields.finish();
    let messages = match (template, location) {
        (Some(template), None) => reader.list(Some(template)).iter().filter_map(|id| message(reader, *id)).collect(),
        (None, Some(location)) => file(reader, &location).into_iter().collect(),
        (Some(_), Some(location)) => {
            let message = "a prompt has either a `template` or a `location`";
            reader.sink.report(Diagnostic::new(Code::PromptWithoutContent, location.span, message));
            Vec::new()
        }
        (None, None) => {
            let message = "the prompt has neither a `template` nor a `location`";
            let help = "add `template:` with messages of a `role` and a `content`";
            reader.sink.report(Diagnostic::new(Code::PromptWithoutContent, span, message).help(help));
            Vec::new()
        }
    };
    Some(McpPrompt { name: name?, label, description, arguments, messages })
}

fn argument<'a>(reader: Reader<'a>, named: &Named<'a>) -> Option<PromptArgument<'a>> {
    let mut fields = Fields::open(reader, named.value, "the argument")?;
    let name = fields.name(named.key);
    let argument = PromptArgument {
        name: name?,
        label: fields.text_or("label", "display"),
        description: fields.text("description"),
        required: fields.boolean("required").map(|required| required.value),
    };
    fields.finish();
    Some(argument)
}

fn message(reader: Reader<'_>, id: NodeId) -> Option<PromptMessage<'_>> {
    let mut fields = Fields::open(reader, id, "the message of a prompt")?;
    let role = fields.need("role");
    let content = fields.need_text("content");
    let role = role.and_then(|field| reader.word(field.value, "`role`", ROLES));
    fields.finish();
    Some(PromptMessage { role: role?.value, content: content? })
}

/// The message that a file is.
fn file<'a>(reader: Reader<'a>, location: &Text<'a>) -> Option<PromptMessage<'a>> {
    let refuse = |message: String| {
        let diagnostic = Diagnostic::new(Code::PromptFileNotFound, location.span, message);
        reader.sink.report(diagnostic.help("give a path relative to this file: `file:///./prompts/greeting.md`"));
        None
    };
    let value = location.value;
    let Ok(path) = file_uri::path(value) else { return refuse(format!("`{value}` names no file")) };
    let joined = if path.starts_with('.') { join_paths(reader.path, &path) } else { None };
    let Some(path) = joined else {
        return refuse(format!("`{value}` leads out of the folders that the file belongs to"));
    };
    match reader.files.text(&path) {
        Ok(file) => {
            let text = file.source.text.as_str();
            let content = Text { value: text, span: file.part(&(0..text.len())), start: Some(file.start) };
            Some(PromptMessage { role: Role::User, content })
        }
        Err(reason) => refuse(format!("the prompt `{path}` cannot be read: {reason}")),
    }
}
