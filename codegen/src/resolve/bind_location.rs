//! Where a bind with a `location` has its values: a file that the program reads when it starts.

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::file_uri::{self, Fault};
use crate::naftiko::Text;

/// The path of the file, as the program opens it. `None`: there is none, which is reported.
pub(super) fn path(location: &Text<'_>, sink: &Sink) -> Option<String> {
    let refuse = |message: String, help: &str| {
        sink.report(Diagnostic::new(Code::UnusableLocation, location.span, message).help(help));
    };
    match file_uri::path(location.value) {
        Ok(path) => return Some(path),
        Err(Fault::NoUri) => refuse(
            format!("the location `{}` is no URI", location.value),
            "a file beside the program: `file:///./secrets.yaml`, or anywhere: `file:///run/secrets/api.json`",
        ),
        Err(Fault::Scheme(scheme)) => refuse(
            format!("values of binds cannot be read from a location of the scheme `{scheme}`"),
            "read them from a file that is mounted there: `location: file:///run/secrets/api.json`; or leave `location` \
             out and give them as environment variables",
        ),
        Err(Fault::NoFile) => refuse(
            format!("the location `{}` names no file of this machine", location.value),
            "after `file://` stands `/./` and a path from the working directory, or an absolute path",
        ),
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn read(value: &str) -> Result<String, String> {
        let sink = Sink::default();
        let path = path(&Text { value, span: Span::default(), start: Some(0) }, &sink);
        path.ok_or_else(|| sink.finish().0.remove(0).message)
    }

    #[test]
    fn files_are_relative_to_the_working_directory_or_absolute() {
        for (location, expected) in [
            ("file:///./shared/secrets.yaml", "./shared/secrets.yaml"),
            ("file://./secrets.env", "./secrets.env"),
            ("FILE:///../my%20secrets.json", "../my secrets.json"),
            ("file:///run/secrets/api.json", "/run/secrets/api.json"),
            ("file://localhost/etc/api.json", "/etc/api.json"),
            ("file:///C:/secrets.json", "C:/secrets.json"),
        ] {
            assert_eq!(read(location).as_deref(), Ok(expected), "{location}");
        }
    }

    #[test]
    fn what_is_no_file_is_refused_by_name() {
        for (location, part) in [
            ("vault://secret/data", "the scheme `vault`"),
            ("https://example.com/secrets.json", "the scheme `https`"),
            ("secrets.yaml", "is no URI"),
            ("file://server/share/secrets.yaml", "no file of this machine"),
            ("file:///./shared/", "no file of this machine"),
            ("file://", "no file of this machine"),
        ] {
            let message = read(location).expect_err(location);
            assert!(message.contains(part), "{message}");
        }
    }
}
