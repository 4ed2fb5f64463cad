//! Requests that the document does not allow.

use serde_json::json;

use super::recorder::Recorder;
use super::{Probe, client_of};
use crate::__private::ApiClientBuilder;
use crate::openapi::{
    Api, ApiValues, Body, InputPlace, Inputs, InvalidRequest, Location, Operation, Parameter, Part, PartValue, Parts,
    Payload, Server,
};
use crate::types::shape::{StringEnum, Struct};
use crate::types::validate::{Check, Rule};
use crate::types::{Model, Shape, Typed, opaque};
use crate::{BaseUrl, ClientError, RequestOptions, Settings};

/// The violation of a call that must have one.
fn refused<T>(outcome: Result<T, ClientError>) -> InvalidRequest {
    match outcome {
        Err(ClientError::Invalid(invalid)) => *invalid,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it was sent"),
    }
}

fn parameters() -> Vec<Parameter> {
    vec![
        Parameter { name: "owner", checks: &[Check::MaxLength(3)], ..Parameter::PATH },
        Parameter { name: "per_page", checks: &[Check::Minimum(1.0), Check::Maximum(100.0)], ..Parameter::QUERY },
        Parameter { name: "labels", checks: &[Check::Items(&[Check::MinLength(2)])], ..Parameter::QUERY },
        Parameter { name: "X-Mode", required: true, checks: &[Check::Enum(&["\"a\""])], ..Parameter::HEADER },
    ]
}

#[tokio::test]
async fn parameters_are_refused_together_and_before_they_are_sent() {
    let recorder = Recorder::with(200, "", "").await;
    let operation =
        Operation { name: "list", path: "/{0}", parameters: &[0, 1, 2, 3], security: &[], ..Operation::EMPTY };
    let client = client_of(&recorder, operation, parameters());
    let call = |inputs: Vec<Box<dyn Typed + Send>>| {
        client.0.call(&client.0.api.operations[0], &mut Probe(inputs), RequestOptions::default())
    };
    let wrong = call(vec![
        Box::new("hunter2".to_owned()),
        Box::new(Some(101_i64)),
        Box::new(vec!["ok".to_owned(), "x".to_owned()]),
        Box::new(None::<String>),
    ]);
    let invalid = refused(wrong.await);
    assert_eq!(
        invalid.to_string(),
        "`list` was not sent: `owner` in the path must have at most 3 characters (maxLength); \
         `per_page` in the query must be at most 100 (maximum); \
         `labels` in the query at /1 must have at least 2 characters (minLength); \
         `X-Mode` in the header is required (required)"
    );
    assert_eq!(invalid.violations()[1].place, InputPlace::Parameter { name: "per_page", location: Location::Query });
    assert!(!format!("{invalid} {invalid:?}").contains("hunter2"));
    assert!(recorder.requests().is_empty());

    let right = call(vec![
        Box::new("abc".to_owned()),
        Box::new(None::<i64>),
        Box::new(Vec::<String>::new()),
        Box::new(Some("a".to_owned())),
    ]);
    right.await.unwrap();
    assert_eq!(recorder.only().target, "/abc");
}

/// `id` is `readOnly`, `password` is `writeOnly`.
struct Account {
    id: Option<String>,
    password: Option<String>,
    state: State,
}

impl Model for Account {
    fn shape(&self) -> &'static Shape {
        &Shape::Struct(Struct {
            name: "Account",
            fields: &["id", "password", "state"],
            required: &[0b101],
            read_only: &[0b001],
            write_only: &[0b010],
            rules: &[
                Rule { field: 0, checks: &[Check::MinLength(3)] },
                Rule { field: 1, checks: &[Check::MinLength(8)] },
            ],
            ..Struct::EMPTY
        })
    }

    fn blank() -> Self {
        Self { id: None, password: None, state: Model::blank() }
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        match index {
            0 => &mut self.id,
            1 => &mut self.password,
            _ => &mut self.state,
        }
    }

    fn field(&self, index: usize) -> &dyn Typed {
        match index {
            0 => &self.id,
            1 => &self.password,
            _ => &self.state,
        }
    }
}

/// An open list without any value.
struct State(String);

impl Model for State {
    fn shape(&self) -> &'static Shape {
        &Shape::StringEnum(StringEnum { name: "State", values: &[], open: true })
    }

    fn blank() -> Self {
        Self(String::new())
    }

    fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
        &mut self.0
    }

    fn field(&self, _: usize) -> &dyn Typed {
        &self.0
    }
}

fn account(password: &str) -> Account {
    Account { id: Some("7".to_owned()), password: Some(password.to_owned()), state: State("new".to_owned()) }
}

enum Form {
    Json(Account),
    Lists(Vec<Account>),
    Parts(Account),
}

impl Inputs for Form {
    fn body(&mut self) -> Payload<'_> {
        match self {
            Self::Json(account) => Payload::Typed(0, account),
            Self::Lists(accounts) => Payload::Typed(0, accounts),
            Self::Parts(account) => Payload::Parts(1, account),
        }
    }
}

impl Parts for Account {
    fn names(&self) -> &'static [&'static str] {
        &["password", "account"]
    }

    fn part(&mut self, index: usize) -> PartValue<'_> {
        match index {
            0 => PartValue::Typed(&self.password),
            _ => PartValue::Typed(&*self),
        }
    }
}

static API: Api = Api {
    name: "probe",
    title: "",
    description: "",
    version: "",
    servers: &[Server { url: "", variable: "PROBE_BASE_URL" }],
    security_schemes: &[],
    requirements: &[],
    parameters: &[],
    bodies: &[
        Body { checks: &[Check::MaxItems(1)], ..Body::DEFAULT },
        Body { parts: &[Part { name: "password", checks: &[Check::MaxLength(5)], ..Part::DEFAULT }], ..Body::DEFAULT },
    ],
    cases: &[],
    operations: &[Operation { name: "create", method: "POST", bodies: &[0, 1], ..Operation::EMPTY }],
};

async fn create(mut form: Form, validate_requests: bool) -> Result<String, ClientError> {
    let recorder = Recorder::with(204, "", "").await;
    let settings = Settings { validate_requests, ..Settings::default() };
    let values = ApiValues { base_urls: vec![BaseUrl::new(recorder.url.as_str())], credentials: Vec::new(), settings };
    let client = ApiClientBuilder::new(&API, values).build().unwrap();
    let sent = client.0.call(&API.operations[0], &mut form, RequestOptions::default()).await;
    assert_eq!(recorder.requests().len(), usize::from(sent.is_ok()));
    sent.map(|_| recorder.only().body)
}

#[tokio::test]
async fn bodies_are_checked_and_only_what_requests_carry_is_sent() {
    // The `readOnly` id is too short, which is no matter: it is not sent. Nor is a value of an open list refused.
    let body = create(Form::Json(account("long enough")), true).await.unwrap();
    assert_eq!(body, json!({"password": "long enough", "state": "new"}).to_string());

    let invalid = refused(create(Form::Json(account("short")), true).await);
    assert_eq!(
        invalid.to_string(),
        "`create` was not sent: the body at /password must have at least 8 characters (minLength)"
    );
    assert!(!format!("{invalid:?}").contains("short"));

    let invalid = refused(create(Form::Lists(vec![account("short"), account("long enough")]), true).await);
    let pointers: Vec<_> = invalid.violations().iter().map(|found| found.violation.pointer.as_str()).collect();
    assert_eq!(pointers, ["", "/0/password"]);

    let invalid = refused(create(Form::Parts(account("too long")), true).await);
    assert_eq!(invalid.violations().len(), 1);
    assert_eq!(invalid.violations()[0].violation.pointer, "/password");
}

#[tokio::test]
async fn a_setting_lets_everything_pass() {
    let body = create(Form::Json(account("short")), false).await.unwrap();
    assert_eq!(body, json!({"password": "short", "state": "new"}).to_string());
}

/// A parameter of a type that this crate does not know.
struct Foreigner;

impl Inputs for Foreigner {
    fn field(&self, _: usize) -> &dyn Typed {
        opaque()
    }

    fn foreign(&self, _: usize) -> Option<&dyn crate::types::Foreign> {
        Some(&std::net::Ipv4Addr::LOCALHOST)
    }
}

#[tokio::test]
async fn types_of_the_users_are_checked_as_they_are_written() {
    let recorder = Recorder::with(200, "", "").await;
    let operation = Operation { name: "ping", path: "/ping", parameters: &[0], ..Operation::EMPTY };
    let parameter = Parameter { name: "address", checks: &[Check::MaxLength(8)], ..Parameter::QUERY };
    let client = client_of(&recorder, operation, vec![parameter]);
    let sent = client.0.call(&client.0.api.operations[0], &mut Foreigner, RequestOptions::default());
    assert_eq!(refused(sent.await).violations()[0].violation.rule, "maxLength");
}
