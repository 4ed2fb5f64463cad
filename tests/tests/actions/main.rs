//! What routes and tools do beside calling one operation, over sockets: `port.yaml`, `flows.yaml` with aggregates, and
//! `ferries.yaml` with steps.

mod ferries;
mod flows;
mod formats;
mod mocks;
mod outputs;
mod schemas;
mod service;
mod steps;
