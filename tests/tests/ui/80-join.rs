// A capability and documents that contradict it.
capsmith::include_capability!("80-join.yaml", openapi = "80-join-api.yaml", unmatched = ["list-crossings", "sail"], lints = deny);
capsmith::include_capability!("80-join.yaml", openapi = "80-join-other-api.yaml", name = other);

fn main() {}
