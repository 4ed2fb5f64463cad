//! Variables that are declared and used nowhere.

use std::collections::HashSet;

use super::view::View;
use crate::diagnostic::{Code, Diagnostic, Sink};

pub(super) fn check(root: View<'_>, sink: &Sink) {
    // A file without a capability declares its binds for those that import it.
    if root.get("capability").is_none() || root.section("binds").next().is_none() {
        return;
    }
    let mut used = HashSet::new();
    root.walk(&mut |_, node| collect(node.text(), &mut used));
    for binding in root.section("binds") {
        for (variable, _) in binding.get("keys").into_iter().flat_map(View::entries) {
            if !used.contains(variable.text()) {
                let message = format!("the variable `{}` is used nowhere", variable.text());
                sink.report(
                    Diagnostic::new(Code::UnusedVariable, variable.span(), message)
                        .help("it is not read, and need not be set")
                        .help(format!("a use is like `{{{{{}}}}}`", variable.text())),
                );
            }
        }
    }
}

/// Adds the variables of the templates in a text, without their namespaces.
fn collect<'t>(text: &'t str, used: &mut HashSet<&'t str>) {
    for template in text.split("{{").skip(1) {
        let expression = template.split("}}").next().unwrap_or_default();
        let words = expression.split(|character: char| !character.is_alphanumeric() && character != '_');
        used.extend(words.filter(|word| !word.is_empty()));
    }
}
