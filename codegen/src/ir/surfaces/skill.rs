//! Skills: what agents can learn.

/// A skill of a catalogue.
#[derive(Clone, Debug, PartialEq)]
pub struct Skill {
    /// The name, unique in its surface.
    pub name: String,
    /// The description.
    pub description: String,
    /// `license`
    pub license: Option<String>,
    /// `compatibility`
    pub compatibility: Option<String>,
    /// `metadata`, in the order of the file.
    pub metadata: Vec<(String, String)>,
    /// `allowed-tools`
    pub allowed_tools: Option<String>,
    /// `argument-hint`
    pub argument_hint: Option<String>,
    /// `user-invocable`, true where the file does not say.
    pub user_invocable: bool,
    /// `disable-model-invocation`, false where the file does not say.
    pub disable_model_invocation: bool,
    /// The folder of its files on the machine that serves: absolute, or from the working directory.
    pub folder: Option<String>,
    /// The tools, in the order of the file.
    pub tools: Vec<SkillTool>,
}

/// A tool of a skill.
#[derive(Clone, Debug, PartialEq)]
pub struct SkillTool {
    /// The name, unique in its skill.
    pub name: String,
    /// The description.
    pub description: String,
    /// What it is.
    pub source: SkillToolSource,
}

/// What a tool of a skill is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SkillToolSource {
    /// An operation or tool of another surface.
    Action {
        /// The other surface, an index into [`Capability::exposes`](crate::ir::Capability::exposes).
        surface: usize,
        /// The name of the operation or tool there.
        name: String,
    },
    /// A file in the skill's folder to be read, its path with `/`.
    Instruction(String),
}
