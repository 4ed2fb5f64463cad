use quote::{ToTokens as _, quote};

use super::{CapabilityArguments, Lints, OpenApiArguments};
use crate::ir::RustPath;
use crate::openapi::{RemoteReferences, Surface, Surfaces};
use proc_macro2::TokenStream;

fn parse(arguments: &TokenStream) -> Result<CapabilityArguments, Vec<String>> {
    syn::parse2(quote! { [::capsmith] #arguments })
        .map_err(|error: syn::Error| error.into_iter().map(|error| error.to_string()).collect())
}

#[test]
fn a_path_is_enough() {
    let arguments = parse(&quote! { "a.yaml" }).expect("valid");
    assert_eq!(arguments.common.path.value(), "a.yaml");
    assert_eq!(arguments.common.name, None);
    assert_eq!(arguments.common.lints, Lints::Allow);
}

#[test]
fn every_argument_can_be_given() {
    for arguments in
        [quote! { path = "a.yaml", name = backups, lints = deny }, quote! { "a.yaml", lints = deny, name = "backups", }]
    {
        let arguments = parse(&arguments).expect("valid");
        assert_eq!(arguments.common.path.value(), "a.yaml");
        assert_eq!(arguments.common.name.as_deref(), Some("backups"));
        assert_eq!(arguments.common.lints, Lints::Deny);
    }
}

#[test]
fn a_document_can_be_joined() {
    let arguments = parse(&quote! { "a.yaml", openapi = "b.yaml", unmatched = ["x", "y.z"] }).expect("valid");
    assert_eq!(arguments.openapi.expect("given").value(), "b.yaml");
    let unmatched: Vec<String> = arguments.unmatched.iter().map(syn::LitStr::value).collect();
    assert_eq!(unmatched, ["x", "y.z"]);
    let errors = parse(&quote! { "a.yaml", unmatched = ["x"] }).expect_err("no document");
    assert!(errors[0].starts_with("`unmatched` has no effect without `openapi`"), "{errors:?}");
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
    let error = syn::parse2::<CapabilityArguments>(quote! { "a.yaml" }).expect_err("no wrapper");
    assert!(error.to_string().contains("capsmith::include_capability!"));
}

#[test]
fn a_mistake_hides_none_that_come_after_it() {
    let errors = parse(&quote! { "a.yaml", name = 5, 7, lints deny, lints = off, name = "x y" }).expect_err("mistakes");
    assert_eq!(
        errors,
        [
            "expected identifier",
            "expected ident",
            "expected `=`",
            "unknown value of `lints` `off`\n  = help: there are `allow`, `deny`",
            "`x y` cannot be the name of a module",
        ]
    );
}

fn parse_openapi(arguments: &TokenStream) -> Result<OpenApiArguments, Vec<String>> {
    syn::parse2(quote! { [::capsmith] #arguments })
        .map_err(|error: syn::Error| error.into_iter().map(|error| error.to_string()).collect())
}

#[test]
fn every_argument_for_documents_can_be_given() {
    let arguments = parse_openapi(&quote! {
        "api.yaml",
        name = api,
        lints = deny,
        only = ["backups.*", "tag:x"],
        derives = [Hash, ::serde::Serialize],
        types = { Id = "uuid::Uuid", "Odd Name" = crate::Odd, type = "a::B<C>" },
        formats = { uuid = "uuid::Uuid", },
        remote_references = untyped,
        surfaces = [client, mock],
        tools = ["read-only", "!GET /internal/*"],
        tool_names = { "issues.list" = "find-issues", close = "close" },
    })
    .expect("valid");
    assert_eq!(arguments.common.path.value(), "api.yaml");
    assert_eq!(arguments.common.name.as_deref(), Some("api"));
    assert_eq!(arguments.common.lints, Lints::Deny);
    let only = arguments.only.iter().map(syn::LitStr::value).collect::<Vec<_>>();
    assert_eq!(only, ["backups.*", "tag:x"]);
    let derives = arguments.derives.iter().map(|path| path.to_token_stream().to_string()).collect::<Vec<_>>();
    assert_eq!(derives, ["Hash", ":: serde :: Serialize"]);
    let table =
        |entries: &[(String, RustPath)]| entries.iter().map(|(key, path)| format!("{key} {path}")).collect::<Vec<_>>();
    assert_eq!(table(&arguments.types), ["Id uuid::Uuid", "Odd Name crate::Odd", "type a::B<C>"]);
    assert_eq!(table(&arguments.formats), ["uuid uuid::Uuid"]);
    assert_eq!(arguments.remote_references, RemoteReferences::Untyped);
    assert_eq!(arguments.surfaces, [Surface::Client, Surface::Mock].into_iter().collect());
    let tools = arguments.tools.iter().map(syn::LitStr::value).collect::<Vec<_>>();
    assert_eq!(tools, ["read-only", "!GET /internal/*"]);
    let names = [("issues.list", "find-issues"), ("close", "close")];
    assert_eq!(arguments.tool_names, names.map(|(operation, name)| (operation.to_owned(), name.to_owned())));
}

#[test]
fn a_path_to_a_document_is_enough() {
    let arguments = parse_openapi(&quote! { "api.yaml" }).expect("valid");
    assert!(arguments.only.is_empty() && arguments.derives.is_empty() && arguments.types.is_empty());
    assert_eq!(arguments.remote_references, RemoteReferences::Refuse);
    assert!(arguments.tools.is_empty() && arguments.surfaces == Surfaces::default());
}

#[test]
fn all_mistakes_in_lists_are_told_at_once() {
    let errors = parse_openapi(&quote! {
        "api.yaml",
        onyl = ["a"],
        only = [backups, "b", 3],
        derives = ["1", Hash],
        types = { Id = "not a path", Id = Uuid, Other "c" },
        types = {},
        formats = [uuid],
        remote_references = fetch,
        surfaces = [client, clint],
        tools = [read]
    })
    .expect_err("mistakes");
    assert_eq!(
        errors,
        [
            "unknown argument `onyl`\n  = help: did you mean `only`?",
            "expected string literal",
            "expected string literal",
            "`1` is no path of a trait",
            "`not a path` is no path of a Rust type",
            "`Uuid` depends on where it stands: write the path from a crate on, such as `uuid::Uuid` or `crate::Id`",
            "expected `=`",
            "expected curly braces",
            "unknown value of `remote_references` `fetch`\n  = help: there are `refuse`, `untyped`",
            "unknown value of `surfaces` `clint`\n  = help: did you mean `client`?",
            "expected string literal",
        ]
    );
    let errors =
        parse_openapi(&quote! { "api.yaml", types = { A = "a::B", A = "a::C" }, types = {} }).expect_err("twice");
    assert_eq!(errors, ["`A` is given twice"]);
    let errors = parse_openapi(&quote! { "api.yaml", only = [], only = [] }).expect_err("twice");
    assert_eq!(errors, ["the argument `only` is given twice"]);
}
