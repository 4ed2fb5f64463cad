//! How contexts travel, and who decides what is kept.

use capsmith::telemetry::Propagator;
use capsmith_tests::http1::{get, request, send};

use super::collector::named;
use super::observatory::Observatory;

const TRACE: &str = "80f198ee56343ba864fe8b2a57d3eff7";
const CALLER: &str = "e457b5a2e4d86bd1";

#[tokio::test]
async fn b3_comes_and_goes_where_it_is_asked_for() {
    let observatory = Observatory::with(|builder| builder.propagators([Propagator::B3])).await;
    let mut asked = request("GET", "/stars/vega");
    asked.headers_mut().insert("b3", format!("{TRACE}-{CALLER}-1").parse().unwrap());
    send(observatory.rest, asked).await;
    let spans = observatory.spans();
    assert_eq!(named(&spans, "GET /stars/{id}").parent_id(), CALLER);
    let call = named(&spans, "GET /stars/{{id}}");
    let headers = observatory.headers("/stars/vega");
    assert_eq!(headers["b3"], format!("{TRACE}-{}-1", call.span_id()));
    assert!(!headers.contains_key("traceparent"), "{headers:?}");
}

#[tokio::test]
async fn b3_in_several_headers_and_w3c_can_be_sent_together() {
    let both = [Propagator::TraceContext, Propagator::B3Multi];
    let observatory = Observatory::with(|builder| builder.propagators(both)).await;
    let mut asked = request("GET", "/stars/vega");
    for (name, value) in [("x-b3-traceid", TRACE), ("x-b3-spanid", CALLER), ("x-b3-sampled", "1")] {
        asked.headers_mut().insert(name, value.parse().unwrap());
    }
    send(observatory.rest, asked).await;
    let spans = observatory.spans();
    assert_eq!(named(&spans, "GET /stars/{id}").parent_id(), CALLER);
    let call = named(&spans, "GET /stars/{{id}}").span_id();
    let headers = observatory.headers("/stars/vega");
    assert_eq!(headers["traceparent"], format!("00-{TRACE}-{call}-01"));
    assert_eq!((&headers["x-b3-traceid"], &headers["x-b3-spanid"]), (&TRACE.parse().unwrap(), &call.parse().unwrap()));
}

#[tokio::test]
async fn a_caller_who_wants_no_trace_gets_none_and_neither_do_upstreams() {
    let observatory = Observatory::open().await;
    let mut asked = request("GET", "/stars/vega");
    asked.headers_mut().insert("traceparent", format!("00-{TRACE}-{CALLER}-00").parse().unwrap());
    send(observatory.rest, asked).await;
    assert!(observatory.spans().is_empty());
    let sent = observatory.headers("/stars/vega")["traceparent"].to_str().unwrap().to_owned();
    assert!(sent.starts_with(&format!("00-{TRACE}-")) && sent.ends_with("-00"), "{sent}");
}

#[tokio::test]
async fn of_traces_that_begin_here_a_fraction_is_kept() {
    let observatory = Observatory::with(|builder| builder.sampling(0.0)).await;
    get(observatory.rest, "/stars/vega").await;
    let mut asked = request("GET", "/stars/vega");
    asked.headers_mut().insert("traceparent", format!("00-{TRACE}-{CALLER}-01").parse().unwrap());
    send(observatory.rest, asked).await;
    let spans = observatory.spans();
    assert!(!spans.is_empty() && spans.iter().all(|told| told.trace_id() == TRACE), "a caller's are kept: {spans:#?}");
}

#[tokio::test]
async fn nonsense_of_a_caller_begins_a_trace() {
    let observatory = Observatory::open().await;
    let mut asked = request("GET", "/stars/vega");
    asked.headers_mut().insert("traceparent", "00-zz-1-01".parse().unwrap());
    send(observatory.rest, asked).await;
    let spans = observatory.spans();
    assert_eq!(named(&spans, "GET /stars/{id}").parent_id(), "");
    let sent = observatory.headers("/stars/vega")["traceparent"].to_str().unwrap().to_owned();
    assert!(sent.contains(&named(&spans, "GET /stars/{{id}}").span_id()), "{sent}");
}
