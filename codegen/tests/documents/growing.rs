//! Kinds of documents that can be made as long as one likes.

use super::{document, list, operation, reference, schemas};

/// A name, and a document whose length grows with a number.
pub(crate) type Kind = (&'static str, fn(usize) -> String);

/// What reading could take too long with.
pub(crate) const KINDS: &[Kind] = &[
    ("chain of properties", |n| {
        schemas(&format!(
            r#""A":{},{}"#,
            reference("S0"),
            list(n, |i| format!(r#""S{i}":{{"properties":{{"next":{}}}}}"#, reference(format!("S{}", (i + 1) % n))))
        ))
    }),
    ("chain of references", |n| {
        schemas(&format!(
            r#""A":{{"properties":{{{}}}}},{}"#,
            list(n, |i| format!(r#""p{i}":{}"#, reference(format!("S{i}")))),
            list(n, |i| format!(r#""S{i}":{}"#, reference(format!("S{}", i + 1))))
        ))
    }),
    ("diamonds of allOf", |n| {
        let layer = |i: usize| {
            format!(r#"{{"allOf":[{},{}]}}"#, reference(format!("L{}", i + 1)), reference(format!("R{}", i + 1)))
        };
        schemas(&format!(
            r#""A":{{"properties":{{{}}}}},{}"#,
            list(n, |i| format!(r#""p{i}":{}"#, reference(format!("L{i}")))),
            list(n, |i| format!(r#""L{i}":{0},"R{i}":{0}"#, layer(i)))
        ))
    }),
    ("diamonds of oneOf", |n| {
        let layer = |i: usize| {
            format!(r#"{{"oneOf":[{},{}]}}"#, reference(format!("L{}", i + 1)), reference(format!("R{}", i + 1)))
        };
        schemas(&format!(r#""A":{},{}"#, reference("L0"), list(n, |i| format!(r#""L{i}":{0},"R{i}":{0}"#, layer(i)))))
    }),
    ("many members of allOf", |n| {
        schemas(&format!(
            r#""A":{{"allOf":[{}]}}"#,
            list(n, |i| format!(r#"{{"properties":{{"same":{{"properties":{{"p{i}":{{}}}}}},"p{i}":{{}}}}}}"#))
        ))
    }),
    ("many variants", |n| {
        schemas(&format!(
            r#""A":{{"oneOf":[{}]}}"#,
            list(n, |i| format!(
                r#"{{"type":"object","required":["kind"],"properties":{{"kind":{{"const":"k{i}"}}}}}}"#
            ))
        ))
    }),
    ("a mapping of many", |n| {
        schemas(&format!(
            r#""A":{{"oneOf":[{}],"discriminator":{{"propertyName":"kind","mapping":{{{}}}}}}},{}"#,
            list(n, |i| reference(format!("V{i}"))),
            list(n, |i| format!(r##""k{i}":"#/components/schemas/V{i}""##)),
            list(n, |i| format!(r#""V{i}":{{"properties":{{"kind":{{"type":"string"}},"v{i}":{{}}}}}}"#))
        ))
    }),
    ("a mapping to nowhere", |n| {
        schemas(&format!(
            r#""A":{{"oneOf":[{{"type":"string"}},{{"type":"object"}}],"discriminator":{{"propertyName":"kind","mapping":{{{}}}}}}},{}"#,
            list(n, |i| format!(r##""k{i}":"#/components/schemas/Nowhere{i}""##)),
            list(n, |i| format!(r#""V{i}":{{}}"#))
        ))
    }),
    ("a base of many", |n| {
        schemas(&format!(
            r#""A":{{"type":"object","properties":{{"kind":{{"type":"string"}}}},"discriminator":{{"propertyName":"kind"}}}},{}"#,
            list(n, |i| format!(
                r#""V{i}":{{"allOf":[{},{{"properties":{{"v{i}":{}}}}}]}}"#,
                reference("A"),
                reference(format!("V{}", (i + 1) % n))
            ))
        ))
    }),
    ("many enum values", |n| schemas(&format!(r#""A":{{"enum":[{}]}}"#, list(n, |i| format!(r#""v{}""#, i / 2))))),
    ("many equal names", |n| {
        schemas(&format!(r#""A":{{"enum":[{}]}}"#, list(n, |i| format!(r#""{}""#, "-".repeat(i % 50) + "a"))))
    }),
    ("many schemas of one name", |n| {
        schemas(&format!(
            r#""A":{{"properties":{{{}}}}},{}"#,
            list(n, |i| format!(r#""p{i}":{}"#, reference(format!("a{}b", "-".repeat(i % 50))))),
            list(50, |i| format!(r#""a{}b":{{"properties":{{"q{i}":{{}}}}}}"#, "-".repeat(i)))
        ))
    }),
    ("many properties", |n| {
        schemas(&format!(
            r#""A":{{"required":[{}],"properties":{{{}}}}}"#,
            list(n, |i| format!(r#""p{i}""#)),
            list(n, |i| format!(r#""p{i}":{{"const":"x"}}"#))
        ))
    }),
    ("many properties in variants", |n| {
        let variant = format!(
            r#"{{"type":"object","required":[{}],"properties":{{{}}}}}"#,
            list(n, |i| format!(r#""p{i}""#)),
            list(n, |i| format!(r#""p{i}":{{"const":"x"}}"#))
        );
        schemas(&format!(r#""A":{{"oneOf":[{variant},{}]}}"#, variant.replace("}}}", r#"}},"minProperties":1}"#)))
    }),
    ("required that are none", |n| {
        schemas(&format!(
            r#""A":{{"required":[{}],"properties":{{{}}}}}"#,
            list(n, |i| format!(r#""r{i}""#)),
            list(n, |i| format!(r#""p{i}":{{}}"#))
        ))
    }),
    ("a default of many entries", |n| {
        schemas(&format!(
            r#""A":{{"properties":{{"d":{{"default":{{{}}},"required":[{}],"properties":{{{}}}}}}}}}"#,
            list(n, |i| format!(r#""p{i}":"x""#)),
            list(n, |i| format!(r#""p{i}""#)),
            list(n, |i| format!(r#""p{i}":{{"type":"string"}}"#))
        ))
    }),
    ("a default of many elements", |n| {
        schemas(&format!(
            r#""A":{{"properties":{{"d":{{"default":[{}],"items":{{"enum":[{}]}}}}}}}}"#,
            list(n, |i| i.to_string()),
            list(n, |i| format!("{i}.5"))
        ))
    }),
    ("long names around many schemas", |n| {
        let name = "long".repeat(n / 4);
        schemas(&format!(
            r#""A":{},"{name}":{{"properties":{{{}}}}}"#,
            reference(&name),
            list(n / 16, |i| format!(r#""p{i}":{{"properties":{{"q{i}":{{}}}}}}"#))
        ))
    }),
    ("long properties around many schemas", |n| {
        let name = "long".repeat(n / 4);
        schemas(&format!(
            r#""A":{{"properties":{{"{name}":{{"properties":{{{}}}}}}}}}"#,
            list(n / 16, |i| format!(r#""p{i}":{{"properties":{{"q{i}":{{}}}}}}"#))
        ))
    }),
    ("long operation ids", |n| {
        let name = "long".repeat(n / 4);
        document(
            &format!(
                r#""/a":{{"get":{{"operationId":"{name}","responses":{{{}}}}}}}"#,
                list(400, |i| format!(
                    r#""{}":{{"content":{{"application/json":{{"schema":{{"properties":{{"p{i}":{{}}}}}}}}}}}}"#,
                    i + 100
                ))
            ),
            "",
        )
    }),
    ("dangling references", |n| {
        schemas(&format!(
            r#""A":{{"properties":{{{}}}}},{}"#,
            list(n, |i| format!(r#""p{i}":{}"#, reference(format!("Nowhere{i}")))),
            list(n, |i| format!(r#""S{i}":{{}}"#))
        ))
    }),
    ("dangling references of one text", |n| {
        schemas(&format!(
            r#""A":{{"properties":{{{}}}}},{}"#,
            list(n, |i| format!(r#""p{i}":{}"#, reference("Nowhere"))),
            list(n, |i| format!(r#""S{i}":{{}}"#))
        ))
    }),
    ("anchors", |n| {
        schemas(&format!(
            r#""A":{{"properties":{{{}}}}},{}"#,
            list(n, |i| format!(r##""p{i}":{{"$ref":"#anchor{i}"}}"##)),
            list(n, |i| format!(r#""S{i}":{{"$anchor":"anchor{i}","properties":{{"p{i}":{{}}}}}}"#))
        ))
    }),
    ("identifiers", |n| {
        schemas(&format!(
            r#""A":{{"properties":{{{}}}}},{}"#,
            list(n, |i| format!(r#""p{i}":{{"$ref":"https://x.test/{i}"}}"#)),
            list(n, |i| format!(r#""S{i}":{{"$id":"https://x.test/{i}","properties":{{"p{i}":{{}}}}}}"#))
        ))
    }),
    ("operations", |n| {
        document(&list(n, |i| format!(r#""/p{i}/{{id}}":{{"get":{{}},"post":{{"operationId":"o{i}"}}}}"#)), "")
    }),
    ("operations of one id", |n| document(&list(n, |i| format!(r#""/p{i}":{{"get":{{"operationId":"same"}}}}"#)), "")),
    ("operations of one name", |n| {
        document(&list(n, |i| format!(r#""/p{i}":{{"get":{{"operationId":"{}same"}}}}"#, ".".repeat(i % 1000))), "")
    }),
    ("equivalent paths", |n| document(&list(n, |i| format!(r#""/{{p{i}}}":{{"get":{{"operationId":"o{i}"}}}}"#)), "")),
    ("a path of many variables", |n| {
        document(
            &format!(r#""/{}":{{"get":{{"operationId":"o"}}}}"#, list(n, |i| format!("{{v{i}}}")).replace(',', "/")),
            "",
        )
    }),
    ("unused path parameters", |n| {
        operation(&format!(
            r#""parameters":[{}]"#,
            list(n, |i| format!(r#"{{"name":"p{i}","in":"path","required":true,"schema":{{"type":"string"}}}}"#))
        ))
    }),
    ("parameters", |n| {
        operation(&format!(
            r#""parameters":[{}]"#,
            list(n, |i| format!(r#"{{"name":"p{}","in":"query","schema":{{"enum":["x{i}"]}}}}"#, i / 2))
        ))
    }),
    ("media types", |n| {
        operation(&format!(
            r#""requestBody":{{"content":{{{}}}}}"#,
            list(n, |i| format!(r#""application/x{i}+json":{{"schema":{{"properties":{{"p{i}":{{}}}}}}}}"#))
        ))
    }),
    ("statuses", |n| {
        operation(&format!(r#""responses":{{{}}}"#, list(n, |i| format!(r#""{}":{{"description":"d"}}"#, i + 100))))
    }),
    ("headers", |n| {
        operation(&format!(
            r#""responses":{{"200":{{"headers":{{{}}}}}}}"#,
            list(n, |i| format!(r#""X-{i}":{{"schema":{{"type":"integer"}}}}"#))
        ))
    }),
    ("encodings", |n| {
        operation(&format!(
            r#""requestBody":{{"content":{{"multipart/form-data":{{"schema":{{"properties":{{{}}}}},"encoding":{{{}}}}}}}}}"#,
            list(n, |i| format!(r#""p{i}":{{"type":"string"}}"#)),
            list(n, |i| format!(r#""p{i}":{{"contentType":"text/plain"}}"#))
        ))
    }),
    ("security", |n| {
        document(
            &format!(
                r#""/a":{{"get":{{"operationId":"o","security":[{}]}}}}"#,
                list(n, |i| format!(r#"{{"s{i}":[]}},{{"t{i}":[]}}"#))
            ),
            &format!(
                r#""securitySchemes":{{{}}}"#,
                list(n, |i| format!(r#""s{i}":{{"type":"http","scheme":"bearer"}}"#))
            ),
        )
    }),
    ("server variables", |n| {
        operation(&format!(
            r#""servers":[{{"url":"/{}","variables":{{{}}}}}]"#,
            list(n, |i| format!("{{v{i}}}")).replace(',', "/"),
            list(n, |i| format!(r#""v{i}":{{"default":"x"}}"#))
        ))
    }),
    ("unknown fields", |n| operation(&list(n, |i| format!(r#""unknown{i}":1"#)))),
    ("recursive unions", |n| {
        schemas(&format!(
            r#""A":{},{}"#,
            reference("S0"),
            list(n, |i| format!(
                r#""S{i}":{{"oneOf":[{},{{"type":"object","properties":{{"p{i}":{}}}}}]}}"#,
                reference(format!("S{}", (i + 1) % n)),
                reference(format!("S{}", (i + 7) % n))
            ))
        ))
    }),
    ("equal inline schemas", |n| {
        document(
            &list(n, |i| {
                format!(
                    r#""/p{i}":{{"get":{{"operationId":"o{i}","responses":{{"200":{{"content":{{"application/json":{{"schema":{{"type":"object","properties":{{"a":{{"enum":["x","y"]}}}}}}}}}}}}}}}}}}"#
                )
            }),
            "",
        )
    }),
    ("long numbers", |n| {
        schemas(&format!(
            r#""A":{{"properties":{{"a":{{"type":"number","maximum":1{},"default":1e{}}}}}}}"#,
            "0".repeat(n),
            "9".repeat(n)
        ))
    }),
    ("unions beside unions", |n| {
        schemas(&format!(
            r#""A":{{"allOf":[{}]}}"#,
            list(n / 100 + 2, |i| format!(
                r#"{{"oneOf":[{}]}}"#,
                list(100, |j| format!(r#"{{"properties":{{"p{i}x{j}":{{}}}}}}"#))
            ))
        ))
    }),
];
