//! Capabilities made by hand.

use crate::ir::{
    Action, Authentication, BaseUri, Bind, Body, Cache, CacheScope, Call, CallerAuthentication, Capability, Constant,
    Control, Exposes, Format, Hints, Input, JsonTemplate, Listen, Location, Logs, Mcp, Method, Observability,
    Operation, Parameter, Piece, Prompt, PromptArgument, PromptMessage, Propagation, Resource, ResourceContent, Role,
    Route, RustName, Script, Skill, SkillTool, SkillToolSource, Source, Step, StepKind, StepScript, Steps, Surface,
    Tool, Type, Upstream,
};

fn name(name: &str) -> RustName {
    RustName::new(name.to_owned())
}

fn parameter(wire: &str, location: Location, kind: Type, required: bool) -> Parameter {
    Parameter {
        name: wire.to_owned(),
        location,
        r#type: kind,
        required,
        description: format!("The `{wire}` of the request."),
        schema: None,
    }
}

fn input(field: &str, parameter: Parameter) -> Input {
    Input { parameter, field: name(field) }
}

fn text(text: &str) -> Piece {
    Piece::Text(text.to_owned())
}

/// A small ordinary capability.
pub(super) fn backups() -> Capability {
    let organization = || parameter("organization", Location::Path, Type::String, true);
    let body = || parameter("body", Location::Body, Type::Object, false);
    let operation = Operation {
        name: "createbackup".to_owned(),
        method_name: name("createbackup"),
        type_name: name("Createbackup"),
        description: "Create a backup".to_owned(),
        upstream: 0,
        method: Method::Post,
        path: "/organizations/{organization}/backups".to_owned(),
        path_template: vec![text("/organizations/"), Piece::Input(0), text("/backups")],
        inputs: vec![input("organization", organization()), input("body", body())],
        constants: Vec::new(),
        body: None,
        answer: None,
    };
    Capability {
        module: name("platform_backups"),
        label: "Backups".to_owned(),
        description: "Backups of databases.".to_owned(),
        version: "0.0.0".to_owned(),
        tags: vec!["Backups".to_owned()],
        binds: vec![Bind {
            variable: "API_KEY".to_owned(),
            source_key: "BACKUPS_API_KEY".to_owned(),
            file: None,
            field: name("api_key"),
            required: true,
        }],
        bind_files: Vec::new(),
        upstreams: vec![Upstream {
            namespace: "platform-backups".to_owned(),
            description: String::new(),
            base_uri: BaseUri::Fixed("https://api.example.com/v1".to_owned()),
            base_url_variable: "PLATFORM_BACKUPS_BASE_URL".to_owned(),
            field: name("platform_backups_base_url"),
            authentication: Authentication::Bearer { token: vec![Piece::Bind(0)] },
        }],
        operations: vec![operation],
        scripts: Vec::new(),
        document: None,
        exposes: vec![
            Exposes {
                namespace: "rest-api".to_owned(),
                description: String::new(),
                module: name("rest"),
                listen: Some(listen("REST_API_ADDR", 8080, "rest_api_addr")),
                authentication: Some(CallerAuthentication::Bearer { token: vec![Piece::Bind(0)] }),
                forwards: Vec::new(),
                surface: Surface::Rest(vec![Route {
                    name: "createbackup".to_owned(),
                    title: String::new(),
                    tags: Vec::new(),
                    description: "Create a backup".to_owned(),
                    method: Method::Post,
                    path: "/v1/{organization}/backups".to_owned(),
                    path_template: vec![text("/v1/"), Piece::Input(0), text("/backups")],
                    parameters: vec![organization(), body()],
                    rules: Vec::new(),
                    action: Action::Call(Call {
                        operation: 0,
                        arguments: vec![Source::Parameter(0), Source::Parameter(1)],
                        outputs: Vec::new(),
                        format: Format::Json,
                    }),
                    binary: None,
                }]),
            },
            Exposes {
                namespace: "tools".to_owned(),
                description: String::new(),
                module: name("mcp"),
                listen: Some(listen("TOOLS_ADDR", 9090, "tools_addr")),
                authentication: None,
                forwards: Vec::new(),
                surface: Surface::Mcp(Mcp {
                    tools: vec![Tool {
                        name: "create-backup".to_owned(),
                        title: None,
                        description: "Create a backup".to_owned(),
                        hints: Hints { read_only: Some(false), ..Hints::default() },
                        parameters: vec![organization(), body()],
                        rules: Vec::new(),
                        action: Action::Call(Call {
                            operation: 0,
                            arguments: vec![Source::Parameter(0), Source::Parameter(1)],
                            outputs: Vec::new(),
                            format: Format::Json,
                        }),
                        binary: None,
                    }],
                    resources: resources(organization()),
                    prompts: vec![prompt("A prompt of {x}.")],
                    cache: Cache { milliseconds: Some(5), scope: Some(CacheScope::Public) },
                }),
            },
        ],
        files_root: Some("BACKUPS_FILES_ROOT".to_owned()),
        server_variables: Some("BACKUPS".to_owned()),
    }
}

/// One that an operation makes, and one of files.
fn resources(organization: Parameter) -> Vec<Resource> {
    let resource = |name: &str, uri: Vec<Piece>, content: ResourceContent| Resource {
        name: name.to_owned(),
        title: Some(name.to_owned()),
        description: String::new(),
        uri: format!("data://{name}"),
        uri_template: uri,
        media_type: None,
        is_binary: false,
        content,
    };
    let call = Call {
        operation: 0,
        arguments: vec![Source::Parameter(0), Source::Absent],
        outputs: Vec::new(),
        format: Format::Json,
    };
    let made = ResourceContent::Action {
        parameters: vec![organization],
        rules: Vec::new(),
        action: Box::new(Action::Call(call)),
    };
    vec![
        resource("backup", vec![text("data://backup/"), Piece::Input(0)], made),
        resource("files", vec![text("data://files")], ResourceContent::Folder("./files".to_owned())),
    ]
}

fn prompt(words: &str) -> Prompt {
    Prompt {
        name: "ask".to_owned(),
        title: None,
        description: words.to_owned(),
        arguments: vec![PromptArgument {
            name: "topic".to_owned(),
            title: None,
            description: words.to_owned(),
            required: true,
        }],
        messages: vec![PromptMessage { role: Role::User, content: vec![text(words), Piece::Input(0)] }],
    }
}

fn listen(variable: &str, port: u16, field: &str) -> Listen {
    Listen { address: "127.0.0.1".to_owned(), port: Some(port), variable: variable.to_owned(), field: name(field) }
}

/// Everything that the ordinary one lacks: names of the prelude, raw identifiers, all types, no base URI, standard
/// input and output, and text that tries to leave its place.
pub(super) fn odd() -> Capability {
    let hostile =
        "[x] <script> `unclosed ]] https://example.com/a. */ \"quoted\" \\ \n\n```rust\nfail!()\n    indented";
    let mut capability = backups();
    capability.module = name("r#type");
    capability.label = String::new();
    capability.description = hostile.to_owned();
    let kinds = [
        ("r#move", Type::String, true),
        ("string", Type::Integer, true),
        ("option", Type::Number, true),
        ("vec", Type::Boolean, true),
        ("ok", Type::Array, true),
        ("some", Type::Any, true),
        ("none", Type::String, false),
        ("err", Type::Integer, false),
        ("r#box", Type::Array, false),
        ("self_", Type::Object, false),
    ];
    let inputs = inputs_of_all(&kinds, hostile);
    script(&mut capability, hostile, inputs_of_all(&kinds, hostile));
    capability.operations.push(Operation {
        name: "Result".to_owned(),
        method_name: name("r#loop"),
        type_name: name("Result"),
        description: hostile.to_owned(),
        upstream: 0,
        method: Method::Get,
        path: "/`odd`".to_owned(),
        path_template: vec![text("/`odd`")],
        inputs,
        constants: vec![Constant { name: "X-Kind".to_owned(), location: Location::Header, value: vec![text(hostile)] }],
        body: Some(Body::Json(JsonTemplate::Object(vec![(
            hostile.to_owned(),
            JsonTemplate::Text(vec![text(hostile), Piece::Field(0, vec![hostile.to_owned()])]),
        )]))),
        answer: None,
    });
    let nothing = Operation {
        name: "String".to_owned(),
        method_name: name("string"),
        type_name: name("String"),
        description: String::new(),
        inputs: Vec::new(),
        constants: Vec::new(),
        body: None,
        ..capability.operations[1].clone()
    };
    capability.operations.push(nothing);
    capability.upstreams[0].base_uri = BaseUri::Unset;
    capability.upstreams[0].authentication = Authentication::ApiKey {
        placement: Location::Query,
        key: "key".to_owned(),
        value: vec![text("k-"), Piece::Bind(0)],
    };
    capability.exposes[1].listen = None;
    if let Surface::Mcp(mcp) = &mut capability.exposes[1].surface {
        mcp.prompts.push(prompt(hostile));
    }
    capability.exposes.push(skills(hostile));
    capability.exposes.push(Exposes {
        forwards: Vec::new(),
        namespace: "control".to_owned(),
        description: hostile.to_owned(),
        module: name("control"),
        listen: Some(listen("CONTROL_ADDR", 6060, "control_addr")),
        authentication: None,
        surface: Surface::Control(Control {
            health: true,
            info: false,
            metrics: true,
            logs: Logs { level_control: true, stream: true, max_subscribers: 5 },
            observability: Observability {
                enabled: true,
                sampling: 0.5,
                propagation: Propagation::B3,
                recent_traces: Some(100),
                endpoint: Some("http://localhost:4318".to_owned()),
                is_demanded: true,
            },
        }),
    });
    capability
}

fn inputs_of_all(kinds: &[(&str, Type, bool)], description: &str) -> Vec<Input> {
    let inputs = kinds.iter().map(|(field, kind, required)| {
        let mut parameter = parameter(field, Location::Query, *kind, *required);
        parameter.description = description.to_owned();
        input(field, parameter)
    });
    inputs.collect()
}

/// Has the first route run a script.
fn script(capability: &mut Capability, text: &str, inputs: Vec<Input>) {
    let arguments = vec![Source::Absent; inputs.len()];
    capability.scripts.push(Script {
        name: text.to_owned(),
        method_name: name("r#async"),
        type_name: name("Option"),
        file: text.to_owned(),
        users: vec![text.to_owned()],
        inputs,
    });
    let step = Step {
        name: text.to_owned(),
        after: Vec::new(),
        is_used: false,
        kind: StepKind::Script(StepScript { script: 0, arguments }),
    };
    let steps = Steps { steps: vec![step], mappings: Vec::new(), last: Some(0), outputs: Vec::new() };
    if let Surface::Rest(routes) = &mut capability.exposes[0].surface {
        routes[0].action = Action::Steps(steps);
    }
}

/// Skills with texts in every field.
fn skills(text: &str) -> Exposes {
    let given = || Some(text.to_owned());
    let tool = |source| SkillTool { name: "tool".to_owned(), description: text.to_owned(), source };
    Exposes {
        forwards: Vec::new(),
        namespace: "skills".to_owned(),
        description: text.to_owned(),
        module: name("skill"),
        listen: Some(listen("SKILLS_ADDR", 7070, "skills_addr")),
        authentication: None,
        surface: Surface::Skill(vec![Skill {
            name: "Some".to_owned(),
            description: text.to_owned(),
            license: given(),
            compatibility: given(),
            metadata: vec![(text.to_owned(), text.to_owned())],
            allowed_tools: given(),
            argument_hint: given(),
            user_invocable: false,
            disable_model_invocation: true,
            folder: given(),
            tools: vec![
                tool(SkillToolSource::Action { surface: 0, name: "createbackup".to_owned() }),
                tool(SkillToolSource::Instruction(text.to_owned())),
            ],
        }]),
    }
}
