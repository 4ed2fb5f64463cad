//! What plain scalars mean: the core schema of YAML 1.2 (section 10.3.2).

/// A scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scalar<'a> {
    /// The text as written, escapes and line breaks resolved.
    pub(crate) text: &'a str,
    /// Whether it stands there bare: quoted scalars are always texts.
    pub(crate) plain: bool,
    /// Where in the document the text begins, when it stands there as it is.
    pub(crate) start: Option<u32>,
}

/// The kind of a scalar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ScalarKind {
    /// Nothing.
    Null,
    /// A truth value.
    Boolean(bool),
    /// A whole number.
    Integer,
    /// A number with a fraction or exponent, an infinity or not-a-number.
    Float,
    /// Anything else.
    Text,
}

impl Scalar<'_> {
    /// What the scalar is.
    pub(crate) fn kind(self) -> ScalarKind {
        if !self.plain {
            return ScalarKind::Text;
        }
        match self.text {
            "" | "~" | "null" | "Null" | "NULL" => ScalarKind::Null,
            "true" | "True" | "TRUE" => ScalarKind::Boolean(true),
            "false" | "False" | "FALSE" => ScalarKind::Boolean(false),
            text if is_integer(text) => ScalarKind::Integer,
            text if is_float(text) => ScalarKind::Float,
            _ => ScalarKind::Text,
        }
    }

    /// The scalar as JSON: its value where JSON can say it, else its text.
    pub(crate) fn to_json(self) -> serde_json::Value {
        match self.kind() {
            ScalarKind::Null => serde_json::Value::Null,
            ScalarKind::Boolean(value) => value.into(),
            ScalarKind::Integer => self.text.parse::<i64>().map_or_else(|_| self.text.into(), Into::into),
            ScalarKind::Float => self
                .text
                .parse::<f64>()
                .ok()
                .and_then(serde_json::Number::from_f64)
                .map_or_else(|| self.text.into(), serde_json::Value::Number),
            ScalarKind::Text => self.text.into(),
        }
    }
}

fn is_integer(text: &str) -> bool {
    if let Some(digits) = text.strip_prefix("0x") {
        return !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return !digits.is_empty() && digits.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    }
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_float(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return true;
    }
    let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent.strip_prefix(['-', '+']).unwrap_or(exponent))),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    digits(whole)
        && digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
        && exponent.is_none_or(|exponent| !exponent.is_empty() && digits(exponent))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Scalar<'_> {
        Scalar { text, plain: true, start: None }
    }

    #[test]
    fn plain_scalars_follow_the_core_schema() {
        for (text, kind) in [
            ("", ScalarKind::Null),
            ("~", ScalarKind::Null),
            ("Null", ScalarKind::Null),
            ("true", ScalarKind::Boolean(true)),
            ("FALSE", ScalarKind::Boolean(false)),
            ("yes", ScalarKind::Text),
            ("on", ScalarKind::Text),
            ("0", ScalarKind::Integer),
            ("-19", ScalarKind::Integer),
            ("0o14", ScalarKind::Integer),
            ("0xC", ScalarKind::Integer),
            ("1_000", ScalarKind::Text),
            ("1.5", ScalarKind::Float),
            (".5", ScalarKind::Float),
            ("1.", ScalarKind::Float),
            ("-2E+05", ScalarKind::Float),
            (".inf", ScalarKind::Float),
            (".", ScalarKind::Text),
            ("e3", ScalarKind::Text),
            ("1e", ScalarKind::Text),
            ("1.0.0-alpha2", ScalarKind::Text),
            ("12:30", ScalarKind::Text),
        ] {
            assert_eq!(plain(text).kind(), kind, "{text}");
        }
    }

    #[test]
    fn quoted_scalars_are_texts() {
        let quoted = Scalar { text: "1", plain: false, start: None };
        assert_eq!(quoted.kind(), ScalarKind::Text);
        assert_eq!(quoted.to_json(), serde_json::json!("1"));
    }

    #[test]
    fn json_keeps_what_it_cannot_say_as_text() {
        assert_eq!(plain("7").to_json(), serde_json::json!(7));
        assert_eq!(plain("7.5").to_json(), serde_json::json!(7.5));
        assert_eq!(plain(".nan").to_json(), serde_json::json!(".nan"));
        assert_eq!(plain("99999999999999999999").to_json(), serde_json::json!("99999999999999999999"));
        assert_eq!(plain("").to_json(), serde_json::Value::Null);
    }
}
