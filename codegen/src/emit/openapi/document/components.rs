//! The names of components.

use std::collections::HashSet;

use crate::ir::RustName;
use crate::ir::types::{Alias, Scope, TypeId, Types};

/// The names under which types are components: those that they have in Rust.
pub(super) struct Components<'a> {
    names: Vec<Option<String>>,
    /// Further names of schemas of the document.
    pub(super) aliases: Vec<(String, &'a Alias)>,
}

impl<'a> Components<'a> {
    pub(super) fn new(types: &'a Types) -> Self {
        let mut names = vec![None; types.len()];
        let mut taken = HashSet::new();
        let aliases: Vec<_> = types
            .aliases
            .iter()
            .filter(|alias| alias.name.scope == Scope::Schemas)
            .map(|alias| (plain(&alias.name.name), alias))
            .collect();
        taken.extend(aliases.iter().map(|(name, _)| name.clone()));
        // Names that the document gives are kept; a type that stands inline makes way.
        for scope in [Scope::Schemas, Scope::Inline] {
            let of_scope = types.iter().filter_map(|(id, found)| Some((id, found.name.as_ref()?)));
            for (id, name) in of_scope.filter(|(_, name)| name.scope == scope) {
                let name = free(plain(&name.name), &taken);
                taken.insert(name.clone());
                names[id.index()] = Some(name);
            }
        }
        Self { names, aliases }
    }

    /// The name of a type. `None`: it has none, and stands where it is used.
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
