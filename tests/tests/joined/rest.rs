//! The REST surface.

use std::sync::{Arc, Mutex};

use capsmith::{Context, Problem, Reply};
use capsmith_generated::platform_backups::{Client, Handlers, operations, types};
use capsmith_tests::capabilities::joined::platform_backups::{client, config, start, start_with};
use capsmith_tests::http1::{get, request_with_json, send};
use capsmith_tests::upstream::{Answer, Upstream};
use serde_json::json;

use super::{BACKUPS, UPSTREAM, answer, backup};

#[tokio::test]
async fn parameters_and_bodies_reach_the_upstream() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let answer = get(running.rest, &format!("{BACKUPS}?page=2&state=success,failed")).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(upstream.only_request().target, format!("{UPSTREAM}?state=success,failed&page=2"));

    upstream.answer(Answer::status(201).body("application/json", backup().to_string()));
    let body = json!({"name": "nightly", "emergency": true}).to_string();
    let answer = send(running.rest, request_with_json("POST", BACKUPS, body)).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    assert_eq!(upstream.only_request().json(), json!({"name": "nightly", "emergency": true}));
}

#[tokio::test]
async fn an_unchanged_answer_is_passed_on_as_it_came() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    // Neither complete nor in the order of the document: nobody has read it.
    let text = r#"{ "state":"thawing", "id":"b1", "size":1.50 }"#;
    upstream.answer(Answer::json(200, text));
    let answer = get(running.rest, &format!("{BACKUPS}/b1")).await;
    assert_eq!(answer.text(), text);
}

#[tokio::test]
async fn everything_that_is_wrong_is_told_at_once() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let answer = get(running.rest, &format!("{BACKUPS}?page=zero&per_page=0&state=lost&sort=name")).await;
    assert_eq!(answer.status, 400, "{answer:?}");
    let problem = answer.problem();
    let errors = problem["errors"].as_array().unwrap();
    let parameters: Vec<_> = errors.iter().map(|error| error["parameter"].as_str().unwrap()).collect();
    assert_eq!(parameters, ["sort", "state", "page", "per_page"], "{problem:#}");
    assert!(errors.iter().all(|error| error["in"] == "query"), "{problem:#}");

    let body = json!({"name": 7, "retention_unit": "aeon", "retention_value": 1001}).to_string();
    let answer = send(running.rest, request_with_json("POST", BACKUPS, body)).await;
    let problem = answer.problem();
    assert_eq!((answer.status.as_u16(), &problem["errors"][0]["pointer"]), (400, &json!("/name")), "{problem:#}");
    let body = json!({"retention_unit": "aeon", "retention_value": 1001}).to_string();
    let problem = send(running.rest, request_with_json("POST", BACKUPS, body)).await.problem();
    let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
    assert_eq!(pointers, ["/retention_unit", "/retention_value"], "{problem:#}");
    assert!(upstream.requests().is_empty());
}

#[tokio::test]
async fn a_body_that_must_be_there_is_asked_for() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let answer = send(running.rest, request_with_json("POST", BACKUPS, String::new())).await;
    let problem = answer.problem();
    assert_eq!((answer.status.as_u16(), &problem["errors"][0]["parameter"]), (400, &json!("body")), "{problem:#}");
}

#[tokio::test]
async fn properties_that_would_be_lost_are_refused() {
    let upstream = Upstream::start().await;
    let running = start(config(&upstream.base_url())).await;
    let body = json!({"name": "nightly", "colour": "green"}).to_string();
    let problem = send(running.rest, request_with_json("POST", BACKUPS, body)).await.problem();
    let errors = problem["errors"].as_array().unwrap();
    assert_eq!((errors.len(), &errors[0]["pointer"]), (1, &json!("/colour")), "{problem:#}");
    assert!(upstream.requests().is_empty());
}

struct Own {
    client: Client,
    seen: Arc<Mutex<Vec<types::NewBackup>>>,
}

impl Handlers for Own {
    fn client(&self) -> &Client {
        &self.client
    }

    async fn createbackup(
        &self,
        inputs: operations::Createbackup,
        _: Context,
    ) -> Result<Reply<types::Backup>, Problem> {
        self.seen.lock().unwrap().extend(inputs.body);
        Ok(Reply::new(types::Backup { name: "mine".to_owned(), ..types::Backup::default() }))
    }

    async fn getbackup(
        &self,
        inputs: operations::Getbackup,
        context: Context,
    ) -> Result<Reply<types::Backup>, Problem> {
        let mut backup = self.client.forward(inputs, context).await?.into_value().await?;
        backup.name.make_ascii_uppercase();
        Ok(Reply::new(backup))
    }
}

#[tokio::test]
async fn handlers_have_types() {
    let upstream = Upstream::start().await;
    let seen = Arc::default();
    let own = Own { client: client(&upstream.base_url()), seen: Arc::clone(&seen) };
    let running = start_with(config(&upstream.base_url()), own).await;
    let body = json!({"retention_value": 7}).to_string();
    let own = send(running.rest, request_with_json("POST", BACKUPS, body)).await;
    assert_eq!(own.json()["name"], "mine");
    assert_eq!(seen.lock().unwrap()[0].retention_value, Some(7));

    upstream.answer(answer(&backup()));
    assert_eq!(get(running.rest, &format!("{BACKUPS}/b1")).await.json()["name"], "NIGHTLY");
}
