capsmith::include_capability!("50-skill-of-unknown-tool.yaml", name = library);

fn main() {
    let _ = library::Config::default();
}
