//! The preview's two servers: the site on one port of this machine, the preview's own commands on another.
//!
//! Takes listeners; gives answers, as long as the program lives. Two ports are two origins to a browser, so that
//! nothing on a page of the site, whatever it runs, can reach a command. Must survive whatever clients do: silent ones
//! are dropped after a time, too many wait, and a shortage of descriptors is waited out.

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::sync::Semaphore;

use super::patient::Patient;
use super::state::Shared;
use super::wire::{Answer, Sent};
use super::{site, tool};
use crate::diag::catalog::preview as messages;
use crate::diag::{Finding, Location};

/// Where the preview is found unless another port is given.
pub const PORT: u16 = 4747;
/// How many ports after the first are tried.
const TRIED: u16 = 20;
/// Threads that make pages; others only wait for the network.
const MAKERS: usize = 8;
/// Connections at once, where the system allows them; others wait for their turn.
const CONNECTIONS: usize = 256;
/// Pages that hear events at once: a quarter of the connections, so that listening never takes the place of asking.
const LISTENERS: usize = 64;
/// The preview's own origin has few connections: one bar for each page that is open.
const OWN_CONNECTIONS: usize = 32;
/// Nobody needs longer to send the head of a request, nor keeps a connection for nothing.
const HEAD: Duration = Duration::from_secs(5);
/// The head of a request is not longer; addresses have a limit of their own.
const HEAD_BYTES: usize = 160 * 1024;
/// A connection ends after this time, whatever it does; pages that listen come back by themselves.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// How long to wait when the system has no descriptor left.
const SHORTAGE: Duration = Duration::from_millis(50);
/// How often a page that listens is asked whether it is still there.
const BEAT: Duration = Duration::from_secs(15);

/// The listeners, and where they are.
pub(super) struct Bound {
    site: TcpListener,
    tool: TcpListener,
    pub port: u16,
    pub tool_port: u16,
}

/// Takes the port that is given, or the first free one from [`PORT`] on; and any for the preview's own.
pub(super) fn bind(port: Option<u16>) -> Result<Bound, Box<Finding>> {
    let tries: Vec<u16> = match port {
        Some(port) => vec![port],
        None => (PORT..=PORT + TRIED).collect(),
    };
    let mut last = None;
    for port in tries {
        match listen(port) {
            Ok((port, site)) => {
                let (tool_port, tool) = listen(0).map_err(|e| taken(0, &e))?;
                return Ok(Bound {
                    site,
                    tool,
                    port,
                    tool_port,
                });
            }
            Err(error) => last = Some((port, error)),
        }
    }
    let (port, why) = last.unwrap_or((PORT, io::ErrorKind::AddrInUse.into()));
    Err(taken(port, &why))
}

fn listen(port: u16) -> io::Result<(u16, TcpListener)> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
    listener.set_nonblocking(true)?;
    Ok((listener.local_addr()?.port(), listener))
}

fn taken(port: u16, why: &io::Error) -> Box<Finding> {
    let at = Location::file(String::new());
    let finding = Finding::new(&messages::PORT_TAKEN, at);
    Box::new(finding.arg("port", port).arg("why", why))
}

/// Starts answering, on threads of its own.
///
/// # Errors
/// A finding when the system gives no threads.
pub(super) fn start(bound: Bound, shared: &Arc<Shared>) -> Result<(), Box<Finding>> {
    let fails = |error: io::Error| taken(bound.port, &error);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(MAKERS)
        .enable_all()
        .build()
        .map_err(fails)?;
    let listeners = {
        let _inside = runtime.enter();
        let site = tokio::net::TcpListener::from_std(bound.site).map_err(fails)?;
        let tool = tokio::net::TcpListener::from_std(bound.tool).map_err(fails)?;
        (site, tool)
    };
    let shared = shared.clone();
    std::thread::spawn(move || runtime.block_on(run(listeners, shared)));
    Ok(())
}

async fn run(
    (site, tool): (tokio::net::TcpListener, tokio::net::TcpListener),
    shared: Arc<Shared>,
) {
    let most = connections();
    let listeners = Arc::new(Semaphore::new(LISTENERS.min(most / 4)));
    let of_site = shared.clone();
    tokio::spawn(accept(site, most, move |request| {
        site::answer(request, of_site.clone(), listeners.clone())
    }));
    let of_tool = shared.clone();
    tokio::spawn(accept(tool, OWN_CONNECTIONS.min(most), move |request| {
        tool::answer(request, of_tool.clone())
    }));
    loop {
        tokio::time::sleep(BEAT).await;
        shared.beat();
    }
}

/// Takes connections, as many as may be at once.
async fn accept<F, A>(listener: tokio::net::TcpListener, most: usize, answer: F)
where
    F: Fn(Request<Incoming>) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Answer> + Send + 'static,
{
    let places = Arc::new(Semaphore::new(most));
    loop {
        // Who comes when all places are taken waits in the system's own queue.
        let Ok(place) = places.clone().acquire_owned().await else {
            return;
        };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Without a pause this would be asked again at once, for nothing.
            Err(_) => {
                tokio::time::sleep(SHORTAGE).await;
                continue;
            }
        };
        // Small answers leave at once.
        let _ = stream.set_nodelay(true);
        let answer = answer.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| {
                let answer = answer(request);
                async move { Ok::<Response<Sent>, Infallible>(answer.await.into_response()) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD)
                .max_buf_size(HEAD_BYTES)
                .title_case_headers(true)
                .serve_connection(TokioIo::new(Patient::new(stream)), service);
            // A reader that has gone away is no fault of ours.
            let _ = tokio::time::timeout(LIFETIME, connection).await;
            drop(place);
        });
    }
}

/// How many connections there may be: half of the descriptors that the system gives, for sources are read as well.
fn connections() -> usize {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, getrlimit};
        const OTHERS: u64 = 96;
        const LEAST: usize = 16;
        if let Some(all) = getrlimit(Resource::Nofile).current {
            let half = usize::try_from(all.saturating_sub(OTHERS) / 2).unwrap_or(CONNECTIONS);
            return half.clamp(LEAST, CONNECTIONS);
        }
    }
    CONNECTIONS
}
