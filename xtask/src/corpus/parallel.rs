//! The same work on many things, several at a time.

use std::any::Any;
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::progress::Progress;

/// Does the work on all things, the heaviest first, which would be what the end waits for. The results are in the things' order.
pub(super) fn each<T: Sync, R: Send>(
    things: &[T],
    jobs: NonZero<usize>,
    progress: &Progress,
    weight: impl Fn(&T) -> u64,
    work: impl Fn(&T) -> R + Sync,
) -> Vec<R> {
    let mut order: Vec<(usize, &T)> = things.iter().enumerate().collect();
    order.sort_by_key(|(_, thing)| std::cmp::Reverse(weight(thing)));
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(things.len()));
    std::thread::scope(|scope| {
        for _ in 0..jobs.get().min(things.len()) {
            scope.spawn(|| {
                while let Some((index, thing)) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let result = work(thing);
                    progress.advance(1);
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((*index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// What a panic says.
pub(super) fn panic_message(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or(payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a message")
}
