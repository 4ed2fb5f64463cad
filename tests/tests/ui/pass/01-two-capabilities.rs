//! Two capabilities in one crate, one of them under another name.

#![deny(warnings, missing_docs, rust_2018_idioms, unreachable_pub)]

capsmith::include_capability!("backups.yaml");
capsmith::include_capability!(path = "backups.yaml", name = again, lints = allow);

fn main() {
    assert_eq!(backups::CAPABILITY.name, "backups");
    assert_eq!(again::CAPABILITY.name, "again");
    assert_eq!(again::CAPABILITY.operations.len(), 4);
}
