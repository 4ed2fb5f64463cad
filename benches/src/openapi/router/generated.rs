//! The generated router.

use capsmith::Context;
use capsmith::openapi::{Refusal, Success};

use super::forge::{Handlers, operations, server, types};
use super::{labels, milestone};
use crate::{BenchError, process};

struct Forge;

impl Handlers for Forge {
    async fn list_labels(
        &self,
        inputs: operations::ListLabels,
        _: Context,
    ) -> Result<Success<Vec<types::Label>>, Refusal<()>> {
        Ok(labels(inputs.page.unwrap_or(1), inputs.per_page.unwrap_or(30)).into())
    }

    async fn create_milestone(
        &self,
        inputs: operations::CreateMilestone,
        _: Context,
    ) -> Result<Success<types::Milestone>, Refusal<()>> {
        Ok(milestone(inputs.body).into())
    }
}

/// Serves until the process is killed.
pub(crate) async fn serve() -> Result<(), BenchError> {
    process::serve(server::router(Forge)).await
}
