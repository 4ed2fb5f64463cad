//! No prelude, and names of the prelude that mean something else.

#![no_implicit_prelude]
#![deny(warnings, missing_docs)]
#![allow(dead_code)]

struct String;
struct Option;
struct Vec;
struct Result;
struct Some;
struct Ok;
trait Send {}
trait Into {}
trait Clone {}
mod core {}
mod std {}
mod capsmith {}

::capsmith::include_capability!("backups.yaml");
::capsmith::include_capability!("odd.yaml");
::capsmith::include_openapi!("odd-api.yaml");

fn main() {}
