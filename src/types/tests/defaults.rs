//! Defaults that requests need not send, in types as the macros make them.

use crate::types::{implement, implement_equality, implement_string_enum, implement_string_enums, implement_struct};

/// A body of requests.
pub(super) struct Change {
    private: Option<bool>,
    state: State,
    title: Option<String>,
}

implement_struct! {
    Change { fields: &["private", "state", "title"], required: &[0b10], }
    { 0 private 1 state _ title }
    blank { state }
    none { title }
    { private: Some(false), }
}

pub(super) enum State {
    Open,
    Closed,
    Unlisted(String),
}

implement_string_enum! { State = Self::Closed; { 0 Open "open" 1 Closed "closed" } 2 Unlisted }

implement! { Change State }
implement_equality! { Change }
implement_string_enums! { State }

#[test]
fn a_default_is_read_and_not_sent_unless_set() {
    let change: Change = serde_json::from_str(r#"{"state":"open"}"#).unwrap();
    assert_eq!((change.private, change.state.as_str(), &change.title), (Some(false), "open", &None));
    let change = Change { private: None, ..change };
    assert_eq!(serde_json::to_string(&change).unwrap(), r#"{"state":"open"}"#);
    let change = Change { private: Some(false), state: "new".parse().unwrap(), ..change };
    assert_eq!(serde_json::to_string(&change).unwrap(), r#"{"private":false,"state":"new"}"#);
}

#[test]
fn what_is_not_set_stays_so_in_a_clone() {
    for private in [None, Some(true)] {
        let change = Change { private, state: State::Closed, title: Some("t".to_owned()) };
        assert_eq!(change.clone(), change);
    }
}
