//! What is wrong with a schema object in itself.

use super::{Schemas, keyword};
use crate::diagnostic::{Code, Diagnostic};
use crate::openapi::model::{Schema, shorten};
use crate::openapi::place::Place;
use crate::openapi::reader::Version;
use crate::suggest;

/// Keywords that limit values in ways that types do not know. `then` and `else` go with `if`, `minContains` with `contains`.
const WITHOUT_EFFECT: [&str; 9] = [
    "if",
    "not",
    "contains",
    "contentSchema",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "propertyNames",
    "unevaluatedItems",
];

impl<'t, 's: 't> Schemas<'t, 's, '_> {
    /// Reports what is wrong with a schema object, once.
    pub(super) fn check(&mut self, place: Place<'t>, schema: &Schema<'t>) {
        if !self.checked.insert(place.identity()) {
            return;
        }
        let _ = Schema::checked(place, self.reader);
        self.check_types(schema);
        self.check_keywords(schema);
    }

    fn check_types(&self, schema: &Schema<'t>) {
        if let Some(place) = schema.kind().filter(|place| place.is_mapping()) {
            self.reader.misshapen(place, "the name of a type");
        }
        for place in keyword::names(schema) {
            let Some(name) = place.scalar().map(|scalar| scalar.text) else {
                self.reader.misshapen(place, "the name of a type");
                continue;
            };
            if keyword::TYPES.contains(&name) {
                continue;
            }
            let meaning = keyword::kind(name);
            let message = format!("`{}` is no type of JSON Schema", shorten(name));
            let label = match meaning.and_then(|(kinds, _)| {
                keyword::TYPES.iter().find(|name| keyword::kind(name).is_some_and(|(kind, _)| kind == kinds))
            }) {
                Some(name) => format!("read as `{name}`"),
                None => "read as any type".to_owned(),
            };
            let diagnostic = Diagnostic::new(Code::UnknownType, place.span(), message)
                .label(label)
                .help(format!("the types are {}", suggest::list(keyword::TYPES)));
            self.reader.report(place.file, diagnostic);
        }
    }

    fn check_keywords(&self, schema: &Schema<'t>) {
        if let Some(place) = schema.nullable().filter(|_| self.reader.version >= Version::V3_1) {
            let diagnostic =
                Diagnostic::new(Code::NullableKeyword, place.span(), "`nullable` is no keyword of OpenAPI 3.1")
                    .label("honoured all the same")
                    .help("add `\"null\"` to the list of types");
            self.reader.report(place.file, diagnostic);
        }
        if let Some(place) = schema.required().filter(|place| place.boolean().is_some()) {
            let diagnostic =
                Diagnostic::new(Code::BooleanRequired, place.span(), "`required` of a schema is a list of properties")
                    .label("the property is required, if this is the schema of one")
                    .help("list the property in `required` of the object that it belongs to");
            self.reader.report(place.file, diagnostic);
        } else if let Some(place) = schema.required().filter(|place| !place.is_sequence() && !place.is_null()) {
            self.reader.misshapen(place, "a list of properties");
        }
        for place in [schema.all_of(), schema.one_of(), schema.any_of(), schema.values()].into_iter().flatten() {
            if !place.is_sequence() && !place.is_null() {
                self.reader.misshapen(place, "a list");
            }
        }
        if let Some(place) = schema.properties().filter(|place| !place.is_mapping() && !place.is_null()) {
            self.reader.misshapen(place, "a mapping of properties");
        }
        if schema.dynamic_reference().is_some() {
            let place = schema.place();
            let message = "dynamic references do not depend on where they are met";
            let diagnostic = Diagnostic::new(Code::KeywordWithoutEffect, place.key_span("$dynamicRef"), message)
                .label("read as a plain reference");
            self.reader.report(place.file, diagnostic);
        }
        for member in schema.place().members().filter(|member| WITHOUT_EFFECT.contains(&member.key)) {
            let message = format!("`{}` has no effect on types", member.key);
            let diagnostic = Diagnostic::new(Code::KeywordWithoutEffect, member.span, message)
                .label("values that it forbids are let through");
            self.reader.report(schema.place().file, diagnostic);
        }
    }
}
