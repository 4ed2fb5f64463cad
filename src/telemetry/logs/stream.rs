//! The log as it is written, for those who follow it.

use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value, json};
use tokio::sync::broadcast;
use tracing::field::{Field, Visit};
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime as _, SystemTime};
use tracing_subscriber::layer::Context;

/// As many lines are kept for a follower who is slow.
const CAPACITY: usize = 512;

/// Sends each event to those who follow. Copies are of one.
#[derive(Clone, Debug)]
pub(crate) struct LogStream(broadcast::Sender<Arc<str>>);

impl LogStream {
    pub(in crate::telemetry) fn new() -> Self {
        Self(broadcast::Sender::new(CAPACITY))
    }

    /// What is logged from now on.
    pub(crate) fn follow(&self) -> Lines {
        Lines(self.0.subscribe())
    }
}

/// A follower.
pub(crate) struct Lines(broadcast::Receiver<Arc<str>>);

impl Lines {
    /// The next line, as JSON text, or how many were too fast. `None`: there are no more.
    pub(crate) async fn next(&mut self) -> Option<Result<Arc<str>, u64>> {
        match self.0.recv().await {
            Ok(line) => Some(Ok(line)),
            Err(broadcast::error::RecvError::Lagged(missed)) => Some(Err(missed)),
            Err(broadcast::error::RecvError::Closed) => None,
        }
    }
}

impl<S: Subscriber> Layer<S> for LogStream {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        if self.0.receiver_count() == 0 {
            return;
        }
        let mut fields = Fields::default();
        event.record(&mut fields);
        let metadata = event.metadata();
        let line = json!({
            "time": now(),
            "level": metadata.level().as_str(),
            "target": metadata.target(),
            "message": fields.message,
            "fields": fields.others,
        });
        // An error means that the last follower has just gone.
        let _ = self.0.send(line.to_string().into());
    }
}

fn now() -> String {
    let mut text = String::new();
    // Writing to a text does not fail.
    let _ = SystemTime.format_time(&mut Writer::new(&mut text));
    text
}

#[derive(Default)]
struct Fields {
    message: String,
    others: Map<String, Value>,
}

impl Fields {
    fn set(&mut self, field: &Field, value: impl Into<Value>) {
        self.others.insert(field.name().to_owned(), value.into());
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        let text = format!("{value:?}");
        if field.name() == "message" {
            self.message = text;
        } else {
            self.set(field, text);
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.set(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.set(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.set(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.set(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.set(field, value);
    }
}
