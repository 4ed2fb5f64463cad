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
        impl ::core::cmp::PartialEq for $type {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::types::equal(self, other)
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
