//! Which surfaces are emitted.

use super::{Document, Output, normal, operation, options};
use crate::emit::openapi::module;
use crate::openapi::{Options, Surface, analyze};
use quote::quote;

fn emit(surfaces: &[Surface]) -> Output {
    let analysis =
        analyze(&Document(&operation("responses: { '200': { description: d } }")), "api.yaml", &Options::default());
    let mut options = options(quote! { ::capsmith });
    options.surfaces = surfaces.iter().copied().collect();
    let tokens = module(&analysis.api.expect("an API"), &analysis.files, &options);
    Output { text: normal(&tokens), file: syn::parse2(tokens).expect("the output is items") }
}

#[test]
fn what_is_not_wanted_is_not_emitted() {
    use Surface::{Client, Mcp, Mock, Server};

    let items = ["pub struct Client {", "pub trait Handlers", "pub mod server", "pub mod mcp", "pub mod mock"];
    for (surfaces, expected) in [
        (&[Client, Server, Mcp, Mock][..], [true, true, true, true, true]),
        (&[Client], [true, false, false, false, false]),
        (&[Server], [false, true, true, false, false]),
        (&[Mock], [false, false, false, false, true]),
        // The tools ask the upstream where nobody else answers.
        (&[Mcp], [true, false, false, true, false]),
        (&[Server, Mcp], [false, true, true, true, false]),
        (&[], [false; 5]),
    ] {
        let output = emit(surfaces);
        assert_eq!(items.map(|item| output.has(item)), expected, "{surfaces:?}");
        let is_served = surfaces.iter().any(|surface| *surface != Client);
        assert_eq!(output.has("static DOCUMENT"), is_served, "{surfaces:?}");
        assert_eq!(output.has("implement_accepted_inputs!"), is_served, "{surfaces:?}");
        output.assert_has("pub mod operations");
    }
}

#[test]
fn tools_call_the_upstream_or_handlers() {
    use Surface::{Client, Mcp, Server};

    let functions = ["pub fn router(client: super::Client)", "pub fn handlers_router(handlers: impl super::Handlers)"];
    for (surfaces, expected) in
        [(&[Client, Server, Mcp][..], [true, true]), (&[Mcp], [true, false]), (&[Server, Mcp], [false, true])]
    {
        let output = emit(surfaces);
        assert_eq!(functions.map(|function| output.has(function)), expected, "{surfaces:?}");
    }
}
