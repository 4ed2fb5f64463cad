//! What is said about query parameters that nothing declares.

use std::borrow::Cow;

/// The end of a sentence that begins with the parameter's name; `known` are those that there are.
pub(crate) fn unknown_parameter(known: impl Iterator<Item = &'static str>) -> Cow<'static, str> {
    let known: Vec<String> = known.map(|name| format!("`{name}`")).collect();
    if known.is_empty() {
        Cow::Borrowed("is not known; there are no query parameters here")
    } else {
        Cow::Owned(format!("is not known; the query parameters here are {}", known.join(", ")))
    }
}
