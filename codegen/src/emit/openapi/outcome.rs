//! What a call gives back: one type, or an enum of several.

use std::collections::{HashMap, HashSet};

use super::content::{self, Held};
use super::docs::title;
use super::types::Plan;
use crate::emit::docs::{code, inline};
use crate::ir::RustName;
use crate::ir::api::{Content, MediaKind, Method, Operation, Response, Status};
use crate::names::{Allocator, NameKind, shorten};

/// The answers or the failures of an operation.
pub(super) struct Outcome<'a> {
    pub(super) cases: Vec<Case<'a>>,
    pub(super) holder: Holder,
}

/// One of the answers.
pub(super) struct Case<'a> {
    pub(super) response: &'a Response,
    /// Empty where there is no body.
    pub(super) media_type: &'a str,
    /// `None`: there is no body.
    pub(super) kind: Option<MediaKind>,
    pub(super) held: Held,
    /// The variant of an enum; 0 where there is none.
    pub(super) variant: usize,
}

/// What holds any of the answers.
pub(super) enum Holder {
    /// A type that exists without them.
    Single(Held),
    /// An enum in `responses` or `errors`.
    Enum(RustName),
}

/// An enum of several answers.
pub(super) struct Choice {
    pub(super) name: RustName,
    /// What it is of, for its documentation.
    pub(super) docs: String,
    pub(super) variants: Vec<Variant>,
}

/// A variant of such an enum.
pub(super) struct Variant {
    pub(super) name: RustName,
    pub(super) held: Held,
    pub(super) docs: String,
}

/// The answers of an operation that mean success, and the enum of them if they need one.
pub(super) fn answers<'a>(plan: &Plan<'_>, operation: &'a Operation) -> (Outcome<'a>, Option<Choice>) {
    let mut cases = Vec::new();
    for response in successes(operation) {
        add(plan, operation, response, &mut cases);
    }
    // What is the same in Rust under the same status is one variant.
    let keys: Vec<_> = cases.iter().map(|case| (case.response.status, case.held.key(plan))).collect();
    let Some((_, first)) = keys.first() else {
        return (Outcome { cases, holder: Holder::Single(Held::Nothing) }, None);
    };
    if keys.iter().all(|(_, key)| key == first) {
        let holder = Holder::Single(cases[0].held);
        return (Outcome { cases, holder }, None);
    }
    let mut names = Allocator::default();
    let mut variants: Vec<Variant> = Vec::new();
    let mut numbers = HashMap::new();
    let mut of_status: HashMap<Status, usize> = HashMap::new();
    keys.iter().collect::<HashSet<_>>().iter().for_each(|key| *of_status.entry(key.0).or_default() += 1);
    let has_several = |status: Status| of_status.get(&status).is_some_and(|count| *count > 1);
    for (case, key) in cases.iter_mut().zip(&keys) {
        case.variant = *numbers.entry(key).or_insert(variants.len());
        if case.variant == variants.len() {
            variants.push(variant(case, has_several(key.0), &mut names));
        }
    }
    let name = operation.type_name.clone();
    let docs = format!("Answers of {}.", code(&title(operation)));
    let choice = Choice { name: name.clone(), docs, variants };
    (Outcome { cases, holder: Holder::Enum(name) }, Some(choice))
}

fn variant(case: &Case<'_>, has_several: bool, names: &mut Allocator) -> Variant {
    let mut name = status_name(case.response.status);
    if has_several {
        name.push_str(case.kind.map_or("Empty", kind_name));
    }
    let description = inline(&case.response.description);
    let mut docs = status_text(case.response.status);
    if has_several && !case.media_type.is_empty() {
        docs = format!("{docs}, {}", code(case.media_type));
    }
    if !description.is_empty() {
        docs = format!("{docs}: {description}");
    }
    Variant { name: names.name(&name, NameKind::Variant), held: case.held, docs }
}

/// The responses that mean success: those of 2xx; if there are none, of 3xx; if there are none, of `default`.
fn successes(operation: &Operation) -> Vec<&Response> {
    let of = |digit: u16| {
        let is = move |status| match status {
            Status::Code(code) => code / 100 == digit,
            Status::Range(range) => u16::from(range) == digit,
            Status::Default => false,
        };
        operation.responses.iter().filter(move |response| is(response.status)).collect::<Vec<_>>()
    };
    let fallback = || operation.responses.iter().filter(|response| response.status == Status::Default).collect();
    [of(2), of(3)].into_iter().find(|found| !found.is_empty()).unwrap_or_else(fallback)
}

/// The forms of a response's body.
fn add<'a>(plan: &Plan<'_>, operation: &Operation, response: &'a Response, cases: &mut Vec<Case<'a>>) {
    let before = cases.len();
    for content in contents(operation, response) {
        let (kind, held) = content::answer(plan, content);
        cases.push(Case { response, media_type: &content.media_type, kind: Some(kind), held, variant: 0 });
    }
    if cases.len() == before {
        cases.push(Case { response, media_type: "", kind: None, held: Held::Nothing, variant: 0 });
    }
}

/// The forms of a response's body that can occur and say something of their own.
pub(super) fn contents<'a>(operation: &Operation, response: &'a Response) -> impl Iterator<Item = &'a Content> {
    let has_body = operation.method != Method::Head && !matches!(response.status, Status::Code(204 | 205 | 304));
    let contents = if has_body { response.contents.as_slice() } else { &[] };
    let has_json = contents.iter().any(|content| content.kind == MediaKind::Json);
    // XML is what JSON says once more, and comes without a type.
    contents.iter().filter(move |content| !(has_json && content.kind == MediaKind::Xml))
}

/// The failures of operations. Lists of the same types share an enum.
#[derive(Default)]
pub(super) struct Failures {
    pub(super) choices: Vec<Choice>,
    known: HashMap<Vec<String>, RustName>,
    names: Allocator,
}

impl Failures {
    /// The failures of an operation that have a body with a type.
    pub(super) fn of<'a>(&mut self, plan: &Plan<'_>, operation: &'a Operation) -> Outcome<'a> {
        let successes: Vec<_> = successes(operation).iter().map(|response| response.status).collect();
        let mut cases = Vec::new();
        for response in &operation.responses {
            if response.status == Status::Default || !successes.contains(&response.status) {
                add(plan, operation, response, &mut cases);
            }
        }
        cases.retain(|case| matches!(case.held, Held::Typed(_) | Held::Value | Held::Text));
        let keys: Vec<_> = cases.iter().map(|case| case.held.key(plan)).collect();
        let mut seen = HashSet::new();
        let fresh = cases.iter().zip(&keys).filter(|(_, key)| seen.insert(*key));
        let mut distinct: Vec<_> = fresh.map(|(case, key)| (case.held.label(plan), key, case.held)).collect();
        distinct.sort_by(|left, right| (&left.0, left.1).cmp(&(&right.0, right.1)));
        let numbers: HashMap<_, _> = distinct.iter().enumerate().map(|(number, (_, key, _))| (*key, number)).collect();
        for (case, key) in cases.iter_mut().zip(&keys) {
            case.variant = numbers.get(key).copied().unwrap_or_default();
        }
        let holder = match distinct.as_slice() {
            [] => Holder::Single(Held::Nothing),
            [(_, _, held)] => Holder::Single(*held),
            several => Holder::Enum(self.choice(operation, several)),
        };
        Outcome { cases, holder }
    }

    /// The enum of several types, in their order.
    fn choice(&mut self, operation: &Operation, several: &[(String, &String, Held)]) -> RustName {
        let keys: Vec<String> = several.iter().map(|(_, key, _)| (*key).clone()).collect();
        let is_shared = several.len() <= 3;
        if let Some(name) = self.known.get(&keys).filter(|_| is_shared) {
            return name.clone();
        }
        let labels: Vec<_> = several.iter().map(|(label, _, _)| label.as_str()).collect();
        let (name, docs) = if is_shared {
            (shorten(labels.join("Or")), "Failures of several operations.".to_owned())
        } else {
            let name = operation.type_name.as_str().trim_start_matches("r#");
            (format!("{name}Error"), format!("Failures of {}.", code(&title(operation))))
        };
        let name = self.names.unique(name);
        let mut names = Allocator::default();
        let variants = several.iter().map(|(label, _, held)| Variant {
            name: names.unique(label.clone()),
            held: *held,
            docs: format!("The failure is {}.", article(label)),
        });
        self.choices.push(Choice { name: name.clone(), docs, variants: variants.collect() });
        if is_shared {
            self.known.insert(keys, name.clone());
        }
        name
    }
}

fn article(label: &str) -> String {
    match label {
        "Text" => "a text".to_owned(),
        "Json" => "any JSON".to_owned(),
        name => format!("of the type {}", code(name)),
    }
}

fn status_text(status: Status) -> String {
    match status {
        Status::Code(code) => code.to_string(),
        Status::Range(digit) => format!("{digit}XX"),
        Status::Default => "Any other status".to_owned(),
    }
}

/// The reason phrase as a name.
fn status_name(status: Status) -> String {
    let name = match status {
        Status::Code(200) => "Ok",
        Status::Code(201) => "Created",
        Status::Code(202) => "Accepted",
        Status::Code(203) => "NonAuthoritativeInformation",
        Status::Code(204) => "NoContent",
        Status::Code(205) => "ResetContent",
        Status::Code(206) => "PartialContent",
        Status::Code(207) => "MultiStatus",
        Status::Code(208) => "AlreadyReported",
        Status::Code(226) => "ImUsed",
        Status::Code(300) => "MultipleChoices",
        Status::Code(301) => "MovedPermanently",
        Status::Code(302) => "Found",
        Status::Code(303) => "SeeOther",
        Status::Code(304) => "NotModified",
        Status::Code(307) => "TemporaryRedirect",
        Status::Code(308) => "PermanentRedirect",
        Status::Range(2) => "Success",
        Status::Range(3) => "Redirection",
        Status::Default => "Default",
        Status::Code(code) => return format!("Status{code}"),
        Status::Range(digit) => return format!("Status{digit}xx"),
    };
    name.to_owned()
}

/// What tells the variants of a status apart.
pub(super) fn kind_name(kind: MediaKind) -> &'static str {
    match kind {
        MediaKind::Json => "Json",
        MediaKind::Form => "Form",
        MediaKind::Multipart => "Multipart",
        MediaKind::EventStream => "Events",
        MediaKind::JsonLines => "Lines",
        MediaKind::Xml => "Xml",
        MediaKind::Text => "Text",
        MediaKind::Binary => "Bytes",
        MediaKind::Any => "Any",
    }
}
