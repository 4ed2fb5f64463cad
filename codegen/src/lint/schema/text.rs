//! The forms of texts (section 2 of the format).

/// Letters, digits and `-`: names of almost everything.
pub(super) const KEBAB: &str = "of letters, digits and `-`";

pub(super) fn is_kebab(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Names of parameters.
pub(super) const EXTENDED: &str = "of letters, digits, `-`, `_` and `*`";

pub(super) fn is_extended(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_*".contains(&byte))
}

/// What `call` and `ref` are.
pub(super) const QUALIFIED: &str = "of the form `namespace.name`";

pub(super) fn is_qualified(text: &str) -> bool {
    text.split_once('.').is_some_and(|(namespace, name)| is_kebab(namespace) && is_kebab(name))
}

/// Variables of binds.
pub(super) const VARIABLE: &str = "of capital letters, digits and `_`";

pub(super) fn is_variable(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_uppercase())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}

/// Targets of mappings.
pub(super) const TARGET: &str = "of letters, digits, `-`, `_` and dots";

pub(super) fn is_target(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

pub(super) const BASE_URI: &str = "an address with `http` or `https`, and without braces behind the host";

pub(super) fn is_base_uri(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://")) else { return false };
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    !host.is_empty() && !path.contains('{')
}

pub(super) const LOCATION: &str = "an address with a scheme";

pub(super) fn is_location(text: &str) -> bool {
    let is_part = |byte: u8| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte);
    text.split_once("://").is_some_and(|(scheme, _)| {
        scheme.starts_with(|first: char| first.is_ascii_alphabetic()) && scheme.bytes().all(is_part)
    })
}

pub(super) const FILE_LOCATION: &str = "an address that begins with `file:///`";

pub(super) fn is_file_location(text: &str) -> bool {
    text.starts_with("file:///")
}

pub(super) const DATE: &str = "a date such as `2026-08-21`";

pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else { return false };
    let is_number = |text: &str, length: usize, most: u32| {
        text.len() == length && text.parse::<u32>().is_ok_and(|number| (1..=most).contains(&number))
    };
    is_number(year, 4, 9999) && is_number(month, 2, 12) && is_number(day, 2, 31)
}

pub(super) const SIZE: &str = "a size such as `10MiB`";

pub(super) fn is_size(text: &str) -> bool {
    let unit = ["KiB", "MiB", "GiB", "B"].iter().find_map(|unit| text.strip_suffix(unit));
    unit.is_some_and(|number| {
        let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
        [whole, fraction].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_those_of_the_format() {
        type Form = fn(&str) -> bool;
        let cases: [(Form, &[&str], &[&str]); 9] = [
            (is_kebab, &["a-B2"], &["", "a_b", "a.b"]),
            (is_extended, &["a_b-*"], &["", "$top"]),
            (is_qualified, &["a.b-c"], &["a", "a.b.c", ".b"]),
            (is_variable, &["A_1"], &["", "a", "1A"]),
            (is_base_uri, &["https://{{h}}/v1", "http://a"], &["a.b", "https://", "https://a/{v}"]),
            (is_location, &["file:///a", "vault+x://a"], &["a", "1a://b"]),
            (is_file_location, &["file:///a"], &["file://a"]),
            (is_date, &["2026-08-21"], &["2026-13-01", "2026-8-1", "today"]),
            (is_size, &["10MiB", "1.5KiB", "3B"], &["10MB", "MiB", "1.MiB", "-1B"]),
        ];
        for (number, (fits, right, wrong)) in cases.iter().enumerate() {
            assert!(right.iter().all(|text| fits(text)), "{number}");
            assert!(!wrong.iter().any(|text| fits(text)), "{number}");
        }
        assert!(is_target("a.b_c") && !is_target("a b"));
    }
}
