//! "Did you mean": the known name nearest to a mistaken one.

use strsim::damerau_levenshtein;

/// Names longer than this are not compared: no mistake is found in them, and the comparison is quadratic.
const MAX_LENGTH: usize = 200;

/// The candidate nearest to `name`, when one is near enough to be what was meant.
///
/// Case, `-`, `_` and blanks weigh nothing. One edit is allowed in names of three or four characters, and one more for
/// every three further ones; equally near candidates are decided by their order.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if name.len() > MAX_LENGTH {
        return None;
    }
    let wanted = fold(name);
    let allowed = wanted.chars().count() / 3;
    candidates
        .into_iter()
        .filter(|candidate| candidate.len() <= MAX_LENGTH && *candidate != name)
        .filter_map(|candidate| Some((distance(&wanted, &fold(candidate), allowed)?, candidate)))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether a name can only be a slip of the other: an error, and not merely a suggestion, rests on it.
pub(crate) fn is_slip(name: &str, other: &str) -> bool {
    nearest(name, [other]).is_some() && distance(&fold(name), &fold(other), 2).is_some()
}

/// The edits between two folded names, when they are no more than allowed.
fn distance(wanted: &str, candidate: &str, allowed: usize) -> Option<usize> {
    if extends(wanted, candidate) {
        return Some(1);
    }
    // Each further character is an edit, and lengths are compared sooner than names.
    let further = wanted.chars().count().abs_diff(candidate.chars().count());
    if further > allowed {
        return None;
    }
    Some(damerau_levenshtein(wanted, candidate)).filter(|distance| *distance <= allowed)
}

/// The help text for the nearest candidate.
pub(crate) fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// A list of names for a help text, cut after the first few.
pub(crate) fn list<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    const SHOWN: usize = 12;
    let mut names = names.into_iter();
    let shown: Vec<String> = names.by_ref().take(SHOWN).map(|name| format!("`{name}`")).collect();
    let hidden = names.count();
    let shown = shown.join(", ");
    if hidden > 0 { format!("{shown} and {hidden} more") } else { shown }
}

/// The name as it is compared.
fn fold(name: &str) -> String {
    name.chars().filter(|character| !matches!(character, '-' | '_' | ' ')).flat_map(char::to_lowercase).collect()
}

/// Whether one name is the other with a plural's or a participle's ending.
fn extends(left: &str, right: &str) -> bool {
    let (short, long) = if left.len() < right.len() { (left, right) } else { (right, left) };
    short.len() >= 3 && long.strip_prefix(short).is_some_and(|rest| matches!(rest, "s" | "es" | "ed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slips() {
        let known = ["listbackups", "createbackup", "getbackup", "deletebackup"];
        assert_eq!(nearest("listbackup", known), Some("listbackups"));
        assert_eq!(nearest("list-backups", known), Some("listbackups"));
        assert_eq!(nearest("getbackpu", known), Some("getbackup"));
        assert_eq!(nearest("calls", ["call", "name"]), Some("call"));
        assert_eq!(nearest("baseURI", ["baseUri"]), Some("baseUri"));
    }

    #[test]
    fn leaves_strangers_alone() {
        assert_eq!(nearest("weather", ["call", "name", "method"]), None);
        assert_eq!(nearest("a", ["b"]), None);
        assert_eq!(nearest("in", ["id"]), None);
        assert_eq!(nearest(&"a".repeat(10_000), ["a"]), None);
    }

    #[test]
    fn lists_are_cut() {
        assert_eq!(list(["a", "b"]), "`a`, `b`");
        let names: Vec<String> = (0..20).map(|number| number.to_string()).collect();
        assert!(list(names.iter().map(String::as_str)).ends_with("`11` and 8 more"));
    }
}
