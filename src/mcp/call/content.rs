//! Content that is bytes.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rmcp::model::{ContentBlock, ResourceContents};

/// An image as content: bytes, and their media type, such as `image/png`.
#[must_use]
pub fn image(bytes: impl AsRef<[u8]>, media_type: &str) -> ContentBlock {
    ContentBlock::image(STANDARD.encode(bytes), media_type)
}

/// A sound as content: bytes, and their media type, such as `audio/wav`.
#[must_use]
pub fn audio(bytes: impl AsRef<[u8]>, media_type: &str) -> ContentBlock {
    ContentBlock::audio(STANDARD.encode(bytes), media_type)
}

/// A resource that is bytes, with its URI and its media type. [`ContentBlock::resource`] embeds it.
#[must_use]
pub fn blob(bytes: impl AsRef<[u8]>, uri: &str, media_type: &str) -> ResourceContents {
    ResourceContents::blob(STANDARD.encode(bytes), uri).with_mime_type(media_type)
}
