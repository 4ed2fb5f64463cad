//! JSON at run time: texts that are carried, and what generated types keep of them.

#![no_main]

use capsmith::Json;
use capsmith::types::{Direction, Model, Value, from_slice, from_value, to_vec, validate};
use libfuzzer_sys::fuzz_target;

capsmith::include_openapi!("shapes.yaml");

use self::shapes::types::Whole;

/// What a value is when it has been written and read again.
fn again(whole: &Whole) -> Whole {
    let written = to_vec(whole, Direction::Unknown).expect("what was read can be written");
    let mut again = Whole::blank();
    from_slice(&written, &mut again, Direction::Unknown).expect("what was written can be read");
    again
}

fuzz_target!(|bytes: &[u8]| {
    let carried = Json::parse(bytes.to_vec());
    let value = serde_json::from_slice::<Value>(bytes);
    // A tree holds no number beyond the range of doubles and no lone surrogate; a text that is carried may.
    assert!(carried.is_ok() || value.is_err());
    if let Ok(carried) = &carried {
        assert_eq!(carried.as_str().as_bytes(), bytes);
    }
    let mut whole = Whole::blank();
    if from_slice(bytes, &mut whole, Direction::Unknown).is_ok() {
        assert!(carried.is_ok(), "what is no JSON was read");
        let once = again(&whole);
        assert_eq!(again(&once), once);
        let _ = format!("{whole:?} {:?}", validate(&whole, &[]));
        let mut of_value = Whole::blank();
        if let Ok(value) = value {
            assert!(from_value(&value, &mut of_value, Direction::Unknown).is_ok(), "{value}");
        }
    }
});
