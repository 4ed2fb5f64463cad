//! The constants of generated code, read from its tokens: what the runtime gets from rustc, without rustc.

use std::collections::HashMap;

use proc_macro2::{TokenStream, TokenTree};
use syn::{Expr, Lit, Member};

/// A value of a constant, as far as tables have such values.
#[derive(Clone, Debug)]
pub(super) enum Constant {
    Text(&'static str),
    Number(u16),
    Flag(bool),
    List(Vec<Constant>),
    /// A struct: its fields, and the last segment of what the others are taken from.
    Record(HashMap<String, Constant>, Option<String>),
    /// A variant with fields, or the call of a function.
    Call(String, Vec<Constant>),
    /// The last segment of a path.
    Name(String),
    /// Anything else.
    Other,
}

/// The constants and statics of a module and of all modules in it, by name and by the innermost name of their type.
#[derive(Default)]
pub(super) struct Constants(HashMap<(String, String), TokenStream>);

impl Constants {
    pub(super) fn read(tokens: TokenStream) -> Self {
        let mut constants = Self::default();
        constants.collect(tokens);
        constants
    }

    fn collect(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        // A lifetime is a mark and a word.
        let mut is_lifetime = false;
        while let Some(token) = tokens.next() {
            let after_mark = std::mem::replace(&mut is_lifetime, is_mark(&token, '\''));
            match token {
                TokenTree::Group(group) => self.collect(group.stream()),
                TokenTree::Ident(word) if !after_mark && (word == "static" || word == "const") => {
                    let Some(TokenTree::Ident(name)) = tokens.next() else { continue };
                    if !tokens.peek().is_some_and(|token| is_mark(token, ':')) {
                        continue;
                    }
                    let kind = tokens.by_ref().take_while(|token| !is_mark(token, '=')).collect();
                    let value = tokens.by_ref().take_while(|token| !is_mark(token, ';')).collect();
                    self.0.insert((name.to_string(), innermost(kind)), value);
                }
                _ => {}
            }
        }
    }

    /// The value of a constant.
    pub(super) fn get(&self, name: &str, kind: &str) -> Option<Constant> {
        let tokens = self.0.get(&(name.to_owned(), kind.to_owned()))?;
        Some(evaluate(&syn::parse2(tokens.clone()).expect("an expression")))
    }

    /// The values of all constants of a type, by their names.
    pub(super) fn all<'c>(&'c self, kind: &'c str) -> impl Iterator<Item = (&'c str, Constant)> {
        let of_kind = self.0.iter().filter(move |((_, of), _)| of == kind);
        of_kind.map(|((name, of), _)| (name.as_str(), self.get(name, of).expect("it is there")))
    }
}

fn is_mark(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == mark)
}

/// The name of a type, or that of the elements of a list or tuple.
fn innermost(tokens: TokenStream) -> String {
    let mut name = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => return innermost(group.stream()),
            TokenTree::Ident(word) => name = word.to_string(),
            TokenTree::Punct(mark) if matches!(mark.as_char(), ';' | ',') => break,
            _ => {}
        }
    }
    name
}

fn evaluate(value: &Expr) -> Constant {
    match value {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Str(text) => Constant::Text(text.value().leak()),
            Lit::Int(number) => number.base10_parse().map_or(Constant::Other, Constant::Number),
            Lit::Bool(flag) => Constant::Flag(flag.value),
            _ => Constant::Other,
        },
        Expr::Reference(reference) => evaluate(&reference.expr),
        Expr::Array(list) => Constant::List(list.elems.iter().map(evaluate).collect()),
        Expr::Tuple(list) => Constant::List(list.elems.iter().map(evaluate).collect()),
        Expr::Call(call) => Constant::Call(last(&call.func), call.args.iter().map(evaluate).collect()),
        Expr::Path(_) => Constant::Name(last(value)),
        Expr::Struct(record) => {
            let fields = record.fields.iter().filter_map(|field| match &field.member {
                Member::Named(name) => Some((name.to_string(), evaluate(&field.expr))),
                Member::Unnamed(_) => None,
            });
            Constant::Record(fields.collect(), record.rest.as_deref().map(last))
        }
        _ => Constant::Other,
    }
}

fn last(path: &Expr) -> String {
    match path {
        Expr::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default(),
        _ => String::new(),
    }
}

impl Constant {
    pub(super) fn field(&self, name: &str) -> &Self {
        match self {
            Self::Record(fields, _) => fields.get(name).unwrap_or(&Self::Other),
            _ => &Self::Other,
        }
    }

    /// The name of a constant or variant, with fields or without, or of what a struct takes the rest of its fields from.
    pub(super) fn name(&self) -> &str {
        match self {
            Self::Name(name) | Self::Call(name, _) | Self::Record(_, Some(name)) => name,
            _ => "",
        }
    }

    pub(super) fn text(&self) -> Option<&'static str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn number(&self) -> Option<u16> {
        match self {
            Self::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(super) fn flag(&self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(*flag),
            _ => None,
        }
    }

    /// The elements of a list, or the fields of a variant.
    pub(super) fn elements(&self) -> &[Self] {
        match self {
            Self::List(elements) | Self::Call(_, elements) => elements,
            _ => &[],
        }
    }

    /// What is in `Some`.
    pub(super) fn inner(&self) -> Option<&Self> {
        match self {
            Self::Call(name, fields) if name == "Some" => fields.first(),
            _ => None,
        }
    }

    /// The elements as a list that lives as long as the tests.
    pub(super) fn list<T>(&self, each: impl Fn(&Self) -> T) -> &'static [T] {
        self.elements().iter().map(each).collect::<Vec<T>>().leak()
    }
}
