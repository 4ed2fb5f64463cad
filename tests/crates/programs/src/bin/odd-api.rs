//! An OpenAPI document with names that Rust, the prelude or the generated module uses itself.

#![deny(warnings, missing_docs)]

capsmith::include_openapi!("odd-api.yaml", name = r#type);

fn main() {
    println!("{:?}", r#type::API.operations.len());
}
