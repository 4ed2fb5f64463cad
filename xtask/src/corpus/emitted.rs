//! How many operations each surface of an output has, counted in its text.

use capsmith_codegen::openapi::{Surface, Surfaces};

/// The operations of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Emitted {
    /// Those that the client calls: each refers to its row in the table.
    pub(super) called: usize,
    /// Those that the server leads to a handler.
    pub(super) served: usize,
    /// Those that a mock or a tool has inputs for.
    pub(super) accepted: usize,
    /// Those that no server can tell from others.
    pub(super) client_only: usize,
}

impl Emitted {
    pub(super) fn count(text: &str) -> Self {
        let listed = |call: &str| text.split(call).nth(1).and_then(|rest| rest.split('}').next()).unwrap_or_default();
        let numbers = |list: &str| {
            let words = list.split_whitespace();
            words.filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).count()
        };
        Self {
            called: text.matches("super::tables::OPERATIONS[").count(),
            served: listed("serve_handlers! {").matches("operations::").count(),
            accepted: numbers(listed("implement_blank_inputs! {")),
            client_only: text.matches("is_served: false").count(),
        }
    }

    /// What is to be said about operations that a surface lacks of those that the document declares.
    pub(super) fn missing(self, declared: usize, surfaces: Surfaces) -> Vec<String> {
        let parts = [
            (Surface::Client, "client", self.called, declared),
            (Surface::Server, "server", self.served + self.client_only, declared),
            (Surface::Mcp, "tools", self.accepted, declared),
            (Surface::Mock, "mock", self.accepted, declared),
        ];
        let lacking = parts.into_iter().filter(|(surface, _, has, declared)| surfaces.has(*surface) && has != declared);
        lacking
            .map(|(_, name, has, declared)| {
                format!("the document declares {declared} operations and the {name} has {has}\n")
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "
        const OPERATION: &'static Operation =
            &super::tables::OPERATIONS[0];
        serve_handlers! {
            Dispatcher Handlers; 0 operations::List, list; 2
            operations::Get, get;
        }
        implement_blank_inputs! { 0 List 1
            Find 2 Get }
        static OPERATIONS: [Operation; 3] = [Operation { is_served: false }];";

    #[test]
    fn operations_are_counted_in_the_output() {
        let emitted = Emitted::count(TEXT);
        assert_eq!(emitted, Emitted { called: 1, served: 2, accepted: 3, client_only: 1 });
        assert_eq!(emitted.missing(3, [Surface::Server, Surface::Mcp, Surface::Mock].into_iter().collect()), [""; 0]);
        let lost = emitted.missing(3, Surfaces::default());
        assert_eq!(lost, ["the document declares 3 operations and the client has 1\n"]);
    }
}
