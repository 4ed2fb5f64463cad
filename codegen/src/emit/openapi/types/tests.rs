//! What users see of the types of a document.

use quote::{ToTokens, quote};

use super::{Plan, emit};
use crate::emit::openapi::ApiOptions;
use crate::emit::openapi::sink::Items;
use crate::openapi::{LoadError, Loader, Options, Surfaces, analyze};

struct Document(String);

impl Loader for Document {
    fn load(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.clone())
    }
}

/// The module `types`.
struct Emitted(syn::ItemMod);

/// The types of schemas, of which an answer holds the first.
fn received(schemas: &str) -> Emitted {
    types(schemas, "responses: { '200': { description: d, content:", &Options::default(), "")
}

/// The types of schemas, of which a request holds the first.
fn sent(schemas: &str) -> Emitted {
    types(schemas, "requestBody: { required: true, content:", &Options::default(), "")
}

fn types(schemas: &str, place: &str, read: &Options, derives: &str) -> Emitted {
    let first = schemas.trim_start().split(':').next().unwrap_or_default();
    let braces = place.matches('{').count();
    let indented = format!("    {}", schemas.trim_end().replace('\n', "\n    "));
    let document = format!(
        "openapi: 3.1.0\ninfo: {{ title: t, version: '1' }}\npaths:\n  /a:\n    post:\n      operationId: post\n      \
         {place} {{ application/json: {{ schema: {{ $ref: '#/components/schemas/{first}' }} }} }} {}\n\
         components:\n  schemas:\n{indented}",
        "}".repeat(braces)
    );
    let analysis = analyze(&Document(document), "api.yaml", read);
    let api = analysis.api.expect("a document without errors");
    let derives = derives.split_whitespace().map(|path| path.parse().expect("a path")).collect();
    let module = crate::names::variant("api");
    let options = ApiOptions { module, runtime: quote! { ::capsmith }, derives, surfaces: Surfaces::default() };
    let mut items = Items::default();
    emit(&Plan::new(&api, &options), &mut items);
    Emitted(syn::parse2(items.finish()).expect("a module"))
}

/// Tokens without blanks, and without the paths that lead to what everyone knows.
fn short(tokens: impl ToTokens) -> String {
    let text = tokens.to_token_stream().to_string().replace(' ', "");
    let text = text.replace("::capsmith::types::", "").replace("::core::option::", "").replace("::std::vec::", "");
    text.replace("::std::string::", "").replace("::std::boxed::", "").replace("::core::default::", "")
}

impl Emitted {
    fn items(&self) -> Vec<&syn::Item> {
        let (_, items) = self.0.content.as_ref().expect("a module with items");
        let inner = items.iter().find_map(|item| match item {
            syn::Item::Mod(module) => module.content.as_ref(),
            _ => None,
        });
        let all = items.iter().chain(inner.into_iter().flat_map(|(_, items)| items));
        all.filter(|item| !matches!(item, syn::Item::Mod(_))).collect()
    }

    /// The items that define or implement something, in short.
    fn about(&self, start: &str) -> String {
        let found = self.items().into_iter().map(short).filter(|item| item.contains(start)).collect::<Vec<_>>();
        assert!(!found.is_empty(), "{start}: {}", short(&self.0));
        found.concat()
    }

    /// The type of a field.
    fn field(&self, of: &str, name: &str) -> String {
        let found = self.items().into_iter().find_map(|item| match item {
            syn::Item::Struct(item) if item.ident == of => {
                item.fields.iter().find(|field| field.ident.as_ref().is_some_and(|ident| ident == name))
            }
            _ => None,
        });
        short(&found.unwrap_or_else(|| panic!("no {of}.{name} in {}", short(&self.0))).ty)
    }
}

#[test]
fn optional_and_nullable_are_told_apart() {
    let types = received(
        "A:\n  type: object\n  required: [a, b]\n  properties:\n    a: { type: string }\n    b: { type: [string, 'null'] }\n    \
         c: { type: integer, format: int32 }\n    d: { type: [number, 'null'] }\n    type: { type: boolean, readOnly: true }\n",
    );
    assert_eq!(types.field("A", "a"), "String");
    assert_eq!(types.field("A", "b"), "Option<String>");
    assert_eq!(types.field("A", "c"), "Option<i32>");
    assert_eq!(types.field("A", "d"), "Option<Option<f64>>");
    assert_eq!(types.field("A", "r#type"), "Option<bool>");
    assert_eq!(
        types.about("implement_struct!"),
        r#"implement_struct!{A{fields:&["a","b","c","d","type"],required:&[3],read_only:&[16],}{0a1b2c3d_r#type}blank{a}none{bcdr#type}{}}"#
    );
    assert!(types.about("implement!").contains("implement!{A}"));
    assert!(types.about("implement_default!").contains("{A}"));
}

#[test]
fn enums_keep_what_the_document_does_not_list() {
    let types = received("A: { type: string, enum: [open, Unlisted, '+1', ''], x-enum-descriptions: ['', b, c, d] }\n");
    let found = types.about("pubenumA");
    assert!(found.contains("Open,"), "{found}");
    assert!(found.contains("Unlisted2,"), "{found}");
    assert!(found.contains("Plus1,"), "{found}");
    assert!(found.contains("Empty,"), "{found}");
    assert!(found.ends_with("Unlisted(String),}"), "{found}");
    assert_eq!(
        types.about("implement_string_enum!"),
        r#"implement_string_enum!{A=Self::Open;{0Open"open"1Unlisted2"Unlisted"2Plus1"+1"3Empty""}4Unlisted}"#
    );
    assert!(types.about("implement_string_enums!").contains("{A}"));
}

#[test]
fn values_that_are_no_texts_are_rules() {
    let types = received(
        "A:\n  type: object\n  required: [level, version, kind]\n  properties:\n    level: { type: integer, enum: [1, 2], x-enum-varnames: [Low, High] }\n    \
         version: { const: 3 }\n    kind: { const: a b }\n    any: { enum: [1, a, null] }\n",
    );
    let found = types.about("ALevel");
    assert!(found.contains(r#"#[doc="-`1`:Low"]#[doc="-`2`:High"]pubtypeALevel=i64;"#), "{found}");
    let found = types.about("implement_struct!{A");
    assert!(found.contains(r#"Check::Enum(&["1","2"])"#), "{found}");
    assert!(found.contains(r#"Check::Enum(&["1","\"a\"","null"])"#), "{found}");
    assert!(found.ends_with("blank{kind}none{any}{level:1,version:3,}}"), "{found}");
    assert!(types.about("enumAKind").contains("AB,"));
}

#[test]
fn defaults_are_read_and_requests_need_not_send_them() {
    let schemas = "A:\n  type: object\n  required: [b]\n  properties:\n    limit: { type: integer, default: 20 }\n    names: { type: array, items: { type: string }, default: [x] }\n    \
         b: { $ref: '#/components/schemas/B' }\nB: { type: object, properties: { on: { type: boolean, default: true } } }\n";
    let types = received(schemas);
    assert_eq!(types.field("A", "limit"), "i64");
    assert_eq!(types.field("A", "names"), "Option<Vec<String>>");
    let found = types.about("implement_struct!{A");
    assert!(found.contains("limit:20,names:Option::Some(::std::vec![String::from(\"x\")]),"), "{found}");
    assert!(types.about("implement_default!").contains("{AB}"));

    let types = sent(schemas);
    assert_eq!(types.field("A", "limit"), "Option<i64>");
    let found = types.about("Defaultfor");
    assert!(
        found.contains(
            "implDefaultforA{#[inline]fndefault()->Self{Self{limit:Option::None,names:Option::None,b:Default::default(),}}}"
        ),
        "{found}"
    );
    assert!(found.contains("implDefaultforB{#[inline]fndefault()->Self{Self{on:Option::None,}}}"), "{found}");
}

#[test]
fn unions_take_later_variants_where_a_tag_tells_them_apart() {
    let tagged = received(
        "A: { oneOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }], discriminator: { propertyName: k, mapping: { b: '#/components/schemas/B', c: '#/components/schemas/C' } } }\n\
         B: { type: object, required: [k, a], properties: { k: { type: string }, a: { $ref: '#/components/schemas/A' } } }\nC: { type: object, properties: { k: { type: string } } }\n",
    );
    assert!(
        tagged.about("pubenumA").contains("{B(Box<B>),C(C),#[doc=\"Whatthedocumentdoesnotlist.\"]Unlisted(Value),}")
    );
    let found = tagged.about("ModelforA");
    assert!(found.contains(r#"discriminator:"k""#), "{found}");
    assert!(found.contains(r#"Variant{name:"B",tags:&["b"]}"#), "{found}");
    assert!(found.contains("fnblank()->Self{Self::C(Typed::blank())}"), "the way out of the recursion: {found}");

    let plain = received("A: { anyOf: [{ type: integer }, { type: array, items: { type: string } }] }\n");
    assert!(plain.about("pubenumA").ends_with("pubenumA{Integer(i64),StringList(Vec<String>),}"));
}

#[test]
fn recursion_ends() {
    let types = received(
        "A: { type: object, required: [must, list], properties: { must: { $ref: '#/components/schemas/A' }, list: { type: array, items: { $ref: '#/components/schemas/A' } }, endless: { $ref: '#/components/schemas/L' } } }\n\
         L: { type: array, items: { $ref: '#/components/schemas/L' } }\n",
    );
    assert_eq!(types.field("A", "must"), "Option<Box<A>>");
    assert_eq!(types.field("A", "list"), "Vec<A>");
    assert_eq!(types.field("A", "endless"), "Option<Value>");
    assert!(types.about("pubtypeL").contains("pubtypeL=Value;"));
}

#[test]
fn tuples_and_maps() {
    let types = received(
        "A: { type: object, properties: { x: { type: string } }, additionalProperties: { type: integer, minimum: 1 } }\n\
         B: { type: object, additionalProperties: false }\nC: { type: array }\n",
    );
    assert_eq!(types.field("A", "additional_properties"), "Map<i64>");
    let found = types.about("implement_struct!");
    assert!(found.contains("additional:shape::Additional::Keep"), "{found}");
    assert!(found.contains("field:1,checks:&[validate::Check::Values(&[validate::Check::Minimum(1.0)])]"), "{found}");

    let types = received(
        "A: { type: array, prefixItems: [{ type: string }, { type: integer }], items: { type: boolean }, minItems: 1 }\n",
    );
    assert!(types.about("pubstructA").contains("pubstructA(pubString,pubOption<i64>,pubVec<bool>);"));
    assert!(types.about("ModelforA").contains("len:2,required:1,rest:true"));
}

#[test]
fn rules_are_data() {
    let types = received(
        "A:\n  type: object\n  properties:\n    s: { type: string, minLength: 1, maxLength: 9, pattern: '^a' }\n    n: { type: number, exclusiveMinimum: -1.5, multipleOf: 0.5 }\n    \
         l: { type: array, items: { type: string, maxLength: 3 }, minItems: 1, uniqueItems: true }\n    m: { type: object, additionalProperties: true, minProperties: 1 }\n",
    );
    let found = types.about("implement_struct!").replace("validate::", "").replace("Check::", "");
    for rule in [
        r#"Rule{field:0,checks:&[MinLength(1),MaxLength(9),Pattern("^a")]}"#,
        "Rule{field:1,checks:&[ExclusiveMinimum(-1.5),MultipleOf(0.5)]}",
        "Rule{field:2,checks:&[MinItems(1),UniqueItems,Items(&[MaxLength(3)])]}",
        "Rule{field:3,checks:&[MinProperties(1)]}",
    ] {
        assert!(found.contains(rule), "{rule}: {found}");
    }
}

#[test]
fn types_of_the_user_are_reached_apart() {
    let read = Options::default().replace_format("uuid", "uuid::Uuid".parse().expect("a path"));
    let types = types(
        "A:\n  type: object\n  required: [id]\n  properties:\n    id: { type: string, format: uuid }\n    name: { type: string }\n    ids: { type: array, items: { type: string, format: uuid } }\n  additionalProperties: { type: string, format: uuid }\n",
        "responses: { '200': { description: d, content:",
        &read,
        "",
    );
    assert_eq!(types.field("A", "id"), "uuid::Uuid");
    assert_eq!(types.field("A", "ids"), "Option<Vec<uuid::Uuid>>");
    assert_eq!(types.field("A", "additional_properties"), "Map<Value>");
    let found = types.about("ModelforA");
    assert!(
        found.contains("0=>opaque_mut(),1=>&mutself.name,2=>opaque_mut(),_=>&mutself.additional_properties,"),
        "{found}"
    );
    assert!(found.contains("0=>Option::Some(&mutself.id),2=>Option::Some(&mutself.ids),_=>Option::None,"), "{found}");
}

#[test]
fn derives_add_to_what_types_have() {
    let types = types(
        "A: { type: object, properties: { e: { type: string, enum: [a] } } }\n",
        "responses: { '200': { description: d, content:",
        &Options::default(),
        "Clone ::schemars::JsonSchema Hash",
    );
    assert!(types.about("pubstructA").starts_with("#[derive(::schemars::JsonSchema,Hash)]pubstructA"));
    assert!(types.about("pubenumAE").starts_with("#[derive(::schemars::JsonSchema)]pubenumAE"));
}

#[test]
fn what_the_document_says_is_documentation() {
    let types = received(
        "A:\n  title: An A\n  description: 'See [b] <c>.'\n  type: object\n  properties:\n    x: { type: string, description: Old., deprecated: true, default: y }\n",
    );
    let found = types.about("pubstructA");
    assert!(found.contains(r#"#[doc="AnA"]#[doc=""]#[doc="See\\[b\\]\\<c\\>."]pubstructA"#), "{found}");
    assert!(found.contains(r#"#[doc="Old."]#[doc=""]#[doc="Default:`y`."]#[deprecated]pubx:String,"#), "{found}");
}

#[test]
fn inline_schemas_have_a_module_of_their_own() {
    let types = received(
        "A: { type: object, properties: { b: { type: object, properties: { a: { $ref: '#/components/schemas/A' } } } } }\n",
    );
    assert_eq!(types.field("A", "b"), "Option<Box<inline::AB>>");
    assert_eq!(types.field("AB", "a"), "Option<Box<super::A>>");
}
