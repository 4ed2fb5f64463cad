capsmith::include_capability!("28-joined-mismatch.yaml", openapi = "28-joined-mismatch-api.yaml", name = shelf);

fn main() {
    let _ = shelf::Config::default();
}
