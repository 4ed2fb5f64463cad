//! HTTP servers of APIs: the operations of a document as an axum router.

mod answer;
mod content;
mod document;
mod endpoint;
mod operation;
mod router;
#[cfg(test)]
mod tests;

pub use router::api_router;
