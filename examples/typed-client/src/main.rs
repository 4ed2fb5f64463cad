//! A typed client made of an OpenAPI document, against the mock that is made of it too: no key, no network.
//!
//! ```sh
//! cargo run -p typed-client
//! ```

use std::io;

use capsmith::openapi::CallError;
use capsmith::{BaseUrl, axum};

use bookshelf::types::{NewBook, Problem};
use bookshelf::{Client, Config, mock};

capsmith::include_openapi!("bookshelf.yaml", surfaces = [client, mock]);

/// Why the example stopped early.
#[derive(Debug, thiserror::Error)]
enum ExampleError {
    #[error("the mock could not listen")]
    Mock(#[from] io::Error),
    #[error(transparent)]
    Config(#[from] capsmith::ConfigError),
    #[error(transparent)]
    Call(#[from] CallError<Problem>),
}

#[tokio::main]
async fn main() -> Result<(), ExampleError> {
    // `Client::from_env()` would read `BOOKSHELF_BASE_URL` and `BOOKSHELF_ACCESS_TOKEN`.
    let config = Config { base_url: start_mock().await?, access_token: Some("any".into()), ..Config::default() };
    let client = Client::new(&config)?;

    // What the document demands is an argument, what it does not is a field or a method.
    let wanted = NewBook { title: "Emma".to_owned(), pages: 474, ..NewBook::default() };
    let book = client.add_book(wanted).await?;
    println!("Added `{}`: {}, {} pages.", book.title, book.state, book.pages);

    // Lists that come in pages are streams.
    let mut books = client.list_books().per_page(2).items();
    while let Some(book) = books.next().await {
        let book = book?;
        println!("`{}` is {} and has {} pages.", book.title, book.state, book.pages);
    }

    // Failures have the type that the document gives them.
    if let Err(error) = client.get_book("none").await {
        match error.failure() {
            Some(Problem { code, message }) => println!("{code}: {message}"),
            None => return Err(error.into()),
        }
    }
    Ok(())
}

/// Starts the mock on a free port, for as long as the program runs.
async fn start_mock() -> io::Result<BaseUrl> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(async move { axum::serve(listener, mock::router()).await });
    Ok(BaseUrl::new(format!("http://{address}")))
}
