//! Inputs of the operations.

use super::tables::OPERATIONS;
use crate::__private::Arguments;
use crate::description::Operation;
use crate::{ArgumentError, Json, OperationInputs, Value};

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) struct Listitems {
    pub(crate) shop: String,
    pub(crate) page_limit: Option<i64>,
    pub(crate) tag: Option<Vec<Value>>,
    pub(crate) x_trace: Option<String>,
    pub(crate) session: Option<String>,
}

impl Listitems {
    pub(crate) fn new(shop: impl Into<String>) -> Self {
        Self { shop: shop.into(), page_limit: None, tag: None, x_trace: None, session: None }
    }
}

impl OperationInputs for Listitems {
    type Answer = Value;
    const OPERATION: &'static Operation = &OPERATIONS[0];

    fn read(arguments: &mut Arguments) -> Result<Self, ArgumentError> {
        Ok(Self {
            shop: arguments.required(0)?,
            page_limit: arguments.optional(1)?,
            tag: arguments.optional(2)?,
            x_trace: arguments.optional(3)?,
            session: arguments.optional(4)?,
        })
    }

    fn write(self, arguments: &mut Arguments) {
        arguments.put(0, self.shop);
        arguments.put_optional(1, self.page_limit);
        arguments.put_optional(2, self.tag);
        arguments.put_optional(3, self.x_trace);
        arguments.put_optional(4, self.session);
    }
}

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) struct Createitem {
    pub(crate) shop: String,
    pub(crate) body: Option<Json>,
}

impl Createitem {
    pub(crate) fn new(shop: impl Into<String>) -> Self {
        Self { shop: shop.into(), body: None }
    }
}

impl OperationInputs for Createitem {
    type Answer = Value;
    const OPERATION: &'static Operation = &OPERATIONS[1];

    fn read(arguments: &mut Arguments) -> Result<Self, ArgumentError> {
        Ok(Self { shop: arguments.required(0)?, body: arguments.optional(1)? })
    }

    fn write(self, arguments: &mut Arguments) {
        arguments.put(0, self.shop);
        arguments.put_optional(1, self.body);
    }
}

macro_rules! item_operation {
    ($name:ident, $index:literal) => {
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub(crate) struct $name {
            pub(crate) shop: String,
            pub(crate) item: String,
        }

        impl $name {
            pub(crate) fn new(shop: impl Into<String>, item: impl Into<String>) -> Self {
                Self { shop: shop.into(), item: item.into() }
            }
        }

        impl OperationInputs for $name {
            type Answer = Value;
            const OPERATION: &'static Operation = &OPERATIONS[$index];

            fn read(arguments: &mut Arguments) -> Result<Self, ArgumentError> {
                Ok(Self { shop: arguments.required(0)?, item: arguments.required(1)? })
            }

            fn write(self, arguments: &mut Arguments) {
                arguments.put(0, self.shop);
                arguments.put(1, self.item);
            }
        }
    };
}

item_operation!(Getitem, 2);
item_operation!(Deleteitem, 3);

#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub(crate) struct Replaceitem {
    pub(crate) shop: String,
    pub(crate) item: String,
    pub(crate) body: Json,
}

impl OperationInputs for Replaceitem {
    type Answer = Value;
    const OPERATION: &'static Operation = &OPERATIONS[4];

    fn read(arguments: &mut Arguments) -> Result<Self, ArgumentError> {
        Ok(Self { shop: arguments.required(0)?, item: arguments.required(1)?, body: arguments.required(2)? })
    }

    fn write(self, arguments: &mut Arguments) {
        arguments.put(0, self.shop);
        arguments.put(1, self.item);
        arguments.put(2, self.body);
    }
}
