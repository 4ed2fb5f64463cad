capsmith::include_capability!("41-steps.yaml", name = harbour);

fn main() {
    let _ = harbour::Config::default();
}
