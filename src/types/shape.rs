//! What generated types look like on the wire, as constants.

use super::check::Rule;

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
    /// A permutation of the indices of [`fields`](Self::fields) that sorts them by their bytes. Left empty by the
    /// compiler where the fields are few, and then searched in their own order.
    pub sorted: &'static [u16],
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
        sorted: &[],
        required: &[],
        read_only: &[],
        write_only: &[],
        additional: Additional::Ignore,
        rules: &[],
    };

    /// The field with the wire name `key`. Documents mostly list properties in the order of the schema, so the search
    /// starts at `expected`.
    pub(super) fn find(&self, key: &str, expected: usize) -> Option<usize> {
        if self.fields.get(expected).is_some_and(|name| *name == key) {
            return Some(expected);
        }
        if self.sorted.is_empty() {
            return self.fields.iter().position(|name| *name == key);
        }
        let place = self.sorted.binary_search_by(|index| self.fields[usize::from(*index)].cmp(key)).ok()?;
        Some(usize::from(self.sorted[place]))
    }
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
}

/// Whether field `index` is in a set of bits.
pub(super) fn contains(bits: &[u64], index: usize) -> bool {
    bits.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
}
