//! The static tables.

use crate::Capability;
use crate::description::{
    Action, Annotations, Authentication, Bind, Cache, Call, Constant, Consumes, Exposes, Location, Method, Operation,
    Parameter, Piece, Route, Source, Surface, Tool, Transport, Type,
};
use crate::formats::Format;

pub(crate) static CAPABILITY: Capability = Capability {
    name: "shop",
    label: "The shop",
    description: "Things for sale.",
    version: "1.2.3",
    tags: &[],
    binds: &[Bind { variable: "TOKEN", source_key: "SHOP_TOKEN", required: true }],
    consumes: &[Consumes {
        namespace: "api",
        description: "",
        base_uri: None,
        base_uri_template: &[],
        base_url_variable: "API_BASE_URL",
        authentication: Authentication::Bearer { token: &[Piece::Bind(0)] },
    }],
    operations: &OPERATIONS,
    exposes: &[
        Exposes {
            namespace: "shop-rest",
            description: "",
            address: "127.0.0.1",
            port: Some(8080),
            address_variable: "SHOP_REST_ADDR",
            authentication: None,
            forwards: &[],
            surface: Surface::Rest { routes: &ROUTES },
            document: r#"{"openapi":"3.0.3"}"#,
        },
        Exposes {
            namespace: "shop-mcp",
            description: "Tools for the shop.",
            address: "127.0.0.1",
            port: Some(9090),
            address_variable: "SHOP_MCP_ADDR",
            authentication: None,
            forwards: &[],
            surface: Surface::Mcp {
                transport: Transport::Http,
                tools: &TOOLS,
                resources: &[],
                prompts: &[],
                cache: Cache { milliseconds: None, scope: None },
            },
            document: "",
        },
    ],
    schemas: &[],
};

const fn parameter(name: &'static str, location: Location, r#type: Type, required: bool) -> Parameter {
    Parameter { name, location, r#type, required, description: "", schema: None }
}

const SHOP: Parameter = parameter("shop", Location::Path, Type::String, true);
const ITEM: Parameter = parameter("item", Location::Path, Type::String, true);
const ITEMS_PATH: &[Piece] = &[Piece::Text("/shops/"), Piece::Input(0), Piece::Text("/items")];
const ITEM_PATH: &[Piece] = &[Piece::Text("/shops/"), Piece::Input(0), Piece::Text("/items/"), Piece::Input(1)];

pub(super) static OPERATIONS: [Operation; 5] = [
    Operation {
        name: "listitems",
        description: "List items",
        consumes: 0,
        method: Method::Get,
        path: "/shops/{shop}/items",
        path_template: ITEMS_PATH,
        inputs: &[
            SHOP,
            parameter("page[limit]", Location::Query, Type::Integer, false),
            parameter("tag", Location::Query, Type::Array, false),
            parameter("X-Trace", Location::Header, Type::String, false),
            parameter("session", Location::Cookie, Type::String, false),
        ],
        constants: &[
            Constant { name: "version", location: Location::Query, value: &[Piece::Text("2&3")] },
            Constant { name: "X-Shop", location: Location::Header, value: &[Piece::Text("shop "), Piece::Input(0)] },
        ],
        body: None,
        is_empty: false,
    },
    Operation {
        name: "createitem",
        description: "Create an item",
        consumes: 0,
        method: Method::Post,
        path: "/shops/{shop}/items",
        path_template: ITEMS_PATH,
        inputs: &[SHOP, parameter("body", Location::Body, Type::Any, false)],
        constants: &[],
        body: None,
        is_empty: false,
    },
    Operation {
        name: "getitem",
        description: "Get an item",
        consumes: 0,
        method: Method::Get,
        path: "/shops/{shop}/items/{item}",
        path_template: ITEM_PATH,
        inputs: &[SHOP, ITEM],
        constants: &[],
        body: None,
        is_empty: false,
    },
    Operation {
        name: "deleteitem",
        description: "Delete an item",
        consumes: 0,
        method: Method::Delete,
        path: "/shops/{shop}/items/{item}",
        path_template: ITEM_PATH,
        inputs: &[SHOP, ITEM],
        constants: &[],
        body: None,
        is_empty: false,
    },
    Operation {
        name: "replaceitem",
        description: "Replace an item",
        consumes: 0,
        method: Method::Put,
        path: "/shops/{shop}/items/{item}",
        path_template: ITEM_PATH,
        inputs: &[SHOP, ITEM, parameter("body", Location::Body, Type::Object, true)],
        constants: &[],
        body: None,
        is_empty: false,
    },
];

const SHOP_ID: Parameter = parameter("shop-id", Location::Path, Type::String, true);
const ITEM_ID: Parameter = parameter("item-id", Location::Path, Type::String, true);
const ITEMS_ROUTE: &[Piece] = &[Piece::Text("/v1/shops/"), Piece::Input(0), Piece::Text("/items")];
const ITEM_ROUTE: &[Piece] = &[Piece::Text("/v1/shops/"), Piece::Input(1), Piece::Text("/items/"), Piece::Input(0)];

static ROUTES: [Route; 6] = [
    Route {
        name: "listitems",
        description: "List items",
        method: Method::Get,
        path: "/v1/shops/{shop-id}/items",
        path_template: ITEMS_ROUTE,
        parameters: &[
            SHOP_ID,
            parameter("limit", Location::Query, Type::Integer, false),
            parameter("tag", Location::Query, Type::Array, false),
            parameter("X-Trace", Location::Header, Type::String, false),
            parameter("session", Location::Cookie, Type::String, false),
        ],
        rules: &[],
        binary: None,
        action: Action::Call(Call {
            operation: 0,
            arguments: &[
                Source::Parameter(0),
                Source::Parameter(1),
                Source::Parameter(2),
                Source::Parameter(3),
                Source::Parameter(4),
            ],
            outputs: &[],
            format: Format::Json,
        }),
    },
    Route {
        name: "createitem",
        description: "Create an item",
        method: Method::Post,
        path: "/v1/shops/{shop-id}/items",
        path_template: ITEMS_ROUTE,
        parameters: &[SHOP_ID, parameter("body", Location::Body, Type::Any, false)],
        rules: &[],
        binary: None,
        action: Action::Call(Call {
            operation: 1,
            arguments: &[Source::Parameter(0), Source::Parameter(1)],
            outputs: &[],
            format: Format::Json,
        }),
    },
    Route {
        name: "getitem",
        description: "Get an item",
        method: Method::Get,
        path: "/v1/shops/{shop-id}/items/{item-id}",
        path_template: ITEM_ROUTE,
        parameters: &[ITEM_ID, SHOP_ID],
        rules: &[],
        binary: None,
        action: Action::Call(Call {
            operation: 2,
            arguments: &[Source::Parameter(1), Source::Parameter(0)],
            outputs: &[],
            format: Format::Json,
        }),
    },
    Route {
        name: "deleteitem",
        description: "Delete an item",
        method: Method::Delete,
        path: "/v1/shops/{shop-id}/items/{item-id}",
        path_template: ITEM_ROUTE,
        parameters: &[ITEM_ID, SHOP_ID],
        rules: &[],
        binary: None,
        action: Action::Call(Call {
            operation: 3,
            arguments: &[Source::Parameter(1), Source::Parameter(0)],
            outputs: &[],
            format: Format::Json,
        }),
    },
    Route {
        name: "replaceitem",
        description: "Replace an item",
        method: Method::Put,
        path: "/v1/shops/{shop-id}/items/{item-id}",
        path_template: ITEM_ROUTE,
        parameters: &[ITEM_ID, SHOP_ID, parameter("body", Location::Body, Type::Object, true)],
        rules: &[],
        binary: None,
        action: Action::Call(Call {
            operation: 4,
            arguments: &[Source::Parameter(1), Source::Parameter(0), Source::Parameter(2)],
            outputs: &[],
            format: Format::Json,
        }),
    },
    Route {
        name: "getdefault",
        description: "Get an item of the default shop by file name",
        method: Method::Get,
        path: "/items/{item-id}.json",
        path_template: &[Piece::Text("/items/"), Piece::Input(0), Piece::Text(".json")],
        parameters: &[ITEM_ID],
        rules: &[],
        binary: None,
        action: Action::Call(Call {
            operation: 2,
            arguments: &[Source::Constant("\"default\""), Source::Parameter(0)],
            outputs: &[],
            format: Format::Json,
        }),
    },
];

static TOOLS: [Tool; 3] = [
    Tool {
        name: "create-item",
        title: None,
        description: "Create an item",
        answer_schema: None,
        annotations: Annotations { read_only: None, destructive: None, idempotent: None, open_world: None },
        parameters: &[SHOP, parameter("body", Location::Body, Type::Any, false)],
        rules: &[],
        binary: None,
        action: Action::Call(Call {
            operation: 1,
            arguments: &[Source::Parameter(0), Source::Parameter(1)],
            outputs: &[],
            format: Format::Json,
        }),
    },
    Tool {
        name: "get-item",
        title: Some("Get an item"),
        description: "Get an item",
        answer_schema: Some(r#"{"type":"object"}"#),
        annotations: Annotations {
            read_only: Some(true),
            destructive: Some(false),
            idempotent: Some(true),
            open_world: None,
        },
        parameters: &[SHOP, ITEM],
        rules: &[],
        binary: None,
        action: Action::Call(Call {
            operation: 2,
            arguments: &[Source::Parameter(0), Source::Parameter(1)],
            outputs: &[],
            format: Format::Json,
        }),
    },
    Tool {
        name: "list-items",
        title: None,
        description: "List items",
        answer_schema: None,
        annotations: Annotations { read_only: None, destructive: None, idempotent: None, open_world: None },
        parameters: &[
            SHOP,
            parameter("limit", Location::Query, Type::Integer, false),
            parameter("tag", Location::Query, Type::Array, false),
        ],
        rules: &[],
        binary: None,
        action: Action::Call(Call {
            operation: 0,
            arguments: &[
                Source::Parameter(0),
                Source::Parameter(1),
                Source::Parameter(2),
                Source::Absent,
                Source::Constant("\"tool\""),
            ],
            outputs: &[],
            format: Format::Json,
        }),
    },
];
