//! What surfaces do beyond calls, over sockets: `quay.yaml`.

mod open_ports;
mod service;
