//! Time of the compiler on each seed file, as one macro expansion takes it.

use std::time::Instant;

use crate::BenchError;
use crate::report::{Report, median};

const SEEDS: [&str; 3] = ["platform-backups", "postgres-management-database-backups", "qovery-backups"];

/// Compiles every seed file many times and adds the table to `report`.
pub(crate) fn measure(report: &mut Report) -> Result<(), BenchError> {
    let mut rows = Vec::new();
    for seed in SEEDS {
        let file = format!("specs/{seed}.yaml");
        let text = std::fs::read_to_string(&file).map_err(BenchError::io(format!("reading {file}")))?;
        let lines = text.lines().count();
        let source = capsmith_codegen::source::Source::new(&file, text);
        let options = capsmith_codegen::Options::default();
        let milliseconds: Vec<f64> = (0..51)
            .map(|_| {
                let started = Instant::now();
                let compiled = capsmith_codegen::compile(&source, &options);
                std::hint::black_box(compiled);
                started.elapsed().as_secs_f64() * 1_000.0
            })
            .collect();
        rows.push((seed, lines, median(&milliseconds)));
    }
    report.expansion(&rows);
    Ok(())
}
