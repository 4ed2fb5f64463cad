//! Names that Rust, the prelude or the generated module uses itself.

#![deny(warnings, missing_docs)]

capsmith::include_capability!("odd.yaml", name = r#type);

fn main() {
    assert_eq!(r#type::CAPABILITY.name, "type");
    assert_eq!(r#type::CAPABILITY.operations.len(), 6);
}
