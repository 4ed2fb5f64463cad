//! Reading allocates in proportion to a document's length, whatever is in it.
//!
//! Allocations are counted, not time, so that a busy machine changes nothing. What takes time without memory shows in
//! `cargo xtask bench --section growth`, which reads the same documents.

mod documents;

use allocation_counter::{AllocationInfo, measure};
use documents::growing::{KINDS, Kind};
use documents::read;

/// The number of parts in the first document of a kind.
const SIZE: usize = 200;

/// How much longer the second document of a kind is.
const FACTOR: usize = 4;

/// The most by which allocations may grow. Linear is four, quadratic sixteen; what doubles its capacity is between.
const ALLOWED: f64 = 6.0;

/// What reading a document of a kind allocates.
fn reading(make: fn(usize) -> String, size: usize) -> AllocationInfo {
    let text = make(size);
    measure(|| drop(read(&text)))
}

/// By how much the number of allocations and their bytes grow.
fn growth((_, make): &Kind) -> [f64; 2] {
    let (short, long) = (reading(*make, SIZE), reading(*make, SIZE * FACTOR));
    let ratio = |of: fn(&AllocationInfo) -> u64| of(&long) as f64 / of(&short) as f64;
    [ratio(|info| info.count_total), ratio(|info| info.bytes_total)]
}

#[test]
fn allocations_grow_with_length() {
    let wrong: Vec<String> = KINDS
        .iter()
        .map(|kind| (kind.0, growth(kind)))
        .filter(|(_, growth)| growth.iter().any(|growth| *growth > ALLOWED))
        .map(|(name, [count, bytes])| format!("{name}: {count:.1} times the allocations, {bytes:.1} times the bytes"))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
