//! Which parameter a pair belongs to.

use super::accept::Accept;
use super::texts::Pair;
use crate::openapi::{Api, Location, Operation, Parameter, Style};
use crate::types::Slot;
use crate::types::shape::{Additional, Shape, Struct};

/// Gives the pairs of a query or of cookies to the parameters: by their names, then to the objects whose properties
/// became pairs of their own. Tells whether one of these may have properties that nothing lists, so that any pair may be
/// one.
pub(super) fn claim(
    api: &'static Api,
    operation: &'static Operation,
    location: Location,
    pairs: &mut [Pair<'_>],
    inputs: &mut dyn Accept,
) -> bool {
    let parameters = || {
        let parameters = operation.parameters.iter().enumerate();
        let parameters = parameters.filter_map(|(at, index)| Some((at, api.parameters.get(usize::from(*index))?)));
        parameters.filter(|(_, parameter)| parameter.location == location)
    };
    for pair in &mut *pairs {
        pair.owner = parameters().find(|(_, parameter)| is_of(parameter, &pair.name)).map(|(index, _)| index);
    }
    let is_free = |pair: &Pair<'_>| pair.owner.is_none() && !pair.is_constant(operation);
    if !pairs.iter().any(is_free) {
        return false;
    }
    let (mut open, mut may_be_any) = (None, false);
    for (index, _) in parameters().filter(|(_, parameter)| parameter.explode && parameter.style != Style::DeepObject) {
        match keys(inputs.field_mut(index).slot()) {
            Keys::Listed(shape) => {
                for pair in pairs.iter_mut().filter(|pair| is_free(pair) && shape.find(&pair.name, 0).is_some()) {
                    pair.owner = Some(index);
                }
                match shape.additional {
                    Additional::Keep => open = open.or(Some(index)),
                    Additional::Ignore => may_be_any = true,
                    Additional::Deny => {}
                }
            }
            Keys::Any => open = open.or(Some(index)),
            Keys::None => {}
        }
        if open != Some(index)
            && pairs.iter().all(|pair| pair.owner != Some(index))
            && let Slot::Optional(place) = inputs.field_mut(index).slot()
        {
            place.set_null();
        }
    }
    if let Some(index) = open {
        pairs.iter_mut().filter(|pair| is_free(pair)).for_each(|pair| pair.owner = Some(index));
    }
    may_be_any
}

/// Whether a name is the parameter's, or leads into it.
fn is_of(parameter: &Parameter, name: &str) -> bool {
    match name.strip_prefix(parameter.name) {
        Some("") => true,
        Some(rest) => parameter.style == Style::DeepObject && rest.starts_with('['),
        None => false,
    }
}

/// The names of a value's properties.
pub(super) enum Keys {
    Listed(&'static Struct),
    Any,
    None,
}

pub(super) fn keys(slot: Slot<'_>) -> Keys {
    match slot {
        Slot::Optional(place) => keys(place.fill()),
        Slot::Model(model) => match model.shape() {
            Shape::Struct(shape) => Keys::Listed(shape),
            _ => Keys::None,
        },
        Slot::Map(_) => Keys::Any,
        _ => Keys::None,
    }
}
