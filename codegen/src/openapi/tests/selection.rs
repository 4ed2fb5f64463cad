//! Which operations are read.

use super::*;

const DOCUMENT: &str = "openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /v1/backups:
    get: {operationId: backups.list, tags: [Backups], responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Backup'}}}}}}
    post: {operationId: backups.create, tags: [Backups]}
  /v1/backups/{id}:
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    delete: {operationId: backups.delete, tags: [Backups, Dangerous]}
  /v2/type:
    get: {operationId: type, responses: {'200': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/Type'}}}}}}
    put: {operationId: TYPE, requestBody: {}}
  /v2/odd?x=1:
    get: {}
components:
  schemas:
    Backup: {type: object, properties: {id: {type: string}}}
    Type: {type: object, properties: {name: {type: strin}}}
";

fn selected(only: &[&str]) -> Analysis {
    let options = Options::default().only(only.iter().copied());
    analyze(&Memory::default().with("api.yaml", DOCUMENT), "api.yaml", &options)
}

fn names(only: &[&str]) -> String {
    let analysis = selected(only);
    let api = analysis.api.unwrap_or_else(|| panic!("{only:?}: {:?}", analysis.files[0].diagnostics));
    api.operations.iter().map(|operation| operation.name.as_str()).collect::<Vec<_>>().join(" ")
}

/// The code, the message and the help of what a pattern that selects nothing is told.
fn told(only: &[&str]) -> (&'static str, String, String) {
    let analysis = selected(only);
    assert!(analysis.api.is_none(), "{only:?}");
    let found = analysis.files[0].diagnostics.iter().find(|found| found.code.as_str().starts_with("CAP15")).unwrap();
    assert_eq!(&DOCUMENT[found.span.range()], "paths");
    (found.code.as_str(), found.message.clone(), found.help.concat())
}

#[test]
fn patterns_select_by_name_tag_path_and_method() {
    let all = "backups_list backups_create backups_delete r#type type_2 get_v2_odd_x_1";
    for (only, expected) in [
        (&[][..], all),
        (&["*"], all),
        (&["backups.*"], "backups_list backups_create backups_delete"),
        (&["backups_l*", "operation:*.create"], "backups_list backups_create"),
        (&["tag:Backups", "!tag:Dangerous"], "backups_list backups_create"),
        (&["!method:get"], "backups_create backups_delete type_2"),
        (&["path:/v2/*"], "r#type type_2 get_v2_odd_x_1"),
        (&["method:PUT", " method:delete "], "backups_delete type_2"),
        // A name that stems from the whole document stays what it is.
        (&["TYPE"], "type_2"),
        (&["type"], "r#type"),
    ] {
        assert_eq!(names(only), expected, "{only:?}");
    }
}

#[test]
fn only_what_is_selected_is_read() {
    let analysis = selected(&["backups.list"]);
    assert_eq!(analysis.files[0].diagnostics, []);
    let api = analysis.api.unwrap();
    assert_eq!(api.types.iter().filter(|(_, found)| found.name.is_some()).count(), 1);
    assert_eq!(codes(&selected(&["path:/v2/*"])), ["CAP1312", "CAP1305", "CAP1201"]);
}

#[test]
fn a_pattern_that_selects_nothing_is_an_error_with_the_nearest_name() {
    for (pattern, help) in [
        ("backups.lst", "the nearest is `backups.list`"),
        ("backup.*", "the nearest is `backups.list`"),
        ("tag:backups", "the nearest is `Backups`"),
        ("Dangerous", "did you mean `tag:Dangerous`?"),
        ("/v1/backups", "did you mean `path:/v1/backups`?"),
        ("GET", "did you mean `method:GET`?"),
        ("path:/v1/backup", "the nearest is `/v1/backups`"),
        ("methods:GET", "did you mean `method:GET`?"),
        ("weather", ""),
    ] {
        let message = format!("the pattern `{pattern}` selects no operation");
        assert_eq!(told(&["backups.list", pattern]), ("CAP1503", message, help.to_owned()));
    }
    assert_eq!(told(&["!weather"]).1, "the pattern `!weather` excludes no operation");
    assert_eq!(told(&["backups.list", "!tag:Backups"]).1, "the patterns exclude every operation");
    assert_eq!(told(&["tag:"]).0, "CAP1504");
}

#[test]
fn tools_get_the_names_that_settings_give() {
    let analysed = |names: &[(&str, &str)]| {
        let options = Options::default().tools(["!backups.delete"]);
        let options = names.iter().fold(options, |options, (operation, name)| options.tool_name(*operation, *name));
        analyze(&Memory::default().with("api.yaml", DOCUMENT), "api.yaml", &options)
    };
    let api = analysed(&[("backups.list", "find-backups"), ("backups_create", "BACKUPS_LIST")]).api.expect("an API");
    let tools: Vec<_> = api.operations.iter().map(|operation| operation.tool_name.as_deref()).collect();
    assert_eq!(tools[..3], [Some("find-backups"), Some("BACKUPS_LIST"), None]);
    for (names, code, message) in [
        (&[("backup.list", "x")][..], "CAP1505", "the setting names the tool of `backup.list`, which is no operation"),
        (
            &[("backups.delete", "x")],
            "CAP1505",
            "the setting names the tool of `backups.delete`, which `tools` leaves out",
        ),
        (&[("backups.list", "a b")], "CAP1506", "`a b` cannot be the name of the tool of `backups.list`"),
        (
            &[("backups.create", "same"), ("backups.list", "Same")],
            "CAP1506",
            "the tools of `backups.create` and `backups.list` are both called `Same`",
        ),
    ] {
        let analysis = analysed(names);
        let told = analysis.files[0].diagnostics.iter().find(|found| found.code.as_str() == code).expect("it is told");
        assert_eq!(told.message, message);
        assert!(analysis.api.is_none());
    }
}

#[test]
fn tools_are_selected_among_what_is_read() {
    let tools = |only: &[&str], tools: &[&str]| {
        let options = Options::default().only(only.iter().copied()).tools(tools.iter().copied());
        let api = analyze(&Memory::default().with("api.yaml", DOCUMENT), "api.yaml", &options).api.expect("an API");
        let names = api.operations.iter().filter(|operation| operation.is_tool);
        names.map(|operation| operation.name.as_str().to_owned()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(tools(&["tag:Backups"], &[]), "backups_list backups_create backups_delete");
    assert_eq!(tools(&["tag:Backups"], &["read-only"]), "backups_list");
    assert_eq!(tools(&[], &["read-only", "!path:/v2/odd*"]), "backups_list r#type");
    assert_eq!(tools(&[], &["* /v1/*", "!DELETE /*"]), "backups_list backups_create");
}
