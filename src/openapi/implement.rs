//! What generated inputs, bodies and enums implement, by what a line of generated code says of each.

/// Implements [`Inputs`](crate::openapi::Inputs) for generated inputs: the parameters with their numbers, and where there
/// is a body what it is and its field.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_inputs {
    (
        $type:ident
        $(fields { $($index:literal $field:ident)+ })?
        $(foreign { $($foreign_index:literal $foreign:ident)+ })?
        $(blank { $($blank:ident)+ })?
        $(none { $($none:ident)+ })?
        $(default { $($default:ident)+ })?
        $(body { $kind:ident $body:ident })?
        $(optional { $optional_kind:ident $optional:ident })?
        $(choice { $choice:ident })?
        $(optional_choice { $optional_choice:ident })?
    ) => {
        impl $crate::openapi::Inputs for $type {
            $(
                #[inline]
                fn field(&self, index: usize) -> &dyn $crate::types::Typed {
                    match index {
                        $($index => &self.$field,)+
                        _ => $crate::types::opaque(),
                    }
                }
            )?
            $(
                #[inline]
                fn foreign(&self, index: usize) -> ::core::option::Option<&dyn $crate::types::Foreign> {
                    match index {
                        $($foreign_index => ::core::option::Option::Some(&self.$foreign),)+
                        _ => ::core::option::Option::None,
                    }
                }
            )?
            $(
                #[inline]
                fn body(&mut self) -> $crate::openapi::Payload<'_> {
                    $crate::openapi::Payload::$kind(0, &mut self.$body)
                }
            )?
            $(
                #[inline]
                fn body(&mut self) -> $crate::openapi::Payload<'_> {
                    match &mut self.$optional {
                        ::core::option::Option::Some(body) => $crate::openapi::Payload::$optional_kind(0, body),
                        ::core::option::Option::None => $crate::openapi::Payload::Absent,
                    }
                }
            )?
            $(
                #[inline]
                fn body(&mut self) -> $crate::openapi::Payload<'_> {
                    self.$choice.payload()
                }
            )?
            $(
                #[inline]
                fn body(&mut self) -> $crate::openapi::Payload<'_> {
                    match &mut self.$optional_choice {
                        ::core::option::Option::Some(body) => body.payload(),
                        ::core::option::Option::None => $crate::openapi::Payload::Absent,
                    }
                }
            )?
        }
    };
}

/// Implements [`Inputs`](crate::openapi::Inputs), and where there are servers
/// [`Accept`](crate::openapi::Accept), by the same words: the fields that begin blank, those that begin as `None`, and
/// those of types that begin as their `Default`.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_accepted_inputs {
    ($($words:tt)*) => {
        $crate::__implement_inputs! { $($words)* }
        $crate::__implement_accept! { $($words)* }
    };
}

/// Without servers nothing is accepted.
#[cfg(not(feature = "__server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_accept {
    ($($words:tt)*) => {};
}

/// Implements [`Accept`](crate::openapi::Accept) for generated inputs.
#[cfg(feature = "__server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_accept {
    (
        $type:ident
        $(fields { $($index:literal $field:ident)+ })?
        $(foreign { $($foreign_index:literal $foreign:ident)+ })?
        $(blank { $($blank:ident)+ })?
        $(none { $($none:ident)+ })?
        $(default { $($default:ident)+ })?
        $(body { $kind:ident $body:ident })?
        $(optional { $optional_kind:ident $optional:ident })?
        $(choice { $choice:ident })?
        $(optional_choice { $optional_choice:ident })?
    ) => {
        impl $crate::openapi::Accept for $type {
            #[inline]
            fn blank() -> Self {
                Self {
                    $($($blank: $crate::openapi::Blank::blank(),)+)?
                    $($($none: ::core::option::Option::None,)+)?
                    $($($default: ::core::default::Default::default(),)+)?
                }
            }

            $(
                #[inline]
                fn field_mut(&mut self, index: usize) -> &mut dyn $crate::types::Typed {
                    match index {
                        $($index => &mut self.$field,)+
                        _ => $crate::types::opaque_mut(),
                    }
                }
            )?
            $(
                #[inline]
                fn foreign_mut(&mut self, index: usize) -> ::core::option::Option<&mut dyn $crate::types::Foreign> {
                    match index {
                        $($foreign_index => ::core::option::Option::Some(&mut self.$foreign),)+
                        _ => ::core::option::Option::None,
                    }
                }
            )?
            $(
                #[inline]
                fn body_mut(&mut self, _: usize) -> $crate::openapi::Place<'_> {
                    $crate::openapi::Place::$kind(&mut self.$body)
                }
            )?
            $(
                #[inline]
                fn body_mut(&mut self, _: usize) -> $crate::openapi::Place<'_> {
                    let body = self.$optional.insert($crate::__blank!($optional_kind));
                    $crate::openapi::Place::$optional_kind(body)
                }
            )?
            $(
                #[inline]
                fn body_mut(&mut self, content: usize) -> $crate::openapi::Place<'_> {
                    self.$choice.place(content)
                }
            )?
            $(
                #[inline]
                fn body_mut(&mut self, content: usize) -> $crate::openapi::Place<'_> {
                    self.$optional_choice.insert($crate::openapi::Blank::blank()).place(content)
                }
            )?
        }
    };
}

/// What a body of a kind begins as.
#[cfg(feature = "__server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __blank {
    (Foreign) => {
        ::core::default::Default::default()
    };
    ($kind:ident) => {
        $crate::openapi::Blank::blank()
    };
}

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

/// Makes the function that gives blank inputs for the index of an operation.
#[cfg(feature = "__server")]
#[doc(hidden)]
#[macro_export]
macro_rules! __implement_blank_inputs {
    ($($index:literal $inputs:ident)*) => {
        /// Inputs to read into, for the index of an operation.
        #[inline]
        fn inputs(operation: usize) -> ::core::option::Option<::std::boxed::Box<dyn $crate::openapi::Accept>> {
            match operation {
                $($index => $crate::__private::blank_inputs::<operations::$inputs>(),)*
                _ => ::core::option::Option::None,
            }
        }
    };
}
