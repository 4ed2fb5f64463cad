//! What routes and tools do beside calling one operation, over sockets: `harbour.yaml`.

mod formats;
mod mocks;
mod outputs;
mod service;
