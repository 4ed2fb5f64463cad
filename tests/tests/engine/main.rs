//! What the format's own engine is tested for over the wire, in our own words and with a file of our own, `engine.yaml`: a
//! room for each side. Where the engine does otherwise on purpose, `docs/compatibility.md` says so.

mod answers;
mod forward;
mod requests;
mod service;
mod stdio;
mod tools;
