//! Bodies in several forms, and of several parts.

/// Implements what a body in one of several forms has: each form's number, variant and kind.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_choice {
    ($type:ident { $($index:literal $variant:ident $kind:ident)+ }) => {
        impl $type {
            #[inline]
            pub(super) fn payload(&mut self) -> $crate::openapi::Payload<'_> {
                match self {
                    $(Self::$variant(body) => $crate::openapi::Payload::$kind($index, body),)+
                }
            }
        }
    };
}

/// Implements what a body in one of several forms has beside, where there are servers.
#[cfg(feature = "__server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_accepted_choice {
    ($type:ident { $first_index:literal $first:ident $first_kind:ident $($index:literal $variant:ident $kind:ident)* }) => {
        $crate::__implement_choice! { $type { $first_index $first $first_kind $($index $variant $kind)* } }

        impl $crate::openapi::Blank for $type {
            #[inline]
            fn blank() -> Self {
                Self::$first($crate::__blank!($first_kind))
            }
        }

        impl $type {
            #[inline]
            pub(super) fn place(&mut self, content: usize) -> $crate::openapi::Place<'_> {
                *self = match content {
                    $($index => Self::$variant($crate::__blank!($kind)),)*
                    _ => $crate::openapi::Blank::blank(),
                };
                match self {
                    Self::$first(body) => $crate::openapi::Place::$first_kind(body),
                    $(Self::$variant(body) => $crate::openapi::Place::$kind(body),)*
                }
            }
        }
    };
}

/// Without servers nothing is accepted.
#[cfg(not(feature = "__server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_accepted_choice {
    ($($words:tt)*) => {
        $crate::__implement_choice! { $($words)* }
    };
}

/// Implements [`Parts`](crate::openapi::Parts) for a generated multipart body: each part's name on the wire, number and
/// field, what [`PartValue`](crate::openapi::PartValue) makes of it, and where it is read into.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_parts {
    ($type:ident { $($wire:literal $index:literal $field:ident $value:ident $place:ident)* } $($rest:tt)*) => {
        impl $crate::openapi::Parts for $type {
            #[inline]
            fn names(&self) -> &'static [&'static str] {
                &[$($wire),*]
            }

            #[inline]
            fn part(&mut self, index: usize) -> $crate::openapi::PartValue<'_> {
                match index {
                    $($index => $crate::openapi::PartValue::$value(&mut self.$field),)*
                    _ => $crate::openapi::PartValue::Absent,
                }
            }
        }
    };
}

/// Implements [`Parts`](crate::openapi::Parts) and [`AcceptParts`](crate::openapi::AcceptParts): what is listed
/// behind the parts are the fields that begin blank, those that begin as `None`, and those that begin as their `Default`.
#[cfg(feature = "__server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_accepted_parts {
    (
        $type:ident { $($wire:literal $index:literal $field:ident $value:ident $place:ident)* }
        blank { $($blank:ident)* } none { $($none:ident)* } default { $($default:ident)* }
    ) => {
        $crate::__implement_parts! { $type { $($wire $index $field $value $place)* } }

        impl $crate::openapi::Blank for $type {
            #[inline]
            fn blank() -> Self {
                Self {
                    $($blank: $crate::openapi::Blank::blank(),)*
                    $($none: ::core::option::Option::None,)*
                    $($default: ::core::default::Default::default(),)*
                }
            }
        }

        impl $crate::openapi::AcceptParts for $type {
            #[inline]
            fn place(&mut self, index: usize) -> $crate::openapi::PartPlace<'_> {
                match index {
                    $($index => $crate::openapi::PartPlace::$place(&mut self.$field),)*
                    _ => $crate::openapi::PartPlace::Typed($crate::types::opaque_mut()),
                }
            }
        }
    };
}

/// Without servers nothing is accepted.
#[cfg(not(feature = "__server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_accepted_parts {
    ($($words:tt)*) => {
        $crate::__implement_parts! { $($words)* }
    };
}
