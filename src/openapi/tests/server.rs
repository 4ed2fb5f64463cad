//! A server of the sample and its client, over real sockets.

use std::convert::Infallible;
use std::net::SocketAddr;

use axum::Router;
use futures_util::{TryStreamExt as _, stream};
use http::{HeaderValue, Method, StatusCode, header};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::tracker::operations::{
    Cursor, Download, Followed, Linked, List, Listen, Offset, Read, Report, Send as SendInputs,
};
use super::tracker::types::{Issue, Problem as Described};
use super::tracker::{Attachment, Handlers, ProblemOrText, ReportAnswer, SendBody, forwarding_router, router};
use super::{client_of_url, settings};
use crate::openapi::{ApiClient, ApiRequest, CallError, Event, Events, Lines, Operate, Refusal, Success, Upload};
use crate::{Context, Problem, RequestOptions, Response, Settings};

struct Sample;

type Handled<O> = Result<Success<<O as Operate>::Answer>, Refusal<<O as Operate>::Failure>>;

fn issue(id: i64, title: &str) -> Issue {
    Issue { id, title: Some(title.to_owned()) }
}

impl Handlers for Sample {
    async fn list(&self, inputs: List, _: Context) -> Handled<List> {
        match inputs.owner.as_str() {
            "nobody" => {
                let described = Described { message: "no such owner".to_owned() };
                Err(Refusal::new(StatusCode::NOT_FOUND, ProblemOrText::Problem(described)))
            }
            "odd" => Err(Refusal::described(ProblemOrText::Text(vec!["owner".to_owned()]))),
            "gone" => Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE).with_detail("Later.").into()),
            "panic" => panic!("a handler's mistake"),
            owner => Ok(vec![issue(inputs.page.unwrap_or(1), owner)].into()),
        }
    }

    async fn report(&self, _: Report, context: Context) -> Handled<Report> {
        Ok(match context.headers().get("x-want").map(HeaderValue::as_bytes) {
            Some(b"accepted") => ReportAnswer::Accepted.into(),
            Some(b"text") => {
                let answer = Success::new(ReportAnswer::Success("plain".to_owned()));
                answer.with_status(StatusCode::IM_USED).with_header(header::ETAG, HeaderValue::from_static("\"1\""))
            }
            _ => ReportAnswer::Ok(issue(1, "report")).into(),
        })
    }

    async fn send(&self, inputs: SendInputs, _: Context) -> Handled<SendInputs> {
        let expected = match inputs.body {
            SendBody::Json(body) => body == issue(1, "json"),
            SendBody::Form(body) => body == json!({"name": "a&b", "deep": {"x": 1}, "tags": ["x", "y"]}),
            SendBody::Text(body) => body == "plain text",
            SendBody::Lines(body) => body == [issue(1, "one"), issue(2, "two")],
            SendBody::Binary(body) => body.bytes().await?.as_ref() == b"bytes",
            SendBody::Multipart(body) => {
                let more = body.more.as_ref().map(Vec::len);
                let described = (body.file.given_name() == Some("a \"b\".png"), body.file.given_type().is_some());
                body.note.as_deref() == Some("note")
                    && body.tags == [1, 2]
                    && body.issue == Some(issue(3, "part"))
                    && more == Some(2)
                    && described == (true, true)
                    && body.file.bytes().await?.as_ref() == b"\r\n--x"
            }
        };
        if expected { Ok(().into()) } else { Err(Problem::new(StatusCode::CONFLICT).into()) }
    }

    async fn download(&self, _: Download, _: Context) -> Handled<Download> {
        let parts = ["one, ", "two"].map(Ok::<_, Infallible>);
        Ok(Response::from(Upload::stream(stream::iter(parts))).into())
    }

    async fn listen(&self, _: Listen, _: Context) -> Handled<Listen> {
        let events = [Event::new(issue(1, "a\nb")).with_id("7"), Event::new(issue(2, "b")).with_event("closed")];
        Ok(Events::from_stream(stream::iter(events.map(Ok::<_, Infallible>))).into())
    }

    async fn read(&self, _: Read, _: Context) -> Handled<Read> {
        let lines = [issue(1, "a"), issue(2, "b")].map(Ok::<_, Infallible>);
        Ok(Lines::from_stream(stream::iter(lines)).into())
    }

    async fn cursor(&self, inputs: Cursor, _: Context) -> Handled<Cursor> {
        Ok(json!({"data": [1], "cursor": inputs.cursor}).into())
    }

    async fn linked(&self, _: Linked, _: Context) -> Handled<Linked> {
        Ok(Vec::new().into())
    }

    async fn offset(&self, inputs: Offset, _: Context) -> Handled<Offset> {
        Ok(vec![issue(inputs.offset.unwrap_or(0), "offset")].into())
    }

    async fn followed(&self, _: Followed, _: Context) -> Handled<Followed> {
        Ok(Value::Null.into())
    }
}

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

fn client(address: SocketAddr) -> ApiClient {
    client_of_url(&format!("http://{address}"), vec![None; 6], allowing())
}

/// A client of the server, and one of a server that passes everything on to it.
async fn clients() -> [ApiClient; 2] {
    let direct = client(serve(router(Sample, &settings())).await);
    let forwarded = client(serve(forwarding_router(direct.clone(), &settings())).await);
    [direct, forwarded]
}

async fn call<O: Operate>(client: &ApiClient, inputs: O) -> Result<O::Answer, CallError<O::Failure>> {
    ApiRequest::new(client, inputs).call().await
}

#[tokio::test]
async fn what_a_client_sends_reaches_the_handler_and_its_answer_the_client() {
    for client in clients().await {
        let inputs = List { owner: "a/b c".to_owned(), page: Some(3) };
        assert_eq!(call(&client, inputs).await.unwrap(), [issue(3, "a/b c")]);
        assert_eq!(call(&client, Offset { offset: None }).await.unwrap(), [issue(0, "offset")]);
        let cursor = Cursor { cursor: Some("a+b&c".to_owned()) };
        assert_eq!(call(&client, cursor).await.unwrap(), json!({"data": [1], "cursor": "a+b&c"}));
        assert_eq!(call(&client, Followed).await.unwrap(), Value::Null);
    }
}

#[tokio::test]
async fn failures_arrive_as_the_document_types_them() {
    for client in clients().await {
        let failure = call(&client, List::new("nobody")).await.unwrap_err();
        assert_eq!(failure.status(), Some(StatusCode::NOT_FOUND));
        assert!(matches!(failure.failure(), Some(ProblemOrText::Problem(found)) if found.message == "no such owner"));
        let failure = call(&client, List::new("odd")).await.unwrap_err();
        assert_eq!(failure.status(), Some(StatusCode::UNPROCESSABLE_ENTITY));
        assert!(matches!(failure.failure(), Some(ProblemOrText::Text(found)) if found == &["owner"]));
        let failure = call(&client, List::new("gone")).await.unwrap_err();
        assert_eq!((failure.status(), failure.failure().is_none()), (Some(StatusCode::SERVICE_UNAVAILABLE), true));
    }
    let address = serve(router(Sample, &settings())).await;
    let failure = call(&client(address), List::new("panic")).await.unwrap_err();
    assert_eq!(failure.status(), Some(StatusCode::INTERNAL_SERVER_ERROR));
}

#[tokio::test]
async fn each_answer_has_its_status_and_media_type() {
    let [client, _] = clients().await;
    for (want, status, media_type) in [
        ("json", 200, Some("application/json")),
        ("accepted", 202, None),
        ("text", 226, Some("text/plain; charset=utf-8")),
    ] {
        let mut request = ApiRequest::new(&client, Report);
        request.options = options("x-want", want);
        let answered = request.detailed().await.unwrap();
        let found = answered.headers.get(header::CONTENT_TYPE).map(|value| value.to_str().unwrap());
        assert_eq!((answered.status.as_u16(), found), (status, media_type), "{want}");
    }
}

fn options(name: &'static str, value: &'static str) -> RequestOptions {
    let mut options = RequestOptions::default();
    options.set_header(http::HeaderName::from_static(name), HeaderValue::from_static(value));
    options
}

fn bodies() -> Vec<SendBody> {
    let file = Upload::new("\r\n--x").file_name("a \"b\".png");
    let more = vec![Upload::new("1"), Upload::stream(stream::iter(["2", "3"].map(Ok::<_, Infallible>)))];
    vec![
        SendBody::Json(issue(1, "json")),
        SendBody::Multipart(Attachment {
            file,
            more: Some(more),
            note: Some("note".to_owned()),
            tags: vec![1, 2],
            issue: Some(issue(3, "part")),
        }),
        SendBody::Binary(Upload::new("bytes")),
        SendBody::Form(json!({"name": "a&b", "deep": {"x": 1}, "tags": ["x", "y"]})),
        SendBody::Text("plain text".to_owned()),
        SendBody::Lines(vec![issue(1, "one"), issue(2, "two")]),
    ]
}

#[tokio::test]
async fn bodies_of_all_kinds_arrive() {
    for client in clients().await {
        for (index, body) in bodies().into_iter().enumerate() {
            call(&client, SendInputs { body }).await.unwrap_or_else(|error| panic!("{index}: {error}"));
        }
    }
}

#[tokio::test]
async fn answers_are_streamed() {
    for client in clients().await {
        let download = call(&client, Download).await.unwrap();
        assert_eq!(download.text().await.unwrap(), "one, two");
        let events: Vec<_> = call(&client, Listen).await.unwrap().try_collect().await.unwrap();
        let seen: Vec<_> =
            events.iter().map(|event| (event.event.as_str(), event.id.as_str(), event.data.title.as_deref())).collect();
        assert_eq!(seen, [("message", "7", Some("a\nb")), ("closed", "7", Some("b"))]);
        let lines: Vec<_> = call(&client, Read).await.unwrap().try_collect().await.unwrap();
        assert_eq!(lines, [issue(1, "a"), issue(2, "b")]);
    }
}

struct Answer {
    status: u16,
    headers: http::HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }
}

async fn ask(
    address: SocketAddr,
    method: Method,
    target: &str,
    headers: &[(&str, &str)],
    body: &'static str,
) -> Answer {
    let http = crate::http_client_builder(&settings()).build().unwrap();
    let mut request = http.request(method, format!("http://{address}{target}")).body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Answer { status, headers, body: response.text().await.unwrap() }
}

#[tokio::test]
async fn what_is_not_there_is_said_with_what_is() {
    let address = serve(router(Sample, &settings())).await;
    let path = "/repos/me/issues";
    let wrong = ask(address, Method::DELETE, path, &[], "").await;
    assert_eq!((wrong.status, wrong.header("allow")), (405, "GET, HEAD, OPTIONS"));
    assert_eq!(wrong.header("content-type"), "application/problem+json");
    let options = ask(address, Method::OPTIONS, path, &[], "").await;
    assert_eq!((options.status, options.header("allow")), (204, "GET, HEAD, OPTIONS"));
    let head = ask(address, Method::HEAD, path, &[], "").await;
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(head.header("content-type"), "application/json");
    assert_eq!(ask(address, Method::GET, "/repos/me", &[], "").await.status, 404);
}

#[tokio::test]
async fn media_types_are_negotiated() {
    let address = serve(router(Sample, &settings())).await;
    let unsupported = ask(address, Method::POST, "/upload", &[("content-type", "image/png")], "x").await;
    assert_eq!(unsupported.status, 415);
    assert!(unsupported.header("accept").contains("application/json"), "{}", unsupported.header("accept"));
    assert_eq!(ask(address, Method::POST, "/upload", &[], "x").await.status, 415);
    let compressed = [("content-type", "application/json"), ("content-encoding", "gzip")];
    assert_eq!(ask(address, Method::POST, "/upload", &compressed, "x").await.status, 415);
    let unacceptable = ask(address, Method::GET, "/repos/me/issues", &[("accept", "text/csv")], "").await;
    assert_eq!(unacceptable.status, 406);
    let accepted = ask(address, Method::GET, "/repos/me/issues", &[("accept", "text/csv, */*;q=0.1")], "").await;
    assert_eq!(accepted.status, 200);
}

#[tokio::test]
async fn all_that_is_wrong_is_in_one_problem() {
    let address = serve(router(Sample, &settings())).await;
    let answer = ask(address, Method::GET, "/repos/me/issues?page=x&pages=2", &[], "").await;
    assert_eq!((answer.status, answer.header("content-type")), (400, "application/problem+json"));
    assert_eq!(
        answer.json()["errors"],
        json!([
            {
                "in": "query",
                "parameter": "page",
                "detail": "does not fit: invalid type: string \"x\", expected an integer of 64 bits",
                "pointer": "",
            },
            {
                "in": "query",
                "parameter": "pages",
                "detail": "is not known; the query parameters here are `page`",
            },
        ])
    );
    let json_type = [("content-type", "application/json; charset=utf-8")];
    let answer = ask(address, Method::POST, "/upload", &json_type, r#"{"id": "x", "title": 7}"#).await;
    assert_eq!(answer.json()["errors"][0]["pointer"], "/id");
    assert_eq!(answer.json()["errors"][1]["pointer"], "/title");
    assert_eq!(ask(address, Method::POST, "/upload", &[], "").await.status, 400);
    let mut small = settings();
    small.max_request_body = 4;
    let address = serve(router(Sample, &small)).await;
    assert_eq!(ask(address, Method::POST, "/upload", &json_type, r#"{"id": 1}"#).await.status, 413);
    let bytes = [("content-type", "application/octet-stream")];
    assert_eq!(ask(address, Method::POST, "/upload", &bytes, "too large").await.status, 413);
}

#[tokio::test]
async fn the_document_is_served() {
    let address = serve(router(Sample, &settings())).await;
    let answer = ask(address, Method::GET, "/openapi.json", &[], "").await;
    assert_eq!(answer.header("content-type"), "application/json");
    let document = answer.json();
    assert_eq!(document["openapi"], "3.1.1");
    assert_eq!(document["paths"]["/repos/{owner}/issues"]["get"]["operationId"], "issues/list");
    assert_eq!(document["components"]["schemas"]["Issue"]["type"], "object");
}

#[tokio::test]
async fn undeclared_parameters_pass_where_the_settings_say_so() {
    let mut lenient = settings();
    lenient.unknown_query = crate::UnknownQuery::Ignore;
    let address = serve(router(Sample, &lenient)).await;
    assert_eq!(ask(address, Method::GET, "/repos/me/issues?colour=blue", &[], "").await.status, 200);
    lenient.unknown_query = crate::UnknownQuery::Forward;
    let upstream = super::Recorder::with(200, "application/json", "[]").await;
    let client = client_of_url(&upstream.url, vec![None; 6], allowing());
    let address = serve(forwarding_router(client, &lenient)).await;
    let headers = [("x-request-id", "7"), ("authorization", "Bearer secret")];
    assert_eq!(ask(address, Method::GET, "/repos/me/issues?page=2&colour=blue", &headers, "").await.status, 200);
    let recorded = upstream.only();
    assert_eq!(recorded.target, "/repos/me/issues?page=2&colour=blue");
    assert_eq!((recorded.header("x-request-id"), recorded.header("authorization")), (Some("7"), None));
}

fn allowing() -> Settings {
    let mut settings = settings();
    settings.allow_missing_secrets = true;
    settings
}
