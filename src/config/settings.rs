use std::path::PathBuf;
use std::time::Duration;

use http::HeaderName;
use http::header;

use super::{Breaker, Cors, Rate, RequestStateKey, Tls};

/// Timeouts, limits and policies of a capability, with defaults that suit most.
///
/// ```
/// use std::time::Duration;
/// use capsmith::Settings;
///
/// let mut settings = Settings::default();
/// settings.read_timeout = Duration::from_secs(5);
/// settings.retries.max = 2;
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Settings {
    /// How long connecting to an upstream may take; 10 seconds. A custom HTTP client keeps its own.
    pub connect_timeout: Duration,
    /// How long an upstream may stay silent, before and within its answer; 30 seconds. The time in which a request is
    /// still being sent does not count, nor that in which nobody asks for the next part of the answer. A custom HTTP
    /// client may have a shorter one.
    pub read_timeout: Duration,
    /// How long an exchange with an upstream may take from connecting to the last byte of an answer that is read into
    /// memory, and to the head of one that is streamed (a download, events, an answer that is passed on); no limit.
    pub timeout: Option<Duration>,
    /// Whether redirects are followed (RFC 9110, section 15.4); yes. Only those within the origin are, or from `http` to
    /// `https` on one host, since credentials go along. A 307 or 308 keeps method and body, a 303 leads to a `GET`; a 301
    /// or 302 is followed for `GET` and `HEAD` alone, because for other methods servers mean different things by it. A
    /// redirect that is not followed is the answer. A custom HTTP client may follow others by itself.
    pub follow_redirects: bool,
    /// When a request that failed is sent again; never.
    pub retries: Retries,
    /// When an upstream that keeps failing is left alone for a while; never.
    pub breaker: Breaker,
    /// The largest answer that is read into memory, in bytes; 32 MiB. An answer that is passed on is not. Of streams it
    /// limits the single event and the single line.
    pub max_response_body: usize,
    /// The largest answer that is read part by part ([`Response::chunk`](crate::Response::chunk), the stream that a
    /// `Response` is), in bytes; no limit.
    pub max_download: Option<usize>,
    /// How much of an error answer a `StatusError` keeps, in bytes; 64 KiB.
    pub max_error_body: usize,
    /// Whether a client can be built although a secret is absent, because a hook or the single request brings the
    /// credentials; no. Requests then carry no credentials where the secret is absent.
    pub allow_missing_secrets: bool,
    /// Whether the client of an OpenAPI document checks a request against the document's constraints (`minimum`,
    /// `maxLength`, `pattern`, …) before it is sent; yes. A request that breaks one is mostly a mistake of the program,
    /// which is then told all of them at once and without a round trip. Where the document is wrong and its server more
    /// generous, this switches the check off. Answers are never refused for a constraint: a program has no hand in them.
    pub validate_requests: bool,
    /// The largest request body that a server accepts, in bytes; 4 MiB. It limits bodies that are streamed to a handler as
    /// well.
    pub max_request_body: usize,
    /// The longest target of a request that a server accepts, path and query, in bytes; 8 KiB. A longer one is 414.
    pub max_uri_length: usize,
    /// The most header fields of a request that a server accepts; 80. More are 431.
    pub max_headers: usize,
    /// The most bytes of header fields of a request that a server accepts, names and values; 32 KiB. More are 431.
    pub max_header_bytes: usize,
    /// The most connections that a listener has open; 4096. Further ones wait until one of them ends.
    pub max_connections: usize,
    /// The most requests that a listener has in progress, each from its head to the last byte of its answer; 1024. Further
    /// ones are 503 with `Retry-After`. Probes are always answered.
    pub max_concurrency: usize,
    /// How often one caller may ask a listener; no limit. What is more is 429 with `Retry-After`. Probes are always answered.
    pub rate: Rate,
    /// How long a caller may take to send the head of a request, and to begin with a first one; 30 seconds. A head that has
    /// begun is then answered with 408, and the connection ends.
    pub head_timeout: Duration,
    /// How long a connection may stay open between two requests; 75 seconds, which is longer than load balancers keep theirs.
    /// Connections are looked at no more often than that, so it may be up to twice as long.
    pub keep_alive_timeout: Duration,
    /// How long a caller may take nothing of an answer that is being sent; 30 seconds. The connection then ends.
    pub send_timeout: Duration,
    /// How long it may take from the head of a request to that of its answer; 2 minutes. What takes longer is abandoned and
    /// answered with 504. `None`: no limit.
    pub request_timeout: Option<Duration>,
    /// What a REST surface, or the server of an OpenAPI document, does with a query parameter that the route does not
    /// declare; it refuses the request.
    pub unknown_query: UnknownQuery,
    /// Whether REST surfaces, and servers of OpenAPI documents, give out their document at `/openapi.json` and a page at `/docs`
    /// that shows it and can send requests; yes. A route of the file whose path matches takes the place of either.
    pub documentation: bool,
    /// The request headers that a server passes on to the upstream: by default content negotiation, conditions,
    /// ranges, `Prefer`, `Idempotency-Key`, `X-Request-Id` and trace context. An MCP surface passes on only those of
    /// the latter two that are in this list. Credentials of the caller (`Authorization`, `Cookie`,
    /// `Proxy-Authorization`) and fields that belong to the connection are never passed on, listed or not.
    pub forwarded_headers: Vec<HeaderName>,
    /// Whether a server may listen on an address that other machines can reach; no, because anyone who can reach it
    /// uses the upstream with the credentials of this program.
    pub allow_remote: bool,
    /// How long a caller may take to send the body of a request, and how long it may be silent in one that is streamed to a
    /// handler; 30 seconds.
    pub body_timeout: Duration,
    /// The values of `Host` that a server accepts, without a port for any port; loopback names. Empty: any. Together with
    /// [`allowed_origins`](Self::allowed_origins) this keeps web pages out, which can make a browser send requests to
    /// loopback addresses. A REST surface accepts addresses and names without a dot as well; a REST router that is mounted
    /// in another application leaves both checks to that.
    pub allowed_hosts: Vec<String>,
    /// The values of `Origin` that a server accepts, with `:*` for any port; loopback origins. A request without `Origin`
    /// does not come from a web page and passes. Empty: none.
    pub allowed_origins: Vec<String>,
    /// Which web pages of other origins may read the answers of a server; none.
    pub cors: Cors,
    /// The certificate of a server, which then talks TLS (HTTP/1.1 and HTTP/2) and nothing else; none. It changes nothing about
    /// [`allow_remote`](Self::allow_remote): TLS tells callers who the server is, not the server who the callers are.
    pub tls: Option<Tls>,
    /// The largest answer that a tool or a resource is made of, in bytes; 4 MiB. A larger one is an error that says so.
    pub max_tool_result: usize,
    /// The size above which what a tool gives is cut, in bytes of its text; 64 KiB, since hosts commonly take some 25,000
    /// tokens of two and a half bytes or more. JSON is cut between the elements of its largest arrays and stays JSON, other
    /// text between lines; a note says how much is shown and which arguments narrow the result. `None`: nothing is cut.
    pub cut_tool_results: Option<usize>,
    /// How many fields the schema of a tool's answer must have for the tool to have an argument `fields`, with which an agent
    /// chooses those that it needs; 20. `None`: no tool has one.
    pub tool_fields: Option<usize>,
    /// Whether an MCP surface lists its tools, or three tools that search, describe and call them; whether it lists them
    /// depends on [`tool_list_budget`](Self::tool_list_budget).
    pub tool_list: ToolList,
    /// How large a list of tools may be, in bytes, before [`ToolList::Automatic`] takes the three tools in its place; 128 KiB.
    pub tool_list_budget: usize,
    /// The most sessions that an MCP surface keeps by HTTP, for clients of revisions before 2026-07-28; 0, and then every request
    /// stands for itself. With sessions handlers can ask such a client ([`mcp::Call::elicit`](crate::mcp::Call::elicit)), and
    /// it can set the level of log messages and subscribe to resources. They are kept in the memory of the process, so replicas
    /// behind a balancer need it to lead a session to where it began. A session ends when its client says so, and after 5
    /// minutes in which nothing is said. Above the limit no further ones begin.
    pub mcp_sessions: usize,
    /// The key by which an MCP surface recognises what it gives a client to keep between the rounds of a call (`requestState`,
    /// 2026-07-28). `None`: one that the process makes for itself, so a call that one replica began no other can go on with.
    pub request_state_key: Option<RequestStateKey>,
    /// How many results the tools of OpenAPI documents ask for where the agent does not say, so that a first answer is a small one: the
    /// value of query parameters such as `limit`, `per_page` and `page[size]`, within the bounds that the document gives them. `None`,
    /// the default: nothing is sent that the agent did not give, and the upstream decides.
    pub tool_page_size: Option<u32>,
    /// The folder below which surfaces find the files that the capability file has a `location` for, the folders of skills
    /// and of MCP resources among them: `/srv` makes `/srv/opt/books` of `file:///opt/books` and `/srv/books` of
    /// `file:///./books`. `None`: a location means what it says, from the working directory if it is relative.
    pub files_root: Option<PathBuf>,
    /// How long requests in progress may take to end after a server was told to stop; 10 seconds.
    pub drain_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            timeout: None,
            follow_redirects: true,
            retries: Retries::default(),
            breaker: Breaker::default(),
            max_response_body: 32 * 1024 * 1024,
            max_download: None,
            max_error_body: 64 * 1024,
            allow_missing_secrets: false,
            validate_requests: true,
            max_request_body: 4 * 1024 * 1024,
            max_uri_length: 8 * 1024,
            max_headers: 80,
            max_header_bytes: 32 * 1024,
            max_connections: 4096,
            max_concurrency: 1024,
            rate: Rate::default(),
            head_timeout: Duration::from_secs(30),
            keep_alive_timeout: Duration::from_secs(75),
            send_timeout: Duration::from_secs(30),
            request_timeout: Some(Duration::from_secs(120)),
            unknown_query: UnknownQuery::Refuse,
            documentation: true,
            forwarded_headers: default_forwarded_headers(),
            allow_remote: false,
            body_timeout: Duration::from_secs(30),
            allowed_hosts: ["localhost", "127.0.0.1", "::1"].map(str::to_owned).to_vec(),
            allowed_origins: loopback_origins(),
            cors: Cors::default(),
            tls: None,
            max_tool_result: 4 * 1024 * 1024,
            cut_tool_results: Some(64 * 1024),
            tool_fields: Some(20),
            tool_list: ToolList::Automatic,
            tool_list_budget: 128 * 1024,
            mcp_sessions: 0,
            request_state_key: None,
            tool_page_size: None,
            files_root: None,
            drain_timeout: Duration::from_secs(10),
        }
    }
}

fn default_forwarded_headers() -> Vec<HeaderName> {
    let mut names = vec![
        header::ACCEPT,
        header::ACCEPT_LANGUAGE,
        header::IF_MATCH,
        header::IF_NONE_MATCH,
        header::IF_MODIFIED_SINCE,
        header::IF_UNMODIFIED_SINCE,
        header::IF_RANGE,
        header::RANGE,
    ];
    names.extend(["prefer", "idempotency-key"].map(HeaderName::from_static));
    names.extend(TRACE_HEADERS.map(HeaderName::from_static));
    names
}

/// Headers that say which request this is, whatever surface it came in by.
pub(crate) const TRACE_HEADERS: [&str; 4] = ["x-request-id", "traceparent", "tracestate", "baggage"];

fn loopback_origins() -> Vec<String> {
    let hosts = ["localhost", "127.0.0.1", "[::1]"];
    hosts.iter().flat_map(|host| ["http", "https"].map(|scheme| format!("{scheme}://{host}:*"))).collect()
}

/// When a request that failed is sent again.
///
/// Only idempotent methods (RFC 9110, section 9.2.2) are repeated, after a failure of the connection, a timeout
/// before the answer, or an answer 429, 502, 503 or 504. The pause doubles each time and is shortened by a random part; a
/// `Retry-After` in the answer replaces it, and one that is longer than [`max_delay`](Self::max_delay) ends the
/// attempts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Retries {
    /// How often a request is repeated at most; 0.
    pub max: u32,
    /// The pause before the first repetition; 100 ms.
    pub delay: Duration,
    /// The longest pause; 5 seconds.
    pub max_delay: Duration,
}

impl Default for Retries {
    fn default() -> Self {
        Self { max: 0, delay: Duration::from_millis(100), max_delay: Duration::from_secs(5) }
    }
}

/// What a REST surface does with a query parameter that a route does not declare.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnknownQuery {
    /// Answer 400 with the names of the parameters that there are.
    #[default]
    Refuse,
    /// Drop it.
    Ignore,
    /// Send it to the upstream as it came.
    Forward,
}

/// What an MCP surface lists. Every tool can be called by its name, whatever is listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum ToolList {
    /// The tools, or the three of [`Search`](Self::Search) where the list would be larger than
    /// [`Settings::tool_list_budget`].
    #[default]
    Automatic,
    /// The tools.
    All,
    /// Three tools in their place: one that searches the tools, one that describes some of them and one that calls another.
    Search,
}
