//! Where emission hands its items to.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

use super::{ApiOptions, Part, emit, head};
use crate::ir::api::Api;
use crate::openapi::FileReport;

/// The module of an API, for the macro.
pub(crate) fn module(api: &Api, files: &[FileReport], options: &ApiOptions) -> TokenStream {
    let mut items = Items::default();
    items.open(head(api, options));
    for part in Part::ALL {
        emit(*part, api, files, options, &mut items);
    }
    items.close();
    items.finish()
}

/// Takes items one by one, in the order of the file.
///
/// A document can give a million tokens. Files are laid out item by item, so that only one item's tokens exist at a time.
pub(crate) trait Sink {
    /// Begins a module, an `impl` or a gate; `head` is what stands before its braces. What is handed over until the
    /// matching [`close`](Self::close) stands inside.
    fn open(&mut self, head: TokenStream);

    /// Takes one item, whole; several that belong together may come at once.
    fn item(&mut self, item: TokenStream);

    /// Ends what was opened last.
    fn close(&mut self);
}

/// Collects everything as one stream of tokens.
#[derive(Debug, Default)]
pub(in crate::emit) struct Items {
    done: TokenStream,
    /// What was open before the innermost braces.
    open: Vec<TokenStream>,
}

impl Items {
    /// The items. Everything that was opened has been closed.
    pub(in crate::emit) fn finish(self) -> TokenStream {
        self.done
    }
}

impl Sink for Items {
    fn open(&mut self, head: TokenStream) {
        self.done.extend(head);
        self.open.push(std::mem::take(&mut self.done));
    }

    fn item(&mut self, item: TokenStream) {
        self.done.extend(item);
    }

    fn close(&mut self) {
        if let Some(outside) = self.open.pop() {
            let inside = std::mem::replace(&mut self.done, outside);
            self.done.extend([TokenTree::Group(Group::new(Delimiter::Brace, inside))]);
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::{Items, Sink};

    #[test]
    fn items_stand_inside_what_is_open() {
        let mut items = Items::default();
        items.item(quote! { use a; });
        items.open(quote! { pub mod b });
        items.item(quote! { struct C; });
        items.open(quote! { ::d! });
        items.item(quote! { struct E; });
        items.close();
        items.item(quote! { struct F; });
        items.close();
        items.open(quote! { mod g });
        items.close();
        let expected = quote! { use a; pub mod b { struct C; ::d! { struct E; } struct F; } mod g {} };
        assert_eq!(items.finish().to_string(), expected.to_string());
    }
}
