//! A server on a socket that keeps the bytes which it is sent and answers as it is told. It reads no more of HTTP than it
//! must, so that what a client writes is seen as it was written.

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use tokio::task::AbortHandle;
use tokio::time::sleep;

/// A request as it arrived.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// The method.
    pub method: String,
    /// What stood between method and version.
    pub target: String,
    /// The header fields in their order, names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, without the marks of chunks.
    pub body: Vec<u8>,
}

impl Recorded {
    /// The only value of a header field, or `None` where it is absent.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str());
        let value = values.next();
        assert_eq!(values.next(), None, "`{name}` occurs once: {self:?}");
        value
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a body in UTF-8")
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("a JSON body, not {self:?}: {error}"))
    }
}

/// What the server does with a request.
#[derive(Debug)]
#[must_use]
pub struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: Body,
    delay: Duration,
}

#[derive(Debug)]
enum Body {
    Bytes(Bytes),
    Parts(mpsc::UnboundedReceiver<Bytes>),
}

impl Answer {
    /// An answer without a body.
    pub fn status(status: u16) -> Self {
        Self { status, headers: Vec::new(), body: Body::Bytes(Bytes::new()), delay: Duration::ZERO }
    }

    /// A body and its media type.
    pub fn body(self, media_type: &str, body: impl Into<Bytes>) -> Self {
        Self { body: Body::Bytes(body.into()), ..self.header("content-type", media_type) }
    }

    /// 200 with JSON.
    pub fn json(body: impl Into<Bytes>) -> Self {
        Self::status(200).body("application/json", body)
    }

    /// 200 with a body that comes as it is sent.
    pub fn parts(media_type: &str) -> (Self, mpsc::UnboundedSender<Bytes>) {
        let (sender, parts) = mpsc::unbounded_channel();
        (Self { body: Body::Parts(parts), ..Self::status(200).header("content-type", media_type) }, sender)
    }

    /// A further header field.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// A pause before the answer.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }
}

type Script = dyn FnMut(&Recorded) -> Answer + Send;

struct Shared {
    requests: Mutex<Vec<Recorded>>,
    script: Mutex<Box<Script>>,
    /// How many bytes of bodies have arrived, before their requests are complete.
    received: watch::Sender<usize>,
}

/// A server that listens. It stops when the value is dropped.
pub struct Recorder {
    url: String,
    shared: Arc<Shared>,
    task: AbortHandle,
}

impl Recorder {
    /// Answers each request as the closure says.
    pub async fn new(script: impl FnMut(&Recorded) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let shared = Arc::new(Shared {
            requests: Mutex::default(),
            script: Mutex::new(Box::new(script)),
            received: watch::Sender::new(0),
        });
        let served = Arc::clone(&shared);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&served);
                // Clients may hang up while they are answered.
                tokio::spawn(async move { serve(stream, &shared).await.ok() });
            }
        });
        Self { url, shared, task: task.abort_handle() }
    }

    /// Answers with each of these in turn, and with 500 afterwards.
    pub async fn with(answers: impl IntoIterator<Item = Answer>) -> Self {
        let mut answers = answers.into_iter().collect::<Vec<_>>().into_iter();
        Self::new(move |_| answers.next().unwrap_or_else(|| Answer::status(500))).await
    }

    /// Answers everything with an empty 200.
    pub async fn silent() -> Self {
        Self::new(|_| Answer::status(200)).await
    }

    /// The URL without a path.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The requests in the order in which they were complete.
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.shared.requests).clone()
    }

    /// The targets of all requests.
    pub fn targets(&self) -> Vec<String> {
        lock(&self.shared.requests).iter().map(|request| request.target.clone()).collect()
    }

    /// The only request.
    pub fn only(&self) -> Recorded {
        let mut requests = self.requests();
        assert_eq!(requests.len(), 1, "one request: {requests:?}");
        requests.remove(0)
    }

    /// The request since this was asked last, which forgets it.
    pub fn take(&self) -> Recorded {
        let mut requests = std::mem::take(&mut *lock(&self.shared.requests));
        assert_eq!(requests.len(), 1, "one request: {requests:?}");
        requests.remove(0)
    }

    /// Waits until this many bytes of bodies have arrived.
    pub async fn received(&self, bytes: usize) {
        let mut received = self.shared.received.subscribe();
        received.wait_for(|received| *received >= bytes).await.expect("the server is there");
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One request a connection.
async fn serve(mut stream: TcpStream, shared: &Shared) -> io::Result<()> {
    let request = read(&mut stream, &shared.received).await?;
    lock(&shared.requests).push(request.clone());
    let answer = lock(&shared.script)(&request);
    sleep(answer.delay).await;
    write(&mut stream, answer).await?;
    stream.shutdown().await
}

async fn read(stream: &mut TcpStream, received: &watch::Sender<usize>) -> io::Result<Recorded> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = find(&bytes, b"\r\n\r\n") {
            break end;
        }
        more(stream, &mut bytes).await?;
    };
    let body = bytes.split_off(end + 4);
    let head = String::from_utf8(bytes).expect("a head in UTF-8");
    let mut lines = head.trim_end().split("\r\n");
    let mut first = lines.next().expect("a request line").split(' ');
    let mut word = || first.next().expect("three words").to_owned();
    let (method, target) = (word(), word());
    let headers: Vec<_> = lines
        .map(|line| line.split_once(':').expect("a header field"))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let mut request = Recorded { method, target, headers, body };
    received.send_modify(|received| *received += request.body.len());
    if let Some(length) = request.header("content-length") {
        let length: usize = length.parse().expect("a length");
        while request.body.len() < length {
            let read = more(stream, &mut request.body).await?;
            received.send_modify(|received| *received += read);
        }
    } else if request.header("transfer-encoding").is_some() {
        while !request.body.ends_with(b"0\r\n\r\n") {
            let read = more(stream, &mut request.body).await?;
            received.send_modify(|received| *received += read);
        }
        request.body = unchunk(&request.body);
    }
    Ok(request)
}

async fn more(stream: &mut TcpStream, bytes: &mut Vec<u8>) -> io::Result<usize> {
    match stream.read_buf(bytes).await? {
        0 => Err(io::ErrorKind::UnexpectedEof.into()),
        read => Ok(read),
    }
}

fn find(bytes: &[u8], part: &[u8]) -> Option<usize> {
    bytes.windows(part.len()).position(|window| window == part)
}

fn unchunk(mut bytes: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    loop {
        let end = find(bytes, b"\r\n").expect("the size of a chunk");
        let size = std::str::from_utf8(&bytes[..end]).expect("digits");
        let size = usize::from_str_radix(size, 16).expect("digits");
        if size == 0 {
            return body;
        }
        body.extend_from_slice(&bytes[end + 2..end + 2 + size]);
        bytes = &bytes[end + 4 + size..];
    }
}

async fn write(stream: &mut TcpStream, answer: Answer) -> io::Result<()> {
    let mut head = format!("HTTP/1.1 {} X\r\nconnection: close\r\n", answer.status);
    for (name, value) in &answer.headers {
        head.extend([name, ": ", value, "\r\n"]);
    }
    match answer.body {
        Body::Bytes(bytes) => {
            head.extend(["content-length: ", &bytes.len().to_string(), "\r\n\r\n"]);
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(&bytes).await
        }
        // The end of the connection is the end of the body.
        Body::Parts(mut parts) => {
            head.push_str("\r\n");
            stream.write_all(head.as_bytes()).await?;
            while let Some(part) = parts.recv().await {
                stream.write_all(&part).await?;
                stream.flush().await?;
            }
            Ok(())
        }
    }
}
