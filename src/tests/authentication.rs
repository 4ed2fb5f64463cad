//! Each kind of credentials, as the upstream sees it.

use crate::__private::{Arguments, Client, ClientBuilder, Values};
use crate::description::{Authentication, Bind, Capability, Consumes, Location, Method, Operation, Piece, Template};
use crate::{ArgumentError, BaseUrl, OperationInputs, RequestOptions, Settings, Value};

use super::recorder::{Recorded, Recorder};

const SECRET: Template = &[Piece::Bind(0)];

static OPERATION: [Operation; 1] = [Operation {
    name: "get",
    description: "",
    consumes: 0,
    method: Method::Get,
    path: "/x",
    path_template: &[Piece::Text("/x")],
    inputs: &[],
    constants: &[],
    is_empty: false,
}];

struct Get;

impl OperationInputs for Get {
    type Answer = Value;
    const OPERATION: &'static Operation = &OPERATION[0];

    fn read(_: &mut Arguments) -> Result<Self, ArgumentError> {
        Ok(Self)
    }

    fn write(self, _: &mut Arguments) {}
}

fn capability(authentication: Authentication) -> &'static Capability {
    let consumes = Consumes {
        namespace: "api",
        description: "",
        base_uri: None,
        base_uri_template: &[],
        base_url_variable: "API_BASE_URL",
        authentication,
    };
    Box::leak(Box::new(Capability {
        name: "x",
        label: "",
        description: "",
        version: "",
        tags: &[],
        binds: &[Bind { variable: "KEY", source_key: "KEY", required: true }],
        consumes: Box::leak(Box::new([consumes])),
        operations: &OPERATION,
        exposes: &[],
        schemas: &[],
    }))
}

fn values(base_url: String, secret: &str) -> Values {
    Values {
        base_urls: vec![BaseUrl::new(base_url)],
        listen_addresses: Vec::new(),
        secrets: vec![Some(secret.into())],
        settings: Settings::default(),
    }
}

async fn sent(authentication: Authentication, user_info: &str, secret: &str) -> Recorded {
    let recorder = Recorder::json(200, "{}").await;
    let base_url = recorder.url("").replace("http://", &format!("http://{user_info}"));
    let client: Client = ClientBuilder::new(capability(authentication), values(base_url, secret)).build().unwrap();
    client.call(Get, RequestOptions::default()).await.unwrap();
    recorder.only()
}

#[tokio::test]
async fn basic_is_user_and_password() {
    let kind = Authentication::Basic { username: &[Piece::Text("Aladdin")], password: SECRET };
    let request = sent(kind, "", "open sesame").await;
    assert_eq!(request.header("authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
}

#[tokio::test]
async fn api_keys_go_where_the_file_says() {
    let kind = |placement| Authentication::ApiKey { placement, key: "X-Key", value: SECRET };
    assert_eq!(sent(kind(Location::Header), "", "a b&c").await.header("x-key"), Some("a b&c"));
    assert_eq!(sent(kind(Location::Query), "", "a b&c").await.target, "/x?X-Key=a+b%26c");
    assert_eq!(sent(kind(Location::Cookie), "", "a b;c").await.header("cookie"), Some("X-Key=a%20b%3Bc"));
}

#[tokio::test]
async fn user_information_of_the_base_url_is_basic_authentication() {
    let request = sent(Authentication::None, "Aladdin:open%20sesame@", "unused").await;
    assert_eq!(request.header("authorization"), Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="));
    assert_eq!(request.target, "/x");
    let request = sent(Authentication::Bearer { token: SECRET }, "a:b@", "token").await;
    assert_eq!(request.header("authorization"), Some("Bearer token"));
}

#[tokio::test]
async fn a_secret_that_cannot_be_sent_is_named_and_not_shown() {
    let kind = Authentication::Bearer { token: SECRET };
    let error = ClientBuilder::new(capability(kind), values("http://127.0.0.1".to_owned(), "se\ncret")).build();
    let message = error.unwrap_err().to_string();
    assert!(message.contains("`api`") && !message.contains("cret there"), "{message}");
    assert!(!message.contains("se\n"), "{message}");
}

#[tokio::test]
async fn secrets_may_be_left_to_a_hook() {
    let recorder = Recorder::json(200, "{}").await;
    let mut values = values(recorder.url(""), "");
    let kind = || capability(Authentication::Bearer { token: SECRET });
    assert!(ClientBuilder::new(kind(), values.clone()).build().is_err(), "an empty secret is an absent one");
    values.settings.allow_missing_secrets = true;
    let client = ClientBuilder::new(kind(), values).build().unwrap();
    client.call(Get, RequestOptions::default()).await.unwrap();
    assert_eq!(recorder.only().header("authorization"), None);
}
