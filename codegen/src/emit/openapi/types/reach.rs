//! What types lead to.

use crate::ir::api::Api;
use crate::ir::types::{Additional, Kind, TypeId, TypeUse, Types};

/// The types that requests hold: those of parameters and bodies, and the parts of these.
pub(super) fn sent(api: &Api) -> Vec<bool> {
    let mut open = Vec::new();
    for operation in &api.operations {
        open.extend(operation.parameters.iter().map(|parameter| parameter.r#type.id));
        for content in operation.body.iter().flat_map(|body| &body.contents) {
            open.extend(content.r#type.iter().chain(&content.item).map(|usage| usage.id));
        }
    }
    reached(&api.types, open)
}

/// The types that some types lead to, themselves among them.
pub(in crate::emit) fn reached(types: &Types, mut open: Vec<TypeId>) -> Vec<bool> {
    let mut reached = vec![false; types.len()];
    while let Some(id) = open.pop() {
        if !std::mem::replace(&mut reached[id.index()], true) {
            parts(&types.get(id).kind, |part| open.push(part.id));
        }
    }
    reached
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
    // How many parts a type still waits for, and the types that wait for each.
    let mut missing = vec![0_usize; types.len()];
    let mut waiting: Vec<Vec<TypeId>> = vec![Vec::new(); types.len()];
    for (id, found) in types.iter() {
        let demanded = demanded(&found.kind);
        for part in &demanded {
            waiting[part.index()].push(id);
        }
        missing[id.index()] = match &found.kind {
            // One variant is enough.
            Kind::Union(shape) => usize::from(!shape.variants.iter().any(|variant| variant.r#type.nullable)),
            _ => demanded.len(),
        };
    }
    let mut open: Vec<TypeId> = types.iter().map(|(id, _)| id).filter(|id| missing[id.index()] == 0).collect();
    for round in 0.. {
        if open.is_empty() {
            break;
        }
        for id in std::mem::take(&mut open) {
            ends[id.index()] = Some(round);
            for holder in &waiting[id.index()] {
                let missing = &mut missing[holder.index()];
                if *missing == 1 {
                    open.push(*holder);
                }
                *missing = missing.saturating_sub(1);
            }
        }
    }
    ends
}

/// The types that a blank value needs a value of: of a union one of them, else all.
fn demanded(kind: &Kind) -> Vec<TypeId> {
    let not_null = |usage: &&TypeUse| !usage.nullable;
    match kind {
        Kind::Struct(shape) => {
            let fields = shape.fields.iter().filter(|field| field.required && !field.read_only && !field.write_only);
            fields.map(|field| &field.r#type).filter(not_null).map(|usage| usage.id).collect()
        }
        Kind::Tuple(tuple) => tuple.items.iter().take(tuple.required).filter(not_null).map(|usage| usage.id).collect(),
        Kind::Union(shape) => shape.variants.iter().map(|variant| variant.r#type.id).collect(),
        _ => Vec::new(),
    }
}

/// Lists of lists of more levels than this are any JSON: rustc follows no type without end.
const MOST_LEVELS: usize = 32;

/// The lists and maps that Rust cannot write, since lists and maps have no names: those that hold nothing but themselves, and
/// those of too many levels.
pub(super) fn unwritable(types: &Types) -> Vec<bool> {
    let mut unwritable = endless(types);
    // How many lists are in each other, this one included.
    let mut levels: Vec<Option<usize>> = vec![None; types.len()];
    let mut way = Vec::new();
    for (start, _) in types.iter() {
        let mut at = start;
        while let (None, false, Some(element)) = (levels[at.index()], unwritable[at.index()], element(types, at)) {
            way.push(at);
            at = element;
        }
        let mut level = *levels[at.index()].get_or_insert(0);
        while let Some(list) = way.pop() {
            level += 1;
            levels[list.index()] = Some(level);
        }
    }
    for (unwritable, level) in unwritable.iter_mut().zip(levels) {
        *unwritable |= level > Some(MOST_LEVELS);
    }
    unwritable
}

/// The lists and maps that lead back to themselves through lists and maps only.
fn endless(types: &Types) -> Vec<bool> {
    let mut endless = vec![false; types.len()];
    // On whose way a type was seen first.
    let mut seen: Vec<Option<TypeId>> = vec![None; types.len()];
    for (start, _) in types.iter() {
        let mut at = start;
        while let (None, Some(element)) = (seen[at.index()], element(types, at)) {
            seen[at.index()] = Some(start);
            at = element;
        }
        if seen[at.index()] == Some(start) {
            while !endless[at.index()] {
                endless[at.index()] = true;
                at = element(types, at).unwrap_or(at);
            }
        }
    }
    endless
}

/// What a list or map holds.
fn element(types: &Types, id: TypeId) -> Option<TypeId> {
    match &types.get(id).kind {
        Kind::Array(array) => Some(array.items.id),
        Kind::Map(map) => Some(map.values.id),
        _ => None,
    }
}
