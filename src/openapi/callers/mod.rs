//! What the document demands of callers (`security`), held against what a program accepts.
//!
//! Each scheme is checked at most once for a request; whether that is enough for an operation is decided
//! afterwards, without waiting.

mod scheme;

use std::sync::Arc;

use axum::extract::Request;
use http::header::WWW_AUTHENTICATE;
use http::request::Parts;
use http::{HeaderValue, StatusCode};

use self::scheme::Scheme;
use super::{Api, Operation, Requirement, Verifier};
use crate::server::authentication::{Claims, MISSING, STALE, WRONG, has_scopes, unauthorized, unusable};
use crate::{Problem, Value};

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

/// What is known of a request's credentials, by scheme.
#[cfg(feature = "mcp")]
#[derive(Clone)]
pub(super) struct Evidence(Arc<[Outcome]>);

/// Whether credentials are enough for an alternative. What is told to the caller first stands last.
enum Verdict {
    Missing,
    Wrong,
    /// The requirement whose scopes the caller does not have.
    Scope(&'static Requirement),
    Failed(Problem),
    Met(Option<Arc<Value>>),
}

impl Callers {
    /// `None`: nothing is checked.
    pub(super) fn new(api: &'static Api, verifiers: Option<Vec<Verifier>>) -> Self {
        let Some(verifiers) = verifiers else { return Self { api, schemes: Vec::new() } };
        let verifiers = verifiers.into_iter().chain(std::iter::repeat_with(Verifier::nobody));
        let schemes = api.security_schemes.iter().zip(verifiers);
        Self { api, schemes: schemes.map(|(scheme, verifier)| Scheme::new(api.name, scheme, verifier)).collect() }
    }

    /// Whether anything is checked for an operation.
    pub(super) fn guard(&self, operation: &'static Operation) -> bool {
        !self.schemes.is_empty() && self.demanded(operation).any(|(_, scheme)| !scheme.is_unchecked())
    }

    /// Checks the credentials that an operation may need, alternative by alternative, and takes them out of the request:
    /// they are for this server alone. Those that the operation has as parameters stay.
    #[cfg(feature = "rest")]
    pub(super) async fn admit(&self, operation: &'static Operation, request: Request) -> Result<Request, Problem> {
        let (parts, body) = request.into_parts();
        let mut outcomes = self.unknown();
        for alternative in operation.security.iter().filter(|alternative| !alternative.is_empty()) {
            for index in self.schemes_of(alternative) {
                self.look(index, &parts, &mut outcomes).await;
            }
            if let Verdict::Met(_) = self.weigh(alternative, &outcomes) {
                break;
            }
        }
        let claims = self.decide(operation, &outcomes)?;
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
    ) -> Result<Request, Problem> {
        let (parts, body) = request.into_parts();
        let mut outcomes = self.unknown();
        let demanded: Vec<usize> =
            operations().flat_map(|operation| operation.security).flat_map(|all| self.schemes_of(all)).collect();
        for index in demanded {
            self.look(index, &parts, &mut outcomes).await;
        }
        let mut refusals = operations().map(|operation| self.decide(operation, &outcomes).err());
        if let Some(Some(refusal)) = refusals.next()
            && refusals.all(|refusal| refusal.is_some_and(|refusal| refusal.status() != StatusCode::FORBIDDEN))
            && refusal.status() != StatusCode::FORBIDDEN
        {
            return Err(refusal);
        }
        drop(refusals);
        let mut request = Request::from_parts(parts, body);
        self.schemes.iter().for_each(|scheme| scheme.remove(&mut request));
        request.extensions_mut().insert(Evidence(outcomes.into()));
        Ok(request)
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
        let outcomes = evidence.map_or(&*unknown, |Evidence(outcomes)| outcomes);
        Ok(self.decide(operation, outcomes)?.map(Claims))
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

    /// What an operation demands, with the schemes.
    fn demanded(&self, operation: &'static Operation) -> impl Iterator<Item = (&'static Requirement, &Scheme)> {
        let requirements = operation.security.iter().flat_map(|alternative| self.requirements(alternative));
        requirements.filter_map(|requirement| Some((requirement, self.schemes.get(usize::from(requirement.scheme))?)))
    }

    fn weigh(&self, alternative: &'static [u16], outcomes: &[Outcome]) -> Verdict {
        let mut met = Verdict::Met(None);
        for requirement in self.requirements(alternative) {
            let verdict = match outcomes.get(usize::from(requirement.scheme)) {
                Some(Outcome::Accepted(Some(claims))) => {
                    if !has_scopes(claims, requirement.scopes.iter().copied()) {
                        Verdict::Scope(requirement)
                    } else if let Verdict::Met(None) = met {
                        Verdict::Met(Some(Arc::clone(claims)))
                    } else {
                        continue;
                    }
                }
                Some(Outcome::Accepted(None)) => continue,
                Some(Outcome::Wrong(_) | Outcome::Stale) => Verdict::Wrong,
                Some(Outcome::Failed(problem)) => Verdict::Failed(problem.clone()),
                Some(Outcome::Absent) | None => Verdict::Missing,
            };
            // The least of them counts.
            if verdict.rank() <= met.rank() {
                met = verdict;
            }
        }
        met
    }

    /// What is known of a caller whose credentials are enough for an operation. Where none are demanded, wrong ones are
    /// refused all the same: whoever brings them does not expect to be nobody.
    fn decide(&self, operation: &'static Operation, outcomes: &[Outcome]) -> Result<Option<Arc<Value>>, Problem> {
        let mut best = Verdict::Missing;
        for alternative in operation.security.iter().filter(|alternative| !alternative.is_empty()) {
            let verdict = self.weigh(alternative, outcomes);
            if verdict.rank() > best.rank() {
                best = verdict;
            }
        }
        let is_optional = operation.security.is_empty() || operation.security.iter().any(|all| all.is_empty());
        match best {
            Verdict::Met(claims) => Ok(claims),
            Verdict::Missing | Verdict::Scope(_) if is_optional => Ok(None),
            Verdict::Failed(problem) => Err(problem),
            Verdict::Scope(requirement) => Err(self.forbidden(requirement)),
            Verdict::Missing => Err(self.unauthorized(MISSING.to_owned(), operation, outcomes)),
            Verdict::Wrong => {
                let detail = self.demanded(operation).find_map(|(requirement, _)| {
                    match outcomes.get(usize::from(requirement.scheme))? {
                        Outcome::Wrong(Some(reason)) => Some(unusable(reason)),
                        Outcome::Stale => Some(STALE.to_owned()),
                        _ => None,
                    }
                });
                Err(self.unauthorized(detail.unwrap_or_else(|| WRONG.to_owned()), operation, outcomes))
            }
        }
    }

    /// A challenge for each scheme that an operation takes.
    fn unauthorized(&self, detail: String, operation: &'static Operation, outcomes: &[Outcome]) -> Problem {
        let mut challenges = Vec::new();
        let mut asked = Vec::new();
        for (requirement, scheme) in self.demanded(operation) {
            if let (false, Some(outcome)) =
                (asked.contains(&requirement.scheme), outcomes.get(usize::from(requirement.scheme)))
            {
                asked.push(requirement.scheme);
                for challenge in scheme.challenges(self.api.name, outcome, requirement.scopes) {
                    if !challenges.contains(&challenge) {
                        challenges.push(challenge);
                    }
                }
            }
        }
        unauthorized(detail, &challenges)
    }

    fn forbidden(&self, requirement: &'static Requirement) -> Problem {
        let detail = format!("The operation wants these scopes of its caller: {}.", requirement.scopes.join(", "));
        let problem = Problem::new(StatusCode::FORBIDDEN).with_detail(detail);
        let scheme = self.schemes.get(usize::from(requirement.scheme));
        let challenge = scheme.and_then(|scheme| scheme.insufficient(self.api.name, requirement.scopes));
        match challenge.and_then(|challenge| HeaderValue::try_from(challenge).ok()) {
            Some(challenge) => problem.with_header(WWW_AUTHENTICATE, challenge),
            None => problem,
        }
    }
}

impl Verdict {
    fn rank(&self) -> u8 {
        match self {
            Self::Missing => 0,
            Self::Wrong => 1,
            Self::Scope(_) => 2,
            Self::Failed(_) => 3,
            Self::Met(_) => 4,
        }
    }
}
