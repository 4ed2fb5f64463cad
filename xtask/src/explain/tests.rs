//! Every code has a page, and every example does what it says.

use std::collections::BTreeSet;

use capsmith_codegen::diagnostic::{Code, Severity};

use super::example::{Example, is_of};
use super::page::{Page, Part};
use super::{ExplainError, check_list, explain, list, read, root};

/// Codes whose mistake has no place in a page.
const WITHOUT_EXAMPLE: &[Code] = &[Code::TooLong, Code::UnreadableDocument, Code::TooManyCombinations];

fn printed(codes: &[&str]) -> String {
    let mut output = Vec::new();
    explain(codes, &mut output).unwrap_or_else(|error| panic!("{error}"));
    String::from_utf8(output).expect("UTF-8")
}

/// What is wrong with the page of a code.
fn fault(code: Code) -> Option<String> {
    let page = match read(code) {
        Ok(page) => page,
        Err(error) => return Some(error.to_string()),
    };
    if page.title != code.as_str() {
        return Some(format!("the page is called `{}`", page.title));
    }
    if !matches!(page.parts.first(), Some(Part::Prose(_))) {
        return Some("the page does not begin with prose".to_owned());
    }
    let example = match Example::new(&page) {
        Ok(Some(example)) => example,
        Ok(None) => return (!WITHOUT_EXAMPLE.contains(&code)).then(|| "the page has no example".to_owned()),
        Err(error) => return Some(error.to_string()),
    };
    let (mistake, mended) = match (example.mistake.messages(), example.mended.messages()) {
        (Ok(mistake), Ok(mended)) => (mistake, mended),
        (Err(error), _) | (_, Err(error)) => return Some(error.to_string()),
    };
    if !mistake.iter().any(|message| is_of(message, code)) {
        return Some(format!("the mistake is not reported, but:\n{}", mistake.join("\n")));
    }
    if mended.iter().any(|message| is_of(message, code)) {
        return Some(format!("the mended example has the mistake:\n{}", mended.join("\n")));
    }
    let is_error = |message: &&String| {
        let mut errors = Code::ALL.iter().filter(|code| code.severity() == Severity::Error);
        errors.any(|code| is_of(message, *code)) || !message.contains("[CAP")
    };
    mended.iter().find(is_error).map(|message| format!("the mended example does not compile: {message}"))
}

#[test]
fn every_code_has_a_page_whose_example_is_true() {
    let faults = Code::ALL.iter().filter_map(|code| Some(format!("{}: {}", code.as_str(), fault(*code)?)));
    let faults: Vec<String> = faults.collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn every_page_has_a_code() {
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| format!("{}.md", code.as_str())).collect();
    let pages = std::fs::read_dir(root().join(super::FOLDER)).expect("the folder is there");
    let pages = pages.map(|entry| entry.expect("an entry").file_name().into_string().expect("Unicode"));
    let superfluous: Vec<String> = pages.filter(|page| !codes.contains(page)).collect();
    assert!(superfluous.is_empty(), "{superfluous:?}");
}

#[test]
fn the_samples_have_nothing_to_complain_about() {
    for title in ["CAP0301", "CAP1201"] {
        let page = Page::parse(&format!("# {title}\n```yaml other.yaml\n```\n"));
        let example = Example::new(&page).expect("it can be followed").expect("there is one");
        assert_eq!(example.mended.messages().expect("it runs"), [""; 0]);
    }
}

#[test]
fn the_list_is_what_the_codes_give() {
    check_list().unwrap_or_else(|error| panic!("{error}"));
    let is_listed = |code: &&Code| list::STAGES.iter().any(|(stage, _)| code.as_str().starts_with(stage));
    assert_eq!(Code::ALL.iter().find(|code| !is_listed(code)), None, "a code of a stage without a title");
}

#[test]
fn a_code_is_explained_with_what_the_compiler_says_and_the_repair() {
    let text = printed(&["CAP0301"]);
    for part in ["CAP0301 (error): ", "\n    -", "\n    +", "[CAP0301]", "shelf.yaml:", "help: did you mean"] {
        assert!(text.contains(part), "no {part} in {text}");
    }
    for other in ["301", "0301", "cap0301", "CAP-0301"] {
        assert_eq!(printed(&[other]), text);
    }
}

#[test]
fn without_a_code_there_is_the_list() {
    let text = printed(&[]);
    assert_eq!(text.lines().count(), Code::ALL.len());
    assert!(text.contains("CAP0301  error  A call refers"), "{text}");
}

#[test]
fn what_is_no_code_gets_a_suggestion() {
    let near = |asked: &str| match explain(&[asked], &mut Vec::new()) {
        Err(ExplainError::Unknown { near, .. }) => near,
        other => panic!("{other:?}"),
    };
    assert!(near("CAP0399").contains(&Code::UnknownOperation));
    assert!(near("webhooks").contains(&Code::WebhooksIgnored));
    assert_eq!(near("zzz"), []);
}
