//! The lists of tools of many documents and capability files, held against the rules of hosts by a validator that we did not write.
//! Documents of others are read where `CAPSMITH_CORPUS` or `../shared/corpus` has them.

mod capabilities;
mod constants;
mod documents;
mod examples;
mod inspector;
mod rules;

use std::path::{Path, PathBuf};

use serde_json::Value;
use xtask::corpus::{Arguments, Output, outputs};

use self::constants::Constants;
use self::documents::Tables;
use self::examples::Examples;
use self::rules::Findings;

/// The folders with documents, ours and those of others.
fn folders(of_others: &[&str]) -> Vec<String> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = std::env::var_os("CAPSMITH_CORPUS").map_or_else(|| tests.join("../../shared/corpus"), PathBuf::from);
    let own = [tests.join("specs"), tests.join("../specs")];
    let others = of_others.iter().map(|folder| corpus.join(folder)).filter(|folder| folder.is_dir());
    own.into_iter().chain(others).map(|folder| folder.to_str().expect("UTF-8").to_owned()).collect()
}

fn arguments(folders: &[String], more: &[&str]) -> Arguments {
    let arguments: Vec<&str> = folders.iter().map(String::as_str).chain(more.iter().copied()).collect();
    Arguments::parse(&arguments).expect("they are right")
}

/// What was found in the lists of several files.
#[derive(Default)]
struct Totals {
    lists: usize,
    tools: usize,
    bytes: usize,
    untyped: usize,
    faults: Vec<String>,
}

impl Totals {
    fn add(&mut self, file: &str, tools: &[Value]) {
        let findings = Findings::of(tools);
        let bytes = serde_json::to_string(tools).expect("JSON").len();
        println!("{file}: {} tools, {bytes} bytes, {} untyped", tools.len(), findings.untyped);
        self.lists += 1;
        self.tools += tools.len();
        self.bytes += bytes;
        self.untyped += findings.untyped;
        self.faults.extend(findings.faults.into_iter().map(|fault| format!("{file}: {fault}")));
    }

    fn judge(&self) {
        let Self { lists, tools, bytes, untyped, faults } = self;
        println!("{lists} lists with {tools} tools, {bytes} bytes, {untyped} untyped");
        assert!(*lists > 0 && *tools > 0, "nothing was read");
        assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
    }
}

#[tokio::test]
async fn tools_of_documents_are_what_hosts_take() {
    let (mut totals, mut examples, mut all) = (Totals::default(), Examples::default(), Vec::new());
    let arguments = arguments(&folders(&["openapi", "openapi-multifile"]), &["--surface", "mcp"]);
    let mut tables = Vec::new();
    outputs(&arguments, |Output { file, items, .. }| tables.push((file, Tables::of(&Constants::read(items)))))
        .expect("the folders can be read");
    for (file, tables) in &tables {
        let tools = tables.tools().await;
        totals.add(file, &tools);
        totals.faults.extend(tables.credentials(&tools).into_iter().map(|fault| format!("{file}: {fault}")));
        let Examples { checked, broken } = Examples::of(tables, &tools);
        examples.checked += checked;
        examples.broken.extend(broken.into_iter().map(|broken| format!("{file}: {broken}")));
        all.extend(tools);
    }
    totals.judge();
    inspector::judge(all).await;
    let Examples { checked, broken } = examples;
    println!("{checked} examples of answers, of which {} break the schema:\n{}", broken.len(), broken.join("\n"));
    // Documents have examples that are wrong, such as a text for a number.
    assert!(checked > 0 && broken.len() * 100 <= checked);
}

#[test]
fn tools_of_capabilities_are_what_hosts_take() {
    let mut totals = Totals::default();
    outputs(&arguments(&folders(&["naftiko"]), &["--capabilities"]), |Output { file, items, .. }| {
        for tools in capabilities::tools(&Constants::read(items)) {
            totals.add(&file, &tools);
        }
    })
    .expect("the folders can be read");
    totals.judge();
}
