//! Parameter Objects and request bodies.

use super::Writer;
use super::paths::Found;
use super::security::is_reserved;
use crate::emit::openapi::document::{Json, media_type, style_name, usual_style};
use crate::ir::api::{Location as Place, MediaKind, ParameterEncoding, Style};
use crate::ir::types::TypeUse;
use crate::ir::{Location, Parameter, Route, Rule, Type};

/// The member `parameters`, if there are any.
pub(super) fn list(writer: &Writer<'_>, found: &Found<'_>, json: &mut Json) {
    let parameters = found.route.parameters.iter().enumerate();
    let parameters = parameters.filter(|(index, parameter)| !is_reserved(parameter) && is_given(found.route, *index));
    let placed = parameters.filter_map(|(index, parameter)| Some((index, parameter, place(parameter.location)?)));
    let placed: Vec<_> = placed.collect();
    if placed.is_empty() {
        return;
    }
    json.key("parameters").array(|json| {
        for (index, parameter, place) in placed {
            let name = found.variables.get(&index).unwrap_or(&parameter.name);
            let value = Value { parameter, rules: rules(found.route, index) };
            json.object(|json| self::parameter(writer, name, &value, place, json));
        }
    });
}

/// Whether callers give a parameter by its name: the file gives it no value, and does not look for it in the body.
pub(super) fn is_given(route: &Route, index: usize) -> bool {
    let is_of_file = |rule: &Rule| matches!(rule, Rule::Fixed(_) | Rule::Path(_));
    !route.rules.iter().any(|rule| rule.parameter == index && is_of_file(&rule.rule))
}

/// Whether something is looked for in the body by a path; and whether a request needs it.
pub(super) fn searched(route: &Route) -> Option<bool> {
    let paths = route.rules.iter().filter(|rule| matches!(rule.rule, Rule::Path(_)));
    let required = paths.map(|rule| route.parameters.get(rule.parameter).is_some_and(|parameter| parameter.required));
    required.reduce(|left, right| left || right)
}

/// A parameter with the rules for its values.
struct Value<'r> {
    parameter: &'r Parameter,
    rules: Vec<&'r Rule>,
}

fn rules(route: &Route, index: usize) -> Vec<&Rule> {
    route.rules.iter().filter(|rule| rule.parameter == index).map(|rule| &rule.rule).collect()
}

/// Where a parameter stands, unless that is the body.
fn place(location: Location) -> Option<Place> {
    match location {
        Location::Path => Some(Place::Path),
        Location::Query => Some(Place::Query),
        Location::Header => Some(Place::Header),
        Location::Cookie => Some(Place::Cookie),
        Location::Body | Location::Property | Location::Template => None,
    }
}

fn parameter(writer: &Writer<'_>, name: &str, value: &Value<'_>, place: Place, json: &mut Json) {
    let parameter = value.parameter;
    json.key("name").text(name);
    json.key("in").text(match place {
        Place::Path => "path",
        Place::Query | Place::QueryString => "query",
        Place::Header => "header",
        Place::Cookie => "cookie",
    });
    json.text_member("description", &parameter.description);
    json.flag("required", parameter.required);
    let schema = parameter.schema.as_ref();
    json.flag("allowEmptyValue", place == Place::Query && schema.is_some_and(|schema| schema.allow_empty));
    let content = match schema.map(|schema| &schema.encoding) {
        Some(ParameterEncoding::Style { style, explode, allow_reserved }) => {
            self::style(*style, *explode, place, json);
            json.flag("allowReserved", *allow_reserved && place == Place::Query);
            None
        }
        Some(ParameterEncoding::Content(kind)) => Some(*kind),
        // Text of JSON stands for an object that nothing describes.
        None => (parameter.r#type == Type::Object).then_some(MediaKind::Json),
    };
    match content {
        Some(kind) => json.key("content").object(|json| {
            json.key(media_type(kind)).object(|json| self::schema(writer, value, Part::Text, json.key("schema")));
        }),
        None => self::schema(writer, value, Part::Text, json.key("schema")),
    }
}

/// Says how a parameter is written, where it is not the usual way of its place.
fn style(style: Style, explode: bool, place: Place, json: &mut Json) {
    // 3.0 has no word for the style of cookies, which differs in what is percent-encoded alone.
    let is_usual = style == usual_style(place) || style == Style::Cookie;
    if !is_usual {
        json.key("style").text(style_name(style));
    }
    if explode != matches!(style, Style::Form | Style::Cookie) {
        json.key("explode").raw(if explode { "true" } else { "false" });
    }
}

/// The member `requestBody`, if a request has one.
pub(super) fn body(writer: &Writer<'_>, route: &Route, json: &mut Json) {
    let at = |location| {
        let parameters = route.parameters.iter().enumerate();
        let given = parameters.filter(move |(index, value)| value.location == location && is_given(route, *index));
        given.map(|(index, parameter)| Value { parameter, rules: rules(route, index) })
    };
    let whole = at(Location::Body).next();
    let properties: Vec<Value<'_>> = at(Location::Property).collect();
    let searched = searched(route);
    if whole.is_none() && properties.is_empty() && searched.is_none() {
        return;
    }
    json.key("requestBody").object(|json| {
        json.text_member("description", whole.as_ref().map_or("", |whole| &whole.parameter.description));
        let is_required = |value: &Value<'_>| value.parameter.required;
        let is_needed = whole.iter().chain(&properties).any(is_required) || searched == Some(true);
        json.flag("required", is_needed);
        json.key("content").object(|json| {
            json.key("application/json").object(|json| {
                let json = json.key("schema");
                match &whole {
                    None if properties.is_empty() => json.object(|_| {}),
                    None => object(writer, &properties, searched.is_none(), json),
                    Some(whole) if properties.is_empty() => schema(writer, whole, Part::Json, json),
                    Some(whole) => json.object(|json| {
                        json.key("allOf").array(|json| {
                            schema(writer, whole, Part::Json, json);
                            object(writer, &properties, false, json);
                        });
                    }),
                }
            });
        });
    });
}

/// The schema of the object that parameters are the properties of.
fn object(writer: &Writer<'_>, properties: &[Value<'_>], is_all: bool, json: &mut Json) {
    json.object(|json| {
        json.key("type").text("object");
        json.key("properties").object(|json| {
            for property in properties {
                schema(writer, property, Part::Property, json.key(&property.parameter.name));
            }
        });
        let required = || properties.iter().map(|property| property.parameter).filter(|property| property.required);
        if required().next().is_some() {
            json.key("required").texts(required().map(|property| property.name.as_str()));
        }
        if is_all {
            json.key("additionalProperties").raw("false");
        }
    });
}

/// What a value is a part of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// The texts of a request.
    Text,
    /// A body as a whole.
    Json,
    /// A body, among others. Only its schema can describe it there.
    Property,
}

/// Writes the schema of a value.
fn schema(writer: &Writer<'_>, value: &Value<'_>, part: Part, json: &mut Json) {
    let parameter = value.parameter;
    let description = if part == Part::Property { parameter.description.as_str() } else { "" };
    // A property that is null counts as absent.
    let nullable = part == Part::Property && !parameter.required;
    if let (Some(schemas), Some(schema)) = (&writer.schemas, &parameter.schema) {
        let usage = TypeUse { nullable: schema.r#type.nullable || nullable, ..schema.r#type };
        let write = |json: &mut Json| schemas.write_described(usage, description, schema.default.as_ref(), json);
        if value.rules.is_empty() {
            write(json);
        } else {
            json.object(|json| {
                json.key("allOf").array(write);
                ruled(value, json);
            });
        }
        return;
    }
    json.object(|json| {
        json.text_member("description", description);
        if parameter.r#type != Type::Any {
            json.key("type").text(parameter.r#type.as_str());
            json.flag("nullable", nullable);
        }
        match parameter.r#type {
            Type::Integer => json.key("format").text("int64"),
            Type::Number => json.key("format").text("double"),
            Type::Array => json.key("items").object(|json| {
                if part == Part::Text {
                    json.key("type").text("string");
                }
            }),
            Type::String if parameter.location == Location::Path => json.count("minLength", Some(1)),
            Type::String | Type::Boolean | Type::Object | Type::Any => {}
        }
        ruled(value, json);
    });
}

/// The members that say what the file demands of values. Those that it gives, and those that are looked for in the body, are
/// nobody's to describe.
fn ruled(value: &Value<'_>, json: &mut Json) {
    for rule in &value.rules {
        match rule {
            Rule::Pattern(pattern) if value.parameter.r#type == Type::String => json.key("pattern").text(pattern),
            Rule::OneOf(values) => json.key("enum").array(|json| values.iter().for_each(|value| json.raw(value))),
            Rule::Default(default) => json.key("default").raw(default),
            // What is no text has no pattern in a schema.
            Rule::Pattern(_) | Rule::Fixed(_) | Rule::Path(_) => {}
        }
    }
}
