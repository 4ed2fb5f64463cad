use super::*;
use crate::ir::api::{
    Location, MediaKind, Method, Pagination, ParameterEncoding, SecurityKind, Segment, Status, Style,
};

fn api(paths: &str, rest: &str) -> (Api, Vec<&'static str>) {
    read(&format!("openapi: 3.2.0\ninfo: {{title: T, version: '1'}}\n{rest}\npaths:\n{paths}"))
}

#[test]
fn every_method_is_an_operation() {
    let (api, codes) = api(
        "  /a:\n    get: {}\n    put: {}\n    post: {}\n    delete: {}\n    options: {}\n    head: {}\n    patch: {}\n    trace: {}\n    query: {}\n    additionalOperations: {LOCK: {}}\n",
        "",
    );
    assert!(codes.is_empty(), "{codes:?}");
    let methods: Vec<&str> = api.operations.iter().map(|operation| operation.method.as_str()).collect();
    assert_eq!(methods, ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY", "LOCK"]);
    assert_eq!(api.operations[9].method, Method::Other("LOCK".into()));
    assert_eq!(api.operations[9].name.as_str(), "lock_a");
}

#[test]
fn parameters_have_places_and_styles() {
    let (api, codes) = api(
        "  /a/{x}/{y}.json:\n    parameters:\n      - {name: y, in: path, required: true, style: matrix, schema: {type: integer}}\n      - {name: q, in: query, schema: {type: string}}\n    get:\n      operationId: a\n      parameters:\n        - {name: x, in: path, required: true, schema: {type: string}}\n        - {name: q, in: query, required: true, style: pipeDelimited, explode: false, schema: {type: array, items: {type: string}}}\n        - {name: X-Id, in: header, schema: {type: string, default: z}}\n        - {name: c, in: cookie, schema: {type: string}}\n        - {name: f, in: query, content: {application/json: {schema: {type: object}}}}\n        - {name: o, in: query, style: deepObject, allowReserved: true, schema: {type: object}}\n",
        "",
    );
    assert!(codes.is_empty(), "{codes:?}");
    let operation = &api.operations[0];
    let shown: Vec<String> = operation
        .parameters
        .iter()
        .map(|parameter| {
            let encoding = match &parameter.encoding {
                ParameterEncoding::Style { style, explode, .. } => format!("{style:?}/{explode}"),
                ParameterEncoding::Content(kind) => format!("{kind:?}"),
            };
            format!("{:?} {} {} {encoding}", parameter.location, parameter.name.as_str(), parameter.required)
        })
        .collect();
    assert_eq!(
        shown,
        [
            "Path x true Simple/false",
            "Path y true Matrix/false",
            "Query q true PipeDelimited/false",
            "Header x_id false Simple/false",
            "Cookie c false Form/true",
            "Query f false Json",
            "Query o false DeepObject/false",
        ]
    );
    assert!(operation.parameters[3].default.is_some());
    assert_eq!(
        operation.template,
        [
            Segment::Text("/a/".into()),
            Segment::Parameter(0),
            Segment::Text("/".into()),
            Segment::Parameter(1),
            Segment::Text(".json".into())
        ]
    );
}

#[test]
fn bodies_have_forms_and_encodings() {
    let (api, _) = api(
        "  /a:\n    post:\n      operationId: up\n      requestBody:\n        required: true\n        content:\n          multipart/form-data:\n            schema: {type: object, properties: {file: {type: string, format: binary}, tags: {type: array, items: {type: string}}}}\n            encoding: {file: {contentType: 'image/png, image/jpeg', headers: {X-A: {schema: {type: string}}}}, tags: {style: form, explode: false}}\n          application/octet-stream: {}\n      responses:\n        default: {description: d}\n        4XX: {description: d}\n        '201':\n          description: d\n          content:\n            text/event-stream: {itemSchema: {type: object, properties: {data: {type: string}}}}\n            application/json: {schema: {type: string}}\n",
        "",
    );
    let operation = &api.operations[0];
    let body = operation.body.as_ref().unwrap();
    assert!(body.required);
    assert_eq!(body.contents[0].kind, MediaKind::Multipart);
    assert_eq!(body.contents[0].encodings[0].content_types, ["image/png", "image/jpeg"]);
    assert_eq!(body.contents[0].encodings[0].headers[0].name.as_str(), "x_a");
    assert_eq!(body.contents[0].encodings[1].style, Some((Style::Form, false)));
    assert_eq!((body.contents[1].kind, body.contents[1].r#type), (MediaKind::Binary, None));
    let statuses: Vec<Status> = operation.responses.iter().map(|response| response.status).collect();
    assert_eq!(statuses, [Status::Code(201), Status::Range(4), Status::Default]);
    let stream = &operation.responses[0].contents[0];
    assert_eq!((stream.kind, stream.r#type), (MediaKind::EventStream, None));
    assert_eq!(show(&api, stream.item.unwrap()), "string");
}

#[test]
fn items_of_streams_are_what_comes_each_time() {
    for (media_type, schema, expected) in [
        (
            "text/event-stream",
            "schema: {type: object, properties: {data: {type: integer}, n: {type: integer}}}",
            "~ListResponse200EventItem",
        ),
        (
            "text/event-stream",
            "itemSchema: {type: object, properties: {data: {type: string}, event: {type: string}}}",
            "string",
        ),
        (
            "text/event-stream",
            "itemSchema: {properties: {data: {contentMediaType: application/json, contentSchema: {type: integer}}}}",
            "integer",
        ),
        ("application/x-ndjson", "schema: {type: integer}", "integer"),
        ("application/x-ndjson", "schema: {type: array, items: {type: integer}}", "integer"),
        ("application/x-ndjson", "itemSchema: {type: array, items: {type: integer}}", "[integer]"),
    ] {
        let (api, _) = api(
            &format!(
                "  /a:\n    get:\n      operationId: list\n      responses:\n        '200':\n          description: d\n          content:\n            {media_type}: {{{schema}}}\n"
            ),
            "",
        );
        let content = &api.operations[0].responses[0].contents[0];
        assert_eq!(show(&api, content.item.unwrap()), expected, "{schema}");
    }
}

#[test]
fn schemes_that_cannot_be_used_are_demanded_all_the_same() {
    let (api, codes) = api(
        "  /a:\n    get: {operationId: a}\n    put: {operationId: b, security: [{odd: []}, {key: [], none: [read]}, {}]}\n    post: {operationId: c, security: [{none: []}]}\n",
        "security: [{none: []}]\ncomponents:\n  securitySchemes:\n    odd: {type: apiKey}\n    key: {type: apiKey, in: query, name: k}",
    );
    assert!(codes.iter().all(|code| ["CAP1401", "CAP1402"].contains(code)), "{codes:?}");
    let schemes: Vec<_> = api.security_schemes.iter().map(|scheme| (scheme.wire.as_str(), &scheme.kind)).collect();
    let key = SecurityKind::ApiKey { location: Location::Query, key: "k".into() };
    assert_eq!(schemes, [("key", &key), ("none", &SecurityKind::Unknown), ("odd", &SecurityKind::Unknown)]);
    let demanded = api.operations.iter().map(|operation| {
        operation.security.iter().map(|all| all.iter().map(|one| one.scheme).collect::<Vec<_>>()).collect::<Vec<_>>()
    });
    assert_eq!(demanded.collect::<Vec<_>>(), [vec![vec![1]], vec![vec![2], vec![0, 1], vec![]], vec![vec![1]]]);
}

#[test]
fn requirements_of_another_shape_are_none_the_less_requirements() {
    for (security, expected) in [
        ("{key: []}", vec![vec![0]]),
        ("key", vec![vec![0]]),
        ("[key]", vec![vec![0]]),
        ("[[key, none]]", vec![vec![0, 1]]),
        ("[7]", vec![vec![1]]),
        // Like an operation that says nothing of it.
        ("", vec![vec![0, 1]]),
    ] {
        let (api, codes) = api(
            &format!("  /a:\n    get: {{operationId: a, security: {security}}}\n"),
            "security: [{key: [], none: []}]\ncomponents: {securitySchemes: {key: {type: apiKey, in: query, name: k}}}",
        );
        let security: Vec<Vec<usize>> =
            api.operations[0].security.iter().map(|all| all.iter().map(|one| one.scheme).collect()).collect();
        assert_eq!(security, expected, "{codes:?}");
    }
}

#[test]
fn security_is_inherited_and_overridden() {
    let (api, codes) = api(
        "  /a:\n    get: {operationId: a}\n    put: {operationId: b, security: []}\n    post: {operationId: c, security: [{}, {key: []}, {basic: [], key: []}]}\n",
        "security: [{oauth: [read]}]\ncomponents:\n  securitySchemes:\n    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {read: Read it}}}}\n    key: {type: apiKey, in: query, name: k}\n    basic: {type: http, scheme: Basic}\n    bearer: {type: http, scheme: bearer, bearerFormat: JWT}",
    );
    assert!(codes.is_empty(), "{codes:?}");
    assert_eq!(api.operations[0].security[0][0].scopes, ["read"]);
    assert!(api.operations[1].security.is_empty());
    let schemes: Vec<Vec<usize>> =
        api.operations[2].security.iter().map(|all| all.iter().map(|one| one.scheme).collect()).collect();
    assert_eq!(schemes, [vec![], vec![1], vec![2, 1]]);
    assert!(
        matches!(&api.security_schemes[0].kind, SecurityKind::Oauth2 { client_credentials: Some(flow) } if flow.token_url == "/token")
    );
    assert_eq!(api.security_schemes[1].kind, SecurityKind::ApiKey { location: Location::Query, key: "k".into() });
    assert_eq!(api.security_schemes[3].kind, SecurityKind::Bearer { format: "JWT".into() });
}

#[test]
fn a_parameter_that_is_a_credential_may_be_left_out() {
    let (api, _) = api(
        "  /a:\n    get: {operationId: a, security: [{key: []}], parameters: [{name: x-key, in: header, required: true, schema: {type: string}}, {name: X-Key, in: query, required: true, schema: {type: string}}]}\n    put: {operationId: b, parameters: [{name: X-Key, in: header, required: true, schema: {type: string}}]}\n",
        "components:\n  securitySchemes:\n    key: {type: apiKey, in: header, name: X-Key}",
    );
    let required = api.operations.iter().map(|operation| operation.parameters.iter().map(|found| found.required));
    let required: Vec<Vec<bool>> = required.map(Iterator::collect).collect();
    assert_eq!(required, [vec![false, true], vec![true]]);
}

#[test]
fn servers_have_variables() {
    let (api, _) = api(
        "  /a:\n    get: {operationId: a}\n    put: {operationId: b, servers: [{url: https://other}]}\n",
        "servers: [{url: 'https://{host}:{port}/v1/', variables: {host: {default: h}, port: {enum: ['1', '2'], default: '1'}}}]",
    );
    assert_eq!(api.servers[0].url, "https://{host}:{port}/v1");
    assert_eq!(api.servers[0].variables[1].values, ["1", "2"]);
    assert_eq!(api.servers[0].variables[0].default.as_deref(), Some("h"));
    assert!(api.operations[0].servers.is_empty());
    assert_eq!(api.operations[1].servers[0].url, "https://other");
}

#[test]
fn pages_are_recognised() {
    let list = "items: {type: array, items: {type: string}}";
    for (parameters, answer, headers, expected) in [
        (
            "{name: page, in: query, schema: {type: integer}}, {name: per_page, in: query, schema: {type: integer}}",
            list,
            "{}",
            Some("Page"),
        ),
        (
            "{name: offset, in: query, schema: {type: integer}}, {name: limit, in: query, schema: {type: integer}}",
            list,
            "{}",
            Some("Offset"),
        ),
        (
            "{name: cursor, in: query, schema: {type: string}}",
            "items: {type: array}, meta: {type: object, properties: {next_cursor: {type: string}}}",
            "{}",
            Some("Cursor"),
        ),
        (
            "{name: q, in: query, schema: {type: string}}",
            "items: {type: array}, next: {type: string}",
            "{}",
            Some("NextUrl"),
        ),
        ("{name: q, in: query, schema: {type: string}}", list, "{Link: {schema: {type: string}}}", Some("Link")),
        ("{name: limit, in: query, schema: {type: integer}}", list, "{}", None),
        ("{name: page, in: query, schema: {type: integer}}", "name: {type: string}", "{}", None),
    ] {
        let paths = format!(
            "  /a:\n    get:\n      operationId: a\n      parameters: [{parameters}]\n      responses: {{'200': {{description: d, headers: {headers}, content: {{application/json: {{schema: {{type: object, properties: {{{answer}}}}}}}}}}}}}\n"
        );
        let (api, _) = api(&paths, "");
        let found = api.operations[0].pagination.as_ref().map(|found| match found {
            Pagination::Page { size, .. } => {
                assert!(size.is_some());
                "Page"
            }
            Pagination::Offset { .. } => "Offset",
            Pagination::Cursor { next, .. } => {
                assert_eq!(next, &["meta", "next_cursor"]);
                "Cursor"
            }
            Pagination::NextUrl { .. } => "NextUrl",
            Pagination::Link { items } => {
                assert_eq!(items.as_deref(), Some("items"));
                "Link"
            }
        });
        assert_eq!(found, expected, "{parameters}");
    }
}

#[test]
fn what_is_called_by_others_is_counted() {
    let (api, codes) = api("  {}\n", "webhooks: {a: {post: {}}, b: {post: {}, put: {}}}");
    assert_eq!((api.operations.len(), api.webhooks), (0, 3));
    assert_eq!(codes, ["CAP1315"]);
}
