//! What the document demands of callers (`security`), held against what a program accepts.
//!
//! Each scheme is checked at most once for a request; whether that is enough for an operation is decided
//! afterwards, without waiting.

mod refusal;
#[cfg(feature = "mcp")]
mod resource;
mod scheme;
mod verdict;

use std::sync::Arc;
#[cfg(feature = "mcp")]
use std::sync::OnceLock;

use axum::extract::Request;
use http::request::Parts;

use self::refusal::Refused;
use self::scheme::Scheme;
use super::{Acceptance, Api, Operation, Requirement};
use crate::server::authentication::Claims;
use crate::{Problem, Settings, Value};

/// The callers that the server of an API accepts.
pub(super) struct Callers {
    api: &'static Api,
    /// In the order of [`Api::security_schemes`]; empty: nothing is checked here.
    schemes: Vec<Scheme>,
}

/// What has become of the credentials of a scheme.
#[derive(Clone)]
enum Outcome {
    /// There are none, or nobody has looked.
    Absent,
    /// Right, with what is known of the caller. `None`: a fixed secret, which is good for all scopes.
    Accepted(Option<Arc<Value>>),
    /// Wrong, with the end of a sentence about a token.
    Wrong(Option<&'static str>),
    /// A digest whose nonce cannot be used any more.
    Stale,
    /// Whether they are right is not known.
    Failed(Problem),
}

/// What is known of a request's credentials, by scheme, and where it is left that they are not enough.
#[cfg(feature = "mcp")]
#[derive(Clone)]
pub(super) struct Evidence {
    outcomes: Arc<[Outcome]>,
    refusal: Arc<OnceLock<Problem>>,
}

impl Callers {
    /// `None`: nothing is checked.
    pub(super) fn new(api: &'static Api, accepted: Option<Vec<Acceptance>>, settings: &Settings) -> Self {
        let Some(accepted) = accepted else { return Self { api, schemes: Vec::new() } };
        let accepted = accepted.into_iter().chain(std::iter::repeat_with(Acceptance::default));
        let schemes = api.security_schemes.iter().zip(accepted);
        Self {
            api,
            schemes: schemes.map(|(scheme, accepted)| Scheme::new(api.name, scheme, accepted, settings)).collect(),
        }
    }

    /// Whether anything is checked for an operation.
    pub(super) fn guard(&self, operation: &'static Operation) -> bool {
        self.demanded(operation).any(|(_, scheme)| !scheme.is_unchecked())
    }

    /// Checks the credentials that an operation may need, alternative by alternative, and takes them out of the request:
    /// they are for this server alone. Those that the operation has as parameters stay.
    #[cfg(feature = "rest")]
    pub(super) async fn admit(&self, operation: &'static Operation, request: Request) -> Result<Request, Problem> {
        let (parts, body) = request.into_parts();
        let mut outcomes = self.unknown();
        for alternative in self.possible(operation).filter(|alternative| !alternative.is_empty()) {
            for index in self.schemes_of(alternative) {
                self.look(index, &parts, &mut outcomes).await;
            }
            if self.is_met(alternative, &outcomes) {
                break;
            }
        }
        let claims = self.decide(operation, &outcomes).map_err(Refused::into_problem)?;
        let mut request = Request::from_parts(parts, body);
        let parameters =
            || operation.parameters.iter().filter_map(|index| self.api.parameters.get(usize::from(*index)));
        for (_, scheme) in self.demanded(operation) {
            if !parameters().any(|parameter| scheme.kind.is_carried_by(parameter)) {
                scheme.remove(&mut request);
            }
        }
        if let Some(claims) = claims {
            request.extensions_mut().insert(Claims(claims));
        }
        Ok(request)
    }

    /// Checks whatever credentials a request has, before it is known which operations it is about, and takes them out of it.
    /// Whoever could call none of the operations is refused.
    #[cfg(feature = "mcp")]
    pub(super) async fn identify(
        &self,
        operations: impl Fn() -> Box<dyn Iterator<Item = &'static Operation> + Send>,
        request: Request,
    ) -> Result<(Request, Evidence), Problem> {
        let (parts, body) = request.into_parts();
        let mut outcomes = self.unknown();
        let demanded: Vec<usize> =
            operations().flat_map(|operation| operation.security).flat_map(|all| self.schemes_of(all)).collect();
        for index in demanded {
            self.look(index, &parts, &mut outcomes).await;
        }
        if let Some(refusal) = refusal::of_all(operations().map(|operation| self.decide(operation, &outcomes).err())) {
            return Err(refusal);
        }
        let mut request = Request::from_parts(parts, body);
        self.schemes.iter().for_each(|scheme| scheme.remove(&mut request));
        let evidence = Evidence { outcomes: outcomes.into(), refusal: Arc::default() };
        request.extensions_mut().insert(evidence.clone());
        Ok((request, evidence))
    }

    /// What is known of a caller who may call an operation.
    #[cfg(feature = "mcp")]
    pub(super) fn claims(
        &self,
        operation: &'static Operation,
        evidence: Option<&Evidence>,
    ) -> Result<Option<Claims>, Problem> {
        if !self.guard(operation) {
            return Ok(None);
        }
        let unknown = self.unknown();
        let outcomes = evidence.map_or(&*unknown, |evidence| &evidence.outcomes);
        let claims = self.decide(operation, outcomes).map_err(Refused::into_problem).inspect_err(|problem| {
            if let Some(evidence) = evidence {
                // Another call of the same request may have been refused before.
                let _ = evidence.refusal.set(problem.clone());
            }
        })?;
        Ok(claims.map(Claims))
    }

    fn unknown(&self) -> Vec<Outcome> {
        vec![Outcome::Absent; self.schemes.len()]
    }

    async fn look(&self, index: usize, parts: &Parts, outcomes: &mut [Outcome]) {
        if let (Some(outcome @ Outcome::Absent), Some(scheme)) = (outcomes.get_mut(index), self.schemes.get(index)) {
            *outcome = scheme.outcome(parts).await;
        }
    }

    fn requirements(&self, alternative: &'static [u16]) -> impl Iterator<Item = &'static Requirement> {
        alternative.iter().filter_map(|index| self.api.requirements.get(usize::from(*index)))
    }

    fn schemes_of(&self, alternative: &'static [u16]) -> impl Iterator<Item = usize> {
        self.requirements(alternative).map(|requirement| usize::from(requirement.scheme))
    }

    fn scheme(&self, requirement: &Requirement) -> Option<&Scheme> {
        self.schemes.get(usize::from(requirement.scheme))
    }

    /// The alternatives that the document has for an operation.
    fn alternatives(&self, operation: &'static Operation) -> impl Iterator<Item = &'static [u16]> {
        let is_ours = |requirement| self.scheme(requirement).is_some_and(Scheme::is_undemanded);
        operation.security.iter().copied().filter(move |all| !self.requirements(all).any(is_ours))
    }

    /// Those of them that a caller can meet.
    fn possible(&self, operation: &'static Operation) -> impl Iterator<Item = &'static [u16]> {
        let can_be_met = |requirement| self.scheme(requirement).is_some_and(Scheme::can_be_met);
        self.alternatives(operation).filter(move |all| self.requirements(all).all(can_be_met))
    }

    /// What an operation demands, with the schemes.
    fn demanded(&self, operation: &'static Operation) -> impl Iterator<Item = (&'static Requirement, &Scheme)> {
        let requirements = self.alternatives(operation).flat_map(|alternative| self.requirements(alternative));
        requirements.filter_map(|requirement| Some((requirement, self.scheme(requirement)?)))
    }
}

#[cfg(feature = "mcp")]
impl Evidence {
    /// The refusal of a call that the request was about.
    pub(super) fn refusal(&self) -> Option<&Problem> {
        self.refusal.get()
    }
}
