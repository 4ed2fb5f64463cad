// @generated from specs/; do not edit.
// To make it again: cargo xtask regen

include!("surface/conformance.rs");
include!("surface/harbour.rs");
include!("surface/planetscale_platform.rs");
include!("surface/platform_backups.rs");
include!("surface/postgres_management_database_backups.rs");
include!("surface/prisma_postgres_management.rs");
include!("surface/qovery_backups.rs");
include!("surface/qovery_databases.rs");
include!("surface/register.rs");
