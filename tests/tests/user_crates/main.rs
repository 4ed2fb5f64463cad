//! Crates outside of the workspace, as users have them: the programs of the documentation, what a changed file does, and
//! what names do.

mod changes;
mod names;
mod pages;
mod user_crate;
