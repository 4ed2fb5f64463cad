//! Names that Rust, the prelude or the generated module uses itself.

#![deny(warnings, missing_docs)]

capsmith::include_capability!("odd.yaml", name = r#type);

fn main() {
    println!("{:?}", r#type::CAPABILITY);
}
