/// An answer that is handed on as bytes.
#[derive(Debug)]
pub struct Binary {
    /// The status of a success, in place of the upstream's.
    pub status: Option<u16>,
    /// The media type, in place of the upstream's.
    pub media_type: Option<&'static str>,
    /// The most bytes that it may have. `None`: 10 MiB, or what the settings allow a tool to give back.
    pub max_size: Option<u64>,
}

impl Binary {
    /// The most bytes of an answer where the file does not say it.
    pub const MAX_SIZE: u64 = 10 * 1024 * 1024;
}
