//! `specs/capsmith.toml`: what the files of `specs/` do not say themselves.
//!
//! Each file may have a table, under its path relative to `specs/`. The keys and their values are the arguments of the
//! macros, `include_capability!` for a capability and `include_openapi!` for a document.

mod values;

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};

use capsmith_codegen::{Builder, FileKind};
use serde::Deserialize;
use toml::Spanned;

use self::values::{DerivePath, References, SurfaceName, TypePath};
use super::RegenError;

/// The file, in `specs/`.
const NAME: &str = "capsmith.toml";

/// What the file says.
#[derive(Debug, Default)]
pub(super) struct Settings {
    path: PathBuf,
    text: String,
    /// Files by their paths relative to `specs/`.
    files: BTreeMap<Spanned<String>, File>,
}

/// The settings of a file. Their places are kept, because which of them there may be depends on what the file is.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    /// The module, in place of the one that is named after the file.
    name: Option<String>,
    /// The document that a capability is joined with.
    openapi: Option<Spanned<PathBuf>>,
    /// Consumed operations that need not be in that document.
    unmatched: Option<Spanned<Vec<String>>>,
    /// The operations of a document that are wanted.
    only: Option<Spanned<Vec<String>>>,
    /// How long the lists of tools may be before there is a lint, in bytes.
    tool_list_budget: Option<usize>,
    /// The operations of a document that become tools.
    tools: Option<Spanned<Vec<String>>>,
    /// Names of tools, by their operations.
    tool_names: Option<Spanned<BTreeMap<String, String>>>,
    /// What is made of a document.
    surfaces: Option<Spanned<Vec<SurfaceName>>>,
    /// Traits that every type of a document derives.
    derives: Option<Spanned<Vec<DerivePath>>>,
    /// Types in place of schemas.
    types: Option<Spanned<BTreeMap<String, TypePath>>>,
    /// Types in place of formats.
    formats: Option<Spanned<BTreeMap<String, TypePath>>>,
    /// What is done about references to other hosts.
    remote_references: Option<Spanned<References>>,
}

impl Settings {
    /// The settings of a folder; those of none where there is no file. `specs` are the files that there are to compile.
    pub(super) fn read(folder: &Path, specs: &[(PathBuf, FileKind)]) -> Result<Self, RegenError> {
        let path = folder.join(NAME);
        let text = match fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) if source.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(source) => return Err(RegenError::File { path, source }),
        };
        let files = toml::from_str(&text).map_err(|source| RegenError::Settings {
            path: path.clone(),
            line: None,
            reason: source.to_string(),
        })?;
        let settings = Self { path, text, files };
        for (name, file) in &settings.files {
            let spec = specs.iter().find(|(path, _)| *path == folder.join(name.get_ref()));
            let Some((_, kind)) = spec else {
                let reason = format!("there is no capability and no document `{}`", name.get_ref());
                return Err(settings.error(&name.span(), reason));
            };
            settings.check(folder, *kind, file)?;
        }
        Ok(settings)
    }

    /// Adds a file of `folder` with its settings.
    pub(super) fn add(&self, builder: Builder, folder: &Path, path: &Path, kind: FileKind) -> Builder {
        let mut files = self.files.iter();
        let file = files.find(|(name, _)| folder.join(name.get_ref()) == path).map(|(_, file)| file);
        let builder = match kind {
            FileKind::OpenApi => document(builder.openapi(path), file),
            _ => capability(builder.capability(path), folder, file),
        };
        let builder = match file.and_then(|file| file.tool_list_budget) {
            Some(budget) => builder.tool_list_budget(budget),
            None => builder,
        };
        match file.and_then(|file| file.name.as_ref()) {
            Some(name) => builder.name(name),
            None => builder,
        }
    }

    /// Refuses what has no effect on a file of this kind, and a document that is not there.
    fn check(&self, folder: &Path, kind: FileKind, file: &File) -> Result<(), RegenError> {
        let of_capabilities =
            [("openapi", place(file.openapi.as_ref())), ("unmatched", place(file.unmatched.as_ref()))];
        let of_documents = [
            ("only", place(file.only.as_ref())),
            ("tools", place(file.tools.as_ref())),
            ("tool_names", place(file.tool_names.as_ref())),
            ("surfaces", place(file.surfaces.as_ref())),
            ("derives", place(file.derives.as_ref())),
            ("types", place(file.types.as_ref())),
            ("formats", place(file.formats.as_ref())),
            ("remote_references", place(file.remote_references.as_ref())),
        ];
        let (others, what): (&[_], _) = match kind {
            FileKind::OpenApi => (&of_capabilities, "an OpenAPI document"),
            _ => (&of_documents, "a capability"),
        };
        if let Some((key, place)) = others.iter().find_map(|(key, place)| Some((key, place.as_ref()?))) {
            return Err(self.error(place, format!("`{key}` has no effect on {what}")));
        }
        if let (Some(unmatched), None) = (&file.unmatched, &file.openapi) {
            return Err(self.error(&unmatched.span(), "`unmatched` has no effect without `openapi`".to_owned()));
        }
        match &file.openapi {
            Some(openapi) if !folder.join(openapi.get_ref()).is_file() => {
                let reason = format!("there is no document `{}`", openapi.get_ref().display());
                Err(self.error(&openapi.span(), reason))
            }
            _ => Ok(()),
        }
    }

    fn error(&self, place: &Range<usize>, reason: String) -> RegenError {
        let before = self.text.get(..place.start).unwrap_or_default();
        let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
        RegenError::Settings { path: self.path.clone(), line: Some(line), reason }
    }
}

fn place<T>(setting: Option<&Spanned<T>>) -> Option<Range<usize>> {
    setting.map(Spanned::span)
}

fn capability(builder: Builder, folder: &Path, file: Option<&File>) -> Builder {
    let Some(openapi) = file.and_then(|file| file.openapi.as_ref()) else { return builder };
    let unmatched = file.and_then(|file| file.unmatched.as_ref()).map(Spanned::get_ref);
    builder.join(folder.join(openapi.get_ref())).unmatched(unmatched.into_iter().flatten())
}

fn document(builder: Builder, file: Option<&File>) -> Builder {
    let Some(file) = file else { return builder };
    let mut builder = builder;
    if let Some(only) = &file.only {
        builder = builder.only(only.get_ref());
    }
    if let Some(tools) = &file.tools {
        builder = builder.tools(tools.get_ref());
    }
    let names = file.tool_names.iter().flat_map(Spanned::get_ref);
    builder = names.fold(builder, |builder, (operation, name)| builder.tool_name(operation, name));
    if let Some(surfaces) = &file.surfaces {
        builder = builder.surfaces(surfaces.get_ref().iter().map(|surface| surface.0));
    }
    if let Some(references) = &file.remote_references {
        builder = builder.remote_references(references.get_ref().into());
    }
    let derives = file.derives.iter().flat_map(Spanned::get_ref);
    builder = derives.fold(builder, |builder, path| builder.derive(&path.0));
    let types = file.types.iter().flat_map(Spanned::get_ref);
    builder = types.fold(builder, |builder, (schema, path)| builder.replace_type(schema, &path.0));
    let formats = file.formats.iter().flat_map(Spanned::get_ref);
    formats.fold(builder, |builder, (format, path)| builder.format(format, &path.0))
}
