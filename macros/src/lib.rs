//! The macro door of the Capsmith compiler.
