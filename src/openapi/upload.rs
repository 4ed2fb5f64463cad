use std::path::Path;
use std::{fmt, io, mem};

use bytes::Bytes;
use futures_core::TryStream;
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncReadExt as _};
use tokio_util::io::ReaderStream;

/// How much is read at once.
const PART: usize = 64 * 1024;

/// Bytes to be sent: a file, a stream, or what is in memory.
///
/// ```
/// use capsmith::openapi::Upload;
///
/// let picture = Upload::new(vec![0x89, b'P', b'N', b'G']).file_name("cat.png").content_type("image/png");
/// let text = Upload::from("in memory");
///
/// # async fn from_disk() -> std::io::Result<()> {
/// let backup = Upload::open("backup.tar").await?.content_type("application/x-tar");
/// # Ok(())
/// # }
/// ```
///
/// What is not in memory is read as fast as the server takes it and no faster. A request with such an upload is sent
/// once, whatever the setting for retries.
#[derive(Default)]
pub struct Upload {
    body: reqwest::Body,
    length: Option<u64>,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
}

impl Upload {
    /// Bytes, text, or a body that streams.
    pub fn new(body: impl Into<reqwest::Body>) -> Self {
        Self { body: body.into(), length: None, file_name: None, content_type: None }
    }

    /// A file, of which no more is in memory than is on its way. Its length and name are sent along.
    ///
    /// # Errors
    ///
    /// When it cannot be opened.
    pub async fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref();
        let file = File::open(path).await?;
        let metadata = file.metadata().await?;
        let upload = match path.file_name() {
            Some(name) => Self::default().file_name(name.to_string_lossy()),
            None => Self::default(),
        };
        if !metadata.is_file() {
            return Ok(upload.with_body(read(file)));
        }
        // A file that grows meanwhile must not exceed what was announced.
        Ok(upload.with_body(read(file.take(metadata.len()))).length(metadata.len()))
    }

    /// What a reader gives.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::new(read(reader))
    }

    /// What a stream gives. An error in it breaks the request off.
    pub fn stream<S>(parts: S) -> Self
    where
        S: TryStream + Send + 'static,
        S::Error: Into<Box<dyn std::error::Error + Send + Sync>>,
        Bytes: From<S::Ok>,
    {
        Self::new(reqwest::Body::wrap_stream(parts))
    }

    fn with_body(self, body: reqwest::Body) -> Self {
        Self { body, ..self }
    }

    /// The number of bytes of a stream, where the server wants to know it beforehand.
    #[must_use]
    pub const fn length(mut self, bytes: u64) -> Self {
        self.length = Some(bytes);
        self
    }

    /// The name of the file, for a part of a multipart body; by default the name of the part.
    #[must_use]
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// The media type, in place of the one that the document names.
    #[must_use]
    pub fn content_type(mut self, media_type: impl Into<String>) -> Self {
        self.content_type = Some(media_type.into());
        self
    }

    /// The upload, of which an empty one is left.
    pub(super) fn take(&mut self) -> TakenUpload {
        let body = mem::take(&mut self.body);
        let length = body.as_bytes().map(|bytes| bytes.len() as u64).or(self.length);
        TakenUpload { body, length, file_name: self.file_name.take(), content_type: self.content_type.take() }
    }
}

fn read(reader: impl AsyncRead + Send + 'static) -> reqwest::Body {
    reqwest::Body::wrap_stream(ReaderStream::with_capacity(reader, PART))
}

/// What an [`Upload`] holds.
pub(super) struct TakenUpload {
    pub(super) body: reqwest::Body,
    /// The number of bytes, if it is known.
    pub(super) length: Option<u64>,
    pub(super) file_name: Option<String>,
    pub(super) content_type: Option<String>,
}

impl<T: Into<reqwest::Body>> From<T> for Upload {
    fn from(body: T) -> Self {
        Self::new(body)
    }
}

/// Without the bytes.
impl fmt::Debug for Upload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Upload")
            .field("length", &self.body.as_bytes().map(<[u8]>::len))
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .finish_non_exhaustive()
    }
}
