//! What a generated `Config` is made of: base URLs, listen addresses, secrets and [`Settings`].

mod base_url;
mod bind_file;
mod breaker;
mod cors;
mod environment;
mod error;
mod listen_address;
mod rate;
mod request_state_key;
mod settings;
mod tls;
mod values;
mod variables;

pub use base_url::BaseUrl;
pub use bind_file::BindFile;
pub use breaker::Breaker;
pub use cors::Cors;
pub use environment::Environment;
pub use error::{ConfigError, ConfigProblem};
pub use listen_address::{InvalidListenAddress, ListenAddress};
pub use rate::Rate;
pub use request_state_key::RequestStateKey;
pub use settings::{Retries, Settings, ToolList, UnknownQuery};
pub use tls::Tls;
pub use values::Values;

#[cfg(feature = "mcp")]
pub(crate) use settings::TRACE_HEADERS;
