//! The runtime as a dependency of crates that are made of output.

use std::path::Path;

use capsmith_codegen::openapi::{Surface, Surfaces};

/// The features of the runtime that surfaces need.
#[must_use]
pub fn features(surfaces: Surfaces) -> Vec<&'static str> {
    let needed =
        [(Surface::Client, "client"), (Surface::Server, "rest"), (Surface::Mcp, "mcp"), (Surface::Mock, "mock")];
    needed.into_iter().filter(|(surface, _)| surfaces.has(*surface)).map(|(_, feature)| feature).collect()
}

/// The line of a manifest for the runtime of the checkout at `root`, with these features.
#[must_use]
pub fn dependency(root: &Path, features: &[&str]) -> String {
    format!("capsmith = {{ path = '{}', default-features = false, features = {features:?} }}", root.display())
}
