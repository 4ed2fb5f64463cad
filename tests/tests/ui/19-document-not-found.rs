capsmith::include_openapi!("23-selects-nothin.yaml", name = tracker);

fn main() {
    // The module is there all the same, so that one mistake gives one error.
    let config = tracker::Config::default();
    drop(tracker::Client::new(&config));
}
