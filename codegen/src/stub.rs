//! What stands in for a module that could not be made.

use proc_macro2::TokenStream;

use crate::compile::OpenApiOptions;
use crate::emit::openapi::module as api_module;
use crate::emit::{self, EmitOptions};
use crate::ir::api::{Api, Server};
use crate::ir::types::Types;
use crate::ir::{Capability, Exposes, Mcp, RustName, Surface};
use crate::resolve;

/// A module of the right name with everything that does not depend on the file: `Client`, `Config`, `serve`, and a
/// router of each kind. It compiles, so that the errors in the file are the only ones.
pub(crate) fn stub(file: &str, name: Option<&str>, options: &EmitOptions) -> TokenStream {
    let capability = Capability {
        module: resolve::module_name(file, name),
        label: String::from("A capability that does not compile."),
        description: String::new(),
        version: String::new(),
        tags: Vec::new(),
        binds: Vec::new(),
        bind_files: Vec::new(),
        upstreams: Vec::new(),
        operations: Vec::new(),
        scripts: Vec::new(),
        exposes: vec![
            surface("rest", Surface::Rest(Vec::new())),
            surface("mcp", Surface::Mcp(Mcp::default())),
            surface("skill", Surface::Skill(Vec::new())),
        ],
        document: None,
        files_root: None,
        server_variables: None,
    };
    emit::module(&capability, options)
}

fn surface(module: &str, surface: Surface) -> Exposes {
    Exposes {
        namespace: module.to_owned(),
        description: String::new(),
        module: RustName::new(module.to_owned()),
        listen: None,
        authentication: None,
        forwards: Vec::new(),
        surface,
    }
}

/// The same for an OpenAPI document: `Client` and `Config`, without operations.
pub(crate) fn stub_api(file: &str, options: &OpenApiOptions) -> TokenStream {
    let api = Api {
        title: String::from("An API that does not compile."),
        description: String::new(),
        version: String::new(),
        servers: vec![Server { url: String::new(), description: String::new(), variables: Vec::new() }],
        tags: Vec::new(),
        security_schemes: Vec::new(),
        operations: Vec::new(),
        types: Types::default(),
        webhooks: 0,
    };
    api_module(&api, &[], &options.emission(file))
}
