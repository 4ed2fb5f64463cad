//! What routes and tools do.

use super::Type;

/// What a route or a tool does.
#[derive(Debug)]
#[non_exhaustive]
pub enum Action {
    /// Calls an operation and hands on its answer.
    Call(Call),
    /// Answers with what stands in the file (mock mode); `None`: with nothing.
    Mock(Option<Output>),
}

/// The call of an operation.
#[derive(Debug)]
pub struct Call {
    /// The operation, an index into [`Capability::operations`](super::Capability::operations).
    pub operation: usize,
    /// For each of [`Operation::inputs`](super::Operation::inputs), where its value comes from.
    pub arguments: &'static [Source],
}

/// Where an operation's input gets its value when a route or a tool calls the operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// A parameter of the route or tool, an index into its `parameters`.
    Parameter(usize),
    /// A constant of the file, as JSON text.
    Constant(&'static str),
    /// An object: each property with the parameter of the tool that holds it, an index into its `parameters`.
    Properties(&'static [(&'static str, usize)]),
    /// Nothing: the input is optional and nobody supplies it.
    Absent,
}

/// A part of an answer that the file describes: one of `outputParameters`.
#[derive(Debug)]
pub struct Output {
    /// What messages call it: names joined by `.`, with `[]` behind that of a list; empty of the answer as a whole.
    pub name: &'static str,
    /// The declared type, which the value is made to fit.
    pub r#type: Type,
    /// What it is made of.
    pub content: Content,
}

/// What an [`Output`] is made of.
#[derive(Debug)]
#[non_exhaustive]
pub enum Content {
    /// A constant of the file, as JSON text.
    Constant(&'static str),
    /// A value that the action knows, as it is.
    Value(Reference),
    /// A text with values in it.
    Template(&'static [Part]),
    /// An object, with each of its properties.
    Object(&'static [(&'static str, Output)]),
    /// A list.
    List(&'static [Output]),
}

/// A part of a text with values in it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Part {
    /// Literal text.
    Text(&'static str),
    /// The text of a value: empty where there is none, of lists and objects their JSON.
    Value(Reference),
}

/// A value that an action knows.
#[derive(Debug)]
pub struct Reference {
    /// The parameter, an index into those of the route or tool.
    pub parameter: usize,
    /// The fields that lead from its value to a part of it.
    pub fields: &'static [&'static str],
}
