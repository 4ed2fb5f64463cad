capsmith::include_openapi!(
    "32-tool-names.yaml",
    tools = ["!issues.close"],
    tool_names = { "issue.get" = "get", "issues.close" = "close", "issues.get" = "get issue" }
);

capsmith::include_openapi!(
    "32-tool-names.yaml",
    name = twice,
    tool_names = { "issues.get" = "issue", "issues.close" = "Issue" }
);

fn main() {}
