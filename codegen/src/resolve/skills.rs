//! Surfaces of skills: a catalogue that tells agents what they can do with the other surfaces.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::file_uri;
use crate::ir::{Skill, SkillTool, SkillToolSource};
use crate::naftiko::{self, SkillSource, Skills, Text};
use crate::openapi::percent_decode;
use crate::source::Span;
use crate::suggest;

/// The most characters that agents take of a text, by the format's schema and the convention for skills.
const MAX_DESCRIPTION: usize = 1024;
const MAX_COMPATIBILITY: usize = 500;
const MAX_ALLOWED_TOOLS: usize = 1024;

/// A surface whose operations or tools skills can name.
pub(super) struct Offer<'o> {
    /// Its index among the resolved surfaces.
    pub(super) surface: usize,
    /// Its namespace, and that in its own file.
    pub(super) namespaces: [&'o str; 2],
    /// What its operations are called: `operations` or `tools`.
    pub(super) word: &'static str,
    /// The names in the file with those that they are served by.
    pub(super) names: Vec<(&'o str, &'o str)>,
}

/// What skills can name.
pub(super) struct Offers<'o> {
    pub(super) list: Vec<Offer<'o>>,
    /// Whether a surface could not be read, so that not all names are known.
    pub(super) is_open: bool,
}

/// The skills of a surface.
pub(super) fn resolve(skills: &Skills<'_>, offers: &Offers<'_>, sink: &Sink) -> Vec<Skill> {
    report_duplicates(skills.skills.iter().map(|skill| skill.name), "skills", sink);
    skills.skills.iter().map(|skill| Resolver { offers, sink }.skill(skill)).collect()
}

/// Reports names that two skills, or two tools of a skill, have.
fn report_duplicates<'a>(names: impl Iterator<Item = Text<'a>>, what: &str, sink: &Sink) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for name in names {
        if let Some(first) = seen.insert(name.value, name.span) {
            let message = format!("two {what} have the name `{}`", name.value);
            let diagnostic = Diagnostic::new(Code::DuplicateSkill, name.span, message);
            sink.report(diagnostic.label("again here").also(first, "first here"));
        }
    }
}

struct Resolver<'r> {
    offers: &'r Offers<'r>,
    sink: &'r Sink,
}

impl Resolver<'_> {
    fn report(&self, code: Code, span: Span, message: String, help: &str) {
        self.sink.report(Diagnostic::new(code, span, message).help(help));
    }

    fn skill(&self, skill: &naftiko::Skill<'_>) -> Skill {
        self.check_length("description", skill.description, MAX_DESCRIPTION);
        self.check_length("compatibility", skill.compatibility, MAX_COMPATIBILITY);
        self.check_length("allowed-tools", skill.allowed_tools, MAX_ALLOWED_TOOLS);
        report_duplicates(skill.tools.iter().map(|tool| tool.name), "tools of the skill", self.sink);
        let tools = skill.tools.iter().filter_map(|tool| self.tool(tool, skill));
        Skill {
            tools: tools.collect(),
            name: skill.name.value.to_owned(),
            description: super::text(skill.description),
            license: super::written(skill.license),
            compatibility: super::written(skill.compatibility),
            metadata: skill
                .metadata
                .iter()
                .map(|(key, value)| (key.value.to_owned(), value.value.to_owned()))
                .collect(),
            allowed_tools: super::written(skill.allowed_tools),
            argument_hint: super::written(skill.argument_hint),
            user_invocable: skill.user_invocable.is_none_or(|value| value.value),
            disable_model_invocation: skill.disable_model_invocation.is_some_and(|value| value.value),
            folder: skill.location.and_then(|location| self.folder(&location)),
        }
    }

    fn check_length(&self, field: &str, text: Option<Text<'_>>, limit: usize) {
        if let Some(text) = text.filter(|text| text.value.chars().count() > limit) {
            let message = format!("`{field}` has more than {limit} characters");
            self.report(Code::LongSkillText, text.span, message, "agents refuse the skill or cut the text off");
        }
    }

    /// The folder of a skill's files, as the program opens it.
    fn folder(&self, location: &Text<'_>) -> Option<String> {
        let text = location.value.trim();
        let rest = text.get(..7).filter(|scheme| scheme.eq_ignore_ascii_case("file://")).and_then(|_| text.get(7..));
        let decoded = rest.map(percent_decode);
        let folder = decoded.as_deref().and_then(file_uri::local).map(|path| path.trim_end_matches('/'));
        let folder = folder.filter(|folder| !folder.is_empty());
        if folder.is_none() {
            let message = format!("the location `{}` names no folder of this machine", location.value);
            let help = "name a folder that the server reads: `file:///opt/skills/books`, or from its working directory \
                        `file:///./skills/books`";
            self.report(Code::UnusableSkillFile, location.span, message, help);
        }
        folder.map(str::to_owned)
    }

    fn tool(&self, tool: &naftiko::SkillTool<'_>, skill: &naftiko::Skill<'_>) -> Option<SkillTool> {
        self.check_length("description", tool.description, MAX_DESCRIPTION);
        let source = match (&tool.from, tool.instruction) {
            (Some(from), None) => self.action(from),
            (None, Some(instruction)) => self.instruction(&instruction, skill),
            (from, _) => {
                let has =
                    if from.is_some() { "both `from` and `instruction`" } else { "neither `from` nor `instruction`" };
                let message = format!("the tool `{}` of the skill `{}` has {has}", tool.name.value, skill.name.value);
                let help = "a tool is an operation of another surface, `from: { sourceNamespace: …, action: … }`, or a \
                            file to read, `instruction: guide.md`";
                self.report(Code::SkillToolSource, tool.name.span, message, help);
                None
            }
        }?;
        let (name, description) = (tool.name.value.to_owned(), super::text(tool.description));
        Some(SkillTool { name, description, source })
    }

    /// The operation or tool of another surface.
    fn action(&self, from: &SkillSource<'_>) -> Option<SkillToolSource> {
        let (namespace, action) = (from.namespace?, from.action?);
        let offer = self.offers.list.iter().find(|offer| offer.namespaces.contains(&namespace.value));
        let Some(offer) = offer else {
            if !self.offers.is_open {
                let message = format!("no REST or MCP surface has the namespace `{}`", namespace.value);
                let known = || self.offers.list.iter().map(|offer| offer.namespaces[0]);
                let list = known().next().map(|_| format!("the surfaces are {}", suggest::list(known())));
                let diagnostic = Diagnostic::new(Code::UnknownSkillSource, namespace.span, message);
                let near = suggest::did_you_mean(namespace.value, known());
                self.sink.report(diagnostic.maybe_help(near).maybe_help(list));
            }
            return None;
        };
        let served = offer.names.iter().find(|(written, served)| [*written, *served].contains(&action.value));
        if served.is_none() {
            let (word, known) = (offer.word, || offer.names.iter().map(|(written, _)| *written));
            let message = format!("`{}` has no `{}` among its {word}", namespace.value, action.value);
            let list = known().next().map(|_| format!("its {word} are {}", suggest::list(known())));
            let diagnostic = Diagnostic::new(Code::UnknownSkillSource, action.span, message);
            self.sink.report(diagnostic.maybe_help(suggest::did_you_mean(action.value, known())).maybe_help(list));
        }
        served.map(|(_, name)| SkillToolSource::Action { surface: offer.surface, name: (*name).to_owned() })
    }

    /// The file that an instruction names in the folder of its skill.
    fn instruction(&self, instruction: &Text<'_>, skill: &naftiko::Skill<'_>) -> Option<SkillToolSource> {
        if skill.location.is_none() {
            let message = format!("the skill `{}` has no folder in which `{}` is", skill.name.value, instruction.value);
            let help = "give the skill a `location: file:///…`, the folder of its files";
            self.report(Code::InstructionWithoutLocation, instruction.span, message, help);
            return None;
        }
        // As the server reads paths: nothing hidden, and nothing that leads elsewhere.
        let is_plain = |segment: &str| {
            !segment.is_empty()
                && !segment.starts_with('.')
                && !segment.contains(|character: char| character.is_control() || matches!(character, '\\' | ':'))
        };
        let path = instruction.value.trim();
        let path = path.strip_prefix("./").unwrap_or(path);
        if path.split('/').all(is_plain) {
            return Some(SkillToolSource::Instruction(path.to_owned()));
        }
        let message = format!("`{}` is no path of a file in the skill's folder", instruction.value);
        self.report(Code::UnusableSkillFile, instruction.span, message, "a path relative to `location`: `guides/a.md`");
        None
    }
}
