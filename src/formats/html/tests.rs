use serde_json::json;

use super::super::{Format, FormatError, to_json};
use super::*;

fn tables(html: &str) -> Value {
    read(html).unwrap()["tables"].take()
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
        to_json(&Format::Html, &page, media_type).unwrap()["tables"][0][0]["A"].take()
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
    assert_eq!(read(&deep), Err(FormatError::TooDeep { limit: 512 }));
    let formatting: Vec<String> = (0..2_000).map(|number| format!("<b a{number}><p>")).collect();
    assert_eq!(read(&formatting.concat()), Err(FormatError::TooDeep { limit: 512 }));
    let attributes: Vec<String> = (0..100_000).map(|number| format!("a{number}")).collect();
    let fault = read(&format!("<p>\n<a {}>", attributes.join("\n"))).unwrap_err();
    assert!(matches!(fault, FormatError::Malformed { line: Some(line), .. } if line < 10_000), "{fault}");
    let long = format!("<table><tr><th>{}{}", "n".repeat(1_000_000), "<tr><td>x".repeat(1_000));
    assert!(matches!(read(&long), Err(FormatError::TooLarge { .. })));
}
