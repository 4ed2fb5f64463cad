use std::path::Path;

use super::*;

/// Names with `_`, ports of the system and open ones, and a control surface without health.
const WEATHER: &str = "
ikanos: 1.0.0-beta5
info: { display: 'Weather:  of \"all\" kinds', version: 2.0+rc }
binds: [{ namespace: env, keys: { TOKEN: WEATHER_TOKEN, REGION: WEATHER_REGION } }]
capability:
  consumes:
    - type: http
      namespace: stations
      baseUri: 'https://{{REGION}}.example.org'
      authentication: { type: bearer, token: '{{TOKEN}}' }
      resources: { stations: { path: /stations, operations: { list-stations: { method: GET } } } }
  exposes:
    - { type: control, port: 9091, management: { health: false } }
    - type: rest
      namespace: weather-rest
      port: 80
      resources: { health: { path: /health/live, operations: { list: { method: GET, call: stations.list-stations } } } }
    - type: mcp
      namespace: tools
      tools: { list-stations: { description: Lists., call: stations.list-stations } }
    - type: mcp
      namespace: other-tools
      port: 8080
      tools: { list-stations: { description: Lists., call: stations.list-stations } }
    - type: mcp
      namespace: pipe
      transport: stdio
      tools: { list-stations: { description: Lists., call: stations.list-stations } }
";

fn written(text: &str) -> (tempfile::TempDir, Arguments) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("weather_station.yaml");
    fs::write(&file, text).unwrap();
    let output = folder.path().join("deploy");
    (folder, Arguments { output, ..Arguments::of(file) })
}

fn plan(text: &str, change: impl FnOnce(&mut Arguments)) -> Result<Plan, PlanError> {
    let (_folder, mut arguments) = written(text);
    change(&mut arguments);
    Plan::new(&capability(&arguments.file).unwrap(), &arguments)
}

#[test]
fn a_plan_has_what_the_capability_needs() {
    let plan = plan(WEATHER, |_| {}).unwrap();
    assert_eq!((plan.name.as_str(), plan.image.as_str()), ("weather-station", "weather-station:2.0-rc"));
    assert_eq!(plan.description, r#"Weather: of "all" kinds"#);
    let ports: Vec<_> = plan.ports.iter().map(|port| (port.name.as_str(), port.outer, port.inner)).collect();
    assert_eq!(ports, [("control", 9091, 9091), ("rest", 80, 8081), ("mcp", 8082, 8082), ("mcp-2", 8080, 8080)]);
    assert_eq!(plan.probed, "mcp", "neither without health nor with such a route");
    assert_eq!(plan.settings["WEATHER_REST_ADDR"], "0.0.0.0:8081");
    assert_eq!(plan.secrets, [("WEATHER_TOKEN".to_owned(), true), ("WEATHER_REGION".to_owned(), false)]);
}

#[test]
fn the_program_reads_every_variable() {
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs");
    for name in ["harbour", "platform-backups", "qovery-backups"] {
        let file = specs.join(name).with_extension("yaml");
        let plan = Plan::new(&capability(&file).unwrap(), &Arguments::of(&file)).unwrap();
        let builder = capsmith_codegen::Builder::new().root(specs.parent().unwrap()).cargo_directives(false);
        let module = &builder.capability(&file).generate().unwrap()[0].text;
        let secrets = plan.secrets.iter().map(|(variable, _)| variable);
        let prefix = name.replace('-', "_").to_uppercase();
        for variable in plan.settings.keys().chain(secrets) {
            let is_setting = variable.ends_with("_ALLOWED_HOSTS") || variable.ends_with("_ALLOW_REMOTE");
            let read = if is_setting { &prefix } else { variable };
            assert!(variable.starts_with(read) && module.contains(&format!("\"{read}\"")), "{name}: {variable}");
        }
    }
}

#[test]
fn what_the_file_leaves_open_is_asked_for() {
    let open = WEATHER.replace("'https://{{REGION}}.example.org'", "''");
    let error = plan(&open, |_| {}).unwrap_err().to_string();
    assert_eq!(error, "the file does not say where `stations` is; give it with `--set STATIONS_BASE_URL=…`");
    let url = "https://stations.example.org";
    let given = plan(&open, |arguments| {
        arguments.settings.push(("STATIONS_BASE_URL".to_owned(), url.to_owned()));
        arguments.settings.push(("WEATHER_TOKEN".to_owned(), "none".to_owned()));
    });
    let given = given.unwrap();
    assert_eq!(given.settings["STATIONS_BASE_URL"], url);
    assert!(given.secrets.iter().all(|(variable, _)| variable != "WEATHER_TOKEN"), "it is a setting now");
}

#[test]
fn names_are_checked() {
    for name in ["Weather", "a_b", "-a", "", "weather.example", "3scale"] {
        let error = plan(WEATHER, |arguments| arguments.name = Some(name.to_owned())).unwrap_err();
        assert_eq!(error, PlanError::Name(name.to_owned()));
    }
}

#[test]
fn a_capability_that_nobody_can_probe_is_not_deployed() {
    let tools = WEATHER.find("    - type: mcp\n      namespace: tools").unwrap();
    assert_eq!(plan(&WEATHER[..tools], |_| {}).unwrap_err(), PlanError::NoProbe);
}

#[test]
fn files_of_secrets_have_names_of_their_own() {
    let binds = "binds: [
  { namespace: a, location: 'file:///./a/keys.yaml', keys: { TOKEN: token } },
  { namespace: b, location: 'file:///./b/keys.yaml', keys: { REGION: region } }]";
    let start = WEATHER.find("binds:").unwrap();
    let end = WEATHER.find("\ncapability:").unwrap();
    let plan = plan(&format!("{}{binds}{}", &WEATHER[..start], &WEATHER[end..]), |_| {}).unwrap();
    let files: Vec<_> = plan.secret_files.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!(files, ["keys.yaml", "1-keys.yaml"]);
    assert_eq!(plan.settings["B_FILE"], "/secrets/1-keys.yaml");
}

#[test]
fn a_capability_without_ports_is_not_deployed() {
    let start = WEATHER.find("    - { type: control").unwrap();
    let pipe = WEATHER.find("    - type: mcp\n      namespace: pipe").unwrap();
    let text = format!("{}{}", &WEATHER[..start], &WEATHER[pipe..]);
    assert_eq!(plan(&text, |_| {}).unwrap_err(), PlanError::NoPort);
}

#[test]
fn files_are_written_once() {
    let (_folder, arguments) = written(WEATHER);
    let mut output = Vec::new();
    deploy(&arguments, &mut output).unwrap();
    let told = String::from_utf8(output).unwrap();
    assert!(told.contains("--from-literal=WEATHER_TOKEN=… [--from-literal=WEATHER_REGION=…]"), "{told}");
    let recipe = fs::read_to_string(arguments.output.join("Dockerfile")).unwrap();
    assert!(recipe.contains("--bin weather-station") && recipe.contains("EXPOSE 9091 8081 8082 8080"), "{recipe}");
    assert!(!recipe.contains("COPY files"), "{recipe}");
    let error = deploy(&arguments, &mut Vec::new()).unwrap_err();
    assert!(matches!(error, DeployError::File(_)), "what somebody has changed is kept: {error}");
}

#[test]
fn a_file_that_does_not_compile_is_not_deployed() {
    let (_folder, arguments) = written(&WEATHER.replace("call: stations.list-stations", "call: stations.list"));
    let error = deploy(&arguments, &mut Vec::new()).unwrap_err().to_string();
    assert!(error.contains("CAP0301") && error.contains("`stations` has `list-stations`"), "{error}");
    assert!(!arguments.output.exists());
}

#[test]
fn command_lines_are_checked() {
    let parsed = Arguments::parse(&["a.yaml", "--set", "A=b=c", "--host", "x.example", "--binary", "b"]).unwrap();
    assert_eq!(parsed.settings, [("A".to_owned(), "b=c".to_owned())]);
    assert_eq!((parsed.hosts, parsed.binary), (vec!["x.example".to_owned()], Some("b".to_owned())));
    for (arguments, message) in [
        (&["--name", "a"][..], "name one capability file"),
        (&["a.yaml", "b.yaml"], "name one capability file"),
        (&["a.yaml", "--image"], "`--image` needs a value"),
        (&["a.yaml", "--set", "A"], "`--set` takes `VARIABLE=value`, not `A`"),
        (&["a.yaml", "--set", "1A=b"], "`--set` takes `VARIABLE=value`, not `1A=b`"),
        (&["a.yaml", "--force"], "`--force` is no argument of this task"),
    ] {
        assert_eq!(Arguments::parse(arguments).unwrap_err().to_string(), message);
    }
}
