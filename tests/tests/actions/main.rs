//! What routes and tools do beside calling one operation, over sockets: `port.yaml`, `flows.yaml` with aggregates, and
//! `ferries.yaml` with steps, and `pilots.yaml` with scripts among them.

mod ferries;
mod flows;
mod formats;
mod mocks;
mod outputs;
mod pilots;
mod schemas;
mod scripts;
mod service;
mod steps;
