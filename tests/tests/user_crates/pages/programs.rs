//! What stands in blocks of code.

use super::{Page, pages, root};
use crate::user_crate::Crate;

const BACKUPS: &str = include_str!("../../../../specs/platform-backups.yaml");
const PLATFORM: &str = include_str!("../../../../specs/planetscale-platform.yaml");
const SHIPS: &str = include_str!("../../../../docs/ships.yaml");
const PIER: &str = include_str!("../../../../docs/pier.yaml");

/// The module that a block relies on where the page has included it earlier, and the macro that does.
const MODULES: [(&str, &str); 4] = [
    ("planetscale_platform::", "capsmith::include_openapi!(\"planetscale-platform.yaml\");\n"),
    ("platform_backups::", "capsmith::include_capability!(\"platform-backups.yaml\");\n"),
    ("ships::", "capsmith::include_capability!(\"ships.yaml\");\n"),
    ("pier::", "capsmith::include_capability!(\"pier.yaml\");\n"),
];

/// A block as a program: with the macro where the block relies on an earlier one, and in `main` where it has none.
fn program(block: &str) -> String {
    let used = MODULES.iter().find(|(module, _)| !block.contains("include_") && block.contains(module));
    let include = used.map_or("", |(_, include)| include);
    if block.contains("fn main()") {
        return format!("#![allow(unused)]\n{include}{block}");
    }
    format!(
        "#![allow(unused)]\n{include}#[tokio::main]\nasync fn main() -> Result<(), Box<dyn std::error::Error>> \
         {{\n{block}\nOk(())\n}}\n"
    )
}

#[test]
fn the_programs_of_the_pages_compile() {
    let dependencies = format!(
        "axum = \"0.8\"\ncapsmith-codegen = {{ path = '{}' }}\n\
         jiff = {{ version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }}\n\
         serde_json = \"1\"\ntokio = {{ version = \"1\", features = [\"macros\", \"net\", \"rt-multi-thread\"] }}\n",
        root().join("codegen").display()
    );
    let user = Crate::new("pages", "features = [\"mock\", \"opentelemetry\"]", &dependencies);
    user.write("platform-backups.yaml", BACKUPS);
    user.write("planetscale-platform.yaml", PLATFORM);
    user.write("ships.yaml", SHIPS);
    user.write("pier.yaml", PIER);
    let pages = pages();
    for page in &pages {
        for (number, block) in page.blocks("rust").iter().enumerate() {
            user.write(&format!("src/bin/{}-{number}.rs", page.name()), &program(block));
        }
    }
    for name in ["README", "builds", "capabilities", "mcp", "observability", "openapi"] {
        let page = pages.iter().find(|page| page.name() == name);
        assert!(page.is_some_and(|page| !page.blocks("rust").is_empty()), "{name} has no programs");
    }
    user.succeeds();
}

/// Whether a file has the lines of a block, with the same spaces more before each.
fn has(file: &str, block: &str) -> bool {
    let wanted: Vec<&str> = block.lines().collect();
    let lines: Vec<&str> = file.lines().collect();
    lines.windows(wanted.len()).any(|lines| {
        let indent = lines[0].strip_suffix(wanted[0]);
        indent.is_some_and(|indent| {
            indent.trim().is_empty()
                && lines.iter().zip(&wanted).all(|(line, wanted)| line.strip_prefix(indent) == Some(*wanted))
        })
    })
}

#[test]
fn the_parts_of_capabilities_are_those_of_some_that_compile() {
    let pages = pages();
    let blocks: Vec<(&Page, &str)> =
        pages.iter().flat_map(|page| page.blocks("yaml").into_iter().map(move |block| (page, block))).collect();
    assert!(blocks.len() >= 4, "{}", blocks.len());
    for (page, block) in blocks {
        assert!([BACKUPS, SHIPS, PIER].iter().any(|file| has(file, block)), "{}:\n{block}", page.path.display());
    }
}

#[test]
fn a_mistake_is_shown_as_in_the_readme() {
    let pages = pages();
    let readme = &pages[0];
    let program = readme.blocks("rust")[0];
    let shown = readme.blocks("text")[0];
    let user = Crate::new(
        "mistake",
        "default-features = true",
        "tokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }\n",
    );
    user.write(
        "specs/platform-backups.yaml",
        &BACKUPS.replacen("platform-backups.listbackups", "platform-backups.listbackup", 1),
    );
    user.write("src/main.rs", program);
    let errors = user.errors();
    assert!(errors.contains(shown), "{errors}");
}
