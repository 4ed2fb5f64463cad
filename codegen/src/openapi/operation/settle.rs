//! Puts types where uses of schemas were provisional.

use crate::ir::api::{Content, Header, Operation};
use crate::ir::types::TypeUse;
use crate::openapi::place::Place;
use crate::openapi::reader::Reader;
use crate::openapi::schema::{Finished, literal, unfit};

/// A default of a parameter.
pub(super) struct Default<'t> {
    /// The parameter's provisional type.
    pub(super) usage: TypeUse,
    pub(super) place: Place<'t>,
}

pub(super) fn settle<'t>(
    reader: &Reader<'t, '_>,
    operations: &mut [Operation],
    finished: &Finished<'t>,
    defaults: &[Default<'t>],
) {
    for default in defaults {
        let mut usage = default.usage;
        finished.settle(&mut usage);
        if !finished.is_foreign(usage) && !finished.fits(usage, &literal(default.place)) {
            unfit(reader, default.place);
        }
    }
    for operation in operations {
        for parameter in &mut operation.parameters {
            finished.settle(&mut parameter.r#type);
            let usage = parameter.r#type;
            parameter.default = parameter.default.take().filter(|value| finished.fits(usage, value));
        }
        let body = operation.body.iter_mut().flat_map(|body| &mut body.contents);
        body.for_each(|content| settle_content(content, finished));
        for response in &mut operation.responses {
            response.contents.iter_mut().for_each(|content| settle_content(content, finished));
            settle_headers(&mut response.headers, finished);
        }
    }
}

fn settle_content(content: &mut Content, finished: &Finished<'_>) {
    for usage in content.r#type.iter_mut().chain(&mut content.item) {
        finished.settle(usage);
    }
    for encoding in &mut content.encodings {
        settle_headers(&mut encoding.headers, finished);
    }
}

fn settle_headers(headers: &mut [Header], finished: &Finished<'_>) {
    for header in headers {
        finished.settle(&mut header.r#type);
    }
}
