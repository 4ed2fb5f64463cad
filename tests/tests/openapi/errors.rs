//! Failures: typed where the document says what they are, and with their status in any case.

use capsmith::openapi::CallError;
use capsmith::{ClientError, Error};
use capsmith_tests::recorder::{Answer, Recorder};

use crate::api::answers::errors::MissingOrProblemOrRefusal as Failure;
use crate::client;

#[tokio::test]
async fn each_status_has_its_failure() {
    let json = |status, body: &'static str| Answer::status(status).body("application/json", body);
    for (answer, expected) in [
        (json(404, r#"{"what": "page"}"#), "missing page"),
        (json(409, r#"{"why": "late"}"#), "refused late"),
        (json(500, r#"{"title": "down"}"#), "problem down"),
        (Answer::status(503).body("application/problem+json", r#"{"title": "down"}"#), "problem down"),
    ] {
        let recorder = Recorder::with([answer]).await;
        let error = client!(answers, recorder).statuses().await.expect_err("a failure");
        let text = match error.failure() {
            Some(Failure::Missing(missing)) => format!("missing {}", missing.what),
            Some(Failure::Refusal(refusal)) => format!("refused {}", refusal.why),
            Some(Failure::Problem(problem)) => format!("problem {}", problem.title),
            None => format!("{error:?}"),
        };
        assert_eq!(text, expected);
    }
}

#[tokio::test]
async fn failures_of_one_type_need_no_enum() {
    let recorder = Recorder::with([Answer::status(500).body("application/json", r#"{"title": "down"}"#)]).await;
    let error = client!(answers, recorder).same_error().await.expect_err("a failure");
    assert_eq!(error.failure().expect("a typed failure").title, "down");
}

#[tokio::test]
async fn a_failure_that_is_not_what_it_should_be_keeps_status_headers_and_body() {
    for (answer, body) in [
        (Answer::status(503).body("text/html", "<p>down</p>").header("retry-after", "7"), "<p>down</p>"),
        (Answer::status(500).body("application/json", r#"{"other": 1}"#).header("retry-after", "7"), r#"{"other": 1}"#),
        (Answer::status(500).header("retry-after", "7"), ""),
    ] {
        let recorder = Recorder::with([answer]).await;
        let error = client!(answers, recorder).same_error().await.expect_err("a failure");
        let CallError::Client(ClientError::Status(error)) = error else { panic!("{error:?}") };
        assert_eq!((error.text().as_str(), error.headers()["retry-after"].as_bytes()), (body, &b"7"[..]));
    }
}

#[tokio::test]
async fn an_undeclared_failure_is_a_failure() {
    let recorder = Recorder::with([Answer::status(418).body("application/json", r#"{"id": 1}"#)]).await;
    let error = client!(answers, recorder).range().await.expect_err("a failure");
    assert_eq!(error.status().expect("a status").as_u16(), 418);
    assert_eq!(error.to_string(), "`range` was answered with 418 I'm a teapot");
}

#[tokio::test]
async fn errors_become_the_error_of_the_crate() {
    async fn call(recorder: &Recorder) -> Result<(), Error> {
        let client = client!(answers, recorder);
        client.statuses().await?;
        Ok(())
    }
    let recorder = Recorder::with([Answer::status(404).body("application/json", r#"{"what": "page"}"#)]).await;
    assert_eq!(call(&recorder).await.expect_err("a failure").to_string(), "`statuses` was answered with 404 Not Found");
}

#[tokio::test]
async fn a_redirection_that_is_declared_is_an_answer() {
    let recorder = Recorder::with([Answer::status(302).header("location", "/elsewhere")]).await;
    let answered = client!(answers, recorder).moved().detailed().await.expect("an answer");
    assert_eq!((answered.status.as_u16(), answered.headers["location"].as_bytes()), (302, &b"/elsewhere"[..]));
}
