//! Bind variables (section 4 of the format).

use std::cell::Cell;
use std::rc::Rc;

use super::bind_location;
use super::settings::Settings;
use super::template::{self, Part};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir;
use crate::naftiko::{Binding, Text};
use crate::source::Span;
use crate::suggest;

/// The declared variables, and which of them something refers to.
pub(super) struct Binds<'a> {
    sink: &'a Sink,
    declared: Vec<Declared<'a>>,
    /// Whether there are others, which could not be imported.
    is_open: bool,
}

/// What comes of the binds that something refers to.
pub(super) struct Used {
    pub(super) binds: Vec<ir::Bind>,
    pub(super) files: Vec<ir::BindFile>,
    /// For each declared variable the index among the used ones.
    pub(super) indices: Vec<usize>,
}

struct Declared<'a> {
    namespace: Text<'a>,
    /// The path of the file that holds the value; `None`: the environment does.
    file: Option<Rc<str>>,
    variable: Text<'a>,
    source_key: Text<'a>,
    is_used: Cell<bool>,
}

/// Where a template stands, which decides what its holes may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum TemplateUse {
    /// A credential: only variables.
    Credential,
    /// The value of a consumed parameter: the format also allows parameters there.
    ParameterValue,
}

impl<'a> Binds<'a> {
    pub(super) fn new(bindings: &[Binding<'a>], sink: &'a Sink) -> Self {
        let mut declared = Vec::new();
        for binding in bindings {
            let namespace = binding.namespace.unwrap_or(Text { value: "", span: Span::default(), start: None });
            // A location that was refused leaves the variables declared, so that nothing is said about their uses.
            let path = |location| Rc::from(bind_location::path(location, sink).unwrap_or_default());
            let file: Option<Rc<str>> = binding.location.as_ref().map(path);
            for (variable, source_key) in &binding.keys {
                if file.is_none() {
                    check_source_key(source_key, sink);
                }
                declared.push(Declared {
                    namespace,
                    file: file.clone(),
                    variable: *variable,
                    source_key: *source_key,
                    is_used: Cell::new(false),
                });
            }
        }
        Self { sink, declared, is_open: bindings.iter().any(|binding| !binding.is_known) }
    }

    /// A template over variables. Pieces refer to the declared variables until [`Self::finish`].
    pub(super) fn template(&self, text: &Text<'a>, r#use: TemplateUse) -> Option<ir::Template> {
        let mut pieces = Vec::new();
        for part in template::parse(text, self.sink)? {
            pieces.push(match part {
                Part::Text(text) => ir::Piece::Text(text.to_owned()),
                Part::Hole(name, range) => ir::Piece::Bind(self.refer(name, text.part(range), r#use)?),
            });
        }
        Some(pieces)
    }

    /// Whether a name would be taken for one of the variables.
    pub(super) fn declares(&self, name: &str) -> bool {
        !self.matches(name).is_empty()
    }

    /// The variable that a name refers to, which counts as used from then on.
    fn refer(&self, name: &str, span: Span, r#use: TemplateUse) -> Option<usize> {
        let matches = self.matches(name);
        match matches.as_slice() {
            [] => {
                self.report_undeclared(name, span, r#use);
                None
            }
            [index] => {
                self.declared[*index].is_used.set(true);
                Some(*index)
            }
            [first, rest @ ..] => {
                let source = self.declared[*first].source();
                if rest.iter().any(|index| self.declared[*index].source() != source) {
                    self.report_ambiguous(name, span, &matches);
                    return None;
                }
                self.declared[*first].is_used.set(true);
                Some(*first)
            }
        }
    }

    fn matches(&self, name: &str) -> Vec<usize> {
        let matching = |accepts: &dyn Fn(&Declared<'_>) -> bool| {
            let indices = self.declared.iter().enumerate().filter(|(_, declared)| accepts(declared));
            indices.map(|(index, _)| index).collect::<Vec<usize>>()
        };
        match name.split_once('.') {
            Some((namespace, variable)) => {
                matching(&|declared| declared.namespace.value == namespace && declared.variable.value == variable)
            }
            None => matching(&|declared| declared.variable.value == name),
        }
    }

    fn report_undeclared(&self, name: &str, span: Span, r#use: TemplateUse) {
        if self.is_open {
            return;
        }
        let bare = name.rsplit('.').next().unwrap_or(name);
        let known = || self.declared.iter().map(|declared| declared.variable.value);
        let same = self.declared.iter().find(|declared| declared.variable.value == bare);
        let near = match same {
            Some(declared) if name.contains('.') => {
                Some(format!("did you mean `{}.{bare}`?", declared.namespace.value))
            }
            _ => suggest::did_you_mean(bare, known()),
        };
        if r#use == TemplateUse::ParameterValue && near.is_none() && !looks_like_a_variable(bare) {
            let message = format!(
                "the template `{{{{{name}}}}}` takes the value of a parameter, which is not supported here yet"
            );
            self.sink.report(Diagnostic::new(Code::UnsupportedTemplate, span, message));
            return;
        }
        let message = format!("no bind declares the variable `{name}`");
        let help = if self.declared.is_empty() {
            "declare it: `binds: [{ namespace: env, keys: { NAME: NAME } }]`".to_owned()
        } else {
            format!("declared variables: {}", suggest::list(known()))
        };
        self.sink.report(Diagnostic::new(Code::UndeclaredVariable, span, message).maybe_help(near).help(help));
    }

    fn report_ambiguous(&self, name: &str, span: Span, matches: &[usize]) {
        let message = format!("the variable `{name}` is declared by several binds");
        let diagnostic = Diagnostic::new(Code::AmbiguousVariable, span, message);
        let declared = |index: &usize| &self.declared[*index];
        let names: Vec<String> = matches
            .iter()
            .map(declared)
            .map(|declared| format!("{}.{}", declared.namespace.value, declared.variable.value))
            .collect();
        let diagnostic = matches.iter().map(declared).fold(diagnostic, |diagnostic, declared| {
            diagnostic.also(declared.variable.span, format!("declared by `{}`", declared.namespace.value))
        });
        self.sink.report(diagnostic.help(format!("write one of {}", suggest::list(names.iter().map(String::as_str)))));
    }

    /// The variables that something refers to, and their files.
    pub(super) fn finish(&self, settings: &mut Settings) -> Used {
        let mut used = Used { binds: Vec::new(), files: Vec::new(), indices: Vec::new() };
        for declared in &self.declared {
            used.indices.push(used.binds.len());
            if declared.is_used.get() {
                let bind = self.bind(declared, &mut used.files, settings);
                used.binds.push(bind);
            }
        }
        used
    }

    fn bind(&self, declared: &Declared<'_>, files: &mut Vec<ir::BindFile>, settings: &mut Settings) -> ir::Bind {
        let Declared { namespace, variable, source_key, .. } = declared;
        let (source_key, file) = match &declared.file {
            None => {
                settings.check_bind(source_key, self.sink);
                (source_key.value.to_owned(), None)
            }
            Some(path) => {
                let place = settings.bind_file(namespace, self.sink);
                let known = files.iter().position(|file| file.variable == place);
                let index = known.unwrap_or_else(|| {
                    files.push(ir::BindFile { path: path.to_string(), variable: place });
                    files.len() - 1
                });
                let key = ir::BindKey { file: index, key: source_key.value.to_owned() };
                (settings.bind_in_file(namespace, variable, self.sink), Some(key))
            }
        };
        let field = settings.bind_field(variable, namespace.value);
        ir::Bind { variable: variable.value.to_owned(), source_key, file, field }
    }
}

impl Declared<'_> {
    /// What the value is taken from.
    fn source(&self) -> (Option<&str>, &str) {
        (self.file.as_deref(), self.source_key.value)
    }
}

/// An environment variable's name must be one that an environment can hold.
fn check_source_key(source_key: &Text<'_>, sink: &Sink) {
    if source_key.value.is_empty() || source_key.value.contains(['=', '\0']) {
        let message = format!("`{}` is no name of an environment variable", source_key.value);
        sink.report(Diagnostic::new(Code::InvalidValue, source_key.span, message));
    }
}

fn looks_like_a_variable(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
}
