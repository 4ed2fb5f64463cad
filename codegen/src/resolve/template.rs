//! Templates: text with holes `{{…}}` (section 10.1 of the format).

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::naftiko::Text;

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part<'t> {
    /// Literal text.
    Text(&'t str),
    /// What stands between the braces, without blanks, and where it stands.
    Hole(&'t str, Range<usize>),
}

/// Takes a template apart. `None`: it is malformed, which is reported.
pub(super) fn parse<'t>(text: &Text<'t>, sink: &Sink) -> Option<Vec<Part<'t>>> {
    let mut parts = Vec::new();
    let mut position = 0;
    while let Some(open) = text.value[position..].find("{{") {
        let open = position + open;
        if open > position {
            parts.push(Part::Text(&text.value[position..open]));
        }
        let inside = open + 2;
        let Some(close) = text.value[inside..].find("}}") else {
            let message = "the template has `{{` without `}}`";
            sink.report(Diagnostic::new(Code::MalformedTemplate, text.part(open..text.value.len()), message));
            return None;
        };
        let close = inside + close;
        let name = text.value[inside..close].trim();
        let whole = open..close + 2;
        if !is_name(name, text, &whole, sink) {
            return None;
        }
        parts.push(Part::Hole(name, whole));
        position = close + 2;
    }
    if position < text.value.len() {
        parts.push(Part::Text(&text.value[position..]));
    }
    Some(parts)
}

/// Checks what stands between the braces.
fn is_name(name: &str, text: &Text<'_>, whole: &Range<usize>, sink: &Sink) -> bool {
    let span = text.part(whole.clone());
    if name.is_empty() {
        sink.report(Diagnostic::new(Code::MalformedTemplate, span, "the template has an empty hole `{{}}`"));
        return false;
    }
    if name.starts_with(['#', '^', '/', '!', '&', '>', '{', '=']) {
        let message = format!(
            "sections and other marks such as `{}` in templates are not supported yet",
            &text.value[whole.clone()]
        );
        sink.report(Diagnostic::new(Code::UnsupportedTemplate, span, message));
        return false;
    }
    if name.contains(['{', '}']) || name.contains(char::is_whitespace) {
        let message = format!("the template has a malformed hole `{}`", &text.value[whole.clone()]);
        sink.report(Diagnostic::new(Code::MalformedTemplate, span, message));
        return false;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn parts(value: &str) -> Result<Vec<Part<'_>>, &'static str> {
        let sink = Sink::default();
        let text = Text { value, span: Span::default(), start: Some(0) };
        let parts = parse(&text, &sink);
        let (diagnostics, _) = sink.finish();
        parts.ok_or_else(|| diagnostics[0].code.as_str())
    }

    #[test]
    fn takes_templates_apart() {
        assert_eq!(parts("plain {x}"), Ok(vec![Part::Text("plain {x}")]));
        assert_eq!(parts("{{ env.KEY }}"), Ok(vec![Part::Hole("env.KEY", 0..13)]));
        assert_eq!(
            parts("Bearer {{KEY}}!"),
            Ok(vec![Part::Text("Bearer "), Part::Hole("KEY", 7..14), Part::Text("!")])
        );
        assert_eq!(parts(""), Ok(vec![]));
    }

    #[test]
    fn refuses_malformed_ones() {
        assert_eq!(parts("{{KEY"), Err("CAP0202"));
        assert_eq!(parts("{{ }}"), Err("CAP0202"));
        assert_eq!(parts("{{a b}}"), Err("CAP0202"));
        assert_eq!(parts("{{#a}}x{{/a}}"), Err("CAP0919"));
        assert_eq!(parts("{{{a}}}"), Err("CAP0919"));
    }
}
