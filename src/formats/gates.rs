//! What a module needs of this crate: a feature that is not enabled is an error where the module is included.

/// The feature `format-csv` is needed.
#[cfg(feature = "format-csv")]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_csv {
    () => {};
}
/// The feature `format-csv` is needed.
#[cfg(not(feature = "format-csv"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_csv {
    () => {
        ::core::compile_error!(
            "the capability maps answers in CSV, TSV or PSV: enable the feature `format-csv` of capsmith"
        );
    };
}

/// The feature `format-html` is needed.
#[cfg(feature = "format-html")]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_html {
    () => {};
}
/// The feature `format-html` is needed.
#[cfg(not(feature = "format-html"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_html {
    () => {
        ::core::compile_error!("the capability maps answers in HTML: enable the feature `format-html` of capsmith");
    };
}

/// The feature `format-markdown` is needed.
#[cfg(feature = "format-markdown")]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_markdown {
    () => {};
}
/// The feature `format-markdown` is needed.
#[cfg(not(feature = "format-markdown"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_markdown {
    () => {
        ::core::compile_error!(
            "the capability maps answers in Markdown: enable the feature `format-markdown` of capsmith"
        );
    };
}

/// The feature `format-xml` is needed.
#[cfg(feature = "format-xml")]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_xml {
    () => {};
}
/// The feature `format-xml` is needed.
#[cfg(not(feature = "format-xml"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_xml {
    () => {
        ::core::compile_error!("the capability maps answers in XML: enable the feature `format-xml` of capsmith");
    };
}

/// The feature `format-yaml` is needed.
#[cfg(feature = "format-yaml")]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_yaml {
    () => {};
}
/// The feature `format-yaml` is needed.
#[cfg(not(feature = "format-yaml"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_yaml {
    () => {
        ::core::compile_error!("the capability maps answers in YAML: enable the feature `format-yaml` of capsmith");
    };
}

/// The feature `format-avro` is needed.
#[cfg(feature = "format-avro")]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_avro {
    () => {};
}
/// The feature `format-avro` is needed.
#[cfg(not(feature = "format-avro"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_avro {
    () => {
        ::core::compile_error!("the capability maps answers in Avro: enable the feature `format-avro` of capsmith");
    };
}

/// The feature `format-protobuf` is needed.
#[cfg(feature = "format-protobuf")]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_protobuf {
    () => {};
}
/// The feature `format-protobuf` is needed.
#[cfg(not(feature = "format-protobuf"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __need_format_protobuf {
    () => {
        ::core::compile_error!(
            "the capability maps answers in protocol buffers: enable the feature `format-protobuf` of capsmith"
        );
    };
}
