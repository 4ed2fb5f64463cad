use super::escape::Escape;
use crate::BaseUrl;

/// The URL of a server with values for its variables.
#[must_use]
pub fn server_url(template: &str, variables: &[(&str, &str)]) -> BaseUrl {
    let mut url = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((text, (name, after))) =
        rest.split_once('{').and_then(|(text, rest)| Some((text, rest.split_once('}')?)))
    {
        url.push_str(text);
        rest = after;
        if let Some((_, value)) = variables.iter().find(|(variable, _)| *variable == name) {
            // A variable may be a whole path or a whole origin, so what ends neither stays.
            Escape::Server.push(value, &mut url);
        }
    }
    url.push_str(rest);
    BaseUrl::new(url)
}
