//! The surface by which a program is watched and controlled (section 6.4).

use super::{Adapter, Spanned, Unread};

/// What a control surface has.
#[derive(Debug)]
pub(crate) struct Control<'a> {
    /// Its namespace is a word of ours.
    pub(crate) adapter: Adapter<'a>,
    pub(crate) management: Management,
    pub(crate) observability: Observability,
}

/// `management`
#[derive(Debug, Default)]
pub(crate) struct Management {
    pub(crate) health: Option<Spanned<bool>>,
    pub(crate) info: Option<Spanned<bool>>,
    pub(crate) reload: Option<Spanned<bool>>,
    pub(crate) validate: Option<Spanned<bool>>,
    /// `logs`, where they are asked for.
    pub(crate) logs: Unread,
    /// `scripting`, where it is not switched off.
    pub(crate) scripting: Unread,
}

/// `observability`
#[derive(Debug, Default)]
pub(crate) struct Observability {
    pub(crate) enabled: Option<Spanned<bool>>,
    /// `metrics.local.enabled`
    pub(crate) metrics: Option<Spanned<bool>>,
    /// `traces`, where they are asked for.
    pub(crate) traces: Unread,
    pub(crate) exporters: Unread,
}
