use std::path::PathBuf;

/// With what a server proves who it is, so that its connections are encrypted (TLS 1.2 and 1.3); needs the feature `tls`.
///
/// The files are read once, when the server starts.
///
/// ```
/// use capsmith::{Settings, Tls};
///
/// let mut settings = Settings::default();
/// settings.tls = Some(Tls::new("/etc/tls/tls.crt", "/etc/tls/tls.key"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Tls {
    /// The certificate of the server and those that vouch for it, in this order, as PEM (RFC 7468).
    pub certificate_file: PathBuf,
    /// The private key as PEM: PKCS #8, PKCS #1 or SEC 1.
    pub key_file: PathBuf,
}

impl Tls {
    /// A certificate and its key.
    pub fn new(certificate_file: impl Into<PathBuf>, key_file: impl Into<PathBuf>) -> Self {
        Self { certificate_file: certificate_file.into(), key_file: key_file.into() }
    }
}
