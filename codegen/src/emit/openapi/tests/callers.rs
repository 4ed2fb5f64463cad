//! `Callers`: which callers the handlers have.

use super::{Output, document, emit};

const SCHEMES: &str = "components:
  securitySchemes:
    token: { type: http, scheme: bearer }
    login: { type: http, scheme: Basic }
    digest: { type: http, scheme: digest }
    key: { type: apiKey, in: header, name: X-Key, description: Ask for one. }
    certificate: { type: mutualTLS }
    unused: { type: oauth2, flows: {} }
    odd: { type: http }
";

/// The module of a document with one operation that demands this.
fn demanding(security: &str, schemes: &str) -> Output {
    let paths = format!("  /a:\n    get: {{ operationId: act, security: {security} }}\n");
    emit(&format!("{}{schemes}", document(&paths)))
}

#[test]
fn each_scheme_that_is_demanded_has_a_field_of_the_kind_that_can_check_it() {
    let output =
        demanding("[{ certificate: [], key: [] }, { digest: [] }, { login: [] }, { token: [read] }, {}]", SCHEMES);
    let fields = output.between("pub struct Callers {", "}");
    let declared: Vec<&str> = fields.split("pub ").skip(1).map(|field| field.split(',').next().unwrap()).collect();
    assert_eq!(
        declared,
        [
            "token:::capsmith::openapi::Verifier",
            "login:::capsmith::openapi::Verifier<::capsmith::openapi::kinds::Basic>",
            "digest:::capsmith::openapi::Verifier<::capsmith::openapi::kinds::Digest>",
            "key:::capsmith::openapi::Verifier",
            "certificate:::capsmith::openapi::Verifier<::capsmith::openapi::kinds::Foreign>",
        ]
    );
    assert!(fields.contains("Ask for one."), "{fields}");
    output.assert_has(
        "pub fn unchecked() -> Self { Self {
            token: ::capsmith::openapi::Verifier::unchecked(),
            login: ::capsmith::openapi::Verifier::unchecked(),
            digest: ::capsmith::openapi::Verifier::unchecked(),
            key: ::capsmith::openapi::Verifier::unchecked(),
            certificate: ::capsmith::openapi::Verifier::unchecked(),
        } }",
    );
    // One for each scheme of the API.
    let lowered = output.between("::core::option::Option::Some(::core::convert::From::from([", "]))");
    assert_eq!(lowered.matches("::core::convert::From::from(self.").count(), 5);
    assert!(lowered.ends_with("::core::default::Default::default()"), "{lowered}");
    output.assert_has("handlers: impl super::Handlers, callers: super::Callers");
    output.assert_has("pub fn handlers_router(handlers: impl super::Handlers, callers: super::Callers)");
}

#[test]
fn where_nothing_is_demanded_there_are_none() {
    for (security, schemes) in [("[]", SCHEMES), ("[{}]", SCHEMES), ("[]", ""), ("[{}]", "")] {
        let output = demanding(security, schemes);
        assert!(!output.has("Callers") && !output.has("callers"), "{security}: {}", output.text);
        output.assert_has("pub fn router(handlers: impl super::Handlers) -> ::capsmith::axum::Router");
    }
}

#[test]
fn schemes_that_nobody_can_meet_are_demanded_and_clients_know_nothing_of_them() {
    for (name, schemes) in [("odd", SCHEMES), ("missing", SCHEMES), ("missing", ""), ("token", "")] {
        let output = demanding(&format!("[{{ {name}: [] }}]"), schemes);
        let fields = output.between("pub struct Callers {", "}");
        let field = format!("pub {name}: ::capsmith::openapi::Verifier<::capsmith::openapi::kinds::Foreign>,");
        assert!(fields.contains(&super::squeezed(&field)), "{fields}");
        assert_eq!(fields.matches("Verifier").count(), 1, "{fields}");
        output
            .assert_has(&format!("SecurityScheme {{ name: \"{name}\", kind: SecurityKind::Unknown, variables: &[] }}"));
        let variable = format!("API_{}\"", name.to_uppercase());
        // Without any scheme a client takes a token, which no operation demands.
        let is_taken = name == "token";
        assert_eq!(output.has(&variable), is_taken, "{}", output.text);
        assert_eq!(output.has("Acceptance::undemanded()"), schemes.is_empty());
    }
}

#[test]
fn operations_that_no_server_can_tell_apart_demand_nothing() {
    let output = emit(&format!(
        "{}{SCHEMES}",
        document(
            "  /a:\n    get: { operationId: act, security: [{ key: [] }] }\n  '/a#b':\n    get: { operationId: other, security: [{ token: [] }] }\n"
        )
    ));
    assert!(!output.between("pub struct Callers {", "}").contains("token"), "{}", output.text);
}
