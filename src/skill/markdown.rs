//! `SKILL.md`, by the convention for agent skills, made of what the capability file says.

use std::fmt::Write as _;

use crate::description::{Capability, Skill, SkillTool, SkillToolSource};

/// The name of the file that every skill has.
pub(crate) const FILE: &str = "SKILL.md";

/// The file of a skill that brings none along.
pub(crate) fn skill(capability: &Capability, skill: &Skill) -> String {
    let mut text = String::from("---\n");
    let mut field = |name: &str, value: Option<&str>| {
        if let Some(value) = value {
            text.push_str(&format!("{name}: {}\n", quoted(value)));
        }
    };
    field("name", Some(skill.name));
    field("description", Some(skill.description));
    field("license", skill.license);
    field("compatibility", skill.compatibility);
    field("allowed-tools", skill.allowed_tools);
    field("argument-hint", skill.argument_hint);
    if !skill.user_invocable {
        text.push_str("user-invocable: false\n");
    }
    if skill.disable_model_invocation {
        text.push_str("disable-model-invocation: true\n");
    }
    if !skill.metadata.is_empty() {
        text.push_str("metadata:\n");
        for (key, value) in skill.metadata {
            let _ = writeln!(text, "  {}: {}", quoted(key), quoted(value));
        }
    }
    let _ = write!(text, "---\n\n# {}\n\n{}\n", line(skill.name), skill.description);
    if !skill.tools.is_empty() {
        text.push_str("\n## Tools\n\n");
        for tool in skill.tools {
            text.push_str(&entry(capability, tool));
        }
    }
    text
}

fn entry(capability: &Capability, tool: &SkillTool) -> String {
    let (name, description) = (line(tool.name), line(tool.description));
    match tool.source {
        SkillToolSource::Action { surface, name: action } => {
            let (kind, namespace) = super::catalogue::surface(capability, surface);
            format!("- `{name}`: {description} It is `{action}` of the {kind} surface `{namespace}`.\n")
        }
        SkillToolSource::Instruction(path) => format!("- `{name}`: {description} Read [{path}](<{path}>).\n"),
    }
}

/// A text as YAML in double quotes, which is JSON as well.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// A text in one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
