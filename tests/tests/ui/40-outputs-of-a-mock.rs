capsmith::include_capability!("40-outputs-of-a-mock.yaml", name = harbour);

fn main() {
    let _ = harbour::Config::default();
}
