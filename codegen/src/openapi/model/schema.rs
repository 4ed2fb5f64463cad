//! The Schema Object.

use super::object;

object! {
    /// The Schema Object: that of 3.0, and JSON Schema of 2020-12 with the keywords of earlier drafts that are still met.
    Schema "a schema" {
        reference "$ref",
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
        condition "if",
        discriminator "discriminator",
    }
    [
        "$anchor", "$comment", "$defs", "$dynamicAnchor", "$id", "$recursiveAnchor", "$recursiveRef", "$schema",
        "$vocabulary", "contains", "contentSchema", "definitions", "dependencies", "dependentRequired",
        "dependentSchemas", "deprecated", "description", "else", "example", "examples", "externalDocs", "id", "maxContains", "minContains", "not", "propertyNames", "then",
        "title",
        "unevaluatedItems", "xml"
    ]
}
