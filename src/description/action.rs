//! What routes and tools do.

use super::{Steps, Type};
use crate::formats::Format;
use crate::jsonpath::JsonPath;

/// What a route or a tool does.
#[derive(Debug)]
#[non_exhaustive]
pub enum Action {
    /// Calls an operation and hands on its answer.
    Call(Call),
    /// Performs several steps and answers with what they gave.
    Steps(Steps),
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
    /// What the answer is made into: the first of them that is not null. None: it is handed on as it is.
    pub outputs: &'static [Output],
    /// What the answer is, where outputs are made of it.
    pub format: Format,
}

/// Where a value comes from that a route or a tool gives away, most often to an operation's input.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// A parameter of the route or tool, an index into its `parameters`.
    Parameter(usize),
    /// A constant of the file, as JSON text.
    Constant(&'static str),
    /// A part of a parameter, the output of a step or a bind variable.
    Value(Reference),
    /// A text with values in it: absent where one of them is.
    Template(&'static [Part]),
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
    /// What a path that selects at most one value selects in the document.
    Path(JsonPath),
    /// Everything that a path selects in the document, as a list.
    Paths(JsonPath),
    /// The content, made of what a path selects in the document; null where this is nothing.
    At(JsonPath, &'static Content),
    /// An output for each element of the list that a path selects, or for each value where it can select several.
    Items(JsonPath, &'static Output),
    /// An output for each element of the list that a path selects, or for the one value that stands there alone, as what
    /// occurs once does in XML.
    OneOrMore(JsonPath, &'static Output),
    /// An object, with each of its properties.
    Object(&'static [(&'static str, Output)]),
    /// A list.
    List(&'static [Output]),
}

/// A part of a text with values in it.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Part {
    /// Literal text.
    Text(&'static str),
    /// The text of a value: empty where there is none, of lists and objects their JSON.
    Value(Reference),
}

/// A value that an action knows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference {
    /// What the path begins at.
    pub root: Root,
    /// What leads from there to the value. One that selects several values leads to the list of them.
    pub path: JsonPath,
}

/// What a [`Reference`] begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Root {
    /// A parameter, an index into those of the route or tool.
    Parameter(usize),
    /// The output of a step, an index into [`Steps::steps`].
    Step(usize),
    /// A bind variable, an index into [`Capability::binds`](super::Capability::binds).
    Bind(usize),
}
