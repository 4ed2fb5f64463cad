//! What a text says it is by a key of its outermost mapping, where the rest of it need not be well-formed.

/// Whether the outermost mapping of a text, YAML or JSON, has one of these keys.
pub(crate) fn has_key(text: &str, keys: &[&str]) -> bool {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        return has_json_key(text.as_bytes(), keys);
    }
    let names = |line: &str, key: &str| {
        let line = line.strip_prefix(['"', '\'']).unwrap_or(line);
        line.strip_prefix(key)
            .is_some_and(|rest| rest.strip_prefix(['"', '\'']).unwrap_or(rest).trim_start().starts_with(':'))
    };
    text.lines().any(|line| keys.iter().any(|key| names(line, key)))
}

/// Whether a JSON text has one of the keys within one brace.
fn has_json_key(text: &[u8], keys: &[&str]) -> bool {
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        at += 1;
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => {
                let start = at;
                while let Some(byte) = text.get(at).filter(|byte| **byte != b'"') {
                    at += if *byte == b'\\' { 2 } else { 1 };
                }
                let name = text.get(start..at).unwrap_or_default();
                at += 1;
                let next = text.get(at..).unwrap_or_default().trim_ascii_start().first();
                if depth == 1 && next == Some(&b':') && keys.iter().any(|key| key.as_bytes() == name) {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::has_key;

    #[test]
    fn keys_are_found_in_json_and_yaml() {
        for text in [
            "openapi: 3.1.0",
            "# comment\n\"openapi\" : 3.0.0\n",
            "---\ninfo: {}\nopenapi: 3.2.0",
            "\u{feff}{ \"info\": {\"openapi\": 1}, \"openapi\": \"3.0.3\"",
        ] {
            assert!(has_key(text, &["swagger", "openapi"]), "{text}");
        }
    }

    #[test]
    fn keys_elsewhere_and_other_words_do_not_count() {
        for text in [
            "swagger: '2.0'",
            "info:\n  openapi: 3.1.0",
            "openapis: 3",
            r#"{ "info": { "openapi": "3" } }"#,
            r#"{ "name": "openapi" }"#,
            r#"{ "a\"openapi": 1 }"#,
            "",
        ] {
            assert!(!has_key(text, &["openapi"]), "{text}");
        }
    }
}
