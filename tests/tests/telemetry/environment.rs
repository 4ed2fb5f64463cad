//! Environment variables, in a process of its own: they go before what file and program say, and the end of a program sends
//! what is left.

use std::process::{Command, Output};

use capsmith::telemetry::{Builder, init};

use super::collector::{Collector, named};
use super::observatory::{CAPABILITY, ask_once};

/// What the process does.
#[tokio::test]
#[ignore = "the other tests start it"]
async fn program() -> capsmith::Result<()> {
    let _telemetry = init(&CAPABILITY)?;
    assert!(Builder::new("again").init().is_err(), "there is a subscriber now");
    ask_once().await;
    Ok(())
}

fn run(variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(std::env::current_exe().expect("this program"));
    command.args(["--exact", "environment::program", "--ignored", "--nocapture"]);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("OTEL_") || name == "RUST_LOG") {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).output().expect("a program that runs")
}

#[test]
fn the_standard_variables_say_where_telemetry_goes() {
    let collector = Collector::start();
    let output = run(&[
        ("OTEL_EXPORTER_OTLP_ENDPOINT", &collector.url()),
        ("OTEL_SERVICE_NAME", "observatory-east"),
        ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"),
        ("OTEL_PROPAGATORS", "b3"),
    ]);
    let log = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{output:?}");
    assert!(log.contains("asked with b3"), "{log}");
    let spans = collector.spans();
    let call = named(&spans, "GET /stars/{{id}}");
    let resource = |key: &str| call.resource.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    assert_eq!(resource("service.name"), Some("observatory-east"));
    assert_eq!(resource("service.version"), Some("2.1.0"));
    assert_eq!(resource("deployment.environment.name"), Some("test"));
    assert!(collector.metrics().iter().any(|(name, _)| name == "http.client.request.duration"));
}

#[test]
fn signals_and_samplers_are_switched_by_variables() {
    let collector = Collector::start();
    let url = collector.url();
    let output = run(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &url), ("OTEL_TRACES_EXPORTER", "none"), ("RUST_LOG", "off")]);
    assert!(output.status.success() && !String::from_utf8_lossy(&output.stderr).contains("INFO"), "{output:?}");
    assert!(collector.spans().is_empty() && !collector.metrics().is_empty());

    let collector = Collector::start();
    let url = collector.url();
    let output = run(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &url), ("OTEL_SDK_DISABLED", "true")]);
    assert!(output.status.success(), "{output:?}");
    assert!(collector.spans().is_empty() && collector.metrics().is_empty());

    let collector = Collector::start();
    let url = collector.url();
    let output = run(&[("OTEL_EXPORTER_OTLP_ENDPOINT", &url), ("OTEL_TRACES_SAMPLER", "always_off")]);
    assert!(output.status.success(), "{output:?}");
    assert!(collector.spans().is_empty() && !collector.metrics().is_empty());
}

#[test]
fn what_cannot_be_meant_is_an_error_that_names_the_variable_and_not_its_value() {
    for (name, value) in [
        ("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"),
        ("OTEL_PROPAGATORS", "carrier-pigeon"),
        ("OTEL_TRACES_EXPORTER", "zipkin"),
        ("OTEL_EXPORTER_OTLP_TIMEOUT", "soon"),
        ("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4318"),
        ("OTEL_EXPORTER_OTLP_HEADERS", "authorization Bearer sesame"),
        ("OTEL_TRACES_SAMPLER", "sometimes"),
        ("OTEL_TRACES_SAMPLER_ARG", "1.5"),
        ("OTEL_METRIC_EXPORT_INTERVAL", "0"),
        ("OTEL_BSP_SCHEDULE_DELAY", "often"),
        ("OTEL_SPAN_LINK_COUNT_LIMIT", "-1"),
        ("RUST_LOG", "a=b=c"),
    ] {
        let output = run(&[(name, value)]);
        let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert!(!output.status.success(), "{said}");
        assert!(said.contains(&format!("the environment variable {name}")), "{said}");
        assert!(value == "0" || !said.contains(value), "{said}");
    }
}

#[test]
fn a_collector_that_is_not_there_stops_nobody() {
    let variables = [("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9"), ("OTEL_EXPORTER_OTLP_TIMEOUT", "500")];
    let output = run(&variables);
    assert!(output.status.success(), "{output:?}");
}
