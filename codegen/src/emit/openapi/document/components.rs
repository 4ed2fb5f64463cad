//! The names of components.

use std::cell::RefCell;
use std::collections::HashSet;

use crate::ir::RustName;
use crate::ir::types::{Scope, TypeId, Types};

/// The names under which types are components: those that they have in Rust. Their further names are left out, since no
/// reference leads to them.
pub(super) struct Components {
    names: Vec<Option<String>>,
    /// The types that were referred to, each once, and in the order of that.
    referred: RefCell<Vec<TypeId>>,
    is_referred: RefCell<Vec<bool>>,
}

impl Components {
    pub(super) fn new(types: &Types) -> Self {
        let mut names = vec![None; types.len()];
        let mut taken = HashSet::new();
        // Names that the document gives are kept; a type that stands inline makes way.
        for scope in [Scope::Schemas, Scope::Inline] {
            let of_scope = types.iter().filter_map(|(id, found)| Some((id, found.name.as_ref()?)));
            for (id, name) in of_scope.filter(|(_, name)| name.scope == scope) {
                let name = free(plain(&name.name), &taken);
                taken.insert(name.clone());
                names[id.index()] = Some(name);
            }
        }
        let is_referred = RefCell::new(vec![false; types.len()]);
        Self { names, referred: RefCell::default(), is_referred }
    }

    /// The name of a type that something refers to. `None`: it has none, and stands where it is used.
    pub(super) fn refer(&self, id: TypeId) -> Option<&str> {
        let name = self.name(id)?;
        if !std::mem::replace(&mut self.is_referred.borrow_mut()[id.index()], true) {
            self.referred.borrow_mut().push(id);
        }
        Some(name)
    }

    /// The type that was referred to at a position of the order.
    pub(super) fn referred(&self, position: usize) -> Option<TypeId> {
        self.referred.borrow().get(position).copied()
    }

    /// The name of a type, if it has one.
    pub(super) fn name(&self, id: TypeId) -> Option<&str> {
        self.names[id.index()].as_deref()
    }
}

fn plain(name: &RustName) -> String {
    name.as_str().trim_start_matches("r#").to_owned()
}

fn free(name: String, taken: &HashSet<String>) -> String {
    if !taken.contains(&name) {
        return name;
    }
    let numbered = std::iter::once(String::new()).chain((2..).map(|number: u32| number.to_string()));
    let mut candidates = numbered.map(|number| format!("{name}Inline{number}"));
    candidates.find(|candidate| !taken.contains(candidate)).unwrap_or(name)
}
