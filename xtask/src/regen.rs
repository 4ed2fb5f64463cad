//! `regen`: the surface of `specs/`, checked in as `generated/`.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use capsmith_codegen::{BuildError, Builder, FileKind, Output};

use self::settings::Settings;

/// The command that makes `generated/`.
pub const COMMAND: &str = "cargo xtask regen";

/// The file that includes all others.
const PARENT: &str = "surface.rs";

/// The folder of the others. Nothing in it is written by hand.
const FOLDER: &str = "surface";

/// The folder of the OpenAPI documents of REST surfaces, as little by hand.
const DOCUMENTS: &str = "openapi";

/// Why `regen` failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegenError {
    /// A file in `specs/` does not compile.
    #[error(transparent)]
    Build(#[from] BuildError),
    /// A folder or file cannot be read or written.
    #[error("`{}`: {source}", path.display())]
    File {
        /// The folder or file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// `specs/capsmith.toml` cannot be followed.
    #[error("`{}{}`: {reason}", path.display(), line.map(|line| format!(":{line}")).unwrap_or_default())]
    Settings {
        /// The file.
        path: PathBuf,
        /// The line, where the reason does not name it.
        line: Option<usize>,
        /// Why.
        reason: String,
    },
    /// `generated/` is not what `specs/` gives.
    #[error("generated/ is stale; run `{COMMAND}`\n{}", stale.join("\n"))]
    Stale {
        /// What differs: a file each, and how.
        stale: Vec<String>,
    },
}

/// A checkout of the project, or what looks like one: a folder with `specs/` and `generated/src/`.
#[derive(Clone, Debug)]
pub struct Checkout {
    root: PathBuf,
}

impl Checkout {
    /// The checkout that this program was built from.
    #[must_use]
    pub fn here() -> Self {
        let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
        Self::at(xtask.parent().unwrap_or(xtask))
    }

    /// The checkout in a folder.
    #[must_use]
    pub fn at(root: impl Into<PathBuf>) -> Self {
        Self { root: root.into() }
    }

    /// Makes `generated/` from `specs/`, and removes what no longer has a file there. Gives back a line for each file
    /// that it changed, and prints the lints of what such a file was made from.
    ///
    /// # Errors
    ///
    /// Where a file in `specs/` does not compile, or a file cannot be read or written.
    pub fn write(&self) -> Result<Vec<String>, RegenError> {
        let outputs = self.outputs()?;
        for path in self.parts()? {
            eprintln!("warning: {} only has parts that other files import, and becomes no module\n", path.display());
        }
        let present = self.present()?;
        let differing = outputs.iter().filter(|output| present.get(&name(output)) != Some(&output.text));
        for lint in differing.flat_map(|output| &output.lints) {
            eprintln!("{lint}\n");
        }
        let wanted = files(outputs);
        for folder in [FOLDER, DOCUMENTS] {
            let path = self.path(folder);
            fs::create_dir_all(&path).map_err(|source| RegenError::File { path, source })?;
        }
        let mut changes = Vec::new();
        for (name, text) in &wanted {
            if present.get(name) != Some(text) {
                let path = self.path(name);
                fs::write(&path, text).map_err(|source| RegenError::File { path, source })?;
                changes.push(format!("wrote {}", place(name)));
            }
        }
        for name in present.keys().filter(|name| !wanted.contains_key(*name)) {
            let path = self.path(name);
            fs::remove_file(&path).map_err(|source| RegenError::File { path, source })?;
            changes.push(format!("removed {}", place(name)));
        }
        Ok(changes)
    }

    /// Compares `generated/` with what [`write`](Self::write) would make of `specs/`.
    ///
    /// # Errors
    ///
    /// [`RegenError::Stale`] where they differ, and what [`write`](Self::write) fails with.
    pub fn check(&self) -> Result<(), RegenError> {
        let wanted = files(self.outputs()?);
        let present = self.present()?;
        let mut stale = Vec::new();
        for (name, text) in &wanted {
            match present.get(name) {
                None => stale.push(format!("  {name} is missing")),
                Some(current) if current != text => stale.push(format!("  {name} differs")),
                Some(_) => {}
            }
        }
        let superfluous = present.keys().filter(|name| !wanted.contains_key(*name));
        stale.extend(superfluous.map(|name| format!("  {name} has no file in specs/ any more")));
        if stale.is_empty() { Ok(()) } else { Err(RegenError::Stale { stale }) }
    }

    /// Where a generated file or folder is.
    fn path(&self, name: &str) -> PathBuf {
        self.root.join(place(name))
    }

    /// The modules that `generated/` should have.
    fn outputs(&self) -> Result<Vec<Output>, RegenError> {
        let folder = self.root.join("specs");
        let mut specs = specs::find(&folder)?;
        specs.retain(|(_, kind)| *kind != FileKind::Parts);
        let settings = Settings::read(&folder, &specs)?;
        let builder = Builder::new().root(&self.root).command(COMMAND).cargo_directives(false);
        let builder =
            specs.into_iter().fold(builder, |builder, (path, kind)| settings.add(builder, &folder, &path, kind));
        Ok(builder.generate()?)
    }

    /// The files that only others can use.
    fn parts(&self) -> Result<Vec<PathBuf>, RegenError> {
        let specs = specs::find(&self.root.join("specs"))?;
        let parts = specs.into_iter().filter(|(_, kind)| *kind == FileKind::Parts);
        Ok(parts.map(|(path, _)| path.strip_prefix(&self.root).map(Path::to_owned).unwrap_or(path)).collect())
    }

    /// The generated files that there are, by name.
    fn present(&self) -> Result<BTreeMap<String, String>, RegenError> {
        let mut names = vec![PARENT.to_owned()];
        for folder in [FOLDER, DOCUMENTS].into_iter().filter(|folder| self.path(folder).is_dir()) {
            for path in list(&self.path(folder))? {
                if let Some(name) = path.file_name() {
                    names.push(format!("{folder}/{}", name.to_string_lossy()));
                }
            }
        }
        let mut files = BTreeMap::new();
        for name in names {
            let path = self.path(&name);
            match fs::read_to_string(&path) {
                Ok(text) => {
                    files.insert(name, text);
                }
                Err(source) if source.kind() == io::ErrorKind::NotFound => {}
                Err(source) => return Err(RegenError::File { path, source }),
            }
        }
        Ok(files)
    }
}

/// The name of a module's file in `generated/`.
fn name(output: &Output) -> String {
    format!("{FOLDER}/{}", output.file_name())
}

/// The path of a generated file or folder in the checkout. Documents are no sources of the crate.
fn place(name: &str) -> String {
    if name.starts_with(DOCUMENTS) { format!("generated/{name}") } else { format!("generated/src/{name}") }
}

/// All files that `generated/` should have, by name.
fn files(outputs: Vec<Output>) -> BTreeMap<String, String> {
    let mut modules = BTreeMap::new();
    let mut documents = BTreeMap::new();
    for output in outputs {
        for document in &output.documents {
            let name = format!("{DOCUMENTS}/{}.{}.json", output.module, document.surface);
            documents.insert(name, document.json.clone());
        }
        modules.insert(name(&output), output.text);
    }
    let parent = parent(modules.keys());
    modules.insert(PARENT.to_owned(), parent);
    modules.append(&mut documents);
    modules
}

fn parent<'a>(files: impl Iterator<Item = &'a String>) -> String {
    let mut text = format!("// @generated from specs/; do not edit.\n// To make it again: {COMMAND}\n\n");
    for file in files {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "include!(\"{file}\");");
    }
    text
}

fn list(folder: &Path) -> Result<Vec<PathBuf>, RegenError> {
    let read = || -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder)? {
            paths.push(entry?.path());
        }
        paths.sort();
        Ok(paths)
    };
    read().map_err(|source| RegenError::File { path: folder.to_owned(), source })
}

mod settings;
mod specs;
#[cfg(test)]
mod tests;
