//! What the file demands of values, and answers of bytes.

use crate::emit::rest_document::text;
use crate::resolve;
use crate::source::Source;

#[test]
fn rules_and_bytes_are_told() {
    let file = "
ikanos: 1.0.0-beta5
capability:
  consumes:
    - type: http
      namespace: shelf
      baseUri: https://shelf.example.org
      resources:
        covers: { path: /covers, operations: { get-cover: { method: POST, inputParameters: { kind: { in: query }, id: { in: query }, size: { in: body } } } } }
  exposes:
    - type: rest
      namespace: shelf-rest
      port: 8080
      resources:
        covers:
          path: /covers
          operations:
            get-cover:
              method: POST
              call: shelf.get-cover
              responseBinary: { status: 206, mediaType: image/png }
              inputParameters:
                kind: { in: query, type: string, enum: [front, back], default: front }
                id: { in: query, type: string, pattern: '^[0-9]+$' }
                size: { in: body, type: integer, enum: [1, 2] }
";
    let analysis = resolve::analyze(&Source::new("shelf.yaml", file), None);
    let capability = analysis.capability.unwrap_or_else(|| panic!("{:#?}", analysis.diagnostics));
    let document = text(&capability, &capability.exposes[0], None).expect("a REST surface");
    for part in [
        r#""schema":{"type":"string","enum":["front","back"],"default":"front"}"#,
        r#""schema":{"type":"string","pattern":"^[0-9]+$"}"#,
        r#""type":"integer","nullable":true,"format":"int64","enum":[1,2]}"#,
        r#""206":{"description":"What the upstream answers with.","content":{"image/png":{"schema":{"type":"string","format":"binary"}}}}"#,
    ] {
        assert!(document.contains(part), "{part}: {document}");
    }
}
