//! Answers that an `outputSchema` is needed for: `schemas.yaml`. The bytes were written by other implementations, Python's
//! `fastavro` and `protobuf`.

use std::net::SocketAddr;

use capsmith::ListenAddress;
use capsmith_tests::http1::get;
use capsmith_tests::upstream::{Answer, Upstream};
use serde_json::{Value, json};

capsmith::include_capability!("capabilities/schemas.yaml");

use schemas::{Client, Config, bind};

const SHIP_AVRO: &str = "0e4e6f7264c3a573ffc7afa025cdcccc3d0000000000002940010200ff3102e5040841696e6f04426f00020c42657267\
    656e0e0002084672616d020000c03f0000000000000040000061626300000000";

/// A container file of two data, compressed by deflate.
const CONTAINER_AVRO: &str = "4f626a0104146176726f2e636f6465630e6465666c617465166176726f2e736368656d61a0027b2274797065223a2\
    0227265636f7264222c2022646f63223a202264222c20226e616d65223a2022782e50222c20226669656c6473223a205b7b226e616d65223a2022612\
    22c202274797065223a2022696e74227d2c207b2264656661756c74223a206e756c6c2c20226e616d65223a20226e222c202274797065223a205b226\
    e756c6c222c2022782e50225d7d5d7d00303132333435363738396162636465660416636260666263000000300030313233343536373839616263646\
    566";

const SHIP_PROTOBUF: &str = "0a074e6f7264c3a57310fbffffffffffffffff011a040203d80422120a054e4f42474f12090a054e4f42474f100c28\
    01300042030a01584a0e0a044672616d28093a04636f616c520200ff59000000000000294065cdcccc3d6a1108e4ab9ef9ffffffffff011080cab5ee\
    01721608ffffffffffffffffff011086feffffffffffffff017a350a330a0161122e322c0a0911000000000000f03f0a0208000a031a01780a022001\
    0a122a100a0e0a016212091100000000000004408201008a01120a09736869705f6e616d650a05612e625f639501070000009901f7ffffffffffffff\
    a00180d0acf30ea80101b2010d08ffffffffffffffffff011001";

fn bytes(hexadecimal: &str) -> &'static [u8] {
    let digits: Vec<u8> =
        hexadecimal.bytes().map(|digit| u8::try_from(char::from(digit).to_digit(16).unwrap()).unwrap()).collect();
    Box::leak(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

async fn schemas() -> (Upstream, SocketAddr) {
    let upstream = Upstream::start().await;
    let config = Config {
        fleet_base_url: upstream.base_url().as_str().into(),
        schemas_rest_addr: ListenAddress::new("127.0.0.1", 0),
        ..Config::default()
    };
    let client = Client::new(&config).expect("a client");
    let server = bind(config, client).await.expect("a free port");
    let address = server.local_addr("schemas-rest").expect("a surface that listens");
    tokio::spawn(server.run());
    (upstream, address)
}

async fn answer(path: &str, media_type: &'static str, body: &'static [u8]) -> Value {
    let (upstream, address) = schemas().await;
    upstream.answer(Answer::status(200).body(media_type, body));
    let answer = get(address, path).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

#[tokio::test]
async fn selectors_choose_tables() {
    let page = b"<table class='prices old'><tr><th>Price<tr><td>1</table>
        <table class=prices><tr><th>Price<tr><td>2</table>
        <div id=extra><div><table><tr><th>Price<tr><td>3</table></div></div>
        <table><tr><th>Price<tr><td>4</table>";
    assert_eq!(answer("/prices", "text/html", page).await, json!(["2", "3"]));
}

#[tokio::test]
async fn data_of_avro_are_read_by_their_schema() {
    assert_eq!(
        answer("/datum", "avro/binary", bytes(SHIP_AVRO)).await,
        json!({
            "name": "Nordås", "tonnes": -5_000_000_000_i64, "draught": 0.1, "length": 12.5, "active": true,
            "kind": "TUG", "mark": "\0ÿ1", "raw": "å", "crew": ["Aino", "Bo"], "ports": { "Bergen": 7 },
            "tug": {
                "name": "Fram", "tonnes": 1, "draught": 1.5, "length": 2.0, "active": false, "kind": "CARGO",
                "mark": "abc", "raw": "", "crew": [], "ports": {}, "tug": null, "nothing": null,
            },
            "nothing": null,
        })
    );
    assert_eq!(answer("/data", "avro/binary", bytes(CONTAINER_AVRO)).await, json!([1, -2]));
}

#[tokio::test]
async fn messages_of_protocol_buffers_are_read_by_their_schema() {
    assert_eq!(
        answer("/message", "application/x-protobuf", bytes(SHIP_PROTOBUF)).await,
        json!({
            "shipName": "Nordås", "tonnes": "-5", "depths": [1, -2, 300],
            "ports": { "NOBGO": { "code": "NOBGO", "places": "12" } }, "kind": "TUG", "crew": 0,
            "container": { "code": "X", "places": "0" },
            "tug": {
                "shipName": "Fram", "kind": 9, "goods": "coal", "tonnes": "0", "depths": [], "ports": {}, "mark": "",
                "length": 0.0, "draught": 0.0, "f32": 0, "s64": "0", "u32": 0, "active": false, "slots": {},
            },
            "mark": "AP8=", "length": 12.5, "draught": 0.1, "built": "1969-07-20T20:17:40.500Z",
            "age": "-1.000000250s", "notes": { "a": [1.0, null, "x", true, { "b": 2.5 }] }, "nick": "",
            "mask": "shipName,a.bC", "f32": 7, "s64": "-9", "u32": 4_000_000_000_u32, "active": true,
            "slots": { "-1": true },
        })
    );
    assert_eq!(answer("/tonnes", "application/x-protobuf", bytes(SHIP_PROTOBUF)).await, json!(-5));
    assert_eq!(answer("/first", "application/x-protobuf", b"").await, json!({ "ships": [] }));
}

#[tokio::test]
async fn without_outputs_no_schema_is_needed() {
    let (upstream, address) = schemas().await;
    upstream.answer(Answer::status(200).body("application/x-protobuf", bytes("0801")));
    let answer = get(address, "/raw").await;
    assert_eq!((answer.header("content-type"), answer.text()), ("application/x-protobuf", "\u{8}\u{1}"));
}

#[tokio::test]
async fn what_is_not_of_the_schema_is_the_upstreams_fault() {
    let (upstream, address) = schemas().await;
    for (path, body, detail) in [
        ("/message", "0aff", "The upstream's answer is not a message of its schema: it ends in the middle of a field."),
        ("/datum", "0e4e", "The upstream's answer is not Avro of its schema: it ends in the middle of a value."),
        (
            "/datum",
            "4f626a010214617672",
            "The upstream's answer is not Avro of its schema: it ends in the middle of a value.",
        ),
    ] {
        upstream.answer(Answer::status(200).body("application/octet-stream", bytes(body)));
        let answer = get(address, path).await;
        assert_eq!((answer.status.as_u16(), &answer.problem()["detail"]), (502, &json!(detail)), "{answer:?}");
    }
}
