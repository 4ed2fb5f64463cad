//! The skills of a surface and their files.

use std::io;

use bytes::Bytes;
use http::StatusCode;
use serde_json::{Map, Value, json};

use super::archive::{Archive, ArchiveError};
use super::markdown;
use crate::Settings;
use crate::description::{Capability, Skill, SkillToolSource, Surface};
use crate::server::{FileEntry, Folder, FolderError, Problem, ServerError, media_type_of};

/// The skills of a surface.
pub(crate) struct Catalogue {
    /// The answer for all of them, which never changes.
    pub(crate) list: Bytes,
    entries: Vec<Entry>,
}

/// A skill.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) skill: &'static Skill,
    /// What the capability file says about it, as JSON.
    pub(crate) detail: Bytes,
    /// `SKILL.md`, where its folder has none.
    markdown: Bytes,
    folder: Option<Folder>,
}

/// Why a skill's files cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FilesError {
    #[error(transparent)]
    Folder(#[from] FolderError),
    #[error(transparent)]
    Archive(#[from] ArchiveError),
}

impl Catalogue {
    pub(crate) fn new(capability: &'static Capability, exposes: usize, settings: &Settings) -> Self {
        let skills = skills(capability, exposes);
        let list: Vec<Value> = skills.iter().map(summary).collect();
        Self {
            list: json!({"count": list.len(), "skills": list}).to_string().into(),
            entries: skills.iter().map(|skill| Entry::new(capability, skill, settings)).collect(),
        }
    }

    pub(crate) fn find(&self, name: &str) -> Result<&Entry, Problem> {
        self.entries.iter().find(|entry| entry.skill.name == name).ok_or_else(|| {
            Problem::new(StatusCode::NOT_FOUND)
                .with_detail("There is no such skill; `/skills` lists those that there are.")
        })
    }
}

impl Entry {
    fn new(capability: &Capability, skill: &'static Skill, settings: &Settings) -> Self {
        Self {
            skill,
            detail: detail(capability, skill).to_string().into(),
            markdown: markdown::skill(capability, skill).into(),
            folder: skill.folder.map(|folder| Folder::new(folder, settings)),
        }
    }

    /// The files, sorted by path. It blocks.
    pub(crate) fn files(&self) -> Result<Vec<FileEntry>, FolderError> {
        let mut files = self.folder.as_ref().map_or_else(|| Ok(Vec::new()), Folder::files)?;
        if let Err(place) = files.binary_search_by(|file| file.path.as_str().cmp(markdown::FILE)) {
            files.insert(place, FileEntry { path: markdown::FILE.to_owned(), size: self.markdown.len() as u64 });
        }
        Ok(files)
    }

    /// A file. It blocks.
    pub(crate) fn read(&self, path: &str) -> Result<Bytes, FolderError> {
        let read = self.folder.as_ref().map_or(Err(FolderError::NotFound), |folder| folder.read(path));
        match read {
            Err(FolderError::NotFound) if path == markdown::FILE => Ok(self.markdown.clone()),
            read => read.map(Bytes::from),
        }
    }

    /// All files in an archive. It blocks.
    pub(crate) fn archive(&self) -> Result<Bytes, FilesError> {
        let mut archive = Archive::new();
        for file in self.files()? {
            archive.add(&file.path, &self.read(&file.path)?)?;
        }
        Ok(archive.finish()?.into())
    }

    /// The list of the files, as JSON. It blocks.
    pub(crate) fn contents(&self) -> Result<Bytes, FilesError> {
        let files = self.files()?;
        let file = |file: &FileEntry| json!({"path": file.path, "size": file.size, "type": media_type(&file.path)});
        let files: Vec<Value> = files.iter().map(file).collect();
        Ok(json!({"name": self.skill.name, "files": files}).to_string().into())
    }
}

/// The media type of a file of a skill.
pub(crate) fn media_type(path: &str) -> &'static str {
    media_type_of(path).unwrap_or("application/octet-stream")
}

/// Checks that the folders of a surface's skills are there.
pub(crate) fn check(capability: &'static Capability, exposes: usize, settings: &Settings) -> Result<(), ServerError> {
    let namespace = capability.exposes.get(exposes).map_or("", |exposes| exposes.namespace);
    for skill in skills(capability, exposes) {
        let folder = skill.folder.map(|folder| Folder::new(folder, settings));
        if let Some((folder, Err(source))) = folder.map(|folder| (folder.path().to_owned(), folder.check())) {
            return Err(folder_error(namespace, folder, source));
        }
    }
    Ok(())
}

fn folder_error(namespace: &'static str, folder: std::path::PathBuf, source: io::Error) -> ServerError {
    ServerError::Folder { namespace, folder, source }
}

fn skills(capability: &'static Capability, exposes: usize) -> &'static [Skill] {
    match capability.exposes.get(exposes).map(|exposes| &exposes.surface) {
        Some(Surface::Skill { skills }) => skills,
        _ => &[],
    }
}

/// The kind and the namespace of a surface.
pub(crate) fn surface(capability: &Capability, index: usize) -> (&'static str, &'static str) {
    let Some(exposes) = capability.exposes.get(index) else { return ("", "") };
    (exposes.surface.kind(), exposes.namespace)
}

fn summary(skill: &Skill) -> Value {
    let mut members = Map::new();
    members.insert("name".to_owned(), skill.name.into());
    members.insert("description".to_owned(), skill.description.into());
    if let Some(license) = skill.license {
        members.insert("license".to_owned(), license.into());
    }
    members.insert("tools".to_owned(), skill.tools.iter().map(|tool| tool.name).collect());
    Value::Object(members)
}

fn detail(capability: &Capability, skill: &Skill) -> Value {
    let mut members = Map::new();
    members.insert("name".to_owned(), skill.name.into());
    members.insert("description".to_owned(), skill.description.into());
    for (name, value) in [
        ("license", skill.license),
        ("compatibility", skill.compatibility),
        ("argument-hint", skill.argument_hint),
        ("allowed-tools", skill.allowed_tools),
    ] {
        if let Some(value) = value {
            members.insert(name.to_owned(), value.into());
        }
    }
    members.insert("user-invocable".to_owned(), skill.user_invocable.into());
    members.insert("disable-model-invocation".to_owned(), skill.disable_model_invocation.into());
    if !skill.metadata.is_empty() {
        let metadata = skill.metadata.iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
        members.insert("metadata".to_owned(), Value::Object(metadata.collect()));
    }
    let tools = skill.tools.iter().map(|tool| {
        let (name, description) = (tool.name, tool.description);
        match tool.source {
            SkillToolSource::Action { surface, name: action } => {
                let (mode, namespace) = self::surface(capability, surface);
                let invocation = json!({"targetNamespace": namespace, "action": action, "mode": mode});
                json!({"name": name, "description": description, "type": "derived", "invocationRef": invocation})
            }
            SkillToolSource::Instruction(path) => {
                json!({"name": name, "description": description, "type": "instruction", "instruction": path})
            }
        }
    });
    members.insert("tools".to_owned(), tools.collect());
    Value::Object(members)
}
