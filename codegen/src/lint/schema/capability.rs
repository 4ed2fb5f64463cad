//! The outer parts: document, info, binds, capability, aggregates (sections 3, 4 and 16 of the format).

use super::action::{FUNCTION, IMPORT};
use super::consumes::CONSUMES;
use super::exposes::EXPOSES;
use super::shape::{Era, Object, Shape, free, may, must};
use super::text::{
    DATE, EXTENDED, KEBAB, LOCATION, VARIABLE, is_date, is_extended, is_kebab, is_location, is_variable,
};
use crate::lint::view::View;

pub(super) static DOCUMENT: Object = Object {
    fields: &[
        may("info", Shape::Object(&INFO)),
        may("binds", Shape::List(&BINDING)),
        may("consumes", Shape::List(&CONSUMES)),
        may("exposes", Shape::List(&EXPOSES)).of(Era::New),
        may("aggregates", Shape::List(&AGGREGATE)).of(Era::New),
        may("capability", Shape::Object(&CAPABILITY)),
    ],
    rule: document,
};

fn document(document: View<'_>, era: Era) -> Option<&'static str> {
    let has = |name: &str| document.get(name).is_some();
    match era {
        Era::Old if has("capability") && has("consumes") => Some("has both `capability` and `consumes`"),
        _ if ["capability", "consumes", "exposes", "aggregates", "binds"].into_iter().any(has) => None,
        _ => Some("has no `capability`"),
    }
}

static INFO: Object = Object {
    fields: &[
        must("label", Shape::Text).of(Era::Old),
        must("display", Shape::Text).of(Era::New),
        must("description", Shape::Text),
        may("tags", Shape::List(&Shape::Text)),
        may("created", Shape::Form(DATE, is_date)),
        may("modified", Shape::Form(DATE, is_date)),
        may("version", Shape::Text).of(Era::New),
        may("stakeholders", Shape::List(&Shape::Object(&STAKEHOLDER))),
    ],
    rule: free,
};

static STAKEHOLDER: Object = Object {
    fields: &[must("role", Shape::Text), must("fullName", Shape::Text), may("email", Shape::Text)],
    rule: free,
};

static BINDING: Shape = Shape::Choice(|entry| Some(if entry.get("import").is_some() { &IMPORT } else { &BIND }));

static BIND: Object = Object {
    fields: &[
        must("namespace", Shape::Form(KEBAB, is_kebab)),
        may("description", Shape::Text),
        may("location", Shape::Form(LOCATION, is_location)),
        must("keys", Shape::Keyed(VARIABLE, is_variable, &Shape::Form(EXTENDED, is_extended))),
    ],
    rule: free,
};

static CAPABILITY: Object = Object {
    fields: &[
        may("binds", Shape::List(&BINDING)),
        may("consumes", Shape::List(&CONSUMES)),
        may("exposes", Shape::List(&EXPOSES)),
        may("aggregates", Shape::List(&AGGREGATE)),
    ],
    rule: |capability, _| {
        let is_something = capability.any(&["consumes", "exposes"]).is_some();
        (!is_something).then_some("has neither `consumes` nor `exposes`")
    },
};

static AGGREGATE: Shape = Shape::Choice(|entry| Some(if entry.get("import").is_some() { &IMPORT } else { &FUNCTIONS }));

static FUNCTIONS: Object = Object {
    fields: &[
        must("label", Shape::Text).of(Era::Old),
        must("display", Shape::Text).of(Era::New),
        may("namespace", Shape::Form(KEBAB, is_kebab)),
        must("functions", Shape::Named(&FUNCTION)).of(Era::Old),
        must("flows", Shape::Named(&FUNCTION)).of(Era::New),
    ],
    rule: |aggregate, era| (era == Era::Old && aggregate.get("namespace").is_none()).then_some("has no `namespace`"),
};
