//! JSON for people.

/// JSON text with a line for each member and element. The text must be JSON.
pub(super) fn pretty(json: &str) -> String {
    let mut pretty = String::with_capacity(json.len() * 2);
    let mut level = 0;
    let mut characters = json.chars().filter(|character| *character != '\n').peekable();
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                pretty.push('"');
                // The end is a quotation mark that no backslash stands before.
                while let Some(inside) = characters.next() {
                    pretty.push(inside);
                    match inside {
                        '\\' => pretty.extend(characters.next()),
                        '"' => break,
                        _ => {}
                    }
                }
            }
            '{' | '[' => {
                pretty.push(character);
                if let Some(end) = characters.next_if(|next| matches!(next, '}' | ']')) {
                    pretty.push(end);
                } else {
                    level += 1;
                    line(level, &mut pretty);
                }
            }
            '}' | ']' => {
                level -= 1;
                line(level, &mut pretty);
                pretty.push(character);
            }
            ',' => {
                pretty.push(',');
                line(level, &mut pretty);
            }
            ':' => pretty.push_str(": "),
            character => pretty.push(character),
        }
    }
    pretty.push('\n');
    pretty
}

fn line(level: usize, pretty: &mut String) {
    pretty.push('\n');
    pretty.extend(std::iter::repeat_n("  ", level));
}

#[cfg(test)]
mod tests {
    use super::pretty;

    #[test]
    fn structure_becomes_lines_and_texts_stay() {
        let text = "{\"a\":[1,{}],\n\"b\":{\"c\\\"{\\\\\":\"[,:]\"},\"d\":[]}";
        let expected =
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": {\n    \"c\\\"{\\\\\": \"[,:]\"\n  },\n  \"d\": []\n}\n";
        assert_eq!(pretty(text), expected);
    }
}
