//! What is emitted for a document, for the tests. Paths are absolute in emitted code.

#![allow(clippy::pedantic, missing_docs, unreachable_pub, dead_code)]

mod client;
#[cfg(feature = "rest")]
mod handlers;
pub(crate) mod operations;

pub(super) use client::{Client, Config};
#[cfg(feature = "rest")]
pub(super) use handlers::{Handlers, forwarding_router, router};

use crate::openapi::*;
use crate::{ClientError, Response};

pub(super) static API: Api = Api {
    name: "tracker",
    title: "Tracker",
    description: "",
    version: "1.0.0",
    servers: &[Server { url: "https://api.example.com/v1", variable: "TRACKER_BASE_URL" }],
    security_schemes: &[
        scheme("token", SecurityKind::Bearer, &[&["TOKEN"]]),
        scheme("login", SecurityKind::Basic, &[&["USERNAME", "PASSWORD"]]),
        scheme("key", SecurityKind::Header("X-Key"), &[&["KEY"]]),
        scheme("query", SecurityKind::Query("key"), &[&["QUERY"]]),
        scheme("session", SecurityKind::Cookie("session"), &[&["SESSION"]]),
        scheme("oauth", SecurityKind::ClientCredentials("oauth/token"), &[&["OAUTH"], &["CLIENT_ID", "CLIENT_SECRET"]]),
    ],
    requirements: &[
        Requirement { scheme: 0, scopes: &[] },
        Requirement { scheme: 1, scopes: &[] },
        Requirement { scheme: 2, scopes: &[] },
        Requirement { scheme: 3, scopes: &[] },
        Requirement { scheme: 4, scopes: &[] },
        Requirement { scheme: 5, scopes: &[] },
        Requirement { scheme: 5, scopes: &["events:read", "all"] },
        Requirement { scheme: 5, scopes: &["admin"] },
    ],
    parameters: &PARAMETERS,
    bodies: &BODIES,
    cases: &CASES,
    operations: &OPERATIONS,
};

const fn scheme(
    name: &'static str,
    kind: SecurityKind,
    variables: &'static [&'static [&'static str]],
) -> SecurityScheme {
    SecurityScheme { name, kind, variables }
}

static PARAMETERS: [Parameter; 4] = [
    Parameter { name: "owner", ..Parameter::PATH },
    Parameter { name: "page", ..Parameter::QUERY },
    Parameter { name: "cursor", ..Parameter::QUERY },
    Parameter { name: "offset", ..Parameter::QUERY },
];

static BODIES: [Body; 6] = [
    Body::DEFAULT,
    Body {
        media_type: "multipart/form-data",
        kind: MediaKind::Multipart,
        parts: &[Part { name: "file", content_type: "image/png", headers: &[("X-Kind", "picture")], ..Part::DEFAULT }],
        ..Body::DEFAULT
    },
    Body { media_type: "application/octet-stream", kind: MediaKind::Binary, ..Body::DEFAULT },
    Body {
        media_type: "application/x-www-form-urlencoded",
        kind: MediaKind::Form,
        parts: &[Part { name: "deep", style: Some(Style::DeepObject), ..Part::DEFAULT }],
        ..Body::DEFAULT
    },
    Body { media_type: "text/plain", kind: MediaKind::Text, ..Body::DEFAULT },
    Body { media_type: "application/jsonl", kind: MediaKind::JsonLines, ..Body::DEFAULT },
];

const fn json(status: Status, variant: u16) -> Case {
    Case { status, media_type: "application/json", kind: MediaKind::Json, variant }
}

static CASES: [Case; 11] = [
    json(Status::Code(200), 0),
    json(Status::Code(404), 0),
    json(Status::Code(422), 1),
    Case { status: Status::Code(202), media_type: "", kind: MediaKind::Empty, variant: 1 },
    Case { status: Status::Range(2), media_type: "text/plain", kind: MediaKind::Text, variant: 2 },
    Case { status: Status::Default, media_type: "application/problem+json", kind: MediaKind::Json, variant: 0 },
    Case { status: Status::Code(200), media_type: "application/octet-stream", kind: MediaKind::Binary, variant: 0 },
    Case { status: Status::Code(200), media_type: "text/event-stream", kind: MediaKind::EventStream, variant: 0 },
    Case { status: Status::Code(200), media_type: "application/jsonl", kind: MediaKind::JsonLines, variant: 0 },
    Case { status: Status::Code(200), media_type: "text/plain", kind: MediaKind::Text, variant: 2 },
    json(Status::Range(4), 0),
];

static OPERATIONS: [Operation; 10] = [
    Operation {
        name: "issues/list",
        path: "/repos/{0}/issues",
        parameters: &[0, 1],
        answers: &[0],
        failures: &[1, 2],
        security: &[&[0], &[1]],
        pagination: Some(Pagination::Page { page: 1, size: None, first: 1 }),
        ..Operation::EMPTY
    },
    Operation { name: "report", path: "/report", answers: &[0, 9, 3, 4], failures: &[5], ..Operation::EMPTY },
    Operation { name: "upload", method: "POST", path: "/upload", bodies: &[0, 1, 2, 3, 4, 5], ..Operation::EMPTY },
    Operation { name: "download", path: "/download", answers: &[6], security: &[&[2, 3], &[4]], ..Operation::EMPTY },
    Operation { name: "events", path: "/events", answers: &[7], security: &[&[2, 7], &[6], &[]], ..Operation::EMPTY },
    Operation { name: "lines", path: "/lines", answers: &[8], security: &[&[5]], ..Operation::EMPTY },
    Operation {
        name: "cursor",
        path: "/cursor",
        parameters: &[2],
        answers: &[0],
        pagination: Some(Pagination::Cursor { cursor: 0, next: &["meta", "next"] }),
        ..Operation::EMPTY
    },
    Operation {
        name: "link",
        path: "/link",
        answers: &[0],
        security: &[&[3]],
        pagination: Some(Pagination::Link),
        ..Operation::EMPTY
    },
    Operation {
        name: "offset",
        path: "/offset",
        parameters: &[3],
        answers: &[0],
        pagination: Some(Pagination::Offset { offset: 0, limit: None }),
        ..Operation::EMPTY
    },
    Operation {
        name: "url",
        path: "/url",
        answers: &[0],
        pagination: Some(Pagination::NextUrl { next: &["next"] }),
        ..Operation::EMPTY
    },
];

pub(crate) mod types {
    use crate::types::shape::Struct;
    use crate::types::{Model, Shape, Typed, implement, implement_equality};

    pub struct Issue {
        pub id: i64,
        pub title: Option<String>,
    }

    impl Model for Issue {
        fn shape(&self) -> &'static Shape {
            &Shape::Struct(Struct { name: "Issue", fields: &["id", "title"], required: &[1], ..Struct::EMPTY })
        }
        fn blank() -> Self {
            Self { id: 0, title: None }
        }
        fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
            match index {
                0 => &mut self.id,
                _ => &mut self.title,
            }
        }
        fn field(&self, index: usize) -> &dyn Typed {
            match index {
                0 => &self.id,
                _ => &self.title,
            }
        }
    }

    pub struct Problem {
        pub message: String,
    }

    impl Model for Problem {
        fn shape(&self) -> &'static Shape {
            &Shape::Struct(Struct { name: "Problem", fields: &["message"], required: &[1], ..Struct::EMPTY })
        }
        fn blank() -> Self {
            Self { message: String::new() }
        }
        fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
            &mut self.message
        }
        fn field(&self, _: usize) -> &dyn Typed {
            &self.message
        }
    }

    implement! { Issue Problem }
    implement_equality! { Issue Problem }
}

pub(crate) enum SendBody {
    Json(types::Issue),
    Multipart(Attachment),
    Binary(Upload),
    Form(crate::Value),
    Text(String),
    Lines(Vec<types::Issue>),
}

pub(crate) struct Attachment {
    pub(crate) file: Upload,
    pub(crate) more: Option<Vec<Upload>>,
    pub(crate) note: Option<String>,
    pub(crate) tags: Vec<i64>,
    pub(crate) issue: Option<types::Issue>,
}

impl Parts for Attachment {
    fn names(&self) -> &'static [&'static str] {
        &["file", "more", "note", "tags", "issue"]
    }

    fn part(&mut self, index: usize) -> PartValue<'_> {
        match index {
            0 => PartValue::Upload(&mut self.file),
            1 => PartValue::uploads(&mut self.more),
            2 => PartValue::Typed(&self.note),
            3 => PartValue::Typed(&self.tags),
            _ => PartValue::Typed(&self.issue),
        }
    }
}

#[derive(Debug)]
pub enum ReportAnswer {
    Ok(types::Issue),
    Accepted,
    Success(String),
}

impl Answer for ReportAnswer {
    fn read(variant: usize, received: Received) -> Result<Self, ClientError> {
        Ok(match variant {
            0 => Self::Ok(received.read()?),
            1 => Self::Accepted,
            _ => Self::Success(received.read()?),
        })
    }
}

#[derive(Debug)]
pub enum ProblemOrText {
    Problem(types::Problem),
    Text(Vec<String>),
}

impl Answer for ProblemOrText {
    fn read(variant: usize, received: Received) -> Result<Self, ClientError> {
        Ok(match variant {
            0 => Self::Problem(received.read()?),
            _ => Self::Text(received.read()?),
        })
    }
}
