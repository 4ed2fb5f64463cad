//! An upstream whose instances are replaced again and again, as a rolling restart does.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::sleep;

/// How long an instance takes connections.
const LIFETIME: Duration = Duration::from_millis(100);
/// How long it serves those that it has taken after that. One on which nothing has been read yet would be closed without an answer.
const GRACE: Duration = Duration::from_millis(500);

/// A running upstream. Another instance listens when one stops to; after a while that one ends what it has begun, and closes its
/// connections, those too on which a request is on its way.
pub struct Rolling {
    address: SocketAddr,
    instances: Arc<AtomicUsize>,
    task: JoinHandle<()>,
}

/// The address that all instances share, until one stops to listen.
struct Shared {
    listener: Arc<TcpListener>,
    stopped: watch::Receiver<bool>,
}

impl Listener for Shared {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            tokio::select! {
                accepted = self.listener.accept() => match accepted {
                    Ok(accepted) => return accepted,
                    // Too many open files, or a caller that is gone already.
                    Err(_) => sleep(Duration::from_millis(10)).await,
                },
                () = end(&mut self.stopped) => std::future::pending().await,
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Rolling {
    /// Starts on a free port.
    pub async fn start(app: Router) -> Self {
        let listener = Arc::new(TcpListener::bind("127.0.0.1:0").await.expect("a free port"));
        let address = listener.local_addr().expect("an address");
        let instances = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&instances);
        let task = tokio::spawn(async move {
            loop {
                counted.fetch_add(1, Ordering::Relaxed);
                instance(&listener, &app).await;
            }
        });
        Self { address, instances, task }
    }

    /// Its base URL.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many instances there have been.
    pub fn instances(&self) -> usize {
        self.instances.load(Ordering::Relaxed)
    }
}

impl Drop for Rolling {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Has an instance take connections as long as it lives, and ends it behind its back.
async fn instance(listener: &Arc<TcpListener>, app: &Router) {
    let (stop, stopped) = watch::channel(false);
    let listener = Shared { listener: Arc::clone(listener), stopped };
    let serve = axum::serve(listener, app.clone());
    let mut ends = stop.subscribe();
    let serve = serve.with_graceful_shutdown(async move {
        end(&mut ends).await;
        sleep(GRACE).await;
    });
    tokio::spawn(async move { serve.await });
    sleep(LIFETIME).await;
    // Whoever looks again sees it, when this end is gone too.
    stop.send_replace(true);
}

async fn end(stopped: &mut watch::Receiver<bool>) {
    // Where nobody can say so any more, it has been said.
    let _ = stopped.wait_for(|stopped| *stopped).await;
}
