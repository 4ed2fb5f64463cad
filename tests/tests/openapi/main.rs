//! Clients that are generated from OpenAPI documents (`tests/specs`), over real sockets, against a server that keeps what
//! it is sent.

mod answers;
mod bodies;
mod documents;
mod errors;
mod pages;
mod reliability;
mod security;
mod servers;
mod streams;
mod styles;
mod styles_elsewhere;
mod unions;
mod values;

/// The clients.
#[allow(unused, reason = "no test needs all of a client")]
mod api {
    capsmith::include_openapi!("answers.yaml");
    capsmith::include_openapi!("bodies.yaml");
    capsmith::include_openapi!("nullable.yaml");
    capsmith::include_openapi!(path = "nullable.yaml", name = replaced, formats = { ipv4 = "std::net::Ipv4Addr" });
    capsmith::include_openapi!("pages.yaml");
    capsmith::include_openapi!("security.yaml");
    capsmith::include_openapi!("servers.yaml");
    capsmith::include_openapi!("styles.yaml");
    capsmith::include_openapi!("values.yaml");
}

use capsmith_tests::recorder::Recorder;

/// A client of a document's module, for a server on a socket.
macro_rules! client {
    ($module:ident, $recorder:expr) => {
        $crate::api::$module::Client::new(&$crate::api::$module::Config {
            base_url: $recorder.url().into(),
            ..Default::default()
        })
        .expect("a client")
    };
}
use client;

/// Texts as a list of strings.
fn list<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).to_vec()
}

/// Whether each target is what was expected, with all differences in one message.
fn assert_targets(recorder: &Recorder, expected: &[&str]) {
    assert_eq!(recorder.targets(), expected);
}
