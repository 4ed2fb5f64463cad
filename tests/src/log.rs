//! A log that a test can search.

use std::cell::RefCell;
use std::io::{self, Write};
use std::marker::PhantomData;
use std::sync::Once;

use tracing::level_filters::LevelFilter;
use tracing::subscriber::set_global_default;

static SUBSCRIBER: Once = Once::new();

thread_local! {
    static TEXT: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Everything that this thread logs through `tracing` while the value lives, whatever its level.
///
/// One subscriber serves all threads. `tracing` asks once whether anyone wants what a place in the code logs: had each
/// test a subscriber of its own, a thread without one could answer for all of them.
pub struct CapturedLog {
    thread: PhantomData<*const ()>,
}

impl CapturedLog {
    /// Starts to listen.
    ///
    /// # Panics
    ///
    /// When the process has another subscriber.
    pub fn start() -> Self {
        SUBSCRIBER.call_once(|| {
            let subscriber = tracing_subscriber::fmt()
                .with_ansi(false)
                .with_max_level(LevelFilter::TRACE)
                .with_writer(|| ThisThread)
                .finish();
            set_global_default(subscriber).expect("there is no other subscriber");
        });
        TEXT.set(Some(Vec::new()));
        Self { thread: PhantomData }
    }

    /// What was logged so far.
    pub fn text(&self) -> String {
        let Self { thread: PhantomData } = self;
        TEXT.with_borrow(|text| String::from_utf8_lossy(text.as_deref().unwrap_or_default()).into_owned())
    }
}

impl Drop for CapturedLog {
    fn drop(&mut self) {
        TEXT.set(None);
    }
}

/// Writes what the thread logs, if it listens.
struct ThisThread;

impl Write for ThisThread {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        TEXT.with_borrow_mut(|text| {
            if let Some(text) = text {
                text.extend_from_slice(bytes);
            }
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
