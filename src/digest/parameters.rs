//! Schemes of authentication with their parameters, as headers list them (RFC 9110, section 11.6).

/// A scheme and its parameters.
#[derive(Debug)]
pub(crate) struct Parameters {
    pub(crate) scheme: String,
    values: Vec<(String, String)>,
}

impl Parameters {
    /// The value of a parameter, whose name has no case.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}

/// The schemes that a header lists. What cannot be read ends the list.
pub(crate) fn schemes(header: &str) -> Vec<Parameters> {
    let mut schemes: Vec<Parameters> = Vec::new();
    let mut rest = header;
    // Whether a scheme has just been named, so that a text without `=` is its data.
    let mut is_fresh = false;
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t']);
        if let Some(after) = trimmed.strip_prefix(',') {
            rest = after;
            is_fresh = false;
            continue;
        }
        let length = trimmed.find(|character: char| !is_of_token(character)).unwrap_or(trimmed.len());
        if length == 0 {
            return schemes;
        }
        let (token, after) = trimmed.split_at(length);
        let value = after.trim_start_matches([' ', '\t']).strip_prefix('=');
        rest = match value.and_then(|value| read_value(value.trim_start_matches([' ', '\t']))) {
            Some((value, after)) => {
                let Some(last) = schemes.last_mut() else { return schemes };
                last.values.push((token.to_owned(), value));
                after
            }
            // Data such as that of `Basic` and `Negotiate`.
            None if is_fresh => after.trim_start_matches(['=', '/']),
            None => {
                schemes.push(Parameters { scheme: token.to_owned(), values: Vec::new() });
                is_fresh = true;
                after
            }
        };
    }
}

/// A value, and what follows it.
fn read_value(text: &str) -> Option<(String, &str)> {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(|character: char| !is_of_token(character) && character != '/').unwrap_or(text.len());
        return (end > 0).then(|| (text[..end].to_owned(), &text[end..]));
    };
    let mut value = String::new();
    let mut characters = quoted.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '"' => return Some((value, &quoted[index + 1..])),
            '\\' => value.push(characters.next()?.1),
            character => value.push(character),
        }
    }
    None
}

fn is_of_token(character: char) -> bool {
    character.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(character)
}

/// A text in quotes.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn several_schemes_stand_in_one_header() {
        let header = "Negotiate, Basic realm=\"a, b\" , Digest realm=\"say \\\"hi\\\"\", nonce = x/1, qop=\"auth,auth-int\", stale=TRUE";
        let found = schemes(header);
        let names: Vec<_> = found.iter().map(|scheme| scheme.scheme.as_str()).collect();
        assert_eq!(names, ["Negotiate", "Basic", "Digest"]);
        assert_eq!(found[1].get("realm"), Some("a, b"));
        assert_eq!(found[2].get("Realm"), Some("say \"hi\""));
        assert_eq!((found[2].get("nonce"), found[2].get("qop")), (Some("x/1"), Some("auth,auth-int")));
        assert_eq!((found[2].get("stale"), found[2].get("opaque")), (Some("TRUE"), None));
    }

    #[test]
    fn data_of_other_schemes_is_passed_over() {
        let found = schemes("Negotiate YII/oU+0=, Digest nonce=\"n\"");
        assert_eq!(found.len(), 2);
        assert_eq!(found[1].get("nonce"), Some("n"));
    }

    #[test]
    fn what_cannot_be_read_ends_the_list() {
        for text in ["", ",,,", "=", "Digest realm=\"open", "Digest =", "\u{e4}", "Digest realm=\"a\\"] {
            assert!(schemes(text).iter().all(|scheme| scheme.values.is_empty()), "{text}");
        }
        assert_eq!(quoted("a\"b\\"), "\"a\\\"b\\\\\"");
    }
}
