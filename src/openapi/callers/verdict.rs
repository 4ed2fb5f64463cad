//! Whether credentials are enough for an operation.

use std::sync::Arc;

use super::refusal::Refused;
use super::{Callers, Outcome};
use crate::openapi::{Operation, Requirement};
use crate::server::authentication::{MISSING, STALE, WRONG, has_scopes, unusable};
use crate::{Problem, Value};

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
    /// Whether credentials are enough for an alternative.
    #[cfg(feature = "rest")]
    pub(super) fn is_met(&self, alternative: &'static [u16], outcomes: &[Outcome]) -> bool {
        matches!(self.weigh(alternative, outcomes), Verdict::Met(_))
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
    pub(super) fn decide(
        &self,
        operation: &'static Operation,
        outcomes: &[Outcome],
    ) -> Result<Option<Arc<Value>>, Refused> {
        let is_free = self.alternatives(operation).next().is_none();
        if !is_free && self.possible(operation).next().is_none() {
            return Err(Refused::impossible());
        }
        let mut best = Verdict::Missing;
        for alternative in self.possible(operation).filter(|alternative| !alternative.is_empty()) {
            let verdict = self.weigh(alternative, outcomes);
            if verdict.rank() > best.rank() {
                best = verdict;
            }
        }
        let is_optional = is_free || self.alternatives(operation).any(<[u16]>::is_empty);
        match best {
            Verdict::Met(claims) => Ok(claims),
            Verdict::Missing | Verdict::Scope(_) if is_optional => Ok(None),
            Verdict::Failed(problem) => Err(Refused::Unproven(problem)),
            Verdict::Scope(requirement) => Err(Refused::Scope(self.forbidden(requirement))),
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
