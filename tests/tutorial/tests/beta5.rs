//! The steps as files of version 1.0.0-beta5.

#[cfg(tutorial)]
use capsmith_tutorial::beta5 as form;

#[cfg(tutorial)]
const FOLDER: &str = "beta5";

#[cfg(tutorial)]
mod steps;

#[cfg(not(tutorial))]
#[test]
fn skipped() {
    println!("skipped: there is no tutorial in {}", capsmith_tutorial::TUTORIAL);
}
