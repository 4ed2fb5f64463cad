//! The known name that is nearest to a mistaken one.

use strsim::damerau_levenshtein;

/// Names longer than this are not compared: the comparison is quadratic.
const LONGEST: usize = 128;

/// The candidate nearest to `name`, when one is near enough to be what was meant. Case and signs weigh nothing; one slip is
/// allowed for every three characters.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = Some(name).filter(|name| name.len() <= LONGEST).map(fold)?;
    let allowed = wanted.chars().count() / 3;
    let near = candidates.into_iter().filter(|candidate| candidate.len() <= LONGEST).filter_map(|candidate| {
        let folded = fold(candidate);
        // Each further character is a slip, and lengths are compared sooner than names.
        let further = wanted.chars().count().abs_diff(folded.chars().count());
        let distance = if further <= allowed { damerau_levenshtein(&wanted, &folded) } else { usize::MAX };
        (distance <= allowed).then_some((distance, candidate))
    });
    near.min_by_key(|(distance, _)| *distance).map(|(_, candidate)| candidate)
}

/// A list of names, cut after the first ones.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 20;
    let mut names = names.into_iter();
    let shown: Vec<String> = names.by_ref().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let further = names.count();
    let shown = shown.join(", ");
    if further > 0 { format!("{shown} and {further} more") } else { shown }
}

/// A name as it is compared.
fn fold(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_strangers_are_not() {
        let known = ["list-items", "get-item", "deleteItem"];
        assert_eq!(nearest("list_items", known), Some("list-items"));
        assert_eq!(nearest("delete_itme", known), Some("deleteItem"));
        assert_eq!(nearest("getitems", known), Some("get-item"));
        assert_eq!(nearest("weather", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest(&"a".repeat(10_000), ["a"]), None);
    }

    #[test]
    fn lists_are_cut() {
        assert_eq!(list(["a", "b"]), "`a`, `b`");
        let names: Vec<String> = (0..30).map(|number| number.to_string()).collect();
        assert!(list(names.iter().map(String::as_str)).ends_with("`19` and 10 more"));
    }
}
