//! What a security scheme has callers send, as far as it decides which [`Verifier`](super::Verifier) can check it.
//!
//! A verifier of another kind than that of the scheme does not compile:
//!
//! ```compile_fail
//! use capsmith::openapi::{Verifier, kinds};
//!
//! let digest: Verifier<kinds::Digest> = Verifier::secret("s3cret");
//! ```

mod sealed {
    pub trait Sealed {}

    impl Sealed for super::Text {}
    impl Sealed for super::Basic {}
    impl Sealed for super::Digest {}
}

/// Tokens, keys and whatever else is a text: `bearer`, `apiKey`, `oauth2`, `openIdConnect`, and `http` with most other schemes.
#[derive(Debug)]
pub enum Text {}

/// User name and password (RFC 7617): `http` with `basic`.
#[derive(Debug)]
pub enum Basic {}

/// A digest (RFC 7616) of user name and password: `http` with `digest`.
#[derive(Debug)]
pub enum Digest {}

/// What no generated server can check: `mutualTLS`, and schemes that the document does not define or not as they can be used.
#[derive(Debug)]
pub enum Foreign {}

/// Credentials that travel as a text, which can be compared and handed to a function.
#[diagnostic::on_unimplemented(
    message = "credentials of the kind `{Self}` are no text that could be checked like this",
    note = "`digest` is checked by `Verifier::login`; what no server can check, `mutualTLS` and schemes that the document does not \
            define, is `Verifier::nobody()` or, behind a gateway that checks it, `Verifier::unchecked()`"
)]
pub trait Readable: sealed::Sealed {}

impl Readable for Text {}
impl Readable for Basic {}

/// Credentials that are a user name and a password.
#[diagnostic::on_unimplemented(
    message = "credentials of the kind `{Self}` are no user name and password",
    note = "tokens and keys are checked by `Verifier::secret`, `Verifier::issuer` or `Verifier::check`"
)]
pub trait Login: sealed::Sealed {}

impl Login for Basic {}
impl Login for Digest {}
