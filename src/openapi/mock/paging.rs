//! Parts of a list, as the usual parameters ask for them.

use serde_json::Value;

use super::data::fits;
use super::given::Given;
use super::names::normalized;
use super::schemas::Schemas;
use crate::openapi::{Api, Operation, Pagination};

/// Which part of a list is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub(super) from: usize,
    pub(super) count: usize,
    /// The number of the first page.
    first: usize,
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
        Self { from, count, first }
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

/// What is told about a part of a list beside the part itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Excerpt {
    pub(super) window: Window,
    /// How many items there are.
    pub(super) total: usize,
    /// How many of them are shown.
    pub(super) shown: usize,
}

impl Excerpt {
    /// Writes it into the object around the list, and that nothing leads on by cursors.
    ///
    /// A cursor or a page that is made up would lead a client in circles.
    pub(super) fn describe(self, schemas: &Schemas, schema: &Value, around: &mut Value) {
        let Value::Object(properties) = around else { return };
        let described = schemas.properties(schema);
        for (name, value) in properties.iter_mut() {
            let Some(schema) = described.get(name) else { continue };
            match self.told(&normalized(name)) {
                Some(told) if fits(schemas, schema, &told) => *value = told,
                None if value.is_object() => self.describe(schemas, schema, value),
                Some(_) | None => {}
            }
        }
    }

    /// What a property says, by its name.
    fn told(self, name: &str) -> Option<Value> {
        let Self { window, total, shown } = self;
        let is_last = window.is_last(total);
        let page = window.from.checked_div(window.count).unwrap_or_default();
        let number = |page: usize| Value::from(page + window.first);
        Some(match name {
            "total" | "totalcount" | "totalitems" | "totalresults" | "totalentries" => Value::from(total),
            "totalpages" | "pagecount" | "pages" => Value::from(total.div_ceil(window.count.max(1)).max(1)),
            "count" | "itemcount" | "resultcount" => Value::from(shown),
            "hasmore" | "hasnext" | "hasnextpage" | "more" => Value::from(!is_last),
            "haspreviouspage" | "hasprevious" | "hasprev" => Value::from(window.from > 0),
            "page" | "currentpage" | "pagenumber" => number(page),
            "perpage" | "pagesize" if window.count < usize::MAX => Value::from(window.count),
            "nextpage" if is_last => Value::Null,
            "nextpage" => number(page + 1),
            "prevpage" | "previouspage" => page.checked_sub(1).map_or(Value::Null, number),
            "nextpageurl" | "prevpageurl" | "previouspageurl" => Value::Null,
            _ => return None,
        })
    }
}
