//! Inputs of operations.

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
