//! The bridge from generated types to the traits of their users.

/// Implements the usual traits for generated types, each in terms of [`Model`](super::Model).
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_models {
    ($($type:ident)*) => { $(
        #[automatically_derived]
        impl ::core::clone::Clone for $type {
            #[inline]
            fn clone(&self) -> Self {
                $crate::types::duplicate(self)
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::types::debug(self, f)
            }
        }

        #[automatically_derived]
        impl $crate::types::serde::Serialize for $type {
            #[inline]
            fn serialize<S: $crate::types::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::types::serialize(self, serializer)
            }
        }

        #[automatically_derived]
        impl<'de> $crate::types::serde::Deserialize<'de> for $type {
            #[inline]
            fn deserialize<D: $crate::types::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::types::deserialize(deserializer)
            }
        }
    )* };
}

/// Implements `PartialEq` for generated structs, tuples and unions. It stands apart because each implementation costs
/// its users' compiler a little, and not everyone compares.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_equality {
    ($($type:ident)*) => { $(
        #[automatically_derived]
        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::types::equal(self, other)
            }
        }
    )* };
}

/// Implements `Default` for generated structs: what the schema says for absent fields, and otherwise nothing. Enums and
/// unions have none, since which of their variants is meant is nobody's guess.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_default {
    ($($type:ident)*) => { $(
        #[automatically_derived]
        impl ::core::default::Default for $type {
            #[inline]
            fn default() -> Self {
                $crate::types::Model::blank()
            }
        }
    )* };
}

/// Implements what string enums have beside the usual: `as_str`, `Display`, `FromStr` and `Eq`.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_string_enums {
    ($($type:ident)*) => { $(
        impl $type {
            /// The string on the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                $crate::types::string_enum::text(self)
            }
        }

        #[automatically_derived]
        impl ::core::fmt::Display for $type {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        #[automatically_derived]
        impl ::core::str::FromStr for $type {
            type Err = $crate::types::string_enum::UnknownValue;

            #[inline]
            // `Self::Err` could be a variant.
            fn from_str(text: &str) -> ::core::result::Result<Self, $crate::types::string_enum::UnknownValue> {
                $crate::types::string_enum::parse(text)
            }
        }

        #[automatically_derived]
        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        #[automatically_derived]
        impl ::core::cmp::Eq for $type {}

        #[automatically_derived]
        impl ::core::hash::Hash for $type {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(self.as_str(), state);
            }
        }
    )* };
}

/// Implements [`Model`](super::Model) for a generated struct whose fields are all of types that this crate knows:
/// the struct, its [`shape::Struct`](super::shape::Struct) without name, each field with its number (`_` stands for that of
/// the last one), the fields that are blank as their types are, those that are `None`, and those that begin otherwise.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_struct {
    (
        $type:ident { $($shape:tt)* }
        { $($index:tt $field:ident)* }
        blank { $($blank:ident)* }
        none { $($none:ident)* }
        { $($other:tt)* }
    ) => {
        impl $crate::types::Model for $type {
            #[inline]
            fn shape(&self) -> &'static $crate::types::Shape {
                &$crate::types::Shape::Struct($crate::types::shape::Struct {
                    name: ::core::stringify!($type),
                    $($shape)*
                    ..$crate::types::shape::Struct::EMPTY
                })
            }

            #[inline]
            fn blank() -> Self {
                Self {
                    $($blank: $crate::types::Typed::blank(),)*
                    $($none: ::core::option::Option::None,)*
                    $($other)*
                }
            }

            #[inline]
            fn field_mut(&mut self, index: usize) -> &mut dyn $crate::types::Typed {
                match index {
                    $($index => &mut self.$field,)*
                }
            }

            #[inline]
            fn field(&self, index: usize) -> &dyn $crate::types::Typed {
                match index {
                    $($index => &self.$field,)*
                }
            }
        }
    };
}

/// Implements [`Model`](super::Model) for a generated open string enum: what it is when blank, each listed variant with its
/// number and its value, and the variant for other values with its number.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_string_enum {
    ($type:ident = $blank:expr; { $($index:tt $variant:ident $value:literal)* } $last:tt $unlisted:ident) => {
        impl $crate::types::Model for $type {
            #[inline]
            fn shape(&self) -> &'static $crate::types::Shape {
                &$crate::types::Shape::StringEnum($crate::types::shape::StringEnum {
                    name: ::core::stringify!($type),
                    values: &[$($value),*],
                    open: true,
                })
            }

            #[inline]
            fn blank() -> Self {
                $blank
            }

            #[inline]
            fn field_mut(&mut self, index: usize) -> &mut dyn $crate::types::Typed {
                *self = match index {
                    $($index => Self::$variant,)*
                    _ => Self::$unlisted(::std::string::String::new()),
                };
                match self {
                    Self::$unlisted(text) => text,
                    _ => $crate::types::opaque_mut(),
                }
            }

            #[inline]
            fn field(&self, _: usize) -> &dyn $crate::types::Typed {
                match self {
                    Self::$unlisted(text) => text,
                    _ => $crate::types::opaque(),
                }
            }

            #[inline]
            fn selected(&self) -> usize {
                match self {
                    $(Self::$variant => $index,)*
                    Self::$unlisted(_) => $last,
                }
            }
        }
    };
}
