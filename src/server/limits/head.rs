//! How long the head of a request may be.

use http::{Request, StatusCode};

use crate::server::Problem;

/// What separates the name of a header field from its value, and ends the line.
const SEPARATORS: usize = ": \r\n".len();

/// The limits of the settings.
#[derive(Clone, Copy)]
pub(crate) struct HeadLimits {
    pub(crate) uri: usize,
    pub(crate) headers: usize,
    pub(crate) header_bytes: usize,
}

impl HeadLimits {
    /// The longest head that is read, in bytes. One that is not too much longer than it may be is read to its end, so that its
    /// sender gets an answer that tells what is wrong.
    pub(crate) fn read(&self) -> usize {
        // Less than this HTTP libraries refuse to work with.
        self.uri.saturating_add(self.header_bytes).saturating_mul(4).max(16 * 1024)
    }

    pub(super) fn check<B>(&self, request: &Request<B>) -> Result<(), Problem> {
        let target = request.uri().path_and_query().map_or(0, |target| target.as_str().len());
        if target > self.uri {
            let detail = format!("The target of the request is longer than {} bytes.", self.uri);
            return Err(Problem::new(StatusCode::URI_TOO_LONG).with_detail(detail));
        }
        let headers = request.headers();
        let too_large = |detail| Err(Problem::new(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE).with_detail(detail));
        if headers.len() > self.headers {
            return too_large(format!("The request has more than {} header fields.", self.headers));
        }
        let size =
            |(name, value): (&http::HeaderName, &http::HeaderValue)| name.as_str().len() + value.len() + SEPARATORS;
        if headers.iter().map(size).sum::<usize>() > self.header_bytes {
            return too_large(format!("The header fields of the request have more than {} bytes.", self.header_bytes));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_what_separates_them_are_a_part_of_the_head() {
        let request = Request::get("/a?b").header("x-one", "12").header("x-two", "345").body(()).unwrap();
        // As they are sent, with the ends of their lines.
        let size = "x-one: 12\r\nx-two: 345\r\n".len();
        let status = |uri, headers, header_bytes| {
            HeadLimits { uri, headers, header_bytes }.check(&request).map_err(|problem| problem.status().as_u16())
        };
        assert_eq!(status(4, 2, size), Ok(()));
        assert_eq!(status(3, 2, size), Err(414));
        assert_eq!(status(4, 1, size), Err(431));
        assert_eq!(status(4, 2, size - 1), Err(431));
    }
}
