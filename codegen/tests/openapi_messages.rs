//! Every code of the OpenAPI side, of the join and of imports has a document that earns it, with the messages as its user reads them.
//!
//! A fixture in `messages/` is named after its code. It holds files, each after a line `=== path`, settings after `=== settings`,
//! and what is said about all of it after `=== messages`. `CAPSMITH_OVERWRITE=1` writes that part, and fails, so that nobody takes
//! it for a test.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use capsmith_codegen::diagnostic::{Code, Diagnostic, Severity, Style};
use capsmith_codegen::openapi::{LoadError, Loader, Options, RemoteReferences, analyze};
use capsmith_codegen::source::Source;
use capsmith_codegen::{Join, Surroundings, compile_in};

const SETTINGS: &str = "settings";
const MESSAGES: &str = "messages";

/// The parts of a fixture.
struct Fixture {
    path: PathBuf,
    /// The code and what tells fixtures of one code apart.
    name: String,
    root: String,
    files: BTreeMap<String, String>,
    /// All before the messages.
    input: String,
    messages: String,
}

impl Loader for Fixture {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        self.files.get(path).cloned().ok_or(LoadError::NotFound)
    }
}

impl Fixture {
    fn read(path: PathBuf) -> Self {
        let text = std::fs::read_to_string(&path).unwrap();
        let (input, messages) = text.split_once("=== messages\n").unwrap_or((&text, ""));
        let mut sections: Vec<(String, String)> = Vec::new();
        for line in input.split_inclusive('\n') {
            if let Some(name) = line.strip_prefix("=== ") {
                sections.push((name.trim().to_owned(), String::new()));
            } else if let Some((_, text)) = sections.last_mut() {
                text.push_str(line);
            }
        }
        Self {
            name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            root: sections
                .iter()
                .find_map(|(_, text)| text.strip_prefix("root "))
                .unwrap_or(&sections[0].0)
                .trim()
                .to_owned(),
            files: sections.into_iter().collect(),
            input: input.to_owned(),
            messages: messages.to_owned(),
            path,
        }
    }

    fn code(&self) -> &str {
        self.name.split('-').next().unwrap()
    }

    fn options(&self) -> Options {
        let mut options = Options::default();
        for line in self.files.get(SETTINGS).map_or("", String::as_str).lines() {
            let (kind, value) = line.split_once(' ').unwrap();
            let pair = || value.split_once(" = ").unwrap();
            options = match kind {
                "only" => options.only([value]),
                "type" => options.replace_type(pair().0, pair().1.parse().unwrap()),
                "format" => options.replace_format(pair().0, pair().1.parse().unwrap()),
                "tool" => options.tool_name(pair().0, pair().1),
                "root" | "join" | "unmatched" => continue,
                "remote" => options.remote_references(RemoteReferences::Untyped),
                other => panic!("{}: the setting `{other}`", self.name),
            };
        }
        options
    }

    /// The values of a setting.
    fn values<'f>(&'f self, setting: &'f str) -> impl Iterator<Item = &'f str> {
        let lines = self.files.get(SETTINGS).map_or("", String::as_str).lines();
        lines.filter_map(move |line| line.strip_prefix(setting)?.strip_prefix(' '))
    }

    /// What is there to say about the files, and whether something came of them.
    fn analyze(&self) -> (Vec<(Source, Vec<Diagnostic>)>, bool) {
        let join = self.values("join").next().map(|document| {
            let mut join = Join::new(self, document);
            join.unmatched = self.values("unmatched").map(str::to_owned).collect();
            join
        });
        let surroundings = Surroundings::new(self, &self.root);
        let surroundings = match &join {
            Some(join) => surroundings.joined(join),
            None if self.files.get(&self.root).is_some_and(|text| text.starts_with("ikanos")) => surroundings,
            None => {
                let analysis = analyze(self, &self.root, &self.options());
                let files = analysis.files.into_iter().map(|file| (file.source, file.diagnostics));
                return (files.collect(), analysis.api.is_some());
            }
        };
        let source = Source::new(self.root.clone(), self.files[&self.root].clone());
        let compiled = compile_in(&source, &surroundings, &capsmith_codegen::Options::default());
        let others = compiled.files.into_iter().map(|file| (file.source, file.diagnostics));
        let files = std::iter::once((source, compiled.diagnostics)).chain(others);
        (files.collect(), compiled.items.is_some())
    }

    /// What is said, and the codes.
    fn run(&self) -> (String, BTreeSet<&'static str>) {
        let (files, is_something) = self.analyze();
        let mut text = String::new();
        let mut codes = BTreeSet::new();
        for (source, diagnostics) in &files {
            for diagnostic in diagnostics {
                let word = if diagnostic.severity == Severity::Error { "error" } else { "lint" };
                let rendered = diagnostic.render(source, Style::Plain);
                write!(text, "{word}: {}\n\n", rendered.trim_end()).unwrap();
                codes.insert(diagnostic.code.as_str());
            }
        }
        let has_error =
            files.iter().flat_map(|(_, diagnostics)| diagnostics).any(|found| found.severity == Severity::Error);
        assert_eq!(!is_something, has_error, "{}: something came of it if and only if there is no error", self.name);
        let text: Vec<&str> = text.trim_end().lines().map(str::trim_end).collect();
        (format!("{}\n", text.join("\n")), codes)
    }
}

fn fixtures() -> Vec<Fixture> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(MESSAGES);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort_unstable();
    paths.into_iter().map(Fixture::read).collect()
}

#[test]
fn messages_are_what_users_read() {
    let overwrites = std::env::var_os("CAPSMITH_OVERWRITE").is_some();
    let mut changed = Vec::new();
    for fixture in fixtures() {
        let (messages, codes) = fixture.run();
        assert!(codes.contains(fixture.code()), "{}: {codes:?}\n{messages}", fixture.name);
        if messages == fixture.messages {
            continue;
        }
        if overwrites {
            std::fs::write(&fixture.path, format!("{}=== messages\n{messages}", fixture.input)).unwrap();
        }
        changed.push(format!("{}, expected:\n{}\nfound:\n{messages}", fixture.name, fixture.messages));
    }
    assert!(changed.is_empty(), "read them, and set CAPSMITH_OVERWRITE if they are right:\n{}", changed.join("\n"));
}

#[test]
fn every_code_has_a_fixture() {
    let covered: BTreeSet<String> = fixtures().iter().map(|fixture| fixture.code().to_owned()).collect();
    let is_ours = |code: &&str| (&"CAP1000"..&"CAP1700").contains(&code) || code.starts_with("CAP071");
    let codes = Code::ALL.iter().map(|code| code.as_str()).filter(is_ours);
    let missing: Vec<&str> = codes.filter(|code| !covered.contains(*code)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
