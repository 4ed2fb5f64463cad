//! Reading of control surfaces (section 6.4 of the format).

use super::adapters::{self, Side};
use super::fields::Fields;
use super::model::{Adapter, Control, Management, Observability, Spanned, Text, Unread};
use super::reader::{Field, Reader};
use crate::source::Span;
use crate::tree::Node;

/// The namespace of a control surface, which the format gives none.
const NAMESPACE: &str = "control";

pub(super) fn read<'a>(fields: &mut Fields<'a>, place: Span) -> Control<'a> {
    let reader = fields.reader;
    let namespace = Some(Text { value: NAMESPACE, span: place, start: None });
    fields.describe("the control surface", None);
    let port = fields.get("port");
    let authentication = fields.get("authentication");
    let adapter = Adapter {
        namespace,
        own_namespace: namespace,
        description: fields.text("description"),
        address: fields.text("address"),
        port: port.and_then(|field| reader.port(field.value)),
        has_port: port.is_some(),
        authentication: authentication.and_then(|field| adapters::authentication(reader, field, Side::Inbound)),
        max_binary_size: None,
    };
    fields.extension(&["description"], "read nevertheless");
    Control {
        adapter,
        management: fields.get("management").map(|field| management(reader, field)).unwrap_or_default(),
        observability: fields.get("observability").map(|field| observability(reader, field)).unwrap_or_default(),
    }
}

fn management<'a>(reader: Reader<'a>, field: Field<'a>) -> Management {
    let Some(mut fields) = Fields::open(reader, field.value, "`management`") else {
        return Management::default();
    };
    let management = Management {
        health: fields.boolean("health"),
        info: fields.boolean("info"),
        reload: fields.boolean("reload"),
        validate: fields.boolean("validate"),
        logs: fields.get("logs").and_then(|field| logs(reader, field)),
        scripting: fields.get("scripting").and_then(|field| scripting(reader, field)),
    };
    fields.finish();
    management
}

/// The place of `logs`, if it asks for something: it is a truth value or a mapping.
fn logs<'a>(reader: Reader<'a>, field: Field<'a>) -> Unread {
    if let Node::Scalar(_) = reader.tree.node(field.value) {
        return asked(field, reader.boolean(field.value, "`logs`"));
    }
    let mut fields = Fields::open(reader, field.value, "`logs`")?;
    let (level, stream) = (fields.boolean("level-control"), fields.boolean("stream"));
    fields.ignore(&["max-subscribers"]);
    fields.finish();
    let is_off = level.is_some_and(|level| !level.value) && stream.is_none_or(|stream| !stream.value);
    (!is_off).then_some(field.key.span)
}

/// The place of `scripting`, unless it is switched off.
fn scripting<'a>(reader: Reader<'a>, field: Field<'a>) -> Unread {
    let mut fields = Fields::open(reader, field.value, "`scripting`")?;
    let enabled = fields.boolean("enabled");
    fields.ignore(&["defaultLocation", "defaultLanguage", "timeout", "statementLimit", "allowedLanguages"]);
    fields.finish();
    asked(field, enabled.or(Some(Spanned { value: true, span: field.key.span })))
}

fn observability<'a>(reader: Reader<'a>, field: Field<'a>) -> Observability {
    let Some(mut fields) = Fields::open(reader, field.value, "`observability`") else {
        return Observability::default();
    };
    let observability = Observability {
        enabled: fields.boolean("enabled"),
        metrics: fields.get("metrics").and_then(|field| {
            let mut fields = Fields::open(reader, field.value, "`metrics`")?;
            let enabled = local(&mut fields);
            fields.finish();
            enabled
        }),
        traces: fields.get("traces").and_then(|field| traces(reader, field)),
        exporters: fields.unread("exporters"),
    };
    fields.finish();
    observability
}

/// `local.enabled`
fn local(fields: &mut Fields<'_>) -> Option<Spanned<bool>> {
    let field = fields.get("local")?;
    let mut fields = Fields::open(fields.reader, field.value, "`local`")?;
    let enabled = fields.boolean("enabled");
    fields.ignore(&["buffer-size"]);
    fields.finish();
    enabled
}

/// The place of `traces`, unless they are switched off.
fn traces<'a>(reader: Reader<'a>, field: Field<'a>) -> Unread {
    let mut fields = Fields::open(reader, field.value, "`traces`")?;
    let enabled = local(&mut fields);
    fields.ignore(&["sampling", "propagation"]);
    fields.finish();
    asked(field, enabled.or(Some(Spanned { value: true, span: field.key.span })))
}

/// The place of a field that asks for something, if its switch is on.
fn asked(field: Field<'_>, switch: Option<Spanned<bool>>) -> Unread {
    switch.filter(|switch| switch.value).map(|_| field.key.span)
}
