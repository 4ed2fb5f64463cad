// A step runs a script, and the program has nothing in its place.
capsmith::include_capability!("43-script-without-method.yaml", name = pilots);

struct Program(pilots::Client);

impl pilots::Handlers for Program {
    fn client(&self) -> &pilots::Client {
        &self.0
    }
}

fn main() {}
