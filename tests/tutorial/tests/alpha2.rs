//! The steps as files of version 1.0.0-alpha2.

#[cfg(tutorial)]
use capsmith_tutorial::alpha2 as form;

#[cfg(tutorial)]
const FOLDER: &str = "alpha2";

#[cfg(tutorial)]
mod steps;

#[cfg(not(tutorial))]
#[test]
fn skipped() {
    println!("skipped: there is no tutorial in {}", capsmith_tutorial::TUTORIAL);
}
