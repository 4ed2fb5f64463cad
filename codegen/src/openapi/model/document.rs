//! The objects around the operations.

use super::object;

object! {
    /// The OpenAPI Object.
    Document "the document" {
        openapi "openapi",
        swagger "swagger",
        info "info",
        servers "servers",
        paths "paths",
        webhooks "webhooks",
        components "components",
        security "security",
        tags "tags",
    }
    ["externalDocs", "jsonSchemaDialect", "$self"]
}

object! {
    /// The Info Object.
    Info "`info`" {
        title "title",
        summary "summary",
        description "description",
        version "version",
    }
    ["termsOfService", "contact", "license"]
}

object! {
    /// The Components Object. What is in it is read where a reference leads to it, except what the compiler needs to know
    /// all of.
    Components "`components`" {
        schemas "schemas",
        security_schemes "securitySchemes",
    }
    ["responses", "parameters", "examples", "requestBodies", "headers", "links", "callbacks", "pathItems", "mediaTypes"]
}

object! {
    /// The Server Object.
    Server "a server" {
        url "url",
        description "description",
        variables "variables",
    }
    ["name"]
}

object! {
    /// The Server Variable Object.
    ServerVariable "a server variable" {
        values "enum",
        default "default",
        description "description",
    }
    []
}

object! {
    /// The Tag Object.
    Tag "a tag" {
        name "name",
        description "description",
    }
    ["summary", "externalDocs", "parent", "kind"]
}

object! {
    /// The Security Scheme Object.
    SecurityScheme "a security scheme" {
        kind "type",
        description "description",
        name "name",
        location "in",
        scheme "scheme",
        bearer_format "bearerFormat",
        flows "flows",
        open_id_connect_url "openIdConnectUrl",
    }
    ["oauth2MetadataUrl", "deprecated"]
}

object! {
    /// The OAuth Flows Object.
    OauthFlows "`flows`" {
        implicit "implicit",
        password "password",
        client_credentials "clientCredentials",
        authorization_code "authorizationCode",
    }
    ["deviceAuthorization"]
}

object! {
    /// The OAuth Flow Object.
    OauthFlow "an OAuth flow" {
        token_url "tokenUrl",
        refresh_url "refreshUrl",
        scopes "scopes",
    }
    ["authorizationUrl", "deviceAuthorizationUrl"]
}

object! {
    /// The Discriminator Object.
    Discriminator "a discriminator" {
        property_name "propertyName",
        mapping "mapping",
        default_mapping "defaultMapping",
    }
    []
}
