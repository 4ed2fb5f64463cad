//! The pages of a list, as a stream.

use std::collections::VecDeque;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::header::LINK;

use super::answer::{Content, Outcome, outcome};
use super::client::ApiClient;
use super::description::{Operation, Pagination};
use super::encode::Draft;
use super::error::CallError;
use super::escape::Escape;
use super::inputs::{Operate, Paginate};
use super::{next, style};
use crate::ClientError;
use crate::client::Encoded;

/// The pages of a list from a request on; each request is sent when its page is asked for.
#[must_use = "a stream gives what it is asked for"]
pub struct Pages<O> {
    state: State,
    operation: PhantomData<fn() -> O>,
}

enum State {
    /// A page that can be asked for, and what may keep it from that.
    Ready(Box<Cursor>),
    Failed(Option<ClientError>),
    Asked(Asked),
    End,
}

type Asked = Pin<Box<dyn Future<Output = (Box<Cursor>, Result<Outcome, ClientError>)> + Send>>;

/// What is found when a stream of `T` is asked.
type Next<T, O> = Poll<Option<Result<T, CallError<<O as Operate>::Failure>>>>;

/// Where in the list the next request stands.
struct Cursor {
    client: ApiClient,
    operation: &'static Operation,
    draft: Draft,
    /// What the last page says about the next one. `None` where pages are counted.
    next: Option<Way>,
}

enum Way {
    /// A value for a parameter.
    Value(String),
    Url(String),
    /// There is none.
    Nothing,
}

impl<O: Paginate> Pages<O> {
    pub(super) fn new(client: ApiClient, operation: &'static Operation, draft: Result<Draft, ClientError>) -> Self {
        let state = match draft {
            Ok(draft) => State::Ready(Box::new(Cursor { client, operation, draft, next: None })),
            Err(error) => State::Failed(Some(error)),
        };
        Self { state, operation: PhantomData }
    }

    /// The items of the next page, `None` after the last.
    ///
    /// # Errors
    ///
    /// As the operation's. Nothing follows an error.
    pub async fn next(&mut self) -> Option<Result<Vec<O::Item>, CallError<O::Failure>>> {
        std::future::poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Next<Vec<O::Item>, O> {
        loop {
            match std::mem::replace(&mut self.state, State::End) {
                State::End | State::Failed(None) => return Poll::Ready(None),
                State::Failed(Some(error)) => return Poll::Ready(Some(Err(error.into()))),
                State::Ready(cursor) => self.state = State::Asked(Box::pin(cursor.ask())),
                State::Asked(mut future) => {
                    let Poll::Ready((cursor, outcome)) = future.as_mut().poll(context) else {
                        self.state = State::Asked(future);
                        return Poll::Pending;
                    };
                    let items = outcome.map_err(CallError::from).and_then(Outcome::read::<O::Answer, O::Failure>);
                    let items = items.map(|answered| O::items(answered.value));
                    if let Ok(items) = &items {
                        self.state = cursor.advance(items.len());
                    }
                    return Poll::Ready(Some(items));
                }
            }
        }
    }
}

impl<O: Paginate> Stream for Pages<O> {
    type Item = Result<Vec<O::Item>, CallError<O::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_page(context)
    }
}

impl Cursor {
    async fn ask(mut self: Box<Self>) -> (Box<Self>, Result<Outcome, ClientError>) {
        let core = &self.client.0;
        let outcome = match core.exchange(self.operation, self.draft.again()).await {
            Ok(response) => outcome(core.api, self.operation, response).await,
            Err(error) => Err(error),
        };
        if let Ok(outcome) = &outcome {
            self.next = self.find_next(outcome);
        }
        (self, outcome)
    }

    fn find_next(&self, outcome: &Outcome) -> Option<Way> {
        let received = &outcome.received;
        let at = |path| match &received.content {
            Content::Bytes(body) => next::at(body, path),
            Content::Unread(_) => None,
        };
        match self.operation.pagination? {
            Pagination::Cursor { next, .. } => Some(at(next).map_or(Way::Nothing, Way::Value)),
            Pagination::NextUrl { next } => Some(at(next).map_or(Way::Nothing, Way::Url)),
            Pagination::Link => Some(next::link(&received.headers, "next").map_or(Way::Nothing, Way::Url)),
            // A server that counts may say by a link that this was the last page.
            Pagination::Page { .. } | Pagination::Offset { .. } => (received.headers.contains_key(LINK)
                && next::link(&received.headers, "next").is_none())
            .then_some(Way::Nothing),
        }
    }

    /// Prepares the request of the next page, after one with so many items.
    fn advance(mut self: Box<Self>, items: usize) -> State {
        let Some(pagination) = self.operation.pagination else { return State::End };
        let moved = match (self.next.take(), pagination) {
            (Some(Way::Url(url)), _) => self.go_to(&url),
            (Some(Way::Value(value)), Pagination::Cursor { cursor, .. }) => Ok(self.set(cursor, &value)),
            (None, Pagination::Page { page, first, .. }) if items > 0 => {
                let number = self.number(page).unwrap_or(first);
                Ok(self.set(page, &number.saturating_add(1).to_string()))
            }
            (None, Pagination::Offset { offset, .. }) if items > 0 => {
                let number = self.number(offset).unwrap_or(0);
                Ok(self.set(offset, &number.saturating_add(items as u64).to_string()))
            }
            _ => return State::End,
        };
        match moved {
            // A server that leads to the page that it just gave would go on for ever.
            Ok(false) => State::End,
            Ok(true) => State::Ready(self),
            Err(error) => State::Failed(Some(error)),
        }
    }

    fn name(&self, parameter: usize) -> Option<&'static str> {
        let index = usize::from(*self.operation.parameters.get(parameter)?);
        self.client.0.api.parameters.get(index).map(|parameter| parameter.name)
    }

    fn number(&self, parameter: usize) -> Option<u64> {
        let key = style::encoded(self.name(parameter)?, "", Escape::All);
        self.draft.parts.query.split('&').find_map(|pair| pair.strip_prefix(key.as_str())?.parse().ok())
    }

    /// Sets a parameter of the query. False: it had that value.
    fn set(&mut self, parameter: usize, value: &str) -> bool {
        self.name(parameter).is_some_and(|name| set_pair(&mut self.draft.parts, name, value))
    }

    /// Takes path and query of a URL. False: it is the one of this page.
    fn go_to(&mut self, url: &str) -> Result<bool, ClientError> {
        let core = &self.client.0;
        let operation = self.operation.name;
        let base = &core.upstream(self.operation)?.base;
        let mut current = base.clone();
        current.set_path(&self.draft.parts.path);
        current.set_query(Some(&self.draft.parts.query));
        let next = current.join(url).map_err(|_| ClientError::ForeignPage { operation })?;
        // Credentials go to the server that they are for, and to no other.
        if next.origin() != base.origin() {
            return Err(ClientError::ForeignPage { operation });
        }
        let parts = &mut self.draft.parts;
        let query = next.query().unwrap_or_default();
        if next.path() == parts.path && query == parts.query {
            return Ok(false);
        }
        next.path().clone_into(&mut parts.path);
        query.clone_into(&mut parts.query);
        Ok(true)
    }
}

/// Sets a pair of the query, in place of those with its name. False: it was there.
fn set_pair(parts: &mut Encoded, name: &str, value: &str) -> bool {
    let key = style::encoded(name, "", Escape::All);
    let pair = style::encoded(name, value, Escape::All);
    if parts.query.split('&').any(|found| found == pair) {
        return false;
    }
    let mut pairs: Vec<_> =
        parts.query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with(key.as_str())).collect();
    pairs.push(&pair);
    parts.query = pairs.join("&");
    true
}

/// The items of a list from a request on; the request of a page is sent when the one before is used up.
#[must_use = "a stream gives what it is asked for"]
pub struct Items<O: Paginate> {
    pages: Pages<O>,
    items: VecDeque<O::Item>,
}

impl<O: Paginate> Items<O> {
    pub(super) fn new(pages: Pages<O>) -> Self {
        Self { pages, items: VecDeque::new() }
    }

    /// The next item, `None` after the last.
    ///
    /// # Errors
    ///
    /// As the operation's. Nothing follows an error.
    pub async fn next(&mut self) -> Option<Result<O::Item, CallError<O::Failure>>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Next<O::Item, O> {
        loop {
            if let Some(item) = self.items.pop_front() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(items)) => self.items = items.into(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Paginate> Stream for Items<O>
where
    O::Item: Unpin,
{
    type Item = Result<O::Item, CallError<O::Failure>>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

impl<O> fmt::Debug for Pages<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Pages")
    }
}

impl<O: Paginate> fmt::Debug for Items<O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Items")
    }
}
