//! Two capabilities in one crate, one of them under another name.

#![deny(warnings, missing_docs, rust_2018_idioms, unreachable_pub)]

capsmith::include_capability!("backups.yaml");
capsmith::include_capability!(path = "specs/backups.yaml", name = again, lints = allow);

fn main() {
    println!("{} {}", backups::CAPABILITY.name, again::CAPABILITY.name);
}
