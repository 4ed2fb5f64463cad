//! The crates that rustc checks: a workspace of libraries, each with the modules of several documents.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::num::NonZero;
use std::path::{Path, PathBuf};

use super::check::CheckError;
use super::generate::write_if_changed;
use crate::runtime::dependency;

/// Bytes of source that make a crate worth its start; a crate with more has one document.
const WORTH_A_CRATE: usize = 2 << 20;

/// A generated module, in a file of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Module {
    /// Its name, and that of its file.
    pub(super) name: String,
    /// The size of the file.
    pub(super) bytes: usize,
}

/// The modules of a crate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Batch {
    pub(super) modules: Vec<Module>,
}

impl Batch {
    /// Spreads modules over crates of about equal size, at least one for each job.
    pub(super) fn balance(mut modules: Vec<Module>, jobs: NonZero<usize>) -> Vec<Self> {
        let total: usize = modules.iter().map(|module| module.bytes).sum();
        let count = total.div_ceil(WORTH_A_CRATE).max(jobs.get()).min(modules.len());
        modules.sort_by(|left, right| right.bytes.cmp(&left.bytes).then_with(|| left.name.cmp(&right.name)));
        let mut batches = vec![(0, Self::default()); count];
        for module in modules {
            if let Some((bytes, batch)) = batches.iter_mut().min_by_key(|(bytes, _)| *bytes) {
                *bytes += module.bytes;
                batch.modules.push(module);
            }
        }
        batches.into_iter().map(|(_, batch)| batch).collect()
    }

    /// Two crates of the modules of one.
    pub(super) fn halve(mut self) -> Vec<Self> {
        let second = self.modules.split_off(self.modules.len() / 2);
        [self, Self { modules: second }].into_iter().filter(|batch| !batch.modules.is_empty()).collect()
    }

    /// The name of the crate with a number, as rustc has it.
    pub(super) fn crate_name(number: usize) -> String {
        format!("corpus_batch_{number:03}")
    }

    /// Whether a crate is one of these.
    pub(super) fn is_crate_name(name: &str) -> bool {
        name.starts_with("corpus_batch_")
    }

    fn library(&self) -> String {
        let mut text = String::from("//! Generated from documents of a corpus.\n#![deny(warnings)]\n\n");
        for module in &self.modules {
            let _ = write!(
                text,
                "#[path = \"../../{}/{name}.rs\"]\npub mod {name};\n",
                Workspace::MODULES,
                name = module.name
            );
        }
        text
    }
}

/// Where the crates are.
#[derive(Clone, Debug)]
pub(super) struct Workspace {
    /// The workspace's folder.
    pub(super) folder: PathBuf,
    /// Where cargo builds, which stays when the workspace changes. No other workspace of these crates may build there: cargo knows crates by
    /// their place within a workspace, and would take those of one for those of the other.
    pub(super) target: PathBuf,
    /// The checkout with the runtime that the output depends on.
    pub(super) root: PathBuf,
    /// The features of the runtime.
    pub(super) features: Vec<&'static str>,
}

impl Workspace {
    /// The folder of the modules.
    pub(super) const MODULES: &str = "modules";

    /// Makes the folders, and removes modules that are not `kept`.
    pub(super) fn prepare(&self, kept: &BTreeSet<&str>) -> Result<PathBuf, CheckError> {
        let modules = self.folder.join(Self::MODULES);
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |source| CheckError::File { path, source }
        };
        fs::create_dir_all(&modules).map_err(failed(&modules))?;
        for entry in fs::read_dir(&modules).map_err(failed(&modules))? {
            let path = entry.map_err(failed(&modules))?.path();
            if !path.file_stem().and_then(|stem| stem.to_str()).is_some_and(|stem| kept.contains(stem)) {
                fs::remove_file(&path).map_err(failed(&path))?;
            }
        }
        Ok(modules)
    }

    /// Writes the crates of these batches, which are then all that the workspace has.
    pub(super) fn write(&self, batches: &[Batch]) -> Result<(), CheckError> {
        let mut members = String::new();
        for (number, batch) in batches.iter().enumerate() {
            let name = Batch::crate_name(number);
            let _ = write!(members, "\"{name}\", ");
            self.put(&format!("{name}/Cargo.toml"), &self.manifest(&name))?;
            self.put(&format!("{name}/src/lib.rs"), &batch.library())?;
        }
        let workspace = format!(
            "[workspace]\nresolver = \"3\"\nmembers = [{members}]\n\n[profile.dev]\ndebug = \"line-tables-only\"\n"
        );
        self.put("Cargo.toml", &workspace)?;
        // The versions that the project is tested with, and nothing to be fetched anew.
        let lock = self.root.join("Cargo.lock");
        let text = fs::read_to_string(&lock).map_err(|source| CheckError::File { path: lock, source })?;
        self.put("Cargo.lock", &text)
    }

    fn manifest(&self, name: &str) -> String {
        let dependency = dependency(&self.root, &self.features);
        format!(
            "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n{dependency}\n"
        )
    }

    fn put(&self, path: &str, text: &str) -> Result<(), CheckError> {
        let path = self.folder.join(path);
        let write = || {
            fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
            write_if_changed(&path, text)
        };
        write().map_err(|source| CheckError::File { path: path.clone(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modules(sizes: &[usize]) -> Vec<Module> {
        sizes.iter().enumerate().map(|(number, bytes)| Module { name: format!("m{number}"), bytes: *bytes }).collect()
    }

    fn sizes(batches: &[Batch]) -> Vec<Vec<usize>> {
        batches.iter().map(|batch| batch.modules.iter().map(|module| module.bytes).collect()).collect()
    }

    #[test]
    fn crates_are_about_equal() {
        let two = NonZero::new(2).expect("it is not 0");
        assert_eq!(sizes(&Batch::balance(modules(&[1, 5, 3, 2]), two)), [vec![5, 1], vec![3, 2]]);
        assert_eq!(sizes(&Batch::balance(modules(&[7]), two)), [vec![7]]);
        assert_eq!(Batch::balance(Vec::new(), two).len(), 0);
        let large = Batch::balance(modules(&[5 * WORTH_A_CRATE, WORTH_A_CRATE, 10]), two);
        assert_eq!(sizes(&large)[0], [5 * WORTH_A_CRATE]);
    }

    #[test]
    fn halves_have_all_modules() {
        let halves = Batch { modules: modules(&[1, 2, 3]) }.halve();
        assert_eq!(sizes(&halves), [vec![1], vec![2, 3]]);
    }
}
