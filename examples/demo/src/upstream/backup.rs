//! A backup, and what a request may say about a new one.

use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan, Unit};
use serde::Deserialize;
use serde_json::{Value, json};

/// The body of a request for a backup. Every field may be absent, and so may the body.
#[derive(Default, Deserialize)]
pub(super) struct NewBackup {
    name: Option<String>,
    retention_unit: Option<RetentionUnit>,
    retention_value: Option<i64>,
    #[serde(default)]
    emergency: bool,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RetentionUnit {
    Hour,
    Day,
    Week,
    Month,
    Year,
}

impl RetentionUnit {
    fn span(self, count: i64) -> Span {
        match self {
            Self::Hour => count.hours(),
            Self::Day => count.days(),
            Self::Week => count.weeks(),
            Self::Month => count.months(),
            Self::Year => count.years(),
        }
    }
}

impl NewBackup {
    /// Reads a request's body, or says what is wrong with it.
    pub(super) fn from_body(body: &[u8]) -> Result<Self, String> {
        if body.is_empty() {
            return Ok(Self::default());
        }
        let wanted: Self = serde_json::from_slice(body).map_err(|error| error.to_string())?;
        if wanted.emergency {
            return Err("emergency backups need a PostgreSQL database, and this is a MySQL one".to_owned());
        }
        if wanted.retention_value.is_some_and(|value| !(1..=1000).contains(&value)) {
            return Err("retention_value must be between 1 and 1000".to_owned());
        }
        Ok(wanted)
    }

    fn retention(&self) -> Span {
        self.retention_unit.unwrap_or(RetentionUnit::Day).span(self.retention_value.unwrap_or(2))
    }
}

/// A backup of a branch.
pub(super) struct Backup {
    pub(super) id: String,
    name: String,
    created_at: Timestamp,
    expires_at: Timestamp,
    completed_at: Option<Timestamp>,
}

impl Backup {
    /// Starts the backup number `number`, counted over all branches.
    pub(super) fn make(number: u64, wanted: NewBackup) -> Self {
        let created_at = now();
        let expires_at = created_at.to_zoned(TimeZone::UTC).saturating_add(wanted.retention()).timestamp();
        Self {
            // An odd factor spreads the numbers over twelve digits without a collision, as identifiers of the real API look.
            id: format!("{:012x}", number.wrapping_mul(0x9e37_79b9_7f4a_7c15) & 0xffff_ffff_ffff),
            name: wanted.name.unwrap_or_else(|| created_at.strftime("%Y.%m.%d %H:%M:%S").to_string()),
            created_at,
            expires_at,
            completed_at: None,
        }
    }

    /// Ends a backup that is running.
    pub(super) fn finish(&mut self) {
        self.completed_at = Some(now());
    }

    /// The backup as the API shows it.
    pub(super) fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "state": if self.completed_at.is_some() { "success" } else { "pending" },
            "size": if self.completed_at.is_some() { 4_194_304 } else { 0 },
            "created_at": self.created_at,
            "updated_at": self.completed_at.unwrap_or(self.created_at),
            "started_at": self.created_at,
            "completed_at": self.completed_at,
            "expires_at": self.expires_at,
            "deleted_at": null,
            "protected": false,
            "required": false,
            "restored_branches": [],
            "actor": { "id": "demo", "display_name": "Demo" },
        })
    }
}

fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Millisecond).unwrap_or(now)
}
