//! What callers are told whose credentials are not enough.

use http::header::WWW_AUTHENTICATE;
use http::{HeaderValue, StatusCode};

use super::{Callers, Outcome};
use crate::Problem;
use crate::openapi::{Operation, Requirement};
use crate::server::authentication::unauthorized;

/// Why a caller may not call an operation.
pub(super) enum Refused {
    /// Who calls has not been proven, and can be.
    Unproven(Problem),
    /// Who calls is known, and may call other operations.
    Scope(Problem),
    /// No credentials that a request can bring are enough.
    Impossible(Problem),
}

impl Refused {
    pub(super) fn impossible() -> Self {
        let detail = "The server cannot check what the operation demands of its callers, so that it accepts nobody.";
        Self::Impossible(Problem::new(StatusCode::FORBIDDEN).with_detail(detail))
    }

    pub(super) fn into_problem(self) -> Problem {
        match self {
            Self::Unproven(problem) | Self::Scope(problem) | Self::Impossible(problem) => problem,
        }
    }
}

/// What somebody is told who may call none of several operations, each of which has a refusal; `None`: may call one of them, or is
/// known and would need further scopes.
#[cfg(feature = "mcp")]
pub(super) fn of_all(refusals: impl Iterator<Item = Option<Refused>>) -> Option<Problem> {
    let mut told = None;
    for refusal in refusals {
        match (refusal?, &told) {
            (Refused::Scope(_), _) => return None,
            (_, Some(Refused::Unproven(_))) | (Refused::Impossible(_), Some(_)) => {}
            (refusal, _) => told = Some(refusal),
        }
    }
    told.map(Refused::into_problem)
}

impl Callers {
    /// A challenge for each scheme by which an operation can be called.
    pub(super) fn unauthorized(&self, detail: String, operation: &'static Operation, outcomes: &[Outcome]) -> Refused {
        let mut challenges = Vec::new();
        let mut asked = Vec::new();
        for requirement in self.possible(operation).flat_map(|alternative| self.requirements(alternative)) {
            if let (false, Some(outcome), Some(scheme)) = (
                asked.contains(&requirement.scheme),
                outcomes.get(usize::from(requirement.scheme)),
                self.scheme(requirement),
            ) {
                asked.push(requirement.scheme);
                for challenge in scheme.challenges(self.api.name, outcome, requirement.scopes) {
                    if !challenges.contains(&challenge) {
                        challenges.push(challenge);
                    }
                }
            }
        }
        Refused::Unproven(unauthorized(detail, &challenges))
    }

    pub(super) fn forbidden(&self, requirement: &'static Requirement) -> Problem {
        let detail = format!("The operation wants these scopes of its caller: {}.", requirement.scopes.join(", "));
        let problem = Problem::new(StatusCode::FORBIDDEN).with_detail(detail);
        let challenge =
            self.scheme(requirement).and_then(|scheme| scheme.insufficient(self.api.name, requirement.scopes));
        match challenge.and_then(|challenge| HeaderValue::try_from(challenge).ok()) {
            Some(challenge) => problem.with_header(WWW_AUTHENTICATE, challenge),
            None => problem,
        }
    }
}
