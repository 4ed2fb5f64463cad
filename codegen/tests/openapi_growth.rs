//! Reading allocates in proportion to a document's length, whatever is in it.
//!
//! Allocations are counted, not time, so that a busy machine changes nothing. What takes time without memory shows in
//! `cargo xtask bench --section growth`, which reads the same documents.

mod documents;

use allocation_counter::measure;
use documents::growing::KINDS;
use documents::read;

/// The number of parts in the first document of a kind.
const SIZE: usize = 200;

/// How much longer the second document of a kind is.
const FACTOR: usize = 4;

/// The most by which allocations may grow faster than the text. Linear is one, quadratic four; what doubles its capacity
/// is between.
const ALLOWED: f64 = 1.5;

/// The length of a document of a kind, and what reading it allocates: how often, and how many bytes.
#[allow(clippy::cast_precision_loss, reason = "counts far below 2^52")]
fn reading(make: fn(usize) -> String, size: usize) -> [f64; 3] {
    let text = make(size);
    let allocated = measure(|| drop(read(&text)));
    [text.len() as f64, allocated.count_total as f64, allocated.bytes_total as f64]
}

#[test]
fn allocations_grow_with_length() {
    let mut wrong = Vec::new();
    for (name, make) in KINDS {
        let (short, long) = (reading(*make, SIZE), reading(*make, SIZE * FACTOR));
        let [text, count, bytes] = std::array::from_fn(|index| long[index] / short[index]);
        let line =
            format!("{name}: {text:.1} times the text, {count:.1} times the allocations, {bytes:.1} times the bytes");
        println!("{line}");
        if count.max(bytes) > ALLOWED * text {
            wrong.push(line);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
