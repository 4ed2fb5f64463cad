//! How clients are made: their constructors, and `ClientBuilder`. They differ in names only between capabilities and
//! OpenAPI documents.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::docs::Docs;

/// What tells the clients of capabilities and of documents apart.
pub(super) struct Construction {
    /// The builder of the runtime.
    pub(super) builder: &'static str,
    /// The static that describes what the client calls.
    pub(super) description: &'static str,
    /// Why the environment gives no client.
    pub(super) unread: &'static str,
    /// Why a configuration gives no client.
    pub(super) refused: &'static str,
}

impl Construction {
    /// The functions of `Client` that make one.
    pub(super) fn constructors(&self, runtime: &TokenStream) -> TokenStream {
        let (inner, description) = (format_ident!("{}", self.builder), format_ident!("{}", self.description));
        let from_env = Docs::new()
            .prose("A client with the settings of [`Config::from_env`].")
            .prose("# Errors")
            .prose(self.unread);
        let new = Docs::new().prose("A client with the given settings.").prose("# Errors").prose(self.refused);
        let builder = Docs::new().prose("A builder, to bring an HTTP client or hooks along.");
        quote! {
            #from_env
            pub fn from_env() -> ::core::result::Result<Self, #runtime::ConfigError> {
                Self::new(&Config::from_env()?)
            }

            #new
            pub fn new(config: &Config) -> ::core::result::Result<Self, #runtime::ConfigError> {
                Self::builder(config).build()
            }

            #builder
            pub fn builder(config: &Config) -> ClientBuilder {
                ClientBuilder {
                    inner: #runtime::__private::#inner::new(&#description, config.lower()),
                }
            }
        }
    }

    /// `ClientBuilder`
    pub(super) fn builder(&self, runtime: &TokenStream) -> TokenStream {
        let inner = format_ident!("{}", self.builder);
        let docs = Docs::new().prose("Makes a [`Client`].");
        let http_client = Docs::new().prose("Sends through this HTTP client, with its own timeouts, proxies and pool.");
        let on_request = Docs::new()
            .prose("Has a closure see every request before it is sent, and change it: for headers or credentials.")
            .prose("Hooks run in the order in which they were added, once for each attempt.");
        let on_request_async =
            Docs::new().prose("Has a hook that awaits something see every request before it is sent.");
        let build = Docs::new().prose("The client.").prose("# Errors").prose(self.refused);
        quote! {
            #docs
            #[derive(::core::fmt::Debug)]
            #[must_use = "a builder does nothing until `build` is called"]
            pub struct ClientBuilder {
                inner: #runtime::__private::#inner,
            }

            impl ClientBuilder {
                #http_client
                pub fn http_client(self, client: #runtime::reqwest::Client) -> Self {
                    Self { inner: self.inner.http_client(client) }
                }

                #on_request
                pub fn on_request<H>(self, hook: H) -> Self
                where
                    H: ::core::ops::Fn(
                            &mut #runtime::reqwest::Request,
                        ) -> ::core::result::Result<(), #runtime::HookError>
                        + ::core::marker::Send
                        + ::core::marker::Sync
                        + 'static,
                {
                    Self { inner: self.inner.on_request(hook) }
                }

                #on_request_async
                pub fn on_request_async(self, hook: impl #runtime::RequestHook) -> Self {
                    Self { inner: self.inner.on_request_async(hook) }
                }

                #build
                pub fn build(self) -> ::core::result::Result<Client, #runtime::ConfigError> {
                    ::core::result::Result::Ok(Client { inner: self.inner.build()? })
                }
            }
        }
    }
}
