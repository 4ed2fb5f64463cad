//! What routes and tools do beside calling one operation, over sockets: `port.yaml`, and `flows.yaml` with aggregates.

mod flows;
mod formats;
mod mocks;
mod outputs;
mod service;
