//! The configuration, the client and its requests.

use super::{API, operations};
use crate::Response;
use crate::openapi::*;

#[derive(Clone, Debug)]
pub struct Config {
    pub base_url: crate::BaseUrl,
    pub token: Option<Credential>,
    pub settings: crate::Settings,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_url: crate::BaseUrl::new("https://api.example.com/v1"),
            token: None,
            settings: crate::Settings::default(),
        }
    }
}

impl Config {
    fn lower(&self) -> crate::__private::ApiValues {
        crate::__private::ApiValues {
            base_urls: vec![self.base_url.clone()],
            credentials: vec![self.token.clone()],
            settings: self.settings.clone(),
        }
    }
}

#[derive(Clone, Debug)]
pub struct Client {
    inner: crate::__private::ApiClient,
}

impl Client {
    pub fn new(config: &Config) -> Result<Self, crate::ConfigError> {
        let inner = crate::__private::ApiClientBuilder::new(&API, config.lower()).build()?;
        Ok(Self { inner })
    }

    pub fn request<O: Operate>(&self, inputs: O) -> Request<O> {
        Request { inner: crate::__private::ApiRequest::new(&self.inner, inputs) }
    }

    pub fn issues_list(&self, owner: impl Into<String>) -> Request<operations::List> {
        self.request(operations::List::new(owner))
    }
}

#[must_use = "a request is sent when it is awaited"]
pub struct Request<O> {
    inner: crate::__private::ApiRequest<O>,
}

impl<O: Operate> Request<O> {
    pub fn bearer(mut self, token: impl Into<crate::SecretString>) -> Self {
        self.inner.options.set_bearer(token);
        self
    }

    pub fn send(self) -> crate::Sending<Response> {
        self.inner.send()
    }

    pub fn detailed(self) -> Calling<Answered<O::Answer>, O::Failure, O::Answer> {
        self.inner.detailed()
    }
}

impl<O: Operate> IntoFuture for Request<O> {
    type Output = Result<O::Answer, CallError<O::Failure>>;
    type IntoFuture = Calling<O::Answer, O::Failure>;

    fn into_future(self) -> Self::IntoFuture {
        self.inner.call()
    }
}

impl<O: Paginate> Request<O> {
    pub fn pages(self) -> Pages<O> {
        self.inner.pages()
    }

    pub fn items(self) -> Items<O> {
        self.inner.items()
    }
}

impl Request<operations::List> {
    pub fn page(mut self, page: i64) -> Self {
        self.inner.inputs.page = Some(page);
        self
    }
}
