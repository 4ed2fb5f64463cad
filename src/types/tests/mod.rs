mod sample;

mod read;
mod write;

use super::Value;

/// JSON to compare with.
fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("the text of the test is JSON")
}
