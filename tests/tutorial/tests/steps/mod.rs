//! What the steps of the tutorial promise, in either form.

#[cfg(step = "3")]
use capsmith_tutorial::{Fleet, Shipyard};
#[cfg(step = "3")]
use serde_json::{Value, json};

#[cfg(step = "9")]
mod aggregates;
#[cfg(step = "3")]
mod auth;
#[cfg(step = "7")]
mod lookup;
#[cfg(step = "11")]
mod manifest;
#[cfg(step = "1")]
mod mock;
#[cfg(step = "10")]
mod rest;
#[cfg(step = "4")]
mod shaping;
#[cfg(step = "8")]
mod skills;
#[cfg(step = "5")]
mod sources;
#[cfg(step = "2")]
mod wiring;
#[cfg(step = "6")]
mod writing;

/// The token of the callers, as the tutorial's file of secrets has it.
#[cfg(step = "3")]
const TOKEN: &str = "sk-mcp-YYYYYYYYYYYY";

/// Where the files of secrets are looked for: in the folder of the form.
fn enter() {
    std::env::set_current_dir(std::path::Path::new(capsmith_tutorial::TUTORIAL).join(crate::FOLDER))
        .expect("the folder of the form");
}

/// Starts a step in front of the fleet: the upstreams that it has, and its surfaces on free ports. `also` names a further
/// surface, whose address comes with the tools'.
macro_rules! start {
    ($step:ident, $fleet:expr, $token:expr, [$($url:ident: $upstream:ident),*], [$($address:ident),*]) => {
        $crate::steps::start!(@ $step, $token, [$($url: $fleet.$upstream),*], [$($address),*], server, {}).0
    };
    ($step:ident, $fleet:expr, $token:expr, [$($url:ident: $upstream:ident),*], [$($address:ident),*], also: $also:literal) => {
        $crate::steps::start!(@ $step, $token, [$($url: $fleet.$upstream),*], [$($address),*], server, {
            server.local_addr($also).expect("a further surface")
        })
    };
    (@ $step:ident, $token:expr, [$($url:ident: $upstream:expr),*], [$($address:ident),*], $server:ident, $also:expr) => {{
        $crate::steps::enter();
        let mut config = $crate::form::$step::Config::from_env().expect("all values are in the file");
        $(config.$url = $upstream.base_url().as_str().into();)*
        $(config.$address = capsmith::ListenAddress::new("127.0.0.1", 0);)*
        let client = $crate::form::$step::Client::new(&config).expect("a client");
        let $server = $crate::form::$step::bind(config, client).await.expect("free ports");
        let tools = $server.local_addr("shipyard-tools").expect("a surface of tools");
        let also = $also;
        tokio::spawn($server.run());
        (capsmith_tutorial::Shipyard { tools, token: $token }, also)
    }};
}
pub(crate) use start;

/// A ship of the registry in the names of the tools.
#[cfg(step = "3")]
fn ship(told: &Value) -> Value {
    json!({
        "imo": told["imo_number"],
        "name": told["vessel_name"],
        "type": told["vessel_type"],
        "flag": told["flag_code"],
        "status": told["operational_status"],
    })
}

/// A ship with its measures.
#[cfg(step = "4")]
fn ship_with_specs(told: &Value) -> Value {
    let mut ship = ship(told);
    ship["specs"] = json!({
        "yearBuilt": told["year_built"],
        "tonnage": told["gross_tonnage"],
        "length": told["dimensions"]["length_overall"],
    });
    ship
}

#[cfg(step = "3")]
fn list(told: &Value, of: impl Fn(&Value) -> Value) -> Value {
    told.as_array().expect("a list").iter().map(of).collect()
}

/// The tools that list ships and show one: what they answer, and what they ask the registry.
#[cfg(step = "3")]
async fn shows_ships(fleet: &Fleet, shipyard: &Shipyard, of: impl Fn(&Value) -> Value) {
    let all = capsmith_tutorial::told(&fleet.registry, "/ships").await;
    let imo = all[0]["imo_number"].as_str().expect("a number").to_owned();
    let one = capsmith_tutorial::told(&fleet.registry, &format!("/ships/{imo}")).await;
    fleet.registry.take_requests();
    assert_eq!(shipyard.call("list-ships", json!({})).await, list(&all, ship));
    assert_eq!(shipyard.call("get-ship", json!({ "imo": imo })).await, of(&one));
    shipyard.call("list-ships", json!({ "status": "active" })).await;
    let targets: Vec<String> = fleet.registry.requests().into_iter().map(|request| request.target).collect();
    assert_eq!(
        targets,
        ["/base/ships".to_owned(), format!("/base/ships/{imo}"), "/base/ships?status=active".to_owned()]
    );
    let required = &shipyard.tool("get-ship").await["inputSchema"]["required"];
    assert_eq!(*required, json!(["imo"]));
    assert!(!shipyard.tool("list-ships").await["inputSchema"]["required"].to_string().contains("status"));
}
