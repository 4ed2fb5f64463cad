//! Values on the wire: absent, null and there; defaults, large numbers, unknown values and properties.

use capsmith::openapi::CallError;
use capsmith::types::validate;
use capsmith::{ClientError, Settings};
use capsmith_tests::recorder::{Answer, Recorder};
use serde_json::json;

use crate::api::nullable::types::Person;
use crate::api::values::types::{Account, Bag, Names, Rules, State};
use crate::api::values::{Client, Config};
use crate::{client, list};

/// The text that is sent for a value.
macro_rules! sent {
    ($module:ident, $operation:ident, $value:expr) => {{
        let recorder = Recorder::with([Answer::status(200)]).await;
        client!($module, recorder).$operation($value).send().await.expect("an answer");
        recorder.only().text().to_owned()
    }};
}

/// What is received, and what is sent when it is sent back.
macro_rules! there_and_back {
    ($module:ident, $operation:ident, $blank:expr, $text:expr) => {{
        let recorder = Recorder::new(move |_| Answer::json($text)).await;
        let client = client!($module, recorder);
        let received = client.$operation($blank).await.expect("an answer");
        client.$operation(received.clone()).await.expect("an answer");
        (received, recorder.requests()[1].text().to_owned())
    }};
}

fn account() -> Account {
    Account { name: "Ann".to_owned(), ..Account::default() }
}

#[tokio::test]
async fn absent_null_and_there_are_three_things() {
    for (account, expected) in [
        (account(), json!({"name": "Ann", "nickname": null})),
        (Account { nickname: Some(String::new()), ..account() }, json!({"name": "Ann", "nickname": ""})),
        (Account { address: Some(None), ..account() }, json!({"name": "Ann", "nickname": null, "address": null})),
        (
            Account { phone: Some("1".to_owned()), address: Some(Some("Here".to_owned())), ..account() },
            json!({"name": "Ann", "nickname": null, "phone": "1", "address": "Here"}),
        ),
    ] {
        let sent: serde_json::Value = serde_json::from_str(&sent!(values, put_account, account)).expect("JSON");
        assert_eq!(sent, expected);
    }
}

#[tokio::test]
async fn absent_null_and_there_are_told_apart_when_read() {
    let text = r#"{"id": "1", "name": "Ann", "nickname": null}"#;
    let (received, _) = there_and_back!(values, put_account, account(), text);
    assert_eq!((received.nickname, received.phone, received.address), (None, None, None));
    let text = r#"{"id": "1", "name": "Ann", "nickname": "", "phone": "", "address": null}"#;
    let (received, _) = there_and_back!(values, put_account, account(), text);
    assert_eq!(received.nickname, Some(String::new()));
    assert_eq!((received.phone, received.address), (Some(String::new()), Some(None)));
}

#[tokio::test]
async fn a_missing_property_that_is_required_is_an_error() {
    let recorder = Recorder::new(|_| Answer::json(r#"{"id": "1", "nickname": null}"#)).await;
    let error = client!(values, recorder).put_account(account()).await.expect_err("no name");
    let source = std::error::Error::source(&error).expect("a source").to_string();
    assert!(source.contains("`name`"), "{source}");
}

#[tokio::test]
async fn read_only_properties_are_not_sent_and_write_only_ones_are() {
    let account = Account { id: Some("7".to_owned()), password: Some("p".to_owned()), ..account() };
    let sent = sent!(values, put_account, account);
    assert!(!sent.contains("\"id\"") && sent.contains(r#""password":"p""#), "{sent}");
}

#[tokio::test]
async fn defaults_stand_for_what_is_absent() {
    let (received, sent) =
        there_and_back!(values, put_account, account(), r#"{"id": "1", "name": "", "nickname": null}"#);
    assert_eq!(received.retries, Some(3));
    assert!(sent.contains(r#""retries":3"#), "{sent}");
    let text = r#"{"id": "1", "name": "", "nickname": null, "retries": 0}"#;
    assert_eq!(there_and_back!(values, put_account, account(), text).0.retries, Some(0));
}

#[tokio::test]
async fn large_numbers_keep_their_digits() {
    let text =
        r#"{"id":"1","name":"","nickname":null,"quota":9007199254740993,"limit":18446744073709551615,"retries":3}"#;
    let (received, sent) = there_and_back!(values, put_account, account(), text);
    assert_eq!((received.quota, received.limit), (Some(9_007_199_254_740_993), Some(u64::MAX)));
    assert_eq!(sent, text.replace(r#""id":"1","#, ""));
}

#[tokio::test]
async fn unknown_values_of_an_enum_are_kept() {
    for (wire, expected) in [
        ("active", State::Active),
        ("on hold", State::OnHold),
        ("+1", State::Plus1),
        ("-1", State::Minus1),
        ("invented later", State::Unlisted("invented later".to_owned())),
        ("", State::Unlisted(String::new())),
    ] {
        let text = json!({"id": "1", "name": "", "nickname": null, "state": wire}).to_string();
        let recorder = Recorder::new(move |_| Answer::json(text.clone())).await;
        let client = client!(values, recorder);
        let received = client.put_account(account()).await.expect("an answer");
        assert_eq!(received.state, Some(expected));
        client.put_account(received).await.expect("an answer");
        assert_eq!(recorder.requests()[1].json()["state"], wire);
    }
}

#[tokio::test]
async fn further_properties_are_kept() {
    let text = r#"{"name":"b","z":[1,{"a":null}],"a":9007199254740993}"#;
    let (received, sent) = there_and_back!(values, put_bag, Bag::default(), text);
    assert_eq!(received.additional_properties.get("z"), Some(&json!([1, {"a": null}])));
    assert_eq!(sent, text);
}

#[tokio::test]
async fn names_are_sent_as_the_document_has_them() {
    let text = r#"{"type":"1","":"2","$":"3","größe":"4","fooBar":"5","foo_bar":"6","@id":"7"}"#;
    let (received, sent) = there_and_back!(values, put_names, Names::default(), text);
    assert_eq!(received.r#type.as_deref(), Some("1"));
    assert_eq!(sent, text);
}

#[tokio::test]
async fn nullable_of_3_0_is_null_and_not_an_empty_text() {
    let person = || Person { name: "Ann".to_owned(), ..Person::default() };
    assert_eq!(sent!(nullable, put_person, person()), r#"{"name":"Ann","title":null}"#);
    assert_eq!(
        sent!(nullable, put_person, Person { title: Some(String::new()), nick: Some(None), ..person() }),
        r#"{"name":"Ann","title":"","nick":null}"#
    );
    let text = r#"{"name":"","title":null,"nick":null,"mood":null,"friend":null,"marks":[1,null]}"#;
    let (received, sent) = there_and_back!(nullable, put_person, person(), text);
    assert_eq!(
        (received.title, received.nick, received.mood, received.marks),
        (None, Some(None), Some(None), Some(vec![Some(1), None]))
    );
    assert_eq!(sent, text);
}

#[tokio::test]
async fn null_is_a_value_of_types_of_the_user() {
    use crate::api::replaced::types::Person;
    let person = |address| Person { name: "Ann".to_owned(), address, ..Person::default() };
    assert_eq!(sent!(replaced, put_person, person(None)), r#"{"name":"Ann","title":null}"#);
    for (address, text) in [
        (Some(None), r#"{"name":"Ann","title":null,"address":null}"#),
        (Some(Some(std::net::Ipv4Addr::LOCALHOST)), r#"{"name":"Ann","title":null,"address":"127.0.0.1"}"#),
    ] {
        assert_eq!(sent!(replaced, put_person, person(address)), text);
        let (received, sent) = there_and_back!(replaced, put_person, person(None), text);
        assert_eq!((received.address, sent.as_str()), (address, text));
    }
}

#[test]
fn rules_are_those_of_the_document() {
    let text = |text: &str| Some(text.to_owned());
    let broken = |rules: Rules| validate(&rules, &[]).first().map(ToString::to_string);
    // No rule says that a name must have characters.
    assert_eq!(broken(Rules { name: text(""), ..Rules::default() }), None);
    // Look-around.
    assert_eq!(broken(Rules { slug: text("a-b"), ..Rules::default() }), None);
    for slug in ["-a", "a-", "A", ""] {
        assert!(broken(Rules { slug: text(slug), ..Rules::default() }).is_some(), "{slug:?}");
    }
    // Characters, not bytes.
    assert_eq!(broken(Rules { short: text("ää"), ..Rules::default() }), None);
    assert!(broken(Rules { short: text("abc"), ..Rules::default() }).is_some());
    assert_eq!(broken(Rules { age: Some(0), ..Rules::default() }), None);
    assert!(broken(Rules { age: Some(150), ..Rules::default() }).is_some());
    assert!(broken(Rules { tags: Some(list(["a", "a"])), ..Rules::default() }).is_some());
}

#[tokio::test]
async fn a_request_that_breaks_rules_is_not_sent_unless_a_setting_says_so() {
    let recorder = Recorder::silent().await;
    let rules = || Rules { slug: Some("-a".to_owned()), age: Some(-1), ..Rules::default() };
    let Err(CallError::Client(ClientError::Invalid(error))) = client!(values, recorder).put_rules(rules()).await else {
        panic!("a refusal")
    };
    // All of them at once, each with its place.
    let places: Vec<_> = error.violations().iter().map(|found| found.violation.pointer.as_str()).collect();
    assert_eq!(places, ["/slug", "/age"]);
    assert!(recorder.requests().is_empty());

    let mut settings = Settings::default();
    settings.validate_requests = false;
    let config = Config { base_url: recorder.url().into(), settings, ..Config::default() };
    Client::new(&config).expect("a client").put_rules(rules()).await.expect("an answer");
    assert_eq!(recorder.only().text(), r#"{"slug":"-a","age":-1}"#);
}

#[tokio::test]
async fn an_answer_that_breaks_rules_is_an_answer() {
    let recorder = Recorder::new(|_| Answer::json(r#"{"name":"","slug":"-"}"#)).await;
    let received = client!(values, recorder).get_rules().await.expect("an answer");
    assert_eq!(received.slug.as_deref(), Some("-"));
}
