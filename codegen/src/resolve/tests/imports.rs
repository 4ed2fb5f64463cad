//! What comes of parts of other files. What is said about imports that lead nowhere is in `codegen/tests/messages`.

use std::collections::HashMap;

use super::*;
use crate::openapi::{LoadError, Loader};
use crate::resolve::{Surroundings, analyze_in};

struct Files(HashMap<&'static str, &'static str>);

impl Loader for Files {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        self.0.get(path).map(|text| (*text).to_owned()).ok_or(LoadError::NotFound)
    }
}

const SHARED: &str = "\
ikanos: 1.0.0-beta5
binds:
  - { namespace: secrets, location: file:///./s.json, keys: { TOKEN: token } }
consumes:
  - type: http
    namespace: weather
    baseUri: https://weather.example.org
    description: The weather
    authentication: { type: bearer, token: '{{secrets.TOKEN}}' }
    resources:
      now: { path: '/now/{{city}}', operations: { now: { method: GET, description: The weather now } } }
  - { from: ./more.yaml, import: climate, as: past }
exposes:
  - type: rest
    namespace: own
    port: 8080
    resources:
      now:
        path: /now/{place}
        description: Now
        operations:
          now: { method: GET, description: Now, call: weather.now, with: { city: own.place } }
aggregates:
  - display: Forecasts
    namespace: forecasts
    flows:
      here:
        description: The weather here
        semantics: { safe: true }
        inputParameters: { spot: { type: string, description: Where } }
        call: weather.now
        with: { city: forecasts.spot }
";

const MORE: &str = "\
naftiko: 1.0.0-alpha2
info: { label: More, description: More of it }
capability:
  consumes:
    - type: http
      namespace: climate
      baseUri: https://climate.example.org
      description: The climate
      resources:
        - { name: all, path: /all, operations: [{ name: all, method: GET, description: All of it }] }
";

const IMPORTER: &str = "\
ikanos: 1.0.0-beta5
info: { display: Today, description: The weather of today }
capability:
  binds:
    - { from: ./shared/all.yaml, import: secrets }
  consumes:
    - { from: ./shared/all.yaml, import: weather }
    - { location: shared/all.yaml, import: past, as: history }
  exposes:
    - { from: ./shared/../shared/all.yaml, import: own, as: today }
";

fn analysis(text: &str) -> Analysis {
    let files = Files(HashMap::from([("specs/shared/all.yaml", SHARED), ("specs/shared/more.yaml", MORE)]));
    let source = Source::new("specs/today.yaml", text);
    analyze_in(&source, None, &Surroundings::new(&files, "specs/today.yaml"))
}

fn imported(text: &str) -> Capability {
    let analysis = analysis(text);
    let said: Vec<_> = analysis.files.iter().flat_map(|file| &file.diagnostics).chain(&analysis.diagnostics).collect();
    analysis.capability.unwrap_or_else(|| panic!("{said:#?}"))
}

#[test]
fn parts_of_all_sections_are_as_if_they_stood_there() {
    let analysis = analysis(IMPORTER);
    assert_eq!(analysis.diagnostics, []);
    let names: Vec<&str> = analysis.files.iter().map(|file| file.source.name.as_str()).collect();
    assert_eq!(names, ["specs/shared/all.yaml", "specs/shared/more.yaml"]);
    let capability = imported(IMPORTER);
    assert_eq!(capability.binds[0].source_key, "SECRETS_TOKEN");
    let upstreams: Vec<&str> = capability.upstreams.iter().map(|upstream| upstream.namespace.as_str()).collect();
    assert_eq!(upstreams, ["weather", "history"]);
    assert_eq!(capability.upstreams[1].base_url_variable, "HISTORY_BASE_URL");
    assert_eq!(capability.exposes[0].namespace, "today");
    assert_eq!(route(&capability, "now").parameters.len(), 1);
}

#[test]
fn flows_of_other_files_refer_to_themselves_by_their_own_namespace() {
    let aggregates = "  aggregates:
    - { from: ./shared/all.yaml, import: forecasts, as: outlook }
  exposes:
    - type: mcp
      namespace: tools
      port: 9090
      tools: { here: { ref: outlook.here } }
";
    let analysis = analysis(&IMPORTER.replace("  exposes:\n", aggregates));
    assert_eq!(analysis.diagnostics, []);
    let capability = analysis.capability.expect("a program");
    assert_eq!(tool(&capability, "here").parameters[0].description, "Where");
    let clash = aggregates.replace(
        "  exposes:",
        "    - { display: Other, namespace: outlook, flows: { here: { call: weather.now } } }\n  exposes:",
    );
    let codes = |aggregates: &str| -> Vec<Code> {
        let analysis = self::analysis(&IMPORTER.replace("  exposes:\n", aggregates));
        analysis
            .files
            .iter()
            .flat_map(|file| &file.diagnostics)
            .chain(&analysis.diagnostics)
            .map(|found| found.code)
            .collect()
    };
    assert!(codes(&clash).contains(&Code::DuplicateNamespace));
    // That the flow is unknown is not the fault of the reference.
    assert_eq!(codes(&aggregates.replace("import: forecasts", "import: forecast")), [Code::UnknownImport]);
}

#[test]
fn the_same_thing_can_be_imported_under_two_names() {
    let text =
        IMPORTER.replace("  exposes:", "    - { from: ./shared/all.yaml, import: weather, as: tomorrow }\n  exposes:");
    let capability = imported(&text);
    assert_eq!(capability.upstreams.len(), 3);
    let names: Vec<&str> = capability.operations.iter().map(|operation| operation.method_name.as_str()).collect();
    assert_eq!(names.len(), 3);
    assert_ne!(names[0], names[2]);
}

#[test]
fn variables_of_binds_that_are_not_there_are_not_reported_again() {
    let text = IMPORTER.replace("import: secrets", "import: secret");
    let analysis = analysis(&text);
    let codes: Vec<Code> = analysis.diagnostics.iter().map(|diagnostic| diagnostic.code).collect();
    assert_eq!(codes, [Code::UnknownImport]);
    assert!(analysis.files.iter().all(|file| file.diagnostics.is_empty()), "{:#?}", analysis.files);
}

#[test]
fn variables_that_the_importing_file_does_not_declare_are_shown_where_they_stand() {
    let text = IMPORTER.replace("  binds:\n    - { from: ./shared/all.yaml, import: secrets }\n", "");
    let analysis = analysis(&text);
    assert_eq!(analysis.diagnostics, []);
    let shared = &analysis.files[0];
    let shown = shared.diagnostics[0].render(&shared.source, Style::Plain);
    assert!(shown.contains("specs/shared/all.yaml:9:"), "{shown}");
    assert!(shown.contains("secrets.TOKEN"), "{shown}");
}

#[test]
fn nothing_is_imported_where_there_are_no_files() {
    let analysis = analyze(&Source::new("specs/today.yaml", IMPORTER), None);
    assert!(analysis.diagnostics.iter().all(|diagnostic| diagnostic.code == Code::ImportNotFound));
    assert_eq!(analysis.diagnostics.len(), 4);
}

#[test]
fn what_no_import_reaches_is_not_looked_at() {
    let text = "\
ikanos: 1.0.0-beta5
capability:
  consumes:
    - { from: ./shared/all.yaml, import: past }
";
    let analysis = analysis(text);
    assert!(analysis.files.iter().all(|file| file.diagnostics.is_empty()), "{:#?}", analysis.files);
    assert_eq!(analysis.capability.expect("a client").operations.len(), 1);
}
