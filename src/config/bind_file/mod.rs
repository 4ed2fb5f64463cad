//! Files that hold the values of bind variables (section 4 of the format): JSON or YAML, one flat mapping.

mod json;
#[cfg(feature = "yaml")]
mod yaml;

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use secrecy::SecretString;

/// The longest file, in bytes. What holds more is no file of settings.
const MAX_LENGTH: u64 = 1024 * 1024;

/// A file of values, which is read when the first of them is asked for.
pub struct BindFile {
    path: String,
    /// The environment variable that names another file.
    variable: &'static str,
    content: Option<Result<Vec<Entry>, String>>,
}

/// What a file has under a key.
struct Entry {
    key: String,
    value: Value,
}

/// A value in a file.
enum Value {
    /// The text of a scalar, as it is written: a number keeps its digits.
    Text(SecretString),
    /// Nothing.
    Null,
    /// A list or a mapping.
    Nested,
}

/// Why there is no value. It never holds any.
pub(super) enum NoValue<'f> {
    /// The file has none under the key.
    Missing,
    /// The file has a list or a mapping there.
    Nested,
    /// The file cannot be used.
    File(&'f str),
}

impl BindFile {
    pub(super) fn new(path: String, variable: &'static str) -> Self {
        Self { path, variable, content: None }
    }

    /// The file, as messages name it.
    pub(super) fn path(&self) -> &str {
        &self.path
    }

    /// The environment variable that names another file.
    pub(super) fn variable(&self) -> &'static str {
        self.variable
    }

    /// The value of a key.
    pub(super) fn get(&mut self, key: &str) -> Result<SecretString, NoValue<'_>> {
        let path = &self.path;
        let entries = match self.content.get_or_insert_with(|| entries(Path::new(path))) {
            Ok(entries) => entries,
            Err(reason) => return Err(NoValue::File(reason)),
        };
        match entries.iter().find(|entry| entry.key == key).map(|entry| &entry.value) {
            Some(Value::Text(text)) => Ok(text.clone()),
            Some(Value::Nested) => Err(NoValue::Nested),
            Some(Value::Null) | None => Err(NoValue::Missing),
        }
    }
}

/// The entries of a file. Errors say nothing of its content but a place.
fn entries(path: &Path) -> Result<Vec<Entry>, String> {
    let text = read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        _ => error.to_string(),
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let entries = if is_yaml(path) { yaml(text) } else { json::entries(text) }?;
    let mut keys: Vec<&str> = entries.iter().map(|entry| entry.key.as_str()).collect();
    keys.sort_unstable();
    match keys.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(format!("it has the key `{}` twice", pair[0])),
        None => Ok(entries),
    }
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("yaml") || ending.eq_ignore_ascii_case("yml"))
}

#[cfg(feature = "yaml")]
fn yaml(text: &str) -> Result<Vec<Entry>, String> {
    yaml::entries(text)
}

#[cfg(not(feature = "yaml"))]
fn yaml(_: &str) -> Result<Vec<Entry>, String> {
    Err("it is YAML, which needs the feature `yaml` of the crate `capsmith`".to_owned())
}

fn read(path: &Path) -> io::Result<String> {
    // Opening a pipe would wait for its other end.
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("it is no regular file"));
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(MAX_LENGTH + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_LENGTH {
        return Err(io::Error::other(format!("it is longer than {} MiB", MAX_LENGTH >> 20)));
    }
    String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8"))
}

#[cfg(test)]
mod tests;
