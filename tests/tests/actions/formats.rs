//! Outputs of answers that are not JSON: `feeds.yaml`.

use std::net::SocketAddr;

use capsmith::ListenAddress;
use capsmith_tests::http1::{get, request, send};
use capsmith_tests::upstream::{Answer, Upstream};
use serde_json::{Value, json};

capsmith::include_capability!("capabilities/feeds.yaml");

use feeds::{Client, Config, bind};

async fn feeds() -> (Upstream, SocketAddr) {
    let upstream = Upstream::start().await;
    let config = Config {
        press_base_url: upstream.base_url().as_str().into(),
        feeds_rest_addr: ListenAddress::new("127.0.0.1", 0),
        ..Config::default()
    };
    let client = Client::new(&config).expect("a client");
    let server = bind(config, client).await.expect("a free port");
    let address = server.local_addr("feeds-rest").expect("a surface that listens");
    tokio::spawn(server.run());
    (upstream, address)
}

#[tokio::test]
async fn answers_in_every_format_are_mapped() {
    let (upstream, feeds) = feeds().await;
    let latin: &[u8] = b"<?xml version='1.0' encoding='iso-8859-1'?>\
        <arrivals><arrival><ship>Nord\xe5s</ship><crew>12</crew></arrival><arrival ship='Fram'/></arrivals>";
    let cases: [(&str, &'static str, &'static [u8], Value); 8] = [
        (
            "/arrivals",
            "application/xml",
            latin,
            json!([{ "ship": "Nordås", "crew": 12 }, { "ship": "Fram", "crew": null }]),
        ),
        ("/prices", "text/csv", b"berth,price\nA,7\nB,12\nC,9\n", json!(["A", "C"])),
        ("/tides", "text/tab-separated-values", b"hour\tmetres\n6\t1.25\n", json!(1.25)),
        ("/winds", "text/plain; charset=utf-16le", b"f\0r\0o\0m\0\n\0N\0W\0", json!("NW")),
        ("/crew", "application/yaml", b"crew: &c {cook: Aino}\nother: *c\n", json!({ "cook": "Aino" })),
        ("/berths", "text/html", b"<table><tr><th>Berth<tr><td>7", json!([{ "Berth": "7" }])),
        ("/notices", "text/markdown", b"# Notice 1\n\nFog.\n\n# News\n\nNone.\n\n# Notice 2\n", json!(["Fog.", ""])),
        ("/chart", "image/png", b"\x89PNG", json!("iVBORw==")),
    ];
    for (path, media_type, body, expected) in cases {
        upstream.answer(Answer::status(200).body(media_type, body));
        let answer = get(feeds, path).await;
        assert_eq!(answer.json(), expected, "{path}: {answer:?}");
        assert_eq!(answer.header("content-type"), "application/json");
    }
}

/// What a caller wants is about the answer that it gets, not about those that this is made of.
#[tokio::test]
async fn the_form_that_a_caller_wants_is_not_asked_of_the_upstream() {
    let (upstream, feeds) = feeds().await;
    for (path, is_made) in [("/prices", true), ("/price-list", true), ("/raw", false)] {
        upstream.answer(Answer::status(200).body("text/csv", "berth,price\n"));
        let mut asked = request("GET", path);
        for (name, value) in [("accept", "text/x-mine"), ("range", "bytes=0-4"), ("if-none-match", "\"1\"")] {
            asked.headers_mut().insert(name, value.parse().unwrap());
        }
        assert_eq!(send(feeds, asked).await.status, 200, "{path}");
        let headers = upstream.take_requests().remove(0).headers;
        assert_eq!(headers["accept"] == "text/x-mine", !is_made, "{path}: {headers:?}");
        for name in ["range", "if-none-match"] {
            assert_eq!(headers.contains_key(name), !is_made, "{path}: {headers:?}");
        }
    }
}

#[tokio::test]
async fn without_outputs_an_answer_comes_as_it_is() {
    let (upstream, feeds) = feeds().await;
    upstream.answer(Answer::status(200).body("application/xml", "<arrivals/>"));
    let answer = get(feeds, "/raw").await;
    assert_eq!((answer.header("content-type"), answer.text()), ("application/xml", "<arrivals/>"));
}

/// Not even a header: a table without rows, of a call and of a step.
#[tokio::test]
async fn a_table_without_rows_is_an_empty_list() {
    let (upstream, feeds) = feeds().await;
    for (path, expected) in [("/prices", json!([])), ("/price-list", json!({ "prices": [] }))] {
        upstream.answer(Answer::status(200).body("text/csv", ""));
        let answer = get(feeds, path).await;
        assert_eq!((answer.status.as_u16(), answer.json()), (200, expected), "{path}: {answer:?}");
    }
}

#[tokio::test]
async fn what_is_not_of_the_format_is_the_upstreams_fault() {
    let (upstream, feeds) = feeds().await;
    for (path, body, detail) in [
        ("/arrivals", "<arrivals>\n<arrival>", "The upstream's answer is not XML (line 2): `arrival` has no end."),
        (
            "/prices",
            "a,b\n1,2,3",
            "The upstream's answer is not CSV (line 2): a row of 3 cells, where the header has 2.",
        ),
        (
            "/crew",
            "crew: 1\ncrew: 2\n",
            "The upstream's answer is not YAML (line 2): the key `crew` twice in a mapping.",
        ),
        ("/crew", "crew: text", "The answer is a text and not an object."),
    ] {
        upstream.answer(Answer::status(200).body("text/plain", body));
        let answer = get(feeds, path).await;
        assert_eq!((answer.status.as_u16(), &answer.problem()["detail"]), (502, &json!(detail)), "{answer:?}");
    }
}
