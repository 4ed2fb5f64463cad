use proc_macro2::TokenStream;
use quote::quote;

use super::{Layouter, WIDTH};

fn lay(items: &TokenStream) -> String {
    let mut layouter = Layouter::default();
    layouter.items(items);
    layouter.finish()
}

/// Asserts that code of one item is laid out as it is written.
fn stays(code: &str) {
    let tokens = code.parse().expect("tokens");
    let text = lay(&tokens);
    assert_eq!(text.trim_end(), code.trim(), "\n{text}");
    assert!(text.lines().all(|line| line.len() <= WIDTH), "{text}");
}

#[test]
fn items_stay_as_a_person_writes_them() {
    stays(
        r#"
/// A place.
///
/// It has "quotes" and a \ in it.
#[derive(::core::fmt::Debug, Hash)]
#[allow(dead_code)]
pub struct Place<'a, T: ?Sized> {
    /// The name.
    pub name: &'a str,
    #[doc(hidden)]
    pub(crate) rest: ::core::option::Option<::std::vec::Vec<T>>,
}

pub struct Unit;

pub struct Pair(pub i64, ::std::string::String);

pub enum Kind {
    /// One.
    One,
    Two(Place<'static, [u8; 4]>),
    Three { a: i64 },
}

impl<'a, T> ::core::clone::Clone for Place<'a, T> {
    #[inline]
    fn clone(&self) -> Self {
        *self
    }

    fn nothing(&mut self) {}
}

impl<T> ::core::marker::Copy for Pair {}

pub const LIMIT: i64 = -1;

::capsmith::__private::when_client! {
    use super::types::{self, Kind};

    pub type Call = fn(&Kind) -> dyn ::core::ops::Fn(i64) -> bool + Send;
}

::capsmith::implement! { Place Pair }
"#,
    );
}

#[test]
fn statements_and_expressions_stay_as_a_person_writes_them() {
    stays(
        r#"
fn all(mut self, index: usize, call: impl Fn(usize) -> bool) -> Result<(), Error> {
    let mut total = -index + 2 * 3 - self.rest[0];
    if total < 3 && !call(total) || index == 0xff {
        return Err(Error::new("text", 'a', b"bytes", r"raw text")?);
    } else {
        total += 1;
    }
    for item in self.items.iter().map(|item| &item.name) {
        *total = (total as u64) & 1;
    }
    match index {
        0 => &mut self.first,
        1..=5 | 7 => {
            total -= 1;
            &mut self.second
        }
        Kind::Three { a, .. } if a > 1 => self.third(|| ()),
        _ => <Self as ::core::default::Default>::default().0.1,
    };
    let value = Self { name: "a", count: [0; 4], ..Self::EMPTY };
    ::std::vec![1, 2, 3].into_iter().collect::<Vec<_>>()
}
"#,
    );
}

#[test]
fn long_lines_are_broken_where_it_hurts_least() {
    stays(
        r#"
pub fn create_or_update_something(
    &self,
    owner: impl ::core::convert::Into<::std::string::String>,
    repository: types::Repository,
) -> Request<operations::CreateOrUpdateSomething> {
    self.inner.inputs.a_name_that_takes_up_much_of_the_line_so_that_not_enough_is_left_over =
        ::core::option::Option::Some(::core::convert::Into::into(owner));
    self.request(
        operations::CreateOrUpdateSomethingWithANameThatIsLong::new(owner, repository),
        "and another argument that does not fit",
    )
}

pub struct Long {
    pub a_name_that_takes_up_much_of_the_line:
        ::core::option::Option<::std::vec::Vec<inline::AnotherNameThatTakesUpMuchOfTheLine>>,
}

impl ::capsmith::types::Model
    for ANameThatIsSoLongThatNothingElseFitsOnTheLineBesideItNotEvenTheNameOfTheTraitThatComesBeforeIt
{
    fn shape(&self) -> &'static ::capsmith::types::Shape {
        &::capsmith::types::Shape::Struct(::capsmith::types::shape::Struct {
            name: "ANameThatIsSoLongThatNothingElseFitsOnTheLineBesideIt",
            fields: &[
                "avatar_url", "gravatar_id", "url", "html_url", "followers_url", "following_url", "gists_url", "login",
                "organizations_url",
            ],
            ..::capsmith::types::shape::Struct::EMPTY
        })
    }
}

::capsmith::types::implement! {
    ANameThatIsSoLongThatNothingElseFits ANameThatIsSoLongThatNothingElseFits AShortName
    ANameThatIsSoLongThatNothingElseFits
}

::capsmith::types::implement_struct! {
    AShortName { fields: &["a", "b"], required: &[1] } { 0 a _ b } blank { a } none {
        a_name_that_takes_up_much_of_the_line another_name_that_takes_up_much_of_the_line c d e f g h i j k l m n o p q
        r s t u
    } {}
}

use ::capsmith::description::{
    Annotations, Authentication, Bind, Capability, Constant, Consumes, Exposes, Location, Method, Operation, Parameter,
    Piece, Route,
};

static OPERATIONS: [Operation; 2] = [
    Operation { name: "a", parameters: &[0, 1, 2], pagination: Some(Pagination::Link), ..Operation::EMPTY },
    Operation {
        name: "a/name-that-takes-up-much-of-the-line",
        path: "/a/path/{0}/that/takes/up/much/of/the/line/as/well/{1}",
        ..Operation::EMPTY
    },
];
"#,
    );
}

#[test]
fn commas_at_the_end_of_lists_are_added_and_left_out_but_not_where_they_matter() {
    let text =
        lay(&quote! { const A: (i64,) = f(1, 2,); const B: [T; 2] = [a, b,]; const C: X = X { a: (1), b, }; m!(a,); });
    assert_eq!(
        text,
        "const A: (i64,) = f(1, 2);\nconst B: [T; 2] = [a, b];\nconst C: X = X { a: (1), b };\n\nm!(a,);\n"
    );
    let long = "a".repeat(WIDTH);
    let name = quote::format_ident!("{long}");
    let text = lay(&quote! { const A: X = f((#name + 1), [#name; 2]); });
    let expected =
        format!("const A: X = f(\n    (\n        {long} + 1\n    ),\n    [\n        {long}; 2\n    ],\n);\n");
    assert_eq!(text, expected);
}

#[test]
fn documentation_that_no_comment_can_hold_stays_an_attribute() {
    let text = lay(&quote! {
        #[doc = " a\nb"]
        #[doc = "/ rule"]
        #[doc = ""]
        #[doc = " \u{202e}"]
        #[doc = " blank "]
        #[doc = r" raw \ text"]
        #[doc = concat!("a", "b")]
        struct A;
    });
    let expected = r#"#[doc = " a\nb"]
#[doc = "/ rule"]
///
#[doc = " \u{202e}"]
#[doc = " blank "]
/// raw \ text
#[doc = concat!("a", "b")]
struct A;
"#;
    assert_eq!(text, expected);
}

#[test]
fn groups_that_are_opened_and_closed_stand_around_their_items() {
    let mut layouter = Layouter::behind(String::from("// Header\n\n"));
    layouter.open(&quote! { #[allow(unused)] pub mod a });
    layouter.items(&quote! { const A: i64 = 1; });
    layouter.items(&quote! { const B: i64 = 1; });
    layouter.open(&quote! { ::c::when_client! });
    layouter.items(&quote! { fn f() { g(); } });
    layouter.close();
    layouter.open(&quote! { mod empty });
    layouter.close();
    let mut part = Layouter::inside(1);
    part.items(&quote! { struct C; });
    layouter.append(&part.finish());
    layouter.append("");
    layouter.close();
    let expected = "// Header\n\n#[allow(unused)]\npub mod a {\n    const A: i64 = 1;\n    const B: i64 = 1;\n\n    \
                    ::c::when_client! {\n        fn f() {\n            g();\n        }\n    }\n\n    mod empty {}\n\n    \
                    struct C;\n}\n";
    assert_eq!(layouter.finish(), expected);
}

#[test]
fn any_tokens_are_written_without_a_panic() {
    for text in
        ["", "<", ">", "a < b > c", "=> , ;", "{}", "# [", "a ! {", "..", "| a | b", "< < >", "# !", "impl {", "match"]
    {
        if let Ok(tokens) = text.parse::<TokenStream>() {
            lay(&tokens);
        }
    }
}

#[test]
fn long_attributes_are_no_lists() {
    let words = "word ".repeat(30);
    let items = quote! {
        #[doc = #words]
        #[allow(first_of_many_lints, second_of_many_lints, third_of_many_lints, fourth_of_many_lints, fifth_of_many_lints, sixth_of_many_lints)]
        struct A;
    };
    let escaped = items.to_string().replace("word word", "\\u{feff}word");
    let text = lay(&escaped.parse().expect("tokens"));
    assert!(text.starts_with("#[doc = \"\\u{feff}word"), "{text}");
    assert!(text.contains("word \"]\n#[allow(\n    first_of_many_lints,\n"), "{text}");
    assert!(text.contains("    sixth_of_many_lints,\n)]\nstruct A;"), "{text}");
}
