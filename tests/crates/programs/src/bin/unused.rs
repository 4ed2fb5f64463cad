//! A program that uses nothing of the module.

#![deny(warnings, missing_docs)]
#![forbid(unsafe_code)]

mod inner {
    capsmith::include_capability!("backups.yaml");
}

fn main() {}
