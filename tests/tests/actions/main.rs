//! What routes and tools do beside calling one operation, over sockets: `port.yaml`.

mod formats;
mod mocks;
mod outputs;
mod schemas;
mod service;
