//! The parameters of operations, routes and tools: a constant for each distinct one, since most occur several times.

use std::collections::{HashMap, HashSet};

use heck::ToShoutySnakeCase as _;
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::schema::Schemas;
use super::{location, type_of_value};
use crate::ir::{Capability, Parameter, Surface};

/// The constants of a capability's parameters.
pub(super) struct Parameters<'a> {
    /// In the order in which they first occur.
    named: Vec<(Ident, &'a Parameter)>,
    positions: HashMap<&'a Parameter, usize>,
}

impl<'a> Parameters<'a> {
    /// Collects the parameters of a capability and gives each a name that is not `taken`.
    pub(super) fn new(capability: &'a Capability, taken: impl Iterator<Item = String>) -> Self {
        let mut parameters = Self { named: Vec::new(), positions: HashMap::new() };
        let mut taken: HashSet<String> = taken.collect();
        for operation in &capability.operations {
            parameters.add(operation.inputs.iter().map(|input| &input.parameter), &mut taken);
        }
        for script in &capability.scripts {
            parameters.add(script.inputs.iter().map(|input| &input.parameter), &mut taken);
        }
        for exposes in &capability.exposes {
            match &exposes.surface {
                Surface::Rest(routes) => {
                    parameters.add(routes.iter().flat_map(|route| &route.parameters), &mut taken);
                }
                Surface::Mcp(mcp) => parameters.add(mcp.parameters(), &mut taken),
                Surface::Skill(_) | Surface::Control(_) => {}
            }
        }
        parameters
    }

    fn add(&mut self, parameters: impl Iterator<Item = &'a Parameter>, taken: &mut HashSet<String>) {
        for parameter in parameters {
            if !self.positions.contains_key(parameter) {
                self.positions.insert(parameter, self.named.len());
                self.named.push((constant_name(&parameter.name, taken), parameter));
            }
        }
    }

    /// The items that declare the constants.
    pub(super) fn declarations(&self, schemas: &Schemas<'_>) -> TokenStream {
        let declaration = |(constant, parameter): &(Ident, &Parameter)| {
            let Parameter { name, location, r#type, required, description, schema } = parameter;
            let schema = schemas.schema(schema.as_ref());
            let location = self::location(*location);
            let kind = type_of_value(*r#type);
            quote! {
                const #constant: Parameter = Parameter {
                    name: #name,
                    location: #location,
                    r#type: #kind,
                    required: #required,
                    description: #description,
                    schema: #schema,
                };
            }
        };
        self.named.iter().map(declaration).collect()
    }

    /// A list of parameters by their constants.
    pub(super) fn list<'b>(&self, parameters: impl Iterator<Item = &'b Parameter>) -> TokenStream {
        let constants =
            parameters.filter_map(|parameter| self.positions.get(parameter)).map(|position| &self.named[*position].0);
        quote! { &[#(#constants),*] }
    }
}

/// A constant's name made from a parameter's, with a number where another has it already.
fn constant_name(parameter: &str, taken: &mut HashSet<String>) -> Ident {
    let ascii: String = parameter.chars().map(|each| if each.is_ascii_alphanumeric() { each } else { ' ' }).collect();
    let name = match ascii.to_shouty_snake_case() {
        name if name.is_empty() => "PARAMETER".to_owned(),
        name if name.starts_with(|first: char| first.is_ascii_digit()) => format!("PARAMETER_{name}"),
        name => name,
    };
    let mut unique = name.clone();
    let mut number = 1;
    while !taken.insert(unique.clone()) {
        number += 1;
        unique = format!("{name}_{number}");
    }
    format_ident!("{unique}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_have_names_that_rust_takes_and_nothing_else_has() {
        let mut taken = HashSet::from(["OPERATIONS".to_owned()]);
        let names = ["backup_id", "backupId", "operations", "$top", "page[size]", "+1", "ü", ""];
        let names = names.map(|name| constant_name(name, &mut taken).to_string());
        let expected =
            ["BACKUP_ID", "BACKUP_ID_2", "OPERATIONS_2", "TOP", "PAGE_SIZE", "PARAMETER_1", "PARAMETER", "PARAMETER_2"];
        assert_eq!(names, expected);
    }
}
