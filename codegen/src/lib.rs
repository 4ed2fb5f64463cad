//! The Capsmith compiler: a capability file or an OpenAPI document in, Rust items and diagnostics out.
//!
//! Most crates use it through `capsmith::include_capability!` and `capsmith::include_openapi!`. A build script uses
//! [`Builder`]:
//!
//! ```no_run
//! use capsmith_codegen::{BuildError, Builder};
//!
//! fn main() -> Result<(), BuildError> {
//!     Builder::new().capability("specs/platform-backups.yaml").compile()
//! }
//! ```
//!
//! Both are doors to one function for each kind of file, [`compile`] (or [`compile_in`]) and [`compile_openapi`]. These read and write no
//! files themselves:
//!
//! ```
//! use capsmith_codegen::diagnostic::Style;
//! use capsmith_codegen::source::Source;
//! use capsmith_codegen::{Options, compile};
//!
//! let source = Source::new("weather.yaml", "naftiko: 1.0.0-alpha9\ncapability: {}\n");
//! let compiled = compile(&source, &Options::default());
//!
//! let messages: Vec<String> = compiled.failures().map(|failure| failure.render(&source, Style::Plain)).collect();
//! assert!(messages[0].contains("weather.yaml:1:10"));
//! assert!(compiled.items.is_none());
//! ```
//!
//! The stages, in the order of execution: [`source`] has the text, `tree` reads YAML or JSON with the place of
//! everything, `naftiko` is the model of the document, [`resolve`] connects its parts and finds all errors, [`ir`] is
//! what it gives, and `emit` turns that into tokens.

pub mod diagnostic;
pub mod ir;
pub mod jsonpath;
pub mod openapi;
pub mod resolve;
pub mod source;

mod arena;
mod arguments;
mod ascii;
mod avro;
mod builder;
mod compile;
mod css;
mod disk;
mod emit;
mod expand;
mod fault;
mod file;
mod file_uri;
mod imports;
mod join;
mod kind;
mod layout;
mod lint;
mod lookup;
mod naftiko;
mod names;
mod protobuf;
mod stub;
mod suggest;
mod tree;

pub use self::builder::{BuildError, Builder, Output};
pub use self::compile::tools::TOOL_LIST_BUDGET;
pub use self::compile::{Compiled, CompiledApi, Lints, OpenApiOptions, Options, compile, compile_in, compile_openapi};
pub use self::emit::{RestDocument, rest_documents};
pub use self::expand::{CallSite, include_capability, include_openapi};
pub use self::join::Join;
pub use self::kind::FileKind;
pub use self::lint::{Strictness, breaks_schema, lint};
pub use self::resolve::Surroundings;
