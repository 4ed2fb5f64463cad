//! Development tasks: `cargo xtask <task>`.

use std::process::ExitCode;

use xtask::regen::Checkout;

const USAGE: &str = "\
Usage: cargo xtask <task>

Tasks:
  regen [--check]   make generated/ from specs/, or tell whether it is stale";

fn main() -> ExitCode {
    let arguments = std::env::args().skip(1).collect::<Vec<_>>();
    let arguments = arguments.iter().map(String::as_str).collect::<Vec<_>>();
    let result = match arguments.as_slice() {
        ["regen"] => Checkout::here().write(),
        ["regen", "--check"] => Checkout::here().check(),
        ["help" | "--help" | "-h"] => {
            println!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
