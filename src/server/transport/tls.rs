//! TLS with the certificate and the key of files.

use std::io;
use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::{CryptoProvider, ring};
use rustls::pki_types::pem::{self, PemObject as _};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpStream;
use tokio_rustls::TlsAcceptor;

use crate::config::Tls;
use crate::server::ServerError;

/// An encrypted connection.
pub(crate) type Stream = tokio_rustls::server::TlsStream<TcpStream>;

/// What agrees with callers on the encryption.
#[derive(Clone)]
pub(crate) struct Acceptor(TlsAcceptor);

impl Acceptor {
    pub(super) fn new(tls: &Tls) -> Result<Self, ServerError> {
        let Tls { certificate_file, key_file } = tls;
        let chain = CertificateDer::pem_file_iter(certificate_file)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| unreadable(certificate_file, &error))?;
        if chain.is_empty() {
            return Err(unreadable(certificate_file, &pem::Error::NoItemsFound));
        }
        let key = PrivateKeyDer::from_pem_file(key_file).map_err(|error| unreadable(key_file, &error))?;
        let provider = CryptoProvider::get_default().map_or_else(|| Arc::new(ring::default_provider()), Arc::clone);
        let unusable =
            |error: rustls::Error| ServerError::Tls { file: certificate_file.clone(), reason: error.to_string() };
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(unusable)?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(unusable)?;
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Ok(Self(TlsAcceptor::from(Arc::new(config))))
    }

    pub(super) async fn accept(&self, stream: TcpStream) -> io::Result<Box<Stream>> {
        self.0.accept(stream).await.map(Box::new)
    }
}

fn unreadable(file: &Path, error: &pem::Error) -> ServerError {
    ServerError::Tls { file: file.to_owned(), reason: error.to_string() }
}
