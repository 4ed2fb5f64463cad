//! What tools say about where their callers get tokens (RFC 9728).

use url::Url;

use super::Callers;
use crate::openapi::Operation;
use crate::server::authentication::Described;

impl Callers {
    /// Describes the tools to their clients, and says in challenges where. `None`: no tokens of an authorization server are
    /// demanded, or they are for an audience that is no URL, and so is not what clients know the tools by.
    pub(in super::super) fn describe(
        &mut self,
        operations: impl Iterator<Item = &'static Operation>,
    ) -> Option<Described> {
        let (mut audience, mut servers, mut scopes) = (None, Vec::new(), Vec::new());
        for operation in operations {
            for (requirement, scheme) in self.demanded(operation) {
                let Some(tokens) = scheme.tokens().filter(|tokens| is_url(tokens.audience())) else { continue };
                if *audience.get_or_insert(tokens.audience()) != tokens.audience() {
                    continue;
                }
                if !servers.contains(&tokens.server()) {
                    servers.push(tokens.server());
                }
                let further = requirement.scopes.iter().map(ToString::to_string);
                let further: Vec<_> = further.filter(|scope| !scopes.contains(scope)).collect();
                scopes.extend(further);
            }
        }
        let audience = audience?.to_owned();
        let described = Described::new(&audience, &servers, &scopes);
        for scheme in &mut self.schemes {
            if scheme.tokens().is_some_and(|tokens| tokens.audience() == audience) {
                scheme.place.clone_from(&described.place);
            }
        }
        Some(described)
    }
}

fn is_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
}
