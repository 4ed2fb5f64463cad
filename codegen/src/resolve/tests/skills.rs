//! Surfaces of skills.

use super::cases::{Case, case};
use super::*;
use crate::ir::{Skill, SkillToolSource};

/// The place where a surface of skills comes, and the surface.
const PLACE: &str = "  exposes:\n";
macro_rules! surface {
    ($skills:literal) => {
        concat!(
            "  exposes:\n    - type: skill\n      namespace: shelf-skills\n      port: 7070\n      skills: ",
            $skills,
            "\n"
        )
    };
}

/// Mistakes in skills.
pub(super) const SKILLS: &[Case] = &[
    case(
        Code::DuplicateSkill,
        &[(PLACE, surface!("[{ name: a, description: A }, { name: a, description: B }]"))],
        &[(PLACE, surface!("[{ name: a, description: A }, { name: b, description: A }]"))],
    ),
    case(
        Code::SkillToolSource,
        &[(PLACE, surface!("{ a: { description: A, tools: { b: { description: B } } } }"))],
        &[(
            PLACE,
            surface!(
                "{ a: { description: A, tools: { b: { description: B, from: { sourceNamespace: shelf-mcp, action: \
                 find-book } } } } }"
            ),
        )],
    ),
    case(
        Code::UnknownSkillSource,
        &[(
            PLACE,
            surface!(
                "{ a: { description: A, tools: { b: { description: B, from: { sourceNamespace: shelf-mcp, action: \
                 find-books } } } } }"
            ),
        )],
        &[(
            PLACE,
            surface!(
                "{ a: { description: A, tools: { b: { description: B, from: { sourceNamespace: shelf-rest, action: \
                 get-book } } } } }"
            ),
        )],
    ),
    case(
        Code::InstructionWithoutLocation,
        &[(PLACE, surface!("{ a: { description: A, tools: { b: { description: B, instruction: guide.md } } } }"))],
        &[(
            PLACE,
            surface!(
                "{ a: { description: A, location: 'file:///opt/a', tools: { b: { description: B, instruction: guide.md } } } }"
            ),
        )],
    ),
    case(
        Code::UnusableSkillFile,
        &[(PLACE, surface!("{ a: { description: A, location: 'https://shelf.example.org/a' } }"))],
        &[(PLACE, surface!("{ a: { description: A, location: 'file:///./a/' } }"))],
    ),
    case(
        Code::LongSkillText,
        &[(
            PLACE,
            surface!(
                "[{ name: a, description: A, compatibility: \"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\
                0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\
                0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\
                0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789\
                01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890\" }]"
            ),
        )],
        &[(PLACE, surface!("[{ name: a, description: A, compatibility: any }]"))],
    ),
];

fn skills(text: &str) -> Vec<Skill> {
    let surface = capability(text).exposes.into_iter().find_map(|exposes| match exposes.surface {
        Surface::Skill(skills) => Some(skills),
        Surface::Rest(_) | Surface::Mcp(_) | Surface::Control(_) => None,
    });
    surface.unwrap()
}

#[test]
fn lists_and_mappings_give_the_same_skills() {
    let list = "[{ name: reading, description: Find books, metadata: { level: 1 }, user-invocable: false, tools: [{ name: \
                find, description: Find one, from: { sourceNamespace: shelf-mcp, action: find-book } }, { name: guide, \
                description: Read this, instruction: ./guides/a.md }], location: 'file:///opt/my%20skills/' }]";
    let mapping = "{ reading: { description: Find books, metadata: { level: 1 }, user-invocable: false, tools: { find: { \
                   description: Find one, from: { sourceNamespace: shelf-mcp, action: find-book } }, guide: { description: \
                   Read this, instruction: guides/a.md } }, location: 'file:///opt/my%20skills' } }";
    let of = |yaml: &str| {
        let surface = format!("{PLACE}    - {{ type: skill, namespace: s, port: 7070, skills: {yaml} }}\n");
        skills(&edited(&[(PLACE, &surface)]))
    };
    let skills = of(list);
    assert_eq!(skills, of(mapping));
    let [skill] = skills.as_slice() else { panic!("{skills:?}") };
    assert_eq!((skill.name.as_str(), skill.description.as_str()), ("reading", "Find books"));
    assert_eq!(skill.metadata, [("level".to_owned(), "1".to_owned())]);
    assert_eq!((skill.user_invocable, skill.disable_model_invocation), (false, false));
    assert_eq!(skill.folder.as_deref(), Some("/opt/my skills"));
    let sources: Vec<_> = skill.tools.iter().map(|tool| tool.source.clone()).collect();
    // The surface stands before the two others.
    let find = SkillToolSource::Action { surface: 2, name: "find-book".to_owned() };
    assert_eq!(sources, [find, SkillToolSource::Instruction("guides/a.md".to_owned())]);
}

#[test]
fn unknown_sources_are_named_with_what_is_near() {
    let of = |namespace: &str, action: &str| {
        let surface = format!(
            "{PLACE}    - {{ type: skill, namespace: s, port: 7070, skills: {{ a: {{ description: A, tools: {{ b: {{ \
             description: B, from: {{ sourceNamespace: {namespace}, action: {action} }} }} }} }} }} }}\n"
        );
        message(&edited(&[(PLACE, &surface)]), Code::UnknownSkillSource)
    };
    let text = of("shelf-mpc", "find-book");
    assert!(text.contains("no REST or MCP surface has the namespace `shelf-mpc`"), "{text}");
    assert!(text.contains("did you mean `shelf-mcp`?"), "{text}");
    // What is consumed is no surface.
    assert!(of("shelf", "get-book").contains("the surfaces are `shelf-rest`, `shelf-mcp`"));
    let text = of("shelf-mcp", "find-books");
    assert!(text.contains("`shelf-mcp` has no `find-books` among its tools"), "{text}");
    assert!(text.contains("did you mean `find-book`?"), "{text}");
    assert!(text.contains("its tools are `find-book`, `list-books`"), "{text}");
}

#[test]
fn a_tool_is_named_as_it_is_served() {
    let surface = format!(
        "{PLACE}    - {{ type: skill, namespace: s, port: 7070, skills: {{ a: {{ description: A, tools: {{ b: {{ \
         description: B, from: {{ sourceNamespace: shelf-mcp, action: find.book }} }} }} }} }} }}\n"
    );
    let skills = skills(&edited(&[(PLACE, &surface), ("- name: find-book", "- name: find.book")]));
    assert_eq!(skills[0].tools[0].source, SkillToolSource::Action { surface: 2, name: "find_book".to_owned() });
}

#[test]
fn instructions_stay_in_the_folder() {
    for path in ["../secrets.md", "/etc/passwd", "a/../../b.md", ".hidden", "a\\\\b.md", "a//b.md"] {
        let surface = format!(
            "{PLACE}    - {{ type: skill, namespace: s, port: 7070, skills: {{ a: {{ description: A, location: \
             'file:///opt/a', tools: {{ b: {{ description: B, instruction: \"{path}\" }} }} }} }} }}\n"
        );
        let text = message(&edited(&[(PLACE, &surface)]), Code::UnusableSkillFile);
        assert!(text.contains("is no path of a file in the skill's folder"), "{text}");
    }
}

#[test]
fn a_size_of_answers_is_no_matter_of_a_catalogue() {
    let surface = format!(
        "{PLACE}    - {{ type: skill, namespace: s, port: 7070, maxBinarySize: 1MiB, skills: {{ a: {{ description: A }} }} }}\n"
    );
    let text = message(&edited(&[(PLACE, &surface)]), Code::UnknownField);
    assert!(text.contains("maxBinarySize"), "{text}");
}
