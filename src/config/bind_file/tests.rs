use secrecy::ExposeSecret as _;

use super::*;

/// What a file with this text gives for the keys `a`, `b` and `c`.
fn values(name: &str, text: &str) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    let mut file = BindFile::new(path.to_str().unwrap().to_owned(), "ENV_FILE");
    ["a", "b", "c"].map(|key| shown(file.get(key))).to_vec()
}

fn shown(value: Result<SecretString, NoValue<'_>>) -> String {
    match value {
        Ok(value) => value.expose_secret().to_owned(),
        Err(NoValue::Missing) => "missing".to_owned(),
        Err(NoValue::Nested) => "nested".to_owned(),
        Err(NoValue::File(reason)) => format!("unusable: {reason}"),
    }
}

#[test]
fn values_are_texts_as_written() {
    assert_eq!(
        values("v.json", r#"{"a": "\u00fc", "b": 12345678901234567890123.50, "c": true}"#),
        ["ü", "12345678901234567890123.50", "true"]
    );
    assert_eq!(values("v.JSON", r#"{"a": null, "b": {"c": 1}, "d": 1}"#), ["missing", "nested", "missing"]);
}

#[cfg(feature = "yaml")]
#[test]
fn yaml_is_read_alike() {
    assert_eq!(values("v.yaml", "a: 'it''s'\nb: 007\nc: ~\n"), ["it's", "007", "missing"]);
    assert_eq!(values("v.YML", "b: [1]\na: 1.50 # mine\nc: { a: 2 }\n"), ["1.50", "nested", "nested"]);
    assert_eq!(values("v.yml", "{\"a\": \"x\"}"), ["x", "missing", "missing"]);
    assert_eq!(values("v.yml", "b: &x hunter2\na: *x\n"), ["hunter2", "hunter2", "missing"]);
    assert_eq!(values("v.yml", ""), ["missing", "missing", "missing"]);
}

#[test]
fn a_file_that_cannot_be_used_says_why_and_nothing_of_its_content() {
    let reason = |name: &str, text: &str| values(name, text).remove(0);
    assert_eq!(reason("v.json", "{\"a\": \"hunter2"), "unusable: it is no JSON object (line 1, column 14)");
    assert_eq!(reason("v.json", "[\"hunter2\"]"), "unusable: it is no JSON object (line 1, column 0)");
    assert_eq!(reason("v.json", "{\"a\": 1, \"a\": 2}"), "unusable: it has the key `a` twice");
    let long = format!("{{\"a\": \"{}\"}}", "x".repeat(1024 * 1024));
    assert_eq!(reason("v.json", &long), "unusable: it is longer than 1 MiB");
    let mut missing = BindFile::new("no/such/file.json".to_owned(), "ENV_FILE");
    assert_eq!(shown(missing.get("a")), "unusable: there is no such file");
    let mut folder = BindFile::new("src".to_owned(), "ENV_FILE");
    assert_eq!(shown(folder.get("a")), "unusable: it is no regular file");
}

#[cfg(feature = "yaml")]
#[test]
fn yaml_that_cannot_be_used_says_why() {
    let reason = |text: &str| values("v.yaml", text).remove(0);
    assert_eq!(reason("a: 'hunter2"), "unusable: it is not YAML (line 1, column 4)");
    assert_eq!(reason("- hunter2"), "unusable: it is no mapping, or more than one YAML document");
    assert_eq!(reason("hunter2"), "unusable: it is no mapping, or more than one YAML document");
    assert_eq!(reason("a: 1\na: 2\n"), "unusable: it has the key `a` twice in a mapping (line 2)");
    assert_eq!(reason("a: 1\n---\nb: 2\n"), "unusable: it is no mapping, or more than one YAML document");
    assert_eq!(reason("b: &x [*x]\n"), "unusable: it has an alias within what it stands for (line 1)");
}

#[cfg(not(feature = "yaml"))]
#[test]
fn yaml_without_the_feature_says_which_is_missing() {
    let reason = values("v.yaml", "a: 1").remove(0);
    assert_eq!(reason, "unusable: it is YAML, which needs the feature `yaml` of the crate `capsmith`");
}
