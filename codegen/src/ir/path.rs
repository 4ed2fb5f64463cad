//! Paths of types that are not generated.

use std::fmt;
use std::str::FromStr;

use proc_macro2::TokenStream;
use quote::ToTokens;

/// The path of a type that is not generated: `uuid::Uuid`, `crate::Id`, `std::collections::BTreeSet<String>`.
///
/// It means the same in every module: it begins with `crate`, `::` or the name of a crate.
///
/// ```
/// use capsmith_codegen::ir::RustPath;
///
/// let path: RustPath = "uuid::Uuid".parse()?;
/// assert_eq!(path.as_str(), "uuid::Uuid");
/// assert!("Uuid".parse::<RustPath>().is_err());
/// # Ok::<(), capsmith_codegen::ir::RustPathError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RustPath(String);

/// Why a text is no path of a type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RustPathError {
    /// It is none.
    #[error("`{0}` is no path of a Rust type")]
    Malformed(String),
    /// It means different types in different modules.
    #[error("`{0}` depends on where it stands: write the path from a crate on, such as `uuid::Uuid` or `crate::Id`")]
    Relative(String),
}

impl RustPath {
    /// The path as it was written, without blanks around it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The name at the end of the path, without arguments.
    #[must_use]
    pub fn name(&self) -> &str {
        let path = self.0.split('<').next().unwrap_or_default();
        path.rsplit("::").next().unwrap_or(path).trim()
    }
}

impl FromStr for RustPath {
    type Err = RustPathError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let malformed = || RustPathError::Malformed(text.to_owned());
        let parsed: syn::TypePath = syn::parse_str(text).map_err(|_| malformed())?;
        if parsed.qself.is_some() {
            return Err(malformed());
        }
        let path = parsed.path;
        let first = path.segments.first().ok_or_else(malformed)?;
        let is_relative = ["self", "super", "Self"].iter().any(|keyword| first.ident == keyword);
        if is_relative || path.leading_colon.is_none() && path.segments.len() < 2 {
            return Err(RustPathError::Relative(text.to_owned()));
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for RustPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl ToTokens for RustPath {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        // It was parsed when it was made, so that there is no error.
        tokens.extend(self.0.parse::<TokenStream>().unwrap_or_default());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_with_a_crate() {
        for path in ["uuid::Uuid", "crate::Id", "::time::Date", " std::vec::Vec<u8> ", "a::B<Vec<crate::C>>"] {
            let path: RustPath = path.parse().unwrap();
            assert!(!path.to_token_stream().is_empty(), "{path}");
        }
        for path in ["Uuid", "self::Id", "super::a::Id"] {
            assert!(matches!(path.parse::<RustPath>(), Err(RustPathError::Relative(_))), "{path}");
        }
        for path in ["", "a::", "a b", "<A as B>::C", "&str", "a::B; x", "(a::B)"] {
            assert!(matches!(path.parse::<RustPath>(), Err(RustPathError::Malformed(_))), "{path}");
        }
        assert_eq!("a::B<c::D>".parse::<RustPath>().unwrap().name(), "B");
    }
}
