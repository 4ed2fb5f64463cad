// A list of tools that is longer than agents shall get, for a capability and for a document.
capsmith::include_capability!("81-tool-list.yaml", lints = deny, tool_list_budget = 500);
capsmith::include_openapi!("81-tool-list-api.yaml", lints = deny, tool_list_budget = 500, surfaces = [mcp]);

fn main() {}
