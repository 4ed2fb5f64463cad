//! Parts of a list, as the usual parameters ask for them.

use serde_json::{Map, Value};

use super::given::Given;
use super::names::normalized;
use crate::openapi::{Api, Operation, Pagination};

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: usize,
    pub(super) count: usize,
}

impl Window {
    pub(super) fn new(api: &'static Api, operation: &'static Operation, given: &Given) -> Self {
        let number = |index: usize| given.parameter(index)?.parse::<usize>().ok();
        let named = |names: &[&str]| {
            let mut parameters = operation.parameters.iter().enumerate();
            parameters.find_map(|(index, parameter)| {
                let parameter = api.parameters.get(usize::from(*parameter))?;
                names.contains(&normalized(parameter.name).as_str()).then(|| number(index)).flatten()
            })
        };
        let count =
            named(&["perpage", "pagesize", "limit", "size", "maxresults", "top", "first"]).unwrap_or(usize::MAX);
        let first = match operation.pagination {
            Some(Pagination::Page { first, .. }) => usize::try_from(first).unwrap_or(1),
            _ => 1,
        };
        let page = named(&["page", "pagenumber", "pageindex"]).map(|page| page.saturating_sub(first));
        let from = match page {
            Some(page) if count < usize::MAX => page.saturating_mul(count),
            // Without a size everything is on the first page.
            Some(0) | None => named(&["offset", "skip", "start", "startat"]).unwrap_or_default(),
            Some(_) => usize::MAX,
        };
        Self { from, count }
    }

    /// What the window shows.
    pub(super) fn of<T>(self, list: Vec<T>) -> Vec<T> {
        list.into_iter().skip(self.from).take(self.count).collect()
    }

    /// Whether something follows.
    pub(super) const fn is_last(self, total: usize) -> bool {
        self.from.saturating_add(self.count) >= total
    }
}

/// Writes into the object around a list how long it is and that nothing leads on by cursors.
///
/// A cursor that is made up would lead a client in circles.
pub(super) fn describe(around: &mut Map<String, Value>, window: Window, total: usize, shown: usize) {
    for (name, value) in around.iter_mut() {
        let told = match normalized(name).as_str() {
            "total" | "totalcount" | "totalitems" | "totalresults" | "totalentries" => Value::from(total),
            "count" | "itemcount" | "resultcount" => Value::from(shown),
            "hasmore" | "hasnext" | "hasnextpage" | "more" => Value::from(!window.is_last(total)),
            "haspreviouspage" | "hasprevious" | "hasprev" => Value::from(window.from > 0),
            _ => continue,
        };
        if (value.is_number() && told.is_number()) || (value.is_boolean() && told.is_boolean()) {
            *value = told;
        }
    }
    for around in around.values_mut().filter_map(Value::as_object_mut) {
        describe(around, window, total, shown);
    }
}
