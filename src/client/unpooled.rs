use std::sync::OnceLock;

use url::Url;

use super::http_client::{http_client_builder, is_loopback};
use crate::Settings;

/// HTTP clients that keep no connections, so that every request has a new one. They are made when they are first needed.
#[derive(Default)]
pub(super) struct Unpooled {
    remote: OnceLock<Option<reqwest::Client>>,
    loopback: OnceLock<Option<reqwest::Client>>,
}

impl Unpooled {
    /// The client for a URL; `None`: it cannot be made.
    pub(super) fn for_url(&self, url: &Url, settings: &Settings) -> Option<&reqwest::Client> {
        let build = |direct: bool| {
            let builder = http_client_builder(settings).pool_max_idle_per_host(0);
            if direct { builder.no_proxy() } else { builder }.build().ok()
        };
        let client = if is_loopback(url) {
            self.loopback.get_or_init(|| build(true))
        } else {
            self.remote.get_or_init(|| build(false))
        };
        client.as_ref()
    }
}
