//! What answers the operations, as a user writes it.

use std::sync::Mutex;

use capsmith::http::{HeaderName, HeaderValue, StatusCode};
use capsmith::openapi::{Refusal, Success, Upload};
use capsmith::{Context, Problem, Response};

use crate::api::backups::{Handlers, operations, responses, types};

#[derive(Default)]
pub(crate) struct Service {
    archive: Mutex<Vec<u8>>,
}

impl Handlers for Service {
    async fn list_backups(
        &self,
        inputs: operations::ListBackups,
        _: Context,
    ) -> Result<Success<Vec<types::Backup>>, Refusal<types::Error>> {
        if inputs.database == "none" {
            let message = "no such database".to_owned();
            return Err(Refusal::new(StatusCode::NOT_FOUND, types::Error { message }));
        }
        let filter = inputs.filter.unwrap_or_default();
        let sizes = filter.sizes.unwrap_or_default();
        let name = filter.name.unwrap_or(inputs.database);
        let states = inputs.state.unwrap_or_default();
        let backup = |(index, state)| types::Backup { id: index, name: name.clone(), state: Some(state) };
        let backups: Vec<_> =
            (inputs.page.unwrap_or(1) + sizes.iter().sum::<i64>()..).zip(states).map(backup).collect();
        let trace = inputs.x_trace.unwrap_or_default();
        let trace = HeaderValue::try_from(trace).map_err(|_| Problem::new(StatusCode::BAD_REQUEST))?;
        Ok(Success::new(backups).with_header(HeaderName::from_static("x-trace"), trace))
    }

    async fn create_backup(
        &self,
        inputs: operations::CreateBackup,
        _: Context,
    ) -> Result<Success<responses::CreateBackup>, Refusal<types::Error>> {
        let types::NewBackup { name, retention, state, .. } = inputs.body;
        match name.as_str() {
            "taken" => Err(Refusal::described(types::Error { message: "the name is taken".to_owned() })),
            "later" => Ok(responses::CreateBackup::Accepted("queued".to_owned()).into()),
            _ => Ok(responses::CreateBackup::Created(types::Backup { id: retention.unwrap_or(0), name, state }).into()),
        }
    }

    async fn compare(&self, inputs: operations::Compare, _: Context) -> Result<Success<i64>, Refusal<()>> {
        Ok((inputs.head - inputs.base).into())
    }

    async fn download(&self, _: operations::Download, _: Context) -> Result<Success<Response>, Refusal<()>> {
        let archive = self.archive.lock().map(|archive| archive.clone()).unwrap_or_default();
        Ok(Response::from(Upload::new(archive)).into())
    }

    async fn upload(&self, inputs: operations::Upload, _: Context) -> Result<Success<()>, Refusal<()>> {
        let archive = inputs.body.bytes().await?;
        if let Ok(mut kept) = self.archive.lock() {
            *kept = archive.to_vec();
        }
        Ok(().into())
    }
}
