//! The checked-in surface of `specs/`.
