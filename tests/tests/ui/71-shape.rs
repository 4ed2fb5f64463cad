// Fields that are missing, unknown or of another shape. Each mistake is told where it is, all of them at once.
capsmith::include_capability!("71-shape.yaml", lints = deny);

fn main() {}
