//! What the capability file says about skills.

use capsmith_tests::http1::{get, request, send};
use serde_json::json;

use super::files::folder;
use super::service::{Skills, library};

#[tokio::test]
async fn the_list_has_the_skills_in_the_order_of_the_file() {
    let root = folder();
    let skills = Skills::open(root.path()).await;
    let answer = get(skills.address, "/skills").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/json"), "{answer:?}");
    let expected = json!({
        "count": 2,
        "skills": [
            {
                "name": "searching",
                "description": "Find books: by title, by author, \"by heart\".",
                "license": "Apache-2.0",
                "tools": ["find-books", "browse"],
            },
            {"name": "lending", "description": "Lend books and have them back", "tools": ["rules"]},
        ],
    });
    assert_eq!(answer.json(), expected);
}

#[tokio::test]
async fn a_skill_tells_where_its_tools_are() {
    let root = folder();
    let skills = Skills::open(root.path()).await;
    let searching = json!({
        "name": "searching",
        "description": "Find books: by title, by author, \"by heart\".",
        "license": "Apache-2.0",
        "compatibility": "Any agent",
        "argument-hint": "A title",
        "allowed-tools": "find-books",
        "user-invocable": false,
        "disable-model-invocation": true,
        "metadata": {"audience": "readers", "level": "1"},
        "tools": [
            {
                "name": "find-books",
                "description": "Finds books.",
                "type": "derived",
                "invocationRef": {"targetNamespace": "library-tools", "action": "find-books", "mode": "mcp"},
            },
            {
                "name": "browse",
                "description": "Lists books.",
                "type": "derived",
                "invocationRef": {"targetNamespace": "library-rest", "action": "list-books", "mode": "rest"},
            },
        ],
    });
    assert_eq!(get(skills.address, "/skills/searching").await.json(), searching);
    let lending = get(skills.address, "/skills/lending").await.json();
    let rules = json!({
        "name": "rules",
        "description": "The rules of lending.",
        "type": "instruction",
        "instruction": "guides/rules of lending.md",
    });
    assert_eq!(lending["tools"], json!([rules]));
    assert_eq!((&lending["user-invocable"], &lending["disable-model-invocation"]), (&json!(true), &json!(false)));
}

#[tokio::test]
async fn what_is_not_there_is_a_problem() {
    let root = folder();
    let skills = Skills::open(root.path()).await;
    for path in
        ["/skills/reading", "/skills/reading/contents", "/skills/reading/download", "/skills/reading/contents/a.md"]
    {
        let problem = get(skills.address, path).await.problem();
        assert_eq!(problem["detail"], "There is no such skill; `/skills` lists those that there are.", "{path}");
    }
    assert_eq!(get(skills.address, "/").await.problem()["status"], 404);
    assert_eq!(get(skills.address, "/skills/%ff").await.problem()["status"], 400);
    let answer = send(skills.address, request("POST", "/skills")).await;
    assert_eq!((answer.problem()["status"].as_u64(), answer.header("allow")), (Some(405), "GET,HEAD"), "{answer:?}");
    assert_eq!(get(skills.address, "/health/ready").await.status, 200);
}

#[tokio::test]
async fn the_catalogue_can_stand_in_another_router() {
    let router = library::skill::router(&capsmith::Settings::default());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let task = tokio::spawn(async move { capsmith::axum::serve(listener, router).await });
    assert_eq!(get(address, "/skills").await.json()["count"], 2);
    task.abort();
}
