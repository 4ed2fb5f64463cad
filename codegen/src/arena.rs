//! A list that grows while its elements are borrowed.

use std::cell::{Cell, OnceCell};

/// The length of the first chunk; each further one is twice as long.
const FIRST: usize = 8;
/// The most chunks, enough for half a million elements.
const CHUNKS: usize = 16;

/// An append-only list whose elements never move.
///
/// Files are loaded when a reference first leads to them, while nodes of other files are in use.
#[derive(Debug)]
pub(crate) struct Arena<T> {
    chunks: [OnceCell<Box<[OnceCell<T>]>>; CHUNKS],
    length: Cell<usize>,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self { chunks: [const { OnceCell::new() }; CHUNKS], length: Cell::new(0) }
    }
}

impl<T> Arena<T> {
    /// Appends an element and gives its index. `None`: the arena is full.
    pub(crate) fn push(&self, value: T) -> Option<usize> {
        let index = self.length.get();
        let (chunk, offset) = locate(index);
        let slots = self
            .chunks
            .get(chunk)?
            .get_or_init(|| std::iter::repeat_with(OnceCell::new).take(FIRST << chunk).collect());
        slots.get(offset)?.set(value).ok()?;
        self.length.set(index + 1);
        Some(index)
    }

    /// The element of an index.
    pub(crate) fn get(&self, index: usize) -> Option<&T> {
        let (chunk, offset) = locate(index);
        self.chunks.get(chunk)?.get()?.get(offset)?.get()
    }

    /// The elements in their order.
    pub(crate) fn into_vec(self) -> Vec<T> {
        let slots = self.chunks.into_iter().filter_map(OnceCell::into_inner).flatten();
        slots.filter_map(OnceCell::into_inner).collect()
    }
}

/// The chunk of an index and its place in there.
fn locate(index: usize) -> (usize, usize) {
    let chunk = (index / FIRST + 1).ilog2() as usize;
    (chunk, index - FIRST * ((1 << chunk) - 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_stay_where_they_are() {
        let arena = Arena::default();
        let first = arena.push("0".to_owned()).and_then(|index| arena.get(index)).unwrap();
        for number in 1..1000 {
            assert_eq!(arena.push(number.to_string()), Some(number));
        }
        assert_eq!(first, "0");
        assert!((0..1000).all(|index| arena.get(index) == Some(&index.to_string())));
        assert_eq!(arena.get(1000), None);
        assert_eq!(arena.into_vec().len(), 1000);
    }
}
