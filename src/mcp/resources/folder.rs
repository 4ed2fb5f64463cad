//! The files of a folder as resources.

use percent_encoding::percent_decode_str;
use rmcp::ErrorData;

use super::contents::too_large;
use super::not_found;
use crate::client::encode_path_text;
use crate::server::{FileEntry, Folder, FolderError};

/// The files, sorted by their path.
pub(super) async fn files(folder: &Folder) -> Result<Vec<FileEntry>, ErrorData> {
    let own = folder.clone();
    let files = tokio::task::spawn_blocking(move || own.files()).await;
    match files {
        Ok(Ok(files)) => Ok(files),
        Ok(Err(error)) => {
            tracing::warn!(folder = %folder.path().display(), %error, "the files of a resource cannot be listed");
            Err(ErrorData::internal_error(format!("The files of this server cannot be listed: {error}."), None))
        }
        Err(_) => Err(ErrorData::internal_error("The files of this server cannot be listed.", None)),
    }
}

/// The bytes of the file whose path stands in a URI, as it stands there.
pub(super) async fn read(folder: &Folder, path: &str, uri: &str, limit: usize) -> Result<Vec<u8>, ErrorData> {
    let path = decoded(path).ok_or_else(|| not_found(uri))?;
    let folder = folder.clone();
    let bytes = tokio::task::spawn_blocking(move || folder.read(&path)).await;
    match bytes {
        Ok(Ok(bytes)) if bytes.len() > limit => Err(too_large(uri, limit)),
        Ok(Ok(bytes)) => Ok(bytes),
        Ok(Err(FolderError::UnsafePath | FolderError::NotFound)) => Err(not_found(uri)),
        Ok(Err(error)) => Err(ErrorData::internal_error(format!("`{uri}` cannot be read: {error}."), None)),
        Err(_) => Err(ErrorData::internal_error(format!("`{uri}` cannot be read."), None)),
    }
}

/// A path without the encoding of URIs. `None`: a segment of it is none of a path, or means something else in a URI.
fn decoded(path: &str) -> Option<String> {
    let segments = path.split('/').map(|segment| {
        let name = percent_decode_str(segment).decode_utf8().ok()?;
        (!segment.contains(['?', '#']) && !name.contains('/')).then(|| name.into_owned())
    });
    Some(segments.collect::<Option<Vec<String>>>()?.join("/"))
}

/// A path as a URI has it.
pub(super) fn encoded(path: &str) -> String {
    let segments: Vec<String> = path.split('/').map(|segment| encode_path_text(segment).to_string()).collect();
    segments.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_uris_are_those_of_files() {
        assert_eq!(encoded("guides/a b#.md"), "guides/a%20b%23.md");
        assert_eq!(decoded("guides/a%20b%23.md").as_deref(), Some("guides/a b#.md"));
        for path in ["a%2Fb", "..%2fsecret.txt", "b.md?x", "b.md#x", "%ff"] {
            assert_eq!(decoded(path), None, "{path}");
        }
    }

    #[tokio::test]
    async fn nothing_outside_is_read_however_it_is_encoded() {
        let beside = tempfile::tempdir().unwrap();
        let root = beside.path().join("docs");
        std::fs::create_dir_all(root.join("guides")).unwrap();
        for (path, text) in [("docs/b.md", "b"), ("docs/.env", "secret"), ("secret.txt", "secret")] {
            std::fs::write(beside.path().join(path), text).unwrap();
        }
        let folder = Folder::new(root.to_str().unwrap(), &crate::Settings::default());
        assert_eq!(read(&folder, "b.md", "x:b.md", 1).await.unwrap(), b"b");
        assert!(read(&folder, "b.md", "x:b.md", 0).await.unwrap_err().message.contains("more than 0 bytes"));
        for path in [
            "../secret.txt",
            "%2e%2e/secret.txt",
            "..%2fsecret.txt",
            "guides/../../secret.txt",
            "/etc/passwd",
            "%2Fetc%2Fpasswd",
            "..\\secret.txt",
            ".env",
            "%2eenv",
            "b.md%00",
            "b.md/",
            "./b.md",
            "guides",
            "",
        ] {
            let error = read(&folder, path, path, 100).await.unwrap_err();
            assert_eq!(error.code, rmcp::model::ErrorCode::RESOURCE_NOT_FOUND, "{path}");
        }
    }
}
