//! Answers by status and media type.

use capsmith::ClientError;
use capsmith::openapi::CallError;
use capsmith_tests::recorder::{Answer, Recorder};

use crate::api::answers::responses::{Media, Statuses};
use crate::client;

fn json(status: u16, body: &'static str) -> Answer {
    Answer::status(status).body("application/json", body)
}

#[tokio::test]
async fn each_status_has_its_type() {
    let recorder = Recorder::with([
        json(200, r#"{"id": 7, "new in version 2": true}"#),
        json(202, r#"{"ticket": "t"}"#),
        Answer::status(204),
    ])
    .await;
    let client = client!(answers, recorder);
    let mut answers = Vec::new();
    for _ in 0..3 {
        answers.push(client.statuses().await.expect("an answer"));
    }
    let [Statuses::Ok(job), Statuses::Accepted(ticket), Statuses::NoContent] = &answers[..] else {
        panic!("{answers:?}")
    };
    assert_eq!((job.id, ticket.ticket.as_str()), (7, "t"));
}

#[tokio::test]
async fn a_range_stands_for_its_statuses() {
    let recorder = Recorder::with([json(200, r#"{"id": 1}"#), json(299, r#"{"id": 2}"#)]).await;
    let client = client!(answers, recorder);
    assert_eq!(client.range().await.expect("an answer").id, 1);
    assert_eq!(client.range().await.expect("an answer").id, 2);
}

#[tokio::test]
async fn where_only_default_stands_it_is_the_answer_and_the_failure() {
    let recorder = Recorder::with([json(200, r#"{"id": 1}"#), json(500, r#"{"id": 2}"#)]).await;
    let client = client!(answers, recorder);
    assert_eq!(client.only_default().await.expect("an answer").id, 1);
    let error = client.only_default().await.expect_err("a failure");
    assert_eq!(error.failure().expect("a typed failure").id, 2);
    assert_eq!(error.status().expect("a status").as_u16(), 500);
}

#[tokio::test]
async fn each_media_type_has_its_type() {
    let recorder = Recorder::with([
        Answer::status(200).body("application/json; charset=utf-8", r#"{"id": 1}"#),
        Answer::status(200).body("text/plain", "a { b"),
        Answer::status(200).body("application/octet-stream", r#"{"id": 2}"#),
    ])
    .await;
    let client = client!(answers, recorder);
    assert!(matches!(client.media().await, Ok(Media::OkJson(job)) if job.id == 1));
    assert!(matches!(client.media().await, Ok(Media::OkText(text)) if text == "a { b"));
    let Ok(Media::OkBytes(octets)) = client.media().await else { panic!("octets") };
    assert_eq!(octets.bytes().await.expect("a body"), r#"{"id": 2}"#);
    let accept = "application/json, text/plain, application/octet-stream, */*;q=0.1";
    assert_eq!(recorder.requests()[0].header("accept"), Some(accept));
}

#[tokio::test]
async fn media_types_are_compared_by_what_they_mean() {
    for media_type in
        ["application/vnd.example.v2+json", "Application/Vnd.Example.V2+JSON;charset=utf-8", "application/json"]
    {
        let recorder = Recorder::with([Answer::status(200).body(media_type, r#"{"id": 1}"#)]).await;
        assert_eq!(client!(answers, recorder).vendor().await.expect("an answer").id, 1, "{media_type}");
    }
}

#[tokio::test]
async fn texts_and_octets_are_not_taken_for_json() {
    let recorder = Recorder::with([
        Answer::status(200).body("text/csv", "a,b\n\"1\",2\n"),
        Answer::status(200).body("application/octet-stream", "\"not\" {json"),
    ])
    .await;
    let client = client!(answers, recorder);
    assert_eq!(client.text().await.expect("an answer"), "a,b\n\"1\",2\n");
    let octets = client.octets().await.expect("an answer");
    assert_eq!(octets.bytes().await.expect("a body"), "\"not\" {json");
}

#[tokio::test]
async fn an_answer_without_content_is_nothing_whatever_comes() {
    let recorder = Recorder::with([Answer::status(204), json(200, "{}")]).await;
    let client = client!(answers, recorder);
    let () = client.nothing().await.expect("an answer");
    let () = client.nothing().await.expect("an answer");
}

#[tokio::test]
async fn json_without_a_schema_is_a_value() {
    let recorder = Recorder::with([Answer::json(r#"{"a": [18446744073709551615]}"#)]).await;
    let value = client!(answers, recorder).loose().await.expect("an answer");
    assert_eq!(value["a"][0].as_u64(), Some(u64::MAX));
}

#[tokio::test]
async fn status_and_headers_are_there_for_who_asks() {
    let recorder = Recorder::with([json(201, r#"{"id": 1}"#).header("x-left", "3")]).await;
    let answered = client!(answers, recorder).range().detailed().await.expect("an answer");
    assert_eq!(
        (answered.status.as_u16(), answered.headers["x-left"].as_bytes(), answered.value.id),
        (201, &b"3"[..], 1)
    );
}

#[tokio::test]
async fn an_unread_answer_is_there_whatever_its_status() {
    let recorder = Recorder::with([json(404, r#"{"what": "x"}"#)]).await;
    let response = client!(answers, recorder).statuses().send().await.expect("an answer");
    assert_eq!(
        (response.status().as_u16(), response.text().await.expect("a body")),
        (404, r#"{"what": "x"}"#.to_owned())
    );
}

#[tokio::test]
async fn an_undeclared_success_is_no_guess() {
    // Of one declared answer it is clear what is meant.
    let recorder = Recorder::with([json(203, r#"{"id": 1}"#), json(206, r#"{"ticket": "t"}"#)]).await;
    let client = client!(answers, recorder);
    assert_eq!(client.same_error().await.expect("an answer").id, 1);
    let outcome = client.statuses().await;
    // Of several the media type decides, or it is an error with the status; never an answer that is made up.
    match outcome {
        Err(CallError::Client(error)) => assert_eq!(error.status().expect("a status").as_u16(), 206),
        answer => panic!("{answer:?}"),
    }
}

#[tokio::test]
async fn an_answer_that_does_not_fit_says_where() {
    let recorder = Recorder::with([json(200, r#"{"id": "seven"}"#), json(200, ""), json(200, "<p>")]).await;
    let client = client!(answers, recorder);
    for expected in ["id: invalid type: string", "", ""] {
        let Err(CallError::Client(ClientError::Decode(error))) = client.range().await else { panic!("{expected}") };
        let source = std::error::Error::source(&*error).expect("a source").to_string();
        assert!(source.starts_with(expected), "{source}");
        assert_eq!(error.status().as_u16(), 200);
    }
}
