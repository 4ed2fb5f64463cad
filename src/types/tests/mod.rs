#[allow(
    unreachable_pub,
    clippy::option_option,
    reason = "emitted code has public types, of what kind its document says"
)]
mod sample;

#[allow(unreachable_pub, reason = "the macros are for public types")]
mod defaults;
mod properties;
mod read;
mod validate;
mod write;

use super::Value;

/// JSON to compare with.
fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the text of the test is JSON")
}
