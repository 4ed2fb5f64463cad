//! The example of a page: the files with the mistake, the files without it, and what the compiler says about them.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use capsmith_codegen::diagnostic::{Code, Severity, Style};
use capsmith_codegen::resolve;
use capsmith_codegen::source::Source;
use capsmith_codegen::{CallSite, Strictness, include_capability, include_openapi, lint};
use proc_macro2::{LexError, TokenStream, TokenTree};

use super::page::{Block, Page};

/// Files that every example has; pages show a few lines of them.
const SAMPLES: &[(&str, &str)] = &[(SHELF, include_str!("shelf.yaml")), (BOOKS, include_str!("books.yaml"))];
const SHELF: &str = "shelf.yaml";
const BOOKS: &str = "books.yaml";

/// Why an example cannot be followed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExampleError {
    /// The lines stand in no sample, or more than once.
    #[error("these lines stand {found} times in `{file}`, not once:\n{lines}")]
    Place {
        /// The name of the sample.
        file: String,
        /// The lines without their marks.
        lines: String,
        /// How often they were found.
        found: usize,
    },
    /// The call of the macro is no Rust.
    #[error("`{call}`: {source}")]
    Call {
        /// The call.
        call: String,
        /// Why.
        source: LexError,
    },
    /// The files cannot be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

/// An example.
#[derive(Clone, Debug)]
pub(super) struct Example {
    pub(super) mistake: Case,
    pub(super) mended: Case,
}

/// Files, and the macro that reads them.
#[derive(Clone, Debug)]
pub(super) struct Case {
    files: BTreeMap<String, String>,
    call: String,
    /// Whether the file is held against rules that compiling it does not check.
    is_strict: bool,
}

impl Example {
    /// The example of a page; `None` where it has none.
    pub(super) fn new(page: &Page) -> Result<Option<Self>, ExampleError> {
        if page.blocks().next().is_none() {
            return Ok(None);
        }
        let is_strict = page.title.starts_with("CAP17");
        let reads_openapi = page.title.starts_with("CAP1") && !is_strict;
        let (entry, file) = if reads_openapi { ("include_openapi", BOOKS) } else { ("include_capability", SHELF) };
        let files = SAMPLES.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let case = Case { files, call: format!("capsmith::{entry}!(\"{file}\");"), is_strict };
        let mut example = Self { mistake: case.clone(), mended: case };
        for block in page.blocks() {
            example.apply(block)?;
        }
        Ok(Some(example))
    }

    fn apply(&mut self, block: &Block) -> Result<(), ExampleError> {
        if !block.is_diff {
            let text = text(block.lines.iter().map(String::as_str));
            for case in [&mut self.mistake, &mut self.mended] {
                if is_call(block) {
                    case.call.clone_from(&text);
                } else {
                    case.files.insert(block.file.clone(), text.clone());
                }
            }
            return Ok(());
        }
        let hunks: Vec<&[String]> = block.lines.split(|line| line.starts_with("@@")).collect();
        for hunk in &hunks {
            let (mistaken, mended) = (side(hunk, '-'), side(hunk, '+'));
            if is_call(block) {
                self.mistake.call = mistaken;
                self.mended.call = mended;
                continue;
            }
            match self.mended.files.get(&block.file) {
                Some(sample) if count(sample, &mended) == 1 => self.mistake.replace(&block.file, &mended, &mistaken),
                Some(sample) if count(sample, &mistaken) == 1 => self.mended.replace(&block.file, &mistaken, &mended),
                Some(sample) if hunks.len() > 1 || count(sample, &mended) > 1 => {
                    let found = count(sample, &mended);
                    return Err(ExampleError::Place { file: block.file.clone(), lines: mended, found });
                }
                // A file of its own, or instead of the sample.
                _ => {
                    self.mistake.files.insert(block.file.clone(), mistaken);
                    self.mended.files.insert(block.file.clone(), mended);
                }
            }
        }
        Ok(())
    }
}

impl Case {
    fn replace(&mut self, file: &str, from: &str, to: &str) {
        if let Some(text) = self.files.get_mut(file) {
            let replaced = format!("\n{text}").replacen(&format!("\n{from}"), &format!("\n{to}"), 1);
            replaced[1..].clone_into(text);
        }
    }

    /// What the macro says about the files, lints and errors alike.
    pub(super) fn messages(&self) -> Result<Vec<String>, ExampleError> {
        let folder = tempfile::tempdir()?;
        for (name, text) in &self.files {
            std::fs::write(folder.path().join(name), text)?;
        }
        let tokens = self.call.parse::<TokenStream>();
        let tokens = tokens.map_err(|source| ExampleError::Call { call: self.call.clone(), source })?;
        let (name, arguments) = call(tokens);
        let denied = if arguments.to_string().contains("lints") { "" } else { ", lints = deny" };
        let input = format!("[::capsmith] {arguments} {denied}").parse::<TokenStream>();
        let input = input.map_err(|source| ExampleError::Call { call: self.call.clone(), source })?;
        let site = |_| CallSite::new(None, Some(folder.path().to_owned()));
        let output =
            if name == "include_openapi" { include_openapi(input, site) } else { include_capability(input, site) };
        let mut messages = Vec::new();
        collect(output, &mut messages);
        messages.extend(self.notes());
        messages.extend(self.style());
        Ok(messages)
    }

    /// What stops no build, and so is not said by the macro.
    fn notes(&self) -> Vec<String> {
        let Some(text) = self.files.get(SHELF) else { return Vec::new() };
        let source = Source::new(SHELF, text.as_str());
        let found = resolve::analyze(&source, None).diagnostics.into_iter();
        let notes = found.filter(|found| found.severity == Severity::Note);
        notes.map(|found| found.render(&source, Style::Plain)).collect()
    }

    /// What `cargo xtask lint` would add about the capability file.
    fn style(&self) -> Vec<String> {
        let Some(text) = self.files.get(SHELF).filter(|_| self.is_strict) else { return Vec::new() };
        let source = Source::new(SHELF, text.as_str());
        let found = lint(&source, Strictness::Schema);
        found.iter().map(|found| found.render(&source, Style::Plain)).collect()
    }
}

/// Whether a block is the call of the macro.
fn is_call(block: &Block) -> bool {
    Path::new(&block.file).extension().is_some_and(|extension| extension == "rs")
}

/// Whether a message is a diagnostic of the code.
pub(super) fn is_of(message: &str, code: Code) -> bool {
    message.lines().next().is_some_and(|line| line.ends_with(&format!("[{}]", code.as_str())))
}

/// The lines of a difference that one side has.
fn side(hunk: &[String], mark: char) -> String {
    text(hunk.iter().filter_map(|line| line.strip_prefix([mark, ' ']).or(line.is_empty().then_some(""))))
}

fn text<'l>(lines: impl Iterator<Item = &'l str>) -> String {
    lines.flat_map(|line| [line, "\n"]).collect()
}

/// How often whole lines stand in a text.
fn count(text: &str, lines: &str) -> usize {
    if lines.is_empty() { 0 } else { format!("\n{text}").matches(&format!("\n{lines}")).count() }
}

/// The name and the arguments of a macro's call.
fn call(tokens: TokenStream) -> (String, TokenStream) {
    let mut name = String::new();
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => name = ident.to_string(),
            TokenTree::Group(group) => return (name, group.stream()),
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    (name, TokenStream::new())
}

/// The texts of all `compile_error!`s.
fn collect(tokens: TokenStream, messages: &mut Vec<String>) {
    let mut is_error = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_error => {
                messages.extend(syn::parse2::<syn::LitStr>(group.stream()).ok().map(|text| text.value()));
                is_error = false;
            }
            TokenTree::Group(group) => collect(group.stream(), messages),
            TokenTree::Ident(ident) => is_error = ident == "compile_error",
            TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}
