//! Reading of the document's outer parts: version, info, binds, capability (sections 1, 3 and 4 of the format).

use super::fields::Fields;
use super::imports::Section;
use super::model::{Binding, Capability, Document, Info};
use super::reader::{Field, Reader};
use super::{aggregates, consumes, exposes, imports};
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::imports::Files;
use crate::suggest;
use crate::tree::{NodeId, Tree};

/// The versions that are written with the root key `naftiko`.
const NAFTIKO_VERSIONS: &[&str] = &["0.5", "1.0.0-alpha1", "1.0.0-alpha2"];
/// The versions that are written with the root key `ikanos`.
const IKANOS_VERSIONS: &[&str] =
    &["1.0.0-alpha3", "1.0.0-alpha4", "1.0.0-beta1", "1.0.0-beta2", "1.0.0-beta3", "1.0.0-beta4", "1.0.0-beta5"];

/// Reads a document. `None`: it is no capability file, which is reported.
///
/// `path` is the path of its file, which imports are relative to.
pub(crate) fn read<'a>(
    tree: &'a Tree<'a>,
    files: &'a Files<'a>,
    path: &'a str,
    sink: &'a Sink,
) -> Option<Document<'a>> {
    let reader = Reader { tree, sink, files, path };
    let mut fields = Fields::open(reader, tree.root(), "the document")?;
    if !version(&mut fields) {
        return None;
    }
    let consumes_field = fields.get("consumes");
    let exposes_field = fields.get("exposes");
    if fields.value_of("capability").is_none() {
        // For files that import them, so that they are checked here too.
        exposes::read(reader, exposes_field);
    }
    let document = Document {
        info: fields.get("info").map(|field| info(reader, field)).unwrap_or_default(),
        binds: binds(reader, fields.get("binds")),
        consumes: consumes::read(reader, consumes_field),
        consumes_key: consumes_field.map(|field| field.key.span),
        exposes: exposes_field.map(|field| field.key.span),
        aggregates: fields.unread("aggregates"),
        capability: None,
    };
    let capability = fields.get("capability");
    fields.finish();
    Some(with_capability(reader, document, capability))
}

/// Checks the version; `false` if nothing says that this is a capability file.
pub(super) fn version(fields: &mut Fields<'_>) -> bool {
    let (naftiko, ikanos) = (fields.text("naftiko"), fields.text("ikanos"));
    let sink = fields.reader.sink;
    if let (Some(_), Some(ikanos)) = (naftiko, ikanos) {
        let message = "the document has two versions, `naftiko` and `ikanos`";
        sink.report(Diagnostic::new(Code::UnknownVersion, ikanos.span, message).help("keep one of them"));
    }
    let (key, given, known) = match (naftiko, ikanos) {
        (Some(version), _) => ("naftiko", version, NAFTIKO_VERSIONS),
        (None, Some(version)) => ("ikanos", version, IKANOS_VERSIONS),
        (None, None) => {
            report_no_version(fields);
            return false;
        }
    };
    if known.contains(&given.value) {
        return true;
    }
    // Files exist that carry a version under the root key of the other versions; they mean what they say.
    if NAFTIKO_VERSIONS.iter().chain(IKANOS_VERSIONS).any(|version| *version == given.value) {
        let other = if key == "naftiko" { "ikanos" } else { "naftiko" };
        let message = format!("version `{}` is written with the root key `{other}`, not `{key}`", given.value);
        sink.report(Diagnostic::new(Code::RenamedField, given.span, message));
        return true;
    }
    let message = format!("unknown version `{}` of the capability format", given.value);
    sink.report(
        Diagnostic::new(Code::UnknownVersion, given.span, message)
            .maybe_help(suggest::did_you_mean(given.value, known.iter().copied()))
            .help(format!(
                "known versions with the root key `naftiko`: {}",
                suggest::list(NAFTIKO_VERSIONS.iter().copied())
            ))
            .help(format!(
                "known versions with the root key `ikanos`: {}",
                suggest::list(IKANOS_VERSIONS.iter().copied())
            )),
    );
    true
}

fn report_no_version(fields: &Fields<'_>) {
    let foreign = ["openapi", "swagger", "asyncapi"].into_iter().find(|key| fields.value_of(key).is_some());
    let slip = fields.slip("naftiko").or_else(|| fields.slip("ikanos"));
    let message = "the document does not say which version of the capability format it has";
    let span = slip.map_or(fields.span, |slip| slip.span);
    let help = match foreign {
        Some(key) => format!("this is a document of another format (`{key}`), not a capability file"),
        None => "begin the file with `naftiko: 1.0.0-alpha2`".to_owned(),
    };
    fields.reader.sink.report(Diagnostic::new(Code::MissingVersion, span, message).help(help));
}

fn info<'a>(reader: Reader<'a>, field: Field<'a>) -> Info<'a> {
    let Some(mut fields) = Fields::open(reader, field.value, "`info`") else {
        return Info::default();
    };
    let label = fields.text_or("label", "display");
    let title = fields.text("title");
    if let Some(title) = title {
        let message = "`info` has a field `title`, which the format calls `label`";
        reader.sink.report(Diagnostic::new(Code::RenamedField, title.span, message));
    }
    let tags = fields.get("tags");
    let info = Info {
        label: label.or(title),
        description: fields.text("description"),
        tags: reader.list(tags).iter().filter_map(|tag| reader.text(*tag, "a tag")).collect(),
        version: fields.text("version"),
    };
    fields.ignore(&["created", "modified", "stakeholders"]);
    fields.finish();
    info
}

fn binds<'a>(reader: Reader<'a>, field: Option<Field<'a>>) -> Vec<Binding<'a>> {
    reader.list(field).iter().filter_map(|id| binding(reader, *id)).collect()
}

fn binding(reader: Reader<'_>, id: NodeId) -> Option<Binding<'_>> {
    let Some(origin) = imports::follow(reader, id, Section::Binds) else {
        return Some(Binding { namespace: None, location: None, keys: Vec::new(), is_known: false });
    };
    let reader = origin.reader;
    let mut fields = Fields::open(reader, origin.node, "an entry of `binds`")?;
    let namespace = fields.need_text("namespace");
    let keys = fields.need("keys");
    let binding = Binding {
        namespace: origin.namespace.or(namespace),
        location: fields.text("location"),
        is_known: true,
        keys: reader
            .texts(keys)
            .into_iter()
            .filter_map(|(key, value)| Some((key, reader.text(value, &format!("the source of `{}`", key.value))?)))
            .collect(),
    };
    fields.ignore(&["description"]);
    fields.finish();
    Some(binding)
}

fn with_capability<'a>(reader: Reader<'a>, mut document: Document<'a>, field: Option<Field<'a>>) -> Document<'a> {
    let Some(field) = field else {
        return document;
    };
    let Some(mut fields) = Fields::open(reader, field.value, "`capability`") else {
        return document;
    };
    document.binds.extend(binds(reader, fields.get("binds")));
    let consumes_field = fields.get("consumes");
    let exposes_field = fields.get("exposes");
    let aggregates_field = fields.get("aggregates");
    document.capability = Some(Capability {
        key: field.key.span,
        consumes: consumes::read(reader, consumes_field),
        exposes: exposes::read(reader, exposes_field),
        aggregates: aggregates::read(reader, aggregates_field),
    });
    fields.finish();
    document
}
