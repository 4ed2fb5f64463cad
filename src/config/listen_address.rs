use std::fmt;
use std::net::SocketAddr;
use std::str::FromStr;

/// A host and a port to listen on.
///
/// The host is a name or an address of IPv4 or IPv6; port 0 lets the system choose a free port.
///
/// ```
/// use capsmith::ListenAddress;
///
/// let address: ListenAddress = "[::1]:8080".parse()?;
/// assert_eq!((address.host(), address.port()), ("::1", 8080));
/// assert_eq!(address.to_string(), "[::1]:8080");
/// # Ok::<(), capsmith::InvalidListenAddress>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ListenAddress {
    host: String,
    port: u16,
}

impl ListenAddress {
    /// An address from its parts; the host without brackets.
    #[must_use]
    pub fn new(host: impl Into<String>, port: u16) -> Self {
        Self { host: host.into(), port }
    }

    /// No address: one must be supplied before a surface can listen.
    #[must_use]
    pub const fn unset() -> Self {
        Self { host: String::new(), port: 0 }
    }

    /// Whether there is an address.
    #[must_use]
    pub fn is_set(&self) -> bool {
        !self.host.is_empty()
    }

    /// The host name or address; empty where it is unset.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port; 0 lets the system choose.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_set() {
            formatter.write_str("unset")
        } else if self.host.contains(':') {
            write!(formatter, "[{}]:{}", self.host, self.port)
        } else {
            write!(formatter, "{}:{}", self.host, self.port)
        }
    }
}

impl From<SocketAddr> for ListenAddress {
    fn from(address: SocketAddr) -> Self {
        Self::new(address.ip().to_string(), address.port())
    }
}

impl FromStr for ListenAddress {
    type Err = InvalidListenAddress;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (host, port) = text.rsplit_once(':').ok_or(InvalidListenAddress)?;
        let port = port.parse().map_err(|_| InvalidListenAddress)?;
        let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        if bracketed.is_none() && host.contains([':', '[', ']']) {
            return Err(InvalidListenAddress);
        }
        let host = bracketed.unwrap_or(host);
        if host.is_empty() || host.contains(char::is_whitespace) {
            return Err(InvalidListenAddress);
        }
        Ok(Self::new(host, port))
    }
}

/// Text that is not `host:port`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected `host:port`, such as `127.0.0.1:8080` or `[::1]:8080`")]
#[non_exhaustive]
pub struct InvalidListenAddress;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for text in ["127.0.0.1:0", "[::1]:65535", "localhost:80"] {
            assert_eq!(text.parse::<ListenAddress>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn what_is_not_given_is_no_address() {
        assert!(!ListenAddress::unset().is_set());
        assert!(ListenAddress::new("::", 0).is_set());
        assert_eq!(ListenAddress::unset().to_string(), "unset");
    }

    #[test]
    fn refuses_what_is_not_host_and_port() {
        for text in ["", "8080", ":8080", "localhost", "localhost:", "localhost:65536", "::1:80", "[::1]", "a b:80"] {
            assert_eq!(text.parse::<ListenAddress>(), Err(InvalidListenAddress), "{text}");
        }
    }
}
