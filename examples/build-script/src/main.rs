//! A server whose capability is compiled by the build script.
//!
//! It needs `QOVERY_API_KEY`: `QOVERY_API_KEY=… cargo run -p build-script`.

include!(concat!(env!("OUT_DIR"), "/qovery_backups.rs"));

#[tokio::main]
async fn main() -> capsmith::Result<()> {
    qovery_backups::serve(qovery_backups::Config::from_env()?).await
}
