//! The capabilities of `specs/`, served on free ports: as they are, and joined with the documents of their upstreams.

use std::net::SocketAddr;

use capsmith::{Error, Server};
use tokio::task::{AbortHandle, JoinHandle};

/// A capability that is being served. It stops when the value is dropped.
pub struct Running {
    /// Where its REST surface listens.
    pub rest: SocketAddr,
    /// Where its MCP surface listens.
    pub mcp: SocketAddr,
    task: AbortHandle,
}

impl Running {
    fn start(server: Server, rest: &str, mcp: &str) -> Self {
        let address = |namespace: &str| server.local_addr(namespace).expect("a surface that listens");
        let (rest, mcp) = (address(rest), address(mcp));
        let task: JoinHandle<Result<(), Error>> = tokio::spawn(server.run());
        Self { rest, mcp, task: task.abort_handle() }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.task.abort();
    }
}

macro_rules! capability {
    ($module:ident in $($place:ident)::+, $namespace:literal, $base_url:ident, $rest:ident, $mcp:ident, $secret:ident) => {
        #[doc = concat!("`", $namespace, "` of `", stringify!($($place)::+), "`.")]
        pub mod $module {
            use capsmith::ListenAddress;
            use $($place)::+::$module::{Client, Config, Handlers, bind};

            use crate::TOKEN;
            use crate::capabilities::Running;

            /// Free ports, an upstream and the token of the tests.
            pub fn config(base_url: &str) -> Config {
                Config {
                    $base_url: base_url.into(),
                    $rest: ListenAddress::new("127.0.0.1", 0),
                    $mcp: ListenAddress::new("127.0.0.1", 0),
                    $secret: Some(TOKEN.into()),
                    ..Config::default()
                }
            }

            /// A client of an upstream.
            pub fn client(base_url: &str) -> Client {
                Client::new(&config(base_url)).expect("a client")
            }

            /// Serves what the file says.
            pub async fn start(config: Config) -> Running {
                let client = Client::new(&config).expect("a client");
                start_with(config, client).await
            }

            /// Serves with other handlers.
            pub async fn start_with(config: Config, handlers: impl Handlers) -> Running {
                let server = bind(config, handlers).await.expect("free ports");
                Running::start(server, concat!($namespace, "-rest"), concat!($namespace, "-mcp"))
            }
        }
    };
}

macro_rules! capabilities {
    ($($place:ident)::+) => {
        capability!(
            platform_backups in $($place)::+,
            "platform-backups",
            platform_backups_base_url,
            platform_backups_rest_addr,
            platform_backups_mcp_addr,
            planetscale_api_key
        );
        capability!(
            postgres_management_database_backups in $($place)::+,
            "postgres-management-database-backups",
            postgres_management_database_backups_base_url,
            postgres_management_database_backups_rest_addr,
            postgres_management_database_backups_mcp_addr,
            prisma_api_key
        );
        capability!(
            qovery_backups in $($place)::+,
            "qovery-backups",
            qovery_backups_base_url,
            qovery_backups_rest_addr,
            qovery_backups_mcp_addr,
            qovery_api_key
        );
    };
}

capabilities!(crate::alone);

/// The same, joined: those of `generated/`.
pub mod joined {
    capabilities!(capsmith_generated);
}
