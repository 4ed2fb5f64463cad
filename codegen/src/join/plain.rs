//! Types of the document as types of the capability format.

use crate::ir::Type;
use crate::ir::types::{EnumBase, Kind, Literal, TypeUse, Types};

/// The type of the capability format for a use of a type.
pub(crate) fn plain(types: &Types, usage: TypeUse) -> Type {
    if usage.nullable {
        return Type::Any;
    }
    match &types.get(usage.id).kind {
        Kind::Boolean | Kind::Constant(Literal::Boolean(_)) => Type::Boolean,
        Kind::Integer(..) => Type::Integer,
        Kind::Number(..) | Kind::Constant(Literal::Number(_)) => Type::Number,
        Kind::String(..) | Kind::Constant(Literal::String(_)) => Type::String,
        Kind::Array(_) | Kind::Tuple(_) | Kind::Constant(Literal::Array(_)) => Type::Array,
        Kind::Map(_) | Kind::Struct(_) | Kind::Constant(Literal::Object(_)) => Type::Object,
        Kind::Enum(shape) => match shape.base {
            EnumBase::String => Type::String,
            EnumBase::Integer => Type::Integer,
            EnumBase::Mixed => Type::Any,
        },
        Kind::Any | Kind::Null | Kind::Constant(Literal::Null) | Kind::Union(_) | Kind::Foreign(_) => Type::Any,
    }
}
