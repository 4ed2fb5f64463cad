//! What is counted: a fixed set of histograms for each surface and operation, so that no caller can make more of them.

mod histogram;
mod text;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::StatusCode;

use self::histogram::{Bounds, HTTP, Histogram};
pub(super) use self::text::MEDIA_TYPE;
use crate::description::{Capability, Surface};

/// The histograms of a capability.
#[derive(Debug)]
pub(crate) struct Metrics {
    capability: &'static Capability,
    /// For each of [`Capability::exposes`].
    surfaces: Vec<SurfaceMetrics>,
    /// For each of [`Capability::operations`].
    calls: Vec<Outcomes>,
}

/// What is counted of a surface.
#[derive(Debug)]
struct SurfaceMetrics {
    /// For each route or tool.
    entries: Vec<Outcomes>,
    /// Requests that are none of a route.
    others: Outcomes,
    active: AtomicU64,
}

/// Durations by the class of the status, from 2xx to 5xx.
#[derive(Debug, Default)]
struct Outcomes([Histogram; 4]);

/// The classes of [`Outcomes`].
const CLASSES: [&str; 4] = ["2xx", "3xx", "4xx", "5xx"];

impl Outcomes {
    fn record(&self, status: StatusCode, duration: Duration, bounds: &Bounds) {
        let class = usize::from(status.as_u16() / 100).clamp(2, 5) - 2;
        if let Some(histogram) = self.0.get(class) {
            histogram.record(duration, bounds);
        }
    }
}

fn outcomes(count: usize) -> Vec<Outcomes> {
    std::iter::repeat_with(Outcomes::default).take(count).collect()
}

impl Metrics {
    pub(crate) fn new(capability: &'static Capability) -> Self {
        let surface = |surface: &Surface| SurfaceMetrics {
            entries: outcomes(match surface {
                Surface::Rest { routes } => routes.len(),
                Surface::Mcp { tools, .. } => tools.len(),
                Surface::Skill { .. } | Surface::Control { .. } => 0,
            }),
            others: Outcomes::default(),
            active: AtomicU64::new(0),
        };
        Self {
            capability,
            surfaces: capability.exposes.iter().map(|exposes| surface(&exposes.surface)).collect(),
            calls: outcomes(capability.operations.len()),
        }
    }

    /// Counts a request to a surface, or to one of its routes.
    pub(crate) fn request(&self, surface: usize, route: Option<usize>, status: StatusCode, duration: Duration) {
        if let Some(surface) = self.surfaces.get(surface) {
            let entry = route.and_then(|route| surface.entries.get(route)).unwrap_or(&surface.others);
            entry.record(status, duration, &HTTP);
        }
    }

    /// Counts a call of a consumed operation.
    pub(crate) fn call(&self, operation: usize, status: StatusCode, duration: Duration) {
        if let Some(outcomes) = self.calls.get(operation) {
            outcomes.record(status, duration, &HTTP);
        }
    }

    /// Counts a request to a surface as active until the value is dropped.
    pub(crate) fn active(self: &Arc<Self>, surface: usize) -> Active {
        self.change(surface, |active| active.fetch_add(1, Ordering::Relaxed));
        Active { metrics: Arc::clone(self), surface }
    }

    fn change(&self, surface: usize, change: impl FnOnce(&AtomicU64) -> u64) {
        if let Some(surface) = self.surfaces.get(surface) {
            change(&surface.active);
        }
    }
}

/// A request that is being answered.
pub(crate) struct Active {
    metrics: Arc<Metrics>,
    surface: usize,
}

impl Drop for Active {
    fn drop(&mut self) {
        self.metrics.change(self.surface, |active| active.fetch_sub(1, Ordering::Relaxed));
    }
}

/// Counts the calls of a surface's tools.
#[cfg(feature = "mcp")]
#[derive(Debug)]
pub struct ToolMeter {
    pub(super) metrics: Arc<Metrics>,
    pub(super) surface: usize,
}

#[cfg(feature = "mcp")]
impl ToolMeter {
    /// Counts a call of the tool at a position of the list, which is sorted by name as the tools of a surface are.
    pub(crate) fn record(&self, position: usize, failed: bool, duration: Duration) {
        let status = if failed { StatusCode::INTERNAL_SERVER_ERROR } else { StatusCode::OK };
        if let Some(tool) = self.metrics.surfaces.get(self.surface).and_then(|surface| surface.entries.get(position)) {
            tool.record(status, duration, &histogram::MCP);
        }
    }
}
