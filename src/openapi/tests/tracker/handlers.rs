//! What is emitted for servers.

use std::sync::Arc;

use super::operations::{Cursor, Download, Followed, Linked, List, Listen, Offset, Read, Report, Send as SendInputs};
use super::*;
use crate::types::{Typed, opaque_mut};
use crate::{Context, Settings, Value};

impl Accept for List {
    fn blank() -> Self {
        Self { owner: Typed::blank(), page: None }
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        match index {
            0 => &mut self.owner,
            _ => &mut self.page,
        }
    }
}

macro_rules! bare {
    ($($name:ident)*) => { $(
        impl Accept for $name {
            fn blank() -> Self {
                Self
            }
        }
    )* };
}

bare! { Report Download Listen Read Linked Followed }

impl Accept for Cursor {
    fn blank() -> Self {
        Self { cursor: None }
    }

    fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
        &mut self.cursor
    }
}

impl Accept for Offset {
    fn blank() -> Self {
        Self { offset: None }
    }

    fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
        &mut self.offset
    }
}

impl Accept for SendInputs {
    fn blank() -> Self {
        Self { body: SendBody::Json(Typed::blank()) }
    }

    fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
        opaque_mut()
    }

    fn body_mut(&mut self, content: usize) -> Place<'_> {
        self.body = match content {
            0 => SendBody::Json(Typed::blank()),
            1 => SendBody::Multipart(Attachment {
                file: Upload::default(),
                more: None,
                note: None,
                tags: Vec::new(),
                issue: None,
            }),
            2 => SendBody::Binary(Upload::default()),
            3 => SendBody::Form(Value::Null),
            4 => SendBody::Text(String::new()),
            _ => SendBody::Lines(Vec::new()),
        };
        match &mut self.body {
            SendBody::Json(body) => Place::Typed(body),
            SendBody::Multipart(body) => Place::Parts(body),
            SendBody::Binary(body) => Place::Upload(body),
            SendBody::Form(body) => Place::Typed(body),
            SendBody::Text(body) => Place::Typed(body),
            SendBody::Lines(body) => Place::Typed(body),
        }
    }
}

impl AcceptParts for Attachment {
    fn place(&mut self, index: usize) -> PartPlace<'_> {
        match index {
            0 => PartPlace::Upload(&mut self.file),
            1 => PartPlace::OptionalUploads(&mut self.more),
            2 => PartPlace::Typed(&mut self.note),
            3 => PartPlace::Typed(&mut self.tags),
            _ => PartPlace::Typed(&mut self.issue),
        }
    }
}

impl Respond for ReportAnswer {
    fn variant(&self) -> usize {
        match self {
            Self::Ok(_) => 0,
            Self::Accepted => 1,
            Self::Success(_) => 2,
        }
    }

    fn write(self, kind: MediaKind) -> Result<Written, crate::Problem> {
        match self {
            Self::Ok(content) => content.write(kind),
            Self::Accepted => ().write(kind),
            Self::Success(content) => content.write(kind),
        }
    }
}

impl Respond for ProblemOrText {
    fn variant(&self) -> usize {
        match self {
            Self::Problem(_) => 0,
            Self::Text(_) => 1,
        }
    }

    fn write(self, kind: MediaKind) -> Result<Written, crate::Problem> {
        match self {
            Self::Problem(content) => content.write(kind),
            Self::Text(content) => content.write(kind),
        }
    }
}

macro_rules! handlers {
    ($($method:ident $inputs:ty;)*) => {
        pub trait Handlers: Send + Sync + 'static {
            $(fn $method(
                &self,
                inputs: $inputs,
                context: Context,
            ) -> impl Future<
                Output = Result<Success<<$inputs as Operate>::Answer>, Refusal<<$inputs as Operate>::Failure>>,
            > + Send;)*
        }
    };
}

handlers! {
    list List;
    report Report;
    send SendInputs;
    download Download;
    listen Listen;
    read Read;
    cursor Cursor;
    linked Linked;
    offset Offset;
    followed Followed;
}

crate::__private::serve_handlers! {
    Dispatcher Handlers;
    0 List, list;
    1 Report, report;
    2 SendInputs, send;
    3 Download, download;
    4 Listen, listen;
    5 Read, read;
    6 Cursor, cursor;
    7 Linked, linked;
    8 Offset, offset;
    9 Followed, followed;
}

static DOCUMENT: Document = Document {
    head: r#""openapi":"3.1.1","info":{"title":"Tracker","version":"1.0.0"}"#,
    operations: &["{\"operationId\":\"issues/list\"}", "{}", "{}", "{}", "{}", "{}", "{}", "{}", "{}", "{}"],
    schemas: &[("Issue", r#"{"type":"object"}"#)],
    security_schemes: "",
};

/// Blank inputs by the index of their operation.
pub fn inputs(operation: usize) -> Option<Box<dyn Accept>> {
    Some(match operation {
        0 => Box::new(List::blank()),
        1 => Box::new(Report::blank()),
        2 => Box::new(SendInputs::blank()),
        3 => Box::new(Download::blank()),
        4 => Box::new(Listen::blank()),
        5 => Box::new(Read::blank()),
        6 => Box::new(Cursor::blank()),
        7 => Box::new(Linked::blank()),
        8 => Box::new(Offset::blank()),
        9 => Box::new(Followed::blank()),
        _ => return None,
    })
}

pub fn forwarding_router(client: ApiClient, settings: &Settings) -> axum::Router {
    api_router(&API, &DOCUMENT, Arc::new(Forwarder::new(client, inputs)), None, settings)
}

pub fn router(handlers: impl Handlers, settings: &Settings) -> axum::Router {
    api_router(&API, &DOCUMENT, Arc::new(Dispatcher(Arc::new(handlers))), None, settings)
}
