//! Base URLs, credentials, and the tables that say the same.

use super::{document, emit};

#[test]
fn servers_and_schemes_have_a_field_and_a_variable_each() {
    let output = emit(
        "openapi: 3.1.0\ninfo: { title: t, version: '1' }\nservers: [{ url: 'https://{region}.example.com/v1', variables: { region: { default: eu, enum: [eu, us] } } }, { url: /relative }]\n\
         security: [{ settings: [], login: [] }, {}]\n\
         paths:\n  /a:\n    get: { operationId: a }\n  /b:\n    get: { operationId: b, servers: [{ url: 'https://uploads.example.com' }], security: [{ flow: [read, write] }] }\n\
         components:\n  securitySchemes:\n    settings: { type: http, scheme: bearer }\n    login: { type: http, scheme: basic }\n    login_username: { type: apiKey, in: query, name: key }\n    \
         base_url: { type: apiKey, in: header, name: X-Key }\n    certificate: { type: mutualTLS }\n    flow: { type: oauth2, flows: { clientCredentials: { tokenUrl: /token, scopes: {} } } }\n",
    );
    for text in [
        "base_url: ::capsmith::BaseUrl::new(\"https://eu.example.com/v1\"),",
        "environment.base_url(\"API_BASE_URL\", &mut config.base_url);",
        "environment.base_url(\"API_UPLOADS_EXAMPLE_COM_BASE_URL\", &mut config.uploads_example_com_base_url);",
        "environment.token(\"API_SETTINGS_2\", &mut config.settings_2);",
        "environment.login(\"API_LOGIN_USERNAME\", \"API_LOGIN_PASSWORD\", &mut config.login);",
        "environment.token(\"API_LOGIN_USERNAME_2\", &mut config.login_username);",
        "environment.token(\"API_BASE_URL_2\", &mut config.base_url_2);",
        "environment.token(\"API_FLOW\", &mut config.flow); environment.client(\"API_FLOW_CLIENT_ID\", \"API_FLOW_CLIENT_SECRET\", &mut config.flow);",
        "SecurityScheme { name: \"flow\", kind: SecurityKind::ClientCredentials(\"/token\"), variables: &[&[\"API_FLOW\"], &[\"API_FLOW_CLIENT_ID\", \"API_FLOW_CLIENT_SECRET\"]] }",
        "SecurityScheme { name: \"certificate\", kind: SecurityKind::MutualTls, variables: &[] }",
        "Requirement { scheme: 5, scopes: &[\"read\", \"write\"] }",
        "::core::option::Option::None, ::core::clone::Clone::clone(&self.flow)",
        "security: &[&[0, 1], &[]],",
        "security: &[&[2]], server: 1,",
        "pub fn server_1(region: &str) -> ::capsmith::BaseUrl { ::capsmith::__private::server_url(\"https://{region}.example.com/v1\", &[(\"region\", region)]) }",
    ] {
        output.assert_has(text);
    }
    assert_eq!(output.twice(), Vec::<String>::new());
}

#[test]
fn a_document_that_names_no_scheme_has_a_token_that_nothing_demands() {
    let output = emit(&document("  /a:\n    get: { operationId: a }\n"));
    output.assert_has("environment.token(\"API_TOKEN\", &mut config.token);");
    output.assert_has("security: &[&[0], &[]],");
    output.assert_has("base_url: ::capsmith::BaseUrl::unset(),");
    assert!(!output.has("pub mod servers"));
}

#[test]
fn parameters_stand_in_the_table_once_and_say_what_is_unusual() {
    let list = "schema: { type: array, items: { type: string } }";
    let output = emit(&document(&format!(
        "  /a/{{id}}:\n    get:\n      operationId: a\n      parameters: [{{ name: id, in: path, required: true, style: matrix }}, {{ name: b, in: query, style: pipeDelimited, explode: false, {list} }}, \
         {{ name: c, in: query, content: {{ application/json: {{}} }} }}, {{ name: d, in: header, required: true, schema: {{ type: integer, maximum: 5 }} }}]\n  \
         /b/{{id}}?x=a%20b:\n    get:\n      operationId: b\n      parameters: [{{ name: id, in: path, required: true, style: matrix }}]\n"
    )));
    for text in [
        "Parameter { name: \"id\", style: Style::Matrix, ..Parameter::PATH }",
        "Parameter { name: \"b\", style: Style::PipeDelimited, explode: false, ..Parameter::QUERY }",
        "Parameter { name: \"c\", style: Style::Json, ..Parameter::QUERY }",
        "Parameter { name: \"d\", required: true, checks: &[::capsmith::types::validate::Check::Maximum(5.0)], ..Parameter::HEADER }",
        "path: \"/a/{0}\", parameters: &[0, 1, 2, 3],",
        "path: \"/b/{0}\", query: \"x=a%20b\", parameters: &[0],",
        "static PARAMETERS: [Parameter; 4]",
    ] {
        output.assert_has(text);
    }
}
