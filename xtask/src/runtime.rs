//! The runtime as a dependency of crates that are made of output.

use std::path::Path;

use capsmith_codegen::openapi::{Surface, Surfaces};

/// The line of a manifest for the runtime of the checkout at `root`, with the features that surfaces need.
#[must_use]
pub fn dependency(root: &Path, surfaces: Surfaces) -> String {
    let needed =
        [(Surface::Client, "client"), (Surface::Server, "rest"), (Surface::Mcp, "mcp"), (Surface::Mock, "mock")];
    let needed = needed.into_iter().filter(|(surface, _)| surfaces.has(*surface));
    let features: Vec<_> = needed.map(|(_, feature)| feature).collect();
    format!("capsmith = {{ path = '{}', default-features = false, features = {features:?} }}", root.display())
}
