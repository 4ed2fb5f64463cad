//! The types of fields that are not generated.
//!
//! What is generic here is compiled again for every type of a document that uses it, so it calls no generic function
//! that a `match` can stand for.

use serde_json::Value;

use super::model::{Entries, List, Model, Optional, Slot, Typed, View};
use super::{Base64, Map};

impl<T: Model> Typed for T {
    fn blank() -> Self {
        T::blank()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Model(self.model_mut())
    }

    fn view(&self) -> View<'_> {
        View::Model(self.model())
    }
}

macro_rules! numbers {
    ($($type:ty, $kind:ident, $blank:expr;)*) => { $(
        impl Typed for $type {
            fn blank() -> Self {
                $blank
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$kind(self)
            }

            fn view(&self) -> View<'_> {
                View::$kind(*self)
            }
        }
    )* };
}

numbers! {
    bool, Bool, false;
    i32, I32, 0;
    i64, I64, 0;
    u32, U32, 0;
    u64, U64, 0;
    f32, F32, 0.0;
    f64, F64, 0.0;
}

macro_rules! references {
    ($(($($parameter:ident)?) $type:ty, $kind:ident, $blank:expr;)*) => { $(
        impl$(<$parameter: Typed>)? Typed for $type {
            fn blank() -> Self {
                $blank
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$kind(self)
            }

            fn view(&self) -> View<'_> {
                View::$kind(self)
            }
        }
    )* };
}

references! {
    () String, String, Self::new();
    () Base64, Base64, Self::default();
    () Value, Any, Self::Null;
    (T) Vec<T>, List, Self::new();
    (T) Map<T>, Map, Self::new();
}

impl<T: Typed> Typed for Option<T> {
    fn blank() -> Self {
        None
    }

    fn null() -> Option<Self> {
        Some(None)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Optional(self)
    }

    fn view(&self) -> View<'_> {
        View::Optional(self)
    }
}

#[expect(clippy::manual_map, reason = "see the head of this file")]
impl<T: Typed> Optional for Option<T> {
    fn get(&self) -> Option<View<'_>> {
        match self {
            Some(value) => Some(value.view()),
            None => None,
        }
    }

    fn fill(&mut self) -> Slot<'_> {
        *self = Some(T::blank());
        match self {
            Some(value) => value.slot(),
            None => Slot::Opaque,
        }
    }

    fn set_null(&mut self) {
        *self = T::null();
    }
}

#[expect(clippy::manual_map, reason = "see the head of this file")]
impl<T: Typed> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<View<'_>> {
        match self.as_slice().get(index) {
            Some(item) => Some(item.view()),
            None => None,
        }
    }

    fn push(&mut self) -> Slot<'_> {
        self.push(T::blank());
        match self.last_mut() {
            Some(item) => item.slot(),
            None => Slot::Opaque,
        }
    }
}

#[expect(clippy::manual_map, reason = "see the head of this file")]
impl<T: Typed> Entries for Map<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<(&str, View<'_>)> {
        match self.get_index(index) {
            Some((key, value)) => Some((key, value.view())),
            None => None,
        }
    }

    fn find(&self, key: &str) -> Option<View<'_>> {
        match self.get(key) {
            Some(value) => Some(value.view()),
            None => None,
        }
    }

    fn insert(&mut self, key: String) -> Slot<'_> {
        self.place(key, T::blank()).slot()
    }
}

/// A place that holds nothing which this crate could name.
struct Opaque;

impl Typed for Opaque {
    fn blank() -> Self {
        Self
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Opaque
    }

    fn view(&self) -> View<'_> {
        View::Opaque
    }
}

/// What [`Model::field_mut`] gives for a variant without content and for a field that
/// [`Model::foreign_mut`] reaches.
#[must_use]
pub fn opaque_mut() -> &'static mut dyn Typed {
    // A box of a type without size allocates nothing, so nothing is leaked.
    Box::leak(Box::new(Opaque))
}

/// As [`opaque_mut`], to read from.
#[must_use]
pub fn opaque() -> &'static dyn Typed {
    &Opaque
}
