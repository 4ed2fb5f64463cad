//! Bodies that are longer than memory and slower than timeouts.

use std::time::Duration;

use futures_core::Stream;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::sleep;

use super::recorder::Recorder;
use super::tracker::operations::{Download, Report, Send};
use super::tracker::{self, Attachment, SendBody};
use super::{client, settings};
use crate::__private::ApiClientBuilder;
use crate::openapi::{ApiClient, ApiRequest, ApiValues, Upload};
use crate::{BaseUrl, ClientError, Response, Settings};

const PATIENCE: Duration = Duration::from_millis(200);

fn client_at(url: &str, settings: Settings) -> ApiClient {
    let values = ApiValues { base_urls: vec![BaseUrl::new(url)], credentials: vec![None; 5], settings };
    ApiClientBuilder::new(&tracker::API, values).build().unwrap()
}

fn impatient() -> Settings {
    let mut settings = settings();
    settings.read_timeout = PATIENCE;
    settings.allow_missing_secrets = true;
    settings
}

/// A server that sends parts of a body of ten bytes, with a pause before each.
async fn dripping(pauses: Vec<Duration>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let pauses = pauses.clone();
            tokio::spawn(async move {
                let _ = stream.read(&mut [0; 4096]).await.unwrap();
                let head = "HTTP/1.1 200 OK\r\ncontent-type: application/octet-stream\r\ncontent-length: 10\r\n\r\n";
                stream.write_all(head.as_bytes()).await.unwrap();
                for pause in pauses {
                    sleep(pause).await;
                    // A client that has seen enough is gone.
                    let _ = stream.write_all(b"ab").await;
                }
                sleep(Duration::from_secs(10)).await;
            });
        }
    });
    url
}

async fn download(url: &str, settings: Settings) -> Response {
    ApiRequest::new(&client_at(url, settings), Download).call().await.unwrap()
}

#[tokio::test]
async fn a_download_may_take_long_but_not_be_silent() {
    let url = dripping(vec![PATIENCE / 2; 5]).await;
    // Neither the whole time matters nor that the reader is slow.
    let mut settings = impatient();
    settings.timeout = Some(PATIENCE);
    let mut response = download(&url, settings).await;
    let mut length = 0;
    while let Some(part) = response.chunk().await.unwrap() {
        length += part.len();
        sleep(if length == 2 { PATIENCE * 2 } else { Duration::ZERO }).await;
    }
    assert_eq!(length, 10);

    let silent = dripping(vec![Duration::ZERO]).await;
    let mut response = download(&silent, impatient()).await;
    assert!(response.chunk().await.unwrap().is_some());
    let error = response.chunk().await.unwrap_err();
    assert!(matches!(error, ClientError::Timeout { operation: "download", .. }), "{error:?}");
    let mut chunks = download(&silent, impatient()).await.into_stream();
    let mut next = async || std::future::poll_fn(|context| std::pin::Pin::new(&mut chunks).poll_next(context)).await;
    assert_eq!(next().await.unwrap().unwrap().len(), 2);
    assert!(matches!(next().await, Some(Err(ClientError::Timeout { .. }))));
    assert!(next().await.is_none());
}

#[tokio::test]
async fn what_is_read_into_memory_has_the_whole_time() {
    let url = dripping(vec![PATIENCE / 2; 5]).await;
    let mut settings = impatient();
    settings.timeout = Some(PATIENCE);
    let error = download(&url, settings).await.bytes().await.unwrap_err();
    assert!(matches!(error, ClientError::Timeout { .. }), "{error:?}");
}

#[tokio::test]
async fn a_download_has_a_limit() {
    let url = dripping(vec![Duration::from_millis(20); 5]).await;
    let mut settings = impatient();
    settings.max_download = Some(5);
    let mut response = download(&url, settings.clone()).await;
    let mut length = 0;
    let error = loop {
        match response.chunk().await {
            Ok(part) => length += part.unwrap().len(),
            Err(error) => break error,
        }
    };
    assert!(matches!(error, ClientError::TooLarge { limit: 5, .. }), "{error:?}");
    assert!(length <= 5);
    let mut chunks = download(&url, settings).await.into_stream();
    let mut ended = false;
    while let Some(part) = std::future::poll_fn(|context| std::pin::Pin::new(&mut chunks).poll_next(context)).await {
        ended = part.is_err();
    }
    assert!(ended);
}

/// A reader that is slow, but never silent for long.
fn slow(parts: usize) -> Upload {
    let (reader, mut writer) = tokio::io::duplex(16);
    tokio::spawn(async move {
        for _ in 0..parts {
            sleep(PATIENCE / 2).await;
            writer.write_all(b"part;").await.unwrap();
        }
    });
    Upload::reader(reader)
}

#[tokio::test]
async fn an_upload_may_take_longer_than_the_server_may_be_silent() {
    let recorder = Recorder::with(204, "", "").await;
    let client = client_at(&recorder.url, impatient());
    ApiRequest::new(&client, Send { body: SendBody::Binary(slow(6)) }).call().await.unwrap();
    assert_eq!(recorder.only().body, "part;".repeat(6));
}

#[tokio::test]
async fn a_long_body_from_memory_arrives_whole() {
    let recorder = Recorder::with(204, "", "").await;
    let body = "x".repeat(1_000_000);
    ApiRequest::new(&client(&recorder), Send { body: SendBody::Text(body.clone()) }).call().await.unwrap();
    let sent = recorder.only();
    assert_eq!(sent.header("content-length"), Some("1000000"));
    assert!(sent.body == body);
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let client = client_at(&format!("http://{}", silent.local_addr().unwrap()), impatient());
    let error = ApiRequest::new(&client, Report).send().await.unwrap_err();
    assert!(matches!(error, ClientError::Timeout { operation: "report", .. }), "{error:?}");
    let error = ApiRequest::new(&client, Send { body: SendBody::Binary(slow(1)) }).send().await.unwrap_err();
    assert!(matches!(error, ClientError::Timeout { operation: "upload", .. }), "{error:?}");
}

#[tokio::test]
async fn files_are_sent_from_disk() {
    let path = std::env::temp_dir().join(format!("capsmith upload {}.txt", std::process::id()));
    std::fs::write(&path, "from disk").unwrap();
    let recorder = Recorder::with(204, "", "").await;
    let upload = Upload::open(&path).await.unwrap().content_type("text/plain");
    ApiRequest::new(&client(&recorder), Send { body: SendBody::Binary(upload) }).call().await.unwrap();
    let sent = recorder.only();
    assert_eq!((sent.header("content-length"), sent.body.as_str()), (Some("9"), "from disk"));

    let recorder = Recorder::with(204, "", "").await;
    let file = Upload::open(&path).await.unwrap();
    let body = SendBody::Multipart(Attachment { file, more: None, note: None, tags: Vec::new(), issue: None });
    ApiRequest::new(&client(&recorder), Send { body }).call().await.unwrap();
    let sent = recorder.only();
    assert_eq!(sent.header("content-length").unwrap().parse::<usize>().unwrap(), sent.body.len());
    let name = path.file_name().unwrap().to_str().unwrap();
    assert!(sent.body.contains(&format!("name=\"file\"; filename=\"{name}\"")), "{}", sent.body);
    assert!(sent.body.contains("\r\n\r\nfrom disk\r\n"));
    std::fs::remove_file(path).unwrap();
    assert_eq!(Upload::open("absent/file").await.unwrap_err().kind(), std::io::ErrorKind::NotFound);
}
