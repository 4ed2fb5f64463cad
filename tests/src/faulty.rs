//! An upstream that speaks no proper HTTP: bytes that a test writes, and connections that end as no server should end them.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::port::Port;

/// What becomes of each connection once a request has arrived.
#[derive(Clone, Debug)]
pub struct Fault {
    /// What is sent.
    pub start: Vec<u8>,
    /// What happens then.
    pub then: Then,
}

/// How a connection goes on.
#[derive(Clone, Copy, Debug)]
pub enum Then {
    /// It is closed, as after a whole answer.
    Close,
    /// It is kept, and closed without an answer when the next request has arrived.
    CloseAtNext,
    /// It is torn down: the other side sees a reset.
    Reset,
    /// Nothing more is sent, and nothing is closed.
    Hold,
    /// These bytes are sent again and again, with a pause each time.
    Repeat(&'static str, Duration),
}

/// A running upstream. It stops when the value is dropped, and so do its connections.
pub struct Faulty {
    address: SocketAddr,
    log: Arc<Log>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Log {
    requests: Mutex<Vec<String>>,
    abandoned: tokio::sync::Notify,
}

impl Faulty {
    /// Starts on a free port.
    pub fn start(fault: Fault) -> Self {
        Self::start_at(&Port::free(), fault)
    }

    /// Starts at a port, where another may have listened before.
    pub fn start_at(port: &Port, fault: Fault) -> Self {
        let (listener, address) = (port.listen(), port.address());
        let log = Arc::new(Log::default());
        let kept = Arc::clone(&log);
        let task = tokio::spawn(async move {
            let mut connections = tokio::task::JoinSet::new();
            while let Ok((stream, _)) = listener.accept().await {
                connections.spawn(answer(stream, fault.clone(), Arc::clone(&kept)));
            }
        });
        Self { address, log, task }
    }

    /// Its base URL.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The request lines so far.
    pub fn requests(&self) -> Vec<String> {
        self.log.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Stops it, so that another can listen where it did.
    pub async fn stop(mut self) {
        self.task.abort();
        let _ = (&mut self.task).await;
    }

    /// Waits until the other side has given up a connection that was held.
    pub async fn abandoned(&self) {
        self.log.abandoned.notified().await;
    }
}

impl Drop for Faulty {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Log {
    /// Takes note of a request that arrives; `None`: none does.
    async fn request(&self, stream: &mut TcpStream) -> Option<()> {
        let line = request_line(stream).await?;
        self.requests.lock().unwrap_or_else(PoisonError::into_inner).push(line);
        Some(())
    }
}

async fn answer(mut stream: TcpStream, fault: Fault, log: Arc<Log>) {
    let Some(()) = log.request(&mut stream).await else { return };
    // The other side may have had enough at any time.
    let _ = stream.write_all(&fault.start).await;
    match fault.then {
        Then::Close => {}
        Then::CloseAtNext => {
            let _ = log.request(&mut stream).await;
        }
        Then::Reset => stream.set_zero_linger().expect("a socket"),
        Then::Hold => {
            while stream.read(&mut [0; 1024]).await.is_ok_and(|count| count > 0) {}
            log.abandoned.notify_one();
        }
        Then::Repeat(bytes, pause) => {
            while stream.write_all(bytes.as_bytes()).await.is_ok() {
                if !pause.is_zero() {
                    sleep(pause).await;
                }
            }
        }
    }
}

/// Reads a head to its end; `None` where the connection ends before.
async fn request_line(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        let mut part = [0; 1024];
        let count = stream.read(&mut part).await.ok().filter(|count| *count > 0)?;
        head.extend_from_slice(&part[..count]);
    }
    let head = String::from_utf8_lossy(&head);
    head.lines().next().map(str::to_owned)
}
