//! Step 9: what several surfaces do stands in one place.

use capsmith_tutorial::Fleet;

use super::lookup::shows_a_crew;
use super::{TOKEN, start};

#[tokio::test]
async fn a_tool_does_what_it_refers_to() {
    let fleet = Fleet::start().await;
    let (shipyard, _) = start!(
        step_9, fleet, Some(TOKEN), [registry_base_url: registry, legacy_base_url: legacy],
        [shipyard_tools_addr, shipyard_skills_addr], also: "shipyard-skills"
    );
    shows_a_crew(&fleet, &shipyard).await;
    let tool = shipyard.tool("get-ship-with-crew").await;
    assert_eq!(tool["inputSchema"]["required"][0], "imo");
    assert_eq!(tool["annotations"]["readOnlyHint"], true);
    assert_eq!(tool["annotations"]["destructiveHint"], false);
    assert_eq!(tool["annotations"]["idempotentHint"], true);
}
