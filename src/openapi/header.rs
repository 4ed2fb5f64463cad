//! Headers of answers as values.

use std::str::FromStr;

use http::HeaderMap;

use crate::ClientError;

/// The value of a header, `None` where there is none.
pub(super) fn one<H: FromStr>(
    operation: &'static str,
    headers: &HeaderMap,
    name: &str,
) -> Result<Option<H>, ClientError> {
    match headers.get(name) {
        None => Ok(None),
        Some(value) => match value.to_str().ok().and_then(|text| text.trim().parse().ok()) {
            Some(value) => Ok(Some(value)),
            None => Err(unreadable(operation, name)),
        },
    }
}

/// The values of a list (style `simple`, RFC 9110, section 5.6.1), whether in one field or in several.
pub(super) fn list<H: FromStr>(
    operation: &'static str,
    headers: &HeaderMap,
    name: &str,
) -> Result<Vec<H>, ClientError> {
    let mut values = Vec::new();
    for field in headers.get_all(name) {
        let text = field.to_str().map_err(|_| unreadable(operation, name))?;
        for item in text.split(',').map(str::trim).filter(|item| !item.is_empty()) {
            values.push(item.parse().map_err(|_| unreadable(operation, name))?);
        }
    }
    Ok(values)
}

fn unreadable(operation: &'static str, name: &str) -> ClientError {
    ClientError::Header { operation, name: name.to_owned() }
}
