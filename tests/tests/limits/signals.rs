//! The end of a program: a second signal waits for nobody.

use std::time::Duration;

use capsmith_tests::child::Process;
use capsmith_tests::recorder::{Answer, Recorder};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::service::rest_of;
use crate::variables::{program, ready};

#[tokio::test]
async fn a_second_signal_ends_a_program_that_still_answers() {
    let upstream = Recorder::new(|_| Answer::json("[]").after(Duration::from_secs(6000))).await;
    let folder = tempfile::tempdir().unwrap();
    let mut command = program(upstream.url(), &folder);
    command.env("LIBRARY_DRAIN_TIMEOUT", "6000").env("LIBRARY_REQUEST_TIMEOUT", "6000");
    let mut process = Process::start(command);
    let (rest, _) = ready(&mut process).await;
    let mut stream = TcpStream::connect(rest).await.unwrap();
    stream.write_all(b"GET /books HTTP/1.1\r\nHost: localhost\r\n\r\n").await.unwrap();
    while upstream.requests().is_empty() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    process.terminate().await;
    while TcpStream::connect(rest).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    process.terminate().await;
    process.line_after("stopped").await;
    assert!(process.end().await.success());
    assert_eq!(rest_of(&mut stream).await, "");
}
