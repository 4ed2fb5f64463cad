//! What routes and tools of several steps do.

use super::{Output, Parameter, Source};
use crate::formats::Format;

/// Several steps, and what is answered with.
#[derive(Debug)]
pub struct Steps {
    /// The steps, in the order of the file. A step refers to none behind it.
    pub steps: &'static [Step],
    /// What the answer is put together from.
    pub mappings: &'static [Mapping],
    /// The step whose answer is the answer where the mappings give nothing, an index into [`steps`](Self::steps).
    pub last: Option<usize>,
    /// What that answer is made into: the first of them that is not null. None: it is handed on as it is.
    pub outputs: &'static [Output],
}

/// A step.
#[derive(Debug)]
pub struct Step {
    /// The name.
    pub name: &'static str,
    /// The steps that have to be done before, indices into [`Steps::steps`].
    pub after: &'static [usize],
    /// Whether anything refers to what it gives.
    pub is_used: bool,
    /// What it does.
    pub kind: StepKind,
}

/// What a [`Step`] does.
#[derive(Debug)]
#[non_exhaustive]
pub enum StepKind {
    /// Calls an operation.
    Call(StepCall),
    /// Finds entries in what another step gave.
    Lookup(Lookup),
    /// Has a method of the program do what a script of the file does.
    Script(StepScript),
}

/// The call of an operation by a step.
#[derive(Debug)]
pub struct StepCall {
    /// The operation, an index into [`Capability::operations`](super::Capability::operations).
    pub operation: usize,
    /// For each of [`Operation::inputs`](super::Operation::inputs), where its value comes from.
    pub arguments: &'static [Source],
    /// What the answer is.
    pub format: Format,
    /// The operation's own outputs by their names. An answer that is an object is made into an object of them; where it
    /// is a list, they are added to its elements.
    pub outputs: &'static [(&'static str, Output)],
}

/// A search in what another step gave.
#[derive(Debug)]
pub struct Lookup {
    /// The step whose list, or single object, is searched, an index into [`Steps::steps`].
    pub index: usize,
    /// The field that is compared.
    pub field: &'static str,
    /// What it is compared with: a value, or a list of them, which gives a list of entries.
    pub value: Source,
    /// The fields of what is found that the step gives.
    pub fields: &'static [&'static str],
}

/// The use of a script by a step.
#[derive(Debug)]
pub struct StepScript {
    /// The script, by the number that the dispatch has for it.
    pub script: usize,
    /// What the method is given.
    pub inputs: &'static [Parameter],
    /// For each of [`inputs`](Self::inputs), where its value comes from.
    pub arguments: &'static [Source],
}

/// A part of the answer.
#[derive(Debug)]
pub struct Mapping {
    /// The names that lead to its place in the answer, at least one.
    pub target: &'static [&'static str],
    /// Its value. One that is absent is left out.
    pub value: Source,
    /// What the value, as a document, is made into.
    pub output: Output,
}
