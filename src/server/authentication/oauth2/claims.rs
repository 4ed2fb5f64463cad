//! What a token says.

use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::Value;

use super::refusal::Refusal;

/// How far clocks may differ, in seconds.
const LEEWAY: f64 = 30.0;

/// What tokens must say.
pub(crate) struct Expected {
    pub(crate) audience: String,
    /// All of them.
    pub(crate) scopes: Vec<String>,
}

impl Expected {
    /// Checks the claims of a signed token, which must be there.
    pub(super) fn check(&self, claims: &Value, issuer: Option<&str>) -> Result<(), Refusal> {
        for (name, reason) in [
            ("exp", "it does not say when it expires"),
            ("iss", "it does not say who gave it"),
            ("aud", "it does not say for whom it is"),
        ] {
            claims.get(name).filter(|claim| !claim.is_null()).ok_or(Refusal::Invalid(reason))?;
        }
        self.check_present(claims, issuer, now())
    }

    /// Checks what a server says of a token. It vouches for what it leaves out.
    pub(super) fn check_introspected(&self, claims: &Value, issuer: &str) -> Result<(), Refusal> {
        if claims.get("active") != Some(&Value::Bool(true)) {
            return Err(Refusal::Invalid("it is not active"));
        }
        self.check_present(claims, Some(issuer), now())
    }

    fn check_present(&self, claims: &Value, issuer: Option<&str>, now: f64) -> Result<(), Refusal> {
        let claim = |name: &str| claims.get(name).filter(|claim| !claim.is_null());
        let is_past =
            |name: &str, leeway: f64| claim(name).map(|time| time.as_f64().is_some_and(|time| time + leeway <= now));
        if is_past("exp", LEEWAY).is_some_and(|is_past| is_past || claim("exp").and_then(Value::as_f64).is_none()) {
            return Err(Refusal::Invalid("it has expired"));
        }
        if is_past("nbf", -LEEWAY).is_some_and(|is_past| !is_past) {
            return Err(Refusal::Invalid("it cannot be used yet"));
        }
        if claim("iss").is_some_and(|given| given.as_str() != issuer) {
            return Err(Refusal::Invalid("somebody else gave it"));
        }
        if claim("aud").is_some_and(|audiences| !is_listed(audiences, &self.audience)) {
            return Err(Refusal::Invalid("it is for somebody else"));
        }
        if has_scopes(claims, self.scopes.iter().map(String::as_str)) { Ok(()) } else { Err(Refusal::Scope) }
    }
}

/// Whether claims have all the scopes.
pub(crate) fn has_scopes<'s>(claims: &Value, mut scopes: impl Iterator<Item = &'s str>) -> bool {
    let given = || ["scope", "scp"].into_iter().filter_map(|name| claims.get(name));
    scopes.all(|scope| given().any(|given| has_word(given, scope)))
}

/// Seconds since 1970.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |time| time.as_secs_f64())
}

/// Whether a claim is a text, or has it among several.
fn is_listed(claim: &Value, text: &str) -> bool {
    match claim {
        Value::String(given) => given == text,
        Value::Array(several) => several.iter().any(|given| given.as_str() == Some(text)),
        _ => false,
    }
}

/// Whether a claim has a scope: words with blanks between them, or a list.
fn has_word(claim: &Value, scope: &str) -> bool {
    match claim {
        Value::String(words) => words.split(' ').any(|word| word == scope),
        list => is_listed(list, scope),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW: f64 = 1_000.0;

    fn outcome(claims: &Value) -> Result<(), Refusal> {
        let scopes = vec!["read".to_owned(), "write".to_owned()];
        Expected { audience: "here".to_owned(), scopes }.check_present(claims, Some("us"), NOW)
    }

    #[test]
    fn times_allow_for_clocks_that_differ() {
        let at = |exp: Value, nbf: Value| outcome(&json!({"exp": exp, "nbf": nbf, "scope": "read write"}));
        assert_eq!(at(json!(971), json!(1029)), Ok(()));
        assert_eq!(at(json!(970), json!(0)), Err(Refusal::Invalid("it has expired")));
        assert_eq!(at(json!(9_000.5), json!(1031)), Err(Refusal::Invalid("it cannot be used yet")));
        assert_eq!(at(json!("never"), json!(0)), Err(Refusal::Invalid("it has expired")));
        assert_eq!(at(json!(9_000), json!("x")), Err(Refusal::Invalid("it cannot be used yet")));
    }

    #[test]
    fn issuer_and_audience_are_ours() {
        let at = |iss: Value, aud: Value| outcome(&json!({"iss": iss, "aud": aud, "scp": ["write", "read"]}));
        assert_eq!(at(json!("us"), json!("here")), Ok(()));
        assert_eq!(at(json!("us"), json!(["there", "here"])), Ok(()));
        assert_eq!(at(json!("them"), json!("here")), Err(Refusal::Invalid("somebody else gave it")));
        for aud in [json!("there"), json!(["there"]), json!([]), json!({"here": 1}), json!(7)] {
            assert_eq!(at(json!("us"), aud), Err(Refusal::Invalid("it is for somebody else")));
        }
    }

    #[test]
    fn all_scopes_are_needed() {
        for scope in [json!("read"), json!("readwrite"), json!(""), json!(["read write"]), json!(null)] {
            assert_eq!(outcome(&json!({"scope": scope})), Err(Refusal::Scope), "{scope}");
        }
    }
}
