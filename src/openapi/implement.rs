//! What generated inputs, bodies and enums implement, by what a line of generated code says of each.

mod answers;
mod bodies;
mod inputs;
