//! The file and the macro give the same code: the layout of a file changes no tokens.
//!
//! The documents are those of the corpus, which is no part of the project. It is looked for in `CAPSMITH_CORPUS`, then beside
//! the workspace; where it is absent the test says so and passes.

use std::path::{Path, PathBuf};

use capsmith_codegen::openapi::{LoadError, Loader, RemoteReferences};
use capsmith_codegen::{OpenApiOptions, compile_openapi};
use proc_macro2::{TokenStream, TokenTree};

/// Without optimisation the largest documents take too long.
const LARGEST: u64 = if cfg!(debug_assertions) { 400_000 } else { u64::MAX };

struct Directory(PathBuf);

impl Loader for Directory {
    fn load(&self, path: &str) -> Result<String, LoadError> {
        std::fs::read_to_string(self.0.join(path)).map_err(|_| LoadError::NotFound)
    }
}

/// The tokens, one after another, without what the layout may change: commas at the end of lists, and how texts are written.
/// What a macro is given is not changed.
fn flatten(tokens: TokenStream, is_verbatim: bool, flat: &mut Vec<String>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => {
                let is_gate = flat.len() > 1 && flat[flat.len() - 2].starts_with("when_");
                let is_macro = flat.last().is_some_and(|last| last == "!") && !is_gate;
                flat.push(format!("{:?}", group.delimiter()));
                flatten(group.stream(), is_verbatim || is_macro, flat);
                flat.push(String::from("end"));
            }
            TokenTree::Punct(comma)
                if !is_verbatim && comma.as_char() == ',' && tokens.peek().is_none_or(ends_generics) => {}
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                flat.push(syn::parse_str::<syn::LitStr>(&text).map_or(text, |text| text.value()));
            }
            token => flat.push(token.to_string()),
        }
    }
}

fn ends_generics(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(end) if end.as_char() == '>')
}

fn tokens(tokens: TokenStream) -> Vec<String> {
    let mut flat = Vec::new();
    flatten(tokens, false, &mut flat);
    flat
}

#[test]
fn a_file_has_the_tokens_of_the_macro() {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/corpus");
    let corpus = std::env::var_os("CAPSMITH_CORPUS").map_or(beside, PathBuf::from).join("openapi");
    let Ok(entries) = std::fs::read_dir(&corpus) else {
        println!("skipped: there is no corpus (CAPSMITH_CORPUS)");
        return;
    };
    let loader = Directory(corpus);
    let mut options = OpenApiOptions::default();
    options.read.remote_references = RemoteReferences::Untyped;
    for entry in entries.map(|entry| entry.expect("an entry")) {
        let name = entry.file_name().into_string().expect("Unicode");
        if entry.metadata().expect("a file").len() > LARGEST {
            continue;
        }
        let compiled = compile_openapi(&loader, &name, &options);
        let (Some(items), Some(text)) = (compiled.items(), compiled.render(&name, "make")) else {
            panic!("{name} does not compile");
        };
        let file = tokens(text.parse().expect("tokens"));
        let items = tokens(items);
        let different = file.iter().zip(&items).position(|(file, items)| file != items);
        if let Some(place) = different.or_else(|| (file.len() != items.len()).then_some(file.len().min(items.len()))) {
            let around = |tokens: &[String]| tokens[place.saturating_sub(20)..tokens.len().min(place + 20)].join(" ");
            panic!("{name}: the file has\n{}\nand the macro\n{}", around(&file), around(&items));
        }
        let broken = text.lines().filter(|line| line.ends_with(' ')).count();
        assert_eq!(broken, 0, "{name}: lines end with blanks");
        println!("{name}: {} tokens", items.len());
    }
}
