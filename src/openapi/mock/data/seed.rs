//! Where a value is made, from which follows what it is.

/// A number that depends on a place in a value and nothing else, so that a mock answers the same every time.
#[derive(Clone, Copy, Debug)]
pub(in crate::openapi::mock) struct Seed(u64);

impl Seed {
    /// The seed of a text.
    pub(in crate::openapi::mock) fn new(text: &str) -> Self {
        Self(0xCBF2_9CE4_8422_2325).child(text)
    }

    /// The seed of a part.
    pub(in crate::openapi::mock) fn child(self, name: &str) -> Self {
        // FNV-1a, with a byte between the names.
        let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        Self(name.bytes().fold(fold(self.0, 0xFF), fold))
    }

    /// The seed of an item.
    pub(in crate::openapi::mock) fn item(self, index: usize) -> Self {
        self.child(&index.to_string())
    }

    /// A number below `count`.
    pub(super) fn below(self, count: u64) -> u64 {
        if count == 0 { 0 } else { self.bits() % count }
    }

    /// The entry that the seed chooses.
    pub(super) fn choose<T: Copy + Default>(self, list: &[T]) -> T {
        let index = usize::try_from(self.below(list.len() as u64)).unwrap_or_default();
        list.get(index).copied().unwrap_or_default()
    }

    /// 64 bits in which those of the hash are well mixed (the finisher of `SplitMix64`).
    pub(super) fn bits(self) -> u64 {
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }
}
