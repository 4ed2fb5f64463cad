//! Following a path from node to node.

use std::collections::HashMap;
use std::rc::Rc;

use serde_json::Value;

use super::expression::Expression;
use super::filter::{Filter, Query, Root};
use super::steps::{QueryError, Steps};
use super::{JsonPath, Segment, Selector};

/// What a node in a list costs: ten million of them are a hundred megabytes.
const NODE: usize = 8;

impl JsonPath {
    /// The nodes that the path selects, in the order of the RFC: that of the selectors, of the array, and for
    /// descendants a node before what is below it. The members of an object come as they stand in the document.
    ///
    /// # Errors
    ///
    /// [`QueryError`], when that would take too much work. A path that [is singular](Self::is_singular) never fails.
    pub fn query<'v>(&self, document: &'v Value) -> Result<Vec<&'v Value>, QueryError> {
        if self.is_singular() {
            return Ok(self.locate(document).into_iter().collect());
        }
        Evaluation::new(document).follow(*self, document)
    }

    /// Whether the path selects at most one node: names and indices alone (section 2.3.5.1 of the RFC).
    #[must_use]
    pub fn is_singular(&self) -> bool {
        let singular = |segment: &Segment| matches!(segment, Segment::Child([Selector::Name(_) | Selector::Index(_)]));
        self.segments.iter().all(singular)
    }

    /// The node that a singular path selects; `None` where the document has no such place, and for other paths.
    #[must_use]
    pub fn locate<'v>(&self, document: &'v Value) -> Option<&'v Value> {
        self.segments.iter().try_fold(document, |node, segment| match segment {
            Segment::Child([Selector::Name(name)]) => member(node, name),
            Segment::Child([Selector::Index(index)]) => element(node, *index),
            _ => None,
        })
    }
}

/// What the filters of one query share.
pub(super) struct Evaluation<'v> {
    pub(super) document: &'v Value,
    pub(super) steps: Steps,
    /// The regular expressions met so far; `None`: the text is not one.
    pub(super) expressions: HashMap<&'v str, Option<Rc<Expression>>>,
}

impl<'v> Evaluation<'v> {
    fn new(document: &'v Value) -> Self {
        Self { document, steps: Steps::new(), expressions: HashMap::new() }
    }

    /// The nodes that a query inside a filter selects.
    pub(super) fn nodes(&mut self, query: Query, current: &'v Value) -> Result<Vec<&'v Value>, QueryError> {
        self.follow(query.path, self.start(query, current))
    }

    /// The node that a singular query inside a filter selects.
    pub(super) fn node(&mut self, query: Query, current: &'v Value) -> Result<Option<&'v Value>, QueryError> {
        self.steps.take(query.path.segments.len())?;
        Ok(query.path.locate(self.start(query, current)))
    }

    fn start(&self, query: Query, current: &'v Value) -> &'v Value {
        match query.root {
            Root::Document => self.document,
            Root::Current => current,
        }
    }

    fn follow(&mut self, path: JsonPath, start: &'v Value) -> Result<Vec<&'v Value>, QueryError> {
        let mut nodes = vec![start];
        for segment in path.segments {
            let mut selected = Vec::new();
            for node in nodes {
                match segment {
                    Segment::Child(selectors) => self.select_all(selectors, node, &mut selected)?,
                    Segment::Descendant(selectors) => self.descend(selectors, node, &mut selected)?,
                }
            }
            nodes = selected;
        }
        Ok(nodes)
    }

    /// The node and everything below it, without a stack of calls: values need not come from a parser with a limit.
    fn descend(
        &mut self,
        selectors: &'static [Selector],
        node: &'v Value,
        selected: &mut Vec<&'v Value>,
    ) -> Result<(), QueryError> {
        let mut waiting = vec![node];
        while let Some(node) = waiting.pop() {
            self.select_all(selectors, node, selected)?;
            let first = waiting.len();
            waiting.extend(children(node));
            waiting[first..].reverse();
            self.steps.take(waiting.len() - first)?;
        }
        Ok(())
    }

    fn select_all(
        &mut self,
        selectors: &'static [Selector],
        node: &'v Value,
        selected: &mut Vec<&'v Value>,
    ) -> Result<(), QueryError> {
        for selector in selectors {
            let before = selected.len();
            self.steps.take(1)?;
            match selector {
                Selector::Name(name) => selected.extend(member(node, name)),
                Selector::Index(index) => selected.extend(element(node, *index)),
                Selector::Wildcard => selected.extend(children(node)),
                Selector::Slice { start, end, step } => slice(node, *start, *end, *step, selected),
                Selector::Filter(filter) => self.filter(filter, node, selected)?,
            }
            self.steps.take((selected.len() - before) * NODE)?;
        }
        Ok(())
    }

    fn filter(
        &mut self,
        filter: &'static Filter,
        node: &'v Value,
        selected: &mut Vec<&'v Value>,
    ) -> Result<(), QueryError> {
        for child in children(node) {
            if self.test(filter, child)? {
                selected.push(child);
            }
        }
        Ok(())
    }
}

fn member<'v>(node: &'v Value, name: &str) -> Option<&'v Value> {
    node.as_object()?.get(name)
}

fn element(node: &Value, index: i64) -> Option<&Value> {
    let elements = node.as_array()?;
    let position = usize::try_from(index.unsigned_abs()).ok()?;
    let position = if index < 0 { elements.len().checked_sub(position)? } else { position };
    elements.get(position)
}

/// The members' values or the elements.
pub(super) fn children(node: &Value) -> impl Iterator<Item = &Value> {
    let elements = node.as_array().into_iter().flatten();
    elements.chain(node.as_object().into_iter().flat_map(serde_json::Map::values))
}

/// The algorithm of section 2.3.4.2.2 of the RFC, in numbers that cannot overflow.
fn slice<'v>(node: &'v Value, start: Option<i64>, end: Option<i64>, step: i64, selected: &mut Vec<&'v Value>) {
    let Some(elements) = node.as_array() else { return };
    let length = i128::try_from(elements.len()).unwrap_or(i128::MAX);
    let step = i128::from(step);
    let normal = |index: i64| if index < 0 { length + i128::from(index) } else { i128::from(index) };
    let (mut position, last) = match step {
        0 => return,
        1.. => (start.map_or(0, normal).clamp(0, length), end.map_or(length, normal).clamp(0, length)),
        _ => (start.map_or(length - 1, normal).clamp(-1, length - 1), end.map_or(-1, normal).clamp(-1, length - 1)),
    };
    while if step > 0 { position < last } else { position > last } {
        selected.extend(usize::try_from(position).ok().and_then(|position| elements.get(position)));
        position += step;
    }
}
