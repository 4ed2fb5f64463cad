//! Enums of several answers.

/// Implements [`Answer`](crate::openapi::Answer) for a generated enum of answers: the numbers and variants of those that
/// hold a value, of those that hold nothing, and of those whose type the runtime does not know.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_answers {
    (
        $type:ident
        { $($index:literal $variant:ident)* }
        empty { $($empty_index:literal $empty:ident)* }
        foreign { $($foreign_index:literal $foreign:ident)* }
    ) => {
        impl $crate::openapi::Answer for $type {
            #[inline]
            fn read(
                variant: usize,
                received: $crate::openapi::Received,
            ) -> ::core::result::Result<Self, $crate::ClientError> {
                ::core::result::Result::Ok(match variant {
                    $($index => Self::$variant(received.read()?),)*
                    $($empty_index => Self::$empty,)*
                    $($foreign_index => Self::$foreign(received.read::<$crate::openapi::Custom<_>>()?.0),)*
                    _ => return ::core::result::Result::Err(received.unexpected()),
                })
            }
        }
    };
}

/// Implements [`Answer`](crate::openapi::Answer), and where there are servers [`Respond`](crate::openapi::Respond).
#[cfg(feature = "__server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_responses {
    (
        $type:ident
        { $($index:literal $variant:ident)* }
        empty { $($empty_index:literal $empty:ident)* }
        foreign { $($foreign_index:literal $foreign:ident)* }
    ) => {
        $crate::__implement_answers! {
            $type
            { $($index $variant)* }
            empty { $($empty_index $empty)* }
            foreign { $($foreign_index $foreign)* }
        }

        impl $crate::openapi::Respond for $type {
            #[inline]
            fn variant(&self) -> usize {
                match self {
                    $(Self::$variant(_) => $index,)*
                    $(Self::$empty => $empty_index,)*
                    $(Self::$foreign(_) => $foreign_index,)*
                }
            }

            #[inline]
            fn write(
                self,
                kind: $crate::openapi::MediaKind,
            ) -> ::core::result::Result<$crate::openapi::Written, $crate::Problem> {
                match self {
                    $(Self::$variant(value) => $crate::openapi::Respond::write(value, kind),)*
                    $(Self::$empty => $crate::openapi::Respond::write((), kind),)*
                    $(Self::$foreign(value) => {
                        $crate::openapi::Respond::write($crate::openapi::Custom(value), kind)
                    })*
                }
            }
        }
    };
}

/// Without servers nothing is answered.
#[cfg(not(feature = "__server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_responses {
    ($($words:tt)*) => {
        $crate::__implement_answers! { $($words)* }
    };
}
