//! The types of fields that are not generated.

use serde_json::Value;

use super::model::{Entries, List, Model, Optional, Slot, Typed, View};
use super::{Base64, Map};

impl<T: Model> Typed for T {
    fn blank() -> Self {
        T::blank()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Model(self)
    }

    fn view(&self) -> View<'_> {
        View::Model(self)
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
    ($($type:ty, $kind:ident, $blank:expr;)*) => { $(
        impl Typed for $type {
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
    String, String, Self::new();
    Base64, Base64, Self::default();
    Value, Any, Self::Null;
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

impl<T: Typed> Optional for Option<T> {
    fn get(&self) -> Option<View<'_>> {
        self.as_ref().map(T::view)
    }

    fn fill(&mut self) -> Slot<'_> {
        self.insert(T::blank()).slot()
    }

    fn set_null(&mut self) {
        *self = T::null();
    }
}

impl<T: Typed> Typed for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }
}

impl<T: Typed> List for Vec<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<View<'_>> {
        self.as_slice().get(index).map(T::view)
    }

    fn push(&mut self) -> Slot<'_> {
        self.push(T::blank());
        self.last_mut().map_or(Slot::Opaque, T::slot)
    }

    fn reserve(&mut self, additional: usize) {
        self.reserve(additional);
    }
}

impl<T: Typed> Typed for Map<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }
}

impl<T: Typed> Entries for Map<T> {
    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<(&str, View<'_>)> {
        self.get_index(index).map(|(key, value)| (key, value.view()))
    }

    fn find(&self, key: &str) -> Option<View<'_>> {
        self.get(key).map(T::view)
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
