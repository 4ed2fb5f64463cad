//! Parameters in headers and cookies, and what a document gets that names no style.

use capsmith::{ClientError, Response, Sending};
use capsmith_tests::recorder::Recorder;

use crate::api::styles::types::Colour;
use crate::{client, list};

fn colour() -> Colour {
    Colour { r: Some(100), g: Some(200), b: Some(150) }
}

fn colours() -> Vec<String> {
    list(["blue", "black", "brown"])
}

/// Sends each request and compares a header of it. Nothing may be in the target.
async fn check<const N: usize>(
    recorder: &Recorder,
    target: &str,
    header: &str,
    rows: [(Sending<Response>, Option<&str>); N],
) {
    for (request, expected) in rows {
        let outcome = request.await;
        assert!(outcome.is_ok(), "{expected:?}: {outcome:?}");
        let arrived = recorder.take();
        assert_eq!(arrived.target, target);
        assert_eq!(arrived.header(header), expected);
    }
}

#[tokio::test]
async fn headers() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    let plain = || client.headers();
    let exploded = || client.headers_exploded();
    check(
        &recorder,
        "/headers",
        "x-text",
        [
            (plain().x_text("blue").send(), Some("blue")),
            // Headers are not percent-encoded.
            (plain().x_text("a/b;c=d e%").send(), Some("a/b;c=d e%")),
            (plain().x_text("").send(), Some("")),
            (plain().send(), None),
        ],
    )
    .await;
    let lists = [
        (plain().x_list(colours()).send(), Some("blue,black,brown")),
        (plain().x_list(list(["blue"])).send(), Some("blue")),
        // RFC 6570: a list without members is undefined.
        (plain().x_list(Vec::new()).send(), None),
    ];
    check(&recorder, "/headers", "x-list", lists).await;
    let objects = [(plain().x_object(colour()).send(), Some("R,100,G,200,B,150"))];
    check(&recorder, "/headers", "x-object", objects).await;
    let lists = [(exploded().x_list(colours()).send(), Some("blue,black,brown"))];
    check(&recorder, "/headers_exploded", "x-list", lists).await;
    let objects = [(exploded().x_object(colour()).send(), Some("R=100,G=200,B=150"))];
    check(&recorder, "/headers_exploded", "x-object", objects).await;
    let texts = [(exploded().x_text("blue").send(), Some("blue"))];
    check(&recorder, "/headers_exploded", "x-text", texts).await;
}

#[tokio::test]
async fn a_header_cannot_begin_another_one() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    let refused = client.headers().x_text("a\r\nx-admin: yes").send().await.map(drop);
    assert!(matches!(refused, Err(ClientError::Argument { .. })), "{refused:?}");
    assert!(recorder.requests().is_empty());
}

#[tokio::test]
async fn cookies() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    let (plain, exploded) = (|| client.cookies(), || client.cookies_exploded());
    check(
        &recorder,
        "/cookies",
        "cookie",
        [
            (plain().send(), None),
            (plain().text("blue").send(), Some("text=blue")),
            (plain().text("a;b=c d").send(), Some("text=a%3Bb%3Dc%20d")),
            (plain().list(colours()).send(), Some("list=blue,black,brown")),
            (plain().list(Vec::new()).send(), None),
            (plain().object(colour()).send(), Some("object=R,100,G,200,B,150")),
            (plain().text("blue").list(list(["black"])).send(), Some("text=blue; list=black")),
        ],
    )
    .await;
    check(
        &recorder,
        "/cookies_exploded",
        "cookie",
        [
            (exploded().text("blue").send(), Some("text=blue")),
            (exploded().list(colours()).send(), Some("list=blue; list=black; list=brown")),
            (exploded().object(colour()).send(), Some("R=100; G=200; B=150")),
        ],
    )
    .await;
}

#[tokio::test]
async fn styles_by_default() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    let request = client.styles_by_default(colours()).tags(colours()).x_list(colours()).crumbs(colours());
    request.send().await.expect("an answer");
    let arrived = recorder.only();
    assert_eq!(arrived.target, "/defaults/blue,black,brown?tags=blue&tags=black&tags=brown");
    assert_eq!(arrived.header("x-list"), Some("blue,black,brown"));
    assert_eq!(arrived.header("cookie"), Some("crumbs=blue; crumbs=black; crumbs=brown"));
}

#[tokio::test]
async fn contents_in_headers() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    let rows = [(client.contents().x_filter(colour()).send(), Some(r#"{"R":100,"G":200,"B":150}"#))];
    check(&recorder, "/contents", "x-filter", rows).await;
}
