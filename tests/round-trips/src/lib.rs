//! Requests through a generated client, a generated server and a mock, for every operation of many documents.
//!
//! A client calls an operation with values that its document allows. The server behind it has handlers that call the same
//! operation of the mock through another client. So what arrives has been written and read four times, each time through
//! the generated types, and has to be what the mock has sent.

mod exchange;
mod trip;

pub use trip::{Outcome, Trips};

/// The module of a document, and what makes its round trips.
macro_rules! round_trips {
    ($module:ident; [$($url:ident)*] [$($credential:ident)*] [$($callers:ident)?] $($index:literal $inputs:ident $method:ident;)*) => {
        mod $module {
            include!(concat!(env!("OUT_DIR"), "/", stringify!($module), ".rs"));

            use capsmith::openapi::{Operate, Refusal, Success};
            use self::$module as api;

            use crate::trip::{Trips, call, pass, sample};

            /// Handlers that ask the mock.
            struct Proxy(api::Client);

            impl api::Handlers for Proxy {
                $(
                    async fn $method(
                        &self,
                        inputs: api::operations::$inputs,
                        _: capsmith::Context,
                    ) -> Result<
                        Success<<api::operations::$inputs as Operate>::Answer>,
                        Refusal<<api::operations::$inputs as Operate>::Failure>,
                    > {
                        pass(self.0.request(inputs).detailed().await)
                    }
                )*
            }

            fn client(url: &str) -> Result<api::Client, capsmith::ConfigError> {
                // Basic authentication wants a name and a password.
                api::Client::new(&api::Config {
                    $($url: url.into(),)*
                    $($credential: Some("name:password".into()),)*
                    ..Default::default()
                })
            }

            pub(crate) fn trips() -> Trips {
                Trips {
                    api: &api::API,
                    mock: api::mock::router,
                    proxy: |url| Ok(api::server::router(Proxy(client(url)?) $(, api::$callers::unchecked())?)),
                    calls: |url| {
                        let client = client(url)?;
                        Ok(vec![$({
                            let client = client.clone();
                            call($index, move || {
                                client.request(sample::<api::operations::$inputs>(&api::DOCUMENT, $index)).send()
                            })
                        }),*])
                    },
                }
            }
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/documents.rs"));
