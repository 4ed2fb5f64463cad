// Files that are no YAML, or say nothing: each is one mistake.
capsmith::include_capability!("70-text/control-character.yaml");
capsmith::include_capability!("70-text/nothing.yaml");
capsmith::include_capability!("70-text/two-documents.yaml");
capsmith::include_capability!("70-text/key-twice.yaml");
capsmith::include_capability!("70-text/deep.yaml");
capsmith::include_capability!("70-text/alias.yaml");
capsmith::include_capability!("70-text/key-no-text.yaml");
capsmith::include_capability!("70-text/tag.yaml");
capsmith::include_capability!("70-text/merge-key.yaml");
capsmith::include_capability!("70-text/no-version.yaml");
capsmith::include_capability!("70-text/nothing-to-compile.yaml");
capsmith::include_capability!("70-text/for-others.yaml", lints = deny);

fn main() {}
