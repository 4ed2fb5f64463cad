//! URIs of the scheme `file` (RFC 8089), as `location`s have them.

use crate::openapi::percent_decode;

/// Why a location is no file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault<'t> {
    /// It is no URI.
    NoUri,
    /// It is one of another scheme.
    Scheme(&'t str),
    /// It names nothing of this machine, or no file.
    NoFile,
}

/// The path that a location names, as a program opens it: relative to a folder where `/./` or `/../` is in front, or absolute.
pub(crate) fn path(location: &str) -> Result<String, Fault<'_>> {
    let (scheme, rest) = location.trim().split_once("://").ok_or(Fault::NoUri)?;
    if !scheme.eq_ignore_ascii_case("file") {
        return Err(Fault::Scheme(scheme));
    }
    let path = percent_decode(rest);
    local(&path).filter(|path| !path.ends_with('/')).map(str::to_owned).ok_or(Fault::NoFile)
}

/// The path behind `file://`, where the authority is empty, `localhost` or the beginning of a relative path. `None`: it names
/// nothing on this machine.
pub(crate) fn local(path: &str) -> Option<&str> {
    let path = path.strip_prefix("localhost").filter(|path| path.starts_with('/')).unwrap_or(path);
    let is_relative = |path: &str| path.starts_with("./") || path.starts_with("../");
    let is_drive = |path: &str| matches!(path.as_bytes(), [drive, b':', b'/', ..] if drive.is_ascii_alphabetic());
    let path = match path.strip_prefix('/') {
        Some(rest) if is_relative(rest) || is_drive(rest) => rest,
        Some(_) => path,
        None if is_relative(path) => path,
        None => return None,
    };
    (!path.contains('\0')).then_some(path)
}
