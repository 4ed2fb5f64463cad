//! An OpenAPI document as text, ready to be given out.

/// The document that an [`Api`](super::Api) was compiled from, as OpenAPI 3.1 in pieces of JSON.
///
/// The pieces stand in the program as they are: nothing is parsed when it starts. A server joins them to
/// `/openapi.json` when that is first asked for; mocks and tools parse the piece that they need when they need it.
///
/// References (`$ref`) lead to `#/components/schemas/…` only. Like the tables of an [`Api`](super::Api), documents are
/// made by generated code alone and may gain fields in any release of this crate.
#[derive(Debug)]
pub struct Document {
    /// The members of the root but `paths` and `components`, without braces: `"openapi":"3.1.1","info":{…},…`.
    pub head: &'static str,
    /// An Operation Object for each of [`Api::operations`](super::Api::operations), in their order.
    ///
    /// `parameters` are in the order of [`Operation::parameters`](super::Operation::parameters), and `content` of the
    /// request body in that of [`Operation::bodies`](super::Operation::bodies).
    pub operations: &'static [&'static str],
    /// The Schema Objects (JSON Schema 2020-12) of `components.schemas` by their names, which are sorted.
    pub schemas: &'static [(&'static str, &'static str)],
    /// The members of `components.securitySchemes`, without braces.
    pub security_schemes: &'static str,
}

impl Document {
    /// The Schema Object of a name.
    #[must_use]
    pub fn schema(&self, name: &str) -> Option<&'static str> {
        let found = self.schemas.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
        self.schemas.get(found).map(|(_, schema)| *schema)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schemas_are_found_by_name() {
        let document = Document {
            head: "",
            operations: &[],
            schemas: &[("Backup", "true"), ("Branch", "false"), ("Error", "{}")],
            security_schemes: "",
        };
        assert_eq!(document.schema("Branch"), Some("false"));
        assert_eq!(document.schema("Database"), None);
    }
}
