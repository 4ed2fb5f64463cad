//! One of several types on the wire, and types that hold themselves.

use capsmith_tests::recorder::{Answer, Recorder};

use crate::api::values::types::{Cat, Dog, Pet, Shape, Tree};
use crate::client;

#[tokio::test]
async fn a_tag_is_where_the_document_has_it() {
    for (text, expected) in [
        (r#"{"kind":"cat","lives":9}"#, "cat 9"),
        (r#"{"kind":"dog","barks":true}"#, "dog true"),
        (r#"{"kind":"hound","barks":false}"#, "dog false"),
        (r#"{"kind":"fish","fins":[2]}"#, "other"),
    ] {
        let recorder = Recorder::new(move |_| Answer::json(text)).await;
        let client = client!(values, recorder);
        let blank = Pet::Cat(Cat { kind: "cat".to_owned(), lives: 1 });
        let received = client.put_pet(blank).await.expect("an answer");
        let description = match &received {
            Pet::Cat(cat) => format!("cat {}", cat.lives),
            Pet::Dog(dog) => format!("dog {}", dog.barks),
            Pet::Unlisted(_) => "other".to_owned(),
        };
        assert_eq!(description, expected);
        client.put_pet(received).await.expect("an answer");
        let sent: Vec<_> = recorder.requests().iter().map(|request| request.text().to_owned()).collect();
        // The tag once, with the value that it came with.
        assert_eq!(sent, [r#"{"kind":"cat","lives":1}"#, text]);
    }
}

#[tokio::test]
async fn a_variant_brings_its_tag() {
    let recorder = Recorder::new(|_| Answer::json(r#"{"kind":"cat","lives":9}"#)).await;
    let client = client!(values, recorder);
    // The caller leaves the tag blank; the variant says what it is.
    client.put_pet(Pet::Dog(Dog { barks: true, ..Dog::default() })).await.expect("an answer");
    let kind = recorder.only().json()["kind"].clone();
    assert!(kind == "dog" || kind == "hound", "{kind}");
}

#[tokio::test]
async fn a_value_is_of_the_type_that_it_fits() {
    for (text, expected) in [
        ("1.5", Shape::Number(1.5)),
        ("\"1.5\"", Shape::String("1.5".to_owned())),
        ("[1.5]", Shape::NumberList(vec![1.5])),
    ] {
        let recorder = Recorder::new(move |_| Answer::json(text)).await;
        let client = client!(values, recorder);
        let received = client.put_shape(Shape::Number(0.5)).await.expect("an answer");
        assert_eq!(received, expected);
        client.put_shape(received).await.expect("an answer");
        assert_eq!(recorder.requests()[1].text(), text);
    }
}

#[tokio::test]
async fn types_can_hold_themselves() {
    let text = r#"{"name":"a","children":[{"name":"b","children":[]}],"parent":{"name":"c"}}"#;
    let recorder = Recorder::new(move |_| Answer::json(text)).await;
    let client = client!(values, recorder);
    let received = client.put_tree(Tree::default()).await.expect("an answer");
    assert_eq!(received.parent.as_ref().expect("a parent").name, "c");
    client.put_tree(received).await.expect("an answer");
    assert_eq!(recorder.requests()[1].text(), text);
}
