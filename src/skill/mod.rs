//! Surfaces of skills: a catalogue of what agents can learn, with the files to learn it from. Nothing is executed.

mod archive;
mod catalogue;
mod markdown;
mod router;

pub(crate) use catalogue::check;
pub use router::skill_router;
