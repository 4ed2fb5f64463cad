//! Regular expressions of ECMA-262.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock, PoisonError, RwLock};

use regress::Regex;

type Compiled = HashMap<Box<str>, Option<Arc<Regex>>>;

/// The expressions met so far. They come from compiled documents, so there are only so many.
static COMPILED: LazyLock<RwLock<Compiled>> = LazyLock::new(RwLock::default);

/// Whether `pattern` matches somewhere in `text`. What is not a regular expression matches everything: a schema's
/// mistake must not make every value wrong.
pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    let known = COMPILED.read().unwrap_or_else(PoisonError::into_inner).get(pattern).cloned();
    let compiled = known.unwrap_or_else(|| {
        let compiled = Regex::with_flags(pattern, "u").or_else(|_| Regex::new(pattern)).ok().map(Arc::new);
        COMPILED.write().unwrap_or_else(PoisonError::into_inner).insert(pattern.into(), compiled.clone());
        compiled
    });
    compiled.is_none_or(|regex| regex.find(text).is_some())
}
