//! A histogram of durations, with bounds of OpenTelemetry's conventions.

use std::array::from_fn;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The upper bounds, in seconds and in microseconds. What takes longer is in a bucket behind them.
pub(super) type Bounds = [(&'static str, u64); 14];

/// For calls of tools, of which some take long.
pub(super) const MCP: Bounds = [
    ("0.01", 10_000),
    ("0.02", 20_000),
    ("0.05", 50_000),
    ("0.1", 100_000),
    ("0.2", 200_000),
    ("0.5", 500_000),
    ("1", 1_000_000),
    ("2", 2_000_000),
    ("5", 5_000_000),
    ("10", 10_000_000),
    ("30", 30_000_000),
    ("60", 60_000_000),
    ("120", 120_000_000),
    ("300", 300_000_000),
];

/// For requests.
pub(super) const HTTP: Bounds = [
    ("0.005", 5_000),
    ("0.01", 10_000),
    ("0.025", 25_000),
    ("0.05", 50_000),
    ("0.075", 75_000),
    ("0.1", 100_000),
    ("0.25", 250_000),
    ("0.5", 500_000),
    ("0.75", 750_000),
    ("1", 1_000_000),
    ("2.5", 2_500_000),
    ("5", 5_000_000),
    ("7.5", 7_500_000),
    ("10", 10_000_000),
];

#[derive(Debug, Default)]
pub(super) struct Histogram {
    buckets: [AtomicU64; HTTP.len() + 1],
    microseconds: AtomicU64,
}

/// A histogram at a moment.
pub(super) struct Snapshot {
    /// How many durations are no longer than each bound; the last has all.
    pub(super) counts: [u64; HTTP.len() + 1],
    pub(super) sum: Duration,
}

impl Histogram {
    pub(super) fn record(&self, duration: Duration, bounds: &Bounds) {
        let microseconds = u64::try_from(duration.as_micros()).unwrap_or(u64::MAX);
        let bucket = bounds.partition_point(|(_, bound)| *bound < microseconds);
        if let Some(bucket) = self.buckets.get(bucket) {
            bucket.fetch_add(1, Ordering::Relaxed);
        }
        self.microseconds.fetch_add(microseconds, Ordering::Relaxed);
    }

    /// The counts, unless there is nothing to count.
    pub(super) fn snapshot(&self) -> Option<Snapshot> {
        let mut total = 0;
        let counts = from_fn(|index| {
            total += self.buckets.get(index).map_or(0, |bucket| bucket.load(Ordering::Relaxed));
            total
        });
        let sum = Duration::from_micros(self.microseconds.load(Ordering::Relaxed));
        (total > 0).then_some(Snapshot { counts, sum })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_cumulative_and_bounds_belong_to_their_buckets() {
        let histogram = Histogram::default();
        assert!(histogram.snapshot().is_none());
        for milliseconds in [0, 5, 6, 10_000, 10_001] {
            histogram.record(Duration::from_millis(milliseconds), &HTTP);
        }
        let snapshot = histogram.snapshot().unwrap();
        assert_eq!((snapshot.counts[0], snapshot.counts[1], snapshot.counts[12]), (2, 3, 3));
        assert_eq!((snapshot.counts[13], snapshot.counts[14]), (4, 5));
        assert_eq!(snapshot.sum, Duration::from_millis(20_012));
    }
}
