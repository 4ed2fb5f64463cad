//! Links between pages.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Page, pages, pages_in, root};

/// The lines of a page that are no code.
fn prose(page: &Page) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    page.text.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        !is_code && !is_fence
    })
}

/// Where the links of a page lead to, but for those to other hosts.
fn targets(page: &Page) -> impl Iterator<Item = &str> {
    let links = prose(page).flat_map(|line| line.split("](").skip(1).filter_map(|rest| rest.split(')').next()));
    links.filter(|target| !target.contains("://"))
}

/// What a heading is called in a link.
fn fragment(heading: &str) -> String {
    let kept = heading.chars().filter(|character| character.is_alphanumeric() || matches!(character, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|character| if character == ' ' { '-' } else { character }).collect()
}

fn has_heading(page: &Page, wanted: &str) -> bool {
    prose(page)
        .filter(|line| line.starts_with('#'))
        .any(|line| fragment(line.trim_start_matches('#').trim_start()) == wanted)
}

/// What is wrong with a link.
fn defect(page: &Page, target: &str) -> Option<String> {
    let (file, heading) = target.split_once('#').map_or((target, None), |(file, heading)| (file, Some(heading)));
    let folder = page.path.parent().unwrap_or(Path::new(""));
    let path = if file.is_empty() { page.path.clone() } else { folder.join(file) };
    let Ok(path) = fs::canonicalize(root().join(path)) else { return Some(format!("there is no `{file}`")) };
    let heading = heading?;
    (!has_heading(&Page::read(&path), heading)).then(|| format!("`{file}` has no heading `{heading}`"))
}

#[test]
fn links_lead_somewhere() {
    let mut pages = pages();
    pages.extend(pages_in("docs/diagnostics"));
    pages.extend(["ARCHITECTURE.md", "CHANGELOG.md"].map(|name| Page::read(&PathBuf::from(name))));
    let mut number = 0;
    let mut defects = Vec::new();
    for page in &pages {
        for target in targets(page) {
            number += 1;
            defects.extend(defect(page, target).map(|defect| format!("{}: {defect}", page.path.display())));
        }
    }
    assert!(number > 50, "{number}");
    assert!(defects.is_empty(), "{}", defects.join("\n"));
}
