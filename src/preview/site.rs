//! The site's own origin: pages and files as they would be published, and events for open pages.
//!
//! Takes requests, `GET` and `HEAD` only; gives everything from memory, pages with the preview's script added. No path
//! of a request ever reaches the file system: it is looked up among the files of the site. Nothing here makes the
//! machine do anything: commands are on another origin (`tool`), which pages are forbidden to call.

use std::sync::Arc;

use hyper::body::{Bytes, Incoming};
use hyper::{Method, Request};
use tokio::sync::Semaphore;

use super::snapshot::Made;
use super::state::Shared;
use super::wire::{Answer, Asked, Events};
use crate::diag::catalog::preview as messages;
use crate::diag::{Finding, Lang};

/// Below this path lies what belongs to the preview; no file of a site can, for its name has an `@`.
const OWN: &str = "/@glasno/";

const SCRIPT: &str = include_str!("client.js");
const STYLE: &str = include_str!("client.css");

const HTML: &str = "text/html; charset=utf-8";
const TEXT: &str = "text/plain; charset=utf-8";

/// What a file that is no page may do where a browser opens it by itself: be looked at.
const SEALED: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; \
                      frame-ancestors 'none'";

/// Answers one request. Pages are made on threads that may take their time.
pub(super) async fn answer(
    request: Request<Incoming>,
    shared: Arc<Shared>,
    listeners: Arc<Semaphore>,
) -> Answer {
    let asked = match Asked::read(&request, shared.doors.site) {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    if asked.method != Method::GET && asked.method != Method::HEAD {
        return Answer::new(405, TEXT, "GET, HEAD").with("allow", "GET, HEAD");
    }
    match asked.path.strip_prefix(OWN) {
        Some("events") => events(&asked, &shared, &listeners),
        Some(own) => own_answer(own, &shared),
        None => {
            let made =
                tokio::task::spawn_blocking(move || file(&asked.path, &shared).in_part(&asked));
            made.await.unwrap_or_else(|_| Answer::new(500, TEXT, "500"))
        }
    }
}

fn own_answer(name: &str, shared: &Shared) -> Answer {
    match name {
        "preview.js" => Answer::new(200, "text/javascript; charset=utf-8", SCRIPT),
        "preview.css" => Answer::new(200, "text/css; charset=utf-8", STYLE),
        "progress" => {
            let far = shared.progress.at().map(|at| at.words(shared.lang));
            let told = serde_json::json!({ "words": far }).to_string();
            Answer::new(200, "application/json; charset=utf-8", told)
        }
        _ => Answer::new(404, TEXT, "404"),
    }
}

/// Keeps an open page informed until it goes away.
fn events(asked: &Asked, shared: &Shared, listeners: &Arc<Semaphore>) -> Answer {
    let Ok(permit) = listeners.clone().try_acquire_owned() else {
        return Answer::new(503, TEXT, "events").with("retry-after", "5");
    };
    let page = asked.parameter("page").unwrap_or_default();
    match asked.method {
        Method::HEAD => Answer::new(200, "text/event-stream; charset=utf-8", ""),
        _ => Answer::events(Events::new(shared.join(page), permit)),
    }
}

/// The bytes of a file, held by the state that made them.
struct Held(Arc<Made>);

impl AsRef<[u8]> for Held {
    fn as_ref(&self) -> &[u8] {
        self.0.bytes.as_deref().unwrap_or_default()
    }
}

/// A file of the site.
fn file(path: &str, shared: &Shared) -> Answer {
    let view = shared.view();
    let Some(snapshot) = &view.snapshot else {
        let wait = match view.number {
            0 => reading(shared),
            _ => stand_in(503, false, &[], shared),
        };
        // A program that asks comes again; a page hears it from the events.
        return wait.with("retry-after", "1");
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
        if let Some((task, made)) = view.make(&file) {
            let Some(bytes) = &made.bytes else {
                return stand_in(500, true, &made.findings, shared);
            };
            let mime = mime(&file);
            let tag = format!("\"{}\"", made.tag);
            let answer = if task.is_page() {
                page(200, bytes, view.number, &made.tag, shared)
            } else if is_markup(mime) {
                Answer::new(200, mime, Bytes::from_owner(Held(made.clone())))
                    .with("content-security-policy", SEALED)
            } else {
                Answer::new(200, mime, Bytes::from_owner(Held(made.clone())))
            };
            return answer.with("etag", tag);
        }
        if !file.ends_with("index.html") && snapshot.find(&format!("{below}/index.html")).is_some()
        {
            return Answer::new(302, TEXT, "").with("location", format!("/{below}/"));
        }
    }
    match view.make("404.html") {
        Some((_, made)) => match &made.bytes {
            Some(bytes) => page(404, bytes, view.number, "", shared),
            None => stand_in(500, true, &made.findings, shared),
        },
        None => Answer::new(404, TEXT, "404"),
    }
}

/// A page, with the preview's script. The file itself stays as it is: this is a copy that only the preview sends.
fn page(status: u16, bytes: &[u8], number: u64, tag: &str, shared: &Shared) -> Answer {
    let tool = shared.doors.tool_origin();
    let script = format!(
        "<script src=\"{OWN}preview.js\" data-number=\"{number}\" data-tag=\"{tag}\" data-tool=\"{tool}\" defer></script>"
    );
    let at = memchr::memmem::rfind(bytes, b"</body>").unwrap_or(bytes.len());
    let (head, tail) = bytes.split_at(at);
    let whole = [head, script.as_bytes(), tail].concat();
    // What a published page needs, and the bar beside it: nothing from other hosts, no code in the page itself.
    let policy = format!(
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
         font-src 'self' data:; connect-src 'self'; frame-src {tool}; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors 'none'"
    );
    Answer::new(status, HTML, whole).with("content-security-policy", policy)
}

/// The page that answers until the sources have been read: it counts along, and loads itself when there is something.
fn reading(shared: &Shared) -> Answer {
    let (title, words) = messages::reading(shared.lang);
    let far = shared.progress.at().map(|at| at.words(shared.lang));
    let far = far.unwrap_or_default();
    let own = own_page(
        title,
        "<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>",
        &format!("<p data-progress role=\"status\">{far}</p><p>{words}</p>"),
        shared.lang,
    );
    page(503, own.as_bytes(), 0, "", shared)
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
    let own = own_page(title, "", &format!("<p>{words}</p>{said}"), shared.lang);
    page(status, own.as_bytes(), view.number, "", shared)
}

/// A page of the preview itself.
fn own_page(title: &str, head: &str, body: &str, lang: Lang) -> String {
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

/// What a browser opens as a page of its own, although it is no page of the site.
fn is_markup(mime: &str) -> bool {
    mime.starts_with("text/html") || mime.contains("xml")
}

/// Content type by the file's extension.
fn mime(path: &str) -> &'static str {
    match path.rsplit('.').next().unwrap_or("") {
        "html" | "htm" => HTML,
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "json" => "application/json; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" => TEXT,
        "ics" => "text/calendar; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
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
