//! Surfaces whose port the file leaves open.

use capsmith::{ConfigProblem, Error, ListenAddress};
use capsmith_tests::http1::get;
use capsmith_tests::recorder::{Answer, Recorder};

use super::service::quay::{Client, Config, bind};
use super::service::{Quay, config};

#[tokio::test]
async fn an_address_that_nothing_gives_is_demanded_by_name_before_anything_is_served() {
    let config = Config { quay_rest_addr: Config::default().quay_rest_addr, ..config("not a URL") };
    assert!(!config.quay_rest_addr.is_set());
    let client = Client::new(&self::config("http://yard.invalid")).expect("a client");
    let error = bind(config, client).await.expect_err("no address");
    let Error::Config(error) = error else { panic!("{error}") };
    let [ConfigProblem::InvalidBaseUrl { .. }, ConfigProblem::MissingListenAddress { variable: "QUAY_REST_ADDR" }] =
        error.problems()
    else {
        panic!("{error}")
    };
    assert!(error.to_string().contains("set `QUAY_REST_ADDR` to `host:port`"), "{error}");
}

#[tokio::test]
async fn a_client_needs_no_address() {
    let yard = Recorder::with([Answer::json("[]")]).await;
    let config = Config { yard_base_url: format!("{}/api", yard.url()).as_str().into(), ..Config::default() };
    let client = Client::new(&config).expect("a client");
    client.list_crates().send().await.expect("an answer");
    assert_eq!(yard.only().target, "/api/crates");
}

#[tokio::test]
async fn a_given_address_is_listened_on() {
    let yard = Recorder::with([Answer::json("[]")]).await;
    let quay = Quay::open(&format!("{}/api", yard.url())).await;
    assert!(quay.rest.port() != 0 && ListenAddress::from(quay.rest).is_set());
    // The route has no `call` and is the operation of its name.
    let answer = get(quay.rest, "/crates?limit=3").await;
    assert_eq!((answer.status.as_u16(), answer.text()), (200, "[]"), "{answer:?}");
    assert_eq!(yard.only().target, "/api/crates?limit=3");
}
