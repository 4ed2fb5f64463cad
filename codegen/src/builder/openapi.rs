//! OpenAPI documents in build scripts.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;
use quote::ToTokens as _;

use super::error::Misuse;
use super::{BuildError, Builder, File, Kind, Output, bare, report, shown};
use crate::compile::{OpenApiOptions, compile_openapi};
use crate::disk::Directory;
use crate::ir::{RustPath, RustPathError};
use crate::openapi::{Options, RemoteReferences, Surface, Surfaces};

/// The settings of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct OpenApi {
    read: Options,
    derives: Vec<String>,
    surfaces: Surfaces,
}

/// OpenAPI documents.
impl Builder {
    /// Adds an OpenAPI document, by its path relative to the crate. The methods that set how it is read come after it.
    ///
    /// A document may be spread over files, which lie in the folder of the crate that it lies in: all of `specs` for
    /// `specs/shop/api.yaml`. For a document outside of the crate it is the document's own folder.
    pub fn openapi(mut self, path: impl Into<PathBuf>) -> Self {
        self.files.push(File::new(path.into(), Kind::OpenApi(OpenApi::default())));
        self
    }

    /// Selects operations of the document that was added last: see [`Options::only`].
    pub fn only(self, patterns: impl IntoIterator<Item: Into<String>>) -> Self {
        self.set("only", |document| {
            document.read.only.extend(patterns.into_iter().map(Into::into));
            Ok(())
        })
    }

    /// Derives a trait on every type that is generated from the document that was added last.
    pub fn derive(self, path: impl Into<String>) -> Self {
        self.set("derive", |document| {
            let path = path.into();
            if syn::parse_str::<syn::Path>(&path).is_err() {
                return Err(Misuse::DerivePath(path));
            }
            document.derives.push(path);
            Ok(())
        })
    }

    /// Puts a type of yours in place of a schema of the document that was added last: see [`Options::types`].
    ///
    /// ```
    /// # use capsmith_codegen::Builder;
    /// Builder::new().openapi("specs/tracker.yaml").replace_type("IssueId", "uuid::Uuid");
    /// ```
    pub fn replace_type(self, schema: impl Into<String>, path: &str) -> Self {
        self.set("replace_type", |document| {
            document.read.types.insert(schema.into(), rust_path("replace_type", path)?);
            Ok(())
        })
    }

    /// Puts a type of yours in place of a format in the document that was added last: see [`Options::formats`].
    ///
    /// ```
    /// # use capsmith_codegen::Builder;
    /// Builder::new().openapi("specs/tracker.yaml").format("decimal", "rust_decimal::Decimal");
    /// ```
    pub fn format(self, format: impl Into<String>, path: &str) -> Self {
        self.set("format", |document| {
            document.read.formats.insert(format.into(), rust_path("format", path)?);
            Ok(())
        })
    }

    /// Sets what is done about references to other hosts in the document that was added last,
    /// [`RemoteReferences::Refuse`] unless set.
    pub fn remote_references(self, remote_references: RemoteReferences) -> Self {
        self.set("remote_references", |document| {
            document.read.remote_references = remote_references;
            Ok(())
        })
    }

    /// Sets what is made of the document that was added last besides its types, all of it unless set.
    ///
    /// ```
    /// # use capsmith_codegen::Builder;
    /// use capsmith_codegen::openapi::Surface;
    ///
    /// Builder::new().openapi("specs/tracker.yaml").surfaces([Surface::Client, Surface::Mock]);
    /// ```
    pub fn surfaces(self, surfaces: impl IntoIterator<Item = Surface>) -> Self {
        self.set("surfaces", |document| {
            document.surfaces = surfaces.into_iter().collect();
            Ok(())
        })
    }

    /// Selects the operations of the document that was added last that become tools of MCP: see [`Options::tools`].
    pub fn tools(self, patterns: impl IntoIterator<Item: Into<String>>) -> Self {
        self.set("tools", |document| {
            document.read.tools.extend(patterns.into_iter().map(Into::into));
            Ok(())
        })
    }

    /// Names the tool of an operation of the document that was added last: see [`Options::tool_names`].
    ///
    /// ```
    /// # use capsmith_codegen::Builder;
    /// Builder::new().openapi("specs/tracker.yaml").tool_name("issues.list", "find-issues");
    /// ```
    pub fn tool_name(self, operation: impl Into<String>, name: impl Into<String>) -> Self {
        self.set("tool_name", |document| {
            document.read.tool_names.insert(operation.into(), name.into());
            Ok(())
        })
    }

    fn set(mut self, setting: &'static str, set: impl FnOnce(&mut OpenApi) -> Result<(), Misuse>) -> Self {
        let result = match self.files.last_mut() {
            Some(File { kind: Kind::OpenApi(document), .. }) => set(document),
            _ => Err(Misuse::SettingWithoutDocument(setting)),
        };
        if let Err(misuse) = result {
            self.misused(misuse);
        }
        self
    }

    /// The output of a document; `None` where it has errors, which have been printed.
    pub(super) fn openapi_output(
        &self,
        root: &Path,
        path: &Path,
        file: &File,
        settings: &OpenApi,
    ) -> Result<Option<Output>, BuildError> {
        // A document that is not there has no place to show.
        fs::metadata(path).map_err(|source| BuildError::Read { path: file.path.clone(), source })?;
        let mut options = OpenApiOptions::default();
        options.name.clone_from(&file.name);
        options.runtime = self.runtime_path()?;
        options.lints = self.lints;
        options.read = settings.read.clone();
        options.surfaces = settings.surfaces;
        options.tool_list_budget = file.tool_list_budget;
        options.derives = settings.derives.iter().filter_map(|path| tokens(path)).collect();
        let directory = Directory::new(path, Some(root));
        let compiled = compile_openapi(&directory, directory.document(), &options);
        // The document itself is tracked already.
        directory.read().iter().skip(1).for_each(|read| self.track(read));
        let is_failed = report::failures(compiled.failures(), self.directives);
        let lints = report::lints(compiled.warnings(), self.directives);
        if is_failed {
            return Ok(None);
        }
        let module = bare(compiled.module().as_str());
        let text = compiled.render(&shown(path, root), &self.command);
        Ok(text.map(|text| Output { module, text, documents: Vec::new(), lints }))
    }
}

fn rust_path(setting: &'static str, path: &str) -> Result<RustPath, Misuse> {
    path.parse().map_err(|error: RustPathError| Misuse::TypePath(setting, error))
}

fn tokens(path: &str) -> Option<TokenStream> {
    Some(syn::parse_str::<syn::Path>(path).ok()?.into_token_stream())
}
