//! What surfaces do beyond calls, over sockets: `quay.yaml`.

mod binary;
mod forward;
mod open_ports;
mod rules;
mod service;
