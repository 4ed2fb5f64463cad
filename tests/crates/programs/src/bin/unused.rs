//! A program that uses nothing of the modules.

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

mod inner {
    capsmith::include_capability!("backups.yaml");
    capsmith::include_openapi!("odd-api.yaml");
}

fn main() {}
