//! What routes and tools do beside calling one operation, over sockets: `port.yaml`, `ferries.yaml`.

mod ferries;
mod formats;
mod mocks;
mod outputs;
mod service;
mod steps;
