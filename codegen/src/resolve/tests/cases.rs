//! For each code a file that earns it, and a similar one that does not.

use crate::diagnostic::Code;

/// A mistake and its near miss, as edits of the example file.
pub(super) struct Case {
    pub(super) code: Code,
    pub(super) mistake: &'static [(&'static str, &'static str)],
    pub(super) near_miss: &'static [(&'static str, &'static str)],
}

pub(super) const fn case(
    code: Code,
    mistake: &'static [(&'static str, &'static str)],
    near_miss: &'static [(&'static str, &'static str)],
) -> Case {
    Case { code, mistake, near_miss }
}

const FIND_BOOK: &str = "        - name: find-book\n";
const BEARER: &str = "type: bearer\n        token: '{{env.SHELF_TOKEN}}'";
const RAW_JSON: &str = "outputRawFormat: json";
const GET_CALL: &str = "call: shelf.get-book\n              outputParameters:\n                - type: object\n                  mapping: $.\n";
const MCP_CALL: &str = "          call: shelf.get-book\n        - name";
const BODY: &str = "                - name: body\n                  in: body\n";

/// Mistakes in binds, templates, names and calls.
pub(super) const NAMES: &[Case] = &[
    case(
        Code::UndeclaredVariable,
        &[("{{env.SHELF_TOKEN}}", "{{env.SHELF_TOKE}}")],
        &[("{{env.SHELF_TOKEN}}", "{{SHELF_TOKEN}}")],
    ),
    case(
        Code::ImplicitInput,
        &[("in: query", "in: query\n                  value: '{{count}}'")],
        &[("in: query", "in: query\n                  value: '{{limit}}'")],
    ),
    case(
        Code::MalformedOutputSchema,
        &[(RAW_JSON, "outputRawFormat: html\n              outputSchema: table:hover")],
        &[(RAW_JSON, "outputRawFormat: html\n              outputSchema: table:root")],
    ),
    case(Code::OutputSchemaNotFound, &[(RAW_JSON, "outputRawFormat: avro\n              outputSchema: a.avsc")], &[]),
    case(
        Code::UselessOutputSchema,
        &[(RAW_JSON, "outputRawFormat: csv\n              outputSchema: table")],
        &[(RAW_JSON, "outputRawFormat: markdown\n              outputSchema: table")],
    ),
    case(
        Code::MissingField,
        &[(RAW_JSON, "outputRawFormat: avro")],
        &[(RAW_JSON, "outputRawFormat: avro"), (GET_CALL, "call: shelf.get-book\n")],
    ),
    case(
        Code::MalformedBody,
        &[(
            "method: PUT\n              input",
            "method: PUT\n              body: '{\"a\" {{body}}}'\n              input",
        )],
        &[("method: PUT\n              input", "method: PUT\n              body: '{{body}}'\n              input")],
    ),
    case(
        Code::MalformedTemplate,
        &[("{{env.SHELF_TOKEN}}", "{{env.SHELF_TOKEN}")],
        &[("{{env.SHELF_TOKEN}}", "{{ env.SHELF_TOKEN }}")],
    ),
    case(
        Code::AmbiguousVariable,
        &[("{{env.", "{{"), ("capability:", "  - namespace: other\n    keys: { SHELF_TOKEN: OTHER }\ncapability:")],
        &[("capability:", "  - namespace: other\n    keys: { SHELF_TOKEN: OTHER }\ncapability:")],
    ),
    case(
        Code::SecretInFile,
        &[("'{{env.SHELF_TOKEN}}'", "hunter2")],
        &[("'{{env.SHELF_TOKEN}}'", "'v1 {{env.SHELF_TOKEN}}'")],
    ),
    case(
        Code::PlacementNotGiven,
        &[("type: bearer\n        token", "type: apikey\n        key: X-Key\n        value")],
        &[("type: bearer\n        token", "type: apikey\n        key: X-Key\n        in: cookie\n        value")],
    ),
    case(
        Code::OneSidedField,
        &[(
            BEARER,
            "type: oauth2\n        tokenEndpoint: https://id.example.org\n        clientSecret: '{{SHELF_TOKEN}}'\n        tokenValidation: jwks",
        )],
        &[(
            BEARER,
            "type: oauth2\n        tokenEndpoint: https://id.example.org\n        clientSecret: '{{SHELF_TOKEN}}'",
        )],
    ),
    case(
        Code::EmptyCredential,
        &[("'{{env.SHELF_TOKEN}}'", "''")],
        &[(
            "type: bearer\n        token: '{{env.SHELF_TOKEN}}'",
            "type: basic\n        username: '{{SHELF_TOKEN}}'\n        password: ''",
        )],
    ),
    case(
        Code::UnusableLocation,
        &[("  - namespace: env\n", "  - namespace: env\n    location: vault://secrets\n")],
        &[("  - namespace: env\n", "  - namespace: env\n    location: file:///./secrets.json\n")],
    ),
    case(Code::UnknownOperation, &[("call: shelf.list-books", "call: shelf.list-book")], &[]),
    case(Code::UnknownNamespace, &[("call: shelf.list-books", "call: shelves.list-books")], &[]),
    case(
        Code::MalformedCall,
        &[("call: shelf.list-books", "call: a.b.c")],
        &[("call: shelf.list-books", "call: list-books")],
    ),
    case(Code::CallWithoutNamespace, &[("call: shelf.list-books", "call: list-books")], &[]),
    case(
        Code::DuplicateOperation,
        &[(
            RAW_JSON,
            "outputRawFormat: json
            - name: get-book
              method: DELETE",
        )],
        &[(
            RAW_JSON,
            "outputRawFormat: json
            - name: drop-book
              method: DELETE",
        )],
    ),
    case(
        Code::DuplicateNamespace,
        &[("namespace: shelf-mcp", "namespace: shelf-rest")],
        &[("namespace: shelf-mcp", "namespace: mcp")],
    ),
    case(
        Code::DuplicateTool,
        &[(FIND_BOOK, "        - name: List-Books\n")],
        &[(FIND_BOOK, "        - name: list-books-2\n")],
    ),
    case(
        Code::ToolRenamed,
        &[(FIND_BOOK, "        - name: find.book\n")],
        &[(FIND_BOOK, "        - name: find_book\n")],
    ),
    case(
        Code::VariableClash,
        &[("SHELF_TOKEN: SHELF_TOKEN", "SHELF_TOKEN: SHELF_BASE_URL")],
        &[("SHELF_TOKEN: SHELF_TOKEN", "SHELF_TOKEN: TOKEN")],
    ),
];

/// Mistakes in parameters.
pub(super) const PARAMETERS: &[Case] = &[
    case(
        Code::AmbiguousParameter,
        &[("/v1/books/{book-id}", "/v1/books/{book-id}/{bookId}")],
        &[("/v1/books/{book-id}", "/v1/books/{book_id}/{bookId}")],
    ),
    case(
        Code::UnsuppliedPathVariable,
        &[("/v1/books/{book-id}", "/v1/books/book-id")],
        &[("/v1/books/{book-id}", "/v1/{BOOKID}")],
    ),
    case(
        Code::PairedByElimination,
        &[("/v1/books/{book-id}", "/v1/books/{isbn}")],
        &[("/v1/books/{book-id}", "/v1/{BOOKID}")],
    ),
    case(
        Code::UnknownInput,
        &[("body: rest.body", "content: rest.body")],
        &[("body: rest.body", "BODY: rest.content")],
    ),
    case(
        Code::UnknownReference,
        &[("body: rest.body", "body: tools.body")],
        &[("body: rest.body", "body: shelf-rest.body")],
    ),
    case(Code::ConstantType, &[("body: rest.body", "body: 7")], &[("body: rest.body", "body: '{\"title\": 7}'")]),
    case(
        Code::DerivedBody,
        &[("              inputParameters:\n                - name: body\n                  in: body\n", "")],
        &[],
    ),
    case(
        Code::UnusedInput,
        &[("- name: limit\n              type", "- name: page\n              type")],
        &[("- name: limit\n              type", "- name: Limit\n              type")],
    ),
    case(
        Code::NoSuchPathVariable,
        &[(
            BODY,
            "                - name: shelf\n                  in: path\n                - name: body\n                  in: body\n",
        )],
        &[(
            BODY,
            "                - name: bookId\n                  in: path\n                - name: body\n                  in: body\n",
        )],
    ),
    case(
        Code::MalformedPath,
        &[("/books/{book_id}\n", "/books/{book_id\n")],
        &[("/books/{book_id}\n", "/books/{{book_id}}\n")],
    ),
    case(
        Code::DuplicateParameter,
        &[(
            "- name: limit\n                  in: query\n        - name: book\n",
            "- name: limit\n                  in: query\n                - name: limit\n                  in: query\n        - name: book\n",
        )],
        &[(
            "- name: limit\n                  in: query\n        - name: book\n",
            "- name: limit\n                  in: query\n                - name: limit\n                  in: header\n        - name: book\n",
        )],
    ),
    case(
        Code::ArgumentRenamed,
        &[(
            "- name: limit\n                  in: query\n        - name: book\n",
            "- name: $top\n                  in: query\n        - name: book\n",
        )],
        &[(
            "- name: limit\n                  in: query\n        - name: book\n",
            "- name: top_\n                  in: query\n        - name: book\n",
        )],
    ),
    case(
        Code::MustBeRequired,
        &[(
            MCP_CALL,
            "          call: shelf.get-book\n          inputParameters: [{ name: book_id, type: string, required: false }]\n        - name",
        )],
        &[(
            MCP_CALL,
            "          call: shelf.get-book\n          inputParameters: [{ name: book_id, type: string }]\n        - name",
        )],
    ),
    case(
        Code::BodyOfSafeMethod,
        &[("method: PUT\n              input", "method: GET\n              input")],
        &[("method: PUT\n              input", "method: DELETE\n              input")],
    ),
];

/// Mistakes in addresses and routes.
pub(super) const SURFACES: &[Case] = &[
    case(
        Code::BadBaseUri,
        &[("https://shelf.example.org", "shelf.example.org")],
        &[("https://shelf.example.org", "http://localhost:9")],
    ),
    case(Code::BaseUriNotGiven, &[("https://shelf.example.org", "'https://{region}.example.org'")], &[]),
    case(
        Code::TrailingSlash,
        &[("https://shelf.example.org", "https://shelf.example.org/")],
        &[("https://shelf.example.org", "https://shelf.example.org/v1")],
    ),
    case(
        Code::DuplicateRoute,
        &[("method: PUT\n              call", "method: GET\n              call")],
        &[("method: PUT\n              call", "method: POST\n              call")],
    ),
    case(
        Code::AddressInUse,
        &[("port: 9090", "port: 8080\n      address: localhost")],
        &[("port: 9090", "port: 8080\n      address: 127.0.0.2")],
    ),
    case(Code::InvalidPort, &[("port: 9090", "port: 90900")], &[("port: 9090", "port: 65535")]),
    case(Code::PortNotGiven, &[("      port: 9090\n", "")], &[("port: 9090", "transport: stdio")]),
    case(Code::PortAsText, &[("port: 9090", "port: '9090'")], &[("port: 9090", "port: 9091")]),
    case(
        Code::ImpliedCall,
        &[("              call: shelf.put-book\n              with:\n                body: rest.body\n", "")],
        &[("call: shelf.put-book", "call: put-book")],
    ),
    case(
        Code::CallOfResource,
        &[("call: shelf.put-book", "call: shelf.book.put-book")],
        &[("call: shelf.put-book", "call: put-book")],
    ),
    case(
        Code::PlaceNotGiven,
        &[("                  in: query\n                  type", "                  type")],
        &[("in: query\n                  type", "in: header\n                  type")],
    ),
    case(
        Code::UnfitInputRule,
        &[("in: query\n                  type", "in: query\n                  value: $.limit\n                  type")],
        &[("in: query\n                  type", "in: query\n                  value: 5\n                  type")],
    ),
    case(
        Code::MalformedInputPattern,
        &[("in: query\n                  type", "in: query\n                  pattern: '(5'\n                  type")],
        &[("in: query\n                  type", "in: query\n                  pattern: '^5'\n                  type")],
    ),
    case(
        Code::ContradictoryResponses,
        &[(
            "with:\n                body",
            "responses: {}\n              responseBinary: { mediaType: a/b }\n              with:\n                body",
        )],
        &[(
            "with:\n                body",
            "responseBinary: { mediaType: a/b }\n              with:\n                body",
        )],
    ),
    case(
        Code::ResponsesWithoutEffect,
        &[("with:\n                body", "responses: { '200': {} }\n              with:\n                body")],
        &[(
            "with:\n                body",
            "responses: { '200': { content: { a/b: { binary: true } } } }\n              with:\n                body",
        )],
    ),
    case(
        Code::UnfitForward,
        &[("- path: /v1/books\n", "- path: /v1/{path}/books\n          forward: { targetNamespace: shelf }\n")],
        &[("- path: /v1/books\n", "- path: /v1/books/{path}\n          forward: { targetNamespace: shelf }\n")],
    ),
    case(
        Code::TunnelLeftOut,
        &[("description: A shelf.\n", "description: A shelf.\n      tunnel: { type: ziti, fallback: direct }\n")],
        &[],
    ),
    case(
        Code::PathVariableInQuery,
        &[("/v1/books/{book-id}", "/v1/book")],
        &[("/v1/books/{book-id}", "/v1/book/{book-id}")],
    ),
    case(
        Code::InvalidAddress,
        &[("port: 9090", "port: 9090\n      address: http://localhost")],
        &[("port: 9090", "port: 9090\n      address: '::1'")],
    ),
    case(
        Code::HintContradictsMethod,
        &[("method: GET\n              outputRaw", "method: POST\n              outputRaw")],
        &[("readOnly: true", "readOnly: false")],
    ),
    case(Code::QueryInPath, &[("          path: /books\n", "          path: /books?sort=title\n")], &[]),
    case(Code::RelativePath, &[("          path: /books\n", "          path: books\n")], &[]),
    case(
        Code::UselessPort,
        &[("port: 9090", "port: 9090\n      transport: stdio")],
        &[("port: 9090", "transport: stdio")],
    ),
];
