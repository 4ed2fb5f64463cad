//! Control surfaces.

/// What can be watched of a program while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Control {
    /// Whether it is up, and ready for requests.
    pub health: bool,
    /// What it is.
    pub info: bool,
    /// How much it has to do, and how well that goes.
    pub metrics: bool,
}
