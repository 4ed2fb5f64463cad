//! Types as the compiler emits them, for the tests.

mod unions;

use std::net::IpAddr;

pub(super) use unions::{Figure, Filter, Not};

use crate::types::shape::{Additional, StringEnum, Struct, Tuple};
use crate::types::{
    Base64, Foreign, Map, Model, Shape, Typed, Value, implement, implement_equality, implement_string_enums, opaque,
    opaque_mut, present, told_apart, told_apart_mut,
};

/// Every kind of field.
pub(super) struct Repository {
    pub(super) id: i64,
    pub(super) full_name: String,
    pub(super) private: bool,
    pub(super) r#type: Option<String>,
    pub(super) homepage: Option<Option<String>>,
    pub(super) license: Option<String>,
    pub(super) score: f64,
    pub(super) forks: Option<i32>,
    pub(super) topics: Vec<String>,
    pub(super) owner: Owner,
    pub(super) members: Vec<Owner>,
    pub(super) labels: Map<i64>,
    pub(super) status: Status,
    pub(super) parent: Option<Box<Repository>>,
    pub(super) extra: Value,
    pub(super) key: Option<Base64>,
    pub(super) seat: Option<Seat>,
}

#[rustfmt::skip]
impl Model for Repository {
    fn shape(&self) -> &'static Shape {
        &Shape::Struct(Struct {
            name: "Repository",
            fields: &[
                "id", "full_name", "private", "type", "homepage", "license", "score", "forks", "topics", "owner", "members", "labels", "status",
                "parent", "extra", "key", "seat",
            ],
            required: &[0b1_0010_0010_0111],
            ..Struct::EMPTY
        })
    }

    fn blank() -> Self {
        Self {
            id: 0, full_name: String::new(), private: false, r#type: None, homepage: None, license: None, score: 1.5, forks: None,
            topics: Vec::new(), owner: Model::blank(), members: Vec::new(), labels: Map::new(), status: Model::blank(), parent: None,
            extra: Value::Null, key: None, seat: None,
        }
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        match index {
            0 => &mut self.id, 1 => &mut self.full_name, 2 => &mut self.private, 3 => &mut self.r#type, 4 => &mut self.homepage,
            5 => &mut self.license, 6 => &mut self.score, 7 => &mut self.forks, 8 => &mut self.topics, 9 => &mut self.owner,
            10 => &mut self.members, 11 => &mut self.labels, 12 => &mut self.status, 13 => &mut self.parent, 14 => &mut self.extra,
            15 => &mut self.key, _ => &mut self.seat,
        }
    }

    fn field(&self, index: usize) -> &dyn Typed {
        match index {
            0 => &self.id, 1 => &self.full_name, 2 => &self.private, 3 => &self.r#type, 4 => &self.homepage, 5 => &self.license,
            6 => &self.score, 7 => &self.forks, 8 => &self.topics, 9 => &self.owner, 10 => &self.members, 11 => &self.labels,
            12 => &self.status, 13 => &self.parent, 14 => &self.extra, 15 => &self.key, _ => &self.seat,
        }
    }
}

/// Read-only and write-only fields, a required nullable one, and typed additional properties.
pub(super) struct Owner {
    pub(super) login: String,
    pub(super) id: Option<u64>,
    pub(super) password: Option<String>,
    pub(super) email: Option<String>,
    pub(super) additional: Map<Value>,
}

impl Model for Owner {
    fn shape(&self) -> &'static Shape {
        &Shape::Struct(Struct {
            name: "Owner",
            fields: &["login", "id", "password", "email"],
            table: &[3, 2, 65535, 65535, 65535, 65535, 0, 1],
            required: &[0b1001],
            read_only: &[0b0010],
            write_only: &[0b0100],
            additional: Additional::Keep,
            ..Struct::EMPTY
        })
    }

    fn blank() -> Self {
        Self { login: String::new(), id: None, password: None, email: None, additional: Map::new() }
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        match index {
            0 => &mut self.login,
            1 => &mut self.id,
            2 => &mut self.password,
            3 => &mut self.email,
            _ => &mut self.additional,
        }
    }

    fn field(&self, index: usize) -> &dyn Typed {
        match index {
            0 => &self.login,
            1 => &self.id,
            2 => &self.password,
            3 => &self.email,
            _ => &self.additional,
        }
    }
}

/// An open string enum.
pub(super) enum Status {
    Active,
    Archived,
    Other(String),
}

impl Model for Status {
    fn shape(&self) -> &'static Shape {
        &Shape::StringEnum(StringEnum { name: "Status", values: &["active", "archived"], open: true })
    }

    fn blank() -> Self {
        Self::Active
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        *self = match index {
            0 => Self::Active,
            1 => Self::Archived,
            _ => Self::Other(String::new()),
        };
        match self {
            Self::Other(text) => text,
            _ => opaque_mut(),
        }
    }

    fn field(&self, _: usize) -> &dyn Typed {
        match self {
            Self::Other(text) => text,
            _ => opaque(),
        }
    }

    fn selected(&self) -> usize {
        match self {
            Self::Active => 0,
            Self::Archived => 1,
            Self::Other(_) => 2,
        }
    }
}

/// `const: circle`.
pub(super) enum CircleKind {
    Circle,
}

impl Model for CircleKind {
    fn shape(&self) -> &'static Shape {
        &Shape::StringEnum(StringEnum { name: "CircleKind", values: &["circle"], open: false })
    }

    fn blank() -> Self {
        Self::Circle
    }

    fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
        opaque_mut()
    }

    fn field(&self, _: usize) -> &dyn Typed {
        opaque()
    }
}

pub(super) struct Circle {
    pub(super) kind: CircleKind,
    pub(super) radius: f64,
}

impl Model for Circle {
    fn shape(&self) -> &'static Shape {
        &Shape::Struct(Struct { name: "Circle", fields: &["kind", "radius"], required: &[0b11], ..Struct::EMPTY })
    }

    fn blank() -> Self {
        Self { kind: Model::blank(), radius: 0.0 }
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        match index {
            0 => &mut self.kind,
            _ => &mut self.radius,
        }
    }

    fn field(&self, index: usize) -> &dyn Typed {
        match index {
            0 => &self.kind,
            _ => &self.radius,
        }
    }
}

/// A struct whose discriminator is not one of its fields.
pub(super) struct Square {
    pub(super) side: f64,
}

impl Model for Square {
    fn shape(&self) -> &'static Shape {
        &Shape::Struct(Struct { name: "Square", fields: &["side"], required: &[0b1], ..Struct::EMPTY })
    }

    fn blank() -> Self {
        Self { side: 0.0 }
    }

    fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
        &mut self.side
    }

    fn field(&self, _: usize) -> &dyn Typed {
        &self.side
    }
}

/// A tuple with a place that may be missing and a rest.
pub(super) struct Seat(pub(super) i32, pub(super) Option<String>, pub(super) Vec<bool>);

impl Model for Seat {
    fn shape(&self) -> &'static Shape {
        &Shape::Tuple(Tuple { name: "Seat", len: 2, required: 1, rest: true, rules: &[] })
    }

    fn blank() -> Self {
        Self(0, None, Vec::new())
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        match index {
            0 => &mut self.0,
            1 => &mut self.1,
            _ => &mut self.2,
        }
    }

    fn field(&self, index: usize) -> &dyn Typed {
        match index {
            0 => &self.0,
            1 => &self.1,
            _ => &self.2,
        }
    }
}

/// Fields of a type of the user's.
pub(super) struct Host {
    pub(super) name: String,
    pub(super) address: IpAddr,
    pub(super) others: Option<Vec<IpAddr>>,
    pub(super) gateway: Option<Option<IpAddr>>,
}

impl Model for Host {
    fn shape(&self) -> &'static Shape {
        &Shape::Struct(Struct {
            name: "Host",
            fields: &["name", "address", "others", "gateway"],
            required: &[0b11],
            ..Struct::EMPTY
        })
    }

    fn blank() -> Self {
        Self { name: String::new(), address: IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED), others: None, gateway: None }
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        match index {
            0 => &mut self.name,
            _ => opaque_mut(),
        }
    }

    fn field(&self, index: usize) -> &dyn Typed {
        match index {
            0 => &self.name,
            _ => opaque(),
        }
    }

    fn foreign_mut(&mut self, index: usize) -> Option<&mut dyn Foreign> {
        match index {
            1 => Some(&mut self.address),
            2 => Some(&mut self.others),
            3 => told_apart_mut(&mut self.gateway),
            _ => None,
        }
    }

    fn foreign(&self, index: usize) -> Option<&dyn Foreign> {
        match index {
            1 => Some(&self.address),
            2 => present(&self.others),
            3 => told_apart(&self.gateway),
            _ => None,
        }
    }
}

implement! { Repository Owner Status CircleKind Circle Square Seat Host }
implement_string_enums! { Status CircleKind }
implement_equality! { Repository Owner Circle Square Seat Host }
