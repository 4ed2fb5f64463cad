//! What a schema says, taken apart: shapes whose parts are edges to other shapes.

use std::hash::Hash;

use crate::ir::types::{
    EnumBase, Foreign, IntegerFormat, Literal, NumberFormat, NumberRules, SizeRules, StringFormat, StringRules, Tag,
};

/// A shape over edges of a kind. Documentation is no part of it, so that equal shapes are equal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shape<'t, E> {
    Any,
    Null,
    Boolean,
    Integer(IntegerFormat, NumberRules),
    Number(NumberFormat, NumberRules),
    String(StringFormat, StringRules),
    Enum(EnumBase, Vec<Literal>),
    Constant(Literal),
    Array { items: E, rules: SizeRules },
    Tuple { items: Vec<E>, required: usize, rest: Option<E> },
    Map { values: E, rules: SizeRules },
    Struct { fields: Vec<FieldShape<'t, E>>, additional: AdditionalShape<E>, rules: SizeRules },
    Union { inclusive: bool, tag: Option<Tag>, variants: Vec<VariantShape<E>> },
    Foreign(Foreign),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct FieldShape<'t, E> {
    pub(super) wire: &'t str,
    pub(super) edge: E,
    pub(super) required: bool,
    pub(super) read_only: bool,
    pub(super) write_only: bool,
    pub(super) default: Option<Literal>,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum AdditionalShape<E> {
    Unspecified,
    Denied,
    Values(E),
}

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct VariantShape<E> {
    pub(super) edge: E,
    /// The values of the tag.
    pub(super) tags: Vec<String>,
    /// Whether it stands for all values of the tag for which nothing else stands.
    pub(super) is_rest: bool,
}

impl<'t, E> Shape<'t, E> {
    /// All edges, in a fixed order.
    pub(super) fn edges(&self) -> Vec<&E> {
        match self {
            Self::Any
            | Self::Null
            | Self::Boolean
            | Self::Integer(..)
            | Self::Number(..)
            | Self::String(..)
            | Self::Enum(..)
            | Self::Constant(_)
            | Self::Foreign(_) => Vec::new(),
            Self::Array { items: edge, .. } | Self::Map { values: edge, .. } => vec![edge],
            Self::Tuple { items, rest, .. } => items.iter().chain(rest).collect(),
            Self::Struct { fields, additional, .. } => {
                let values = match additional {
                    AdditionalShape::Values(edge) => Some(edge),
                    AdditionalShape::Unspecified | AdditionalShape::Denied => None,
                };
                fields.iter().map(|field| &field.edge).chain(values).collect()
            }
            Self::Union { variants, .. } => variants.iter().map(|variant| &variant.edge).collect(),
        }
    }

    /// The shape over other edges.
    pub(super) fn map<F>(self, mut to: impl FnMut(E) -> F) -> Shape<'t, F> {
        match self {
            Self::Any => Shape::Any,
            Self::Null => Shape::Null,
            Self::Boolean => Shape::Boolean,
            Self::Integer(format, rules) => Shape::Integer(format, rules),
            Self::Number(format, rules) => Shape::Number(format, rules),
            Self::String(format, rules) => Shape::String(format, rules),
            Self::Enum(base, values) => Shape::Enum(base, values),
            Self::Constant(value) => Shape::Constant(value),
            Self::Foreign(foreign) => Shape::Foreign(foreign),
            Self::Array { items, rules } => Shape::Array { items: to(items), rules },
            Self::Map { values, rules } => Shape::Map { values: to(values), rules },
            Self::Tuple { items, required, rest } => {
                Shape::Tuple { items: items.into_iter().map(&mut to).collect(), required, rest: rest.map(to) }
            }
            Self::Struct { fields, additional, rules } => Shape::Struct {
                fields: fields.into_iter().map(|field| field.map(&mut to)).collect(),
                additional: match additional {
                    AdditionalShape::Unspecified => AdditionalShape::Unspecified,
                    AdditionalShape::Denied => AdditionalShape::Denied,
                    AdditionalShape::Values(edge) => AdditionalShape::Values(to(edge)),
                },
                rules,
            },
            Self::Union { inclusive, tag, variants } => {
                let variants = variants
                    .into_iter()
                    .map(|VariantShape { edge, tags, is_rest }| VariantShape { edge: to(edge), tags, is_rest })
                    .collect();
                Shape::Union { inclusive, tag, variants }
            }
        }
    }

    /// Whether the type has a name of its own in Rust.
    pub(super) fn is_named(&self) -> bool {
        matches!(
            self,
            Self::Enum(..) | Self::Constant(_) | Self::Tuple { .. } | Self::Struct { .. } | Self::Union { .. }
        )
    }
}

impl<'t, E> FieldShape<'t, E> {
    fn map<F>(self, to: &mut impl FnMut(E) -> F) -> FieldShape<'t, F> {
        FieldShape {
            wire: self.wire,
            edge: to(self.edge),
            required: self.required,
            read_only: self.read_only,
            write_only: self.write_only,
            default: self.default,
        }
    }
}
