//! `specs/capsmith.toml`: what the files of `specs/` do not say themselves.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use capsmith_codegen::Builder;
use serde::Deserialize;

use super::RegenError;

/// The file, in `specs/`.
const NAME: &str = "capsmith.toml";

/// What the file says.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    /// Capabilities that are joined with the OpenAPI documents of their upstreams.
    #[serde(default)]
    join: Vec<Join>,
}

/// A join. Paths are relative to `specs/`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Join {
    /// The capability file.
    capability: PathBuf,
    /// The document.
    openapi: PathBuf,
    /// Operations that need not be in the document.
    #[serde(default)]
    unmatched: Vec<String>,
    /// The module, beside that of the capability alone. Without it the joined capability takes that one's place.
    name: Option<String>,
}

impl Settings {
    /// The settings of a folder; those of none where there is no file.
    pub(super) fn read(specs: &Path) -> Result<Self, RegenError> {
        let path = specs.join(NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(RegenError::File { path, source }),
        };
        let settings: Self = toml::from_str(&text)
            .map_err(|source| RegenError::Settings { path: path.clone(), reason: source.to_string() })?;
        for join in &settings.join {
            if !specs.join(&join.capability).is_file() {
                let reason = format!("there is no `{}` to join", join.capability.display());
                return Err(RegenError::Settings { path, reason });
            }
        }
        Ok(settings)
    }

    /// Adds a capability at `path`, alone or joined or both.
    pub(super) fn capability(&self, builder: Builder, specs: &Path, path: &Path) -> Builder {
        let joins = || self.join.iter().filter(|join| specs.join(&join.capability) == path);
        let is_replaced = joins().any(|join| join.name.is_none());
        let builder = if is_replaced { builder } else { builder.capability(path) };
        joins().fold(builder, |builder, join| {
            let builder = builder.capability(path).join(specs.join(&join.openapi)).unmatched(&join.unmatched);
            match &join.name {
                Some(name) => builder.name(name),
                None => builder,
            }
        })
    }
}
