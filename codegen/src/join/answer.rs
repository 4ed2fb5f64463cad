//! What an operation answers with.

use crate::ir::Answer;
use crate::ir::api::{MediaKind, Method, Operation, Response, Status};
use crate::ir::types::TypeUse;

/// The type of all answers that mean success; `None`: they have several, or none that is JSON.
pub(super) fn answer(operation: &Operation) -> Option<Answer> {
    if operation.method == Method::Head {
        return Some(Answer::Empty);
    }
    let responses = successes(operation);
    let mut found: Option<TypeUse> = None;
    let mut has_empty = false;
    for response in &responses {
        if response.contents.is_empty() || matches!(response.status, Status::Code(204 | 205)) {
            has_empty = true;
            continue;
        }
        for content in &response.contents {
            let usage = content.r#type.filter(|_| content.kind == MediaKind::Json)?;
            match found {
                Some(known) if known.id != usage.id => return None,
                Some(known) => found = Some(TypeUse { nullable: known.nullable || usage.nullable, ..known }),
                None => found = Some(usage),
            }
        }
    }
    match found {
        // An answer without content reads as null.
        Some(usage) => Some(Answer::Typed(TypeUse { nullable: usage.nullable || has_empty, ..usage })),
        None if responses.is_empty() => None,
        None => Some(Answer::Empty),
    }
}

/// The responses that mean success: those of 2xx, or else of `default`.
fn successes(operation: &Operation) -> Vec<&Response> {
    let is_success = |response: &&Response| match response.status {
        Status::Code(code) => code / 100 == 2,
        Status::Range(digit) => digit == 2,
        Status::Default => false,
    };
    let found: Vec<&Response> = operation.responses.iter().filter(is_success).collect();
    if !found.is_empty() {
        return found;
    }
    operation.responses.iter().filter(|response| response.status == Status::Default).collect()
}
