//! Values of settings. They are checked while they are read, so that a mistake is told with its place.

use capsmith_codegen::ir::{RustPath, RustPathError};
use capsmith_codegen::openapi::{RemoteReferences, Surface};
use serde::Deserialize;
use serde::de::{Deserializer, Error};

/// A surface by its name.
#[derive(Clone, Copy, Debug)]
pub(super) struct SurfaceName(pub(super) Surface);

impl<'de> Deserialize<'de> for SurfaceName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        const NAMES: &[&str] =
            &[Surface::ALL[0].as_str(), Surface::ALL[1].as_str(), Surface::ALL[2].as_str(), Surface::ALL[3].as_str()];
        let name = String::deserialize(deserializer)?;
        name.parse().map(Self).map_err(|_| D::Error::unknown_variant(&name, NAMES))
    }
}

/// What is done about references to other hosts.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum References {
    Refuse,
    Untyped,
}

impl From<&References> for RemoteReferences {
    fn from(references: &References) -> Self {
        match references {
            References::Refuse => Self::Refuse,
            References::Untyped => Self::Untyped,
        }
    }
}

/// The path of a type, the same in every module.
#[derive(Clone, Debug)]
pub(super) struct TypePath(pub(super) String);

impl<'de> Deserialize<'de> for TypePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        path.parse::<RustPath>().map_err(D::Error::custom)?;
        Ok(Self(path))
    }
}

/// The path of a trait, which may be one of the prelude.
#[derive(Clone, Debug)]
pub(super) struct DerivePath(pub(super) String);

impl<'de> Deserialize<'de> for DerivePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let path = String::deserialize(deserializer)?;
        match path.parse::<RustPath>() {
            Ok(_) | Err(RustPathError::Relative(_)) => Ok(Self(path)),
            Err(RustPathError::Malformed(_)) => {
                Err(D::Error::custom(format_args!("`{path}` is not a path to a trait")))
            }
        }
    }
}
