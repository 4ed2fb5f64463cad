//! Resources and prompts of MCP surfaces.

use std::collections::HashMap;

use super::cases::{Case, case};
use super::*;
use crate::ir::{Cache, CacheScope, InputRule, Mcp, Piece, Prompt, Resource, ResourceContent, Role, Rule, Type};
use crate::openapi::{LoadError, Loader};
use crate::resolve::{Surroundings, analyze_in};

const PORT: &str = "      port: 9090\n";
const BOOK: &str = "      port: 9090
      resources:
        - { name: book, label: Book, uri: 'shelf://books/{book-id}', description: A book, call: shelf.get-book }
";
const ALL: &str = "      port: 9090
      resources:
        - name: all
          label: All books
          uri: shelf://books
          description: All books
          mimeType: application/vnd.books+json
          call: shelf.list-books
";
const FOLDER: &str = "      port: 9090
      resources:
        - { name: notes, label: Notes, uri: 'shelf://notes', description: Notes, location: 'file:///./notes/' }
";
const PROMPT: &str = "      port: 9090
      prompts:
        - name: advise
          label: Advise
          description: Advice on what to read
          arguments:
            - { name: last-book, description: What was read last }
            - { name: mood, description: In what mood, required: false }
          template:
            - { role: user, content: 'I have read {{last-book}} and am {{ mood }}.' }
            - { role: assistant, content: 'Well, {{last-book}}!' }
";

/// Mistakes in resources and prompts.
pub(super) const MCP: &[Case] = &[
    case(Code::MalformedResourceUri, &[(PORT, ALL), ("shelf://books", "books")], &[(PORT, ALL)]),
    case(
        Code::DuplicateResource,
        &[
            (PORT, BOOK),
            (
                "      tools:",
                "        - { name: other, uri: 'shelf://books/{x}', call: shelf.get-book, with: { book_id: tools.x } }\n      tools:",
            ),
        ],
        &[
            (PORT, BOOK),
            (
                "      tools:",
                "        - { name: other, uri: 'shelf://book/{x}', call: shelf.get-book, with: { book_id: tools.x } }\n      tools:",
            ),
        ],
    ),
    case(Code::UnsuppliedResourceInput, &[(PORT, BOOK), ("{book-id}'", "{title}'")], &[(PORT, BOOK)]),
    case(
        Code::UnusableResourceLocation,
        &[(PORT, FOLDER), ("file:///./notes/", "https://shelf.example.org/notes")],
        &[(PORT, FOLDER)],
    ),
    case(Code::ResourceContents, &[(PORT, FOLDER), (", location: 'file:///./notes/' }", " }")], &[(PORT, FOLDER)]),
    case(
        Code::DuplicatePrompt,
        &[(PORT, PROMPT), ("name: mood", "name: last-book"), ("{{ mood }}", "{{ last-book }}")],
        &[(PORT, PROMPT), ("name: mood", "name: mood")],
    ),
    case(Code::UndeclaredArgument, &[(PORT, PROMPT), ("{{ mood }}", "{{ moods }}")], &[(PORT, PROMPT)]),
    case(Code::UnusedArgument, &[(PORT, PROMPT), ("{{ mood }}", "glad")], &[(PORT, PROMPT)]),
    case(
        Code::PromptWithoutContent,
        &[(PORT, PROMPT), ("          template:\n", "          location: file:///./x.md\n          template:\n")],
        &[(PORT, PROMPT)],
    ),
    case(
        Code::PromptFileNotFound,
        &[(
            PORT,
            "      port: 9090\n      prompts:\n        - { name: p, label: P, description: A prompt, location: 'file:///./p.md' }\n",
        )],
        &[(PORT, PROMPT)],
    ),
];

fn surface(edits: &[(&str, &str)]) -> Mcp {
    let capability = capability(&edited(edits));
    let surface = capability.exposes.into_iter().find_map(|exposes| match exposes.surface {
        Surface::Mcp(mcp) => Some(mcp),
        Surface::Rest(_) | Surface::Skill(_) | Surface::Control(_) => None,
    });
    surface.unwrap()
}

fn only<T>(mut list: Vec<T>) -> T {
    assert_eq!(list.len(), 1);
    list.remove(0)
}

fn resource(edits: &[(&str, &str)]) -> Resource {
    only(surface(edits).resources)
}

#[test]
fn variables_of_a_uri_supply_the_inputs_of_what_is_called() {
    for with in ["", ", with: { book_id: tools.book-id }", ", with: { book_id: '{{book-id}}' }"] {
        let call = format!("call: shelf.get-book{with} }}\n      tools");
        let resource = resource(&[(PORT, BOOK), ("call: shelf.get-book }\n      tools", &call)]);
        assert_eq!(resource.uri, "shelf://books/{book_id}", "{with}");
        assert_eq!(resource.uri_template, [Piece::Text("shelf://books/".to_owned()), Piece::Input(0)]);
        let ResourceContent::Action { parameters, action, .. } = &resource.content else { panic!("{resource:?}") };
        assert_eq!((parameters[0].name.as_str(), parameters[0].required), ("book-id", true));
        assert_eq!(sources(action), [Argument::Parameter(0)], "{with}");
    }
}

#[test]
fn optional_inputs_need_no_variable() {
    let resource = resource(&[(PORT, ALL)]);
    assert_eq!(resource.title.as_deref(), Some("All books"));
    assert_eq!(resource.media_type.as_deref(), Some("application/vnd.books+json"));
    let ResourceContent::Action { parameters, .. } = &resource.content else { panic!("{resource:?}") };
    assert!(parameters.iter().all(|parameter| !parameter.required), "{parameters:?}");
}

#[test]
fn what_no_variable_supplies_is_named() {
    let shown = message(&edited(&[(PORT, BOOK), ("{book-id}'", "{bok_id}'")]), Code::UnsuppliedResourceInput);
    assert!(shown.contains("nothing supplies `book_id`") && shown.contains("did you mean `bok_id`?"), "{shown}");
    let with = ("call: shelf.get-book }\n", "call: shelf.get-book, with: { book_id: shelf-mcp.title } }\n");
    let shown = message(&edited(&[(PORT, BOOK), with]), Code::UnsuppliedResourceInput);
    assert!(shown.contains("nothing supplies `title`"), "{shown}");
}

#[test]
fn a_resource_can_refer_to_a_flow() {
    let flow = "  aggregates:
    - label: Reading
      namespace: reading
      functions:
        - name: read
          description: Read a book
          inputParameters:
            - { name: book, type: integer, enum: [1, 2], description: Which }
            - { name: copies, type: integer, default: 3, description: How many }
          call: shelf.get-book
          with: { book_id: reading.book }
  exposes:
";
    let refer = ("{book-id}', description: A book, call: shelf.get-book", "{Book}', ref: reading.read");
    let resource = resource(&[("  exposes:\n", flow), (PORT, BOOK), refer]);
    assert_eq!(resource.description, "Read a book");
    let ResourceContent::Action { parameters, rules, action } = &resource.content else { panic!("{resource:?}") };
    assert_eq!((parameters[0].name.as_str(), parameters[0].r#type), ("Book", Type::Integer));
    assert_eq!(sources(action), [Argument::Parameter(0)]);
    assert_eq!((parameters[1].name.as_str(), parameters[1].required), ("copies", false));
    let values = Rule::OneOf(vec!["1".to_owned(), "2".to_owned()]);
    let expected = [(0, values), (1, Rule::Default("3".to_owned()))];
    assert_eq!(*rules, expected.map(|(parameter, rule)| InputRule { parameter, rule }));
}

#[test]
fn folders_are_paths_of_the_machine_that_serves_them() {
    let capability = capability(&edited(&[(PORT, FOLDER)]));
    assert_eq!(capability.files_root.as_deref(), Some("SHELF_FILES_ROOT"));
    assert_eq!(resource(&[(PORT, FOLDER)]).content, ResourceContent::Folder("./notes".to_owned()));
    assert_eq!(self::capability(SHELF).files_root, None);
}

#[test]
fn prompts_are_in_the_order_of_the_file_with_their_arguments_in_place() {
    let Prompt { title, arguments, messages, .. } = only(surface(&[(PORT, PROMPT)]).prompts);
    assert_eq!(title.as_deref(), Some("Advise"));
    let required: Vec<_> = arguments.iter().map(|argument| (argument.name.as_str(), argument.required)).collect();
    assert_eq!(required, [("last-book", true), ("mood", false)]);
    let text = |text: &str| Piece::Text(text.to_owned());
    assert_eq!(
        messages[0].content,
        [text("I have read "), Piece::Input(0), text(" and am "), Piece::Input(1), text(".")]
    );
    assert_eq!((messages[1].role, messages[1].content.len()), (Role::Assistant, 3));
}

#[test]
fn an_undeclared_argument_is_reported_with_the_near_one() {
    let shown = message(&edited(&[(PORT, PROMPT), ("{{ mood }}", "{{ moood }}")]), Code::UndeclaredArgument);
    assert!(shown.contains("did you mean `mood`?"), "{shown}");
}

struct Files(HashMap<&'static str, &'static str>);

impl Loader for Files {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        self.0.get(path).map(|text| (*text).to_owned()).ok_or(LoadError::NotFound)
    }
}

fn with_file(location: &str, text: &'static str) -> Analysis {
    let template = PROMPT.split("          template:").next().unwrap();
    let prompt = format!("{template}          location: '{location}'\n");
    let files = Files(HashMap::from([("specs/prompts/advise.md", text)]));
    let source = Source::new("specs/shelf.yaml", edited(&[(PORT, &prompt)]));
    analyze_in(&source, None, &Surroundings::new(&files, "specs/shelf.yaml"))
}

#[test]
fn the_file_of_a_prompt_is_one_message_of_the_user() {
    let analysis = with_file("file:///./prompts/advise.md", "# Advise\n\n{{last-book}}: {{mood}}\n");
    assert_eq!(analysis.diagnostics, []);
    assert_eq!(analysis.files[0].source.name, "specs/prompts/advise.md");
    let capability = analysis.capability.unwrap();
    let Surface::Mcp(mcp) = &capability.exposes[1].surface else { panic!("no tools") };
    let [message] = mcp.prompts[0].messages.as_slice() else { panic!("{:?}", mcp.prompts) };
    assert_eq!((message.role, message.content.len()), (Role::User, 5));
}

#[test]
fn mistakes_in_the_file_of_a_prompt_are_shown_there() {
    let analysis = with_file("file://./prompts/advise.md", "{{last-book}}\n\n{{modd}} {{mood}}\n");
    let found = only(analysis.files[0].diagnostics.clone());
    let shown = found.render(&analysis.files[0].source, Style::Plain);
    assert!(found.code == Code::UndeclaredArgument && shown.contains("advise.md:3:1"), "{shown}");
}

#[test]
fn files_of_prompts_are_those_of_the_crate() {
    for (location, part) in [
        ("file:///./prompts/other.md", "specs/prompts/other.md"),
        ("file:///etc/passwd", "leads out of"),
        ("file:///./../../etc/passwd", "leads out of"),
        ("https://example.com/x.md", "names no file"),
    ] {
        let analysis = with_file(location, "");
        let found = analysis.diagnostics.iter().find(|found| found.code == Code::PromptFileNotFound);
        assert!(found.is_some_and(|found| found.message.contains(part)), "{location}: {:#?}", analysis.diagnostics);
    }
}

#[test]
fn cache_policies_are_read() {
    let policy = "      port: 9090\n      ttlMs: 60000\n      cacheScope: public\n";
    let expected = Cache { milliseconds: Some(60_000), scope: Some(CacheScope::Public) };
    assert_eq!(surface(&[(PORT, policy)]).cache, expected);
    for wrong in ["ttlMs: -1", "ttlMs: soon", "cacheScope: mine"] {
        let text = edited(&[(PORT, &format!("      port: 9090\n      {wrong}\n"))]);
        assert_eq!(messages(&text, Code::InvalidValue).len(), 1, "{wrong}");
    }
}
