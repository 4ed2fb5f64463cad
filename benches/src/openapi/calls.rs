//! Requests per second of a generated client against the same call by hand with reqwest and serde.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Bytes;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::forge::{self, generated, handwritten};
use crate::process::{self, Served};
use crate::report::{Report, median};
use crate::{BenchError, Settings, TOKEN};

/// Calls that are under way at the same time.
const CALLERS: usize = 16;

/// Issues in an answer: about 20 KB.
const ISSUES: usize = 20;

/// What was measured: calls per second, a round each.
pub(crate) struct Measured {
    /// Of the generated client.
    pub(crate) generated: Vec<f64>,
    /// Of the one by hand.
    pub(crate) handwritten: Vec<f64>,
}

impl Measured {
    /// The median of the rounds' ratios.
    pub(crate) fn ratio(&self) -> f64 {
        let ratios: Vec<f64> = self.generated.iter().zip(&self.handwritten).map(|(own, peer)| own / peer).collect();
        median(&ratios)
    }
}

/// The role `serve-forge`: answers with a page of issues until the process is killed.
pub(crate) async fn serve() -> Result<(), BenchError> {
    let body = Bytes::from(forge::issues(ISSUES).to_string());
    let answer = move || {
        let body = body.clone();
        async move { ([(CONTENT_TYPE, "application/json")], body) }
    };
    process::serve(Router::new().route("/repos/{owner}/{name}/issues", get(answer))).await
}

/// Calls the upstream with both clients in turn, and adds the table to `report`.
pub(crate) async fn measure(settings: &Settings, report: &mut Report) -> Result<(), BenchError> {
    let upstream = Served::start("serve-forge", None, 1).await?;
    let base = format!("http://{}", upstream.addresses[0]);
    let config = generated::Config { base_url: capsmith::BaseUrl::new(base.clone()), ..generated::Config::default() };
    let client = generated::Client::new(&config).map_err(capsmith::Error::from)?;
    // `reqwest` looks for the default of the process, and this process has nobody else to set it.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let http =
        reqwest::Client::builder().connect_timeout(Duration::from_secs(10)).read_timeout(Duration::from_secs(30));
    let peer = Arc::new((http.build().map_err(BenchError::HttpClient)?, base));
    let generated_call = move || {
        let client = client.clone();
        async move {
            let request = client.list_issues("acme", "shop").state(generated::types::State::Open).per_page(20);
            request.bearer(TOKEN).await.is_ok_and(|issues| issues.len() == ISSUES)
        }
    };
    let handwritten_call = move || {
        let peer = Arc::clone(&peer);
        async move { by_hand(&peer.0, &peer.1).await.is_ok_and(|issues| issues.len() == ISSUES) }
    };
    let mut measured = Measured { generated: Vec::new(), handwritten: Vec::new() };
    let warm = Duration::from_millis(500);
    round(&generated_call, warm).await?;
    round(&handwritten_call, warm).await?;
    for _ in 0..settings.rounds {
        measured.generated.push(round(&generated_call, settings.round).await?);
        measured.handwritten.push(round(&handwritten_call, settings.round).await?);
    }
    report.calls(&measured, CALLERS, forge::issues(ISSUES).to_string().len());
    Ok(())
}

async fn by_hand(client: &reqwest::Client, base: &str) -> Result<Vec<handwritten::Issue>, BenchError> {
    let part = |text| utf8_percent_encode(text, NON_ALPHANUMERIC);
    let url = format!("{base}/repos/{}/{}/issues?state=open&per_page=20", part("acme"), part("shop"));
    let answer = client.get(url).bearer_auth(TOKEN).send().await.map_err(BenchError::HttpClient)?;
    let answer = answer.error_for_status().map_err(BenchError::HttpClient)?;
    Ok(serde_json::from_slice(&answer.bytes().await.map_err(BenchError::HttpClient)?)?)
}

/// Calls per second with all callers busy.
#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
async fn round<C, F>(call: &C, length: Duration) -> Result<f64, BenchError>
where
    C: Fn() -> F + Clone + Send + 'static,
    F: Future<Output = bool> + Send,
{
    let (started, calls) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let callers: Vec<_> = (0..CALLERS)
        .map(|_| {
            let (call, calls) = (call.clone(), Arc::clone(&calls));
            tokio::spawn(async move {
                let mut good = true;
                while good && started.elapsed() < length {
                    good = call().await;
                    calls.fetch_add(1, Ordering::Relaxed);
                }
                good
            })
        })
        .collect();
    for caller in callers {
        if !caller.await.unwrap_or(false) {
            return Err(BenchError::FailedCall);
        }
    }
    Ok(calls.load(Ordering::Relaxed) as f64 / started.elapsed().as_secs_f64())
}
