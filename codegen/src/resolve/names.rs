//! Names that are taken, and names that are compared.

use heck::ToShoutySnakeCase;

use crate::ascii::ascii;

/// Method names that the generated client, handlers and requests have themselves.
pub(super) const RESERVED_METHODS: &[&str] = &[
    "new",
    "builder",
    "from_env",
    "request",
    "forward",
    "clone",
    "client",
    "fmt",
    "send",
    "into_future",
    "read",
    "write",
    "mcp_prompt",
    "mcp_completion",
    "mcp_updates",
];

/// Field names that would collide with the methods of a generated request.
pub(crate) const RESERVED_FIELDS: &[&str] =
    &["new", "clone", "fmt", "header", "bearer", "timeout", "send", "into_future", "read", "write"];

/// The beginning of an environment variable's name.
pub(super) fn shouty(name: &str) -> String {
    let name = ascii(name).to_shouty_snake_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("N{name}") } else { name }
}

/// A name as parameters are compared: case, `-` and `_` weigh nothing.
pub(crate) fn normalise(name: &str) -> String {
    name.chars().filter(|character| !matches!(character, '-' | '_')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn environment_variables_are_upper_snake_case() {
        assert_eq!(shouty("platform-backups-rest"), "PLATFORM_BACKUPS_REST");
        assert_eq!(shouty("myApi"), "MY_API");
        assert_eq!(shouty("3scale"), "N3SCALE");
    }

    #[test]
    fn parameters_are_compared_loosely() {
        assert_eq!(normalise("backup-id"), normalise("backup_id"));
        assert_eq!(normalise("databaseid"), normalise("databaseId"));
        assert_ne!(normalise("databases"), normalise("database"));
    }
}
