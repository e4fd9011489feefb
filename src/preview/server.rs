//! The preview's server: loopback, `GET` and `HEAD` only, everything from memory.
//!
//! Takes requests; gives pages with the preview's script added, files as they would be published, events for open
//! pages. No path of a request ever reaches the file system: it is looked up among the files of the site. A request
//! that names another host than this machine is refused, so that a foreign page cannot read the preview through a
//! name that it points here.

use std::io::{self, Write};
use std::net::{Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

use super::inspect;
use super::state::{Message, Shared};
use crate::diag::catalog::preview as messages;
use crate::diag::{Finding, Lang, Location};

/// Where the preview is found unless another port is given.
pub const PORT: u16 = 4747;
/// How many ports after the first are tried.
const TRIED: u16 = 20;
/// Threads that answer; an open page's events have a thread of their own.
const THREADS: usize = 8;
/// No address of a site is longer, nor a path that the bar sends, even with every letter escaped.
const LONGEST: usize = 8 * 1024;
/// A larger answer is sent by a thread of its own: a reader who stops in the middle of a download holds up nobody.
const LARGE: usize = 128 * 1024;
/// Below this path lies what belongs to the preview; no file of a site can, for its name has an `@`.
const OWN: &str = "/@glasno/";
/// A request that makes the machine do something carries this header, which a foreign page cannot send.
const INTENT: &str = "x-glasno";

const SCRIPT: &str = include_str!("client.js");
const STYLE: &str = include_str!("client.css");

/// Takes the port that is given, or the first free one from [`PORT`] on.
pub(super) fn bind(port: Option<u16>) -> Result<(Server, u16), Box<Finding>> {
    let tries: Vec<u16> = match port {
        Some(port) => vec![port],
        None => (PORT..=PORT + TRIED).collect(),
    };
    let mut last = None;
    for port in tries {
        let opened = TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .and_then(|l| Ok((l.local_addr()?.port(), l)))
            .and_then(|(port, l)| {
                let server = Server::from_listener(l, None).map_err(io::Error::other)?;
                Ok((server, port))
            });
        match opened {
            Ok(found) => return Ok(found),
            Err(error) => last = Some((port, error)),
        }
    }
    let (port, why) = last.unwrap_or((PORT, io::ErrorKind::AddrInUse.into()));
    let at = Location::file(String::new());
    Err(Box::new(
        Finding::new(&messages::PORT_TAKEN, at)
            .arg("port", port)
            .arg("why", why),
    ))
}

/// Starts the threads that answer.
pub(super) fn start(server: Server, port: u16, shared: &Arc<Shared>) {
    let server = Arc::new(server);
    for _ in 0..THREADS {
        let (server, shared) = (server.clone(), shared.clone());
        std::thread::spawn(move || {
            while let Ok(request) = server.recv() {
                // A reader that has gone away is no fault of ours.
                let _ = answer(request, port, &shared);
            }
        });
    }
    let shared = shared.clone();
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(Duration::from_secs(15));
            shared.beat();
        }
    });
}

/// What is sent back, before it is a response.
struct Answer {
    status: u16,
    mime: &'static str,
    body: Vec<u8>,
    extra: Vec<(&'static str, String)>,
}

impl Answer {
    fn new(status: u16, mime: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Answer {
            status,
            mime,
            body: body.into(),
            extra: Vec::new(),
        }
    }
}

fn answer(request: Request, port: u16, shared: &Arc<Shared>) -> io::Result<()> {
    let text = "text/plain; charset=utf-8";
    if !host_is_ours(&request, port) {
        return respond(request, Answer::new(403, text, "Host"));
    }
    if !matches!(request.method(), Method::Get | Method::Head) {
        let mut refused = Answer::new(405, text, "GET, HEAD");
        refused.extra.push(("Allow", "GET, HEAD".into()));
        return respond(request, refused);
    }
    let url = request.url().to_owned();
    if url.len() > LONGEST {
        return respond(request, Answer::new(414, text, "URI"));
    }
    let (path, query) = url.split_once('?').unwrap_or((&url, ""));
    let Some(path) = decode(path) else {
        return respond(request, Answer::new(400, text, "path"));
    };
    if let Some(own) = path.strip_prefix(OWN) {
        return own_answer(request, own, query, shared);
    }
    let answer = site(&path, shared);
    respond(request, answer)
}

fn own_answer(request: Request, name: &str, query: &str, shared: &Arc<Shared>) -> io::Result<()> {
    let json = "application/json; charset=utf-8";
    let answer = match name {
        "preview.js" => Answer::new(200, "text/javascript; charset=utf-8", SCRIPT),
        "preview.css" => Answer::new(200, "text/css; charset=utf-8", STYLE),
        "labels" => {
            let labels: serde_json::Map<_, _> = messages::labels(shared.lang)
                .iter()
                .map(|(k, v)| ((*k).to_owned(), (*v).into()))
                .collect();
            Answer::new(200, json, serde_json::Value::Object(labels).to_string())
        }
        "progress" => {
            let far = shared.progress.at().map(|at| at.words(shared.lang));
            Answer::new(200, json, serde_json::json!({ "words": far }).to_string())
        }
        "page" => {
            let path = parameter(query, "path").unwrap_or_default();
            Answer::new(200, json, inspect::page(&path, shared).to_string())
        }
        "open" => {
            let intends = request.headers().iter().any(|h| h.field.equiv(INTENT));
            let place = parameter(query, "path").unwrap_or_default();
            let number = |name| parameter(query, name).and_then(|n| n.parse().ok());
            let (line, column) = (number("line").unwrap_or(1), number("column").unwrap_or(1));
            match intends.then(|| inspect::open(&place, line, column, shared)) {
                Some(Ok(())) => Answer::new(200, json, "{}"),
                Some(Err(status)) => Answer::new(status, json, "{}"),
                None => Answer::new(403, json, "{}"),
            }
        }
        "events" => {
            let page = parameter(query, "page").unwrap_or_default();
            let shared = shared.clone();
            std::thread::spawn(move || events(request, page, &shared));
            return Ok(());
        }
        _ => Answer::new(404, json, "{}"),
    };
    respond(request, answer)
}

/// Keeps an open page informed until it goes away.
fn events(request: Request, page: String, shared: &Shared) {
    let mut out = request.into_writer();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream; charset=utf-8\r\n\
                Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
    let mut send = |text: &str| out.write_all(text.as_bytes()).and_then(|()| out.flush());
    if send(head).is_err() || send("retry: 500\n\n").is_err() {
        return;
    }
    let messages = shared.join(page);
    loop {
        let Message { name, data } = match messages.recv_timeout(Duration::from_secs(60)) {
            Ok(message) => message,
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return,
        };
        if send(&format!("event: {name}\ndata: {data}\n\n")).is_err() {
            return;
        }
    }
}

/// A file of the site.
fn site(path: &str, shared: &Shared) -> Answer {
    let view = shared.view();
    let html = "text/html; charset=utf-8";
    let Some(snapshot) = &view.snapshot else {
        let mut wait = match view.number {
            0 => reading(shared),
            _ => stand_in(503, false, &[], shared),
        };
        // A program that asks comes again; a page hears it from the events.
        wait.extra.push(("Retry-After", "1".into()));
        return wait;
    };
    let below = path.trim_start_matches('/');
    // The 404 page and hand-written links may start at the address under which the site will be published.
    let base = &snapshot.loaded.book.settings.base_url;
    let prefix = base
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .map_or("", |(_, prefix)| prefix);
    let candidates = [
        Some(below),
        below.strip_prefix(prefix).filter(|_| !prefix.is_empty()),
    ];
    for below in candidates.into_iter().flatten() {
        let file = if below.is_empty() || below.ends_with('/') {
            format!("{below}index.html")
        } else {
            below.to_owned()
        };
        if let Some((_, made)) = view.make(&file) {
            let Some(bytes) = &made.bytes else {
                return stand_in(500, true, &made.findings, shared);
            };
            let mime = mime(&file);
            let mut answer = if mime == html {
                Answer::new(200, mime, with_script(bytes, view.number, &made.tag))
            } else {
                Answer::new(200, mime, bytes.clone())
            };
            answer.extra.push(("ETag", format!("\"{}\"", made.tag)));
            return answer;
        }
        if !file.ends_with("index.html") && snapshot.find(&format!("{below}/index.html")).is_some()
        {
            let mut moved = Answer::new(302, "text/plain; charset=utf-8", "");
            moved.extra.push(("Location", format!("/{below}/")));
            return moved;
        }
    }
    match view.make("404.html") {
        Some((_, made)) => match &made.bytes {
            Some(bytes) => Answer::new(404, html, with_script(bytes, view.number, "")),
            None => stand_in(500, true, &made.findings, shared),
        },
        None => Answer::new(404, "text/plain; charset=utf-8", "404"),
    }
}

/// The page with the preview's script. The file itself stays as it is: this is a copy that only the preview sends.
fn with_script(bytes: &[u8], number: u64, tag: &str) -> Vec<u8> {
    let script = format!(
        "<script src=\"{OWN}preview.js\" data-number=\"{number}\" data-tag=\"{tag}\" defer></script>"
    );
    let at = memchr::memmem::rfind(bytes, b"</body>").unwrap_or(bytes.len());
    let (head, tail) = bytes.split_at(at);
    [head, script.as_bytes(), tail].concat()
}

/// The page that answers until the sources have been read: it counts along, and loads itself when there is something.
fn reading(shared: &Shared) -> Answer {
    let (title, words) = messages::reading(shared.lang);
    let far = shared.progress.at().map(|at| at.words(shared.lang));
    let far = far.unwrap_or_default();
    let page = page(
        title,
        "<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>",
        &format!("<p data-progress role=\"status\">{far}</p><p>{words}</p>"),
        shared.lang,
    );
    Answer::new(
        503,
        "text/html; charset=utf-8",
        with_script(page.as_bytes(), 0, ""),
    )
}

/// A page of the preview itself.
fn page(title: &str, head: &str, body: &str, lang: Lang) -> String {
    let lang = match lang {
        Lang::Ru => "ru",
        Lang::En => "en",
    };
    format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{title}</title>\
         <meta name=\"viewport\" content=\"width=device-width\">{head}</head>\
         <body style=\"font:1.1rem/1.5 system-ui,sans-serif;margin:3rem auto;max-width:44rem;padding:0 1rem\">\
         <h1>{title}</h1>{body}</body></html>"
    )
}

/// A page in place of one that cannot be shown; it waits for the next state like any other.
fn stand_in(status: u16, refused: bool, findings: &[Finding], shared: &Shared) -> Answer {
    let view = shared.view();
    let (title, words) = messages::no_page(refused, shared.lang);
    let escape = |t: &str| crate::document::markdown::escape(t).into_owned();
    let said: String = findings
        .iter()
        .map(|f| {
            let told = super::tell::finding(f, shared.lang, &view);
            let text = told.get("text").and_then(|t| t.as_str()).unwrap_or("");
            format!(
                "<pre style=\"white-space:pre-wrap;overflow-wrap:anywhere\">{}</pre>",
                escape(text)
            )
        })
        .collect();
    let body = format!("<p>{words}</p>{said}");
    let page = page(title, "", &body, shared.lang);
    let number = view.number;
    Answer::new(
        status,
        "text/html; charset=utf-8",
        with_script(page.as_bytes(), number, ""),
    )
}

fn respond(request: Request, answer: Answer) -> io::Result<()> {
    let mut headers = vec![
        ("Content-Type", answer.mime.to_owned()),
        ("Cache-Control", "no-store".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
        ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
    ];
    headers.extend(answer.extra);
    let large = answer.body.len() > LARGE;
    let mut response = Response::from_data(answer.body)
        .with_status_code(StatusCode(answer.status))
        .with_chunked_threshold(usize::MAX);
    for (name, value) in headers {
        if let Ok(header) = Header::from_bytes(name, value) {
            response.add_header(header);
        }
    }
    if large {
        std::thread::spawn(move || request.respond(response));
        return Ok(());
    }
    request.respond(response)
}

/// Whether the request was meant for this machine.
fn host_is_ours(request: &Request, port: u16) -> bool {
    let mut hosts = request.headers().iter().filter(|h| h.field.equiv("host"));
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return false;
    };
    let host = host.value.as_str().to_ascii_lowercase();
    let (name, at) = match host.rsplit_once(':') {
        Some((name, at)) if !at.ends_with(']') => (name, at.parse().ok()),
        _ => (&*host, Some(80)),
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]") && at == Some(port)
}

/// The path of a request as text; `None` where it is not UTF-8 or holds what no path of ours does.
fn decode(path: &str) -> Option<String> {
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some((first, tail)) = rest.split_first() {
        rest = tail;
        if *first != b'%' {
            out.push(*first);
            continue;
        }
        let (hex, tail) = tail.split_at_checked(2)?;
        out.push(u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()?);
        rest = tail;
    }
    let text = String::from_utf8(out).ok()?;
    (!text.contains(['\0', '\\', '\r', '\n'])).then_some(text)
}

/// One value of a query.
fn parameter(query: &str, name: &str) -> Option<String> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .and_then(|(_, value)| decode(value))
}

/// Content type by the file's extension.
fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "pdf" => "application/pdf",
        "doc" => "application/msword",
        "xls" => "application/vnd.ms-excel",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "odt" => "application/vnd.oasis.opendocument.text",
        "ods" => "application/vnd.oasis.opendocument.spreadsheet",
        "zip" => "application/zip",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_decoded_and_odd_ones_refused() {
        assert_eq!(decode("/a%20b/").as_deref(), Some("/a b/"));
        for bad in [
            "/%",
            "/%4",
            "/%zz",
            "/%ff",
            "/a%00",
            "/..%5c..",
            "/a%0d%0ab",
        ] {
            assert_eq!(decode(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_script_stands_at_the_end_of_the_body() {
        let page = with_script(b"<body>x</body>", 7, "t");
        let page = String::from_utf8_lossy(&page).into_owned();
        assert!(page.contains("data-number=\"7\""));
        assert!(page.ends_with("</script></body>"));
    }
}
