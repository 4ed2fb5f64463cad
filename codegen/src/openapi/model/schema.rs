//! The Schema Object.

use super::object;
use crate::openapi::place::Place;

object! {
    /// The Schema Object: that of 3.0, and JSON Schema of 2020-12 with the keywords of earlier drafts that are still met.
    Schema "a schema" {
        static_reference "$ref",
        dynamic_reference "$dynamicRef",
        default "default",
        read_only "readOnly",
        write_only "writeOnly",
        kind "type",
        nullable "nullable",
        values "enum",
        constant "const",
        format "format",
        content_encoding "contentEncoding",
        content_media_type "contentMediaType",
        minimum "minimum",
        maximum "maximum",
        exclusive_minimum "exclusiveMinimum",
        exclusive_maximum "exclusiveMaximum",
        multiple_of "multipleOf",
        min_length "minLength",
        max_length "maxLength",
        pattern "pattern",
        items "items",
        prefix_items "prefixItems",
        additional_items "additionalItems",
        min_items "minItems",
        max_items "maxItems",
        unique_items "uniqueItems",
        properties "properties",
        required "required",
        additional_properties "additionalProperties",
        unevaluated_properties "unevaluatedProperties",
        pattern_properties "patternProperties",
        min_properties "minProperties",
        max_properties "maxProperties",
        all_of "allOf",
        any_of "anyOf",
        one_of "oneOf",
        discriminator "discriminator",
        then "then",
        r#else "else",
        dependent_schemas "dependentSchemas",
    }
    [
        "$anchor", "$comment", "$defs", "$dynamicAnchor", "$id", "$recursiveAnchor", "$recursiveRef", "$schema",
        "$vocabulary", "contains", "contentSchema", "definitions", "dependencies", "dependentRequired",
        "deprecated", "description", "example", "examples", "externalDocs", "id", "if", "maxContains", "minContains", "not", "propertyNames",
        "title",
        "unevaluatedItems", "xml"
    ]
}

impl<'t> Schema<'t> {
    /// `$ref`, or else `$dynamicRef`, which means the same unless a schema around says otherwise.
    pub(in crate::openapi) fn reference(&self) -> Option<Place<'t>> {
        self.static_reference().or(self.dynamic_reference())
    }
}
