//! `deploy`: what it takes to run a capability in a container, and in Kubernetes.
//!
//! A container recipe and manifests are written once, to be kept and changed beside the program. They hold no secret: the
//! manifests name a `Secret` that somebody else fills.

mod arguments;
mod container;
mod instructions;
mod kubernetes;
mod plan;
#[cfg(test)]
mod tests;
mod yaml;

use std::fs;
use std::io::{self, Write};
use std::path::{Component, Path};

use capsmith_codegen::diagnostic::{Diagnostic, Severity, Style};
use capsmith_codegen::source::Source;
use capsmith_codegen::{Surroundings, ir, resolve};

pub use self::arguments::{ArgumentError, Arguments};
pub use self::plan::{MissingSettings, Plan, PlanError};
use crate::find::{FileError, Folder};

/// Why the task failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DeployError {
    /// The command line is wrong.
    #[error(transparent)]
    Arguments(#[from] ArgumentError),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// The capability file does not compile.
    #[error("{}", .0.join("\n\n"))]
    Capability(Vec<String>),
    /// The capability cannot be deployed as it is asked for.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// What was written cannot be told.
    #[error("cannot print: {0}")]
    Print(#[from] io::Error),
}

/// A file that is made for a deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub text: String,
}

/// Writes the recipe of a container image and the manifests of a capability, and tells what remains to be done.
///
/// # Errors
///
/// Where the file does not compile, where what is asked for leaves settings open or makes no sense, and where a file is there
/// already or cannot be written.
pub fn deploy(arguments: &Arguments, output: &mut impl Write) -> Result<(), DeployError> {
    let plan = Plan::new(&capability(&arguments.file)?, arguments)?;
    let files = files(&plan);
    fs::create_dir_all(&arguments.output).map_err(FileError::of(&arguments.output))?;
    for file in &files {
        let path = arguments.output.join(file.name);
        let mut created = fs::File::create_new(&path).map_err(FileError::of(&path))?;
        created.write_all(file.text.as_bytes()).map_err(FileError::of(&path))?;
        writeln!(output, "wrote {}", path.display())?;
    }
    writeln!(output, "\n{}", instructions::instructions(&plan, &arguments.output))?;
    Ok(())
}

/// The files of a deployment.
#[must_use]
pub fn files(plan: &Plan) -> Vec<Written> {
    vec![
        Written { name: "Dockerfile", text: container::recipe(plan) },
        Written { name: "Dockerfile.dockerignore", text: container::IGNORED.to_owned() },
        Written { name: "kubernetes.yaml", text: kubernetes::manifests(plan) },
    ]
}

/// The capability of a file.
///
/// # Errors
///
/// Where the file cannot be read, and all that is wrong with it.
pub fn capability(file: &Path) -> Result<ir::Capability, DeployError> {
    let text = fs::read_to_string(file).map_err(FileError::of(file))?;
    // What it imports may lie in folders beside its own, below that in which the command runs.
    let is_below = file.components().all(|part| matches!(part, Component::Normal(_)));
    let folder = if is_below { Path::new("") } else { file.parent().unwrap_or(Path::new("")) };
    let name = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/");
    let source = Source::new(file.display().to_string(), text);
    let files = Folder(folder);
    let analysis = resolve::analyze_in(&source, None, &Surroundings::new(&files, &name));
    let mut errors = rendered(&source, &analysis.diagnostics);
    for other in &analysis.files {
        errors.extend(rendered(&other.source, &other.diagnostics));
    }
    analysis.capability.filter(|_| errors.is_empty()).ok_or(DeployError::Capability(errors))
}

fn rendered(source: &Source, diagnostics: &[Diagnostic]) -> Vec<String> {
    let errors = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    errors.map(|error| error.render(source, Style::Plain)).collect()
}
