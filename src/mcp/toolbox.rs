//! The tools of a surface as agents get them: answers of a size that they can take, and a list that they can.

use std::sync::OnceLock;

use rmcp::model::{JsonObject, Tool as ListedTool};

use super::cut::cut;
use super::fields;
use super::finder::{Finder, Redirected};
use super::length::json_bytes;
use super::tools::{Called, Tools};
use super::{arguments, result};
use crate::near::{list, nearest};
use crate::{Context, Settings, ToolList};

/// The tools of a surface. They are made when a list, a call or the instructions are first asked for.
pub(crate) struct Toolbox {
    tools: Box<dyn Tools>,
    cut: Option<usize>,
    fields: Option<usize>,
    list: ToolList,
    budget: usize,
    made: OnceLock<Made>,
}

struct Made {
    /// Sorted by name.
    listed: Vec<ListedTool>,
    /// The argument that chooses fields, in the order of `listed`.
    fields: Vec<Option<&'static str>>,
    /// In place of the list.
    finder: Option<Finder>,
}

impl Toolbox {
    pub(crate) fn new(tools: impl Tools, settings: &Settings) -> Self {
        Self {
            tools: Box::new(tools),
            cut: settings.cut_tool_results,
            fields: settings.tool_fields,
            list: settings.tool_list,
            budget: settings.tool_list_budget,
            made: OnceLock::new(),
        }
    }

    fn made(&self) -> &Made {
        self.made.get_or_init(|| {
            let mut listed = self.tools.listed().to_vec();
            let offered = listed.iter_mut().map(|tool| fields::offer(tool, self.fields?)).collect();
            let is_found = match self.list {
                ToolList::Automatic => json_bytes(&listed) > self.budget,
                ToolList::All => false,
                ToolList::Search => true,
            };
            let finder = is_found.then(|| Finder::new(&listed));
            Made { listed, fields: offered, finder }
        })
    }

    /// The tools that are listed.
    pub(crate) fn listed(&self) -> &[ListedTool] {
        let Made { listed, finder, .. } = self.made();
        finder.as_ref().map_or(listed.as_slice(), Finder::listed)
    }

    /// A tool that can be called, listed or not, and its position for [`call`](Self::call).
    pub(crate) fn find(&self, name: &str) -> Option<(usize, &ListedTool)> {
        let Made { listed, finder, .. } = self.made();
        if let Ok(position) = listed.binary_search_by(|tool| (*tool.name).cmp(name)) {
            return Some((position, listed.get(position)?));
        }
        let own = finder.as_ref()?.listed();
        let position = own.iter().position(|tool| tool.name == name)?;
        Some((listed.len() + position, own.get(position)?))
    }

    /// The tool and the arguments that a call means: where it calls the tool that calls others, those of the other one.
    pub(crate) fn meant(&self, name: String, arguments: JsonObject) -> (String, JsonObject) {
        let Made { listed, finder, .. } = self.made();
        match finder.as_ref().and_then(|finder| finder.redirect(&name, &arguments, listed)) {
            Some(Redirected { name, arguments }) => (name, arguments),
            None => (name, arguments),
        }
    }

    /// Calls a tool by its position.
    pub(crate) fn call(&self, position: usize, mut given: JsonObject, context: Context) -> Called<'_> {
        let made = self.made();
        let Some((listed, fields)) = made.listed.get(position).zip(made.fields.get(position)) else {
            let own = position.checked_sub(made.listed.len());
            let result = made.finder.as_ref().zip(own).map_or_else(result::no_such_tool, |(finder, own)| {
                let most = self.cut.unwrap_or(usize::MAX);
                finder.call(own, given, &made.listed, |tool| self.tools.tags(tool), most)
            });
            return Box::pin(std::future::ready(result));
        };
        let chosen = match fields.map(|name| fields::read(listed, name, &mut given)) {
            None => None,
            Some(Ok(chosen)) => chosen,
            Some(Err(errors)) => {
                let result = result::error(arguments::message(&listed.name, &errors));
                return Box::pin(std::future::ready(result));
            }
        };
        let asked = context.mcp_call();
        let call = self.tools.call(listed, position, given, context);
        Box::pin(async move {
            let mut result = call.await;
            if let Some(chosen) = chosen {
                chosen.apply(&mut result);
            }
            result = result::with_content(result, asked.and_then(|call| call.take_content()));
            if let Some(most) = self.cut {
                cut(&mut result, most, listed, *fields);
            }
            result
        })
    }

    /// What is said about a name that no tool has.
    pub(crate) fn unknown(&self, name: &str) -> String {
        let Made { listed, finder, .. } = self.made();
        let own = finder.as_ref().map_or(&[] as &[ListedTool], Finder::listed);
        let names = || listed.iter().chain(own).map(|tool| &*tool.name);
        let name: String = name.chars().take(64).collect();
        match (nearest(&name, names()), finder) {
            (Some(near), _) => format!("there is no tool `{name}`; did you mean `{near}`?"),
            (None, None) => format!("there is no tool `{name}`; there are {}", list(names())),
            (None, Some(_)) => format!("there is no tool `{name}`; {}", list(own.iter().map(|tool| &*tool.name))),
        }
    }

    /// What instructions say about the list, where it is not that of the tools.
    pub(crate) fn instructions(&self) -> Option<String> {
        let Made { listed, finder, .. } = self.made();
        finder.as_ref().map(|finder| finder.instructions(listed))
    }
}
