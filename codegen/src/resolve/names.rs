//! Rust identifiers for the names of a file.

use std::collections::HashSet;

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

use crate::ascii::ascii;
use crate::ir::RustName;

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
];

/// Field names that would collide with the methods of a generated request.
pub(crate) const RESERVED_FIELDS: &[&str] =
    &["new", "clone", "fmt", "header", "bearer", "timeout", "send", "into_future", "read", "write"];

/// Keywords that have a raw form.
const RAW_KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else", "enum",
    "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move",
    "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that have none.
const OTHER_KEYWORDS: &[&str] = &["self", "Self", "super", "crate", "_"];

/// A scope in which identifiers are unique.
///
/// Who comes first keeps the plain name: adding something to the end of a file renames nothing.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: HashSet<String>,
}

impl Scope {
    /// A scope in which some names are taken from the start.
    pub(crate) fn reserving(names: &[&str]) -> Self {
        Self { taken: names.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// A unique identifier near to `wanted`, which is one already, or else to `alternative`, or else with a number.
    pub(crate) fn allocate(&mut self, wanted: &str, alternative: Option<&str>) -> RustName {
        let candidates = [Some(wanted), alternative].into_iter().flatten();
        let base = alternative.filter(|_| self.taken.contains(wanted)).unwrap_or(wanted).to_owned();
        let separator = if base.starts_with(char::is_uppercase) { "" } else { "_" };
        let numbered = (2_u32..).map(|number| format!("{base}{separator}{number}"));
        let reserved = format!("{base}_");
        let name =
            candidates.map(str::to_owned).chain(numbered).find(|name| !self.taken.contains(name)).unwrap_or(reserved);
        self.taken.insert(name.clone());
        RustName::new(raw(name))
    }
}

/// The `r#` of keywords.
fn raw(name: String) -> String {
    if RAW_KEYWORDS.contains(&name.as_str()) { format!("r#{name}") } else { name }
}

/// A name in snake case: a module, function or field. `fallback` stands for names without a letter or digit.
pub(crate) fn snake(name: &str, fallback: &str) -> String {
    identifier(ascii(name).to_snake_case(), fallback, "n")
}

/// A name in Pascal case: a type.
pub(crate) fn pascal(name: &str, fallback: &str) -> String {
    identifier(ascii(name).to_pascal_case(), fallback, "N")
}

/// The beginning of an environment variable's name.
pub(super) fn shouty(name: &str) -> String {
    let name = ascii(name).to_shouty_snake_case();
    if name.starts_with(|first: char| first.is_ascii_digit()) { format!("N{name}") } else { name }
}

fn identifier(name: String, fallback: &str, before_digits: &str) -> String {
    if name.is_empty() {
        fallback.to_owned()
    } else if name.starts_with(|first: char| first.is_ascii_digit()) {
        format!("{before_digits}{name}")
    } else if OTHER_KEYWORDS.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// A name as parameters are compared: case, `-` and `_` weigh nothing.
pub(crate) fn normalise(name: &str) -> String {
    name.chars().filter(|character| !matches!(character, '-' | '_')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        for (name, snaked, pascaled) in [
            ("listbackups", "listbackups", "Listbackups"),
            ("list-backups", "list_backups", "ListBackups"),
            ("databaseId", "database_id", "DatabaseId"),
            ("$top", "top", "Top"),
            ("page[limit]", "page_limit", "PageLimit"),
            ("filters.alertAction.notIn", "filters_alert_action_not_in", "FiltersAlertActionNotIn"),
            ("2fa", "n2fa", "N2fa"),
            ("self", "self_", "Self_"),
            ("crate", "crate_", "Crate"),
            ("", "value", "Value"),
            ("列表", "lie_biao", "LieBiao"),
            ("naïve", "naive", "Naive"),
        ] {
            assert_eq!(snake(name, "value"), snaked, "{name}");
            assert_eq!(pascal(name, "Value"), pascaled, "{name}");
            assert!(syn::parse_str::<syn::Ident>(snaked).is_ok(), "{snaked}");
            assert!(syn::parse_str::<syn::Ident>(pascaled).is_ok(), "{pascaled}");
        }
    }

    #[test]
    fn environment_variables_are_upper_snake_case() {
        assert_eq!(shouty("platform-backups-rest"), "PLATFORM_BACKUPS_REST");
        assert_eq!(shouty("myApi"), "MY_API");
        assert_eq!(shouty("3scale"), "N3SCALE");
    }

    #[test]
    fn scopes_keep_names_apart() {
        let mut scope = Scope::reserving(&["new"]);
        let names: Vec<String> =
            [("list", None), ("list", Some("api_list")), ("list", Some("api_list")), ("type", None), ("new", None)]
                .into_iter()
                .map(|(wanted, alternative)| scope.allocate(wanted, alternative).as_str().to_owned())
                .collect();
        assert_eq!(names, ["list", "api_list", "api_list_2", "r#type", "new_2"]);
        let mut types = Scope::default();
        assert_eq!(types.allocate("List", None).as_str(), "List");
        assert_eq!(types.allocate("List", None).as_str(), "List2");
    }

    #[test]
    fn every_keyword_becomes_an_identifier() {
        for keyword in RAW_KEYWORDS.iter().chain(OTHER_KEYWORDS) {
            let name = Scope::default().allocate(&snake(keyword, "value"), None);
            assert!(syn::parse_str::<syn::Ident>(name.as_str()).is_ok(), "{keyword}");
        }
    }

    #[test]
    fn parameters_are_compared_loosely() {
        assert_eq!(normalise("backup-id"), normalise("backup_id"));
        assert_eq!(normalise("databaseid"), normalise("databaseId"));
        assert_ne!(normalise("databases"), normalise("database"));
    }
}
