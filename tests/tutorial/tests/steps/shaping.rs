//! Step 4: answers have parts of their own shape.

use capsmith_tutorial::Fleet;

use super::{TOKEN, ship_with_specs, shows_ships, start};

#[tokio::test]
async fn measures_stand_in_an_object_of_their_own() {
    let fleet = Fleet::start().await;
    let shipyard = start!(step_4, fleet, Some(TOKEN), [registry_base_url: registry], [shipyard_tools_addr]);
    shows_ships(&fleet, &shipyard, ship_with_specs).await;
}
