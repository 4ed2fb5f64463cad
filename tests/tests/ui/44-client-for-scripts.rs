// A client alone cannot run the scripts of steps.
capsmith::include_capability!("44-client-for-scripts.yaml", name = pilots);

fn router(client: pilots::Client) -> capsmith::axum::Router {
    pilots::mcp::router(client)
}

fn main() {
    let _ = router;
}
