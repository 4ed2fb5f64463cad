//! The HTTP client that requests are sent by.

use std::cell::OnceCell;

use reqwest::redirect::Policy;
use rustls::crypto::{CryptoProvider, ring};
use url::{Host, Url};

use crate::config::{ConfigProblem, Settings};

/// The HTTP clients of one capability: the user's, or our own, made when first needed.
pub struct HttpClients<'a> {
    custom: Option<reqwest::Client>,
    settings: &'a Settings,
    remote: OnceCell<reqwest::Client>,
    loopback: OnceCell<reqwest::Client>,
}

impl<'a> HttpClients<'a> {
    pub(crate) fn new(custom: Option<reqwest::Client>, settings: &'a Settings) -> Self {
        Self { custom, settings, remote: OnceCell::new(), loopback: OnceCell::new() }
    }

    /// Timeouts, limits and policies.
    pub(crate) fn settings(&self) -> &Settings {
        self.settings
    }

    /// The client for an upstream. A proxy of the environment cannot reach this machine's loopback addresses, so
    /// those are called directly.
    pub(crate) fn for_url(&self, url: &Url) -> Result<reqwest::Client, ConfigProblem> {
        if let Some(custom) = &self.custom {
            return Ok(custom.clone());
        }
        let (cell, direct) = if is_loopback(url) { (&self.loopback, true) } else { (&self.remote, false) };
        if let Some(client) = cell.get() {
            return Ok(client.clone());
        }
        let client = build(self.settings, direct)?;
        Ok(cell.get_or_init(|| client).clone())
    }
}

fn build(settings: &Settings, direct: bool) -> Result<reqwest::Client, ConfigProblem> {
    let builder = http_client_builder(settings);
    let builder = if direct { builder.no_proxy() } else { builder };
    builder.build().map_err(|error| ConfigProblem::HttpClient { reason: error.without_url().to_string() })
}

/// A builder of HTTP clients as this crate makes them for itself, to change what should differ and give the result to
/// a generated `ClientBuilder`.
///
/// It has the `connect_timeout` of `settings`, leaves redirects and the other timeouts to the generated client, and sends
/// no `Referer`. Where the process has no default cryptography provider yet, *ring* becomes it; without one,
/// `reqwest::Client::new` panics.
///
/// ```
/// use capsmith::{Settings, http_client_builder, reqwest};
///
/// let client: reqwest::Client = http_client_builder(&Settings::default()).user_agent("backups/1.0").build()?;
/// # Ok::<(), reqwest::Error>(())
/// ```
pub fn http_client_builder(settings: &Settings) -> reqwest::ClientBuilder {
    if CryptoProvider::get_default().is_none() {
        // Fails only when another thread has installed one meanwhile, which is as good.
        let _ = ring::default_provider().install_default();
    }
    reqwest::Client::builder()
        .user_agent(concat!("capsmith/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(settings.connect_timeout)
        // A referrer would carry the query, and with it an API key.
        .referer(false)
        // `redirect::Before` does that.
        .redirect(Policy::none())
}

/// Whether a URL is one of this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(domain)) => domain.eq_ignore_ascii_case("localhost") || domain.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
