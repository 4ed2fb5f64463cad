//! The examples of RFC 6570 that have a style in OpenAPI, and what OpenAPI adds to them.

use std::borrow::Cow;

use crate::openapi::Style;
use crate::openapi::escape::Escape;
use crate::openapi::plain::Plain;
use crate::openapi::style::{inline, pairs};

fn text(value: &'static str) -> Plain<'static> {
    Plain::Text(Cow::Borrowed(value))
}

fn list() -> Plain<'static> {
    Plain::List(["red", "green", "blue"].map(text).into())
}

fn keys() -> Plain<'static> {
    Plain::Object([("semi", ";"), ("dot", "."), ("comma", ",")].map(|(key, value)| (key.into(), text(value))).into())
}

fn in_path(name: &str, value: &Plain<'_>, style: Style, explode: bool) -> String {
    inline(name, value, style, explode, Escape::All)
}

fn in_query(name: &str, value: &Plain<'_>, style: Style, explode: bool) -> String {
    let mut all = Vec::new();
    pairs(name, value, style, explode, Escape::All, &mut |pair| all.push(pair.to_owned()));
    all.join("&")
}

#[test]
fn texts() {
    for (name, value, simple, label, matrix, form) in [
        ("var", "value", "value", ".value", ";var=value", "var=value"),
        (
            "hello",
            "Hello World!",
            "Hello%20World%21",
            ".Hello%20World%21",
            ";hello=Hello%20World%21",
            "hello=Hello%20World%21",
        ),
        ("path", "/foo/bar", "%2Ffoo%2Fbar", ".%2Ffoo%2Fbar", ";path=%2Ffoo%2Fbar", "path=%2Ffoo%2Fbar"),
        ("half", "50%", "50%25", ".50%25", ";half=50%25", "half=50%25"),
        ("who", "fred", "fred", ".fred", ";who=fred", "who=fred"),
        ("dub", "me/too", "me%2Ftoo", ".me%2Ftoo", ";dub=me%2Ftoo", "dub=me%2Ftoo"),
        ("empty", "", "", ".", ";empty", "empty="),
        (
            "v",
            "ä€𝄞",
            "%C3%A4%E2%82%AC%F0%9D%84%9E",
            ".%C3%A4%E2%82%AC%F0%9D%84%9E",
            ";v=%C3%A4%E2%82%AC%F0%9D%84%9E",
            "v=%C3%A4%E2%82%AC%F0%9D%84%9E",
        ),
        (
            "v",
            ":/?#[]@!$&'()*+,;=",
            "%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D",
            ".%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D",
            ";v=%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D",
            "v=%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D",
        ),
    ] {
        for explode in [false, true] {
            let value = text(value);
            assert_eq!(in_path(name, &value, Style::Simple, explode), simple);
            assert_eq!(in_path(name, &value, Style::Label, explode), label);
            assert_eq!(in_path(name, &value, Style::Matrix, explode), matrix);
            for style in [Style::Form, Style::SpaceDelimited, Style::PipeDelimited] {
                assert_eq!(in_query(name, &value, style, explode), form);
            }
        }
    }
}

#[test]
fn lists_and_objects() {
    for (style, explode, expected_list, expected_keys) in [
        (Style::Simple, false, "red,green,blue", "semi,%3B,dot,.,comma,%2C"),
        (Style::Simple, true, "red,green,blue", "semi=%3B,dot=.,comma=%2C"),
        (Style::Label, false, ".red,green,blue", ".semi,%3B,dot,.,comma,%2C"),
        (Style::Label, true, ".red.green.blue", ".semi=%3B.dot=..comma=%2C"),
        (Style::Matrix, false, ";list=red,green,blue", ";keys=semi,%3B,dot,.,comma,%2C"),
        (Style::Matrix, true, ";list=red;list=green;list=blue", ";semi=%3B;dot=.;comma=%2C"),
    ] {
        assert_eq!(in_path("list", &list(), style, explode), expected_list);
        assert_eq!(in_path("keys", &keys(), style, explode), expected_keys);
    }
    for (style, explode, expected_list, expected_keys) in [
        (Style::Form, false, "list=red,green,blue", "keys=semi,%3B,dot,.,comma,%2C"),
        (Style::Form, true, "list=red&list=green&list=blue", "semi=%3B&dot=.&comma=%2C"),
        (Style::SpaceDelimited, false, "list=red%20green%20blue", "keys=semi%20%3B%20dot%20.%20comma%20%2C"),
        (Style::PipeDelimited, false, "list=red%7Cgreen%7Cblue", "keys=semi%7C%3B%7Cdot%7C.%7Ccomma%7C%2C"),
        (
            Style::DeepObject,
            true,
            "list%5B%5D=red&list%5B%5D=green&list%5B%5D=blue",
            "keys%5Bsemi%5D=%3B&keys%5Bdot%5D=.&keys%5Bcomma%5D=%2C",
        ),
    ] {
        assert_eq!(in_query("list", &list(), style, explode), expected_list);
        assert_eq!(in_query("keys", &keys(), style, explode), expected_keys);
    }
}

#[test]
fn members_that_are_empty_or_hold_separators() {
    let empties = Plain::List(vec![text(""), text("")]);
    assert_eq!(in_query("c", &empties, Style::Form, false), "c=,");
    assert_eq!(in_query("c", &empties, Style::Form, true), "c=&c=");
    assert_eq!(in_path("c", &empties, Style::Simple, false), ",");
    assert_eq!(in_path("c", &empties, Style::Matrix, true), ";c;c");
    let separators = Plain::List(vec![text("a,b"), text("c.d;e|f g&h=i")]);
    assert_eq!(in_query("c", &separators, Style::Form, false), "c=a%2Cb,c.d%3Be%7Cf%20g%26h%3Di");
    assert_eq!(in_query("c", &separators, Style::Form, true), "c=a%2Cb&c=c.d%3Be%7Cf%20g%26h%3Di");
    // Names are escaped as values are.
    assert_eq!(in_query("a b[]", &text("x"), Style::Form, true), "a%20b%5B%5D=x");
    // One item is a list as well, and is written as one where that shows.
    assert_eq!(in_query("c", &Plain::List(vec![text("x")]), Style::DeepObject, true), "c%5B%5D=x");
    for style in [Style::Form, Style::SpaceDelimited, Style::PipeDelimited, Style::DeepObject] {
        for explode in [false, true] {
            assert_eq!(in_query("c", &Plain::List(Vec::new()), style, explode), "");
            assert_eq!(in_query("c", &Plain::Object(Vec::new()), style, explode), "");
        }
    }
}

#[test]
fn a_discriminator_that_the_content_lacks_is_added() {
    use crate::types::shape::{Struct, Union, Variant};
    use crate::types::{Model, Shape, Typed, View};

    struct Circle(i64);
    struct Figure(Circle);

    impl Model for Circle {
        fn shape(&self) -> &'static Shape {
            &Shape::Struct(Struct { name: "Circle", fields: &["radius"], required: &[1], ..Struct::EMPTY })
        }
        fn blank() -> Self {
            Self(0)
        }
        fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
            &mut self.0
        }
        fn field(&self, _: usize) -> &dyn Typed {
            &self.0
        }
    }

    impl Model for Figure {
        fn shape(&self) -> &'static Shape {
            &Shape::Union(Union {
                name: "Figure",
                discriminator: "kind",
                variants: &[Variant { name: "Circle", tags: &["circle"] }],
                open: false,
                rules: &[],
            })
        }
        fn blank() -> Self {
            Self(Model::blank())
        }
        fn field_mut(&mut self, _: usize) -> &mut dyn Typed {
            &mut self.0
        }
        fn field(&self, _: usize) -> &dyn Typed {
            &self.0
        }
    }

    let figure = Figure(Circle(2));
    let value = Plain::new(View::Model(&figure)).unwrap();
    assert_eq!(in_query("figure", &value, Style::Form, true), "kind=circle&radius=2");
    assert_eq!(in_query("f", &value, Style::DeepObject, true), "f%5Bkind%5D=circle&f%5Bradius%5D=2");
}
