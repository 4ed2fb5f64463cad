//! The text of a file with the module of an OpenAPI document.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use proc_macro2::TokenStream;

use crate::emit::openapi::{self as emit, ApiOptions, Part, Sink};
use crate::ir::RustName;
use crate::ir::api::Api;
use crate::layout::Layouter;
use crate::openapi::{FileReport, Surfaces};

/// Writes the module behind `header`.
///
/// The parts of the module are emitted and laid out by several threads, each part by one: the text does not depend on
/// how many there are.
pub(super) fn render(header: String, api: &Api, files: &[FileReport], options: &ApiOptions) -> String {
    let mut module = Layouter::behind(header);
    module.open(&emit::head(api, options));
    for part in parts(api, files, &Portable::new(options)) {
        module.append(&part);
    }
    module.close();
    module.finish()
}

/// The options as text: tokens do not leave their thread.
struct Portable {
    module: RustName,
    runtime: String,
    derives: Vec<String>,
    surfaces: Surfaces,
}

impl Portable {
    fn new(options: &ApiOptions) -> Self {
        Self {
            module: options.module.clone(),
            runtime: options.runtime.to_string(),
            derives: options.derives.iter().map(ToString::to_string).collect(),
            surfaces: options.surfaces,
        }
    }

    fn options(&self) -> ApiOptions {
        // What was tokens is tokens again.
        let tokens = |text: &String| text.parse::<TokenStream>().unwrap_or_default();
        ApiOptions {
            module: self.module.clone(),
            runtime: tokens(&self.runtime),
            derives: self.derives.iter().map(tokens).collect(),
            surfaces: self.surfaces,
        }
    }
}

/// The text of each part, in order.
fn parts(api: &Api, files: &[FileReport], options: &Portable) -> Vec<String> {
    let done = Mutex::new(vec![String::new(); Part::ALL.len()]);
    let next = AtomicUsize::new(0);
    let work = || {
        let options = options.options();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(part) = Part::ALL.get(number) else { break };
            let mut sink = Laid(Layouter::inside(1));
            emit::emit(*part, api, files, &options, &mut sink);
            let mut done = done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            done[number] = sink.0.finish();
        }
    };
    let threads = thread::available_parallelism().map_or(1, usize::from).min(Part::ALL.len());
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(work);
        }
        work();
    });
    done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Lays out what it is handed.
struct Laid(Layouter);

impl Sink for Laid {
    fn open(&mut self, head: TokenStream) {
        self.0.open(&head);
    }

    fn item(&mut self, item: TokenStream) {
        self.0.items(&item);
    }

    fn close(&mut self) {
        self.0.close();
    }
}
