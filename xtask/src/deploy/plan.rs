//! What a capability needs of the machine that runs it.

use std::collections::BTreeMap;
use std::path::Path;

use capsmith_codegen::ir::{BaseUri, Capability, Exposes, Surface};

use super::Arguments;

/// The first port of those that the file leaves open.
const FIRST_PORT: u16 = 8080;

/// Ports below are the system's, and closed to programs that are not root.
const SYSTEM_PORTS: u16 = 1024;

/// The longest name, in bytes: objects have names of 63 (RFC 1123), and what is derived from this one is longer.
const MAX_NAME: usize = 50;

/// A deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The name of its objects.
    pub name: String,
    /// The binary.
    pub binary: String,
    /// The image.
    pub image: String,
    /// What the capability is for, in a line.
    pub description: String,
    /// Surfaces with a port, in the order of the file.
    pub ports: Vec<Port>,
    /// The name of the port where it is asked how it is.
    pub probed: String,
    /// Environment variables with values that everybody may see.
    pub settings: BTreeMap<String, String>,
    /// Environment variables with secrets, and whether it does not start without.
    pub secrets: Vec<(String, bool)>,
    /// Files with secrets: the environment variable that names each, and its own name.
    pub secret_files: Vec<(String, String)>,
    /// Whether it reads files from folders while it runs.
    pub has_files: bool,
}

/// A surface with a port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// Its name: at most 15 letters, digits and hyphens.
    pub name: String,
    /// The port that callers use.
    pub outer: u16,
    /// The port that the program listens on.
    pub inner: u16,
    /// Whether it tells of the program, to those who run it.
    pub is_control: bool,
    /// Whether it has metrics.
    pub has_metrics: bool,
}

/// Why there is nothing to deploy.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// Nothing listens.
    #[error("nothing in this capability listens on a port, so there is nothing to deploy")]
    NoPort,
    /// No probe finds out how the program is.
    #[error("every surface has a route of its own at `/health/live` or `/health/ready`, which are for probes")]
    NoProbe,
    /// A name that objects cannot have.
    #[error(
        "`{0}` cannot be the name of an object: that is at most {MAX_NAME} letters a to z, digits and hyphens, and begins with a letter"
    )]
    Name(String),
    /// The file leaves settings open.
    #[error("the file does not say {}; give {} with `--set {}=…`", .0.what, if .0.variables.len() == 1 { "it" } else { "them" }, .0.variables.join("=… --set "))]
    Settings(MissingSettings),
}

/// Settings that only who deploys can know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MissingSettings {
    /// What they are.
    pub what: String,
    /// Their environment variables.
    pub variables: Vec<String>,
}

impl Plan {
    /// What a capability needs.
    ///
    /// # Errors
    ///
    /// Where it has no surface with a port or none to probe, the file leaves base URIs open that no setting gives, or the name
    /// is none.
    pub fn new(capability: &Capability, arguments: &Arguments) -> Result<Self, PlanError> {
        let name = match &arguments.name {
            Some(name) => name.clone(),
            None => label(capability.module.as_str(), MAX_NAME),
        };
        if name != label(&name, MAX_NAME) {
            return Err(PlanError::Name(name));
        }
        let (ports, addresses) = ports(capability);
        if ports.is_empty() {
            return Err(PlanError::NoPort);
        }
        let mut plan = Self {
            binary: arguments.binary.clone().unwrap_or_else(|| name.clone()),
            image: arguments.image.clone().unwrap_or_else(|| format!("{name}:{}", tag(&capability.version))),
            description: capability.label.split_whitespace().collect::<Vec<_>>().join(" "),
            probed: probed(capability).and_then(|index| ports.get(index)).ok_or(PlanError::NoProbe)?.name.clone(),
            ports,
            settings: addresses.into_iter().collect(),
            secrets: capability
                .binds
                .iter()
                .map(|bind| (bind.source_key.clone(), bind.required && bind.file.is_none()))
                .collect(),
            secret_files: Vec::new(),
            has_files: capability.files_root.is_some(),
            name,
        };
        plan.settle(capability, arguments);
        plan.check(capability)?;
        Ok(plan)
    }

    /// Says what only a container makes necessary, and what who deploys has said.
    fn settle(&mut self, capability: &Capability, arguments: &Arguments) {
        let module = capability.module.as_str().trim_start_matches("r#").to_ascii_uppercase();
        let hosts = [&self.name, "localhost"].into_iter().chain(arguments.hosts.iter().map(String::as_str));
        self.settings.insert(format!("{module}_ALLOWED_HOSTS"), hosts.collect::<Vec<_>>().join(","));
        self.settings.insert(format!("{module}_ALLOW_REMOTE"), "true".to_owned());
        for (index, file) in capability.bind_files.iter().enumerate() {
            let name = Path::new(&file.path).file_name().map_or_else(String::new, |name| name.to_string_lossy().into());
            let name = if self.secret_files.iter().any(|(_, other)| *other == name) {
                format!("{index}-{name}")
            } else {
                name
            };
            self.settings.insert(file.variable.clone(), format!("{}/{name}", super::kubernetes::SECRET_FILES));
            self.secret_files.push((file.variable.clone(), name));
        }
        if let Some(variable) = &capability.files_root {
            self.settings.insert(variable.clone(), super::container::FILES.to_owned());
        }
        for (variable, value) in &arguments.settings {
            self.settings.insert(variable.clone(), value.clone());
            self.secrets.retain(|(secret, _)| secret != variable);
        }
    }

    fn check(&self, capability: &Capability) -> Result<(), PlanError> {
        let open = capability.upstreams.iter().filter(|upstream| upstream.base_uri == BaseUri::Unset);
        let missing: Vec<_> =
            open.filter(|upstream| !self.settings.contains_key(&upstream.base_url_variable)).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let names: Vec<_> = missing.iter().map(|upstream| format!("`{}`", upstream.namespace)).collect();
        Err(PlanError::Settings(MissingSettings {
            what: format!("where {} is", names.join(" and ")),
            variables: missing.iter().map(|upstream| upstream.base_url_variable.clone()).collect(),
        }))
    }
}

/// The surfaces with a port, and the environment variables that say where they listen.
fn ports(capability: &Capability) -> (Vec<Port>, Vec<(String, String)>) {
    let listening = || capability.exposes.iter().filter_map(|exposes| Some((exposes, exposes.listen.as_ref()?)));
    let given = |port: Option<u16>| port.filter(|port| *port != 0);
    let mut taken: Vec<u16> = listening().filter_map(|(_, listen)| given(listen.port)).collect();
    let mut free = || {
        let port = (FIRST_PORT..=u16::MAX).find(|port| !taken.contains(port)).unwrap_or(FIRST_PORT);
        taken.push(port);
        port
    };
    let mut ports: Vec<Port> = Vec::new();
    let mut addresses = Vec::new();
    for (exposes, listen) in listening() {
        let outer = given(listen.port).unwrap_or_else(&mut free);
        let inner = if outer < SYSTEM_PORTS { free() } else { outer };
        addresses.push((listen.variable.clone(), format!("0.0.0.0:{inner}")));
        ports.push(Port {
            name: port_name(&exposes.surface, &ports),
            outer,
            inner,
            is_control: matches!(exposes.surface, Surface::Control(_)),
            has_metrics: matches!(&exposes.surface, Surface::Control(control) if control.metrics),
        });
    }
    (ports, addresses)
}

fn port_name(surface: &Surface, others: &[Port]) -> String {
    let kind = match surface {
        Surface::Rest(_) => "rest",
        Surface::Mcp(_) => "mcp",
        Surface::Skill(_) => "skill",
        Surface::Control(_) => "control",
    };
    let names = std::iter::once(kind.to_owned()).chain((2..).map(|number: u32| format!("{kind}-{number}")));
    names.into_iter().find(|name| others.iter().all(|other| other.name != *name)).unwrap_or_default()
}

/// The surface to ask how the program is: that which tells of it, or else any that has no such routes of its own.
fn probed(capability: &Capability) -> Option<usize> {
    let listening = || capability.exposes.iter().filter(|exposes| exposes.listen.is_some());
    let control =
        listening().position(|exposes| matches!(&exposes.surface, Surface::Control(control) if control.health));
    control.or_else(|| listening().position(has_probes))
}

/// Whether the program itself answers probes on a surface.
fn has_probes(exposes: &Exposes) -> bool {
    let takes = |path: &str| {
        let first = path.trim_start_matches('/').split('/').next().unwrap_or_default();
        first == "health" || first.contains('{')
    };
    match &exposes.surface {
        Surface::Rest(routes) => {
            !routes.iter().any(|route| takes(&route.path))
                && !exposes.forwards.iter().any(|forward| takes(&forward.path))
        }
        Surface::Mcp(_) | Surface::Skill(_) => true,
        Surface::Control(_) => false,
    }
}

/// A name as services demand it (RFC 1035): it begins with a letter.
fn label(name: &str, longest: usize) -> String {
    let name = name.trim_start_matches("r#").to_ascii_lowercase();
    let letters = name.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    let name: String = letters.take(longest).collect();
    let name = name.trim_start_matches(|letter: char| !letter.is_ascii_alphabetic()).trim_end_matches('-');
    if name.is_empty() { "capability".to_owned() } else { name.to_owned() }
}

/// The tag of an image: what is not allowed in one is a hyphen.
fn tag(version: &str) -> String {
    let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '_' | '-');
    let tag: String = version.chars().map(|letter| if is_allowed(letter) { letter } else { '-' }).take(128).collect();
    let tag = tag.trim_start_matches(['.', '-']);
    if tag.is_empty() { "latest".to_owned() } else { tag.to_owned() }
}
