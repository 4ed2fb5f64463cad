//! Capability files in build scripts.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::Misuse;
use super::{BuildError, Builder, File, Kind, Output, bare, report, shown};
use crate::compile::{Compiled, Options, compile_in};
use crate::disk::{self, Directory};
use crate::emit::rest_documents;
use crate::file::{self, Header};
use crate::join::Join;
use crate::resolve::Surroundings;
use crate::source::Source;

/// What a capability is joined with.
#[derive(Clone, Debug)]
pub(super) struct Joining {
    openapi: PathBuf,
    unmatched: Vec<String>,
}

/// Capability files.
impl Builder {
    /// Adds a capability file, by its path relative to the crate.
    pub fn capability(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.push(File::new(path.into(), Kind::Capability(None)));
        self
    }

    /// Joins the capability that was added last with the OpenAPI document of its upstream, by the document's path relative
    /// to the crate: what the document says about the consumed operations, their types among it, the capability has too.
    ///
    /// ```
    /// # use capsmith_codegen::Builder;
    /// Builder::new().capability("specs/platform-backups.yaml").join("specs/planetscale-platform.yaml");
    /// ```
    pub fn join(mut self, openapi: impl Into<PathBuf>) -> Self {
        match self.files.last_mut() {
            Some(File { kind: Kind::Capability(joining), .. }) => {
                *joining = Some(Joining { openapi: openapi.into(), unmatched: Vec::new() });
            }
            _ => self.misused(Misuse::SettingWithoutCapability("join")),
        }
        self
    }

    /// Names operations that need not be in the document that the capability added last is joined with, as `operation` or
    /// `namespace.operation`. They stay as the capability file has them.
    pub fn unmatched(mut self, operations: impl IntoIterator<Item: Into<String>>) -> Self {
        match self.files.last_mut() {
            Some(File { kind: Kind::Capability(Some(joining)), .. }) => {
                joining.unmatched.extend(operations.into_iter().map(Into::into));
            }
            _ => self.misused(Misuse::SettingWithoutCapability("unmatched")),
        }
        self
    }

    /// The output of a capability; `None` where it has errors, which have been printed.
    pub(super) fn capability_output(
        &self,
        root: &Path,
        path: &Path,
        file: &File,
        joining: Option<&Joining>,
    ) -> Result<Option<Output>, BuildError> {
        let text = disk::read_text(path).map_err(|source| BuildError::Read { path: file.path.clone(), source })?;
        let source = Source::new(shown(path, root), text);
        let options = Options {
            name: file.name.clone(),
            runtime: self.runtime_path()?,
            lints: self.lints,
            tool_list_budget: file.tool_list_budget,
        };
        let directory = Directory::new(path, Some(root));
        let surroundings = Surroundings::new(&directory, directory.document());
        let compiled = match joining {
            None => compile_in(&source, &surroundings, &options),
            Some(joining) => self.joined(root, &source, &surroundings, joining, &options)?,
        };
        directory.read().iter().for_each(|read| self.track(read));
        let failures = compiled.failures().map(|failure| (&source, failure)).chain(compiled.other_failures());
        let is_failed = report::failures(failures, self.directives);
        let lints = compiled.warnings().map(|lint| (&source, lint)).chain(compiled.other_warnings());
        let lints = report::lints(lints, self.directives);
        let Compiled { capability: Some(capability), items: Some(items), .. } = &compiled else {
            return Ok(None);
        };
        if is_failed {
            return Ok(None);
        }
        let input = match joining {
            None => source.name.clone(),
            Some(joining) => format!("{} joined with {}", source.name, shown(&root.join(&joining.openapi), root)),
        };
        let header = Header { input: &input, command: &self.command };
        let others = compiled.files.iter().map(|file| file.source.text.as_str());
        let texts = std::iter::once(source.text.as_str()).chain(others);
        let text = file::render(items, header, texts);
        let documents = rest_documents(capability);
        Ok(Some(Output { module: bare(capability.module.as_str()), text, documents, lints }))
    }

    fn joined(
        &self,
        root: &Path,
        source: &Source,
        surroundings: &Surroundings<'_>,
        joining: &Joining,
        options: &Options,
    ) -> Result<Compiled, BuildError> {
        let path = root.join(&joining.openapi);
        // A document that is not there has no place to show.
        fs::metadata(&path).map_err(|source| BuildError::Read { path: joining.openapi.clone(), source })?;
        let directory = Directory::new(&path, Some(root));
        let mut join = Join::new(&directory, directory.document());
        join.unmatched.clone_from(&joining.unmatched);
        let compiled = compile_in(source, &surroundings.joined(&join), options);
        directory.read().iter().for_each(|read| self.track(read));
        Ok(compiled)
    }
}
