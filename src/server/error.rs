use std::io;
use std::net::IpAddr;
use std::path::PathBuf;

use crate::ListenAddress;

/// Why a server could not be started, or ended with a failure.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServerError {
    /// A host name has no address.
    #[error("`{namespace}`: cannot resolve `{address}`")]
    Resolve {
        /// The namespace of the surface.
        namespace: &'static str,
        /// The configured address.
        address: ListenAddress,
        /// What the system says.
        source: io::Error,
    },
    /// The address can be reached from other machines, which the settings do not allow.
    #[error(
        "`{namespace}`: {ip} can be reached from other machines, and whoever reaches it uses the upstream with this \
         program's credentials; listen on 127.0.0.1{}, or put authentication in front and set \
         `settings.allow_remote`",
        variable.map(|variable| format!(" (`{variable}`)")).unwrap_or_default()
    )]
    NotLoopback {
        /// The namespace of the surface.
        namespace: &'static str,
        /// The address.
        ip: IpAddr,
        /// The environment variable that can supply another.
        variable: Option<&'static str>,
    },
    /// The address is in use or not permitted.
    #[error("`{namespace}`: cannot listen on {address}")]
    Listen {
        /// The namespace of the surface.
        namespace: &'static str,
        /// The configured address.
        address: ListenAddress,
        /// What the system says.
        source: io::Error,
    },
    /// A file of [`Settings::tls`](crate::Settings::tls) is not there, or has something else in it, or certificate and key do not
    /// belong together.
    #[error("TLS is not possible with the file {}: {reason}", file.display())]
    Tls {
        /// The file.
        file: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// [`Settings::tls`](crate::Settings::tls) is set, and the crate is built without the feature `tls`.
    #[error("`settings.tls` is set, for which the crate `capsmith` needs its feature `tls`")]
    TlsNotEnabled,
    /// A folder whose files a surface hands out is not there or cannot be read.
    #[error("`{namespace}`: the folder {} cannot be read", folder.display())]
    Folder {
        /// The namespace of the surface.
        namespace: &'static str,
        /// The folder, below [`Settings::files_root`](crate::Settings::files_root) where that is set.
        folder: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The signals that end the server cannot be received.
    #[error("cannot receive the signals that end the server")]
    Signal {
        /// What the system says.
        source: io::Error,
    },
    /// A client on standard input did not begin as the protocol demands.
    #[error("`{namespace}`: the client on standard input did not begin as MCP demands: {reason}")]
    Stdio {
        /// The namespace of the surface.
        namespace: &'static str,
        /// What was wrong.
        reason: String,
    },
    /// The capability has no surface of this kind with this index.
    #[error("`{capability}` has no such surface")]
    NoSuchSurface {
        /// The name of the capability.
        capability: &'static str,
    },
}
