//! How a document is read.

use std::collections::BTreeMap;

use crate::ir::RustPath;

/// What is done about references to other hosts. Nothing is ever fetched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RemoteReferences {
    /// They are errors.
    #[default]
    Refuse,
    /// What uses them is untyped, with a lint.
    Untyped,
}

/// How a document is read, and what of it.
///
/// ```
/// use capsmith_codegen::openapi::Options;
///
/// let options = Options::default()
///     .only(["backups.*", "!backups.delete"])
///     .replace_type("Id", "crate::Id".parse()?)
///     .replace_format("uuid", "uuid::Uuid".parse()?);
/// # Ok::<(), capsmith_codegen::ir::RustPathError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// What is done about references to other hosts.
    pub remote_references: RemoteReferences,
    /// Types of the user's in the place of schemas.
    ///
    /// A key is the name of a schema, as `components.schemas` or Rust writes it, or a reference such as `common.yaml#/Id`. The
    /// type is used wherever a reference leads to the schema; where the schema is merged into another by `allOf`, its
    /// properties are merged as the document has them. Rules and defaults of the schema have no effect.
    pub types: BTreeMap<String, RustPath>,
    /// Types of the user's in the place of strings and numbers of a format, by its name.
    ///
    /// Other spellings of the same format (`guid` and `uuid`) are one. Lists of values (`enum`) stay what they are.
    pub formats: BTreeMap<String, RustPath>,
    /// Which operations are read. Empty: all.
    ///
    /// An operation is read when one of the patterns selects it and none that begins with `!` does; where all begin with `!`, it
    /// is enough that none does. `*` stands for any characters, none included.
    ///
    /// | Pattern | Selects |
    /// |---|---|
    /// | `listBackups`, `backups.*` | operations by `operationId` or by their name in Rust |
    /// | `tag:Backups` | operations with a tag |
    /// | `path:/v1/databases/*` | operations by their path, as the document writes it |
    /// | `method:GET` | operations by their method |
    /// | `GET /v1/databases/*` | operations by method and path |
    /// | `read-only` | operations whose method is safe (RFC 9110, section 9.2.1) |
    ///
    /// `operation:` may stand before a pattern of the first kind. Upper and lower case are told apart except in methods.
    /// A pattern that selects nothing is an error. Names of operations do not depend on what is selected.
    pub only: Vec<String>,
    /// Which of the operations that are read become tools of MCP, by the same patterns. Empty: all.
    pub tools: Vec<String>,
    /// Names of tools, by the `operationId` of their operations or by the names of these in Rust.
    ///
    /// A name has letters and digits of ASCII, `_` and `-`, at most 64 of them, and no two tools have one name, upper and lower case
    /// being equal. A tool without an entry is called after its operation, and gets a number where its name is taken.
    pub tool_names: BTreeMap<String, String>,
}

impl Options {
    /// Says what is done about references to other hosts.
    #[must_use]
    pub fn remote_references(mut self, remote_references: RemoteReferences) -> Self {
        self.remote_references = remote_references;
        self
    }

    /// Puts a type in the place of a schema: see [`types`](Self::types).
    #[must_use]
    pub fn replace_type(mut self, schema: impl Into<String>, path: RustPath) -> Self {
        self.types.insert(schema.into(), path);
        self
    }

    /// Puts a type in the place of a format: see [`formats`](Self::formats).
    #[must_use]
    pub fn replace_format(mut self, format: impl Into<String>, path: RustPath) -> Self {
        self.formats.insert(format.into(), path);
        self
    }

    /// Adds patterns of operations to read: see [`only`](Self::only).
    #[must_use]
    pub fn only(mut self, patterns: impl IntoIterator<Item: Into<String>>) -> Self {
        self.only.extend(patterns.into_iter().map(Into::into));
        self
    }

    /// Adds patterns of operations that become tools: see [`tools`](Self::tools).
    #[must_use]
    pub fn tools(mut self, patterns: impl IntoIterator<Item: Into<String>>) -> Self {
        self.tools.extend(patterns.into_iter().map(Into::into));
        self
    }

    /// Names the tool of an operation: see [`tool_names`](Self::tool_names).
    #[must_use]
    pub fn tool_name(mut self, operation: impl Into<String>, name: impl Into<String>) -> Self {
        self.tool_names.insert(operation.into(), name.into());
        self
    }
}
