//! What a route or a tool does, and what it answers with.

use super::css::Selector;
use super::json_path::JsonPath;
use super::protobuf;
use super::{Steps, Type};

/// What a route or a tool does.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// Calls an operation.
    Call(Call),
    /// Performs several steps.
    Steps(Steps),
    /// Answers with what stands in the file; `None`: with nothing.
    Mock(Option<Output>),
}

/// The call of an operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The operation, an index into [`Capability::operations`](super::Capability::operations).
    pub operation: usize,
    /// For each input of the operation, its source.
    pub arguments: Vec<Source>,
    /// What the answer is made into, where it is not handed on as it is: the first of them that is not null.
    pub outputs: Vec<Output>,
    /// What the answer is, from which the outputs are made.
    pub format: Format,
}

/// What an answer is that outputs are made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// YAML.
    Yaml,
    /// XML.
    Xml,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Values separated by `|`.
    Psv,
    /// The tables of HTML.
    Html {
        /// Only tables that one of these selects, or that stand in another element that one selects. None: all.
        selectors: Vec<Selector>,
    },
    /// Markdown.
    Markdown {
        /// Only sections whose heading begins with this.
        prefix: Option<String>,
    },
    /// Avro: a datum, or a container file of several.
    Avro {
        /// The schema of a datum, in JSON.
        schema: String,
    },
    /// A message of protocol buffers.
    Protobuf(protobuf::Schema),
    /// Bytes.
    Binary,
}

/// Where a value comes from that an action gives away, most often to an operation's input.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A parameter of the route or tool, by index.
    Parameter(usize),
    /// A constant, as JSON text.
    Constant(String),
    /// A part of a parameter, the output of a step or a bind variable.
    Value(Reference),
    /// A text with values in it: absent where one of them is.
    Template(Vec<Part>),
    /// An object of parameters of the tool: the name of each property, and the parameter's index.
    Properties(Vec<(String, usize)>),
    /// Nowhere: optional, and not supplied.
    Absent,
}

/// A part of an answer, which is made rather than handed on.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// What messages call it: names joined by `.`, with `[]` behind that of a list.
    pub name: String,
    /// The description, or empty.
    pub description: String,
    /// The type that the file declares, which the value is made to fit.
    pub r#type: Type,
    /// What it is made of.
    pub content: Content,
}

/// What an output is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A constant, as JSON text.
    Constant(String),
    /// A value that the action knows, as it is.
    Value(Reference),
    /// A text with values in it.
    Template(Vec<Part>),
    /// What a path that selects at most one value selects in the document.
    Path(JsonPath),
    /// Everything that a path selects in the document, as a list.
    Paths(JsonPath),
    /// The content, made of what a path selects in the document; null where this is nothing.
    At(JsonPath, Box<Content>),
    /// An output for each element of the list that a path selects, or for each value where it can select several.
    Items(JsonPath, Box<Output>),
    /// An output for each element of the list that a path selects, or for the one value that stands there alone, as what
    /// occurs once does in XML.
    OneOrMore(JsonPath, Box<Output>),
    /// An object, with each of its properties.
    Object(Vec<(String, Output)>),
    /// A list of outputs.
    List(Vec<Output>),
}

/// A part of a text with values in it.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Literal text.
    Text(String),
    /// The text of a value: empty where there is none, of lists and objects their JSON.
    Value(Reference),
}

/// A value that an action knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// What the path begins at.
    pub root: Root,
    /// What leads from there to the value.
    pub path: JsonPath,
}

/// What a reference begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Root {
    /// A parameter of the route or tool, by index.
    Parameter(usize),
    /// The output of a step, by index.
    Step(usize),
    /// A bind variable, by index.
    Bind(usize),
}
