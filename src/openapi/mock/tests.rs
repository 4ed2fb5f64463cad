//! What a user of a mock notices, without a socket.

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderValue, header};
use serde_json::{Value, json};

use super::{Given, Mock};
use crate::openapi::{
    Api, Case, Document, Location, MediaKind, Operation, Pagination, Parameter, Requirement, SecurityKind,
    SecurityScheme, Status,
};
use crate::server::{RawBody, RawReply};

static API: Api = Api {
    name: "pets",
    title: "Pets",
    description: "",
    version: "1",
    servers: &[],
    security_schemes: &[SecurityScheme { name: "token", kind: SecurityKind::Bearer, variables: &[&["PETS_TOKEN"]] }],
    requirements: &[Requirement { scheme: 0, scopes: &[] }],
    parameters: &[
        Parameter { name: "pet_id", ..Parameter::PATH },
        Parameter { name: "page", ..Parameter::QUERY },
        Parameter { name: "per_page", ..Parameter::QUERY },
        Parameter { name: "id", ..Parameter::PATH },
        Parameter { name: "cursor", location: Location::Query, ..Parameter::QUERY },
    ],
    bodies: &[],
    cases: &[
        json_case(Status::Code(200)),
        json_case(Status::Code(201)),
        json_case(Status::Code(404)),
        Case { status: Status::Code(204), media_type: "", kind: MediaKind::Empty, variant: 0 },
        Case { status: Status::Code(200), media_type: "text/plain", kind: MediaKind::Text, variant: 0 },
        Case { status: Status::Code(200), media_type: "text/event-stream", kind: MediaKind::EventStream, variant: 0 },
        json_case(Status::Code(422)),
    ],
    operations: &[
        Operation { name: "list", path: "/pets", parameters: &[1, 2], answers: &[0], ..Operation::EMPTY },
        Operation { name: "create", method: "POST", path: "/pets", answers: &[1], failures: &[6], ..Operation::EMPTY },
        Operation {
            name: "get",
            path: "/pets/{0}",
            parameters: &[0],
            answers: &[0],
            failures: &[2],
            ..Operation::EMPTY
        },
        Operation {
            name: "change",
            method: "PATCH",
            path: "/pets/{0}",
            parameters: &[0],
            answers: &[0],
            ..Operation::EMPTY
        },
        Operation {
            name: "put",
            method: "PUT",
            path: "/pets/{0}",
            parameters: &[0],
            answers: &[0],
            ..Operation::EMPTY
        },
        Operation {
            name: "delete",
            method: "DELETE",
            path: "/pets/{0}",
            parameters: &[0],
            answers: &[3],
            ..Operation::EMPTY
        },
        Operation { name: "toys", path: "/pets/{0}/toys", parameters: &[0], answers: &[0], ..Operation::EMPTY },
        Operation {
            name: "toy",
            method: "POST",
            path: "/pets/{0}/toys",
            parameters: &[0],
            answers: &[1],
            ..Operation::EMPTY
        },
        Operation { name: "status", path: "/status", answers: &[4], security: &[&[0]], ..Operation::EMPTY },
        Operation { name: "feed", path: "/feed", answers: &[5], security: &[&[0], &[]], ..Operation::EMPTY },
        Operation {
            name: "log",
            path: "/log",
            parameters: &[4],
            answers: &[0],
            pagination: Some(Pagination::Cursor { cursor: 0, next: &["next"] }),
            ..Operation::EMPTY
        },
    ],
};

const fn json_case(status: Status) -> Case {
    Case { status, media_type: "application/json", kind: MediaKind::Json, variant: 0 }
}

const PET: &str = r##"{"responses":{"200":{"headers":{"X-Left":{"schema":{"type":"integer","const":9}}},"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}},
    "404":{"content":{"application/json":{"schema":{"type":"object","required":["code","message"],"properties":{"code":{"type":"integer"},"message":{"type":"string"}}}}}}},
    "requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}}}"##;

static DOCUMENT: Document = Document {
    head: "",
    operations: &[
        r##"{"responses":{"200":{"content":{"application/json":{"schema":{"type":"object","required":["data","total"],"properties":{"data":{"type":"array","items":{"$ref":"#/components/schemas/Pet"}},"total":{"type":"integer"},"has_more":{"type":"boolean"},"current_page":{"type":"integer"},"next_page":{"type":["integer","null"]},"links":{"type":"object","properties":{"prev_page":{"type":["integer","null"]},"total_pages":{"type":"integer"}}}}}}}}}}"##,
        r##"{"responses":{"201":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Pet"}}}},"422":{"content":{"application/json":{"schema":{"type":"object","properties":{"detail":{"type":"string"}}}}}}}}"##,
        PET,
        PET,
        PET,
        r#"{"responses":{"204":{}}}"#,
        r##"{"responses":{"200":{"content":{"application/json":{"schema":{"type":"array","items":{"$ref":"#/components/schemas/Toy"}}}}}}}"##,
        r##"{"responses":{"201":{"content":{"application/json":{"schema":{"type":"object","properties":{"toy":{"$ref":"#/components/schemas/Toy"}}}}}}}}"##,
        r#"{"responses":{"200":{"content":{"text/plain":{"schema":{"type":"string","examples":["ready"]}}}}}}"#,
        r#"{"responses":{"200":{"content":{"text/event-stream":{"schema":{"type":"object","properties":{"n":{"const":1}}}}}}}}"#,
        r#"{"responses":{"200":{"content":{"application/json":{"schema":{"type":"object","properties":{"next":{"type":"string"},"lines":{"type":"array","items":{"type":"string"}}}}}}}}}"#,
    ],
    schemas: &[
        (
            "Pet",
            r#"{"type":"object","required":["id","name"],"properties":{"id":{"type":"integer","readOnly":true},"name":{"type":"string"},"tag":{"type":["string","null"]},"secret":{"type":"string","writeOnly":true},"age":{"type":"integer","minimum":0,"maximum":30}}}"#,
        ),
        (
            "Toy",
            r#"{"type":"object","required":["id","pet_id"],"properties":{"id":{"type":"string","format":"uuid"},"pet_id":{"type":"integer"},"name":{"type":"string"}}}"#,
        ),
    ],
    security_schemes: "",
};

const LIST: usize = 0;
const CREATE: usize = 1;
const GET: usize = 2;
const CHANGE: usize = 3;
const PUT: usize = 4;
const DELETE: usize = 5;

fn mock() -> Mock {
    Mock::new(&API, &DOCUMENT, |_| None)
}

fn text(reply: RawReply) -> String {
    let RawBody::Bytes(bytes) = reply.body else { panic!("a body in memory") };
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The status and body of an answer.
fn ask(mock: &Mock, index: usize, parameters: &[&str], body: Value) -> (u16, Value) {
    let parameters = parameters.iter().map(|text| Some((*text).to_owned()).filter(|text| !text.is_empty())).collect();
    let given = Given { parameters, body: Some(body).filter(|body| !body.is_null()) };
    match mock.reply(index, &API.operations[index], Ok(given), &HeaderMap::new()) {
        Ok(reply) => (reply.status.as_u16(), serde_json::from_str(&text(reply)).unwrap_or_default()),
        Err(problem) => (problem.status().as_u16(), problem.to_json().deserialize().unwrap()),
    }
}

fn names(list: &Value) -> Vec<&str> {
    list["data"].as_array().unwrap().iter().map(|item| item["name"].as_str().unwrap()).collect()
}

#[test]
fn what_is_created_can_be_listed_read_changed_and_deleted() {
    let mock = mock();
    let (status, before) = ask(&mock, LIST, &[], Value::Null);
    assert_eq!((status, before["total"].as_u64()), (200, Some(1)));
    let (status, pet) = ask(&mock, CREATE, &[], json!({"name": "Rex", "secret": "x"}));
    assert_eq!((status, &pet["name"], pet.get("secret")), (201, &json!("Rex"), None));
    let id = pet["id"].to_string();
    assert_eq!(ask(&mock, GET, &[&id], Value::Null), (200, pet.clone()));
    let (_, list) = ask(&mock, LIST, &[], Value::Null);
    assert_eq!(names(&list), [before["data"][0]["name"].as_str().unwrap(), "Rex"]);
    assert_eq!(list["total"], 2);

    let (_, changed) = ask(&mock, CHANGE, &[&id], json!({"name": "Max", "tag": null}));
    assert_eq!((&changed["name"], &changed["tag"], &changed["age"]), (&json!("Max"), &Value::Null, &pet["age"]));
    let (_, replaced) = ask(&mock, PUT, &[&id], json!({"name": "Bo"}));
    assert_eq!(replaced, json!({"id": pet["id"], "name": "Bo"}));

    assert_eq!(ask(&mock, DELETE, &[&id], Value::Null), (204, Value::Null));
    assert_eq!(ask(&mock, GET, &[&id], Value::Null).0, 404);
    assert_eq!(ask(&mock, DELETE, &[&id], Value::Null).0, 404);
}

#[test]
fn any_key_has_an_item_until_somebody_writes() {
    let mock = mock();
    let (status, pet) = ask(&mock, GET, &["77"], Value::Null);
    assert_eq!((status, &pet["id"]), (200, &json!(77)));
    assert_eq!(ask(&mock, GET, &["77"], Value::Null).1, pet, "it stays the same");
    assert_eq!(ask(&mock, CHANGE, &["77"], json!({"age": 3})).1["age"], 3);
    assert_eq!(ask(&mock, GET, &["77"], Value::Null).1["age"], 3);
    let (status, failure) = ask(&mock, GET, &["78"], Value::Null);
    assert_eq!((status, &failure["code"]), (404, &json!(404)));
    assert!(failure["message"].as_str().unwrap().contains("no such item"), "{failure}");
}

#[test]
fn what_the_list_shows_can_be_read() {
    let mock = mock();
    let (_, list) = ask(&mock, LIST, &[], Value::Null);
    let id = list["data"][0]["id"].to_string();
    assert_eq!(ask(&mock, GET, &[&id], Value::Null).1, list["data"][0]);
    ask(&mock, CREATE, &[], json!({"name": "Rex"}));
    assert_eq!(ask(&mock, GET, &[&id], Value::Null).1, list["data"][0]);
}

#[test]
fn collections_below_an_item_are_its_own() {
    let mock = mock();
    let (toys, toy) = (6, 7);
    let (status, made) = ask(&mock, toy, &["1"], json!({"name": "ball"}));
    assert_eq!((status, &made["toy"]["name"], &made["toy"]["pet_id"]), (201, &json!("ball"), &json!(1)));
    assert_eq!(ask(&mock, toys, &["1"], Value::Null).1.as_array().unwrap().len(), 2);
    assert_eq!(ask(&mock, toys, &["2"], Value::Null).1.as_array().unwrap().len(), 1);
    ask(&mock, DELETE, &["1"], Value::Null);
    assert_eq!(ask(&mock, toys, &["1"], Value::Null).0, 404, "there is no such pet any more");
}

#[test]
fn lists_come_in_pages() {
    let mock = mock();
    for name in ["a", "b", "c", "d"] {
        ask(&mock, CREATE, &[], json!({"name": name}));
    }
    let (_, page) = ask(&mock, LIST, &["2", "2"], Value::Null);
    assert_eq!((names(&page), &page["total"], &page["has_more"]), (vec!["b", "c"], &json!(5), &json!(true)));
    assert_eq!((&page["current_page"], &page["next_page"]), (&json!(2), &json!(3)));
    assert_eq!(page["links"], json!({ "prev_page": 1, "total_pages": 3 }));
    let (_, page) = ask(&mock, LIST, &["3", "2"], Value::Null);
    assert_eq!((names(&page), &page["has_more"], &page["next_page"]), (vec!["d"], &json!(false), &json!(null)));
    assert_eq!(names(&ask(&mock, LIST, &["4", "2"], Value::Null).1), Vec::<&str>::new());
}

#[test]
fn nothing_leads_to_a_page_that_does_not_exist() {
    let (_, page) = ask(&mock(), 10, &[""], Value::Null);
    assert!(page.get("next").is_none() && page.get("lines").is_some(), "{page}");
}

#[test]
fn other_media_types_have_their_form() {
    let mock = mock();
    let reply = |index: usize| {
        let answer = mock.reply(index, &API.operations[index], Ok(Given::default()), &HeaderMap::new());
        answer.unwrap_or_else(|problem| panic!("{problem}"))
    };
    let status = reply(8);
    assert_eq!(status.headers[CONTENT_TYPE], "text/plain");
    assert_eq!(text(status), "ready");
    assert_eq!(text(reply(9)), "data: {\"n\":1}\n\n");
    assert_eq!(reply(GET).headers["x-left"], "9");
}

#[test]
fn invalid_requests_get_the_described_failure() {
    let problem = crate::Problem::new(http::StatusCode::BAD_REQUEST).with_detail("`name` is required");
    let reply = mock().reply(CREATE, &API.operations[CREATE], Err(problem), &HeaderMap::new());
    let reply = reply.unwrap_or_else(|problem| panic!("{problem}"));
    assert_eq!(reply.status, 422);
    assert_eq!(text(reply), "{\"detail\":\"`name` is required\"}");
}

#[test]
fn credentials_are_demanded_where_the_document_does() {
    let is_met = |index: usize, headers: &HeaderMap| super::security::is_met(&API, &API.operations[index], headers, "");
    let none = HeaderMap::new();
    let some = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static("Bearer x"))]);
    let empty = HeaderMap::from_iter([(header::AUTHORIZATION, HeaderValue::from_static("Bearer "))]);
    assert_eq!([is_met(8, &none), is_met(8, &some), is_met(8, &empty), is_met(9, &none)], [false, true, false, true]);
    let problem = mock().unauthorized(8, &API.operations[8]).err().unwrap();
    assert_eq!(problem.status(), 401);
}
