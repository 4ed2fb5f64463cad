//! All files of a skill in one.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The longest archive, in bytes of the files in it.
const MAX_BYTES: usize = 64 * 1024 * 1024;

/// Why there is no archive.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ArchiveError {
    #[error("the files are longer than {} MiB together", MAX_BYTES >> 20)]
    TooLong,
    #[error("the archive cannot be written")]
    Zip(#[from] zip::result::ZipError),
    #[error("the archive cannot be written")]
    Io(#[from] std::io::Error),
}

/// An archive in the making. The same files give the same bytes: it knows no times and no owners.
pub(crate) struct Archive {
    writer: ZipWriter<Cursor<Vec<u8>>>,
    bytes: usize,
}

impl Archive {
    pub(crate) fn new() -> Self {
        Self { writer: ZipWriter::new(Cursor::default()), bytes: 0 }
    }

    pub(crate) fn add(&mut self, path: &str, content: &[u8]) -> Result<(), ArchiveError> {
        self.bytes = self.bytes.saturating_add(content.len());
        if self.bytes > MAX_BYTES {
            return Err(ArchiveError::TooLong);
        }
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.writer.start_file(path, options)?;
        self.writer.write_all(content)?;
        Ok(())
    }

    pub(crate) fn finish(self) -> Result<Vec<u8>, ArchiveError> {
        Ok(self.writer.finish()?.into_inner())
    }
}
