//! What types lead to.

use crate::ir::api::Api;
use crate::ir::types::{Additional, Kind, Type, TypeId, TypeUse, Types};

/// The types that requests hold: those of parameters and bodies, and the parts of these.
pub(super) fn sent(api: &Api) -> Vec<bool> {
    let mut sent = vec![false; api.types.len()];
    let mut open = Vec::new();
    for operation in &api.operations {
        open.extend(operation.parameters.iter().map(|parameter| parameter.r#type.id));
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            open.extend(content.r#type.iter().chain(&content.item).map(|usage| usage.id));
        }
    }
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut sent[id.index()], true) {
            parts(&api.types.get(id).kind, |part| open.push(part.id));
        }
    }
    sent
}

/// Visits the uses of other types in a type.
fn parts(kind: &Kind, mut visit: impl FnMut(TypeUse)) {
    match kind {
        Kind::Array(array) => visit(array.items),
        Kind::Map(map) => visit(map.values),
        Kind::Tuple(tuple) => tuple.items.iter().chain(&tuple.rest).copied().for_each(visit),
        Kind::Union(shape) => shape.variants.iter().map(|variant| variant.r#type).for_each(visit),
        Kind::Struct(shape) => {
            shape.fields.iter().map(|field| field.r#type).for_each(&mut visit);
            if let Additional::Values(values) = shape.additional {
                visit(values);
            }
        }
        _ => {}
    }
}

/// The types of which a blank value can be made: all but those that demand one of their own kind. The rounds are those
/// of a search from the types that hold no other.
pub(super) fn ends(types: &Types) -> Vec<Option<u32>> {
    let mut ends = vec![None; types.len()];
    let mut open: Vec<_> = types.iter().collect();
    for round in 0.. {
        let found: Vec<_> =
            open.iter().filter(|(_, candidate)| ends_now(candidate, &ends)).map(|(id, _)| *id).collect();
        if found.is_empty() {
            break;
        }
        for id in found {
            ends[id.index()] = Some(round);
        }
        open.retain(|(id, _)| ends[id.index()].is_none());
    }
    ends
}

fn ends_now(candidate: &Type, ends: &[Option<u32>]) -> bool {
    let is_known = |usage: TypeUse| usage.nullable || ends[usage.id.index()].is_some();
    match &candidate.kind {
        Kind::Struct(shape) => {
            let mut demanded =
                shape.fields.iter().filter(|field| field.required && !field.read_only && !field.write_only);
            demanded.all(|field| is_known(field.r#type))
        }
        Kind::Tuple(tuple) => tuple.items.iter().take(tuple.required).all(|item| is_known(*item)),
        Kind::Union(shape) => shape.variants.iter().any(|variant| is_known(variant.r#type)),
        _ => true,
    }
}

/// The lists and maps that lead back to themselves through lists and maps only.
pub(super) fn endless(types: &Types) -> Vec<bool> {
    let next = |id: TypeId| match &types.get(id).kind {
        Kind::Array(array) => Some(array.items.id),
        Kind::Map(map) => Some(map.values.id),
        _ => None,
    };
    let mut endless = vec![false; types.len()];
    // On whose way a type was seen first.
    let mut seen: Vec<Option<TypeId>> = vec![None; types.len()];
    for (start, _) in types.iter() {
        let mut at = start;
        while let (None, Some(following)) = (seen[at.index()], next(at)) {
            seen[at.index()] = Some(start);
            at = following;
        }
        if seen[at.index()] == Some(start) {
            while !endless[at.index()] {
                endless[at.index()] = true;
                at = next(at).unwrap_or(at);
            }
        }
    }
    endless
}
