//! Compiles the capability to `$OUT_DIR/qovery_backups.rs`.

use capsmith_codegen::{BuildError, Builder};

fn main() -> Result<(), BuildError> {
    Builder::new().capability("specs/qovery-backups.yaml").compile()
}
