//! A generated client and the mock of the same document (`tests/specs/shelf.yaml`), over a real socket.

use capsmith::Settings;
use capsmith::http::StatusCode;
use capsmith::openapi::CallError;
use tokio::net::TcpListener;

/// What is generated.
#[allow(unused, reason = "no test needs all of it")]
mod api {
    capsmith::include_openapi!("shelf.yaml");
}

use api::shelf::{Client, Config, mock, types};

/// Starts a mock of its own.
async fn start() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, mock::router()).await });
    url
}

fn client_of(url: &str, settings: Settings) -> Client {
    let config = Config { base_url: url.into(), token: Some("any".into()), settings };
    Client::new(&config).expect("a client")
}

async fn client() -> Client {
    client_of(&start().await, Settings::default())
}

fn new_book(title: &str) -> types::NewBook {
    types::NewBook { title: title.to_owned(), ..Default::default() }
}

#[tokio::test]
async fn what_is_created_is_kept_until_it_is_deleted() {
    let client = client().await;
    let before = client.list_books().await.expect("a list");
    let created = client.create_book(new_book("Emma")).await.expect("a book");
    assert_eq!(created.title, "Emma");
    assert_eq!(client.get_book(created.id).await.expect("the book"), created);

    let change = types::BookChange { title: Some("Persuasion".to_owned()), note: Some(None) };
    let changed = client.change_book(created.id, change).await.expect("the book");
    assert_eq!((changed.title.as_str(), &changed.isbn, &changed.note), ("Persuasion", &created.isbn, &Some(None)));

    let list = client.list_books().await.expect("a list");
    assert_eq!(list.total, before.total + 1);
    assert_eq!(list.data.last(), Some(&changed));

    client.delete_book(created.id).await.expect("it is gone");
    assert_eq!(client.list_books().await.expect("a list"), before);
    let Err(CallError::Failure(failure)) = client.get_book(created.id).await else { panic!("it is still there") };
    assert_eq!((failure.status(), failure.value.code), (StatusCode::NOT_FOUND, 404));
}

#[tokio::test]
async fn a_program_can_read_before_it_writes() {
    let client = client().await;
    let book = client.get_book(7).await.expect("a book");
    assert_eq!((book.id, book.title.as_str()), (7, "The Trial"));
    assert!(book.isbn.starts_with("97") && book.isbn.len() == 14, "{}", book.isbn);
    assert!((0..=100).contains(&book.copies), "{}", book.copies);
    assert_eq!(client.get_book(7).await.expect("the book"), book);
}

#[tokio::test]
async fn routers_share_nothing() {
    let (one, other) = (client().await, client().await);
    let before = other.list_books().await.expect("a list");
    one.create_book(new_book("Emma")).await.expect("a book");
    assert_eq!(other.list_books().await.expect("a list"), before);
}

#[tokio::test]
async fn what_lies_below_an_item_is_its_own() {
    let client = client().await;
    let body = |reader: &str| types::inline::LendBookBody { reader: reader.to_owned() };
    let loan = client.lend_book(1, body("Ann")).await.expect("a loan");
    assert_eq!((loan.reader.as_str(), loan.book_id), ("Ann", 1));
    assert_eq!(client.list_loans(1).await.expect("loans").last(), Some(&loan));
    assert!(!client.list_loans(2).await.expect("loans").contains(&loan));
}

#[tokio::test]
async fn pages_lead_through_all_items_and_end() {
    let client = client().await;
    for number in 0..5 {
        client.create_book(new_book(&format!("Volume {number}"))).await.expect("a book");
    }
    let page = client.list_books().page(2).per_page(2).await.expect("a page");
    assert_eq!((page.data.len(), page.total), (2, 6));
    let mut items = client.list_books().per_page(2).items();
    let mut titles = Vec::new();
    while let Some(book) = items.next().await {
        titles.push(book.expect("a book").title);
    }
    assert_eq!(titles.len(), 6, "{titles:?}");

    let mut lines = client.read_log().items();
    let mut count = 0;
    while let Some(line) = lines.next().await {
        line.expect("a line");
        count += 1;
    }
    assert_eq!(count, 2, "no cursor leads on");
}

#[tokio::test]
async fn all_that_is_wrong_is_told_as_the_document_describes_it() {
    let mut settings = Settings::default();
    settings.validate_requests = false;
    let client = client_of(&start().await, settings);
    let body = types::NewBook { title: String::new(), isbn: Some("x".to_owned()), copies: Some(101) };
    let Err(CallError::Failure(failure)) = client.create_book(body).await else { panic!("it is taken") };
    assert_eq!(failure.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let errors = failure.value.errors.expect("errors");
    let pointers: Vec<_> = errors.iter().map(|error| error.pointer.as_str()).collect();
    assert_eq!(pointers, ["/title", "/isbn", "/copies"]);
}

#[tokio::test]
async fn credentials_are_asked_for_where_the_document_does() {
    let mut settings = Settings::default();
    settings.allow_missing_secrets = true;
    let config = Config { base_url: start().await.into(), settings, ..Default::default() };
    let client = Client::new(&config).expect("a client");
    let Err(CallError::Failure(failure)) = client.list_books().await else { panic!("it is answered") };
    assert_eq!((failure.status(), failure.value.code), (StatusCode::UNAUTHORIZED, 401));
    assert_eq!(client.get_hours().await.expect("a text"), "9 to 5");
}

#[tokio::test]
async fn streams_have_an_event() {
    let mut news = client().await.listen().await.expect("events");
    let event = news.next().await.expect("an event").expect("news");
    assert!(!event.data.headline.is_empty());
    assert!(news.next().await.is_none());
}
