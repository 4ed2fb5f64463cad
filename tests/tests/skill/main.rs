//! Surfaces of skills over sockets: `library.yaml`.

mod catalogue;
mod files;
mod service;
