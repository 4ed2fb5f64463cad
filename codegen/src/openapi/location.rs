//! Paths of files and JSON pointers, as references write them.

use std::borrow::Cow;

/// A reference, taken apart (RFC 3986, section 4.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reference<'t> {
    /// Within the same file.
    Local(Cow<'t, str>),
    /// Into another file: its path from the tree's root, and the fragment.
    File(String, Cow<'t, str>),
    /// Into a file outside the tree.
    Outside,
    /// To another host or scheme.
    Remote,
}

/// Takes a reference apart that stands in the file `base`.
pub(super) fn split<'t>(reference: &'t str, base: &str) -> Reference<'t> {
    let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
    let fragment = decode(fragment);
    if path.is_empty() {
        return Reference::Local(fragment);
    }
    if is_remote(path) {
        return Reference::Remote;
    }
    let path = path.split('?').next().unwrap_or_default();
    match join(base, &decode(path)) {
        Some(path) if path == base => Reference::Local(fragment),
        Some(path) => Reference::File(path, fragment),
        None => Reference::Outside,
    }
}

/// Whether a path begins with a scheme or an authority.
pub(crate) fn is_remote(path: &str) -> bool {
    let is_scheme = |scheme: &str| {
        // One letter is a drive.
        scheme.len() > 1
            && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
    };
    path.starts_with("//") || path.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

/// The path that `relative` means in the file `base`. `None`: it leads out of the tree.
pub(crate) fn join(base: &str, relative: &str) -> Option<String> {
    let relative = relative.replace('\\', "/");
    if relative.starts_with('/') || relative.contains(':') {
        return None;
    }
    let mut segments: Vec<&str> = base.split('/').collect();
    segments.pop();
    for segment in relative.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop()?;
            }
            segment => segments.push(segment),
        }
    }
    Some(segments.join("/"))
}

/// Resolves percent escapes. What is none stays.
pub(crate) fn decode(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escape = (*first == b'%').then(|| std::str::from_utf8(tail.get(..2)?).ok()).flatten();
        let byte = escape
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = &tail[if byte.is_some() { 2 } else { 0 }..];
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// The segments of a JSON pointer (RFC 6901), `~` escapes resolved. `None`: it is no pointer.
pub(super) fn pointer(text: &str) -> Option<impl Iterator<Item = Cow<'_, str>>> {
    let rest = if text.is_empty() { None } else { Some(text.strip_prefix('/')?) };
    Some(rest.into_iter().flat_map(|rest| rest.split('/')).map(unescape))
}

/// A key as a pointer writes it.
pub(super) fn escape(key: &str) -> Cow<'_, str> {
    if key.contains(['~', '/']) { Cow::Owned(key.replace('~', "~0").replace('/', "~1")) } else { Cow::Borrowed(key) }
}

/// Resolves the escapes of a pointer's segment.
fn unescape(segment: &str) -> Cow<'_, str> {
    if segment.contains('~') {
        Cow::Owned(segment.replace("~1", "/").replace("~0", "~"))
    } else {
        Cow::Borrowed(segment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, fragment: &'static str) -> Reference<'static> {
        Reference::File(path.into(), fragment.into())
    }

    #[test]
    fn references_are_taken_apart() {
        for (reference, expected) in [
            ("#/a/b", Reference::Local("/a/b".into())),
            ("#", Reference::Local("".into())),
            ("c.yaml#/x%7By", file("spec/api/c.yaml", "/x{y")),
            ("./c.yaml", file("spec/api/c.yaml", "")),
            ("../c%20d.yaml#", file("spec/c d.yaml", "")),
            ("root.yaml#/a", Reference::Local("/a".into())),
            ("../../../c.yaml", Reference::Outside),
            ("/etc/passwd", Reference::Outside),
            ("..\\..\\..\\c.yaml", Reference::Outside),
            ("c:/x.yaml", Reference::Outside),
            ("%2e%2e/%2e%2e/%2e%2e/c", Reference::Outside),
            ("https://example.com/c.yaml#/a", Reference::Remote),
            ("//example.com/c.yaml", Reference::Remote),
            ("file:///c.yaml", Reference::Remote),
        ] {
            assert_eq!(split(reference, "spec/api/root.yaml"), expected, "{reference}");
        }
    }

    #[test]
    fn escapes_are_resolved() {
        let segments: Vec<_> = pointer("/paths/~1a~1{id}/~01/").unwrap().collect();
        assert_eq!(segments, ["paths", "/a/{id}", "~1", ""]);
        assert_eq!(pointer("").unwrap().count(), 0);
        assert!(pointer("name").is_none());
        assert_eq!(decode("%C3%A9%zz%"), "é%zz%");
        assert_eq!(decode("%ff"), "%ff");
    }
}
