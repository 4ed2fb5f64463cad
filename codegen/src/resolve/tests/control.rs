//! Control surfaces.

use super::cases::{Case, case};
use super::*;
use crate::ir::{self, Control, Logs, Observability, Propagation};

const PLACE: &str = "  exposes:\n";
macro_rules! surface {
    ($fields:literal) => {
        concat!("  exposes:\n    - { type: control, port: 7070", $fields, " }\n")
    };
}

/// Mistakes in control surfaces.
pub(super) const CONTROL: &[Case] = &[
    case(Code::ControlPlace, &[(PLACE, "  exposes:\n    - { type: control, port: 8080 }\n")], &[(PLACE, surface!(""))]),
    case(
        Code::ImpossibleControl,
        &[(PLACE, surface!(", management: { reload: true }"))],
        &[(PLACE, surface!(", management: { reload: false, validate: false }"))],
    ),
    case(
        Code::ControlValue,
        &[(PLACE, surface!(", observability: { traces: { sampling: 50 } }"))],
        &[(PLACE, surface!(", observability: { traces: { sampling: 0.5 } }"))],
    ),
    case(
        Code::GrpcEndpoint,
        &[(PLACE, surface!(", observability: { exporters: { otlp: { endpoint: 'http://localhost:4317' } } }"))],
        &[(PLACE, surface!(", observability: { exporters: { otlp: { endpoint: 'http://localhost:4318' } } }"))],
    ),
    case(
        Code::IdleControl,
        &[(PLACE, surface!(", management: { scripting: { timeout: 3000 } }"))],
        &[(PLACE, surface!(", management: { scripting: { enabled: false } }"))],
    ),
];

fn control(fields: &str) -> ir::Exposes {
    let surface = format!("{PLACE}    - {{ type: control, port: 7070{fields} }}\n");
    let mut exposes = capability(&edited(&[(PLACE, &surface)])).exposes;
    exposes.remove(0)
}

fn described(fields: &str) -> Control {
    let Surface::Control(control) = control(fields).surface else { panic!("it is a control surface") };
    control
}

#[test]
fn a_control_surface_has_an_address_of_its_own_on_this_machine() {
    let exposes = control("");
    let listen = exposes.listen.unwrap();
    assert_eq!((listen.address.as_str(), listen.variable.as_str()), ("127.0.0.1", "CONTROL_ADDR"));
    assert_eq!(exposes.namespace, "control");
}

#[test]
fn it_has_what_is_switched_on() {
    for (fields, health, info, metrics) in [
        ("", true, false, true),
        (", management: { health: false, info: true }", false, true, true),
        (", observability: { enabled: false }", true, false, false),
        (", observability: { metrics: { local: { enabled: false } } }", true, false, false),
        (", observability: { traces: { local: { enabled: false } } }", true, false, true),
    ] {
        let control = described(fields);
        assert_eq!((control.health, control.info, control.metrics), (health, info, metrics), "{fields}");
    }
}

#[test]
fn a_second_one_is_refused_and_so_is_a_namespace_of_its_name() {
    let surfaces = format!("{PLACE}    - {{ type: control, port: 7070 }}\n    - {{ type: control, port: 7071 }}\n");
    let text = message(&edited(&[(PLACE, &surfaces)]), Code::ControlPlace);
    assert!(text.contains("there is more than one control surface"), "{text}");

    let surface = format!("{PLACE}    - {{ type: control, port: 7070 }}\n");
    let text = message(&edited(&[(PLACE, &surface), ("shelf-mcp", "control")]), Code::DuplicateNamespace);
    assert!(text.contains("the namespace `control` is given twice"), "{text}");
}

#[test]
fn logs_are_what_the_file_asks_for() {
    for (fields, level_control, stream, max_subscribers) in [
        ("", false, false, 5),
        (", management: { logs: false }", false, false, 5),
        (", management: { logs: true }", true, false, 5),
        (", management: { logs: { stream: true, max-subscribers: 20 } }", true, true, 20),
        (", management: { logs: { level-control: false, stream: true } }", false, true, 5),
    ] {
        let expected = Logs { level_control, stream, max_subscribers };
        assert_eq!(described(fields).logs, expected, "{fields}");
    }
}

#[test]
fn traces_are_kept_and_sent_as_the_file_says() {
    let standard = Observability {
        enabled: true,
        sampling: 1.0,
        propagation: Propagation::W3c,
        recent_traces: Some(100),
        endpoint: None,
        is_demanded: false,
    };
    assert_eq!(described("").observability, standard);
    let off = ", observability: { enabled: false, traces: { sampling: 0.5 } }";
    let expected = Observability { enabled: false, sampling: 0.5, recent_traces: None, ..standard.clone() };
    assert_eq!(described(off).observability, expected);
    let silent = ", observability: { traces: { local: { enabled: false } } }";
    assert_eq!(described(silent).observability, Observability { recent_traces: None, ..standard.clone() });
    let all = ", observability: { traces: { sampling: '0.25', propagation: B3, local: { buffer-size: 10 } }, \
               exporters: { otlp: { endpoint: 'https://telemetry.test/otlp' } } }";
    let expected = Observability {
        sampling: 0.25,
        propagation: Propagation::B3,
        recent_traces: Some(10),
        endpoint: Some("https://telemetry.test/otlp".to_owned()),
        is_demanded: true,
        ..standard
    };
    assert_eq!(described(all).observability, expected);
}

#[test]
fn what_it_cannot_do_or_be_is_named() {
    for (fields, code, part) in [
        (", management: { validate: true }", Code::ImpossibleControl, "cannot validate files"),
        (", management: { logs: { max-subscribers: 21 } }", Code::ControlValue, "a whole number from 1 to 20"),
        (", observability: { traces: { sampling: 2 } }", Code::ControlValue, "`sampling` cannot be `2`"),
        (", observability: { traces: { sampling: NaN } }", Code::ControlValue, "`sampling` cannot be `NaN`"),
        (", observability: { traces: { propagation: jaeger } }", Code::InvalidValue, "it is one of `w3c`, `b3`"),
        (", observability: { traces: { local: { buffer-size: 9 } } }", Code::ControlValue, "from 10 to 10000"),
        (", observability: { exporters: { otlp: {} } }", Code::MissingField, "endpoint"),
        (
            ", observability: { exporters: { otlp: { endpoint: '{{OTLP}}' } } }",
            Code::ControlValue,
            "OTEL_EXPORTER_OTLP_ENDPOINT",
        ),
        (
            ", observability: { exporters: { otlp: { endpoint: 'http://me:secret@collector' } } }",
            Code::ControlValue,
            "OTEL_EXPORTER_OTLP_HEADERS",
        ),
    ] {
        let surface = format!("{PLACE}    - {{ type: control, port: 7070{fields} }}\n");
        let text = message(&edited(&[(PLACE, &surface)]), code);
        assert!(text.contains(part), "{text}");
    }
}
