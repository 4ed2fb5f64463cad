//! Long bodies in parts, so that whoever hands them over sees how far the other side is.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// The longest part, in bytes.
pub(super) const PART: usize = 64 * 1024;

/// A body whose data come in parts that are no longer than [`PART`].
#[derive(Default)]
pub(crate) struct Parts<B> {
    body: B,
    /// What is left of the last data of the body.
    rest: Bytes,
}

impl<B> Parts<B> {
    pub(crate) fn new(body: B) -> Self {
        Self { body, rest: Bytes::new() }
    }
}

impl<B: Body<Data = Bytes> + Unpin> Body for Parts<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        if self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => self.rest = data,
                    Err(frame) => return Poll::Ready(Some(Ok(frame))),
                },
                end => return Poll::Ready(end),
            }
        }
        let length = self.rest.len().min(PART);
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        let (rest, hint) = (self.rest.len() as u64, self.body.size_hint());
        let mut sum = SizeHint::new();
        sum.set_lower(hint.lower() + rest);
        if let Some(upper) = hint.upper() {
            sum.set_upper(upper + rest);
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use std::task::Waker;

    use super::*;

    #[test]
    fn long_data_come_in_parts_whose_sum_is_known() {
        let mut body = Parts::new(reqwest::Body::from(vec![7; 2 * PART + 1]));
        let mut lengths = Vec::new();
        let mut left = body.size_hint().exact().unwrap();
        assert_eq!(left, 2 * PART as u64 + 1);
        while let Poll::Ready(Some(frame)) = Pin::new(&mut body).poll_frame(&mut Context::from_waker(Waker::noop())) {
            let length = frame.unwrap().into_data().unwrap().len();
            lengths.push(length);
            left -= length as u64;
            assert_eq!((body.size_hint().exact(), body.is_end_stream()), (Some(left), left == 0));
        }
        assert_eq!(lengths, [PART, PART, 1]);
    }
}
