//! The capability files in `specs/`.

use super::*;
use crate::ir::{self, Authentication, Location, Method, Piece, Source as ArgumentSource, Type};

fn seed(name: &str) -> Capability {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../specs").join(name);
    let text = std::fs::read_to_string(&path).unwrap();
    let analysis = analyze(&Source::new(path.display().to_string(), text), None);
    let errors: Vec<_> =
        analysis.diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    analysis.capability.unwrap()
}

fn names(parameters: &[crate::ir::Parameter]) -> Vec<(&str, Location, bool)> {
    parameters.iter().map(|parameter| (parameter.name.as_str(), parameter.location, parameter.required)).collect()
}

#[test]
fn platform_backups() {
    let capability = seed("platform-backups.yaml");
    assert_eq!(capability.module.as_str(), "platform_backups");
    assert_eq!(capability.binds[0].source_key, "PLANETSCALE_API_KEY");
    let upstream = &capability.upstreams[0];
    assert_eq!(upstream.base_uri.fixed(), Some("https://api.planetscale.com/v1"));
    assert_eq!(upstream.base_url_variable, "PLATFORM_BACKUPS_BASE_URL");
    assert_eq!(upstream.authentication, Authentication::Bearer { token: vec![Piece::Bind(0)] });
    let methods: Vec<&str> = capability.operations.iter().map(|operation| operation.method_name.as_str()).collect();
    assert_eq!(methods, ["listbackups", "createbackup", "getbackup", "deletebackup"]);
    assert_eq!(capability.operations[0].type_name.as_str(), "Listbackups");
    let modules: Vec<&str> = capability.exposes.iter().map(|exposes| exposes.module.as_str()).collect();
    assert_eq!(modules, ["rest", "mcp"]);
    let listen = capability.exposes[0].listen.as_ref().unwrap();
    assert_eq!(
        (listen.address.as_str(), listen.port.unwrap_or_default(), listen.variable.as_str()),
        ("127.0.0.1", 8080, "PLATFORM_BACKUPS_REST_ADDR")
    );
}

#[test]
fn exposed_backup_id_feeds_consumed_backup_id() {
    let capability = seed("platform-backups.yaml");
    let get = &capability.operations[2];
    let inputs: Vec<&str> = get.inputs.iter().map(|input| input.field.as_str()).collect();
    assert_eq!(inputs, ["organization", "database", "branch", "backup_id"]);
    let route = route(&capability, "getbackup");
    assert_eq!(route.parameters[3].name, "backup-id");
    let expected: Vec<ArgumentSource> = (0..4).map(ArgumentSource::Parameter).collect();
    assert_eq!(sources(&route.action), expected);
    let tool = tool(&capability, "get-backup");
    assert_eq!(tool.parameters[3].name, "backup_id");
    assert!(tool.parameters[3].required);
    assert!(tool.parameters[3].description.contains("`backup_id`"));
    assert_eq!(tool.hints.read_only, Some(true));
}

#[test]
fn an_undeclared_body_is_optional() {
    let capability = seed("platform-backups.yaml");
    let create = &capability.operations[1];
    let body = &create.inputs[3].parameter;
    assert_eq!((body.location, body.r#type, body.required), (Location::Body, Type::Any, false));
    let body = &tool(&capability, "create-backup").parameters[3];
    assert_eq!((body.name.as_str(), body.r#type, body.required), ("body", Type::Object, false));
    let body = &route(&capability, "createbackup").parameters[3];
    assert_eq!((body.location, body.r#type, body.required), (Location::Body, Type::Any, false));
}

#[test]
fn with_finds_parameters_of_another_spelling() {
    let capability = seed("postgres-management-database-backups.yaml");
    let restore = route(&capability, "restoredatabasebackup");
    assert_eq!(
        names(&restore.parameters),
        [("databaseid", Location::Path, true), ("backupid", Location::Path, true), ("body", Location::Body, false)]
    );
    assert_eq!(restore.parameters[1].description, "Unique identifier of the backup to restore");
    assert_eq!(sources(&restore.action), [0, 1, 2].map(ArgumentSource::Parameter));
    let create = tool(&capability, "prisma-create-manual-database-backup");
    assert_eq!(names(&create.parameters), [("body", Location::Body, false), ("databaseId", Location::Path, true)]);
    assert_eq!(sources(&create.action), [1, 0].map(ArgumentSource::Parameter));
}

#[test]
fn tools_are_sorted() {
    let capability = seed("qovery-backups.yaml");
    let Surface::Mcp(ir::Mcp { tools, .. }) = &capability.exposes[1].surface else { panic!("no tools") };
    let tools: Vec<&str> = tools.iter().map(|tool| tool.name.as_str()).collect();
    assert_eq!(tools, ["add-backup-database", "list-database-backups", "remove-database-backup"]);
    assert_eq!(capability.operations[2].method, Method::Delete);
}
