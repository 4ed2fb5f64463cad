use super::{Circle, Square};
use crate::types::shape::{Additional, Struct, Union, Variant};
use crate::types::{Model, Shape, Typed, Value, implement, implement_equality};

/// A union with a discriminator, a mapping and an alternative for what is new.
pub(in crate::types::tests) enum Figure {
    Circle(Circle),
    Square(Box<Square>),
    Other(Value),
}

impl Model for Figure {
    fn shape(&self) -> &'static Shape {
        &Shape::Union(Union {
            name: "Figure",
            discriminator: "kind",
            variants: &[
                Variant { name: "Circle", tags: &["circle"] },
                Variant { name: "Square", tags: &["square", "quadrat"] },
                Variant { name: "Other", tags: &[] },
            ],
            open: true,
            rules: &[],
        })
    }

    fn blank() -> Self {
        Self::Circle(Model::blank())
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        *self = match index {
            0 => Self::Circle(Model::blank()),
            1 => Self::Square(Model::blank()),
            _ => Self::Other(Value::Null),
        };
        match self {
            Self::Circle(content) => content,
            Self::Square(content) => content,
            Self::Other(content) => content,
        }
    }

    fn field(&self, _: usize) -> &dyn Typed {
        match self {
            Self::Circle(content) => content,
            Self::Square(content) => content,
            Self::Other(content) => content,
        }
    }

    fn selected(&self) -> usize {
        match self {
            Self::Circle(_) => 0,
            Self::Square(_) => 1,
            Self::Other(_) => 2,
        }
    }
}

/// A union without a discriminator that contains itself.
pub(in crate::types::tests) enum Filter {
    Id(i64),
    Text(String),
    Circle(Circle),
    Square(Square),
    All(Vec<Filter>),
    Not(Box<Not>),
}

impl Model for Filter {
    fn shape(&self) -> &'static Shape {
        const fn variant(name: &'static str) -> Variant {
            Variant { name, tags: &[] }
        }
        const SHAPE: &Shape = &Shape::Union(Union {
            name: "Filter",
            discriminator: "",
            variants: &[
                variant("Id"),
                variant("Text"),
                variant("Circle"),
                variant("Square"),
                variant("All"),
                variant("Not"),
            ],
            open: false,
            rules: &[],
        });
        SHAPE
    }

    fn blank() -> Self {
        Self::Id(0)
    }

    fn field_mut(&mut self, index: usize) -> &mut dyn Typed {
        *self = match index {
            0 => Self::Id(0),
            1 => Self::Text(String::new()),
            2 => Self::Circle(Model::blank()),
            3 => Self::Square(Model::blank()),
            4 => Self::All(Vec::new()),
            _ => Self::Not(Model::blank()),
        };
        match self {
            Self::Id(content) => content,
            Self::Text(content) => content,
            Self::Circle(content) => content,
            Self::Square(content) => content,
            Self::All(content) => content,
            Self::Not(content) => content,
        }
    }

    fn field(&self, _: usize) -> &dyn Typed {
        match self {
            Self::Id(content) => content,
            Self::Text(content) => content,
            Self::Circle(content) => content,
            Self::Square(content) => content,
            Self::All(content) => content,
            Self::Not(content) => content,
        }
    }

    fn selected(&self) -> usize {
        match self {
            Self::Id(_) => 0,
            Self::Text(_) => 1,
            Self::Circle(_) => 2,
            Self::Square(_) => 3,
            Self::All(_) => 4,
            Self::Not(_) => 5,
        }
    }
}

pub(in crate::types::tests) struct Not {
    pub(in crate::types::tests) not: Filter,
}

impl Model for Not {
    fn shape(&self) -> &'static Shape {
        &Shape::Struct(Struct {
            name: "Not",
            fields: &["not"],
            required: &[0b1],
            additional: Additional::Deny,
            ..Struct::EMPTY
        })
    }

    fn blank() -> Self {
        Self { not: Model::blank() }
    }

    fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
        &mut self.not
    }

    fn field(&self, _: usize) -> &dyn Typed {
        &self.not
    }
}

implement! { Figure Filter Not }
implement_equality! { Figure Filter Not }
