//! The arguments of the macros.
//!
//! A mistake in one argument does not keep the others from being read, so that all are told at once.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::{LitInt, LitStr, Token};

use self::values::{each, keyword, set};
use crate::compile::Lints;
use crate::compile::tools::TOOL_LIST_BUDGET;
use crate::suggest;

mod capability;
mod openapi;
#[cfg(test)]
mod tests;
mod values;

pub(crate) use self::capability::CapabilityArguments;
pub(crate) use self::openapi::OpenApiArguments;

/// The arguments that all macros have.
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
    /// How long a list of tools may be, in bytes.
    pub(crate) tool_list_budget: usize,
}

/// The arguments read so far.
#[derive(Default)]
struct Given {
    path: Option<LitStr>,
    name: Option<String>,
    lints: Option<Lints>,
    tool_list_budget: Option<usize>,
}

impl Given {
    /// Reads a path without a key, and then all arguments; `other` reads the values of those that only one macro has.
    fn read(
        &mut self,
        input: ParseStream<'_>,
        mut other: impl FnMut(&Ident, ParseStream<'_>) -> syn::Result<()>,
    ) -> syn::Result<()> {
        each(input, |input| {
            if input.peek(LitStr) && self.path.is_none() {
                self.path = Some(input.parse()?);
                return Ok(());
            }
            let key = Ident::parse_any(input)?;
            input.parse::<Token![=]>()?;
            match key.to_string().as_str() {
                "path" => set(&mut self.path, input.parse()?, &key),
                "name" => set(&mut self.name, name(input)?, &key),
                "tool_list_budget" => set(&mut self.tool_list_budget, input.parse::<LitInt>()?.base10_parse()?, &key),
                "lints" => set(&mut self.lints, lints(input)?, &key),
                _ => other(&key, input),
            }
        })
    }

    fn finish(self, runtime: TokenStream, expected: &str) -> syn::Result<Arguments> {
        let path = self.path.ok_or_else(|| syn::Error::new(Span::call_site(), format!("expected {expected}")))?;
        let lints = self.lints.unwrap_or_default();
        let tool_list_budget = match lints {
            // A macro cannot warn, and what nobody sees need not be reckoned.
            Lints::Allow => usize::MAX,
            Lints::Deny => self.tool_list_budget.unwrap_or(TOOL_LIST_BUDGET),
        };
        Ok(Arguments { runtime, path, name: self.name, lints, tool_list_budget })
    }
}

/// The wrapper's `[$crate]`.
fn runtime(input: ParseStream<'_>, name: &str) -> syn::Result<TokenStream> {
    match input.parse::<TokenTree>() {
        Ok(TokenTree::Group(group)) if group.delimiter() == Delimiter::Bracket => Ok(group.stream()),
        _ => {
            let message = format!("this is the inside of `capsmith::{name}!`, which is to be called instead");
            Err(syn::Error::new(Span::call_site(), message))
        }
    }
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
    keyword(input, "lints", [("allow", Lints::Allow), ("deny", Lints::Deny)])
}

fn unknown(what: &str, name: &str, known: &[&str], span: Span) -> syn::Error {
    let help = suggest::did_you_mean(name, known.iter().copied())
        .unwrap_or_else(|| format!("there are {}", suggest::list(known.iter().copied())));
    syn::Error::new(span, format!("unknown {what} `{name}`\n  = help: {help}"))
}
