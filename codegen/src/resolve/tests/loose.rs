//! What files leave out and mean all the same.

use super::*;
use crate::ir::Location;

#[test]
fn a_surface_without_a_port_has_a_setting_in_its_place() {
    let text = edited(&[("      port: 9090\n", "")]);
    let listen = capability(&text).exposes[1].listen.clone().unwrap();
    assert_eq!((listen.address.as_str(), listen.port), ("127.0.0.1", None));
    assert_eq!((listen.variable.as_str(), listen.field.as_str()), ("SHELF_MCP_ADDR", "shelf_mcp_addr"));
    assert!(message(&text, Code::PortNotGiven).contains("a setting that must be given"));
}

#[test]
fn surfaces_without_ports_are_not_taken_for_one_address() {
    let text = edited(&[("      port: 8080\n", ""), ("      port: 9090\n", "")]);
    assert_eq!(messages(&text, Code::AddressInUse), [""; 0]);
}

#[test]
fn ports_are_numbers_in_range() {
    let texts = ["65536", "-1", "eighty", "80.5", "'{{PORT}}'"];
    for text in texts {
        let text = edited(&[("port: 9090", &format!("port: {text}"))]);
        assert_eq!(messages(&text, Code::InvalidPort).len(), 1, "{text}");
        assert_eq!(messages(&text, Code::PortNotGiven), [""; 0], "{text}");
    }
}

#[test]
fn a_call_may_name_the_resource_too() {
    for call in ["shelf.book.put-book", "shelf/book/put-book", "shelf/put-book"] {
        let text = edited(&[("call: shelf.put-book", &format!("call: {call}"))]);
        assert!(message(&text, Code::CallOfResource).contains("taken for `shelf.put-book`"), "{call}");
        assert_eq!(capability(&text).operations.len(), 3);
    }
    for call in ["shelf.books.put-book", "library.book.put-book", "a.shelf.book.put-book"] {
        assert_eq!(
            messages(&edited(&[("call: shelf.put-book", &format!("call: {call}"))]), Code::MalformedCall).len(),
            1
        );
    }
}

#[test]
fn names_of_operations_may_have_dots() {
    let text = edited(&[("name: put-book", "name: books.put"), ("call: shelf.put-book", "call: shelf.books.put")]);
    assert_eq!(messages(&text, Code::CallOfResource), [""; 0]);
    assert_eq!(capability(&text).operations[2].name, "books.put");
}

#[test]
fn an_operation_without_a_call_is_that_of_its_name() {
    let call = "              call: shelf.put-book\n";
    let text = edited(&[(call, "")]);
    assert!(message(&text, Code::ImpliedCall).contains("taken for a call of `shelf.put-book`"));
    assert_eq!(sources(&route(&capability(&text), "put-book").action).len(), 2);
    // No consumed operation has the tool's name.
    let text = edited(&[("          call: shelf.get-book\n        - name", "        - name")]);
    assert_eq!(messages(&text, Code::MissingField).len(), 1);
    // A slip is not passed over.
    let text = edited(&[("call: shelf.put-book", "cal: shelf.put-book")]);
    assert!(message(&text, Code::MissingField).contains("did you mean `call`?"));
}

#[test]
fn an_input_without_a_place_travels_where_its_name_says() {
    let place = |edits: &[(&str, &str)], name: &str, parameter: &str| {
        let capability = capability(&edited(edits));
        let parameters = route(&capability, name).parameters.clone();
        parameters.into_iter().find(|declared| declared.name == parameter).unwrap().location
    };
    let limit = ("                  in: query\n                  type: integer", "                  type: integer");
    assert_eq!(place(&[limit], "list-books", "limit"), Location::Query);
    let mapped = "                  mapping: headers.limit\n                  type: integer";
    assert_eq!(place(&[(limit.0, mapped)], "list-books", "limit"), Location::Header);
    let put = "call: shelf.put-book\n              with:\n                body: rest.body\n";
    let title =
        "call: shelf.put-book\n              inputParameters: [{ name: title }, { name: BookId, type: integer }]\n";
    assert_eq!(place(&[(put, title)], "put-book", "title"), Location::Property);
    assert_eq!(place(&[(put, title)], "put-book", "book-id"), Location::Path);
}

#[test]
fn a_variable_without_a_place_in_the_path_is_taken_from_the_query() {
    let path = ("/v1/books/{book-id}", "/v1/book");
    for (with, name) in [("", "book_id"), ("              with: { book_id: rest.isbn }\n", "isbn")] {
        let call = "              call: shelf.get-book\n";
        let text = edited(&[path, (call, &format!("{call}{with}"))]);
        let program = capability(&text);
        let parameter = &route(&program, "get-book").parameters[0];
        assert_eq!((parameter.name.as_str(), parameter.location, parameter.required), (name, Location::Query, true));
    }
    // Another variable may have been meant, or the braces were forgotten.
    let two = edited(&[("/v1/books/{book-id}", "/v1/{shelf}/{row}")]);
    assert_eq!(messages(&two, Code::UnsuppliedPathVariable).len(), 2);
    let forgotten = edited(&[("/v1/books/{book-id}", "/v1/books/book-id:open")]);
    assert_eq!(messages(&forgotten, Code::PathVariableInQuery), [""; 0]);
}

#[test]
fn parts_for_others_are_checked_where_they_stand() {
    let text = "ikanos: 1.0.0-beta5\nexposes: [{ type: rest, port: 1, resources: [] }]\n";
    assert!(message(text, Code::MissingField).contains("has no `namespace`"));
}
