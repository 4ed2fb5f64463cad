//! Headers of answers as values.

use super::client;
use super::recorder::{Recorder, respond};
use super::tracker::operations::{Linked, List};
use crate::ClientError;
use crate::openapi::{ApiRequest, CallError};

#[tokio::test]
async fn headers_are_read_by_type() {
    let headers = [
        ("x-left", "17"),
        ("x-rate", " 0.5 "),
        ("x-cached", "true"),
        ("x-tags", "a, b,,c"),
        ("x-tags", "d"),
        ("set-cookie", "session=hunter2"),
    ];
    let recorder = Recorder::new(move |_, _| respond(200, &headers, "[]")).await;
    let answered = ApiRequest::new(&client(&recorder), Linked).detailed().await.unwrap();
    assert_eq!(answered.header("X-Left").unwrap(), Some(17_u64));
    assert_eq!(answered.header("x-rate").unwrap(), Some(0.5));
    assert_eq!(answered.header("x-cached").unwrap(), Some(true));
    assert_eq!(answered.header::<u64>("x-absent").unwrap(), None);
    assert_eq!(answered.header_list::<String>("x-tags").unwrap(), ["a", "b", "c", "d"]);
    assert_eq!(answered.header_list::<u8>("x-absent").unwrap(), [0_u8; 0]);

    let error = answered.header::<u64>("X-Cached").unwrap_err();
    assert!(matches!(&error, ClientError::Header { operation: "link", name } if name == "X-Cached"));
    assert_eq!(error.to_string(), "`link`: the header `X-Cached` of the answer is not what was expected");
    assert!(!format!("{answered:?}").contains("hunter2"));
}

#[tokio::test]
async fn failures_have_them_too() {
    let headers = [("retry-after", "30"), ("content-type", "application/json")];
    let recorder = Recorder::new(move |_, _| respond(404, &headers, r#"{"message": "gone"}"#)).await;
    let error = ApiRequest::new(&client(&recorder), List::new("o")).call().await.unwrap_err();
    let CallError::Failure(failure) = error else { panic!("{error}") };
    assert_eq!(failure.header("retry-after").unwrap(), Some(30_u32));
}
