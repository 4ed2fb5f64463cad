//! The macros, which add the path to this crate under the name that the caller knows it by.

/// Includes a capability file as a module: client, handlers, routers and server.
///
/// The module is named after the file: `platform-backups.yaml` becomes `platform_backups`.
///
/// # Arguments
///
/// | Argument | Meaning |
/// |---|---|
/// | `path = "…"`, or the path alone | The file. It is looked for beside the calling file, then in the crate's `specs`, then in the crate's root. |
/// | `name = …` | The name of the module, in place of the one made from the file's. |
/// | `lints = deny` | What is probably a mistake is an error. With `allow`, or without the argument, it passes silently, because a macro cannot warn. |
/// | `openapi = "…"` | The OpenAPI document of the upstream, looked for in the same places. The capability is joined with it. |
/// | `unmatched = ["…", …]` | Operations that need not be in the document, as `operation` or `namespace.operation`; they stay as the file has them, without a lint. |
/// | `tool_list_budget = 65_536` | With `lints = deny`: how long the list of an MCP surface's tools may be, in bytes; 131,072. What a server does about long lists says [`Settings::tool_list`](crate::Settings::tool_list). |
///
/// # Joins
///
/// A consumed operation and an operation of the document are the same when they have the same method and path, however the
/// path is spread over base URI or server and path, and whatever its variables are called. From its match an operation has
/// the types of inputs and answer, further parameters, the body and descriptions, in the client, the REST routes and the MCP
/// tools alike. Where file and document contradict each other, both places are shown.
///
/// An operation whose path or method is nearly one of the document's is an error too. One that has nothing like it in the
/// document stays as the file has it, with a lint, and a document that has none of the operations is an error.
///
/// # Errors
///
/// Every mistake in the file is an error of the build, with its place and what to do about it. Changing the file builds
/// the crate again.
///
/// # Examples
///
/// ```
/// capsmith::include_capability!("platform-backups.yaml");
///
/// let names = platform_backups::CAPABILITY.operations.iter().map(|operation| operation.name);
/// assert!(names.eq(["listbackups", "createbackup", "getbackup", "deletebackup"]));
/// ```
///
/// With all arguments:
///
/// ```
/// capsmith::include_capability!(path = "specs/platform-backups.yaml", name = backups, lints = allow);
///
/// assert_eq!(backups::CAPABILITY.tags, ["Planetscale", "Backups"]);
/// ```
///
/// Joined:
///
#[cfg_attr(feature = "client", doc = "```no_run")]
#[cfg_attr(not(feature = "client"), doc = "```ignore")]
/// capsmith::include_capability!("platform-backups.yaml", openapi = "planetscale-platform.yaml");
///
/// use platform_backups::types::{NewBackup, RetentionUnit};
///
/// # async fn run() -> capsmith::Result<()> {
/// let client = platform_backups::Client::from_env()?;
/// let week = NewBackup { retention_unit: Some(RetentionUnit::Week), retention_value: Some(1), ..NewBackup::default() };
/// let backup = client.createbackup("acme", "shop", "main").body(week).await?;
/// let page = client.listbackups("acme", "shop", "main").page(2).per_page(50).await?;
/// println!("{}, after {} others", backup.name, page.data.len());
/// # Ok(())
/// # }
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "macros")))]
#[macro_export]
macro_rules! include_capability {
    ($($arguments:tt)*) => {
        $crate::__private::include_capability! { [$crate] $($arguments)* }
    };
}

/// Includes an OpenAPI document as a module: its types, a client, a server, a mock, and a server of MCP.
///
/// Documents of OpenAPI 3.0, 3.1 and 3.2 are read, in YAML and JSON. The module is named after the file: `tracker.yaml`
/// becomes `tracker`. A document may be spread over files, which lie in the folder of the crate that the document lies in:
/// all of `specs` for `specs/tracker/api.yaml`.
///
/// # Arguments
///
/// | Argument | Meaning |
/// |---|---|
/// | `path = "…"`, or the path alone | The document. It is looked for beside the calling file, then in the crate's `specs`, then in the crate's root. |
/// | `name = …` | The name of the module, in place of the one made from the file's. |
/// | `only = ["issues/*", "tag:reports", …]` | The operations that are wanted, and with them the types that they need. Without it all are. |
/// | `derives = [Hash, …]` | Traits that every generated type derives, besides those that it has anyway. |
/// | `types = { Id = "uuid::Uuid", … }` | Types of yours in place of schemas, by the schemas' names. They implement serde's traits, `Clone` and `Debug`, and `Default` where a field is required. |
/// | `formats = { decimal = "rust_decimal::Decimal", … }` | Types of yours in place of formats. |
/// | `remote_references = untyped` | What a reference to another host describes is untyped. With `refuse`, or without the argument, it is an error. Nothing is ever fetched. |
/// | `surfaces = [client, server, mcp, mock]` | What is made of the document besides its types. Without it, all that the features of this crate allow. |
/// | `tools = ["read-only", "!tag:admin", …]` | The operations that become tools of MCP, by the same patterns as `only`. Without it all do. |
/// | `tool_names = { "issues/list" = "find-issues", … }` | Names of tools, by the `operationId` of their operations or by the names of these in Rust: letters and digits of ASCII, `_` and `-`, at most 64. Without one a tool is called after its operation. |
/// | `tool_list_budget = 65_536` | With `lints = deny`: how long the list of an MCP surface's tools may be, in bytes; 131,072. What a server does about long lists says [`Settings::tool_list`](crate::Settings::tool_list). |
/// | `lints = deny` | What is probably a mistake is an error. With `allow`, or without the argument, it passes silently, because a macro cannot warn. |
///
/// # Errors
///
/// Every mistake in the document is an error of the build, with its place and what to do about it. Changing the document,
/// or a file that it refers to, builds the crate again.
///
/// # Examples
///
/// ```no_run
/// capsmith::include_openapi!("planetscale-platform.yaml");
///
/// # async fn run() -> capsmith::Result<()> {
/// let client = planetscale_platform::Client::from_env()?;
/// let branch = client.get_branch("acme", "shop", "main").await?;
/// println!("{}", branch.name);
/// # Ok(())
/// # }
/// ```
///
/// With more arguments:
///
/// ```
/// capsmith::include_openapi!(
///     path = "specs/planetscale-platform.yaml",
///     name = branches,
///     only = ["*_branch", "!delete_*"],
///     types = { Error = "serde_json::Value" },
///     remote_references = refuse,
///     lints = deny,
/// );
///
/// let names = branches::API.operations.iter().map(|operation| operation.name);
/// assert!(names.eq(["create_branch", "get_branch", "update_branch", "promote_branch"]));
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "macros")))]
#[macro_export]
macro_rules! include_openapi {
    ($($arguments:tt)*) => {
        $crate::__private::include_openapi! { [$crate] $($arguments)* }
    };
}
