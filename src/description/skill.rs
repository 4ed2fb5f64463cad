//! Skills: what agents can learn.

/// A skill of a catalogue, by the convention for agent skills.
#[derive(Debug)]
pub struct Skill {
    /// The name, unique in its surface.
    pub name: &'static str,
    /// What it is good for, and when.
    pub description: &'static str,
    /// The licence of the skill.
    pub license: Option<&'static str>,
    /// The agents and environments that it is made for.
    pub compatibility: Option<&'static str>,
    /// Whatever else the file says, in its order.
    pub metadata: &'static [(&'static str, &'static str)],
    /// The tools that an agent may use for it without asking.
    pub allowed_tools: Option<&'static str>,
    /// What a user may give along.
    pub argument_hint: Option<&'static str>,
    /// Whether users can ask for it by its name.
    pub user_invocable: bool,
    /// Whether agents must not choose it by themselves.
    pub disable_model_invocation: bool,
    /// The folder of its files on the machine that serves: absolute, or from the working directory.
    pub folder: Option<&'static str>,
    /// The tools that belong to it, in the order of the file.
    pub tools: &'static [SkillTool],
}

/// A tool of a [`Skill`].
#[derive(Debug)]
pub struct SkillTool {
    /// The name, unique in its skill.
    pub name: &'static str,
    /// What it does.
    pub description: &'static str,
    /// What it is.
    pub source: SkillToolSource,
}

/// What a [`SkillTool`] is.
#[derive(Debug)]
#[non_exhaustive]
pub enum SkillToolSource {
    /// An operation or tool of another surface.
    Action {
        /// The surface, an index into [`Capability::exposes`](super::Capability::exposes).
        surface: usize,
        /// The name of the operation or tool there.
        name: &'static str,
    },
    /// A file to be read, its path in the skill's folder.
    Instruction(&'static str),
}
