//! What is made of a document.

use std::fmt;
use std::str::FromStr;

/// A surface: what can be made of a document besides its types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Surface {
    /// A client of the API.
    Client,
    /// A server whose operations are methods of a trait.
    Server,
    /// A server of MCP, with a tool for each operation.
    Mcp,
    /// A server that answers by itself.
    Mock,
}

/// A word that names no surface.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no surface: there are `client`, `server`, `mcp` and `mock`")]
pub struct UnknownSurface(String);

impl Surface {
    /// All surfaces.
    pub const ALL: [Self; 4] = [Self::Client, Self::Server, Self::Mcp, Self::Mock];

    /// The name of the surface in settings.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Server => "server",
            Self::Mcp => "mcp",
            Self::Mock => "mock",
        }
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Surface {
    type Err = UnknownSurface;

    fn from_str(text: &str) -> Result<Self, UnknownSurface> {
        let found = Self::ALL.into_iter().find(|surface| surface.as_str() == text);
        found.ok_or_else(|| UnknownSurface(text.to_owned()))
    }
}

/// A set of surfaces; by default all of them.
///
/// ```
/// use capsmith_codegen::openapi::{Surface, Surfaces};
///
/// let surfaces: Surfaces = [Surface::Client, Surface::Mock].into_iter().collect();
/// assert!(surfaces.has(Surface::Mock) && !surfaces.has(Surface::Server));
/// assert!(Surface::ALL.into_iter().all(|surface| Surfaces::default().has(surface)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Surfaces(u8);

impl Surfaces {
    /// Whether a surface is in the set.
    #[must_use]
    pub const fn has(self, surface: Surface) -> bool {
        self.0 & surface.bit() != 0
    }

    /// Whether requests are read and answered.
    pub(crate) const fn are_served(self) -> bool {
        self.has(Surface::Server) || self.has(Surface::Mcp) || self.has(Surface::Mock)
    }

    /// Whether there is a client: it is what the tools call where nobody else answers.
    pub(crate) const fn have_client(self) -> bool {
        self.has(Surface::Client) || self.has(Surface::Mcp) && !self.has(Surface::Server)
    }
}

impl Default for Surfaces {
    fn default() -> Self {
        Surface::ALL.into_iter().collect()
    }
}

impl FromIterator<Surface> for Surfaces {
    fn from_iter<I: IntoIterator<Item = Surface>>(surfaces: I) -> Self {
        Self(surfaces.into_iter().fold(0, |bits, surface| bits | surface.bit()))
    }
}
