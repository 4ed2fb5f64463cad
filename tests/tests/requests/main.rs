//! What capabilities send: the bytes of requests that are made of what the file, the caller and the environment say.

mod bodies;
mod credentials;
mod values;
