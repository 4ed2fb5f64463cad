//! An HTTP/1.1 client that sends the request target as it is given: nothing is normalised, nothing is added but `Host`.

use std::error::Error;
use std::net::SocketAddr;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use http::{HeaderMap, Request, Response, StatusCode};
use http_body_util::{BodyExt, Full};
use hyper::body::{Body, Incoming};
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use serde_json::Value;
use tokio::net::TcpStream;

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    /// The status code.
    pub status: StatusCode,
    /// The header fields.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

impl Answer {
    /// The value of a header field, or `""` where it is absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().expect("a readable header"))
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("a JSON body, not {self:?}: {error}"))
    }

    /// The body as a problem (RFC 9457) that repeats the status code.
    pub fn problem(&self) -> Value {
        assert_eq!(self.header("content-type"), "application/problem+json", "{self:?}");
        let problem = self.json();
        assert_eq!(problem["status"], self.status.as_u16(), "{self:?}");
        problem
    }
}

/// Sends a request over a connection of its own.
pub async fn send<B>(address: SocketAddr, request: Request<B>) -> Answer
where
    B: Body<Data = Bytes, Error: Error + Send + Sync> + Send + 'static,
{
    let (head, body) = open(address, request).await.into_parts();
    let body = body.collect().await.expect("a complete body").to_bytes();
    Answer { status: head.status, headers: head.headers, body }
}

/// Sends a request and gives back the answer as soon as its head is there.
pub async fn open<B>(address: SocketAddr, mut request: Request<B>) -> Response<Incoming>
where
    B: Body<Data = Bytes, Error: Error + Send + Sync> + Send + 'static,
{
    let stream = TcpStream::connect(address).await.expect("a server that listens");
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await.expect("a connection");
    tokio::spawn(connection);
    let host = address.to_string().parse().expect("a header value");
    request.headers_mut().entry(HOST).or_insert(host);
    sender.send_request(request).await.expect("an answer")
}

/// A request without a body.
pub fn request(method: &str, target: &str) -> Request<Full<Bytes>> {
    Request::builder().method(method).uri(target).body(Full::default()).expect("a request")
}

/// A request with a JSON text as its body.
pub fn request_with_json(method: &str, target: &str, text: impl Into<Bytes>) -> Request<Full<Bytes>> {
    let request = Request::builder().method(method).uri(target).header(CONTENT_TYPE, "application/json");
    request.body(Full::new(text.into())).expect("a request")
}

/// Sends `GET`.
pub async fn get(address: SocketAddr, target: &str) -> Answer {
    send(address, request("GET", target)).await
}
