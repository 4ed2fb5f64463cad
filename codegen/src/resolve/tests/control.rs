//! Control surfaces.

use super::cases::{Case, case};
use super::*;
use crate::ir::{self, Control};

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
        assert_eq!(control(fields).surface, Surface::Control(Control { health, info, metrics }), "{fields}");
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
fn what_it_cannot_do_is_named() {
    for (fields, code, part) in [
        (", management: { validate: true }", Code::ImpossibleControl, "cannot validate files"),
        (", management: { logs: { stream: true } }", Code::UnsupportedControl, "reading and controlling logs"),
        (", observability: { traces: { sampling: 0.5 } }", Code::UnsupportedControl, "traces of a control surface"),
        (
            ", observability: { exporters: { otlp: { endpoint: 'http://localhost:4317' } } }",
            Code::UnsupportedControl,
            "exporters",
        ),
    ] {
        let surface = format!("{PLACE}    - {{ type: control, port: 7070{fields} }}\n");
        let text = message(&edited(&[(PLACE, &surface)]), code);
        assert!(text.contains(part), "{text}");
    }
}
