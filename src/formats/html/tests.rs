use serde_json::json;

use super::super::selector::{Combinator, Comparison, Compound, Position, Selector, Simple, Test};
use super::super::{Format, FormatError, to_json};
use super::*;

fn tables(html: &str) -> Value {
    read(html, &[]).unwrap()["tables"].take()
}

#[test]
fn tables_become_rows_by_their_headers() {
    let page = "<!doctype html><title>Ships</title><p>Our ships
        <table class=products><caption>x</caption>
          <thead><tr><th> Name </th><th>Price <b>in</b>&nbsp;NOK</th></tr></thead>
          <tbody>
            <tr><td>Nord&aring;s<td>1&lt;2</tr>
            <tr><th>Fram<td>A<br>B<script>3</script><div>C</div>
            <tr><td>short
            <tr><th>Name<th>Price</tr>
            <tr><td>a<td>b<td>beyond
          </tbody>
        </table>";
    assert_eq!(
        tables(page),
        json!([[
            { "Name": "Nordås", "Price in NOK": "1<2" },
            { "Name": "Fram", "Price in NOK": "A B C" },
            { "Name": "short" },
            { "Name": "a", "Price in NOK": "b" },
        ]])
    );
}

#[test]
fn tables_without_header_are_left_out_and_inner_ones_keep_their_rows() {
    let page = "<table><tr><td>1</td></tr></table><table><tr><th></th></tr><tr><td>1</td></tr></table>
        <table><tr><th>A</th></tr><tr><td>x<table><tr><th>B</th></tr><tr><td>y</td></tr></table></td></tr></table>";
    assert_eq!(tables(page), json!([[{ "A": "x B y" }], [{ "B": "y" }]]));
    assert_eq!(tables(""), json!([]));
    assert_eq!(tables("no <b>markup"), json!([]));
}

#[test]
fn cells_over_several_columns_take_their_place() {
    let page = "<table><tr><th colspan=2>A<th>B<th>A</tr><tr><td>1<td colspan=2>2<td>3</tr></table>";
    assert_eq!(tables(page), json!([[{ "A": "1", "": "2", "B": "", "A_4": "3" }]]));
}

#[test]
fn encodings_are_those_of_browsers() {
    let cell = |bytes: &[u8], media_type: Option<&str>| {
        let page = [b"<table><tr><th>A<tr><td>", bytes].concat();
        to_json(&Format::Html { selectors: &[] }, &page, media_type).unwrap()["tables"][0][0]["A"].take()
    };
    assert_eq!(cell("ä".as_bytes(), None), "ä");
    assert_eq!(cell(b"\x80", None), "€");
    assert_eq!(cell(b"\xa4", Some("text/html; charset=iso-8859-15")), "€");
    assert_eq!(encoding(b"<meta charset=\"Shift_JIS\">").as_deref(), Some("shift_jis"));
    assert_eq!(encoding(b"<meta content='text/html; charset=gbk'>").as_deref(), Some("gbk"));
}

#[test]
fn what_would_take_long_is_refused() {
    let deep = "<div>".repeat(100_000);
    assert_eq!(read(&deep, &[]), Err(FormatError::TooDeep { limit: 512 }));
    let formatting: Vec<String> = (0..2_000).map(|number| format!("<b a{number}><p>")).collect();
    assert_eq!(read(&formatting.concat(), &[]), Err(FormatError::TooDeep { limit: 512 }));
    let attributes: Vec<String> = (0..100_000).map(|number| format!("a{number}")).collect();
    let fault = read(&format!("<p>\n<a {}>", attributes.join("\n")), &[]).unwrap_err();
    assert!(matches!(fault, FormatError::Malformed { line: Some(line), .. } if line < 10_000), "{fault}");
    let long = format!("<table><tr><th>{}{}", "n".repeat(1_000_000), "<tr><td>x".repeat(1_000));
    assert!(matches!(read(&long, &[]), Err(FormatError::TooLarge { .. })));
}

const fn selector(first: Compound) -> Selector {
    Selector { first, rest: &[] }
}

#[test]
fn selectors_choose_tables_and_what_holds_them() {
    let page = "<table id=a class='x fleet'><tr><th>A<tr><td>1<table><tr><th>B<tr><td>2</table></table>
        <div class=fleet><table><tr><th>C<tr><td>3<table><tr><th>D<tr><td>4</table></table></div>
        <table><tr><th>E<tr><td>5</table>";
    let chosen = |selectors: &[Selector]| {
        let tables = read(page, selectors).unwrap()["tables"].take();
        let first = |table: &Value| table[0].as_object().unwrap().keys().next().unwrap().clone();
        tables.as_array().unwrap().iter().map(first).collect::<String>()
    };
    assert_eq!(chosen(&[]), "ABCDE");
    assert_eq!(chosen(&[selector(&[Simple::Class("fleet")])]), "ACD");
    assert_eq!(chosen(&[selector(&[Simple::Name("table"), Simple::Class("fleet")])]), "A");
    assert_eq!(chosen(&[selector(&[Simple::Id("a")]), selector(&[Simple::Id("b")])]), "A");
    assert_eq!(chosen(&[selector(&[Simple::Name("p")])]), "");
}

/// The `id`s of the elements that a selector selects.
fn selected(html: &str, selector: Selector) -> String {
    let tree = sink::parse(html).unwrap();
    let marks = select::select(&tree, &[selector]);
    let ids = tree.below(Tree::ROOT, |_, _| true).filter(|id| marks[*id]);
    ids.map(|id| tree.attribute(id, "id").unwrap_or("?")).collect()
}

#[test]
fn elements_stand_in_relation_to_others() {
    const P: Compound = &[Simple::Name("p")];
    const I: Compound = &[Simple::Name("i")];
    const FULL: Compound = &[Simple::Name("p"), Simple::Not(&[selector(&[Simple::Empty])])];
    const NESTED: &[Selector] = &[Selector { first: P, rest: &[(Combinator::Child, &[Simple::Id("b")])] }];
    let page = "<main id=m><p id=a><i id=b></i></p><p id=c></p>text<p id=d><i id=e>x</i></p></main><i id=f></i>";
    let related =
        |first, combinator, last| selected(page, Selector { first, rest: Box::leak(Box::new([(combinator, last)])) });
    assert_eq!(related(&[Simple::Id("m")], Combinator::Descendant, I), "be");
    assert_eq!(related(P, Combinator::Child, I), "be");
    assert_eq!(related(&[Simple::Id("m")], Combinator::Child, I), "");
    assert_eq!(related(&[Simple::Id("a")], Combinator::NextSibling, P), "c");
    assert_eq!(related(&[Simple::Id("a")], Combinator::LaterSibling, P), "cd");
    assert_eq!(selected(page, selector(&[Simple::Empty])), "?bcf", "the head is empty, too");
    assert_eq!(selected(page, selector(&[Simple::Root])), "?");
    assert_eq!(selected(page, selector(FULL)), "ad");
    assert_eq!(selected(page, selector(&[Simple::Is(NESTED)])), "b");
}

#[test]
fn places_are_counted_among_siblings() {
    let page = "<ul><li id=a><li id=b><b id=x></b><li id=c><li id=d><li id=e></ul>";
    let at = |step, offset, from_end, of_type| {
        let position: &'static [Simple] =
            Box::leak(Box::new([Simple::Name("li"), Simple::Position(Position { step, offset, from_end, of_type })]));
        selected(page, selector(position))
    };
    assert_eq!(at(0, 1, false, false), "a");
    assert_eq!(at(0, 1, true, false), "e");
    assert_eq!(at(2, 1, false, true), "ace");
    assert_eq!(at(2, 0, false, false), "bd");
    assert_eq!(at(-1, 2, false, true), "ab");
    assert_eq!(at(-1, 2, true, true), "de");
    assert_eq!(at(1, 0, false, false), "abcde");
}

#[test]
fn attributes_are_compared() {
    let page = "<p id=a lang=de-AT title='One two'><p id=b lang=de title=''><p id=c lang=DEN>";
    let with = |name: &'static str, comparison, value: &'static str, ignores_case| {
        let test = Test::Compared { comparison, value, ignores_case };
        selected(page, selector(Box::leak(Box::new([Simple::Attribute { name, test }]))))
    };
    assert_eq!(selected(page, selector(&[Simple::Attribute { name: "title", test: Test::Present }])), "ab");
    assert_eq!(with("lang", Comparison::Equal, "de", false), "b");
    assert_eq!(with("lang", Comparison::Equal, "den", true), "c");
    assert_eq!(with("lang", Comparison::Dash, "de", false), "ab");
    assert_eq!(with("title", Comparison::Word, "two", false), "a");
    assert_eq!(with("lang", Comparison::Prefix, "de", true), "abc");
    assert_eq!(with("lang", Comparison::Suffix, "T", false), "a");
    assert_eq!(with("title", Comparison::Substring, "e t", false), "a");
    assert_eq!(with("title", Comparison::Prefix, "", false), "");
}

#[test]
fn selecting_takes_no_longer_than_the_document_is_long() {
    const DIV: Compound = &[Simple::Name("div")];
    const REST: &[(Combinator, Compound)] = &[(Combinator::Descendant, DIV); 60];
    let deep = format!("{}<b id=z>", "<div>".repeat(400));
    assert_eq!(selected(&deep, Selector { first: DIV, rest: REST }).len(), 340);
}

/// The parser looks through the attributes that are there for each that is added: hours for a document of some megabytes.
#[test]
fn further_tags_do_not_add_attributes_without_end() {
    let further: Vec<String> = (0..200_000).map(|number| format!("<html a{number}>x")).collect();
    let error = read(&further.concat(), &[]).unwrap_err();
    assert!(error.to_string().contains("more than 100 attributes"), "{error}");
    let few: Vec<String> = (0..200_000).map(|number| format!("<body a{}>x", number % 50)).collect();
    assert_eq!(read(&few.concat(), &[]).unwrap(), json!({ "tables": [] }));
}
