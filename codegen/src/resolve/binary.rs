//! Answers that are handed on as bytes: `responseBinary`, `outputMediaType` and `maxBinarySize` (sections 5.3 and 6.1).

use super::upstreams::Consumed;
use crate::diagnostic::{Code, Diagnostic, Sink};
use crate::ir::Binary;
use crate::naftiko::{Adapter, BinaryResponse, ConsumedOperation, ExposedOperation, RawFormat, Text};

const UNITS: [(&str, u64); 4] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("B", 1)];

/// What an answer is handed on as, where it is made of bytes.
pub(super) struct Answers<'r, 'a> {
    pub(super) adapter: &'r Adapter<'a>,
    /// The operation that is called, if one is.
    pub(super) consumed: Option<&'r Consumed<'a>>,
    /// Whether outputs are made of the answer.
    pub(super) is_mapped: bool,
    pub(super) sink: &'r Sink,
}

impl Answers<'_, '_> {
    /// The bytes that a route answers with. `None`: what it declares has no effect, which is said.
    pub(super) fn of_route(&self, exposed: &ExposedOperation<'_>) -> Option<Binary> {
        let documented =
            exposed.responses.as_ref().and_then(|responses| responses.binary.iter().find(|one| succeeds(one)));
        let declared = exposed.response_binary.as_ref();
        if let (Some(responses), Some(binary)) = (&exposed.responses, declared) {
            let message = "the operation has both `responses` and `responseBinary`";
            let diagnostic = Diagnostic::new(Code::ContradictoryResponses, binary.key, message);
            self.sink.report(diagnostic.also(responses.key, "the other").help("leave one of them out"));
        } else if let (Some(responses), None) = (&exposed.responses, documented) {
            let message = "what `responses` says about the answers is only written down";
            let label = "answers are handed on whatever they are";
            self.sink.report(Diagnostic::new(Code::ResponsesWithoutEffect, responses.key, message).label(label));
        }
        let response = declared.or(documented);
        if let (Some(response), true) = (response, self.is_mapped || self.consumed.is_none()) {
            let message = "a binary answer is handed on as it is, so that no outputs can be made of it";
            let help = "leave `outputParameters` out, and call one operation";
            self.sink.report(Diagnostic::new(Code::ContradictoryResponses, response.key, message).help(help));
            return None;
        }
        let status = response.and_then(|response| self.status(response));
        self.of_call(response.map(|response| response.media_type), status)
    }

    /// The bytes that a tool answers with.
    pub(super) fn of_tool(&self) -> Option<Binary> {
        self.of_call(None, None)
    }

    fn of_call(&self, media_type: Option<Text<'_>>, status: Option<u16>) -> Option<Binary> {
        let adapter_size = self.adapter.max_binary_size.and_then(|text| size(&text));
        let consumed = self.consumed?;
        let is_binary = consumed.raw_format.is_some_and(|format| format.value == RawFormat::Binary);
        if self.is_mapped || !is_binary && media_type.is_none() {
            return None;
        }
        let media_type = media_type.or(consumed.output_media_type);
        if let Some(text) = media_type {
            self.check_media_type(&text);
        }
        let max_size = consumed.max_binary_size.and_then(|text| size(&text)).or(adapter_size);
        Some(Binary { status, media_type: media_type.map(|text| text.value.trim().to_owned()), max_size })
    }

    fn status(&self, response: &BinaryResponse<'_>) -> Option<u16> {
        let text = response.status?;
        let status = text.value.trim().parse::<u16>().ok().filter(|status| (200..300).contains(status));
        if status.is_none() {
            let message = format!("`{}` is no status of a success", text.value);
            self.sink.report(Diagnostic::new(Code::InvalidValue, text.span, message).help("it is one from 200 to 299"));
        }
        status
    }

    fn check_media_type(&self, text: &Text<'_>) {
        let essence = text.value.split(';').next().unwrap_or_default().trim();
        let is_media_type =
            essence.split_once('/').is_some_and(|(kind, name)| super::is_token(kind) && super::is_token(name));
        if !is_media_type || text.value.contains(char::is_control) {
            let message = format!("`{}` is no media type", text.value);
            self.sink.report(Diagnostic::new(Code::InvalidValue, text.span, message).help("such as `application/pdf`"));
        }
    }
}

fn succeeds(response: &BinaryResponse<'_>) -> bool {
    response.status.is_some_and(|status| status.value.starts_with('2'))
}

/// Checks what an operation says about answers of bytes.
pub(super) fn check_operation(operation: &ConsumedOperation<'_>, sink: &Sink) {
    if let Some(size) = &operation.max_binary_size {
        check_size(size, sink);
    }
    let is_binary = operation.raw_format.is_some_and(|format| format.value == RawFormat::Binary);
    for (field, name) in
        [(operation.output_media_type, "outputMediaType"), (operation.max_binary_size, "maxBinarySize")]
    {
        if let Some(text) = field.filter(|_| !is_binary) {
            let message =
                format!("`{name}` is about answers of bytes, and the operation has no `outputRawFormat: binary`");
            let label = "this has an effect only on a route with `responseBinary`";
            sink.report(Diagnostic::new(Code::ResponsesWithoutEffect, text.span, message).label(label));
        }
    }
}

/// Reports a size that is none.
pub(super) fn check_size(text: &Text<'_>, sink: &Sink) {
    if size(text).is_none() {
        let message = format!("`{}` is no size", text.value);
        let help = "it is a number and a unit: `512KiB`, `10MiB`, `1.5GiB`, `100B`";
        sink.report(Diagnostic::new(Code::InvalidValue, text.span, message).help(help));
    }
}

/// A size in bytes: `10MiB`.
fn size(text: &Text<'_>) -> Option<u64> {
    let value = text.value.trim();
    let (number, unit) = UNITS.iter().find_map(|(name, unit)| Some((value.strip_suffix(name)?.trim_end(), *unit)))?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, "0"));
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(fraction) {
        return None;
    }
    let whole = whole.parse::<u64>().ok()?.checked_mul(unit)?;
    // Digits behind the ninth are less than a byte of a GiB.
    let digits = &fraction[..fraction.len().min(9)];
    let part =
        u128::from(digits.parse::<u64>().ok()?) * u128::from(unit) / 10_u128.pow(u32::try_from(digits.len()).ok()?);
    whole.checked_add(u64::try_from(part).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn sizes_have_units() {
        let size = |value| self::size(&Text { value, span: Span::default(), start: None });
        for (value, bytes) in [
            ("0B", Some(0)),
            ("512KiB", Some(524_288)),
            ("1.5MiB", Some(1_572_864)),
            ("2GiB", Some(2_147_483_648)),
            ("10 MiB", Some(10_485_760)),
            ("0.1KiB", Some(102)),
            ("10MB", None),
            ("10", None),
            ("MiB", None),
            (".5MiB", None),
            ("-1B", None),
            ("99999999999999999999B", None),
            ("18446744073709551615GiB", None),
        ] {
            assert_eq!(size(value), bytes, "{value}");
        }
    }
}
