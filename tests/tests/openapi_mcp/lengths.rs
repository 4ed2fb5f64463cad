//! What the compiler says about the length of lists, against true lists.

use std::path::{Path, PathBuf};

use capsmith::{Settings, ToolList};
use capsmith_codegen::Builder;
use capsmith_generated::{
    planetscale_platform, platform_backups, prisma_postgres_management, qovery_backups, qovery_databases,
};
use capsmith_tests::mcp;
use capsmith_tests::recorder::Answer;
use serde_json::Value;

use crate::{fleet, serve};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The number of bytes in the lint of a file, which is alone in a builder.
fn told(builder: Builder) -> usize {
    let outputs =
        builder.tool_list_budget(0).root(folder("..")).cargo_directives(false).generate().expect("it compiles");
    let lint = outputs[0].lints.iter().find(|lint| lint.contains("CAP1708")).expect("a lint");
    let rest = lint.split("has about ").nth(1).expect("a number of bytes");
    rest.split(' ').next().and_then(|number| number.parse().ok()).expect("a number")
}

fn assert_near(what: &str, told: usize, tools: Vec<Value>) {
    let length = Value::Array(tools).to_string().len();
    let difference = told.abs_diff(length);
    assert!(difference * 4 < length, "{what}: {told} for {length}");
}

fn listing(settings: &mut Settings) {
    settings.tool_list = ToolList::All;
}

#[tokio::test]
async fn those_of_documents_are_nearly_right() {
    let (_upstream, address) = fleet::start(|| Answer::status(204), listing).await;
    let fleet = folder("tests/openapi_mcp/fleet.yaml");
    assert_near("fleet", told(Builder::new().openapi(fleet)), mcp::tools(address).await);
    macro_rules! assert_generated {
        ($($module:ident from $file:literal),*) => {$(
            let mut config = $module::Config::default();
            listing(&mut config.settings);
            config.settings.allow_missing_secrets = true;
            let client = $module::Client::new(&config).expect("a client");
            let tools = mcp::tools(serve($module::mcp::router(client)).await).await;
            assert_near($file, told(Builder::new().openapi(folder("../specs").join($file))), tools);
        )*};
    }
    assert_generated!(
        planetscale_platform from "planetscale-platform.yaml",
        prisma_postgres_management from "prisma-postgres-management.yaml",
        qovery_databases from "qovery-databases.yaml"
    );
}

#[tokio::test]
async fn those_of_capabilities_are_nearly_right() {
    macro_rules! assert_generated {
        ($($module:ident from $file:literal with $document:literal),*) => {$(
            let mut config = $module::Config::default();
            listing(&mut config.settings);
            config.settings.allow_missing_secrets = true;
            let client = $module::Client::new(&config).expect("a client");
            let tools = mcp::tools(serve($module::mcp::router(client)).await).await;
            let specs = folder("../specs");
            let builder = Builder::new().capability(specs.join($file)).join(specs.join($document));
            assert_near($file, told(builder), tools);
        )*};
    }
    assert_generated!(
        platform_backups from "platform-backups.yaml" with "planetscale-platform.yaml",
        qovery_backups from "qovery-backups.yaml" with "qovery-databases.yaml"
    );
}
