//! Bind variables (section 4 of the format), and parameters from the environment (section 5.4), which are as good.

use std::cell::RefCell;

use super::bind_location;
use super::settings::Settings;
use super::template::{self, Part};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir;
use crate::naftiko::{Binding, ConsumedInput, Http, Place, Text};
use crate::source::Span;
use crate::suggest;

/// The declared variables, and which of them something refers to.
pub(super) struct Binds<'a> {
    sink: &'a Sink,
    declared: RefCell<Vec<Declared<'a>>>,
    /// The paths of the files that values stand in.
    files: Vec<String>,
    /// Whether the file is a part of others, which may declare what it leaves out.
    is_fragment: bool,
    /// Whether there are others, which could not be imported.
    is_open: bool,
}

/// What comes of the variables that something refers to.
#[derive(Default)]
pub(super) struct Used {
    pub(super) binds: Vec<ir::Bind>,
    pub(super) files: Vec<ir::BindFile>,
    /// For each declared variable the index among the used ones.
    pub(super) indices: Vec<usize>,
}

#[derive(Clone, Copy)]
struct Declared<'a> {
    namespace: &'a str,
    /// The file that holds the value, an index into [`Binds::files`]; `None`: the environment does.
    file: Option<usize>,
    variable: Text<'a>,
    source_key: Text<'a>,
    origin: Origin,
    usage: Usage,
}

/// Where a variable is declared.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Bind,
    /// A parameter of what is consumed, known where it is declared only.
    Environment {
        required: bool,
    },
    /// Nowhere: the file leaves out what only a setting can supply.
    Setting,
}

/// What refers to a variable, in the order of how much depends on it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Usage {
    None,
    /// A base URI, which may be given as a whole.
    BaseUri,
    /// A request.
    Request,
}

/// What a name refers to.
pub(super) enum Lookup {
    /// A variable, by the index that it has until [`Binds::finish`].
    Found(usize),
    /// No variable.
    Undeclared,
    /// More than one, which was reported.
    Ambiguous,
}

impl<'a> Binds<'a> {
    pub(super) fn new(bindings: &[Binding<'a>], consumes: &[&Http<'a>], is_fragment: bool, sink: &'a Sink) -> Self {
        let mut declared = Vec::new();
        let mut files: Vec<String> = Vec::new();
        for binding in bindings {
            let namespace = binding.namespace.map_or("", |namespace| namespace.value);
            let file = binding.location.as_ref().map(|location| {
                // A location that was refused leaves the variables declared, so that nothing is said about their uses.
                let path = bind_location::path(location, sink).unwrap_or_default();
                files.iter().position(|known| *known == path).unwrap_or_else(|| {
                    files.push(path);
                    files.len() - 1
                })
            });
            for (variable, source_key) in &binding.keys {
                if file.is_none() {
                    check_source_key(source_key, sink);
                }
                let origin = Origin::Bind;
                let (variable, source_key) = (*variable, *source_key);
                declared.push(Declared { namespace, file, variable, source_key, origin, usage: Usage::None });
            }
        }
        for input in consumes.iter().flat_map(|http| environment(http)) {
            let required = input.required.unwrap_or(true);
            let is_same =
                |other: &&mut Declared<'_>| other.is_environment() && other.variable.value == input.name.value;
            match declared.iter_mut().find(is_same) {
                Some(other) if required => other.origin = Origin::Environment { required },
                Some(_) => {}
                None => {
                    check_source_key(&input.name, sink);
                    declared.push(Declared {
                        namespace: "",
                        file: None,
                        variable: input.name,
                        source_key: input.name,
                        origin: Origin::Environment { required },
                        usage: Usage::None,
                    });
                }
            }
        }
        let is_open = bindings.iter().any(|binding| !binding.is_known);
        Self { sink, declared: RefCell::new(declared), files, is_fragment, is_open }
    }

    /// A template over variables; `environment` holds the names of the parameters that are known there.
    pub(super) fn template(&self, text: &Text<'a>, environment: &[&str]) -> Option<ir::Template> {
        let mut pieces = Vec::new();
        for part in template::parse(text, self.sink)? {
            pieces.push(match part {
                Part::Text(text) => ir::Piece::Text(text.to_owned()),
                Part::Hole(name, range) => ir::Piece::Bind(self.variable(name, text.part(range), environment)?),
            });
        }
        Some(pieces)
    }

    /// The variable that a name refers to where nothing else can stand. `None`: it refers to none, which is reported.
    fn variable(&self, name: &'a str, span: Span, environment: &[&str]) -> Option<usize> {
        match self.lookup(name, span, Usage::Request, environment) {
            Lookup::Found(index) => Some(index),
            Lookup::Ambiguous => None,
            Lookup::Undeclared => {
                let borrowed = self.borrowed(name, span);
                if borrowed.is_none() {
                    self.report_undeclared(name, span, environment.iter().copied());
                }
                borrowed
            }
        }
    }

    /// Whether a name would be taken for one of the variables that binds declare.
    pub(super) fn declares(&self, name: &str) -> bool {
        !self.matches(name).is_empty()
    }

    /// The variable that a name refers to, which counts as used from then on: a bind's before a parameter's.
    pub(super) fn lookup(&self, name: &str, span: Span, usage: Usage, environment: &[&str]) -> Lookup {
        let matches = self.matches(name);
        let index = match matches.as_slice() {
            [] if environment.contains(&name) => self.environment(name),
            [] => None,
            [index] => Some(*index),
            [first, rest @ ..] => {
                let declared = self.declared.borrow();
                if rest.iter().any(|index| declared[*index].source() != declared[*first].source()) {
                    self.report_ambiguous(name, span, &matches);
                    return Lookup::Ambiguous;
                }
                Some(*first)
            }
        };
        index.map_or(Lookup::Undeclared, |index| {
            self.note(index, usage);
            Lookup::Found(index)
        })
    }

    fn note(&self, index: usize, usage: Usage) {
        if let Some(declared) = self.declared.borrow_mut().get_mut(index) {
            declared.usage = declared.usage.max(usage);
        }
    }

    fn environment(&self, name: &str) -> Option<usize> {
        self.declared.borrow().iter().position(|other| other.is_environment() && other.variable.value == name)
    }

    /// A variable that nothing here declares, in a file that others import: they may declare it.
    pub(super) fn borrowed(&self, name: &'a str, span: Span) -> Option<usize> {
        if !self.is_fragment || !looks_like_a_variable(name) {
            return None;
        }
        let message = format!("no bind of this file declares the variable `{name}`");
        self.sink.report(
            Diagnostic::new(Code::UndeclaredInFragment, span, message)
                .label("read from the environment")
                .help("files that import this one may declare it; otherwise add it to `binds` here"),
        );
        let variable = Text { value: name, span, start: None };
        let (origin, usage) = (Origin::Bind, Usage::Request);
        let mut declared = self.declared.borrow_mut();
        declared.push(Declared { namespace: "", file: None, variable, source_key: variable, origin, usage });
        Some(declared.len() - 1)
    }

    /// A value of an upstream or a surface that no bind declares: a setting, named after both.
    pub(super) fn setting(&self, variable: Text<'a>, namespace: &Text<'a>) -> usize {
        let (origin, usage, namespace) = (Origin::Setting, Usage::Request, namespace.value);
        let mut declared = self.declared.borrow_mut();
        declared.push(Declared { namespace, file: None, variable, source_key: variable, origin, usage });
        declared.len() - 1
    }

    fn matches(&self, name: &str) -> Vec<usize> {
        let declared = self.declared.borrow();
        let matching = |accepts: &dyn Fn(&Declared<'_>) -> bool| {
            let indices = declared.iter().enumerate();
            let indices = indices.filter(|(_, declared)| declared.origin == Origin::Bind && accepts(declared));
            indices.map(|(index, _)| index).collect::<Vec<usize>>()
        };
        match name.split_once('.') {
            Some((namespace, variable)) => {
                matching(&|declared| declared.namespace == namespace && declared.variable.value == variable)
            }
            None => matching(&|declared| declared.variable.value == name),
        }
    }

    /// Reports a name that is neither a variable's nor one of the `others` that it might have been.
    pub(super) fn report_undeclared<'n>(&self, name: &str, span: Span, others: impl Iterator<Item = &'n str>) {
        if self.is_open {
            return;
        }
        let bare = name.rsplit('.').next().unwrap_or(name);
        let declared = self.declared.borrow();
        let of_binds = || declared.iter().filter(|declared| declared.origin == Origin::Bind);
        let known = || of_binds().map(|declared| declared.variable.value);
        let same = of_binds().find(|declared| declared.variable.value == bare);
        let near = match same {
            Some(declared) if name.contains('.') => Some(format!("did you mean `{}.{bare}`?", declared.namespace)),
            _ => {
                let others: Vec<&str> = others.collect();
                suggest::did_you_mean(bare, others.iter().copied().chain(known()))
            }
        };
        let message = format!("no bind declares the variable `{name}`");
        let help = if known().next().is_none() {
            "declare it: `binds: [{ namespace: env, keys: { NAME: NAME } }]`".to_owned()
        } else {
            format!("declared variables: {}", suggest::list(known()))
        };
        self.sink.report(Diagnostic::new(Code::UndeclaredVariable, span, message).maybe_help(near).help(help));
    }

    fn report_ambiguous(&self, name: &str, span: Span, matches: &[usize]) {
        let message = format!("the variable `{name}` is declared by several binds");
        let diagnostic = Diagnostic::new(Code::AmbiguousVariable, span, message);
        let declared = self.declared.borrow();
        let declared = |index: &usize| &declared[*index];
        let names: Vec<String> = matches
            .iter()
            .map(declared)
            .map(|declared| format!("{}.{}", declared.namespace, declared.variable.value))
            .collect();
        let diagnostic = matches.iter().map(declared).fold(diagnostic, |diagnostic, declared| {
            diagnostic.also(declared.variable.span, format!("declared by `{}`", declared.namespace))
        });
        self.sink.report(diagnostic.help(format!("write one of {}", suggest::list(names.iter().map(String::as_str)))));
    }

    /// The variables that something refers to, and their files.
    pub(super) fn finish(&self, settings: &mut Settings) -> Used {
        let mut used = Used::default();
        for declared in self.declared.borrow().iter() {
            used.indices.push(used.binds.len());
            if declared.usage != Usage::None {
                let bind = self.bind(declared, &mut used.files, settings);
                used.binds.push(bind);
            } else if declared.is_environment() {
                let message = format!("the parameter `{}` from the environment goes nowhere", declared.variable.value);
                self.sink.report(
                    Diagnostic::new(Code::UnusedInput, declared.variable.span, message)
                        .help(format!("refer to it in a template: `{{{{{}}}}}`", declared.variable.value)),
                );
            }
        }
        used
    }

    fn bind(&self, declared: &Declared<'_>, files: &mut Vec<ir::BindFile>, settings: &mut Settings) -> ir::Bind {
        let Declared { namespace, variable, source_key, .. } = declared;
        let path = declared.file.and_then(|file| self.files.get(file));
        let (environment, file) = match path {
            None if declared.origin == Origin::Setting => {
                let namespace = Text { value: namespace, ..*variable };
                (settings.bind_in_file(&namespace, variable, self.sink), None)
            }
            None => {
                settings.check_bind(source_key, self.sink);
                (source_key.value.to_owned(), None)
            }
            Some(path) => {
                let namespace = Text { value: namespace, ..*variable };
                let place = settings.bind_file(&namespace, self.sink);
                let known = files.iter().position(|file| file.variable == place);
                let index = known.unwrap_or_else(|| {
                    files.push(ir::BindFile { path: path.clone(), variable: place });
                    files.len() - 1
                });
                let key = ir::BindKey { file: index, key: source_key.value.to_owned() };
                (settings.bind_in_file(&namespace, variable, self.sink), Some(key))
            }
        };
        let is_demanded = declared.origin != Origin::Environment { required: false };
        ir::Bind {
            variable: variable.value.to_owned(),
            source_key: environment,
            file,
            field: settings.bind_field(variable, namespace),
            required: is_demanded && declared.usage == Usage::Request,
        }
    }
}

impl<'a> Declared<'a> {
    fn is_environment(&self) -> bool {
        matches!(self.origin, Origin::Environment { .. })
    }

    /// What the value is taken from.
    fn source(&self) -> (Option<usize>, &'a str) {
        (self.file, self.source_key.value)
    }
}

/// The parameters of an upstream that the environment supplies.
fn environment<'h, 'a>(http: &'h Http<'a>) -> impl Iterator<Item = &'h ConsumedInput<'a>> {
    let of_resources = http.resources.iter().flat_map(|resource| {
        let of_operations = resource.operations.iter().flat_map(|operation| &operation.input_parameters);
        resource.input_parameters.iter().chain(of_operations)
    });
    let all = http.input_parameters.iter().chain(of_resources);
    all.filter(|input| input.place.value == Place::Environment && input.value.is_none())
}

/// An environment variable's name must be one that an environment can hold.
fn check_source_key(source_key: &Text<'_>, sink: &Sink) {
    if source_key.value.is_empty() || source_key.value.contains(['=', '\0']) {
        let message = format!("`{}` is no name of an environment variable", source_key.value);
        sink.report(Diagnostic::new(Code::InvalidValue, source_key.span, message));
    }
}

/// Whether a name is written as those of variables are.
pub(super) fn looks_like_a_variable(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}
