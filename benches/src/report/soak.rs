//! The table of memory under load.

use std::fmt::Write as _;

use super::Report;
use crate::soak::{CONNECTIONS, Soaked};

impl Report {
    pub(crate) fn soak(&mut self, soaked: &Soaked) {
        let Soaked { length, answers, idle, tenths } = soaked;
        let [staying, agents, passing] = CONNECTIONS;
        let row = |cells: Vec<String>| cells.join(" | ");
        let _ = write!(
            self.text,
            "## Memory under load\n\n\
             The server of the PlanetScale capability, asked without a pause for {} s: {staying} keep-alive connections to the REST route, {agents} to the MCP\n\
             tool, and {passing} callers with a connection for each request. {answers} answers, all of them right. Resident memory in KiB, the median of each tenth of the\n\
             time; the measurement fails where the last is more than a tenth above the first.\n\n\
             | before | {} |\n|---{}|\n| {idle} | {} |\n\n",
            length.as_secs(),
            row((1..=tenths.len()).map(|number| number.to_string()).collect()),
            "|---".repeat(tenths.len()),
            row(tenths.iter().map(u64::to_string).collect()),
        );
    }
}
