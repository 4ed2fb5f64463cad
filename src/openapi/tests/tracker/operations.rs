//! Inputs of the operations.

use super::types::{Issue, Problem};
use super::*;
use crate::Value;
use crate::types::Typed;

pub struct List {
    pub owner: String,
    pub page: Option<i64>,
}

impl List {
    pub fn new(owner: impl Into<String>) -> Self {
        Self { owner: owner.into(), page: None }
    }
}

impl Inputs for List {
    fn field(&self, index: usize) -> &dyn Typed {
        match index {
            0 => &self.owner,
            _ => &self.page,
        }
    }
}

impl Operate for List {
    type Answer = Vec<Issue>;
    type Failure = super::ProblemOrText;
    const OPERATION: &'static Operation = &OPERATIONS[0];
}

impl Paginate for List {
    type Item = Issue;
    fn items(answer: Self::Answer) -> Vec<Self::Item> {
        answer
    }
}

macro_rules! bare {
    ($($name:ident $index:literal $answer:ty, $failure:ty;)*) => { $(
        pub struct $name;
        impl Inputs for $name {}
        impl Operate for $name {
            type Answer = $answer;
            type Failure = $failure;
            const OPERATION: &'static Operation = &OPERATIONS[$index];
        }
    )* };
}

bare! {
    Report 1 super::ReportAnswer, Problem;
    Download 3 Response, ();
    Listen 4 Events<Issue>, ();
    Read 5 Lines<Issue>, ();
    Linked 7 Vec<Issue>, ();
    Followed 9 Value, ();
}

pub struct Cursor {
    pub cursor: Option<String>,
}

impl Inputs for Cursor {
    fn field(&self, _: usize) -> &dyn Typed {
        &self.cursor
    }
}

impl Operate for Cursor {
    type Answer = Value;
    type Failure = ();
    const OPERATION: &'static Operation = &OPERATIONS[6];
}

pub struct Offset {
    pub offset: Option<i64>,
}

impl Inputs for Offset {
    fn field(&self, _: usize) -> &dyn Typed {
        &self.offset
    }
}

impl Operate for Offset {
    type Answer = Vec<Issue>;
    type Failure = ();
    const OPERATION: &'static Operation = &OPERATIONS[8];
}

fn data(answer: Value) -> Vec<i64> {
    answer["data"].as_array().unwrap().iter().map(|item| item.as_i64().unwrap()).collect()
}

impl Paginate for Cursor {
    type Item = i64;
    fn items(answer: Value) -> Vec<i64> {
        data(answer)
    }
}

impl Paginate for Followed {
    type Item = i64;
    fn items(answer: Value) -> Vec<i64> {
        data(answer)
    }
}

impl Paginate for Linked {
    type Item = Issue;
    fn items(answer: Self::Answer) -> Vec<Issue> {
        answer
    }
}

impl Paginate for Offset {
    type Item = Issue;
    fn items(answer: Self::Answer) -> Vec<Issue> {
        answer
    }
}

pub struct Send {
    pub body: super::SendBody,
}

impl Inputs for Send {
    fn body(&mut self) -> Payload<'_> {
        match &mut self.body {
            super::SendBody::Json(body) => Payload::Typed(0, body),
            super::SendBody::Multipart(body) => Payload::Parts(1, body),
            super::SendBody::Binary(body) => Payload::Upload(2, body),
            super::SendBody::Form(body) => Payload::Typed(3, body),
            super::SendBody::Text(body) => Payload::Typed(4, body),
            super::SendBody::Lines(body) => Payload::Typed(5, body),
        }
    }
}

impl Operate for Send {
    type Answer = ();
    type Failure = ();
    const OPERATION: &'static Operation = &OPERATIONS[2];
}
