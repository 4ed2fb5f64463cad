//! What answers `specs/conformance.yaml`: the methods in the place of its scripts.

mod content;
mod forms;
mod questions;

use capsmith::http::StatusCode;
use capsmith::mcp::{Call, Completion, Prompt, PromptMessage, Updates};
use capsmith::{Context, Problem, Value};
use capsmith_generated::conformance::{Client, Handlers, scripts};

/// The handlers of the conformance server.
#[derive(Clone)]
pub struct Conformance {
    client: Client,
    updates: Updates,
}

impl Conformance {
    /// Handlers that hold this client.
    pub fn new(client: Client) -> Self {
        Self { client, updates: Updates::new() }
    }

    /// What tells its clients that resources have changed.
    pub fn updates(&self) -> &Updates {
        &self.updates
    }
}

/// The call. There is no other surface than that of MCP.
fn call(context: &Context) -> Result<&Call, Problem> {
    context.mcp().ok_or_else(|| Problem::new(StatusCode::NOT_IMPLEMENTED))
}

impl Handlers for Conformance {
    fn client(&self) -> &Client {
        &self.client
    }

    async fn image(&self, _: scripts::Image, context: Context) -> Result<Value, Problem> {
        content::image(call(&context)?)
    }

    async fn audio(&self, _: scripts::Audio, context: Context) -> Result<Value, Problem> {
        content::audio(call(&context)?)
    }

    async fn embedded_resource(&self, _: scripts::EmbeddedResource, context: Context) -> Result<Value, Problem> {
        content::embedded_resource(call(&context)?)
    }

    async fn multiple_content_types(
        &self,
        _: scripts::MultipleContentTypes,
        context: Context,
    ) -> Result<Value, Problem> {
        content::several(call(&context)?)
    }

    async fn image_of_resource(&self, _: scripts::ImageOfResource, context: Context) -> Result<Value, Problem> {
        content::image(call(&context)?)
    }

    async fn fail(&self, _: scripts::Fail, _: Context) -> Result<Value, Problem> {
        Err(Problem::new(StatusCode::CONFLICT).with_detail("This tool intentionally returns an error for testing"))
    }

    async fn log(&self, _: scripts::Log, context: Context) -> Result<Value, Problem> {
        content::log(call(&context)?).await
    }

    async fn log_once(&self, _: scripts::LogOnce, context: Context) -> Result<Value, Problem> {
        content::log(call(&context)?).await
    }

    async fn progress(&self, _: scripts::Progress, context: Context) -> Result<Value, Problem> {
        content::progress(call(&context)?).await
    }

    async fn sampling(&self, inputs: scripts::Sampling, context: Context) -> Result<Value, Problem> {
        questions::sample(call(&context)?, "sampling", inputs.prompt).await
    }

    async fn elicitation(&self, inputs: scripts::Elicitation, context: Context) -> Result<Value, Problem> {
        questions::elicit(call(&context)?, "user", inputs.message, forms::user()?).await
    }

    async fn elicitation_defaults(&self, _: scripts::ElicitationDefaults, context: Context) -> Result<Value, Problem> {
        questions::elicit(call(&context)?, "user", "Check what is filled in", forms::defaults()?).await
    }

    async fn elicitation_enums(&self, _: scripts::ElicitationEnums, context: Context) -> Result<Value, Problem> {
        questions::elicit(call(&context)?, "choices", "Choose", forms::enums()?).await
    }

    async fn missing_capability(&self, _: scripts::MissingCapability, context: Context) -> Result<Value, Problem> {
        questions::sample(call(&context)?, "sampling", "Say hello").await
    }

    async fn streaming_elicitation(
        &self,
        _: scripts::StreamingElicitation,
        context: Context,
    ) -> Result<Value, Problem> {
        let call = call(&context)?;
        call.progress(1.0, Some(2.0), None).await;
        questions::elicit(call, "confirm", "Please confirm", forms::confirmation()?).await
    }

    async fn ask_name(&self, _: scripts::AskName, context: Context) -> Result<Value, Problem> {
        questions::greet(call(&context)?).await
    }

    async fn ask_capital(&self, _: scripts::AskCapital, context: Context) -> Result<Value, Problem> {
        questions::sample(call(&context)?, "capital_question", "What is the capital of France?").await
    }

    async fn ask_roots(&self, _: scripts::AskRoots, context: Context) -> Result<Value, Problem> {
        questions::roots(call(&context)?).await
    }

    async fn confirm(&self, _: scripts::Confirm, context: Context) -> Result<Value, Problem> {
        questions::confirm(call(&context)?).await
    }

    async fn confirm_again(&self, _: scripts::ConfirmAgain, context: Context) -> Result<Value, Problem> {
        questions::confirm(call(&context)?).await
    }

    async fn ask_all(&self, _: scripts::AskAll, context: Context) -> Result<Value, Problem> {
        questions::all(call(&context)?).await
    }

    async fn ask_twice(&self, _: scripts::AskTwice, context: Context) -> Result<Value, Problem> {
        questions::twice(call(&context)?).await
    }

    async fn ask_what_is_possible(&self, _: scripts::AskWhatIsPossible, context: Context) -> Result<Value, Problem> {
        questions::possible(call(&context)?).await
    }

    async fn mcp_prompt(&self, prompt: Prompt, context: Context) -> Result<Vec<PromptMessage>, Problem> {
        content::prompt(prompt, call(&context)?).await
    }

    async fn mcp_completion(&self, completion: Completion, _: Context) -> Result<Vec<String>, Problem> {
        let words = ["paris", "park", "party", "test"];
        let words = words.iter().filter(|word| word.starts_with(&completion.value));
        Ok(words.map(ToString::to_string).collect())
    }

    fn mcp_updates(&self) -> Option<Updates> {
        Some(self.updates.clone())
    }
}
