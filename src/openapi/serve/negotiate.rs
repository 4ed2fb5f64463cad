//! Which media type a caller wants (RFC 9110, section 12.5.1).

use http::HeaderValue;
#[cfg(feature = "rest")]
use http::StatusCode;

#[cfg(feature = "rest")]
use crate::Problem;
#[cfg(feature = "rest")]
use crate::openapi::{Api, Operation};
use crate::openapi::{Case, MediaKind};

/// Refuses a request whose `Accept` none of the answers meets, before anything is done for it.
#[cfg(feature = "rest")]
pub(crate) fn refuse_unacceptable(
    api: &'static Api,
    operation: &'static Operation,
    accept: Option<&HeaderValue>,
) -> Result<(), Problem> {
    let Some(accept) = accept else { return Ok(()) };
    let cases = || operation.answers.iter().filter_map(|index| api.cases.get(usize::from(*index)));
    let passes = |case: &Case| case.kind == MediaKind::Empty || quality(accept, case) > 0.0;
    if cases().next().is_none() || cases().any(passes) {
        return Ok(());
    }
    let known: Vec<_> = cases().map(|case| format!("`{}`", case.media_type)).collect();
    let detail = format!("The answer is {}, which `Accept` does not take.", known.join(" or "));
    Err(Problem::new(StatusCode::NOT_ACCEPTABLE).with_detail(detail))
}

/// The case that a caller likes best, the first of equals. What is not acceptable is sent rather than nothing.
pub(crate) fn best(cases: impl Iterator<Item = &'static Case>, accept: Option<&HeaderValue>) -> Option<&'static Case> {
    let Some(accept) = accept else { return { cases }.next() };
    let mut best: Option<(&'static Case, f32)> = None;
    for case in cases {
        let quality = quality(accept, case);
        if best.is_none_or(|(_, known)| quality > known) {
            best = Some((case, quality));
        }
    }
    best.map(|(case, _)| case)
}

/// How much a caller likes a media type: the weight of the most special range that it is of, 0 where it is of none.
fn quality(accept: &HeaderValue, case: &Case) -> f32 {
    let declared = case.media_type;
    // What a range stands for, nobody knows before it is written.
    let Ok(accept) = accept.to_str() else { return 1.0 };
    if accept == declared || accept == "*/*" || declared.contains('*') {
        return 1.0;
    }
    let declared = declared.split(';').next().unwrap_or_default().trim();
    let mut best = (0, 0.0);
    for range in accept.split(',') {
        let (name, parameters) = range.split_once(';').unwrap_or((range, ""));
        let Some(rank) = rank(name.trim(), declared, case.kind) else { continue };
        if rank > best.0 {
            best = (rank, weight(parameters));
        }
    }
    best.1
}

/// How special a range is that a media type is of.
fn rank(range: &str, declared: &str, kind: MediaKind) -> Option<u8> {
    if range.eq_ignore_ascii_case(declared) {
        return Some(4);
    }
    match range.strip_suffix("/*") {
        Some("*") => Some(1),
        Some(prefix) => {
            let own = declared.split_once('/').map_or(declared, |(prefix, _)| prefix);
            own.eq_ignore_ascii_case(prefix).then_some(2)
        }
        // Who reads JSON reads its special forms.
        None => (kind == MediaKind::Json && range.eq_ignore_ascii_case("application/json")).then_some(3),
    }
}

fn weight(parameters: &str) -> f32 {
    let mut pairs = parameters.split(';').filter_map(|parameter| parameter.split_once('='));
    let weight = pairs.find(|(name, _)| name.trim().eq_ignore_ascii_case("q"));
    weight.map_or(1.0, |(_, value)| value.trim().parse().unwrap_or(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::openapi::Status;

    fn case(media_type: &'static str, kind: MediaKind) -> &'static Case {
        Box::leak(Box::new(Case { status: Status::Code(200), media_type, kind, variant: 0 }))
    }

    fn chosen(accept: &str) -> &'static str {
        let cases = [case("application/json", MediaKind::Json), case("text/csv", MediaKind::Text)];
        best(cases.into_iter(), Some(&accept.parse().unwrap())).unwrap().media_type
    }

    #[test]
    fn the_caller_chooses_by_weight() {
        for (accept, expected) in [
            ("*/*", "application/json"),
            ("text/csv", "text/csv"),
            ("text/*", "text/csv"),
            ("application/json;q=0.5, text/csv", "text/csv"),
            ("text/csv;q=0.5, */*;q=0.1", "text/csv"),
            ("*/*, text/csv;q=0.2", "application/json"),
            ("Text/CSV", "text/csv"),
            ("image/png", "application/json"),
        ] {
            assert_eq!(chosen(accept), expected, "{accept}");
        }
    }

    #[test]
    fn who_reads_json_reads_its_special_forms() {
        let accept = "application/json".parse().unwrap();
        assert!(quality(&accept, case("application/vnd.api+json", MediaKind::Json)) > 0.0);
        assert!(quality(&accept, case("text/plain", MediaKind::Text)) == 0.0);
    }
}
