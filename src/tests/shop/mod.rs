//! A capability as the compiler emits it, with `crate` in place of the path to the runtime.

pub(crate) mod operations;
mod tables;

use crate::__private::{Arguments, Environment};
use crate::{BaseUrl, ConfigError, ListenAddress, OperationInputs, SecretString, Settings};

pub(crate) use tables::CAPABILITY;

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
            let client = Clone::clone(&handlers.client().inner);
            crate::__private::rest_router(&super::CAPABILITY, 0, super::dispatcher(handlers), &client)
        }
    }
}

crate::__private::when_mcp! {
    pub(crate) mod mcp {
        pub(crate) fn router(handlers: impl super::Handlers) -> crate::axum::Router {
            let client = Clone::clone(&handlers.client().inner);
            crate::__private::mcp_router(&super::CAPABILITY, 1, super::dispatcher(handlers), &client)
        }
    }
}
