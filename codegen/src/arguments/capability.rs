//! The arguments of `include_capability!`.

use syn::LitStr;
use syn::parse::{Parse, ParseStream};

use super::values::{set, texts};
use super::{Arguments, Given, runtime, unknown};

const KEYS: [&str; 6] = ["path", "name", "lints", "openapi", "unmatched", "tool_list_budget"];

/// What `include_capability!` was called with.
#[cfg_attr(test, derive(Debug))]
pub(crate) struct CapabilityArguments {
    /// The arguments that all macros have.
    pub(crate) common: Arguments,
    /// The OpenAPI document of the upstream, if the capability is joined with it.
    pub(crate) openapi: Option<LitStr>,
    /// Operations that need not be in the document.
    pub(crate) unmatched: Vec<LitStr>,
}

impl Parse for CapabilityArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime = runtime(input, "include_capability")?;
        let mut given = Given::default();
        let (mut openapi, mut unmatched) = (None, None);
        given.read(input, |key, input| match key.to_string().as_str() {
            "openapi" => set(&mut openapi, input.parse::<LitStr>()?, key),
            "unmatched" => set(&mut unmatched, (key.span(), texts(input)?), key),
            other => Err(unknown("argument", other, &KEYS, key.span())),
        })?;
        let common = given.finish(runtime, "the path of a capability file: `include_capability!(\"…\")`")?;
        if let (Some((span, _)), None) = (&unmatched, &openapi) {
            let message = "`unmatched` has no effect without `openapi`, the document that operations are looked for in";
            return Err(syn::Error::new(*span, message));
        }
        Ok(Self { common, openapi, unmatched: unmatched.map(|(_, names)| names).unwrap_or_default() })
    }
}
