//! Shared pieces of the tests: a recording upstream and clients.
