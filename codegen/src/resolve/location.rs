//! Places on the machine that serves: files and folders that a program reads when it runs.

/// The path in a URI of the scheme `file` (RFC 8089) behind `file://`, whose authority is empty, `localhost` or the beginning
/// of a relative path. `None`: it names nothing on this machine.
pub(super) fn path(path: &str) -> Option<&str> {
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
