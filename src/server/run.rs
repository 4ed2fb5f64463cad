use std::io;

use tokio::sync::watch;
use tokio::task::JoinSet;

use super::bind::{Exposed, Listening};
use super::{Server, ServerError, connections};
use crate::Error;

impl Server {
    /// Serves until SIGTERM or ctrl-c, then lets requests in progress end. A second signal ends it at once.
    ///
    /// A capability that is served on standard input and output alone ends with the input as well.
    ///
    /// # Errors
    ///
    /// When the signals cannot be received, and what ends a surface on standard input and output.
    pub async fn run(self) -> Result<(), Error> {
        let signal = |count| stop_signal(count).map_err(|source| ServerError::Signal { source });
        self.run_between(signal(1)?, signal(2)?).await
    }

    /// Serves until `shutdown` is ready, then lets requests in progress end.
    ///
    /// # Errors
    ///
    /// What ends a surface on standard input and output.
    pub async fn run_until(self, shutdown: impl Future<Output = ()> + Send) -> Result<(), Error> {
        self.run_between(shutdown, std::future::pending()).await
    }

    /// Serves until `shutdown` is ready, then lets requests in progress end until `at_once` is.
    async fn run_between(
        self,
        shutdown: impl Future<Output = ()> + Send,
        at_once: impl Future<Output = ()> + Send,
    ) -> Result<(), Error> {
        self.report();
        let drain_timeout = self.settings.drain_timeout;
        let (stop, stopped) = watch::channel(false);
        let (stop_last, last_stopped) = watch::channel(false);
        let mut surfaces: JoinSet<Result<(), ServerError>> = JoinSet::new();
        let mut last = JoinSet::new();
        for surface in self.listening {
            let Listening { listener, router, gate, transport, is_last, .. } = surface;
            let stopped = if is_last { last_stopped.clone() } else { stopped.clone() };
            let serving = connections::serve(listener, router, gate, transport, stopped, drain_timeout);
            if is_last {
                last.spawn(serving);
            } else {
                surfaces.spawn(async move {
                    serving.await;
                    Ok(())
                });
            }
        }
        #[cfg(feature = "mcp")]
        for handler in self.stdio {
            surfaces.spawn(crate::mcp::serve_stdio_until(handler, stopped.clone()));
        }
        let is_last_alone = surfaces.is_empty();
        let mut outcome = Ok(());
        let mut shutdown = std::pin::pin!(shutdown);
        let mut at_once = std::pin::pin!(at_once);
        loop {
            tokio::select! {
                () = &mut shutdown, if !*stop.borrow() => {
                    tracing::info!("stopping");
                    self.draining.begin();
                    stop.send_replace(true);
                }
                () = &mut at_once, if *stop.borrow() => {
                    tracing::warn!("stopped at once: requests in progress were abandoned");
                    return outcome;
                }
                ended = surfaces.join_next(), if !is_last_alone || *stop.borrow() => match ended {
                    Some(Ok(Err(error))) => outcome = Err(error.into()),
                    Some(_) => {}
                    None => break,
                },
            }
        }
        stop_last.send_replace(true);
        while last.join_next().await.is_some() {}
        outcome
    }

    /// Tells where it listens: in the log, or on standard error where nobody reads the log.
    fn report(&self) {
        let unread = !tracing::dispatcher::has_been_set();
        for Listening { surface, address, gate, .. } in &self.listening {
            let Exposed { namespace, path, .. } = *surface;
            let scheme = gate.scheme;
            tracing::info!(surface = namespace, %address, "listening on {scheme}://{address}{path}");
            if unread {
                eprintln!("{namespace} listens on {scheme}://{address}{path}");
            }
        }
    }
}

/// Waits until a server is told to stop.
pub(crate) async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that the server is gone, which is a reason to stop as well.
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Is ready when the process has been told this often to stop.
#[cfg(unix)]
fn stop_signal(count: usize) -> io::Result<impl Future<Output = ()> + Send> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        for _ in 0..count {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
        }
    })
}

/// Is ready when the process has been told this often to stop.
#[cfg(not(unix))]
fn stop_signal(count: usize) -> io::Result<impl Future<Output = ()> + Send> {
    Ok(async move {
        for _ in 0..count {
            // An error means that ctrl-c cannot be received; the process can still be ended otherwise.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    })
}
