//! Control surfaces (section 6.4 of the format).

use super::exposes::{ADDRESS, CREDENTIALS, PORT};
use super::shape::{Object, Shape, free, may};
use super::text::{FILE_LOCATION, is_file_location};

pub(super) static CONTROL: Object = Object {
    fields: &[
        ADDRESS,
        PORT,
        CREDENTIALS,
        may("management", Shape::Object(&MANAGEMENT)),
        may("observability", Shape::Object(&OBSERVABILITY)),
    ],
    rule: free,
};

static MANAGEMENT: Object = Object {
    fields: &[
        may("health", Shape::Boolean),
        may("info", Shape::Boolean),
        may("reload", Shape::Boolean),
        may("validate", Shape::Boolean),
        // A truth value or a mapping.
        may("logs", Shape::Any),
        may("scripting", Shape::Object(&SCRIPTING)),
    ],
    rule: free,
};

static SCRIPTING: Object = Object {
    fields: &[
        may("enabled", Shape::Boolean),
        may("defaultLocation", Shape::Form(FILE_LOCATION, is_file_location)),
        may("defaultLanguage", Shape::Text),
        may("timeout", Shape::Integer(1..=i64::MAX)),
        may("statementLimit", Shape::Integer(1..=i64::MAX)),
        may("allowedLanguages", Shape::List(&Shape::Text)),
    ],
    rule: free,
};

static OBSERVABILITY: Object = Object {
    fields: &[
        may("enabled", Shape::Boolean),
        may("metrics", Shape::Object(&METRICS)),
        may("traces", Shape::Object(&TRACES)),
        may("exporters", Shape::Any),
    ],
    rule: free,
};

static METRICS: Object = Object { fields: &[may("local", Shape::Object(&LOCAL_METRICS))], rule: free };

static LOCAL_METRICS: Object = Object { fields: &[may("enabled", Shape::Boolean)], rule: free };

static TRACES: Object = Object {
    fields: &[
        may("sampling", Shape::TextOrNumber),
        may("propagation", Shape::Word(&["w3c", "b3"])),
        may("local", Shape::Object(&LOCAL_TRACES)),
    ],
    rule: free,
};

static LOCAL_TRACES: Object =
    Object { fields: &[may("enabled", Shape::Boolean), may("buffer-size", Shape::Integer(10..=10_000))], rule: free };
