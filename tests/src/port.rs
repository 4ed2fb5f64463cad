//! Ports that nobody else gets, though nobody listens there.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpSocket};

/// A port of this machine that is taken as long as the value lives. Connections are refused until somebody listens.
pub struct Port {
    socket: TcpSocket,
}

impl Port {
    /// A port that was free.
    pub fn free() -> Self {
        Self { socket: bound(SocketAddr::from(([127, 0, 0, 1], 0))) }
    }

    /// Its address.
    pub fn address(&self) -> SocketAddr {
        self.socket.local_addr().expect("an address")
    }

    /// Listens there, which one at a time can do.
    pub fn listen(&self) -> TcpListener {
        bound(self.address()).listen(1024).expect("a port that nobody listens at")
    }
}

/// A socket that shares its port with others of this kind that do not listen.
fn bound(address: SocketAddr) -> TcpSocket {
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.set_reuseaddr(true).expect("a socket");
    socket.bind(address).expect("a free port");
    socket
}
