//! What generated types look like on the wire, as constants.

use super::validate::Rule;

/// The wire form of a generated type.
#[derive(Debug)]
pub enum Shape {
    /// A JSON object with known properties.
    Struct(Struct),
    /// A string out of a list.
    StringEnum(StringEnum),
    /// One of several schemas: `oneOf` and `anyOf`.
    Union(Union),
    /// An array whose places have types of their own: `prefixItems`.
    Tuple(Tuple),
}

impl Shape {
    /// The name of the Rust type.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Struct(shape) => shape.name,
            Self::StringEnum(shape) => shape.name,
            Self::Union(shape) => shape.name,
            Self::Tuple(shape) => shape.name,
        }
    }
}

/// A JSON object with known properties.
#[derive(Debug)]
pub struct Struct {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The wire names, in the order of the Rust fields.
    pub fields: &'static [&'static str],
    /// Finds a field by its wire name: see [`table`]. Left empty where the fields are few; then
    /// [`fields`](Self::fields) is searched.
    pub table: &'static [u16],
    /// The fields that must be present: bit `i % 64` of word `i / 64` stands for field `i`. Words at the end that are
    /// zero may be left out.
    pub required: &'static [u64],
    /// The fields that only answers carry (`readOnly`), as bits.
    pub read_only: &'static [u64],
    /// The fields that only requests carry (`writeOnly`), as bits.
    pub write_only: &'static [u64],
    /// What becomes of properties without a field.
    pub additional: Additional,
    /// Constraints of the fields.
    pub rules: &'static [Rule],
}

impl Struct {
    /// No fields and no name: what a table leaves out it takes from here.
    pub const EMPTY: Self = Self {
        name: "",
        fields: &[],
        table: &[],
        required: &[],
        read_only: &[],
        write_only: &[],
        additional: Additional::Ignore,
        rules: &[],
    };

    /// The field with the wire name `key`. Documents mostly list properties in the order of the schema, so the search
    /// starts at `expected`.
    pub(crate) fn find(&self, key: &str, expected: usize) -> Option<usize> {
        if self.fields.get(expected).is_some_and(|name| *name == key) {
            return Some(expected);
        }
        if self.table.is_empty() {
            return self.fields.iter().position(|name| *name == key);
        }
        let mask = self.table.len() - 1;
        let mut place = hash(key.as_bytes()) as usize & mask;
        // The table has free places, so the search ends; the bound keeps that from being a matter of trust.
        for _ in self.table {
            let index = usize::from(*self.table.get(place)?);
            if *self.fields.get(index)? == key {
                return Some(index);
            }
            place = (place + 1) & mask;
        }
        None
    }
}

/// Marks a free place of a [`table`].
const FREE: u16 = u16::MAX;

/// The hash table of `fields`, whose wire names differ: at the place that the [`hash`] of a name chooses, or the next
/// free one after it (the first follows the last), the field's index; `u16::MAX` at places that are free. The number
/// of places is a power of two, and at least twice that of the fields.
#[must_use]
pub fn table(fields: &[&str]) -> Vec<u16> {
    let mut table = vec![FREE; (fields.len() * 2).next_power_of_two()];
    let mask = table.len() - 1;
    for (index, name) in (0_u16..).zip(fields) {
        let mut place = hash(name.as_bytes()) as usize & mask;
        while table[place] != FREE {
            place = (place + 1) & mask;
        }
        table[place] = index;
    }
    table
}

/// Mixes the length, the first and the last bytes of a name.
#[must_use]
pub fn hash(name: &[u8]) -> u32 {
    let (first, last) = match (name.first_chunk(), name.last_chunk()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (name.first_chunk(), name.last_chunk()) {
            (Some(first), Some(last)) => (u64::from(u32::from_le_bytes(*first)), u64::from(u32::from_le_bytes(*last))),
            _ => (name.iter().fold(0, |bits, byte| bits << 8 | u64::from(*byte)), 0),
        },
    };
    let mixed = (first ^ last.rotate_left(29) ^ name.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 32) as u32
}

/// What becomes of a property that has no field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Additional {
    /// It is skipped.
    Ignore,
    /// It goes into the map that follows the last field: the field whose index is the number of
    /// [`Struct::fields`].
    Keep,
    /// It is an error in a request, and skipped elsewhere: a client must survive an upstream that grows.
    Deny,
}

/// A string out of a list.
#[derive(Debug)]
pub struct StringEnum {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The strings on the wire, in the order of the variants.
    pub values: &'static [&'static str],
    /// Whether one more variant, the last, holds any other string.
    pub open: bool,
}

/// One of several schemas.
#[derive(Debug)]
pub struct Union {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The property that tells the variants apart, empty where there is none.
    pub discriminator: &'static str,
    /// The alternatives, in the order of the Rust variants.
    pub variants: &'static [Variant],
    /// Whether the last of them is none of the document: it takes what the discriminator of a later version may select.
    pub open: bool,
    /// Constraints of their contents, by the index of the variant.
    pub rules: &'static [Rule],
}

/// An alternative of a [`Union`].
#[derive(Debug)]
pub struct Variant {
    /// The name of the Rust variant.
    pub name: &'static str,
    /// The values of the discriminator that select it, the one that is written first. A variant without any takes the
    /// values that no other has.
    pub tags: &'static [&'static str],
}

/// An array whose places have types of their own.
#[derive(Debug)]
pub struct Tuple {
    /// The name of the Rust type.
    pub name: &'static str,
    /// The number of places.
    pub len: usize,
    /// How many of them must be there.
    pub required: usize,
    /// Whether a list follows the last place, in the field whose index is [`len`](Self::len), that takes the rest.
    pub rest: bool,
    /// Constraints of the places.
    pub rules: &'static [Rule],
}

/// Whether field `index` is in a set of bits.
pub(crate) fn contains(bits: &[u64], index: usize) -> bool {
    bits.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
}
