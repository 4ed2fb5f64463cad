//! Plain texts.

use super::seed::Seed;

const WORDS: [&str; 32] = [
    "amber", "basil", "birch", "cedar", "clover", "coral", "cotton", "dune", "ember", "fern", "flint", "garnet",
    "hazel", "indigo", "iris", "ivory", "jade", "juniper", "lichen", "linen", "maple", "meadow", "mint", "moss",
    "opal", "pearl", "pine", "quartz", "river", "sage", "slate", "willow",
];

/// A word.
pub(super) fn word(seed: Seed) -> &'static str {
    seed.choose(&WORDS)
}

/// A short text; `ordinal` tells several of one place apart.
pub(super) fn text(seed: Seed, ordinal: usize) -> String {
    let words = format!("{} {}", word(seed.child("first")), word(seed.child("second")));
    if ordinal == 0 { words } else { format!("{words} {ordinal}") }
}
