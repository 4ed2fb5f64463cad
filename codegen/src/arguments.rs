//! The arguments of `include_capability!`.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::{LitStr, Token};

use crate::compile::Lints;
use crate::suggest;

const KEYS: [&str; 3] = ["path", "name", "lints"];
const LINTS: [&str; 2] = ["allow", "deny"];

/// What the macro was called with.
#[cfg_attr(test, derive(Debug))]
pub(crate) struct Arguments {
    /// The path to the runtime, which the wrapper puts in front: `[$crate]`.
    pub(crate) runtime: TokenStream,
    /// The path of the file.
    pub(crate) path: LitStr,
    /// The name of the module.
    pub(crate) name: Option<String>,
    /// What to do with lints.
    pub(crate) lints: Lints,
}

impl Parse for Arguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime = runtime(input)?;
        let mut given = Given::default();
        if input.peek(LitStr) {
            given.path = Some(input.parse()?);
            separator(input)?;
        }
        let mut errors = Errors::default();
        while !input.is_empty() {
            let key = Ident::parse_any(input)?;
            input.parse::<Token![=]>()?;
            errors.keep(given.argument(&key, input));
            separator(input)?;
        }
        errors.finish()?;
        let path = given.path.ok_or_else(|| {
            let message = "expected the path of a capability file: `include_capability!(\"…\")`";
            syn::Error::new(Span::call_site(), message)
        })?;
        Ok(Self { runtime, path, name: given.name, lints: given.lints.unwrap_or_default() })
    }
}

/// The arguments read so far.
#[derive(Default)]
struct Given {
    path: Option<LitStr>,
    name: Option<String>,
    lints: Option<Lints>,
}

impl Given {
    /// Reads the value of an argument.
    ///
    /// The value is read in any case, so that what comes after it can be read too.
    fn argument(&mut self, key: &Ident, input: ParseStream<'_>) -> syn::Result<()> {
        match key.to_string().as_str() {
            "path" => {
                let value = input.parse()?;
                set(&mut self.path, value, key)
            }
            "name" => {
                let value = name(input)?;
                set(&mut self.name, value, key)
            }
            "lints" => {
                let value = lints(input)?;
                set(&mut self.lints, value, key)
            }
            other => {
                input.parse::<TokenTree>()?;
                Err(unknown("argument", other, &KEYS, key.span()))
            }
        }
    }
}

fn set<T>(place: &mut Option<T>, value: T, key: &Ident) -> syn::Result<()> {
    if place.replace(value).is_some() {
        let message = format!("the argument `{key}` is given twice");
        return Err(syn::Error::new(key.span(), message));
    }
    Ok(())
}

/// The wrapper's `[$crate]`.
fn runtime(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    let Ok(TokenTree::Group(group)) = input.parse::<TokenTree>() else {
        return Err(misuse());
    };
    if group.delimiter() != Delimiter::Bracket {
        return Err(misuse());
    }
    Ok(group.stream())
}

fn misuse() -> syn::Error {
    let message = "this is the inside of `capsmith::include_capability!`, which is to be called instead";
    syn::Error::new(Span::call_site(), message)
}

/// A module's name, as an identifier or as text.
fn name(input: ParseStream<'_>) -> syn::Result<String> {
    if !input.peek(LitStr) {
        return Ok(input.parse::<Ident>()?.to_string());
    }
    let literal = input.parse::<LitStr>()?;
    match literal.parse::<Ident>() {
        Ok(ident) => Ok(ident.to_string()),
        Err(_) => Err(syn::Error::new(literal.span(), format!("`{}` cannot be the name of a module", literal.value()))),
    }
}

fn lints(input: ParseStream<'_>) -> syn::Result<Lints> {
    let value = Ident::parse_any(input)?;
    match value.to_string().as_str() {
        "allow" => Ok(Lints::Allow),
        "deny" => Ok(Lints::Deny),
        other => Err(unknown("value of `lints`", other, &LINTS, value.span())),
    }
}

fn unknown(what: &str, name: &str, known: &[&str], span: Span) -> syn::Error {
    let help = suggest::did_you_mean(name, known.iter().copied())
        .unwrap_or_else(|| format!("there are {}", suggest::list(known.iter().copied())));
    syn::Error::new(span, format!("unknown {what} `{name}`\n  = help: {help}"))
}

/// A comma, which the last argument may leave out.
fn separator(input: ParseStream<'_>) -> syn::Result<()> {
    if !input.is_empty() {
        input.parse::<Token![,]>()?;
    }
    Ok(())
}

/// Errors that do not keep the rest from being read.
#[derive(Default)]
struct Errors(Option<syn::Error>);

impl Errors {
    fn keep(&mut self, result: syn::Result<()>) {
        let Err(error) = result else { return };
        match &mut self.0 {
            Some(first) => first.combine(error),
            None => self.0 = Some(error),
        }
    }

    fn finish(self) -> syn::Result<()> {
        self.0.map_or(Ok(()), Err)
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{Arguments, Lints};
    use proc_macro2::TokenStream;

    fn parse(arguments: &TokenStream) -> Result<Arguments, Vec<String>> {
        syn::parse2(quote! { [::capsmith] #arguments })
            .map_err(|error: syn::Error| error.into_iter().map(|error| error.to_string()).collect())
    }

    #[test]
    fn a_path_is_enough() {
        let arguments = parse(&quote! { "a.yaml" }).expect("valid");
        assert_eq!(arguments.path.value(), "a.yaml");
        assert_eq!(arguments.name, None);
        assert_eq!(arguments.lints, Lints::Allow);
    }

    #[test]
    fn every_argument_can_be_given() {
        for arguments in [
            quote! { path = "a.yaml", name = backups, lints = deny },
            quote! { "a.yaml", lints = deny, name = "backups", },
        ] {
            let arguments = parse(&arguments).expect("valid");
            assert_eq!(arguments.path.value(), "a.yaml");
            assert_eq!(arguments.name.as_deref(), Some("backups"));
            assert_eq!(arguments.lints, Lints::Deny);
        }
    }

    #[test]
    fn all_mistakes_are_told_at_once() {
        let errors = parse(&quote! { "a.yaml", nmae = x, lints = denny, name = a, name = b }).expect_err("mistakes");
        assert_eq!(
            errors,
            [
                "unknown argument `nmae`\n  = help: did you mean `name`?",
                "unknown value of `lints` `denny`\n  = help: did you mean `deny`?",
                "the argument `name` is given twice",
            ]
        );
    }

    #[test]
    fn the_path_must_be_there_once() {
        let errors = parse(&quote! {}).expect_err("no path");
        assert!(errors[0].starts_with("expected the path of a capability file"));
        let errors = parse(&quote! { "a.yaml", path = "b.yaml" }).expect_err("two paths");
        assert_eq!(errors, ["the argument `path` is given twice"]);
    }

    #[test]
    fn a_name_must_be_an_identifier() {
        let errors = parse(&quote! { "a.yaml", name = "not one" }).expect_err("no identifier");
        assert_eq!(errors, ["`not one` cannot be the name of a module"]);
    }

    #[test]
    fn the_wrapper_is_required() {
        let error = syn::parse2::<Arguments>(quote! { "a.yaml" }).expect_err("no wrapper");
        assert!(error.to_string().contains("capsmith::include_capability!"));
    }
}
