//! What a capability exposes: REST routes, MCP tools, skills, and itself.

mod control;
mod skill;

pub use self::control::{Control, Logs, Observability, Propagation};
pub use self::skill::{Skill, SkillTool, SkillToolSource};

use super::api::Tag;
use super::{Action, CallerAuthentication, Constant, InputRule, Mcp, Method, Parameter, RustName, Template};

/// An exposed surface.
#[derive(Clone, Debug, PartialEq)]
pub struct Exposes {
    /// The namespace.
    pub namespace: String,
    /// The description, or empty.
    pub description: String,
    /// The module of its router: `rest`, `mcp`, `skill`, or with the namespace where the file has several of a kind.
    pub module: RustName,
    /// Where it listens; `None` on standard input and output.
    pub listen: Option<Listen>,
    /// What callers must prove; `None`: nothing.
    pub authentication: Option<CallerAuthentication>,
    /// What it serves.
    pub surface: Surface,
    /// Resources of a REST surface whose requests are handed on to an upstream.
    pub forwards: Vec<Forward>,
}

/// A resource whose requests are handed on to an upstream.
#[derive(Clone, Debug, PartialEq)]
pub struct Forward {
    /// The path as written.
    pub path: String,
    /// The path in pieces, without what stands for the rest of it and the slash before that.
    pub prefix: Template,
    /// Whether all that is below the path is handed on too.
    pub spans: bool,
    /// The upstream, an index into [`Capability::upstreams`](super::Capability::upstreams).
    pub upstream: usize,
    /// Header fields of the caller's request that go along, in lower case.
    pub trusted_headers: Vec<String>,
    /// What the adapter of the upstream adds to every request.
    pub constants: Vec<Constant>,
}

/// Where a surface listens.
#[derive(Clone, Debug, PartialEq)]
pub struct Listen {
    /// Host name or address; loopback where the file has none.
    pub address: String,
    /// The port; `None`: the file leaves it open, and the address becomes a setting that must be given.
    pub port: Option<u16>,
    /// The environment variable that overrides both.
    pub variable: String,
    /// The field of the generated `Config`.
    pub field: RustName,
}

/// What a surface serves.
#[derive(Clone, Debug, PartialEq)]
pub enum Surface {
    /// REST routes, in the order of the file.
    Rest(Vec<Route>),
    /// What an MCP server offers.
    Mcp(Mcp),
    /// Skills, in the order of the file.
    Skill(Vec<Skill>),
    /// What the program does.
    Control(Control),
}

impl Surface {
    /// Visits what its routes, tools or resources do.
    pub(crate) fn for_each_action(&mut self, visit: &mut dyn FnMut(&mut Action)) {
        match self {
            Self::Rest(routes) => routes.iter_mut().for_each(|route| visit(&mut route.action)),
            Self::Mcp(mcp) => mcp.for_each_action(visit),
            Self::Skill(_) | Self::Control(_) => {}
        }
    }
}

/// A REST operation.
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The name in the file.
    pub name: String,
    /// `label` or `display`, or empty.
    pub title: String,
    /// The groups that documentation shows it in.
    pub tags: Vec<Tag>,
    /// The description, or empty.
    pub description: String,
    /// The HTTP method.
    pub method: Method,
    /// The path as written.
    pub path: String,
    /// The path in pieces.
    pub path_template: Template,
    /// What a request may carry.
    pub parameters: Vec<Parameter>,
    /// Rules for the values of its parameters.
    pub rules: Vec<InputRule>,
    /// What it does.
    pub action: Action,
    /// What the answer is handed on as, where it is bytes.
    pub binary: Option<Binary>,
}

/// An answer that is handed on as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Binary {
    /// The status in place of the upstream's.
    pub status: Option<u16>,
    /// The media type in place of the upstream's.
    pub media_type: Option<String>,
    /// The most bytes that it may have.
    pub max_size: Option<u64>,
}

/// An MCP tool.
#[derive(Clone, Debug, PartialEq)]
pub struct Tool {
    /// The name.
    pub name: String,
    /// `label` or `display`.
    pub title: Option<String>,
    /// The description.
    pub description: String,
    /// `hints`, or what the operation's method promises where the tool has none.
    pub hints: Hints,
    /// The arguments.
    pub parameters: Vec<Parameter>,
    /// Rules for the values of its arguments.
    pub rules: Vec<InputRule>,
    /// What it does.
    pub action: Action,
    /// What the answer is handed on as, where it is bytes.
    pub binary: Option<Binary>,
}

/// What is known of a tool's effects.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hints {
    /// `readOnly`
    pub read_only: Option<bool>,
    /// `destructive`
    pub destructive: Option<bool>,
    /// `idempotent`
    pub idempotent: Option<bool>,
    /// `openWorld`
    pub open_world: Option<bool>,
}
