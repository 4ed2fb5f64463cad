//! The load generator: keep-alive connections that send one request after the other.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use http::Request;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::SendRequest;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::BenchError;

/// Connections that are kept busy at the same time.
pub(crate) const CONNECTIONS: usize = 32;

/// A request that is sent again and again, and the answer that proves that it did its work.
#[derive(Clone)]
pub(crate) struct Shot {
    /// The server's name in errors.
    pub(crate) server: &'static str,
    /// Where it listens.
    pub(crate) address: SocketAddr,
    /// The request.
    pub(crate) request: Request<Bytes>,
    /// A piece of text that every right answer holds.
    pub(crate) expect: &'static str,
}

/// What one round measured.
pub(crate) struct Round {
    /// Answers in the round.
    pub(crate) answers: u64,
    /// How long it took.
    pub(crate) elapsed: Duration,
    /// Latencies in microseconds.
    pub(crate) latencies: Histogram<u32>,
}

impl Round {
    #[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
    pub(crate) fn per_second(&self) -> f64 {
        self.answers as f64 / self.elapsed.as_secs_f64()
    }
}

/// Keeps every connection busy for `length`.
pub(crate) async fn round(shot: &Shot, length: Duration) -> Result<Round, BenchError> {
    let started = Instant::now();
    let connections: Vec<_> =
        (0..CONNECTIONS).map(|_| tokio::spawn(keep_busy(shot.clone(), started + length))).collect();
    let mut latencies = histogram()?;
    for connection in connections {
        let part = connection.await.map_err(lost)??;
        latencies.add(part)?;
    }
    Ok(Round { answers: latencies.len(), elapsed: started.elapsed(), latencies })
}

/// Keeps this many connections busy, with one request after the other each, until a time; gives the number of answers. With
/// `anew` each request has a connection of its own.
pub(crate) async fn keep_asking(shot: Shot, connections: usize, until: Instant, anew: bool) -> Result<u64, BenchError> {
    let tasks: Vec<_> = (0..connections)
        .map(|_| {
            let shot = shot.clone();
            tokio::spawn(async move {
                let mut answers = 0;
                let mut connection = connect(&shot).await?;
                while Instant::now() < until {
                    if anew {
                        connection = connect(&shot).await?;
                    }
                    fire(&shot, &mut connection, true).await?;
                    answers += 1;
                }
                Ok::<u64, BenchError>(answers)
            })
        })
        .collect();
    let mut answers = 0;
    for task in tasks {
        answers += task.await.map_err(lost)??;
    }
    Ok(answers)
}

fn lost(error: tokio::task::JoinError) -> BenchError {
    BenchError::Io { what: "running a connection".to_owned(), source: std::io::Error::other(error) }
}

/// Sends one request and checks its answer.
pub(crate) async fn once(shot: &Shot) -> Result<(), BenchError> {
    let mut connection = connect(shot).await?;
    fire(shot, &mut connection, true).await
}

/// Microseconds with three significant digits; grows as needed.
fn histogram() -> Result<Histogram<u32>, BenchError> {
    Ok(Histogram::new(3)?)
}

async fn keep_busy(shot: Shot, until: Instant) -> Result<Histogram<u32>, BenchError> {
    let mut latencies = histogram()?;
    let mut connection = connect(&shot).await?;
    let mut first = true;
    while Instant::now() < until {
        let sent = Instant::now();
        fire(&shot, &mut connection, std::mem::take(&mut first)).await?;
        latencies.record(u64::try_from(sent.elapsed().as_micros()).unwrap_or(u64::MAX))?;
    }
    Ok(latencies)
}

async fn connect(shot: &Shot) -> Result<SendRequest<Full<Bytes>>, BenchError> {
    let stream =
        TcpStream::connect(shot.address).await.map_err(BenchError::io(format!("connecting to {}", shot.server)))?;
    stream.set_nodelay(true).map_err(BenchError::io("setting TCP_NODELAY"))?;
    // Closed ports would have to rest, and many callers that come and go would have none left.
    stream.set_zero_linger().map_err(BenchError::io("setting SO_LINGER"))?;
    let (sender, connection) = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

/// Reads every answer to its end; looks at the text of the first one only, so that looking costs nothing.
async fn fire(shot: &Shot, connection: &mut SendRequest<Full<Bytes>>, look: bool) -> Result<(), BenchError> {
    connection.ready().await?;
    let answer = connection.send_request(shot.request.clone().map(Full::new)).await?;
    let status = answer.status();
    let body = answer.into_body().collect().await?.to_bytes();
    if !status.is_success() || (look && !String::from_utf8_lossy(&body).contains(shot.expect)) {
        let body = String::from_utf8_lossy(&body).chars().take(200).collect();
        return Err(BenchError::WrongAnswer { server: shot.server, status, body });
    }
    Ok(())
}
