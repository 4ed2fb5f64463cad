//! Values of arguments, and the lists that they stand in.

use proc_macro2::{Ident, Span, TokenTree};
use quote::ToTokens as _;
use syn::ext::IdentExt as _;
use syn::parse::ParseStream;
use syn::spanned::Spanned as _;
use syn::{LitStr, Path, Token};

use super::unknown;
use crate::ir::{RustPath, RustPathError};

/// Reads elements that are separated by commas, and goes on with the next one after an error.
pub(super) fn each(
    input: ParseStream<'_>,
    mut element: impl FnMut(ParseStream<'_>) -> syn::Result<()>,
) -> syn::Result<()> {
    let mut errors: Option<syn::Error> = None;
    while !input.is_empty() {
        let result =
            element(input).and_then(|()| if input.is_empty() { Ok(()) } else { input.parse::<Token![,]>().map(drop) });
        let Err(error) = result else { continue };
        match &mut errors {
            Some(first) => first.combine(error),
            None => errors = Some(error),
        }
        while !input.is_empty() && input.parse::<Option<Token![,]>>()?.is_none() {
            input.parse::<TokenTree>()?;
        }
    }
    errors.map_or(Ok(()), Err)
}

/// Keeps a value, once.
pub(super) fn set<T>(place: &mut Option<T>, value: T, key: &Ident) -> syn::Result<()> {
    if place.replace(value).is_some() {
        let message = format!("the argument `{key}` is given twice");
        return Err(syn::Error::new(key.span(), message));
    }
    Ok(())
}

/// One of several words.
pub(super) fn keyword<T, const N: usize>(
    input: ParseStream<'_>,
    argument: &str,
    known: [(&str, T); N],
) -> syn::Result<T> {
    let value = Ident::parse_any(input)?;
    let written = value.to_string();
    let words = known.each_ref().map(|(word, _)| *word);
    let found = known.into_iter().find(|(word, _)| *word == written);
    found
        .map(|(_, value)| value)
        .ok_or_else(|| unknown(&format!("value of `{argument}`"), &written, &words, value.span()))
}

/// `[one, another]`: several of several words.
pub(super) fn keywords<T: Copy, C: FromIterator<T>, const N: usize>(
    input: ParseStream<'_>,
    argument: &str,
    known: [(&str, T); N],
) -> syn::Result<C> {
    let inner;
    syn::bracketed!(inner in input);
    let mut values = Vec::new();
    each(&inner, |input| {
        values.push(keyword(input, argument, known)?);
        Ok(())
    })?;
    Ok(values.into_iter().collect())
}

/// `["…", "…"]`
pub(super) fn texts(input: ParseStream<'_>) -> syn::Result<Vec<LitStr>> {
    let inner;
    syn::bracketed!(inner in input);
    let mut texts = Vec::new();
    each(&inner, |input| {
        texts.push(input.parse()?);
        Ok(())
    })?;
    Ok(texts)
}

/// `[Hash, ::other::Trait]`
pub(super) fn paths(input: ParseStream<'_>) -> syn::Result<Vec<Path>> {
    let inner;
    syn::bracketed!(inner in input);
    let mut paths = Vec::new();
    each(&inner, |input| {
        paths.push(path(input, "trait")?);
        Ok(())
    })?;
    Ok(paths)
}

/// `{ Name = "a::Path", "other name" = a::Path }`, or with other values.
pub(super) fn table<T>(
    input: ParseStream<'_>,
    value: impl Fn(ParseStream<'_>) -> syn::Result<T>,
) -> syn::Result<Vec<(String, T)>> {
    let inner;
    syn::braced!(inner in input);
    let mut entries: Vec<(String, T)> = Vec::new();
    each(&inner, |input| {
        let (key, span) = key(input)?;
        input.parse::<Token![=]>()?;
        let value = value(input)?;
        if entries.iter().any(|(known, _)| *known == key) {
            return Err(syn::Error::new(span, format!("`{key}` is given twice")));
        }
        entries.push((key, value));
        Ok(())
    })?;
    Ok(entries)
}

/// A name, as text where it is no identifier.
fn key(input: ParseStream<'_>) -> syn::Result<(String, Span)> {
    if input.peek(LitStr) {
        let literal = input.parse::<LitStr>()?;
        return Ok((literal.value(), literal.span()));
    }
    let ident = Ident::parse_any(input)?;
    Ok((ident.unraw().to_string(), ident.span()))
}

/// A path, as it is or as text.
fn path(input: ParseStream<'_>, what: &str) -> syn::Result<Path> {
    if !input.peek(LitStr) {
        return input.parse();
    }
    let literal = input.parse::<LitStr>()?;
    literal
        .parse::<Path>()
        .map_err(|_| syn::Error::new(literal.span(), format!("`{}` is no path of a {what}", literal.value())))
}

/// The path of a type, as it is or as text.
pub(super) fn rust_path(input: ParseStream<'_>) -> syn::Result<RustPath> {
    let (text, span) = if input.peek(LitStr) {
        let literal = input.parse::<LitStr>()?;
        (literal.value(), literal.span())
    } else {
        let path = input.parse::<Path>()?;
        let span = path.span();
        // The text of tokens has blanks between all of them.
        (path.to_token_stream().to_string().replace(' ', ""), span)
    };
    text.parse().map_err(|error: RustPathError| syn::Error::new(span, error.to_string()))
}
