//! What of the log is wanted, which can change while the program runs.

use std::sync::{Arc, PoisonError, RwLock};

use tracing::level_filters::LevelFilter;
use tracing::subscriber::Interest;
use tracing::{Metadata, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::{Context, Filter};

use crate::telemetry::TelemetryError;

/// Libraries beneath, whose own logs tell of bytes and frames, and of what callers send: they are heard from `warn` on, unless
/// `RUST_LOG` names them.
pub(crate) const BENEATH: [&str; 8] =
    ["h2", "hyper", "hyper_util", "opentelemetry", "opentelemetry_sdk", "opentelemetry-otlp", "reqwest", "rmcp"];

/// Which events and spans go to the log. Copies are of one.
#[derive(Clone, Debug)]
pub(crate) struct LogFilter(Arc<RwLock<Targets>>);

/// A text that is no level.
#[cfg(feature = "control")]
pub(crate) struct UnknownLevel;

impl LogFilter {
    pub(in crate::telemetry) fn new(targets: Targets) -> Self {
        Self(Arc::new(RwLock::new(targets)))
    }

    fn ask<T>(&self, ask: impl FnOnce(&Targets) -> T) -> T {
        ask(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The level of whatever has none of its own.
    #[cfg(feature = "control")]
    pub(crate) fn level(&self) -> String {
        self.ask(|targets| targets.default_level().unwrap_or(LevelFilter::OFF).to_string())
    }

    /// Sets the level of whatever has none of its own.
    #[cfg(feature = "control")]
    pub(crate) fn set_level(&self, level: &str) -> Result<(), UnknownLevel> {
        let is_word = !level.is_empty() && level.bytes().all(|byte| byte.is_ascii_alphabetic());
        let level: LevelFilter = level.parse().ok().filter(|_| is_word).ok_or(UnknownLevel)?;
        let mut targets = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *targets = targets.clone().with_default(level);
        drop(targets);
        // Places in the code remember whether anybody listens.
        tracing::callsite::rebuild_interest_cache();
        Ok(())
    }
}

impl<S: Subscriber> Filter<S> for LogFilter {
    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        self.ask(|targets| targets.would_enable(metadata.target(), metadata.level()))
    }

    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        let is_wanted = self.ask(|targets| targets.would_enable(metadata.target(), metadata.level()));
        if is_wanted { Interest::always() } else { Interest::never() }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        self.ask(|targets| Filter::<S>::max_level_hint(targets))
    }
}

/// Reads `RUST_LOG`: levels, and targets with levels (`info,hyper=debug`).
pub(crate) fn read_targets(text: Option<&str>) -> Result<Targets, TelemetryError> {
    let reason = "is no list of levels and of targets with levels, such as `info,hyper=debug`";
    let given: Targets =
        text.unwrap_or("info").parse().map_err(|_| TelemetryError::Variable { variable: "RUST_LOG", reason })?;
    let named: Vec<String> = given.iter().map(|(target, _)| target.to_owned()).collect();
    let is_named = |name: &str| named.iter().any(|target| target == name || target.starts_with(&format!("{name}::")));
    let beneath = BENEATH.into_iter().filter(|name| !is_named(name)).map(|name| (name, LevelFilter::WARN));
    Ok(given.with_targets(beneath))
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    #[test]
    fn libraries_beneath_are_quiet_unless_they_are_named() {
        let targets = read_targets(None).unwrap();
        assert!(targets.would_enable("capsmith::server", &Level::INFO));
        assert!(!targets.would_enable("capsmith::server", &Level::DEBUG));
        assert!(!targets.would_enable("hyper::proto", &Level::INFO));
        let targets = read_targets(Some("debug,hyper=trace")).unwrap();
        assert!(targets.would_enable("hyper::proto", &Level::TRACE));
        assert!(!targets.would_enable("rmcp::service", &Level::DEBUG));
        assert!(read_targets(Some("a=b=c")).unwrap_err().to_string().contains("RUST_LOG"));
    }
}
