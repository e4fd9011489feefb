//! The preview's own origin: the bar beside a page, what it tells of the page, and the commands.
//!
//! Takes requests that the bar sent; gives its page and script to any, the rest to the bar alone. A command is a `POST`
//! of JSON from this origin with the token that only the bar's page holds: pages of the site, other sites and other
//! programs' pages can neither read that page nor send such a request. Must not do what a page asks for, only what
//! a person does in the bar.

use std::sync::Arc;
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::{Method, Request};
use serde_json::{Value, json};

use super::state::Shared;
use super::view::View;
use super::wire::{Answer, Asked, is_ours};
use super::{inspect, looks, tell};
use crate::desk::{Desk, Done, Ground, Page};
use crate::diag::Lang;
use crate::diag::catalog::{desk as words, preview as messages};
use crate::document::markdown::escape;

const SCRIPT: &str = include_str!("bar.js");
const STYLE: &str = include_str!("bar.css");
const DESK_SCRIPT: &str = include_str!("../desk/desk.js");
const DESK_STYLE: &str = include_str!("../desk/desk.css");

const HTML: &str = "text/html; charset=utf-8";

const JSON: &str = "application/json; charset=utf-8";
/// Carries the token.
const TOKEN: &str = "x-glasno-token";
/// What the bar sends is a path and two numbers.
const LARGEST: usize = 16 * 1024;
/// What a form of the desk sends is a text that somebody wrote.
const FORM: usize = 4 << 20;
/// What is dropped on the desk is a document or a picture.
const FILE: usize = 64 << 20;
/// And it is sent at once.
const PATIENCE: Duration = Duration::from_secs(5);
/// A file takes longer to come off a disk.
const FILE_PATIENCE: Duration = Duration::from_secs(60);
/// So long a change of the desk waits for the preview to have read it.
const FOLLOW: Duration = Duration::from_millis(3500);
const STEP: Duration = Duration::from_millis(5);

/// Answers one request.
pub(super) async fn answer(request: Request<Incoming>, shared: Arc<Shared>) -> Answer {
    let asked = match Asked::read(&request, shared.doors.tool) {
        Ok(asked) => asked,
        Err(refused) => return refused,
    };
    let reads = asked.method == Method::GET || asked.method == Method::HEAD;
    match (reads, asked.path.as_str()) {
        (true, "/bar") => bar(&asked, &shared),
        (true, "/bar.js") => Answer::new(200, "text/javascript; charset=utf-8", SCRIPT),
        (true, "/bar.css") => Answer::new(200, "text/css; charset=utf-8", STYLE),
        (_, "/page" | "/open" | "/look" | "/review") => {
            match may(&asked, &shared, "application/json") {
                Err(status) => Answer::new(status, JSON, "{}"),
                Ok(()) => match json_of(request.into_body(), LARGEST).await {
                    Some(said) => {
                        let done = tokio::task::spawn_blocking(move || {
                            command(&asked.path, &said, &shared)
                        });
                        done.await.unwrap_or_else(|_| Answer::new(500, JSON, "{}"))
                    }
                    None => Answer::new(400, JSON, "{}"),
                },
            }
        }
        _ if shared.desk.is_some() => desk(asked, request.into_body(), shared).await,
        _ => Answer::new(404, JSON, "{}"),
    }
}

/// What the desk answers.
async fn desk(asked: Asked, sent: Incoming, shared: Arc<Shared>) -> Answer {
    let reads = asked.method == Method::GET || asked.method == Method::HEAD;
    if reads {
        match asked.path.as_str() {
            "/desk.js" => return Answer::new(200, "text/javascript; charset=utf-8", DESK_SCRIPT),
            "/desk.css" => return Answer::new(200, "text/css; charset=utf-8", DESK_STYLE),
            _ => {}
        }
        let done = tokio::task::spawn_blocking(move || desk_page(&asked, &shared));
        return done.await.unwrap_or_else(|_| Answer::new(500, JSON, "{}"));
    }
    let Some(name) = asked.path.strip_prefix("/desk/").map(str::to_owned) else {
        return Answer::new(404, JSON, "{}");
    };
    let file = matches!(name.as_str(), "attach" | "read");
    let kind = match file {
        true => "application/octet-stream",
        false => "application/json",
    };
    if let Err(status) = may(&asked, &shared, kind) {
        return Answer::new(status, JSON, "{}");
    }
    let done = if file {
        let Some(bytes) = bytes_of(sent, FILE, FILE_PATIENCE).await else {
            return Answer::new(413, JSON, "{}");
        };
        tokio::task::spawn_blocking(move || {
            at_desk(&shared, |desk, ground| {
                desk.upload(&name, &|key| asked.parameter(key), bytes, ground)
            })
        })
    } else {
        let Some(said) = json_of(sent, FORM).await else {
            return Answer::new(400, JSON, "{}");
        };
        tokio::task::spawn_blocking(move || match name.as_str() {
            "state" => Answer::new(
                200,
                JSON,
                json!({"number": shared.view().number}).to_string(),
            ),
            _ => at_desk(&shared, |desk, ground| desk.command(&name, &said, ground)),
        })
    };
    done.await.unwrap_or_else(|_| Answer::new(500, JSON, "{}"))
}

/// The state of the site, for the desk.
fn ground<'a>(view: &'a View, shared: &Shared) -> Ground<'a> {
    Ground {
        number: view.number,
        loaded: view.snapshot.as_ref().map(|s| &s.loaded),
        guarding: view.guarding.as_deref(),
        findings: &view.findings,
        broken: view.broken,
        site: format!("http://127.0.0.1:{}", shared.doors.site),
    }
}

/// Lets the desk do something, and waits until the preview shows it.
fn at_desk(shared: &Shared, act: impl FnOnce(&Desk, &Ground<'_>) -> Done) -> Answer {
    let Some(desk) = &shared.desk else {
        return Answer::new(404, JSON, "{}");
    };
    let view = shared.view();
    let done = act(desk, &ground(&view, shared));
    if let Some(paths) = done.written {
        let written = std::time::Instant::now();
        let full = paths.iter().map(|path| shared.root.join(path));
        shared.bell.written(full.collect());
        while !shared.shows(written) && written.elapsed() < FOLLOW {
            std::thread::sleep(STEP);
        }
    }
    Answer::new(done.status, JSON, done.told.to_string())
}

/// A page of the desk, or a file that it gives.
fn desk_page(asked: &Asked, shared: &Shared) -> Answer {
    let Some(desk) = &shared.desk else {
        return Answer::new(404, JSON, "{}");
    };
    let parameter = |key: &str| asked.parameter(key);
    if let Some((mime, bytes)) = desk.file(&asked.path, &parameter) {
        let answer = Answer::new(200, mime, bytes)
            .with("content-security-policy", "sandbox; default-src 'none'");
        return match mime.starts_with("image/") {
            true => answer,
            false => answer.with("content-disposition", "attachment"),
        };
    }
    let view = shared.view();
    match desk.page(&asked.path, &parameter, &ground(&view, shared)) {
        Some(page) => shell(&page, &asked.path, view.number, desk, shared),
        None => Answer::new(404, JSON, "{}"),
    }
}

/// A page of the desk around what stands in it. It holds the token: no other page may hold it in a frame.
fn shell(page: &Page, path: &str, number: u64, desk: &Desk, shared: &Shared) -> Answer {
    let lang = shared.lang;
    let said: serde_json::Map<_, _> = words::SCRIPT
        .iter()
        .map(|(key, said)| ((*key).to_owned(), said.of(lang).into()))
        .collect();
    let told = json!({"token": shared.doors.token, "words": said, "number": number});
    // A `<` could end the script that holds it.
    let told = told.to_string().replace('<', "\\u003c");
    let site = format!("http://127.0.0.1:{}/", shared.doors.site);
    let link = |href: &str, text: &str| {
        let here = if href == path {
            " aria-current=\"page\""
        } else {
            ""
        };
        format!("<a href=\"{href}\"{here}>{}</a>", escape(text))
    };
    let menu = [
        link("/", words::TODAY.of(lang)),
        link("/documents", words::DOCUMENTS.of(lang)),
        link("/bring", words::BRING.of(lang)),
        link("/give", words::GIVE.of(lang)),
        link(&site, words::SITE.of(lang)),
    ];
    let undo = match desk.last() {
        Some(what) => format!(
            "<button type=\"button\" class=\"quiet\" data-undo>{}: {}</button>",
            escape(words::UNDO.of(lang)),
            escape(&shared.view().mask(&what))
        ),
        None => String::new(),
    };
    let html = format!(
        "<!DOCTYPE html><html lang=\"{0}\"><head><meta charset=\"utf-8\"><title>{1} — glasno</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"stylesheet\" href=\"/desk.css\"></head><body><a class=\"skip\" href=\"#main\">{2}</a>\
         <header><nav aria-label=\"{3}\">{4}</nav><div class=\"undo\">{undo}<span role=\"status\"></span></div></header>\
         <main id=\"main\">{5}</main><script type=\"application/json\" id=\"told\">{told}</script>\
         <script src=\"/desk.js\"></script></body></html>",
        short(lang),
        escape(&page.title),
        escape(words::SKIP.of(lang)),
        escape(words::TITLE.of(lang)),
        menu.join(" "),
        page.body,
    );
    let policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; \
                  base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    Answer::new(page.status, HTML, html).with("content-security-policy", policy)
}

fn short(lang: Lang) -> &'static str {
    match lang {
        Lang::Ru => "ru",
        Lang::En => "en",
    }
}

/// Whether one of our own pages sent it, and in the form that it has; else the status to refuse with.
fn may(asked: &Asked, shared: &Shared, form: &str) -> Result<(), u16> {
    if asked.method != Method::POST {
        return Err(405);
    }
    let origin = asked.header("origin").unwrap_or("");
    let own = origin.strip_prefix("http://");
    if !own.is_some_and(|host| is_ours(host, shared.doors.tool)) {
        return Err(403);
    }
    // As hashes they are compared without telling where they differ.
    let token = asked.header(TOKEN).unwrap_or("");
    if blake3::hash(token.as_bytes()) != blake3::hash(shared.doors.token.as_bytes()) {
        return Err(403);
    }
    let kind = asked.header("content-type").unwrap_or("");
    if kind.split(';').next() != Some(form) {
        return Err(415);
    }
    Ok(())
}

/// The JSON of a request, if it is no larger than that and comes in time.
async fn json_of(body: Incoming, largest: usize) -> Option<Value> {
    let bytes = bytes_of(body, largest, PATIENCE).await?;
    serde_json::from_slice(&bytes).ok()
}

/// The bytes of a request, if they are no more than that and come in time.
async fn bytes_of(mut body: Incoming, largest: usize, patience: Duration) -> Option<Vec<u8>> {
    let read = async {
        let mut bytes = Vec::new();
        loop {
            let frame = std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_frame(cx));
            let Some(frame) = frame.await else {
                return Some(bytes);
            };
            let data = frame.ok()?.into_data().ok()?;
            if bytes.len() + data.len() > largest {
                return None;
            }
            bytes.extend_from_slice(&data);
        }
    };
    tokio::time::timeout(patience, read).await.ok()?
}

fn command(name: &str, said: &Value, shared: &Shared) -> Answer {
    let text = |key: &str| said.get(key).and_then(Value::as_str).unwrap_or("");
    let number = |key: &str| {
        let n = said.get(key).and_then(Value::as_u64).unwrap_or(1);
        u32::try_from(n).unwrap_or(1)
    };
    if name == "/page" {
        return Answer::new(200, JSON, inspect::page(text("path"), shared).to_string());
    }
    if name == "/review" {
        return match looks::record(text("path"), text("who"), shared) {
            Ok(()) => Answer::new(200, JSON, "{}"),
            Err(found) => {
                let view = shared.view();
                let told = found.iter().map(|f| tell::finding(f, shared.lang, &view));
                let told = json!({"findings": told.collect::<Vec<_>>()});
                Answer::new(409, JSON, told.to_string())
            }
        };
    }
    let done = match name {
        "/look" => looks::open(text("path"), shared),
        _ => inspect::open(text("path"), number("line"), number("column"), shared),
    };
    match done {
        Ok(()) => Answer::new(200, JSON, "{}"),
        Err(status) => Answer::new(status, JSON, "{}"),
    }
}

/// The bar's page, in a frame over a page of the site. It alone holds the token.
fn bar(asked: &Asked, shared: &Shared) -> Answer {
    let page = asked.parameter("page").unwrap_or_default();
    let labels: serde_json::Map<_, _> = messages::labels(shared.lang)
        .iter()
        .map(|(key, words)| ((*key).to_owned(), (*words).into()))
        .collect();
    let lang = short(shared.lang);
    let doors = &shared.doors;
    // A `<` could end the script that holds it.
    let who = looks::last(shared).unwrap_or_default();
    let told = json!({"page": page, "site": doors.site, "token": doors.token, "words": labels, "who": who});
    let told = told.to_string().replace('<', "\\u003c");
    let html = format!(
        "<!DOCTYPE html><html lang=\"{lang}\"><head><meta charset=\"utf-8\"><title>{}</title>\
         <meta name=\"color-scheme\" content=\"light\"><link rel=\"stylesheet\" href=\"/bar.css\"></head>\
         <body><section class=\"overlay\" role=\"alert\" hidden></section><aside class=\"bar\" hidden></aside>\
         <script type=\"application/json\" id=\"told\">{told}</script><script src=\"/bar.js\"></script></body></html>",
        escape("glasno")
    );
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; \
         form-action 'none'; frame-ancestors {}",
        doors.site_origins()
    );
    Answer::new(200, HTML, html).with("content-security-policy", policy)
}
