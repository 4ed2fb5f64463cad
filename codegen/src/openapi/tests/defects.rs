use super::*;

#[test]
fn schemas_with_defects_have_a_meaning_and_a_lint() {
    for (schemas, expected, code) in [
        ("A: {type: 'string,'}", "string", "CAP1201"),
        ("A: {type: int64}", "integer", "CAP1201"),
        ("A: {type: strng}", "string", "CAP1201"),
        ("A: {type: file}", "Binary", "CAP1201"),
        ("A: {type: whatsoever}", "any", "CAP1201"),
        ("A: {type: string, nullable: true}", "string?", "CAP1202"),
        ("A: {properties: {b: {type: string, required: true}}}", "{b: string}", "CAP1203"),
        ("A: {type: string, enum: [1, 2]}", "enum Value1 Value2", "CAP1204"),
        ("A: {type: integer, enum: ['1', '2']}", "enum Integer Value1 Value2", "CAP1204"),
        ("A: {properties: {b: {type: integer, default: many}}}", "{b?: integer}", "CAP1205"),
        ("A: {properties: {b: {}}, required: [b, c]}", "{b: any}", "CAP1206"),
        ("A: {if: {}, type: string}", "string", "CAP1207"),
        (
            "A: {oneOf: [{type: string}, {type: integer}], discriminator: {}}",
            "String(string) | Integer(integer)",
            "CAP1208",
        ),
        (
            "A: {oneOf: [{type: string}, {type: integer}], discriminator: {propertyName: p, mapping: {x: Nope}}}",
            "String(string) | Integer(integer)",
            "CAP1105",
        ),
        ("A: {typ: string}", "any", "CAP1005"),
        ("A: {allOf: 7}", "any", "CAP1004"),
        ("A: [1]", "any", "CAP1004"),
        ("A: {properties: [b]}", "map of any", "CAP1004"),
        ("A: {properties: {b: {$ref: '#/components/schemas/C'}}}", "{b?: any}", "CAP1102"),
    ] {
        let (shown, codes) = schema(schemas);
        assert_eq!((shown.as_str(), codes.as_slice()), (expected, [code].as_slice()), "{schemas}");
    }
    let (api, codes) =
        read(&document("3.0.3", "A: {$ref: '#/components/schemas/B', properties: {c: {}}}\nB: {type: string}"));
    assert_eq!((show(&api, answer(&api)).as_str(), codes.as_slice()), ("string", ["CAP1104"].as_slice()));
}

#[test]
fn operations_with_defects_have_a_meaning_and_a_lint() {
    for (paths, code) in [
        ("/a/{b}: {get: {operationId: x}}", "CAP1303"),
        (
            "/a: {get: {operationId: x, parameters: [{name: b, in: path, required: true, schema: {type: string}}]}}",
            "CAP1304",
        ),
        ("'/a#b': {get: {operationId: x}}", "CAP1305"),
        ("'/a?b=c': {get: {operationId: x}}", "CAP1305"),
        ("a: {get: {operationId: x}}", "CAP1305"),
        ("/a: {get: {operationId: x, parameters: [{name: b, in: querry, schema: {type: string}}]}}", "CAP1306"),
        (
            "/a: {get: {operationId: x, parameters: [{name: b, in: query, style: simple, schema: {type: string}}]}}",
            "CAP1307",
        ),
        ("/a: {get: {operationId: x, parameters: [{name: Accept, in: header, schema: {type: string}}]}}", "CAP1308"),
        ("/a: {get: {operationId: x, parameters: [{name: b, in: query}, {name: b, in: query}]}}", "CAP1309"),
        ("/a: {post: {operationId: x, requestBody: {content: {application/json; charset=utf-8: {}}}}}", "CAP1310"),
        ("/a: {post: {operationId: x, requestBody: {content: {json: {}}}}}", "CAP1311"),
        ("/a: {post: {operationId: x, requestBody: {content: {}}}}", "CAP1312"),
        ("/a: {get: {operationId: x, responses: {okay: {description: d}}}}", "CAP1313"),
        ("/a: {get: {operationId: x, callbacks: {b: {}}}}", "CAP1314"),
        ("/a: {get: {operationId: x, parameters: [{in: query}]}}", "CAP1316"),
        ("/{a}: {get: {operationId: x, parameters: [{name: a, in: path, required: true}]}}\n  /{b}: {}", "CAP1317"),
        ("/a: {get: {operationId: x, security: [{none: []}]}}", "CAP1401"),
        ("/a: {get: {operationId: x, servers: [{url: 'https://{h}'}]}}", "CAP1403"),
        ("/a: {get: {operationId: x, parameter: []}}", "CAP1005"),
        (
            "/a: {get: {operationId: x, parameters: [{name: b, in: query, schema: {type: integer, default: x}}]}}",
            "CAP1205",
        ),
    ] {
        let (api, codes) = read(&format!("openapi: 3.1.0\ninfo: {{title: t, version: '1'}}\npaths:\n  {paths}\n"));
        assert_eq!(codes, [code], "{paths}");
        assert_eq!(api.operations.len(), 1, "{paths}");
    }
}

#[test]
fn a_misspelt_place_is_read_as_what_is_meant() {
    let (api, _) = read(
        "openapi: 3.1.0\npaths:\n  /a: {get: {operationId: x, parameters: [{name: b, in: querry, schema: {type: string}}]}}\n",
    );
    assert_eq!(api.operations[0].parameters[0].location, crate::ir::api::Location::Query);
}

#[test]
fn security_schemes_that_cannot_be_used_are_reported() {
    let (api, codes) = read(
        "openapi: 3.1.0\npaths: {}\ncomponents: {securitySchemes: {a: {type: apiKey}, b: {type: http, scheme: bearer}}}\n",
    );
    assert_eq!((api.security_schemes.len(), codes.as_slice()), (1, ["CAP1402"].as_slice()));
}

#[test]
fn other_documents_are_refused() {
    for (text, code) in [
        ("a: b", "CAP1001"),
        ("[]", "CAP1001"),
        ("swagger: '2.0'", "CAP1002"),
        ("openapi: 4.0.0", "CAP1002"),
        ("openapi: 3.10.0", "CAP1002"),
        ("openapi: 3.1.0\npaths: {", "CAP0002"),
    ] {
        let analysis = analysis(text);
        assert!(analysis.api.is_none(), "{text}");
        assert_eq!(codes(&analysis), [code], "{text}");
    }
}

#[test]
fn annotations_never_stop_a_compile() {
    let schemas = "A: {type: string, example: {a: [1]}, examples: {named: {value: 1}}, externalDocs: 7, xml: [], title: 1, description: [x], x-a: {$ref: nowhere}}";
    assert_eq!(clean(schemas), "string");
}
