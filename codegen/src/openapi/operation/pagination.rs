//! The usual patterns of pages, recognised by names.

use crate::ir::api::{Items, Location, MediaKind, Method, Operation, Pagination, Status};
use crate::ir::types::{Kind, Struct, TypeId, Types};

const PAGE: &[&str] = &["page", "pagenumber", "pagenum", "pageno", "pageindex", "currentpage"];
const OFFSET: &[&str] = &["offset", "skip", "start", "startat", "startindex", "from"];
const SIZE: &[&str] = &[
    "perpage",
    "pagesize",
    "limit",
    "size",
    "count",
    "maxresults",
    "pagelimit",
    "itemsperpage",
    "pageperpage",
    "top",
    "take",
];
const CURSOR: &[&str] = &[
    "cursor",
    "pagetoken",
    "nexttoken",
    "nextcursor",
    "after",
    "startingafter",
    "continuationtoken",
    "marker",
    "nextmarker",
    "nextpagetoken",
    "iterator",
    "pagecursor",
    "bookmark",
    "pageafter",
];
/// What answers call what is given as a cursor.
const NEXT_CURSOR: &[&str] = &[
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "cursor",
    "after",
    "endcursor",
    "continuationtoken",
    "nextmarker",
    "iterator",
    "bookmark",
    "nextpagecursor",
    "next",
];
const NEXT_URL: &[&str] = &["next", "nexturl", "nextpageurl", "nextlink", "odatanextlink", "nextpage", "nexthref"];
/// Objects in which answers put what is about pages.
const WRAPPERS: &[&str] =
    &["pagination", "paging", "meta", "metadata", "links", "pages", "responsemetadata", "pageinfo", "cursors"];

/// How to get further pages of what an operation lists. `None`: the document does not show it.
pub(super) fn detect(operation: &Operation, types: &Types) -> Option<Pagination> {
    if operation.method != Method::Get {
        return None;
    }
    let response = operation
        .responses
        .iter()
        .find(|response| matches!(response.status, Status::Code(200..=299) | Status::Range(2)))?;
    let content = response.contents.iter().find(|content| content.kind == MediaKind::Json)?;
    let answer = content.r#type?;
    let (items, body) = match &types.get(answer.id).kind {
        Kind::Array(_) => (None, None),
        Kind::Struct(body) => (Some(list(body, types)?), Some(body)),
        _ => return None,
    };
    let items: Items = items;
    let find = |names: &[&str]| {
        operation.parameters.iter().position(|parameter| {
            parameter.location == Location::Query
                && names.contains(&&*fold(&parameter.wire))
                && is_scalar(parameter.r#type.id, types)
        })
    };
    if let (Some(cursor), Some(next)) = (find(CURSOR), body.and_then(|body| next(body, NEXT_CURSOR, types))) {
        return Some(Pagination::Cursor { cursor, next, items });
    }
    if let Some(next) = body.and_then(|body| next(body, NEXT_URL, types)) {
        return Some(Pagination::NextUrl { next, items });
    }
    if response.headers.iter().any(|header| header.wire.eq_ignore_ascii_case("link")) {
        return Some(Pagination::Link { items });
    }
    if let Some(page) = find(PAGE).filter(|index| is_integer(operation.parameters[*index].r#type.id, types)) {
        return Some(Pagination::Page { page, size: find(SIZE), items });
    }
    let offset = find(OFFSET).filter(|index| is_integer(operation.parameters[*index].r#type.id, types))?;
    Some(Pagination::Offset { offset, limit: Some(find(SIZE)?), items })
}

/// The property that holds the items: the only list of the answer.
fn list(body: &Struct, types: &Types) -> Option<String> {
    let mut lists = body.fields.iter().filter(|field| matches!(types.get(field.r#type.id).kind, Kind::Array(_)));
    let first = lists.next()?;
    lists.next().is_none().then(|| first.wire.clone())
}

/// The properties that lead to what the next page needs: in the answer, or in one of the usual wrappers.
fn next(body: &Struct, names: &[&str], types: &Types) -> Option<Vec<String>> {
    let direct = |body: &Struct| {
        let field = |name: &&str| {
            body.fields.iter().find(|field| fold(&field.wire) == **name && is_string(field.r#type.id, types))
        };
        names.iter().find_map(field).map(|field| field.wire.clone())
    };
    if let Some(name) = direct(body) {
        return Some(vec![name]);
    }
    body.fields.iter().filter(|field| WRAPPERS.contains(&&*fold(&field.wire))).find_map(|field| {
        let Kind::Struct(inner) = &types.get(field.r#type.id).kind else {
            return None;
        };
        Some(vec![field.wire.clone(), direct(inner)?])
    })
}

fn is_string(id: TypeId, types: &Types) -> bool {
    matches!(types.get(id).kind, Kind::String(..))
}

fn is_integer(id: TypeId, types: &Types) -> bool {
    matches!(types.get(id).kind, Kind::Integer(..) | Kind::Number(..))
}

fn is_scalar(id: TypeId, types: &Types) -> bool {
    is_string(id, types) || is_integer(id, types)
}

/// A name as it is compared: in lower case, letters and digits only.
fn fold(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphanumeric).map(|character| character.to_ascii_lowercase()).collect()
}
