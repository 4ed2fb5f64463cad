//! Credentials that only some files have.

use super::*;
use crate::ir::{Authentication, OAuth2, Piece};

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
