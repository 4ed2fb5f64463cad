//! What is emitted once for a document, by the names of its operations.

/// Implements [`Serve`](super::Serve) for a dispatcher of handlers, and makes the function `dispatcher` that gives one: the dispatcher, the trait of the handlers, then for
/// each operation its index, the type of its inputs and the method.
#[doc(hidden)]
#[macro_export]
macro_rules! __serve_handlers {
    ($dispatcher:ident $handlers:ident; $($index:literal $inputs:ty, $method:ident;)*) => {
        struct $dispatcher<H>(::std::sync::Arc<H>);

        #[allow(dead_code)]
        fn dispatcher(handlers: impl $handlers) -> ::std::sync::Arc<dyn $crate::__private::Serve> {
            ::std::sync::Arc::new($dispatcher(::std::sync::Arc::new(handlers)))
        }

        #[automatically_derived]
        impl<H: $handlers> $crate::__private::Serve for $dispatcher<H> {
            fn serve(
                &self,
                operation: usize,
                incoming: $crate::__private::Incoming,
                context: $crate::Context,
            ) -> $crate::__private::Dispatched {
                match operation {
                    $($index => {
                        $crate::__private::handle::<H, $inputs, _>(&self.0, incoming, context, <H as $handlers>::$method)
                    })*
                    _ => $crate::__private::no_such_operation(),
                }
            }
        }
    };
}
