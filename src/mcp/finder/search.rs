//! A search for tools by words.

use rmcp::model::Tool as ListedTool;
use serde_json::{Map, Value};

/// As many words of a query are looked for, and as many bytes of a description looked at.
const MOST_WORDS: usize = 16;
const DESCRIBED: usize = 1024;

/// Words that say nothing.
const EMPTY: [&str; 16] =
    ["a", "all", "an", "and", "by", "for", "from", "in", "is", "it", "of", "on", "or", "the", "to", "with"];

/// How much a word tells by where it stands.
const NAME: u32 = 8;
const TITLE: u32 = 5;
const TAG: u32 = 4;
const DESCRIPTION: u32 = 2;
const ARGUMENT: u32 = 1;

/// The words of each tool.
pub(super) struct Index(Vec<Words>);

/// Words with what they tell, each once, sorted.
type Words = Vec<(String, u32)>;

impl Index {
    /// The index of tools in the order of their list, which has the tags of each.
    pub(super) fn new<'a>(tools: impl Iterator<Item = (&'a ListedTool, &'a [String])>) -> Self {
        Self(tools.map(|(tool, tags)| words_of(tool, tags)).collect())
    }

    /// The positions of the tools that have one of the words, the best first.
    pub(super) fn find(&self, query: &str) -> Vec<usize> {
        let mut scores = vec![0_u32; self.0.len()];
        let mut wanted: Vec<String> = words(query).take(MOST_WORDS).collect();
        wanted.sort();
        wanted.dedup();
        for word in &wanted {
            let told: Vec<u32> = self.0.iter().map(|words| told(words, word)).collect();
            let tools = told.iter().filter(|told| **told > 0).count();
            // A word that few tools have says more, and a tool that has several words is meant sooner.
            let rarity = 1 + (self.0.len() / tools.max(1)).max(1).ilog2();
            for (score, told) in scores.iter_mut().zip(told).filter(|(_, told)| *told > 0) {
                *score += told * rarity + 4 * NAME;
            }
        }
        let mut found: Vec<(usize, u32)> = scores.into_iter().enumerate().filter(|(_, score)| *score > 0).collect();
        found.sort_by_key(|(position, score)| (u32::MAX - score, *position));
        found.into_iter().map(|(position, _)| position).collect()
    }
}

/// What a word tells about a tool: most where it is one of its words, half where one begins with it.
fn told(words: &Words, wanted: &str) -> u32 {
    /// A shorter word is the beginning of too many.
    const BEGINNING: usize = 3;
    let from = words.partition_point(|(word, _)| word.as_str() < wanted);
    let following = words.get(from..).unwrap_or_default();
    let beginning = following.iter().take_while(|(word, _)| word.starts_with(wanted));
    let is_meant = |word: &&(String, u32)| word.0 == wanted || wanted.len() >= BEGINNING;
    beginning
        .filter(is_meant)
        .map(|(word, told)| if word == wanted { told * 2 } else { *told })
        .max()
        .unwrap_or_default()
}

fn words_of(tool: &ListedTool, tags: &[String]) -> Words {
    let description = tool.description.as_deref().unwrap_or_default();
    let mut end = description.len().min(DESCRIBED);
    while !description.is_char_boundary(end) {
        end -= 1;
    }
    let arguments = tool.input_schema.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys);
    let mut found: Words = words(&tool.name).map(|word| (word, NAME)).collect();
    found.extend(words(tool.title.as_deref().unwrap_or_default()).map(|word| (word, TITLE)));
    found.extend(tags.iter().flat_map(|tag| words(tag)).map(|word| (word, TAG)));
    found.extend(words(description.get(..end).unwrap_or_default()).map(|word| (word, DESCRIPTION)));
    found.extend(arguments.flat_map(|name| words(name)).map(|word| (word, ARGUMENT)));
    // What a word tells most is kept.
    found.sort_by(|(one, told), (other, less)| one.cmp(other).then(less.cmp(told)));
    found.dedup_by(|(one, _), (other, _)| one == other);
    found
}

/// The words of a text in lower case, without the ending of a plural: `listPullRequests` has three.
fn words(text: &str) -> impl Iterator<Item = String> {
    let mut split = String::with_capacity(text.len() + 8);
    let mut was_lower = false;
    for character in text.chars() {
        if character.is_uppercase() && was_lower {
            split.push(' ');
        }
        was_lower = character.is_lowercase() || character.is_numeric();
        if character.is_alphanumeric() {
            split.extend(character.to_lowercase());
        } else {
            split.push(' ');
        }
    }
    let words: Vec<String> =
        split.split(' ').filter(|word| !word.is_empty() && !EMPTY.contains(word)).map(singular).collect();
    words.into_iter()
}

fn singular(word: &str) -> String {
    let stem = match word.strip_suffix("ies") {
        Some(stem) if stem.len() >= 2 => return format!("{stem}y"),
        _ => word.strip_suffix('s').filter(|stem| stem.len() >= 3 && !stem.ends_with('s')),
    };
    stem.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;

    fn index(tools: &[(&'static str, &'static str, &'static [&'static str])]) -> Index {
        let schema = json!({"type": "object", "properties": {"owner": {}}}).as_object().cloned().unwrap();
        let tools: Vec<_> = tools
            .iter()
            .map(|(name, description, tags)| {
                let tags: Vec<String> = tags.iter().map(|tag| (*tag).to_owned()).collect();
                (ListedTool::new(*name, *description, Arc::new(schema.clone())), tags)
            })
            .collect();
        Index::new(tools.iter().map(|(tool, tags)| (tool, tags.as_slice())))
    }

    #[test]
    fn names_count_more_than_descriptions_and_several_words_more_than_one() {
        let index = index(&[
            ("createIssue", "Opens an issue.", &[]),
            ("deleteRepository", "Deletes a repository with its issues and pull requests.", &[]),
            ("listPullRequests", "What waits to be merged.", &["pulls"]),
            ("issues-list-comments", "Comments of an issue.", &["issues"]),
        ]);
        assert_eq!(index.find("list the comments of issues"), [3, 2, 0, 1]);
        assert_eq!(index.find("pull request")[0], 2);
        assert_eq!(index.find("REPOSITORIES"), [1]);
        assert_eq!(index.find("repo"), [1]);
        assert_eq!(index.find("merged"), [2]);
        assert_eq!(index.find("weather"), [0_usize; 0]);
        assert_eq!(index.find("re"), [0_usize; 0], "`repository` begins with it");
    }

    #[test]
    fn the_length_of_a_query_does_not_matter() {
        let index = index(&[("a", "b", &[])]);
        assert_eq!(index.find(&"x ".repeat(100_000)), [0_usize; 0]);
        assert_eq!(index.find(""), [0_usize; 0]);
    }

    #[test]
    fn words_are_those_of_every_style() {
        let all = |text| words(text).collect::<Vec<_>>().join(" ");
        assert_eq!(all("listPullRequests_by-ID v2"), "list pull request id v2");
        assert_eq!(all("Access policies; HTTP status"), "access policy http statu");
    }
}
