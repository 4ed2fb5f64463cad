//! What a client's user may mean by the beginning of an argument.

use std::collections::{BTreeMap, HashMap};

use rmcp::ErrorData;
use rmcp::model::{CompleteRequestParams, CompleteResult, CompletionInfo, Reference};

/// The beginning of an argument of a prompt, or of a variable of a resource template (`completion/complete`).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Completion {
    /// What has the argument.
    pub reference: CompletionReference,
    /// The name of the argument.
    pub argument: String,
    /// As much of it as there is.
    pub value: String,
    /// The other arguments, as far as they are known.
    pub arguments: BTreeMap<String, String>,
}

/// What has an argument.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CompletionReference {
    /// The prompt of this name.
    Prompt(String),
    /// The template of resources with this URI.
    ResourceTemplate(String),
}

impl TryFrom<CompleteRequestParams> for Completion {
    type Error = ErrorData;

    fn try_from(request: CompleteRequestParams) -> Result<Self, ErrorData> {
        let reference = match request.r#ref {
            Reference::Prompt(prompt) => CompletionReference::Prompt(prompt.name),
            Reference::Resource(resource) => CompletionReference::ResourceTemplate(resource.uri),
            _ => {
                return Err(ErrorData::invalid_params(
                    "`ref` must be of the type `ref/prompt` or `ref/resource`",
                    None,
                ));
            }
        };
        let arguments: HashMap<_, _> = request.context.and_then(|context| context.arguments).unwrap_or_default();
        let (argument, value) = (request.argument.name, request.argument.value);
        Ok(Self { reference, argument, value, arguments: arguments.into_iter().collect() })
    }
}

/// As many values as the protocol allows, and how many there would be.
pub(super) fn result(mut values: Vec<String>) -> CompleteResult {
    let count = values.len();
    values.truncate(CompletionInfo::MAX_VALUES);
    let mut completion = CompletionInfo::default();
    completion.total = u32::try_from(count).ok();
    completion.has_more = Some(count > values.len());
    completion.values = values;
    CompleteResult::new(completion)
}
