//! A collector of OpenTelemetry: OTLP over HTTP, kept and decoded.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::thread;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use opentelemetry_proto::tonic::collector::metrics::v1::ExportMetricsServiceRequest;
use opentelemetry_proto::tonic::collector::trace::v1::ExportTraceServiceRequest;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::common::v1::{AnyValue, KeyValue};
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::number_data_point;
use opentelemetry_proto::tonic::trace::v1::Span;
use opentelemetry_proto::tonic::trace::v1::span::SpanKind;
use prost::Message as _;
use tokio::sync::oneshot;

/// What a collector was sent.
#[derive(Clone, Default)]
struct Received {
    traces: Arc<Mutex<Vec<Bytes>>>,
    metrics: Arc<Mutex<Vec<Bytes>>>,
}

/// A collector on a thread of its own: who flushes waits, and would wait for itself otherwise.
pub(crate) struct Collector {
    pub(crate) address: SocketAddr,
    received: Received,
    _stop: oneshot::Sender<()>,
}

impl Collector {
    pub(crate) fn start() -> Self {
        let received = Received::default();
        let router = Router::new()
            .route(
                "/v1/traces",
                post(async |State(received): State<Received>, body: Bytes| keep(&received.traces, body)),
            )
            .route(
                "/v1/metrics",
                post(async |State(received): State<Received>, body: Bytes| keep(&received.metrics, body)),
            )
            .with_state(received.clone());
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.set_nonblocking(true).expect("a socket for the runtime");
        let address = listener.local_addr().expect("an address");
        let (stop, stopped) = oneshot::channel::<()>();
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = tokio::net::TcpListener::from_std(listener).expect("a socket");
                tokio::select! {
                    served = axum::serve(listener, router) => served.expect("a server"),
                    _ = stopped => {}
                }
            });
        });
        Self { address, received, _stop: stop }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// All spans so far, in the order in which they began.
    pub(crate) fn spans(&self) -> Vec<Told> {
        let requests = self.received.traces.lock().unwrap().clone();
        let mut spans: Vec<Told> = Vec::new();
        for request in &requests {
            let request = ExportTraceServiceRequest::decode(request.clone()).expect("spans");
            for resource in request.resource_spans {
                let of = resource.resource.map(|resource| texts(&resource.attributes)).unwrap_or_default();
                let inner = resource.scope_spans.into_iter().flat_map(|scope| scope.spans);
                spans.extend(inner.map(|span| Told {
                    attributes: texts(&span.attributes),
                    resource: of.clone(),
                    span,
                }));
            }
        }
        spans.sort_by_key(|told| told.span.start_time_unix_nano);
        spans
    }

    /// The names of metrics with the attributes of each of their series.
    pub(crate) fn metrics(&self) -> Vec<(String, Vec<(String, String)>)> {
        let requests = self.received.metrics.lock().unwrap().clone();
        let decoded =
            requests.iter().map(|request| ExportMetricsServiceRequest::decode(request.clone()).expect("metrics"));
        let metrics = decoded.flat_map(|request| request.resource_metrics).flat_map(|resource| resource.scope_metrics);
        metrics
            .flat_map(|scope| scope.metrics)
            .flat_map(|metric| {
                let series: Vec<_> = match metric.data {
                    Some(Data::Histogram(histogram)) => {
                        histogram.data_points.iter().map(|point| texts(&point.attributes)).collect()
                    }
                    Some(Data::Sum(sum)) => sum.data_points.iter().map(|point| texts(&point.attributes)).collect(),
                    _ => Vec::new(),
                };
                series.into_iter().map(move |series| (metric.name.clone(), series))
            })
            .collect()
    }

    /// What the series of a sum come to, as they were sent last.
    pub(crate) fn sum(&self, name: &str) -> Option<i64> {
        let request = self.received.metrics.lock().unwrap().last()?.clone();
        let request = ExportMetricsServiceRequest::decode(request).expect("metrics");
        let scopes = request.resource_metrics.into_iter().flat_map(|resource| resource.scope_metrics);
        let found = scopes.flat_map(|scope| scope.metrics).find(|metric| metric.name == name)?;
        let Some(Data::Sum(sum)) = found.data else { return None };
        let number = |value: &Option<number_data_point::Value>| match value {
            Some(number_data_point::Value::AsInt(number)) => *number,
            other => panic!("a whole number, not {other:?}"),
        };
        Some(sum.data_points.iter().map(|point| number(&point.value)).sum())
    }

    /// Whether a text stands anywhere in what was sent.
    pub(crate) fn contains(&self, text: &str) -> bool {
        let received = [&self.received.traces, &self.received.metrics];
        let bodies = received.iter().flat_map(|bodies| bodies.lock().unwrap().clone());
        bodies.into_iter().any(|body| body.windows(text.len()).any(|window| window == text.as_bytes()))
    }
}

fn keep(bodies: &Mutex<Vec<Bytes>>, body: Bytes) {
    bodies.lock().unwrap().push(body);
}

/// A span that was sent.
#[derive(Clone, Debug)]
pub(crate) struct Told {
    pub(crate) span: Span,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) resource: Vec<(String, String)>,
}

impl Told {
    pub(crate) fn name(&self) -> &str {
        &self.span.name
    }

    pub(crate) fn kind(&self) -> SpanKind {
        self.span.kind()
    }

    pub(crate) fn attribute(&self, key: &str) -> Option<&str> {
        self.attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str())
    }

    pub(crate) fn has_failed(&self) -> bool {
        self.span.status.as_ref().is_some_and(|status| status.code == 2)
    }

    pub(crate) fn is_child_of(&self, parent: &Self) -> bool {
        self.span.trace_id == parent.span.trace_id && self.span.parent_span_id == parent.span.span_id
    }

    pub(crate) fn trace_id(&self) -> String {
        hexadecimal(&self.span.trace_id)
    }

    pub(crate) fn span_id(&self) -> String {
        hexadecimal(&self.span.span_id)
    }

    pub(crate) fn parent_id(&self) -> String {
        hexadecimal(&self.span.parent_span_id)
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    digits.concat()
}

fn texts(attributes: &[KeyValue]) -> Vec<(String, String)> {
    let text = |value: &Option<AnyValue>| match value.as_ref().and_then(|value| value.value.clone()) {
        Some(Value::StringValue(text)) => text,
        Some(Value::IntValue(number)) => number.to_string(),
        Some(Value::BoolValue(truth)) => truth.to_string(),
        Some(Value::DoubleValue(number)) => number.to_string(),
        other => format!("{other:?}"),
    };
    attributes.iter().map(|pair| (pair.key.clone(), text(&pair.value))).collect()
}

/// The only span of a name.
pub(crate) fn named<'s>(spans: &'s [Told], name: &str) -> &'s Told {
    let mut found = spans.iter().filter(|told| told.name() == name);
    let names = || spans.iter().map(Told::name).collect::<Vec<_>>();
    let told = found.next().unwrap_or_else(|| panic!("there is no span `{name}` among {:?}", names()));
    assert!(found.next().is_none(), "there are several spans `{name}` among {:?}", names());
    told
}
