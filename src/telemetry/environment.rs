//! Environment variables, which go before what a program or a file says.

/// The value of a variable; empty text counts as absent.
pub(super) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.trim().is_empty())
}
