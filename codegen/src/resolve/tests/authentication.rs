//! Credentials that only some files have.

use super::*;
use crate::ir::{Authentication, CallerAuthentication, OAuth2, Piece};

const BEARER: &str = "type: bearer\n        token: '{{env.SHELF_TOKEN}}'";

fn oauth2(fields: &str) -> (Capability, OAuth2) {
    let capability = capability(&edited(&[(BEARER, fields)]));
    match capability.upstreams[0].authentication.clone() {
        Authentication::OAuth2(oauth2) => (capability, oauth2),
        other => panic!("{other:?}"),
    }
}

fn text(text: &str) -> Vec<Piece> {
    vec![Piece::Text(text.to_owned())]
}

#[test]
fn what_the_format_does_not_say_of_a_client_is_a_setting() {
    let (capability, oauth2) = oauth2(
        "type: oauth2\n        authorizationServerUri: https://id.example.org\n        scopes: [read, '{{SHELF_TOKEN}}']",
    );
    let binds: Vec<_> = capability.binds.iter().map(|bind| (bind.source_key.as_str(), bind.field.as_str())).collect();
    let expected =
        [("SHELF_TOKEN", "shelf_token"), ("SHELF_CLIENT_ID", "client_id"), ("SHELF_CLIENT_SECRET", "client_secret")];
    assert_eq!(binds, expected);
    assert!(capability.binds.iter().all(|bind| bind.required));
    assert_eq!(
        oauth2,
        OAuth2 {
            token_endpoint: None,
            server: Some(text("https://id.example.org")),
            client_id: vec![Piece::Bind(1)],
            client_secret: vec![Piece::Bind(2)],
            scopes: vec![text("read"), vec![Piece::Bind(0)]],
            audience: None,
            resource: None,
        }
    );
}

#[test]
fn binds_of_that_name_go_before_settings_and_fields_before_binds() {
    let keys = "      SHELF_TOKEN: SHELF_TOKEN";
    let with_binds = format!("{keys}\n      CLIENT_ID: ME\n      CLIENT_SECRET: MINE");
    let authentication = "type: oauth2\n        tokenEndpoint: https://id.example.org/token";
    let file = edited(&[(keys, &with_binds), (BEARER, authentication)]);
    let sources: Vec<_> = capability(&file).binds.into_iter().map(|bind| bind.source_key).collect();
    assert_eq!(sources, ["ME", "MINE"]);
    let fields = format!("{authentication}\n        clientId: us\n        clientSecret: '{{{{SHELF_TOKEN}}}}'");
    let (capability, oauth2) = oauth2(&fields);
    assert_eq!((capability.binds.len(), oauth2.client_id), (1, text("us")));
}

#[test]
fn nobody_is_asked_for_tokens_who_is_not_named() {
    let message =
        message(&edited(&[(BEARER, "type: oauth2\n        resource: https://a.example.org")]), Code::MissingField);
    assert!(message.contains("does not say who gives tokens"), "{message}");
    let file = edited(&[(BEARER, "type: oauth2\n        authorizationServerUri: id.example.org")]);
    assert!(super::message(&file, Code::InvalidValue).contains("no URL of `https`"));
    let file =
        edited(&[(BEARER, "type: oauth2\n        tokenEndpoint: https://a.example.org\n        clientSecret: s")]);
    assert!(super::message(&file, Code::SecretInFile).contains("the client's secret stands in the file"));
}

#[test]
fn fields_of_other_types_have_no_effect() {
    let file =
        edited(&[(BEARER, "type: basic\n        username: me\n        password: '{{SHELF_TOKEN}}'\n        token: x")]);
    assert!(message(&file, Code::UnknownField).contains("`token`"));
    let message = message(&edited(&[("type: bearer", "type: bearr")]), Code::UnsupportedAuthentication);
    assert!(message.contains("did you mean `bearer`?"), "{message}");
}

const PORT: &str = "      port: 8080";

/// The file with `authentication` for the callers of its routes.
fn with_callers(authentication: &str) -> String {
    edited(&[(PORT, &format!("{PORT}\n      authentication: {authentication}"))])
}

#[test]
fn what_callers_must_have_comes_from_binds() {
    let capability = capability(&with_callers("{ type: bearer, token: '{{SHELF_TOKEN}}' }"));
    let expected = CallerAuthentication::Bearer { token: vec![Piece::Bind(0)] };
    assert_eq!(capability.exposes[0].authentication, Some(expected));
    assert_eq!(capability.exposes[1].authentication, None);
    let literal = with_callers("{ type: apikey, key: X-Key, value: hunter2, placement: header }");
    assert!(message(&literal, Code::SecretInFile).contains("the key stands in the file"));
    let empty = with_callers("{ type: basic, username: me, password: '' }");
    assert!(message(&empty, Code::EmptyCredential).contains("the password is empty"), "that is nobody's password");
    let unknown = with_callers("{ type: mtls }");
    assert!(message(&unknown, Code::UnsupportedAuthentication).contains("a layer of yours around the router"));
    let undeclared = with_callers("{ type: bearer, token: '{{OTHER}}' }");
    assert!(message(&undeclared, Code::UndeclaredVariable).contains("`OTHER`"));
}

#[test]
fn nothing_is_demanded_on_standard_input() {
    let capability = capability(&edited(&[(
        "      port: 9090",
        "      transport: stdio\n      authentication: { type: bearer, token: '{{OTHER}}' }",
    )]));
    assert_eq!(capability.exposes[1].authentication, None);
    assert_eq!(capability.binds.len(), 1);
}

#[test]
fn tokens_of_callers_are_for_a_resource_of_a_server() {
    let server = "authorizationServerUri: https://id.example.org, resource: https://shelf.example.org, scopes: [read]";
    let introspected = format!("{{ type: oauth2, {server}, tokenValidation: introspection }}");
    let capability = capability(&with_callers(&introspected));
    let Some(CallerAuthentication::OAuth2(resource)) = &capability.exposes[0].authentication else { panic!() };
    assert_eq!((&resource.server, &resource.scopes), (&text("https://id.example.org"), &vec![text("read")]));
    assert!(resource.introspection.is_some());
    let settings: Vec<_> = capability.binds.iter().map(|bind| bind.source_key.as_str()).collect();
    assert_eq!(settings, ["SHELF_TOKEN", "SHELF_REST_CLIENT_ID", "SHELF_REST_CLIENT_SECRET"]);
    let useless =
        with_callers(&format!("{{ type: oauth2, {server}, tokenEndpoint: https://a.example.org, clientId: me }}"));
    let messages = messages(&useless, Code::OneSidedField);
    assert_eq!(messages.len(), 2, "{messages:?}");
    let missing = with_callers("{ type: oauth2 }");
    assert_eq!(super::messages(&missing, Code::MissingField).len(), 2);
}
