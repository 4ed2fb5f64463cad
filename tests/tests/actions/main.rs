//! What routes and tools do beside calling one operation, over sockets: `harbour.yaml`.

mod mocks;
mod service;
