//! Values that a document writes down.

/// A JSON value in a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Literal {
    /// `null`
    Null,
    /// A truth value.
    Boolean(bool),
    /// A number.
    Number(Decimal),
    /// A text.
    String(String),
    /// A list.
    Array(Vec<Literal>),
    /// An object in the order of the document.
    Object(Vec<(String, Literal)>),
}

/// A number as the document writes it, in the grammar of JSON: no digit is lost.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimal(pub(crate) String);

impl Decimal {
    /// The number as JSON writes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number, if it is whole and fits; `1.0` and `1e3` are whole.
    #[must_use]
    pub fn as_integer(&self) -> Option<i128> {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        self.0.parse().ok().or_else(|| {
            let value = self.as_double();
            #[expect(clippy::cast_possible_truncation, reason = "within the range in which doubles are exact")]
            (value.fract() == 0.0 && value.abs() <= EXACT).then_some(value as i128)
        })
    }

    /// The nearest double.
    #[must_use]
    pub fn as_double(&self) -> f64 {
        self.0.parse().unwrap_or(f64::NAN)
    }
}
