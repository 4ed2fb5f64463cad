//! Parameters in paths and queries: each style with and without `explode`, for a text, a list and an object.
//!
//! What is expected is written as the specification's table of style values has it, with what RFC 3986 keeps out of a
//! query percent-encoded, as the table's notes demand.

use capsmith::{ClientError, Response, Sending};
use capsmith_tests::recorder::Recorder;

use crate::api::styles::types::{Colour, Filter, Hue};
use crate::{client, list};

/// Sends each request and compares its target.
async fn check<const N: usize>(recorder: &Recorder, rows: [(Sending<Response>, &str); N]) {
    for (request, expected) in rows {
        let outcome = request.await;
        assert!(outcome.is_ok(), "{expected}: {outcome:?}");
        assert_eq!(recorder.take().target, expected);
    }
}

fn colour() -> Colour {
    Colour { r: Some(100), g: Some(200), b: Some(150) }
}

fn colours() -> Vec<String> {
    list(["blue", "black", "brown"])
}

#[tokio::test]
async fn paths() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    let (c, o) = (colours, colour);
    check(
        &recorder,
        [
            (client.simple("blue", c(), o()).send(), "/simple/blue/blue,black,brown/R,100,G,200,B,150"),
            (
                client.simple_exploded("blue", c(), o()).send(),
                "/simple-exploded/blue/blue,black,brown/R=100,G=200,B=150",
            ),
            (client.label("blue", c(), o()).send(), "/label/.blue/.blue,black,brown/.R,100,G,200,B,150"),
            (
                client.label_exploded("blue", c(), o()).send(),
                "/label-exploded/.blue/.blue.black.brown/.R=100.G=200.B=150",
            ),
            (
                client.matrix("blue", c(), o()).send(),
                "/matrix/;text=blue/;list=blue,black,brown/;object=R,100,G,200,B,150",
            ),
            (
                client.matrix_exploded("blue", c(), o()).send(),
                "/matrix-exploded/;text=blue/;list=blue;list=black;list=brown/;R=100;G=200;B=150",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn reserved_characters_in_paths() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    let o = || Colour { r: Some(-1), ..Colour::default() };
    let l = || list(["a,b", "c/d"]);
    check(
        &recorder,
        [
            (client.simple("a/b?c#d e%", l(), o()).send(), "/simple/a%2Fb%3Fc%23d%20e%25/a%2Cb,c%2Fd/R,-1"),
            (client.label_exploded("ä.b", l(), o()).send(), "/label-exploded/.%C3%A4.b/.a%2Cb.c%2Fd/.R=-1"),
            (
                client.matrix_exploded("a;b=c", l(), o()).send(),
                "/matrix-exploded/;text=a%3Bb%3Dc/;list=a%2Cb;list=c%2Fd/;R=-1",
            ),
        ],
    )
    .await;
}

#[tokio::test]
async fn empty_values_in_paths() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    check(
        &recorder,
        [(client.matrix("", list([""]), colour()).send(), "/matrix/;text/;list/;object=R,100,G,200,B,150")],
    )
    .await;
    // Without a segment it would be the path of another operation; `.` and `..` would lead to one.
    for text in ["", ".", ".."] {
        let refused = client.simple(text, colours(), colour()).send().await.map(drop);
        assert!(matches!(refused, Err(ClientError::Argument { .. })), "{text:?}: {refused:?}");
    }
    let refused = client.simple("blue", Vec::new(), colour()).send().await.map(drop);
    assert!(matches!(refused, Err(ClientError::Argument { .. })), "{refused:?}");
    assert!(recorder.requests().is_empty());
}

#[tokio::test]
async fn texts_in_queries() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    check(
        &recorder,
        [
            (client.form().send(), "/q/form"),
            (client.form().text("blue").send(), "/q/form?text=blue"),
            (client.form().text("").send(), "/q/form?text="),
            (client.form_exploded().text("a&b=c d+e/ä").send(), "/q/form_exploded?text=a%26b%3Dc%20d%2Be%2F%C3%A4"),
        ],
    )
    .await;
}

#[tokio::test]
async fn lists_in_queries() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    check(
        &recorder,
        [
            (client.form().list(colours()).send(), "/q/form?list=blue,black,brown"),
            (client.form_exploded().list(colours()).send(), "/q/form_exploded?list=blue&list=black&list=brown"),
            (client.space().list(colours()).send(), "/q/space?list=blue%20black%20brown"),
            (client.space_exploded().list(colours()).send(), "/q/space_exploded?list=blue&list=black&list=brown"),
            (client.pipe().list(colours()).send(), "/q/pipe?list=blue%7Cblack%7Cbrown"),
            (client.pipe_exploded().list(colours()).send(), "/q/pipe_exploded?list=blue&list=black&list=brown"),
            (client.form().list(list(["blue"])).send(), "/q/form?list=blue"),
            (client.form_exploded().list(list(["blue"])).send(), "/q/form_exploded?list=blue"),
            (client.pipe().list(list(["blue"])).send(), "/q/pipe?list=blue"),
            // A delimiter within a value is not one.
            (client.form().list(list(["a,b", "c&d"])).send(), "/q/form?list=a%2Cb,c%26d"),
            (client.space().list(list(["a b"])).send(), "/q/space?list=a%20b"),
            // RFC 6570: a list without members is undefined. Peers send `list=`, which is a list of one empty text.
            (client.form().list(Vec::new()).send(), "/q/form"),
            (client.form_exploded().list(Vec::new()).send(), "/q/form_exploded"),
            (client.space().list(Vec::new()).send(), "/q/space"),
            (client.pipe().list(Vec::new()).send(), "/q/pipe"),
            (client.form().list(list([""])).send(), "/q/form?list="),
            (client.form_exploded().list(list(["", ""])).send(), "/q/form_exploded?list=&list="),
        ],
    )
    .await;
}

#[tokio::test]
async fn objects_in_queries() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    check(
        &recorder,
        [
            (client.form().object(colour()).send(), "/q/form?object=R,100,G,200,B,150"),
            (client.form_exploded().object(colour()).send(), "/q/form_exploded?R=100&G=200&B=150"),
            (client.space().object(colour()).send(), "/q/space?object=R%20100%20G%20200%20B%20150"),
            (client.pipe().object(colour()).send(), "/q/pipe?object=R%7C100%7CG%7C200%7CB%7C150"),
            (
                client.deep_exploded().object(colour()).send(),
                "/q/deep_exploded?object%5BR%5D=100&object%5BG%5D=200&object%5BB%5D=150",
            ),
            (client.deep().object(colour()).send(), "/q/deep?object%5BR%5D=100&object%5BG%5D=200&object%5BB%5D=150"),
            (client.form().object(Colour::default()).send(), "/q/form"),
            (client.deep_exploded().object(Colour::default()).send(), "/q/deep_exploded"),
        ],
    )
    .await;
}

#[tokio::test]
async fn nested_objects_in_queries() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    let filter = || Filter { colour: Some(colour()), ..Filter::default() };
    let tagged = Filter { tags: Some(list(["a", "b&c"])), ..Filter::default() };
    check(
        &recorder,
        [
            (
                client.nested().filter(filter()).send(),
                "/nested?filter%5Bcolour%5D%5BR%5D=100&filter%5Bcolour%5D%5BG%5D=200&filter%5Bcolour%5D%5BB%5D=150",
            ),
            (client.nested().filter(tagged).send(), "/nested?filter%5Btags%5D%5B%5D=a&filter%5Btags%5D%5B%5D=b%26c"),
        ],
    )
    .await;
}

#[tokio::test]
async fn scalars_in_queries() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    check(
        &recorder,
        [
            (client.scalars().whole(-9_007_199_254_740_993).send(), "/scalars?whole=-9007199254740993"),
            (client.scalars().number(0.5).send(), "/scalars?number=0.5"),
            (client.scalars().truth(false).send(), "/scalars?truth=false"),
            (
                client.scalars().time("2025-01-01T00:00:00+02:00").send(),
                "/scalars?time=2025-01-01T00%3A00%3A00%2B02%3A00",
            ),
            (client.scalars().hue(Hue::Blue).send(), "/scalars?hue=blue"),
            (client.scalars().hue(Hue::Unlisted("so so".to_owned())).send(), "/scalars?hue=so%20so"),
            (client.scalars().hues(vec![Hue::Black, Hue::Blue]).send(), "/scalars?hues=black,blue"),
            // What a document takes for granted need not be sent.
            (client.scalars().send(), "/scalars"),
            (client.scalars().preset(20).send(), "/scalars?preset=20"),
        ],
    )
    .await;
}

#[tokio::test]
async fn reserved_characters_and_odd_names_in_queries() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    check(
        &recorder,
        [
            (client.reserved().kept("a/b?c:d@e,f;g").send(), "/reserved?kept=a/b?c:d@e,f;g"),
            (client.reserved().kept("%2F%").send(), "/reserved?kept=%2F%25"),
            // These would end the value or the query.
            (client.reserved().kept("a&b#c+d").send(), "/reserved?kept=a%26b%23c%2Bd"),
            (client.reserved().escaped("a/b?c:d@e,f;g").send(), "/reserved?escaped=a%2Fb%3Fc%3Ad%40e%2Cf%3Bg"),
            (client.reserved().odd_name("x").send(), "/reserved?odd%20name%5B%5D=x"),
            (client.reserved().ids(vec![1, 2]).send(), "/reserved?ids%5B%5D=1,2"),
            (client.reserved().ids(Vec::new()).send(), "/reserved"),
            (client.reserved().flag("").send(), "/reserved?flag="),
        ],
    )
    .await;
}

#[tokio::test]
async fn contents_in_queries() {
    let recorder = Recorder::silent().await;
    let client = client!(styles, recorder);
    check(
        &recorder,
        [
            (
                client.contents().filter(colour()).send(),
                "/contents?filter=%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D",
            ),
            (client.contents().note("a & b").send(), "/contents?note=a%20%26%20b"),
        ],
    )
    .await;
}
