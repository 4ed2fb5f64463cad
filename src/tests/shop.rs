//! A capability as the compiler emits it, with `crate` in place of the path to the runtime.

use crate::__private::{Arguments, Environment};
use crate::description::{
    Annotations, Authentication, Bind, Constant, Consumes, Exposes, Location, Method, Operation, Parameter, Piece,
    Route, Source, Surface, Tool, Transport, Type,
};
use crate::{BaseUrl, Capability, ConfigError, ListenAddress, OperationInputs, SecretString, Settings, Value};

pub(crate) static CAPABILITY: Capability = Capability {
    name: "shop",
    label: "The shop",
    description: "Things for sale.",
    version: "1.2.3",
    tags: &[],
    binds: &[Bind { variable: "TOKEN", source_key: "SHOP_TOKEN" }],
    consumes: &[Consumes {
        namespace: "api",
        description: "",
        base_uri: None,
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
            surface: Surface::Rest { routes: &ROUTES },
        },
        Exposes {
            namespace: "shop-mcp",
            description: "Tools for the shop.",
            address: "127.0.0.1",
            port: Some(9090),
            address_variable: "SHOP_MCP_ADDR",
            surface: Surface::Mcp { transport: Transport::Http, tools: &TOOLS },
        },
    ],
};

const fn parameter(name: &'static str, location: Location, r#type: Type, required: bool) -> Parameter {
    Parameter { name, location, r#type, required, description: "" }
}

const SHOP: Parameter = parameter("shop", Location::Path, Type::String, true);
const ITEM: Parameter = parameter("item", Location::Path, Type::String, true);
const ITEMS_PATH: &[Piece] = &[Piece::Text("/shops/"), Piece::Input(0), Piece::Text("/items")];
const ITEM_PATH: &[Piece] = &[Piece::Text("/shops/"), Piece::Input(0), Piece::Text("/items/"), Piece::Input(1)];

static OPERATIONS: [Operation; 5] = [
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
        operation: 0,
        arguments: &[
            Source::Parameter(0),
            Source::Parameter(1),
            Source::Parameter(2),
            Source::Parameter(3),
            Source::Parameter(4),
        ],
    },
    Route {
        name: "createitem",
        description: "Create an item",
        method: Method::Post,
        path: "/v1/shops/{shop-id}/items",
        path_template: ITEMS_ROUTE,
        parameters: &[SHOP_ID, parameter("body", Location::Body, Type::Any, false)],
        operation: 1,
        arguments: &[Source::Parameter(0), Source::Parameter(1)],
    },
    Route {
        name: "getitem",
        description: "Get an item",
        method: Method::Get,
        path: "/v1/shops/{shop-id}/items/{item-id}",
        path_template: ITEM_ROUTE,
        parameters: &[ITEM_ID, SHOP_ID],
        operation: 2,
        arguments: &[Source::Parameter(1), Source::Parameter(0)],
    },
    Route {
        name: "deleteitem",
        description: "Delete an item",
        method: Method::Delete,
        path: "/v1/shops/{shop-id}/items/{item-id}",
        path_template: ITEM_ROUTE,
        parameters: &[ITEM_ID, SHOP_ID],
        operation: 3,
        arguments: &[Source::Parameter(1), Source::Parameter(0)],
    },
    Route {
        name: "replaceitem",
        description: "Replace an item",
        method: Method::Put,
        path: "/v1/shops/{shop-id}/items/{item-id}",
        path_template: ITEM_ROUTE,
        parameters: &[ITEM_ID, SHOP_ID, parameter("body", Location::Body, Type::Object, true)],
        operation: 4,
        arguments: &[Source::Parameter(1), Source::Parameter(0), Source::Parameter(2)],
    },
    Route {
        name: "getdefault",
        description: "Get an item of the default shop by file name",
        method: Method::Get,
        path: "/items/{item-id}.json",
        path_template: &[Piece::Text("/items/"), Piece::Input(0), Piece::Text(".json")],
        parameters: &[ITEM_ID],
        operation: 2,
        arguments: &[Source::Constant("\"default\""), Source::Parameter(0)],
    },
];

static TOOLS: [Tool; 3] = [
    Tool {
        name: "create-item",
        title: None,
        description: "Create an item",
        input_schema: r#"{"type":"object","properties":{"shop":{"type":"string"},"body":{}},"required":["shop"],"additionalProperties":false}"#,
        output_schema: None,
        annotations: Annotations { read_only: None, destructive: None, idempotent: None, open_world: None },
        parameters: &[SHOP, parameter("body", Location::Body, Type::Any, false)],
        operation: 1,
        arguments: &[Source::Parameter(0), Source::Parameter(1)],
    },
    Tool {
        name: "get-item",
        title: Some("Get an item"),
        description: "Get an item",
        input_schema: r#"{"type":"object","properties":{"shop":{"type":"string"},"item":{"type":"string"}},"required":["shop","item"],"additionalProperties":false}"#,
        output_schema: Some(r#"{"type":"object"}"#),
        annotations: Annotations {
            read_only: Some(true),
            destructive: Some(false),
            idempotent: Some(true),
            open_world: None,
        },
        parameters: &[SHOP, ITEM],
        operation: 2,
        arguments: &[Source::Parameter(0), Source::Parameter(1)],
    },
    Tool {
        name: "list-items",
        title: None,
        description: "List items",
        input_schema: r#"{"type":"object","properties":{"shop":{"type":"string"},"limit":{"type":"integer"},"tag":{"type":"array"}},"required":["shop"],"additionalProperties":false}"#,
        output_schema: None,
        annotations: Annotations { read_only: None, destructive: None, idempotent: None, open_world: None },
        parameters: &[
            SHOP,
            parameter("limit", Location::Query, Type::Integer, false),
            parameter("tag", Location::Query, Type::Array, false),
        ],
        operation: 0,
        arguments: &[
            Source::Parameter(0),
            Source::Parameter(1),
            Source::Parameter(2),
            Source::Absent,
            Source::Constant("\"tool\""),
        ],
    },
];

#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) api_base_url: BaseUrl,
    pub(crate) shop_rest_addr: ListenAddress,
    pub(crate) shop_mcp_addr: ListenAddress,
    pub(crate) token: Option<SecretString>,
    pub(crate) settings: Settings,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            api_base_url: BaseUrl::unset(),
            shop_rest_addr: ListenAddress::new("127.0.0.1", 8080),
            shop_mcp_addr: ListenAddress::new("127.0.0.1", 9090),
            token: None,
            settings: Settings::default(),
        }
    }
}

impl Config {
    pub(crate) fn from_env() -> Result<Self, ConfigError> {
        let mut config = Self::default();
        let mut environment = Environment::new();
        environment.base_url("API_BASE_URL", &mut config.api_base_url);
        environment.listen_address("SHOP_REST_ADDR", &mut config.shop_rest_addr);
        environment.listen_address("SHOP_MCP_ADDR", &mut config.shop_mcp_addr);
        environment.secret("SHOP_TOKEN", &mut config.token);
        environment.finish()?;
        Ok(config)
    }

    pub(crate) fn lower(&self) -> crate::__private::Values {
        crate::__private::Values {
            base_urls: From::from([self.api_base_url.clone()]),
            listen_addresses: From::from([self.shop_rest_addr.clone(), self.shop_mcp_addr.clone()]),
            secrets: From::from([self.token.clone()]),
            settings: self.settings.clone(),
        }
    }
}

pub(crate) mod operations {
    use super::{Arguments, OPERATIONS, Operation, OperationInputs, Value};
    use crate::{ArgumentError, Json};

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub(crate) struct Listitems {
        pub(crate) shop: String,
        pub(crate) page_limit: Option<i64>,
        pub(crate) tag: Option<Vec<Value>>,
        pub(crate) x_trace: Option<String>,
        pub(crate) session: Option<String>,
    }

    impl Listitems {
        pub(crate) fn new(shop: impl Into<String>) -> Self {
            Self { shop: shop.into(), page_limit: None, tag: None, x_trace: None, session: None }
        }
    }

    impl OperationInputs for Listitems {
        type Answer = Value;
        const OPERATION: &'static Operation = &OPERATIONS[0];

        fn read(arguments: &mut Arguments) -> Result<Self, ArgumentError> {
            Ok(Self {
                shop: arguments.required(0)?,
                page_limit: arguments.optional(1)?,
                tag: arguments.optional(2)?,
                x_trace: arguments.optional(3)?,
                session: arguments.optional(4)?,
            })
        }

        fn write(self, arguments: &mut Arguments) {
            arguments.put(0, self.shop);
            arguments.put_optional(1, self.page_limit);
            arguments.put_optional(2, self.tag);
            arguments.put_optional(3, self.x_trace);
            arguments.put_optional(4, self.session);
        }
    }

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub(crate) struct Createitem {
        pub(crate) shop: String,
        pub(crate) body: Option<Json>,
    }

    impl Createitem {
        pub(crate) fn new(shop: impl Into<String>) -> Self {
            Self { shop: shop.into(), body: None }
        }
    }

    impl OperationInputs for Createitem {
        type Answer = Value;
        const OPERATION: &'static Operation = &OPERATIONS[1];

        fn read(arguments: &mut Arguments) -> Result<Self, ArgumentError> {
            Ok(Self { shop: arguments.required(0)?, body: arguments.optional(1)? })
        }

        fn write(self, arguments: &mut Arguments) {
            arguments.put(0, self.shop);
            arguments.put_optional(1, self.body);
        }
    }

    macro_rules! item_operation {
        ($name:ident, $index:literal) => {
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub(crate) struct $name {
                pub(crate) shop: String,
                pub(crate) item: String,
            }

            impl $name {
                pub(crate) fn new(shop: impl Into<String>, item: impl Into<String>) -> Self {
                    Self { shop: shop.into(), item: item.into() }
                }
            }

            impl OperationInputs for $name {
                type Answer = Value;
                const OPERATION: &'static Operation = &OPERATIONS[$index];

                fn read(arguments: &mut Arguments) -> Result<Self, ArgumentError> {
                    Ok(Self { shop: arguments.required(0)?, item: arguments.required(1)? })
                }

                fn write(self, arguments: &mut Arguments) {
                    arguments.put(0, self.shop);
                    arguments.put(1, self.item);
                }
            }
        };
    }

    item_operation!(Getitem, 2);
    item_operation!(Deleteitem, 3);

    #[derive(Clone, Debug, PartialEq)]
    #[non_exhaustive]
    pub(crate) struct Replaceitem {
        pub(crate) shop: String,
        pub(crate) item: String,
        pub(crate) body: Json,
    }

    impl OperationInputs for Replaceitem {
        type Answer = Value;
        const OPERATION: &'static Operation = &OPERATIONS[4];

        fn read(arguments: &mut Arguments) -> Result<Self, ArgumentError> {
            Ok(Self { shop: arguments.required(0)?, item: arguments.required(1)?, body: arguments.required(2)? })
        }

        fn write(self, arguments: &mut Arguments) {
            arguments.put(0, self.shop);
            arguments.put(1, self.item);
            arguments.put(2, self.body);
        }
    }
}

crate::__private::when_client! {
    #[derive(Clone, Debug)]
    pub(crate) struct Client {
        inner: crate::__private::Client,
    }

    impl Client {
        pub(crate) fn new(config: &Config) -> Result<Self, ConfigError> {
            Self::builder(config).build()
        }

        pub(crate) fn builder(config: &Config) -> ClientBuilder {
            ClientBuilder { inner: crate::__private::ClientBuilder::new(&CAPABILITY, config.lower()) }
        }

        pub(crate) fn listitems(&self, shop: &str) -> Request<operations::Listitems> {
            self.request(operations::Listitems::new(shop))
        }

        pub(crate) fn createitem(&self, shop: &str) -> Request<operations::Createitem> {
            self.request(operations::Createitem::new(shop))
        }

        pub(crate) fn getitem(&self, shop: &str, item: &str) -> Request<operations::Getitem> {
            self.request(operations::Getitem::new(shop, item))
        }

        pub(crate) fn deleteitem(&self, shop: &str, item: &str) -> Request<operations::Deleteitem> {
            self.request(operations::Deleteitem::new(shop, item))
        }

        pub(crate) fn request<O: OperationInputs>(&self, inputs: O) -> Request<O> {
            Request { client: self.clone(), inputs, options: crate::RequestOptions::default() }
        }
    }

    pub(crate) struct ClientBuilder {
        inner: crate::__private::ClientBuilder,
    }

    impl ClientBuilder {
        pub(crate) fn http_client(self, client: crate::reqwest::Client) -> Self {
            Self { inner: self.inner.http_client(client) }
        }

        pub(crate) fn on_request(
            self,
            hook: impl Fn(&mut crate::reqwest::Request) -> Result<(), crate::HookError> + Send + Sync + 'static,
        ) -> Self {
            Self { inner: self.inner.on_request(hook) }
        }

        pub(crate) fn on_request_async(self, hook: impl crate::RequestHook) -> Self {
            Self { inner: self.inner.on_request_async(hook) }
        }

        pub(crate) fn build(self) -> Result<Client, ConfigError> {
            Ok(Client { inner: self.inner.build()? })
        }
    }

    #[must_use = "a request is sent when it is awaited"]
    #[derive(Debug)]
    pub(crate) struct Request<O> {
        client: Client,
        inputs: O,
        options: crate::RequestOptions,
    }

    impl<O: OperationInputs> Request<O> {
        pub(crate) fn header(mut self, name: http::HeaderName, value: http::HeaderValue) -> Self {
            self.options.set_header(name, value);
            self
        }

        pub(crate) fn bearer(mut self, token: impl Into<SecretString>) -> Self {
            self.options.set_bearer(token);
            self
        }

        pub(crate) fn timeout(mut self, timeout: std::time::Duration) -> Self {
            self.options.set_timeout(timeout);
            self
        }

        pub(crate) fn send(self) -> crate::Sending<crate::Response> {
            self.client.inner.send(self.inputs, self.options)
        }
    }

    impl<O: OperationInputs> IntoFuture for Request<O> {
        type Output = Result<O::Answer, crate::ClientError>;
        type IntoFuture = crate::Sending<O::Answer>;

        fn into_future(self) -> Self::IntoFuture {
            self.client.inner.call(self.inputs, self.options)
        }
    }

    impl Request<operations::Createitem> {
        pub(crate) fn body(mut self, body: impl Into<crate::Json>) -> Self {
            self.inputs.body = Some(body.into());
            self
        }
    }
}

crate::__private::when_server! {
    impl Client {
        pub(crate) fn forward<O: OperationInputs>(
            &self,
            inputs: O,
            context: crate::Context,
        ) -> crate::Forward<O::Answer> {
            self.inner.forward(inputs, context)
        }
    }

    macro_rules! handlers {
        ($($index:literal => $method:ident($inputs:ident)),+ $(,)?) => {
            pub(crate) trait Handlers: Send + Sync + 'static {
                fn client(&self) -> &Client;

                $(fn $method(
                    &self,
                    inputs: operations::$inputs,
                    context: crate::Context,
                ) -> impl Future<Output = Result<crate::Reply, crate::Problem>> + Send {
                    self.client().forward(inputs, context)
                })+
            }

            impl Handlers for Client {
                fn client(&self) -> &Client {
                    self
                }
            }

            struct Dispatcher<H>(std::sync::Arc<H>);

            impl<H: Handlers> crate::__private::Dispatch for Dispatcher<H> {
                fn dispatch(
                    &self,
                    operation: usize,
                    mut arguments: Arguments,
                    context: crate::Context,
                ) -> crate::__private::Dispatched {
                    let handlers = Clone::clone(&self.0);
                    match operation {
                        $($index => Box::pin(async move {
                            let inputs = OperationInputs::read(&mut arguments)?;
                            Handlers::$method(&*handlers, inputs, context).await?.into_raw()
                        }),)+
                        _ => crate::__private::no_such_operation(),
                    }
                }
            }
        };
    }

    handlers! {
        0 => listitems(Listitems),
        1 => createitem(Createitem),
        2 => getitem(Getitem),
        3 => deleteitem(Deleteitem),
        4 => replaceitem(Replaceitem),
    }

    pub(crate) fn dispatcher(handlers: impl Handlers) -> std::sync::Arc<dyn crate::__private::Dispatch> {
        std::sync::Arc::new(Dispatcher(std::sync::Arc::new(handlers)))
    }

    pub(crate) async fn bind(config: Config, handlers: impl Handlers) -> Result<crate::Server, crate::Error> {
        crate::__private::bind(&CAPABILITY, config.lower(), dispatcher(handlers)).await
    }
}

crate::__private::when_rest! {
    pub(crate) mod rest {
        pub(crate) fn router(handlers: impl super::Handlers) -> crate::axum::Router {
            let settings = Clone::clone(handlers.client().inner.settings());
            crate::__private::rest_router(&super::CAPABILITY, 0, super::dispatcher(handlers), &settings)
        }
    }
}

crate::__private::when_mcp! {
    pub(crate) mod mcp {
        pub(crate) fn router(handlers: impl super::Handlers) -> crate::axum::Router {
            let settings = Clone::clone(handlers.client().inner.settings());
            crate::__private::mcp_router(&super::CAPABILITY, 1, super::dispatcher(handlers), &settings)
        }
    }
}
