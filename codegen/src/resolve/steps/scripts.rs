//! Steps that run scripts: what the methods are given that a program has in their place (section 9.1 of the format).
//!
//! A script sees what `with` says, the parameters of the action, and what all earlier steps gave. So does the method.

use std::cell::RefCell;
use std::collections::HashMap;

use super::known::Known;
use super::mappings;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{self, Input, Location, Parameter, Part, Reference, Root, Source, StepScript, Type};
use crate::naftiko::{self, With};
use crate::names::{Allocator, NameKind, convert};
use crate::resolve::actions::Site;
use crate::resolve::arguments::foreign_reference;
use crate::resolve::names::RESERVED_METHODS;
use crate::resolve::references::Scope;
use crate::source::Span;

/// The most inputs of all scripts of a file: each step is given those of all before it, so their number could grow with the
/// square of the file's length.
const MAX_INPUTS: usize = 10_000;

/// The scripts that steps run, each once: a flow that several routes and tools refer to has one method.
#[derive(Default)]
pub(in crate::resolve) struct Scripts {
    list: RefCell<Vec<Script>>,
}

struct Script {
    /// Where the step's name stands, by which its script is known.
    span: Span,
    name: String,
    file: String,
    users: Vec<String>,
    inputs: Vec<Parameter>,
}

impl Scripts {
    /// Notes that an action takes a step that runs a script. Its arguments are the sources of the inputs that are known so far.
    fn add(&self, step: &naftiko::Step<'_>, file: String, user: &str, inputs: Vec<(Parameter, Source)>) -> StepScript {
        let mut list = self.list.borrow_mut();
        let known = list.iter().position(|script| script.span == step.name.span);
        let script = known.unwrap_or_else(|| {
            let (span, name) = (step.name.span, step.name.value.to_owned());
            list.push(Script { span, name, file, users: Vec::new(), inputs: Vec::new() });
            list.len() - 1
        });
        let registered = &mut list[script];
        if !registered.users.iter().any(|other| other == user) {
            registered.users.push(user.to_owned());
        }
        let mut places: HashMap<String, usize> =
            registered.inputs.iter().enumerate().map(|(index, input)| (input.name.clone(), index)).collect();
        let mut arguments = vec![Source::Absent; registered.inputs.len()];
        for (input, source) in inputs {
            if let Some(place) = places.get(&input.name) {
                unite(&mut registered.inputs[*place], &input);
                arguments[*place] = source;
            } else {
                places.insert(input.name.clone(), arguments.len());
                // Another action that takes the step does not have it.
                registered.inputs.push(Parameter { required: input.required && known.is_none(), ..input });
                arguments.push(source);
            }
        }
        for (input, argument) in registered.inputs.iter_mut().zip(&arguments) {
            input.required &= *argument != Source::Absent;
        }
        StepScript { script, arguments }
    }

    fn count(&self) -> usize {
        self.list.borrow().iter().map(|script| script.inputs.len()).sum()
    }

    /// The scripts with their names in Rust, which are told to the user. Completes what was resolved before all uses were
    /// known.
    pub(in crate::resolve) fn finish(
        self,
        exposes: &mut [ir::Exposes],
        operations: &[ir::Operation],
        sink: &Sink,
    ) -> Vec<ir::Script> {
        let taken = operations.iter().map(|operation| operation.method_name.as_str());
        let mut methods = Allocator::reserving(&RESERVED_METHODS.iter().copied().chain(taken).collect::<Vec<_>>());
        let mut types = Allocator::default();
        let scripts: Vec<ir::Script> = self
            .list
            .into_inner()
            .into_iter()
            .map(|script| {
                let span = script.span;
                let script = named(script, &mut methods, &mut types);
                report(&script, span, sink);
                script
            })
            .collect();
        for exposes in exposes {
            exposes.surface.for_each_action(&mut |action| {
                let ir::Action::Steps(steps) = action else { return };
                for step in &mut steps.steps {
                    if let ir::StepKind::Script(used) = &mut step.kind {
                        used.arguments.resize(scripts[used.script].inputs.len(), Source::Absent);
                    }
                }
            });
        }
        scripts
    }
}

fn named(script: Script, methods: &mut Allocator, types: &mut Allocator) -> ir::Script {
    let Script { name, file, users, inputs, .. } = script;
    let user = users.first().map_or("", String::as_str);
    let qualified = format!("{user}-{name}");
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    let fields = Allocator::default().names(&names, NameKind::Value);
    ir::Script {
        method_name: methods.either(convert(&name, NameKind::Value), convert(&qualified, NameKind::Value)),
        type_name: types.either(convert(&name, NameKind::Type), convert(&qualified, NameKind::Type)),
        name,
        file,
        users,
        inputs: inputs.into_iter().zip(fields).map(|(parameter, field)| Input { parameter, field }).collect(),
    }
}

/// Tells which method the program has to have.
fn report(script: &ir::Script, span: Span, sink: &Sink) {
    let ir::Script { name, method_name, type_name, file, .. } = script;
    let (method, inputs) = (method_name.as_str(), type_name.as_str());
    let message = format!("the step `{name}` is a method of the program: `Handlers::{method}`");
    sink.report(Diagnostic::new(Code::ScriptStep, span, message).label(format!("`{file}` is not run")).help(format!(
        "implement `async fn {method}(&self, inputs: scripts::{inputs}, context: Context) -> Result<Value, Problem>`"
    )));
}

/// Makes an input what two uses of a script give to it.
fn unite(input: &mut Parameter, other: &Parameter) {
    if input.r#type != other.r#type || input.schema != other.schema {
        input.r#type = Type::Any;
        input.schema = None;
    }
    input.required &= other.required;
}

/// The use of a script by a step; `parameters` are those of the action.
pub(super) fn resolve<'a>(
    step: &naftiko::Step<'a>,
    script: &naftiko::Script<'a>,
    known: &Known<'a>,
    scope: &Scope<'_, 'a>,
    site: &Site<'_, 'a>,
) -> Option<StepScript> {
    let scripts = site.context.scripts;
    let mut inputs: Vec<(Parameter, Source)> = Vec::new();
    for entry in &script.with {
        let Some(source) = source(entry, scope, site) else { continue };
        inputs.push((given(entry, &source, known, scope), source));
    }
    let parameters = scope.parameters.iter().enumerate().map(|(index, parameter)| {
        let parameter = Parameter { location: Location::Template, ..parameter.clone() };
        (parameter, Root::Parameter(index))
    });
    let earlier = known.steps[..known.position].iter().enumerate();
    let outputs = earlier.map(|(index, step)| (output(step.name.value, known, index), Root::Step(index)));
    // Steps win over parameters, since scripts see them so.
    let implied: Vec<(Parameter, Root)> = outputs.chain(parameters).collect();
    let mut taken: std::collections::HashSet<String> = inputs.iter().map(|(input, _)| input.name.clone()).collect();
    for (parameter, root) in implied {
        if taken.insert(parameter.name.clone()) {
            inputs.push((parameter, Source::Value(Reference { root, path: ir::json_path::JsonPath::default() })));
        }
    }
    let file = script.file?;
    if scripts.count() + inputs.len() > MAX_INPUTS {
        let message = format!("the scripts of the file are given more than {MAX_INPUTS} values together");
        scope.sink.report(Diagnostic::new(Code::TooLong, step.name.span, message));
        return None;
    }
    let file = match script.location {
        Some(location) => format!("{}/{}", location.value.trim_end_matches('/'), file.value.trim_start_matches("./")),
        None => file.value.to_owned(),
    };
    Some(scripts.add(step, file, site.name.value, inputs))
}

/// What an entry of `with` is. `None`: nothing that is known, which is reported.
fn source<'a>(entry: &With<'a>, scope: &Scope<'_, 'a>, site: &Site<'_, 'a>) -> Option<Source> {
    let text = &entry.value;
    if entry.json.is_string()
        && !text.value.contains("{{")
        && let Some((word, name)) = text.value.split_once('.')
    {
        if scope.is_own(word) {
            return scope.reference(text.value, text.span).map(Source::Value);
        }
        let own = std::iter::once(scope.word).chain(scope.namespaces.iter().copied());
        if let Some(diagnostic) = foreign_reference(text, word, name, own, &site.context.namespaces) {
            scope.sink.report(diagnostic);
            return None;
        }
    }
    mappings::source(text, (!entry.json.is_string()).then_some(&entry.json), scope)
}

/// The input that an entry of `with` makes.
fn given(entry: &With<'_>, source: &Source, known: &Known<'_>, scope: &Scope<'_, '_>) -> Parameter {
    let input = |r#type: Type, required: bool| Parameter {
        name: entry.key.value.to_owned(),
        location: Location::Template,
        r#type,
        required,
        description: "What `with` says.".to_owned(),
        schema: None,
    };
    match source {
        Source::Constant(json) => input(of_constant(json), true),
        Source::Template(parts) => {
            let is_there = |part: &Part| match part {
                Part::Text(_) => true,
                Part::Value(reference) => is_always_there(reference, scope),
            };
            input(Type::String, parts.iter().all(is_there))
        }
        Source::Value(reference) => match (reference.root, reference.path.segments.is_empty()) {
            (Root::Parameter(index), true) => Parameter {
                location: Location::Template,
                name: entry.key.value.to_owned(),
                ..scope.parameters[index].clone()
            },
            (Root::Step(index), true) => output(entry.key.value, known, index),
            (Root::Bind(_), _) => input(Type::String, true),
            (_, false) => input(Type::Any, false),
        },
        Source::Parameter(_) | Source::Properties(_) | Source::Absent => input(Type::Any, false),
    }
}

/// An input that is what a step gives.
fn output(name: &str, known: &Known<'_>, step: usize) -> Parameter {
    Parameter {
        name: name.to_owned(),
        location: Location::Template,
        r#type: Type::Any,
        required: true,
        description: format!("What the step `{}` gives; null where that is nothing.", known.steps[step].name.value),
        schema: None,
    }
}

fn is_always_there(reference: &Reference, scope: &Scope<'_, '_>) -> bool {
    match reference.root {
        Root::Parameter(index) => reference.path.segments.is_empty() && scope.parameters[index].required,
        Root::Bind(_) => true,
        Root::Step(_) => false,
    }
}

fn of_constant(json: &str) -> Type {
    match serde_json::from_str(json) {
        Ok(serde_json::Value::String(_)) => Type::String,
        Ok(serde_json::Value::Bool(_)) => Type::Boolean,
        Ok(serde_json::Value::Number(number)) if number.is_i64() => Type::Integer,
        Ok(serde_json::Value::Number(_)) => Type::Number,
        _ => Type::Any,
    }
}
