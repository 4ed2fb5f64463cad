//! An API with the shapes that forges have: generated, by hand, and its answers.

use serde_json::{Value, json};

capsmith::include_openapi!(path = "specs/forge.yaml", name = generated);

/// The same shapes as an engineer would write them, with serde's derives.
pub(crate) mod handwritten {
    use std::collections::HashMap;

    use serde::{Deserialize, Serialize};

    #[derive(Clone, Debug, Deserialize, Serialize)]
    #[serde(rename_all = "lowercase")]
    pub(crate) enum State {
        Open,
        Closed,
        #[serde(untagged)]
        Other(String),
    }

    #[derive(Clone, Debug, Deserialize, Serialize)]
    pub(crate) struct User {
        pub(crate) id: i64,
        pub(crate) login: String,
        pub(crate) name: Option<String>,
        pub(crate) avatar_url: String,
        pub(crate) html_url: String,
        pub(crate) r#type: String,
        pub(crate) site_admin: bool,
    }

    #[derive(Clone, Debug, Deserialize, Serialize)]
    pub(crate) struct Label {
        pub(crate) id: i64,
        pub(crate) name: String,
        pub(crate) description: Option<String>,
        pub(crate) color: String,
        pub(crate) default: bool,
    }

    #[derive(Clone, Debug, Deserialize, Serialize)]
    pub(crate) struct Milestone {
        pub(crate) number: i64,
        pub(crate) title: String,
        pub(crate) description: Option<String>,
        pub(crate) state: State,
        pub(crate) open_issues: i64,
        pub(crate) due_on: Option<String>,
    }

    #[derive(Clone, Debug, Deserialize, Serialize)]
    pub(crate) struct Reactions {
        pub(crate) total_count: i64,
        pub(crate) confused: i64,
        pub(crate) heart: i64,
        pub(crate) hooray: i64,
    }

    #[derive(Clone, Debug, Deserialize, Serialize)]
    pub(crate) struct Issue {
        pub(crate) id: i64,
        pub(crate) number: i64,
        pub(crate) title: String,
        pub(crate) body: Option<String>,
        pub(crate) state: State,
        pub(crate) user: User,
        pub(crate) labels: Vec<Label>,
        pub(crate) assignees: Vec<User>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) milestone: Option<Milestone>,
        pub(crate) comments: i64,
        pub(crate) created_at: String,
        pub(crate) updated_at: String,
        pub(crate) closed_at: Option<String>,
        pub(crate) html_url: String,
        pub(crate) locked: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) reactions: Option<Reactions>,
    }

    #[derive(Clone, Debug, Deserialize, Serialize)]
    #[allow(clippy::struct_excessive_bools, reason = "as the API has it")]
    pub(crate) struct Repository {
        pub(crate) id: i64,
        pub(crate) name: String,
        pub(crate) full_name: String,
        pub(crate) private: bool,
        pub(crate) owner: User,
        pub(crate) html_url: String,
        pub(crate) description: Option<String>,
        pub(crate) fork: bool,
        pub(crate) homepage: Option<String>,
        pub(crate) size: i64,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) stargazers: Option<i64>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) score: Option<f64>,
        pub(crate) topics: Vec<String>,
        pub(crate) languages: HashMap<String, i64>,
        pub(crate) has_issues: bool,
        pub(crate) archived: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) default_branch: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) parent: Option<Box<Repository>>,
    }

    #[derive(Clone, Debug, Deserialize, Serialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    pub(crate) enum Event {
        Push { id: i64, actor: User, r#ref: String, commits: Vec<Commit> },
        Comment { id: i64, actor: User, body: String },
    }

    #[derive(Clone, Debug, Deserialize, Serialize)]
    pub(crate) struct Commit {
        pub(crate) sha: String,
        pub(crate) message: String,
        pub(crate) author: String,
    }
}

fn user(number: usize) -> Value {
    json!({
        "id": 100_000 + number,
        "login": format!("person-{number}"),
        "name": if number.is_multiple_of(3) { Value::Null } else { format!("Person {number}").into() },
        "avatar_url": format!("https://avatars.forge.example.com/u/{number}?v=4"),
        "html_url": format!("https://forge.example.com/person-{number}"),
        "followers_url": format!("https://api.forge.example.com/users/person-{number}/followers"),
        "type": "User",
        "site_admin": false,
    })
}

/// A page of issues; like those of real forges, its objects have fields that nobody described.
pub(crate) fn issues(count: usize) -> Value {
    let issue = |number: usize| {
        let labels: Vec<Value> = (0..number % 4)
            .map(|label| json!({ "id": label, "name": format!("area/{label}"), "description": "An \"area\" of the code", "color": "f29513", "default": label == 0 }))
            .collect();
        json!({
            "id": 5_000_000 + number,
            "node": format!("I_{number:016}"),
            "number": number,
            "title": format!("The list of issues loses entry {number} — sometimes"),
            "body": "Steps:\n\n1. Open the list\n2. Wait\n\n> It \"disappears\".\n\n".repeat(1 + number % 7),
            "state": if number.is_multiple_of(5) { "closed" } else { "open" },
            "user": user(number),
            "labels": labels,
            "assignees": [user(number + 1)],
            "milestone": { "number": 3, "title": "1.0", "description": null, "state": "open", "open_issues": 12, "due_on": "2026-12-01T00:00:00Z" },
            "comments": number % 11,
            "created_at": "2026-11-01T09:30:00Z",
            "updated_at": "2026-11-02T10:31:00Z",
            "closed_at": null,
            "html_url": format!("https://forge.example.com/acme/shop/issues/{number}"),
            "locked": false,
            "reactions": { "total_count": 3, "confused": 0, "heart": 2, "hooray": 1 },
        })
    };
    (1..=count).map(issue).collect()
}

/// A repository with the one that it was forked from.
pub(crate) fn repository() -> Value {
    let one = |name: &str| {
        json!({
            "id": 77, "name": name, "full_name": format!("acme/{name}"), "private": false, "owner": user(1),
            "html_url": format!("https://forge.example.com/acme/{name}"), "description": "A shop", "fork": true,
            "homepage": null, "size": 10_240, "stargazers": 321, "score": 0.75, "topics": ["rust", "shop", "http"],
            "languages": { "Rust": 90_210, "HTML": 1_204, "Shell": 77 }, "has_issues": true, "archived": false,
            "default_branch": "main", "license": { "key": "mit" },
        })
    };
    let mut repository = one("shop");
    repository["parent"] = one("shop-upstream");
    repository
}

/// A page of events of two kinds.
pub(crate) fn events(count: usize) -> Value {
    let event = |number: usize| {
        if number.is_multiple_of(2) {
            let commits: Vec<Value> = (0..3)
                .map(|commit| json!({ "sha": format!("{number:036x}{commit:04x}"), "message": "Mend the list", "author": "person-1" }))
                .collect();
            json!({ "kind": "push", "id": number, "actor": user(number), "ref": "refs/heads/main", "commits": commits })
        } else {
            json!({ "kind": "comment", "id": number, "actor": user(number), "body": "This also happens here." })
        }
    };
    (0..count).map(event).collect()
}
