//! Reading of control surfaces (section 6.4 of the format).

use super::adapters::{self, Side};
use super::fields::Fields;
use super::model::{Adapter, Control, Logs, Management, Observability, Spanned, Text, Traces, Unread};
use super::reader::{Field, Reader};
use crate::ir::Propagation;
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

fn management<'a>(reader: Reader<'a>, field: Field<'a>) -> Management<'a> {
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

/// `logs`, which is a truth value or a mapping; `None`: it is off.
fn logs<'a>(reader: Reader<'a>, field: Field<'a>) -> Option<Logs<'a>> {
    if let Node::Scalar(_) = reader.tree.node(field.value) {
        return reader.boolean(field.value, "`logs`").filter(|logs| logs.value).map(|_| Logs::default());
    }
    let mut fields = Fields::open(reader, field.value, "`logs`")?;
    let logs = Logs {
        level_control: fields.boolean("level-control"),
        stream: fields.boolean("stream"),
        max_subscribers: fields.text("max-subscribers"),
    };
    fields.finish();
    Some(logs)
}

/// The place of `scripting`, unless it is switched off.
fn scripting<'a>(reader: Reader<'a>, field: Field<'a>) -> Unread {
    let mut fields = Fields::open(reader, field.value, "`scripting`")?;
    let enabled = fields.boolean("enabled");
    fields.ignore(&["defaultLocation", "defaultLanguage", "timeout", "statementLimit", "allowedLanguages"]);
    fields.finish();
    enabled.is_none_or(|enabled| enabled.value).then_some(field.key.span)
}

fn observability<'a>(reader: Reader<'a>, field: Field<'a>) -> Observability<'a> {
    let Some(mut fields) = Fields::open(reader, field.value, "`observability`") else {
        return Observability::default();
    };
    let observability = Observability {
        enabled: fields.boolean("enabled"),
        metrics: fields.get("metrics").and_then(|field| {
            let mut fields = Fields::open(reader, field.value, "`metrics`")?;
            let (enabled, _) = local(&mut fields);
            fields.finish();
            enabled
        }),
        traces: fields.get("traces").and_then(|field| traces(reader, field)),
        endpoint: fields.get("exporters").and_then(|field| endpoint(reader, field)),
    };
    fields.finish();
    observability
}

/// `local.enabled`, and `local.buffer-size`.
fn local<'a>(fields: &mut Fields<'a>) -> (Option<Spanned<bool>>, Option<Text<'a>>) {
    let local = fields.get("local").and_then(|field| Fields::open(fields.reader, field.value, "`local`"));
    let Some(mut fields) = local else { return (None, None) };
    let found = (fields.boolean("enabled"), fields.text("buffer-size"));
    fields.finish();
    found
}

fn traces<'a>(reader: Reader<'a>, field: Field<'a>) -> Option<Traces<'a>> {
    let mut fields = Fields::open(reader, field.value, "`traces`")?;
    let (local, buffer_size) = local(&mut fields);
    let propagation = fields.get("propagation");
    let words = [("w3c", Propagation::W3c), ("b3", Propagation::B3)];
    let traces = Traces {
        sampling: fields.text("sampling"),
        propagation: propagation.and_then(|field| reader.word(field.value, "`propagation`", &words)),
        local,
        buffer_size,
    };
    fields.finish();
    Some(traces)
}

/// `exporters.otlp.endpoint`
fn endpoint<'a>(reader: Reader<'a>, field: Field<'a>) -> Option<Text<'a>> {
    let mut exporters = Fields::open(reader, field.value, "`exporters`")?;
    let otlp = exporters.get("otlp");
    exporters.finish();
    let mut otlp = Fields::open(reader, otlp?.value, "`otlp`")?;
    let endpoint = otlp.need_text("endpoint");
    otlp.finish();
    endpoint
}
