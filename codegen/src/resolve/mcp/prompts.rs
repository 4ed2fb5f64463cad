//! Prompts: messages with arguments in them (section 13.5 of the format).

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Piece, Prompt, Template};
use crate::naftiko::{McpPrompt, PromptArgument, Text};
use crate::resolve::template::{self, Part};
use crate::resolve::{text, written};
use crate::source::Span;
use crate::suggest;

/// The prompts of a surface.
pub(super) fn resolve(prompts: &[McpPrompt<'_>], sink: &Sink) -> Vec<Prompt> {
    check_unique(prompts.iter().map(|prompt| prompt.name), "prompts", sink);
    prompts.iter().map(|prompt| self::prompt(prompt, sink)).collect()
}

fn prompt(prompt: &McpPrompt<'_>, sink: &Sink) -> Prompt {
    check_unique(prompt.arguments.iter().map(|argument| argument.name), "arguments", sink);
    let mut is_used = vec![false; prompt.arguments.len()];
    let mut is_readable = true;
    let mut messages = Vec::new();
    for message in &prompt.messages {
        match content(&message.content, prompt, &mut is_used, sink) {
            Some(content) => messages.push(ir::PromptMessage { role: message.role, content }),
            None => is_readable = false,
        }
    }
    let unused = prompt.arguments.iter().zip(&is_used).filter(|(_, is_used)| !**is_used && is_readable);
    for (argument, _) in unused.filter(|_| !prompt.messages.is_empty()) {
        let name = argument.name.value;
        let message = format!("the text of the prompt does not use the argument `{name}`");
        let diagnostic = Diagnostic::new(Code::UnusedArgument, argument.name.span, message);
        sink.report(diagnostic.help(format!("write `{{{{{name}}}}}` where it belongs")));
    }
    let argument = |argument: &PromptArgument<'_>| ir::PromptArgument {
        name: argument.name.value.to_owned(),
        title: written(argument.label),
        description: text(argument.description),
        required: argument.required.unwrap_or(true),
    };
    Prompt {
        name: prompt.name.value.to_owned(),
        title: written(prompt.label),
        description: text(prompt.description),
        arguments: prompt.arguments.iter().map(argument).collect(),
        messages,
    }
}

/// Reports a second prompt or argument of a name.
fn check_unique<'a>(names: impl Iterator<Item = Text<'a>>, what: &str, sink: &Sink) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for name in names {
        if let Some(first) = seen.insert(name.value, name.span) {
            let message = format!("two {what} have the name `{}`", name.value);
            let diagnostic = Diagnostic::new(Code::DuplicatePrompt, name.span, message);
            sink.report(diagnostic.label("again here").also(first, "first here"));
        }
    }
}

/// The text of a message in pieces, whose inputs are indices into the arguments. `None`: it refers to what is not declared,
/// which is reported.
fn content(content: &Text<'_>, prompt: &McpPrompt<'_>, is_used: &mut [bool], sink: &Sink) -> Option<Template> {
    let mut pieces = Vec::new();
    let mut is_sound = true;
    for part in template::parse(content, sink)? {
        match part {
            Part::Text(text) => pieces.push(Piece::Text(text.to_owned())),
            Part::Hole(name, range) => {
                let position = prompt.arguments.iter().position(|argument| argument.name.value == name);
                if let Some(index) = position {
                    is_used[index] = true;
                    pieces.push(Piece::Input(index));
                } else {
                    report_undeclared(name, content.part(range), prompt, sink);
                    is_sound = false;
                }
            }
        }
    }
    is_sound.then_some(pieces)
}

fn report_undeclared(name: &str, span: Span, prompt: &McpPrompt<'_>, sink: &Sink) {
    let known = || prompt.arguments.iter().map(|argument| argument.name.value);
    let list = match prompt.arguments.as_slice() {
        [] => "the prompt has no `arguments`".to_owned(),
        _ => format!("arguments of the prompt: {}", suggest::list(known())),
    };
    let message = format!("the prompt has no argument `{name}`");
    sink.report(
        Diagnostic::new(Code::UndeclaredArgument, span, message)
            .maybe_help(suggest::did_you_mean(name, known()))
            .help(list),
    );
}
