//! The capabilities of `specs/` without the documents of their upstreams, as somebody has them who has no document.
//! Those of `generated/` are joined.

capsmith::include_capability!("platform-backups.yaml");
capsmith::include_capability!("postgres-management-database-backups.yaml");
capsmith::include_capability!("qovery-backups.yaml");
