//! The capabilities of `specs/` without the documents of their upstreams, as somebody has them who has no document.
//! Those of `generated/` are joined.

capsmith::include_capability!("capabilities/platform-backups.yaml");
capsmith::include_capability!("capabilities/postgres-management-database-backups.yaml");
capsmith::include_capability!("capabilities/qovery-backups.yaml");
