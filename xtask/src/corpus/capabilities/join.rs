//! Which OpenAPI document a capability file is joined with, of those that a folder has for its provider.

use std::collections::BTreeMap;
use std::path::Path;

use capsmith_codegen::diagnostic::{Code, Style};
use capsmith_codegen::source::Source;
use capsmith_codegen::{Compiled, Join, Options, Surroundings, compile_in};
use serde::Serialize;

use super::compile::counts;
use crate::corpus::CorpusError;
use crate::corpus::find::{self, Found};
use crate::find::Folder;

/// The OpenAPI documents of a folder. The folder of a document in it is named after the provider.
#[derive(Default)]
pub(super) struct Documents(Vec<Found>);

/// What a join with a document came to.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct JoinOutcome {
    /// The path of the document in its folder.
    pub document: String,
    /// How often the two files contradict each other, by the code of the error.
    pub contradictions: BTreeMap<&'static str, usize>,
    /// How many consumed operations the document does not have.
    pub undocumented: usize,
    /// The contradictions as text for people.
    pub messages: Vec<String>,
}

impl Documents {
    /// Those below a folder.
    pub(super) fn find(folder: &Path) -> Result<Self, CorpusError> {
        Ok(Self(find::find(&[folder.to_owned()], &["openapi"])?))
    }

    /// Joins a file with the document of its provider that it has most in common with. `None`: there is none that has
    /// any of its operations.
    pub(super) fn join(
        &self,
        around: &Surroundings<'_>,
        provider: &str,
        source: &Source,
    ) -> Option<(JoinOutcome, Compiled)> {
        let of_provider = self.0.iter().filter(|document| document.path.split('/').next() == Some(provider));
        let outcomes = of_provider.filter_map(|document| attempt(around, source, document));
        outcomes.min_by_key(|(outcome, _)| (!outcome.contradictions.is_empty(), outcome.undocumented))
    }
}

fn attempt(around: &Surroundings<'_>, source: &Source, document: &Found) -> Option<(JoinOutcome, Compiled)> {
    let documents = Folder(&document.folder);
    let join = Join::new(&documents, &document.path);
    let compiled = compile_in(source, &around.joined(&join), &Options::default());
    let own = compiled.failures().map(|failure| (source, failure));
    let failures: Vec<_> = own.chain(compiled.other_failures()).collect();
    let contradictions = counts(failures.iter().map(|(_, failure)| *failure));
    let messages = failures.iter().map(|(source, failure)| failure.render(source, Style::Plain)).collect();
    let is_contradiction = |code: &&str| code.starts_with("CAP16") && **code != *Code::UnrelatedDocument.as_str();
    let undocumented = compiled.warnings().filter(|warning| warning.code == Code::UndocumentedOperation).count();
    let outcome = JoinOutcome { document: document.path.clone(), contradictions, undocumented, messages };
    outcome.contradictions.keys().all(is_contradiction).then_some((outcome, compiled))
}
