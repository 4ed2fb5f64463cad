//! What the versions of the specification write differently in schemas.

use super::json::Json;

/// How schemas are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::emit) enum Dialect {
    /// The Schema Object of OpenAPI 3.0.
    V3_0,
    /// JSON Schema 2020-12, as OpenAPI 3.1 has it.
    V3_1,
}

/// Where the members of a schema stand: among which others, and in which dialect.
#[derive(Clone, Copy, Debug)]
pub(super) struct Form {
    pub(super) nullable: bool,
    pub(super) dialect: Dialect,
}

impl Form {
    /// The same where `null` may not stand.
    pub(super) const fn present(self) -> Self {
        Self { nullable: false, ..self }
    }
}

impl Dialect {
    /// The form of a value that is not null.
    pub(super) const fn present(self) -> Form {
        Form { nullable: false, dialect: self }
    }

    /// The members of a schema that takes null beside what `members` say. They have no `type` that could say so.
    pub(super) fn or_null(self, members: &dyn Fn(&mut Json), json: &mut Json) {
        match self {
            Self::V3_0 => {
                json.flag("nullable", true);
                json.key("allOf").array(|json| json.object(members));
            }
            Self::V3_1 => json.key("anyOf").array(|json| {
                json.object(members);
                json.object(|json| json.key("type").text("null"));
            }),
        }
    }

    /// The members of a schema that takes null alone.
    pub(super) fn null(self, json: &mut Json) {
        match self {
            Self::V3_0 => {
                json.flag("nullable", true);
                json.key("enum").array(|json| json.raw("null"));
            }
            Self::V3_1 => json.key("type").text("null"),
        }
    }

    /// The member of a schema that takes one value alone.
    pub(super) fn constant(self, value: impl FnOnce(&mut Json), json: &mut Json) {
        match self {
            Self::V3_0 => json.key("enum").array(value),
            Self::V3_1 => value(json.key("const")),
        }
    }

    /// The member with the one example of a schema.
    pub(super) fn example(self, example: &str, json: &mut Json) {
        match self {
            Self::V3_0 => json.key("example").raw(example),
            Self::V3_1 => json.key("examples").array(|json| json.raw(example)),
        }
    }
}
