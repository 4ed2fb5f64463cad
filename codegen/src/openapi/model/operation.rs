//! The objects of paths and operations.

use super::object;

object! {
    /// The Path Item Object.
    PathItem "a path item" {
        summary "summary",
        description "description",
        servers "servers",
        parameters "parameters",
        additional_operations "additionalOperations",
    }
    ["$ref", "get", "put", "post", "delete", "options", "head", "patch", "trace", "query"]
}

object! {
    /// The Operation Object.
    Operation "an operation" {
        tags "tags",
        summary "summary",
        description "description",
        id "operationId",
        parameters "parameters",
        request_body "requestBody",
        responses "responses",
        callbacks "callbacks",
        deprecated "deprecated",
        security "security",
        servers "servers",
    }
    ["externalDocs"]
}

object! {
    /// The Parameter Object.
    Parameter "a parameter" {
        name "name",
        location "in",
        description "description",
        required "required",
        deprecated "deprecated",
        allow_empty_value "allowEmptyValue",
        style "style",
        explode "explode",
        allow_reserved "allowReserved",
        schema "schema",
        content "content",
        example "example",
        examples "examples",
    }
    []
}

object! {
    /// The Request Body Object.
    RequestBody "a request body" {
        description "description",
        content "content",
        required "required",
    }
    []
}

object! {
    /// The Media Type Object.
    MediaType "a media type" {
        schema "schema",
        item_schema "itemSchema",
        example "example",
        examples "examples",
        encoding "encoding",
    }
    ["$ref", "prefixEncoding", "itemEncoding", "description"]
}

object! {
    /// The Encoding Object.
    Encoding "an encoding" {
        content_type "contentType",
        headers "headers",
        style "style",
        explode "explode",
        allow_reserved "allowReserved",
    }
    ["encoding", "prefixEncoding", "itemEncoding"]
}

object! {
    /// The Response Object.
    Response "a response" {
        description "description",
        headers "headers",
        content "content",
    }
    ["summary", "links"]
}

object! {
    /// The Header Object.
    Header "a header" {
        description "description",
        required "required",
        deprecated "deprecated",
        schema "schema",
        content "content",
        explode "explode",
    }
    ["example", "examples", "style", "allowEmptyValue", "allowReserved"]
}
