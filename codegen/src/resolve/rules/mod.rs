//! Rules for the values of exposed inputs (section 7 of the format): patterns, constants, paths into the body, defaults.

mod pattern;

use super::arguments::Kind;
use super::constant::{article, fit};
use super::outputs;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::{InputRule, Location, Parameter, Rule, Type};
use crate::naftiko::{ExposedInput, InputValue, Text};
use crate::source::Span;

/// The rules of a route or tool: each of `declared` is an input and the parameter that it has become. Parameters that always
/// have a value are no longer required.
pub(super) fn resolve(
    declared: &[(usize, &ExposedInput<'_>)],
    parameters: &mut [Parameter],
    kind: Kind,
    sink: &Sink,
) -> Vec<InputRule> {
    let mut rules = Vec::new();
    for (index, input) in declared {
        let Some(parameter) = parameters.get_mut(*index) else { continue };
        let mut found = Input { declared: input, parameter, kind, sink }.rules();
        if found.iter().any(|rule| matches!(rule, Rule::Fixed(_) | Rule::Default(_))) {
            parameter.required = false;
        }
        if found.iter().any(|rule| matches!(rule, Rule::Fixed(_))) {
            found.retain(|rule| matches!(rule, Rule::Fixed(_)));
        }
        if found.iter().any(|rule| matches!(rule, Rule::Path(_))) {
            parameter.location = Location::Property;
        }
        rules.extend(found.into_iter().map(|rule| InputRule { parameter: *index, rule }));
    }
    rules
}

struct Input<'r, 'a> {
    declared: &'r ExposedInput<'a>,
    parameter: &'r Parameter,
    kind: Kind,
    sink: &'r Sink,
}

impl Input<'_, '_> {
    fn rules(&self) -> Vec<Rule> {
        let values = self.one_of();
        let default = self.declared.default.as_ref().and_then(|default| self.default(default, values.as_deref()));
        let pattern = self.declared.pattern.and_then(|pattern| self.pattern(&pattern));
        let value = self.declared.value.as_ref().and_then(|value| self.value(value));
        [pattern, values.map(Rule::OneOf), default, value].into_iter().flatten().collect()
    }

    fn unfit(&self, span: Span, problem: &str) {
        let message = format!("the input `{}` {problem}", self.declared.name.value);
        self.sink.report(Diagnostic::new(Code::UnfitInputRule, span, message));
    }

    fn pattern(&self, text: &Text<'_>) -> Option<Rule> {
        if matches!(self.parameter.r#type, Type::Array | Type::Object) {
            self.unfit(text.span, &format!("has a pattern, but is {}", article(self.parameter.r#type)));
            return None;
        }
        if let Err(fault) = pattern::check(text.value) {
            let message = format!("`{}` is no regular expression of ECMA-262: {}", text.value, fault.message);
            self.sink.report(Diagnostic::new(Code::MalformedInputPattern, text.part(fault.range), message));
            return None;
        }
        Some(Rule::Pattern(text.value.to_owned()))
    }

    fn value(&self, value: &InputValue<'_>) -> Option<Rule> {
        let Some(text) = value.text else { return self.constant(value).map(Rule::Fixed) };
        if text.value.starts_with('$') {
            return self.path(&text);
        }
        if text.value.contains("{{") {
            self.unfit(text.span, "has a template as its value, where only a constant or a path can stand");
            return None;
        }
        self.constant(value).map(Rule::Fixed)
    }

    /// A path into the body.
    fn path(&self, text: &Text<'_>) -> Option<Rule> {
        if self.kind == Kind::Mcp {
            self.unfit(text.span, "has a path as its value, but a tool has no body that it could lead into");
            return None;
        }
        if !matches!(self.parameter.location, Location::Body | Location::Property) {
            self.unfit(text.span, "has a path into the body as its value, but does not travel there");
            return None;
        }
        outputs::path(text, self.sink).map(Rule::Path)
    }

    fn default(&self, default: &InputValue<'_>, values: Option<&[String]>) -> Option<Rule> {
        let json = self.constant(default)?;
        if values.is_some_and(|values| !values.contains(&json)) {
            self.unfit(default.constant.span, "has a default that is none of its values");
        }
        if self.parameter.location == Location::Path && self.kind == Kind::Rest {
            self.unfit(default.constant.span, "has a default, but stands in the path and is always given");
        }
        Some(Rule::Default(json))
    }

    fn one_of(&self) -> Option<Vec<String>> {
        let values = self.declared.values.as_ref()?;
        if values.is_empty() {
            self.unfit(self.declared.name.span, "has an empty list of values");
        }
        Some(values.iter().filter_map(|value| self.constant(value)).collect())
    }

    /// A value of the file as JSON text of the parameter's type.
    fn constant(&self, value: &InputValue<'_>) -> Option<String> {
        let json = &value.constant.json;
        let text = value.text.map_or_else(|| json.to_string(), |text| text.value.to_owned());
        let fitted = fit(json, &text, self.parameter.r#type);
        if fitted.is_none() {
            let problem = format!("is {} and cannot be `{text}`", article(self.parameter.r#type));
            self.unfit(value.constant.span, &problem);
        }
        fitted.map(|value| value.to_string())
    }
}
