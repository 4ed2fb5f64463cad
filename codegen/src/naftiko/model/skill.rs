//! Surfaces of skills (section 6.3).

use super::{Adapter, Spanned, Text};

/// A catalogue of skills.
#[derive(Debug)]
pub(crate) struct Skills<'a> {
    pub(crate) adapter: Adapter<'a>,
    pub(crate) skills: Vec<Skill<'a>>,
}

/// A skill: what an agent can learn, and the tools that belong to it.
#[derive(Debug)]
pub(crate) struct Skill<'a> {
    pub(crate) name: Text<'a>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) license: Option<Text<'a>>,
    pub(crate) compatibility: Option<Text<'a>>,
    pub(crate) metadata: Vec<(Text<'a>, Text<'a>)>,
    pub(crate) allowed_tools: Option<Text<'a>>,
    pub(crate) argument_hint: Option<Text<'a>>,
    pub(crate) user_invocable: Option<Spanned<bool>>,
    pub(crate) disable_model_invocation: Option<Spanned<bool>>,
    pub(crate) location: Option<Text<'a>>,
    pub(crate) tools: Vec<SkillTool<'a>>,
}

/// A tool of a skill.
#[derive(Debug)]
pub(crate) struct SkillTool<'a> {
    pub(crate) name: Text<'a>,
    pub(crate) description: Option<Text<'a>>,
    pub(crate) from: Option<SkillSource<'a>>,
    pub(crate) instruction: Option<Text<'a>>,
}

/// `from`: an operation or tool of another surface.
#[derive(Debug)]
pub(crate) struct SkillSource<'a> {
    pub(crate) namespace: Option<Text<'a>>,
    pub(crate) action: Option<Text<'a>>,
}
