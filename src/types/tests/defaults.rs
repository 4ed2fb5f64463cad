//! Defaults that requests need not send.

use crate::types::shape::Struct;
use crate::types::{Model, Shape, Typed, implement, implement_equality};

/// A body of requests.
struct Change {
    private: Option<bool>,
}

impl Model for Change {
    fn shape(&self) -> &'static Shape {
        &Shape::Struct(Struct { name: "Change", fields: &["private"], ..Struct::EMPTY })
    }

    fn blank() -> Self {
        Self { private: Some(false) }
    }

    fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
        &mut self.private
    }

    fn field(&self, _: usize) -> &dyn Typed {
        &self.private
    }
}

implement! { Change }
implement_equality! { Change }

#[test]
fn a_default_is_read_and_not_sent_unless_set() {
    let read: Change = serde_json::from_str("{}").unwrap();
    assert_eq!(read.private, Some(false));
    assert_eq!(serde_json::to_string(&Change { private: None }).unwrap(), "{}");
    assert_eq!(serde_json::to_string(&Change { private: Some(false) }).unwrap(), r#"{"private":false}"#);
}

#[test]
fn what_is_not_set_stays_so_in_a_clone() {
    for change in [Change { private: None }, Change { private: Some(true) }] {
        assert_eq!(change.clone(), change);
    }
}
