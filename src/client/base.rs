//! Base URLs that the file makes of bind variables.

use std::borrow::Cow;

use url::Url;

use super::percent::encode_value;
use crate::config::{BaseUrl, ConfigProblem, Values};
use crate::description::{Consumes, Piece};

/// The base URL of an upstream: the given one, or what the file's template comes to.
pub(crate) fn base_url(consumes: &'static Consumes, given: &BaseUrl, values: &Values) -> Result<Url, ConfigProblem> {
    let variable = consumes.base_url_variable;
    if given.is_set() || consumes.base_uri_template.is_empty() {
        return given.parse(variable);
    }
    let text = fill(consumes, values)?;
    BaseUrl::new(text.trim_end_matches('/')).parse(variable)
}

/// Whether the base URL has the values of bind variables in it, which are shown nowhere.
pub(crate) fn is_secret(consumes: &Consumes, given: &BaseUrl) -> bool {
    !given.is_set() && !consumes.base_uri_template.is_empty()
}

/// Puts the values into the template. One at the beginning may be a URL of its own; behind that, each keeps to the host or
/// the segment that it stands in.
fn fill(consumes: &'static Consumes, values: &Values) -> Result<String, ConfigProblem> {
    let variable = consumes.base_url_variable;
    let mut text = String::new();
    for piece in consumes.base_uri_template {
        let value = match *piece {
            Piece::Text(part) => Cow::Borrowed(part),
            Piece::Bind(bind) => {
                let value = values.secret(bind).ok_or(ConfigProblem::MissingBaseUrl { variable })?;
                match text.split_once("://") {
                    Some((_, rest)) if rest.contains('/') => encode_value(value),
                    Some(_) if value.contains(['/', '@', '?', '#', '\\']) => {
                        let reason = "a value in its host has characters of other parts of a URL".to_owned();
                        return Err(ConfigProblem::InvalidBaseUrl { variable, reason });
                    }
                    _ => Cow::Borrowed(value),
                }
            }
            Piece::Input(_) | Piece::Field(..) => continue,
        };
        text.push_str(&value);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Settings;
    use crate::description::{Authentication, Template};

    fn filled(template: Template, secrets: &[&str]) -> Result<String, String> {
        let consumes = Box::leak(Box::new(Consumes {
            namespace: "api",
            description: "",
            base_uri: None,
            base_uri_template: template,
            base_url_variable: "API_BASE_URL",
            authentication: Authentication::None,
        }));
        let values = Values {
            base_urls: vec![BaseUrl::unset()],
            listen_addresses: Vec::new(),
            secrets: secrets.iter().map(|secret| Some((*secret).to_owned().into())).collect(),
            settings: Settings::default(),
        };
        let url = base_url(consumes, &BaseUrl::unset(), &values);
        url.map(|url| url.to_string()).map_err(|problem| problem.to_string())
    }

    #[test]
    fn values_keep_to_their_part_of_the_url() {
        const HOST: Template = &[Piece::Text("https://"), Piece::Bind(0), Piece::Text(".example.org/v1")];
        const TENANT: Template = &[Piece::Text("https://example.org/"), Piece::Bind(0), Piece::Text("/v1")];
        const WHOLE: Template = &[Piece::Bind(0), Piece::Text("/api")];
        assert_eq!(filled(HOST, &["acme"]).unwrap(), "https://acme.example.org/v1");
        assert_eq!(filled(TENANT, &["a/b"]).unwrap(), "https://example.org/a%2Fb/v1");
        assert_eq!(filled(WHOLE, &["http://localhost:8080/x"]).unwrap(), "http://localhost:8080/x/api");
        let problem = filled(HOST, &["evil.example/"]).unwrap_err();
        assert!(problem.contains("API_BASE_URL") && !problem.contains("evil"), "{problem}");
        assert!(filled(WHOLE, &["nonsense"]).unwrap_err().contains("API_BASE_URL"));
    }
}
