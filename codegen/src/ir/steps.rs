//! What routes and tools of several steps do.

use super::{Format, Input, Output, RustName, Source};

/// Several steps, and what is answered with.
#[derive(Clone, Debug, PartialEq)]
pub struct Steps {
    /// The steps, in the order of the file.
    pub steps: Vec<Step>,
    /// What the answer is put together from.
    pub mappings: Vec<Mapping>,
    /// The step whose answer is the answer where the mappings give nothing: the last one that calls something or runs a
    /// script.
    pub last: Option<usize>,
    /// What that answer is made into, where it is not handed on as it is: the first of them that is not null.
    pub outputs: Vec<Output>,
}

/// A step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The name.
    pub name: String,
    /// The earlier steps that have to be done before, by index: those that it takes values from, and those that its
    /// effects, or theirs, do not let it overtake.
    pub after: Vec<usize>,
    /// Whether anything refers to what it gives.
    pub is_used: bool,
    /// What it does.
    pub kind: StepKind,
}

/// What a step does.
#[derive(Clone, Debug, PartialEq)]
pub enum StepKind {
    /// Calls an operation.
    Call(StepCall),
    /// Finds entries in what another step gave.
    Lookup(Lookup),
    /// Has a script of the program run.
    Script(StepScript),
}

/// The call of an operation by a step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepCall {
    /// The operation, an index into [`Capability::operations`](super::Capability::operations).
    pub operation: usize,
    /// For each input of the operation, its source.
    pub arguments: Vec<Source>,
    /// What the answer is.
    pub format: Format,
    /// The operation's own outputs. An answer that is an object is made into an object of them; where it is a list, they
    /// are added to its elements.
    pub outputs: Vec<(String, Output)>,
}

/// A search in what another step gave.
#[derive(Clone, Debug, PartialEq)]
pub struct Lookup {
    /// The step whose list, or single object, is searched.
    pub index: usize,
    /// The field that is compared.
    pub field: String,
    /// What it is compared with: a value, or a list of them, which gives a list of entries.
    pub value: Source,
    /// The fields of what is found that the step gives.
    pub fields: Vec<String>,
}

/// The use of a script by a step.
#[derive(Clone, Debug, PartialEq)]
pub struct StepScript {
    /// The script, an index into [`Capability::scripts`](super::Capability::scripts).
    pub script: usize,
    /// For each input of the script, its source.
    pub arguments: Vec<Source>,
}

/// A script of the file, in whose place the program has a method of its handlers.
///
/// It belongs to the steps that stand at one place of the file: there are several of them where several routes and tools
/// refer to one flow.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    /// The name of the step.
    pub name: String,
    /// The name of the method.
    pub method_name: RustName,
    /// The name of the inputs' type.
    pub type_name: RustName,
    /// The file with the script that an engine would run, as the capability names it.
    pub file: String,
    /// What takes the step: names of routes and tools.
    pub users: Vec<String>,
    /// What the method is given.
    pub inputs: Vec<Input>,
}

/// A part of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    /// The names that lead to its place in the answer, at least one.
    pub target: Vec<String>,
    /// Its value. One that is absent is left out.
    pub value: Source,
    /// What the value, as a document, is made into.
    pub output: Output,
}
