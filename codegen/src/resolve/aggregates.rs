//! Aggregates: what REST operations and MCP tools take from the flows that they refer to (section 16 of the format).
//!
//! A reference is gone before anything else is resolved: what refers to a flow becomes an action of its own, with the fields that it
//! has itself and the flow's in place of the others.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use super::calls;
use super::names::normalise;
use super::surfaces::Context;
use super::template::{self, Part};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::naftiko::{Action, Aggregate, ExposedInput, Flow, Semantics, Step, StepKind, Steps, Text, With};
use crate::source::Span;
use crate::suggest;

/// The flows of all aggregates, and which of them something refers to.
pub(super) struct Aggregates<'c, 'a> {
    list: &'c [Aggregate<'a>],
    /// The places of the names of the flows that something refers to.
    used: RefCell<HashSet<Span>>,
}

/// An action that refers to nothing any more.
pub(super) struct Completed<'c, 'a> {
    pub(super) action: Cow<'c, Action<'a>>,
    /// The inputs of the flow that the action does not declare itself.
    pub(super) inputs: Vec<ExposedInput<'a>>,
    pub(super) semantics: Semantics,
    /// The namespace of the aggregate, by which the flow refers to its inputs.
    pub(super) namespace: Option<&'a str>,
}

impl<'c, 'a> Aggregates<'c, 'a> {
    pub(super) fn new(list: &'c [Aggregate<'a>], sink: &Sink) -> Self {
        let mut namespaces: HashMap<&str, Span> = HashMap::new();
        for aggregate in list {
            if let Some(namespace) = aggregate.namespace
                && let Some(first) = namespaces.insert(namespace.value, namespace.span)
            {
                let message = format!("two aggregates have the namespace `{}`", namespace.value);
                let diagnostic = Diagnostic::new(Code::DuplicateNamespace, namespace.span, message);
                sink.report(diagnostic.label("again here").also(first, "first here"));
            }
        }
        let mut flows: HashMap<(Option<&str>, &str), Span> = HashMap::new();
        for aggregate in list {
            for (flow, name) in named(aggregate) {
                let key = (aggregate.namespace.map(|namespace| namespace.value), name.value);
                if let Some(first) = flows.insert(key, name.span) {
                    let message = format!("two flows have the name `{}`", name.value);
                    let diagnostic = Diagnostic::new(Code::DuplicateFlow, name.span, message);
                    sink.report(diagnostic.label("again here").also(first, "first here"));
                }
                if let Some(key) = flow.output_media_type {
                    let message = format!("`outputMediaType` says nothing about the answers of `{}`", name.value);
                    let help = "it belongs to the consumed operation, or to the `responseBinary` of a route";
                    sink.report(Diagnostic::new(Code::ResponsesWithoutEffect, key, message).help(help));
                }
                if let Some(cacheable) = flow.semantics.cacheable.filter(|cacheable| cacheable.value) {
                    let message = format!("nothing caches the answers of `{}`", name.value);
                    let diagnostic = Diagnostic::new(Code::CacheableFlow, cacheable.span, message);
                    sink.report(diagnostic.label("this has no effect"));
                }
            }
        }
        Self { list, used: RefCell::default() }
    }

    /// The namespaces by which flows refer to their inputs.
    pub(super) fn namespaces(&self) -> impl Iterator<Item = &'a str> {
        self.list.iter().filter_map(own_namespace)
    }

    /// An action with what it takes from the flow that it refers to. `words` stand for its own parameters. `None`: there is none, which is reported.
    pub(super) fn complete<'s>(
        &self,
        action: &'s Action<'a>,
        words: &[&str],
        sink: &Sink,
    ) -> Option<Completed<'s, 'a>> {
        let Some(reference) = action.r#ref else {
            let semantics = Semantics::default();
            return Some(Completed { action: Cow::Borrowed(action), inputs: Vec::new(), semantics, namespace: None });
        };
        let (aggregate, flow) = self.find(&reference, sink)?;
        if let Some(own) = action.call.map(|call| call.span).or(action.steps.as_ref().map(|steps| steps.key)) {
            let message = format!("this takes the place of what `{}` does", reference.value);
            let diagnostic = Diagnostic::new(Code::OverriddenFlow, own, message).also(reference.span, "the reference");
            sink.report(diagnostic.help("leave out one of them"));
        } else {
            report_texts(action, &flow.action, own_namespace(aggregate), sink);
        }
        let namespace = own_namespace(aggregate);
        let (action, inputs) = merged(action, &flow.action, &reference, words, namespace);
        Some(Completed { action: Cow::Owned(action), inputs, semantics: flow.semantics, namespace })
    }

    /// The flow that a reference names. `None`: there is none, which is reported.
    fn find(&self, reference: &Text<'a>, sink: &Sink) -> Option<(&'c Aggregate<'a>, &'c Flow<'a>)> {
        let parts = reference.value.split_once('.');
        let wanted = parts.map_or((None, reference.value), |(namespace, name)| (Some(namespace), name));
        let flows =
            self.list.iter().flat_map(|aggregate| named(aggregate).map(move |(flow, name)| (aggregate, flow, name)));
        let mut found =
            flows.filter(|(aggregate, _, name)| (aggregate.namespace.map(|text| text.value), name.value) == wanted);
        if let Some((aggregate, flow, name)) = found.next() {
            self.used.borrow_mut().insert(name.span);
            return Some((aggregate, flow));
        }
        // What could not be read may have it.
        if self.list.iter().all(|aggregate| aggregate.is_known) {
            self.report_unknown(reference, sink);
        }
        None
    }

    fn report_unknown(&self, reference: &Text<'a>, sink: &Sink) {
        let known: Vec<String> = self.list.iter().flat_map(references).collect();
        let names = || known.iter().map(String::as_str);
        let message = format!("`{}` is no flow of an aggregate", reference.value);
        let list = match known.as_slice() {
            [] => "the capability has no `aggregates` with flows".to_owned(),
            _ => format!("flows: {}", suggest::list(names())),
        };
        let bare = known.iter().find(|known| known.rsplit('.').next() == Some(reference.value));
        let near = bare.map(|known| format!("did you mean `{known}`?"));
        sink.report(
            Diagnostic::new(Code::UnknownFlow, reference.span, message)
                .maybe_help(near.or_else(|| suggest::did_you_mean(reference.value, names())))
                .help(list),
        );
    }

    /// Reports the flows that nothing refers to, and what they call in vain.
    pub(super) fn finish(&self, context: &Context<'_, 'a>) {
        let used = self.used.borrow();
        for (flow, name) in self.list.iter().flat_map(named).filter(|(_, name)| !used.contains(&name.span)) {
            let message = format!("nothing refers to the flow `{}`", name.value);
            let diagnostic = Diagnostic::new(Code::UnreferencedFlow, name.span, message);
            context
                .sink
                .report(diagnostic.label("nothing is made of it").help("add `ref: …` to an operation or a tool"));
            if flow.action.call.is_some() {
                calls::resolve(&flow.action, context.upstreams, context.sink);
            }
        }
    }
}

fn named<'c, 'a>(aggregate: &'c Aggregate<'a>) -> impl Iterator<Item = (&'c Flow<'a>, Text<'a>)> {
    aggregate.flows.iter().filter_map(|flow| Some((flow, flow.action.name?)))
}

fn own_namespace<'a>(aggregate: &Aggregate<'a>) -> Option<&'a str> {
    aggregate.own_namespace.or(aggregate.namespace).map(|namespace| namespace.value)
}

/// How the flows of an aggregate are referred to.
fn references(aggregate: &Aggregate<'_>) -> impl Iterator<Item = String> {
    let prefix = aggregate.namespace.map_or_else(String::new, |namespace| format!("{}.", namespace.value));
    named(aggregate).map(move |(_, name)| format!("{prefix}{}", name.value))
}

/// An action with the fields of a flow in place of those that it does not have, and the inputs of the flow that it does
/// not declare.
fn merged<'a>(
    own: &Action<'a>,
    flow: &Action<'a>,
    reference: &Text<'a>,
    words: &[&str],
    namespace: Option<&'a str>,
) -> (Action<'a>, Vec<ExposedInput<'a>>) {
    let (declared, mut inputs) = inputs(&own.input_parameters, &flow.input_parameters);
    // What an action calls itself has inputs of its own.
    let does_itself = own.call.is_some() || own.steps.is_some();
    let mut steps = flow.steps.clone();
    let with = if does_itself { own.with.clone() } else { withs(own, flow, &mut steps, &mut inputs, words, namespace) };
    let action = Action {
        span: own.span,
        name: own.name.or(flow.name.map(|name| Text { value: name.value, span: reference.span, start: None })),
        description: own.description.or(flow.description),
        input_parameters: declared,
        call: if does_itself { own.call } else { flow.call },
        with,
        outputs: own.outputs.clone().or_else(|| flow.outputs.clone()),
        steps: if does_itself { own.steps.clone() } else { steps },
        r#ref: None,
        mappings: own.mappings.clone().or_else(|| flow.mappings.clone().filter(|_| !does_itself)),
        call_is_missing: flow.call_is_missing,
    };
    (action, inputs)
}

/// The declared inputs with what the flow says about those of their names, and the other inputs of the flow.
fn inputs<'a>(own: &[ExposedInput<'a>], flow: &[ExposedInput<'a>]) -> (Vec<ExposedInput<'a>>, Vec<ExposedInput<'a>>) {
    let mut declared = own.to_vec();
    let mut others = Vec::new();
    for input in flow {
        // An input of a flow is required unless it says otherwise.
        let required = Some(input.required.unwrap_or(true));
        match position(&declared, input.name.value) {
            Some(index) => {
                let own = &mut declared[index];
                own.r#type = own.r#type.or(input.r#type);
                own.description = own.description.or(input.description);
                own.required = own.required.or(required);
                own.pattern = own.pattern.or(input.pattern);
                own.value = own.value.take().or_else(|| input.value.clone());
                own.default = own.default.take().or_else(|| input.default.clone());
                own.values = own.values.take().or_else(|| input.values.clone());
            }
            None => others.push(ExposedInput { required, ..input.clone() }),
        }
    }
    (declared, others)
}

/// The input of a name, exactly or nearly.
fn position(inputs: &[ExposedInput<'_>], name: &str) -> Option<usize> {
    let exact = inputs.iter().position(|input| input.name.value == name);
    exact.or_else(|| inputs.iter().position(|input| normalise(input.name.value) == normalise(name)))
}

/// The entries of `with`: the flow's, and in front of them those of what refers to it. One that names an input of the flow
/// gives it its value, in the steps of the flow too, and nobody else has to.
fn withs<'a>(
    own: &Action<'a>,
    flow: &Action<'a>,
    steps: &mut Option<Steps<'a>>,
    inputs: &mut Vec<ExposedInput<'a>>,
    words: &[&str],
    namespace: Option<&'a str>,
) -> Vec<With<'a>> {
    let mut withs = flow.with.clone();
    for entry in &own.with {
        let mut is_taken = false;
        if let Some(index) = position(&flow.input_parameters, entry.key.value) {
            let input = &flow.input_parameters[index];
            inputs.retain(|other| other.name.value != input.name.value);
            give_to_scripts(steps, input.name, entry);
            // A parameter in place of the input is what the input is.
            let parameter = hole(&entry.value).and_then(|(name, is_hole)| referred(name, words, is_hole));
            if let Some(name) = parameter.filter(|name| position(&own.input_parameters, name.value).is_none()) {
                let required = Some(input.required.unwrap_or(true));
                inputs.push(ExposedInput { name, required, ..input.clone() });
            }
            let own_words: Vec<&str> = namespace.into_iter().collect();
            let is_input = |with: &With<'a>| {
                let name = hole(&with.value).and_then(|(name, is_hole)| referred(name, &own_words, is_hole));
                name.is_some_and(|name| normalise(name.value) == normalise(input.name.value))
            };
            let of_steps = steps.iter_mut().flat_map(|steps| &mut steps.list).filter_map(with_of);
            for with in withs.iter_mut().chain(of_steps.flatten()).filter(|with| is_input(with)) {
                (with.value, with.json) = (entry.value, entry.json.clone());
                is_taken = true;
            }
        }
        match withs.iter_mut().find(|with| with.key.value == entry.key.value) {
            Some(with) => *with = entry.clone(),
            None if is_taken => {}
            None => withs.push(entry.clone()),
        }
    }
    withs
}

/// Reports values for inputs that the flow puts into texts: only where an input is all there is, something else can take its
/// place.
fn report_texts(own: &Action<'_>, flow: &Action<'_>, namespace: Option<&str>, sink: &Sink) {
    let of_steps = flow.steps.iter().flat_map(|steps| &steps.list);
    let of_steps =
        of_steps.filter_map(|step| if let StepKind::Call { with, .. } = &step.kind { Some(with) } else { None });
    let texts: Vec<Text<'_>> = flow.with.iter().chain(of_steps.flatten()).map(|with| with.value).collect();
    for entry in &own.with {
        let Some(index) = position(&flow.input_parameters, entry.key.value) else { continue };
        let input = normalise(flow.input_parameters[index].name.value);
        let is_input = |name: &str| normalise(name) == input;
        let is_part = |text: &&Text<'_>| match template::parse(text, &Sink::default()).unwrap_or_default().as_slice() {
            [Part::Hole(name, _)] if is_input(inner(name, namespace)) => false,
            parts => parts.iter().any(|part| match part {
                Part::Hole(name, _) => inner(name, namespace).split('.').next().is_some_and(is_input),
                Part::Text(_) => false,
            }),
        };
        if let Some(text) = texts.iter().find(is_part) {
            let message =
                format!("the flow makes a text of `{}`, which `with` beside `ref` cannot reach", entry.key.value);
            let diagnostic = Diagnostic::new(Code::UnsupportedTemplate, entry.key.span, message);
            sink.report(diagnostic.also(text.span, "the text").help("say what is called here, instead of the `ref`"));
        }
    }
}

/// Has the scripts of a flow see an input of it that gets its value from elsewhere.
fn give_to_scripts<'a>(steps: &mut Option<Steps<'a>>, input: Text<'a>, entry: &With<'a>) {
    for step in steps.iter_mut().flat_map(|steps| &mut steps.list) {
        if let StepKind::Script(script) = &mut step.kind
            && script.with.iter().all(|with| with.key.value != input.value)
        {
            script.with.push(With { key: input, ..entry.clone() });
        }
    }
}

/// A name without the word for the flow's inputs before it.
fn inner<'n>(name: &'n str, namespace: Option<&str>) -> &'n str {
    let own = name.split_once('.').filter(|(word, _)| Some(*word) == namespace);
    own.map_or(name, |(_, rest)| rest)
}

/// The values that a step gives to what it calls.
fn with_of<'s, 'a>(step: &'s mut Step<'a>) -> Option<&'s mut Vec<With<'a>>> {
    match &mut step.kind {
        StepKind::Call { with, .. } => Some(with),
        StepKind::Script(script) => Some(&mut script.with),
        StepKind::Lookup(_) => None,
    }
}

/// What a text is without the braces around all of it, and whether there are any. `None`: there are others.
pub(super) fn hole<'a>(text: &Text<'a>) -> Option<(Text<'a>, bool)> {
    let inner = text.value.trim().strip_prefix("{{").and_then(|inner| inner.strip_suffix("}}"));
    let name = inner.unwrap_or(text.value).trim();
    let start = text.value.find(name)?;
    let span = text.part(start..start + name.len());
    let part = Text { value: name, span, start: text.start.map(|_| span.start) };
    (!name.contains(['{', '}'])).then_some((part, inner.is_some()))
}

/// The parameter that a name is, of those that the words stand for. Without braces, the word is what tells it from a text.
pub(super) fn referred<'a>(name: Text<'a>, words: &[&str], is_hole: bool) -> Option<Text<'a>> {
    let Some((word, rest)) = name.value.split_once('.') else { return is_hole.then_some(name) };
    let span = name.part(word.len() + 1..name.value.len());
    let is_one = words.contains(&word) && !rest.is_empty() && !rest.contains('.');
    is_one.then_some(Text { value: rest, span, start: name.start.map(|_| span.start) })
}
