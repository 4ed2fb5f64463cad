//! What routes and tools do beside calling one operation, over sockets: `port.yaml`, `ferries.yaml` with steps, and `flows.yaml` with aggregates.

mod ferries;
mod flows;
mod formats;
mod mocks;
mod outputs;
mod schemas;
mod service;
mod steps;
