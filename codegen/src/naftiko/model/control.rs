//! The surface by which a program is watched and controlled (section 6.4).

use super::{Adapter, Spanned, Text, Unread};
use crate::ir::Propagation;

/// What a control surface has.
#[derive(Debug)]
pub(crate) struct Control<'a> {
    /// Its namespace is a word of ours.
    pub(crate) adapter: Adapter<'a>,
    pub(crate) management: Management<'a>,
    pub(crate) observability: Observability<'a>,
}

/// `management`
#[derive(Debug, Default)]
pub(crate) struct Management<'a> {
    pub(crate) health: Option<Spanned<bool>>,
    pub(crate) info: Option<Spanned<bool>>,
    pub(crate) reload: Option<Spanned<bool>>,
    pub(crate) validate: Option<Spanned<bool>>,
    /// `logs`, unless it is `false`.
    pub(crate) logs: Option<Logs<'a>>,
    /// `scripting`, where it is not switched off.
    pub(crate) scripting: Unread,
}

/// `logs`
#[derive(Debug, Default)]
pub(crate) struct Logs<'a> {
    /// `level-control`
    pub(crate) level_control: Option<Spanned<bool>>,
    pub(crate) stream: Option<Spanned<bool>>,
    /// `max-subscribers`
    pub(crate) max_subscribers: Option<Text<'a>>,
}

/// `observability`
#[derive(Debug, Default)]
pub(crate) struct Observability<'a> {
    pub(crate) enabled: Option<Spanned<bool>>,
    /// `metrics.local.enabled`
    pub(crate) metrics: Option<Spanned<bool>>,
    pub(crate) traces: Option<Traces<'a>>,
    /// `exporters.otlp.endpoint`
    pub(crate) endpoint: Option<Text<'a>>,
}

/// `traces`
#[derive(Debug)]
pub(crate) struct Traces<'a> {
    pub(crate) sampling: Option<Text<'a>>,
    pub(crate) propagation: Option<Spanned<Propagation>>,
    /// `local.enabled`
    pub(crate) local: Option<Spanned<bool>>,
    /// `local.buffer-size`
    pub(crate) buffer_size: Option<Text<'a>>,
}
