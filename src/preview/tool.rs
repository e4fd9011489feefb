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
use super::wire::{Answer, Asked, is_ours};
use super::{inspect, looks, tell};
use crate::diag::Lang;
use crate::diag::catalog::preview as messages;
use crate::document::markdown::escape;

const SCRIPT: &str = include_str!("bar.js");
const STYLE: &str = include_str!("bar.css");

const JSON: &str = "application/json; charset=utf-8";
/// Carries the token.
const TOKEN: &str = "x-glasno-token";
/// What the bar sends is a path and two numbers.
const LARGEST: usize = 16 * 1024;
/// And it sends it at once.
const PATIENCE: Duration = Duration::from_secs(5);

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
        (_, "/page" | "/open" | "/look" | "/review") => match may(&asked, &shared) {
            Err(status) => Answer::new(status, JSON, "{}"),
            Ok(()) => match body(request.into_body()).await {
                Some(said) => {
                    let done =
                        tokio::task::spawn_blocking(move || command(&asked.path, &said, &shared));
                    done.await.unwrap_or_else(|_| Answer::new(500, JSON, "{}"))
                }
                None => Answer::new(400, JSON, "{}"),
            },
        },
        _ => Answer::new(404, JSON, "{}"),
    }
}

/// Whether the bar sent it; else the status to refuse with.
fn may(asked: &Asked, shared: &Shared) -> Result<(), u16> {
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
    if kind.split(';').next() != Some("application/json") {
        return Err(415);
    }
    Ok(())
}

/// The JSON of a request, if it is a small one and comes in time.
async fn body(mut body: Incoming) -> Option<Value> {
    let read = async {
        let mut bytes = Vec::new();
        loop {
            let frame = std::future::poll_fn(|cx| std::pin::Pin::new(&mut body).poll_frame(cx));
            let Some(frame) = frame.await else {
                return Some(bytes);
            };
            let data = frame.ok()?.into_data().ok()?;
            if bytes.len() + data.len() > LARGEST {
                return None;
            }
            bytes.extend_from_slice(&data);
        }
    };
    let bytes = tokio::time::timeout(PATIENCE, read).await.ok()??;
    serde_json::from_slice(&bytes).ok()
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
    let lang = match shared.lang {
        Lang::Ru => "ru",
        Lang::En => "en",
    };
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
    Answer::new(200, "text/html; charset=utf-8", html).with("content-security-policy", policy)
}
