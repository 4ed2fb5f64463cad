// Resources and prompts of MCP. Each mistake is told where it is, all of them at once.
capsmith::include_capability!("76-resources-and-prompts.yaml", lints = deny);

fn main() {}
