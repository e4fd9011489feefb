//! HTTP as both of the preview's servers speak it: what was asked, what is sent back, and how.
//!
//! Takes requests as they came; gives [`Asked`], and turns an [`Answer`] into a response: whole, in part where a part
//! was asked for, or as a stream of events. Must not know what is answered.

use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body as HttpBody, Bytes, Frame, Incoming, SizeHint};
use hyper::header::{HeaderMap, HeaderName, HeaderValue};
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::OwnedSemaphorePermit;
use tokio::sync::mpsc::Receiver;

use super::state::Message;

/// No address of a site is longer, even with every letter escaped.
const LONGEST: usize = 8 * 1024;

/// The head of a request.
pub(super) struct Asked {
    pub method: Method,
    /// Decoded.
    pub path: String,
    query: String,
    pub headers: HeaderMap,
}

impl Asked {
    /// Reads a request that was sent to one of `hosts`, or gives the refusal. A foreign page may point a name of its own
    /// at this machine; it cannot make a browser send another `Host`.
    pub(super) fn read(request: &Request<Incoming>, port: u16) -> Result<Self, Answer> {
        let text = "text/plain; charset=utf-8";
        let headers = request.headers();
        let mut hosts = headers.get_all("host").iter();
        let host = hosts.next().and_then(|h| h.to_str().ok());
        if hosts.next().is_some() || !host.is_some_and(|h| is_ours(h, port)) {
            return Err(Answer::new(403, text, "Host"));
        }
        let uri = request.uri();
        let whole = uri.path_and_query().map_or("", |p| p.as_str());
        if whole.len() > LONGEST {
            return Err(Answer::new(414, text, "URI"));
        }
        // An address with a host of its own is for a proxy.
        let path = decode(uri.path()).filter(|_| uri.authority().is_none());
        let Some(path) = path else {
            return Err(Answer::new(400, text, "path"));
        };
        Ok(Asked {
            method: request.method().clone(),
            path,
            query: uri.query().unwrap_or("").to_owned(),
            headers: headers.clone(),
        })
    }

    /// One value of the query.
    pub(super) fn parameter(&self, name: &str) -> Option<String> {
        self.query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .find(|(key, _)| *key == name)
            .and_then(|(_, value)| decode(value))
    }

    /// A header that stands there once, as text.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut all = self.headers.get_all(name).iter();
        let value = all.next()?.to_str().ok()?;
        all.next().is_none().then_some(value)
    }
}

/// Whether a name and port mean this server: `127.0.0.1:4747`.
pub(super) fn is_ours(host: &str, port: u16) -> bool {
    let host = host.to_ascii_lowercase();
    let (name, at) = match host.rsplit_once(':') {
        Some((name, at)) if !at.ends_with(']') => (name, at.parse().ok()),
        _ => (&*host, Some(80)),
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]") && at == Some(port)
}

/// What is sent back, before it is a response.
pub(super) struct Answer {
    pub status: u16,
    mime: &'static str,
    body: Sent,
    extra: Vec<(&'static str, String)>,
}

/// The body of an answer.
pub(super) enum Sent {
    Whole(Bytes),
    Events(Events),
}

impl Answer {
    pub(super) fn new(status: u16, mime: &'static str, body: impl Into<Bytes>) -> Self {
        Answer {
            status,
            mime,
            body: Sent::Whole(body.into()),
            extra: Vec::new(),
        }
    }

    pub(super) fn events(events: Events) -> Self {
        Answer {
            body: Sent::Events(events),
            ..Answer::new(200, "text/event-stream; charset=utf-8", "")
        }
    }

    #[must_use]
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.extra.push((name, value.into()));
        self
    }

    /// The part that was asked for, if one was and there is such a part.
    #[must_use]
    pub(super) fn in_part(mut self, asked: &Asked) -> Self {
        let Sent::Whole(whole) = &self.body else {
            return self;
        };
        self.extra.push(("accept-ranges", "bytes".into()));
        let tag = self.extra.iter().find(|(name, _)| *name == "etag");
        let same = asked
            .header("if-range")
            .is_none_or(|known| tag.is_some_and(|(_, tag)| tag == known));
        let wanted = asked.header("range").filter(|_| same && self.status == 200);
        let len = whole.len();
        match wanted.map_or(Part::Whole, |range| part(range, len)) {
            Part::Whole => self,
            Part::Missing => Answer::new(416, "text/plain; charset=utf-8", "Range")
                .with("content-range", format!("bytes */{len}")),
            Part::Bytes(from, to) => {
                self.status = 206;
                self.body = Sent::Whole(whole.slice(from..to));
                self.with("content-range", format!("bytes {from}-{}/{len}", to - 1))
            }
        }
    }

    pub(super) fn into_response(self) -> Response<Sent> {
        let mut response = Response::new(self.body);
        *response.status_mut() =
            StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let headers = response.headers_mut();
        let same = [
            ("content-type", self.mime.to_owned()),
            ("cache-control", "no-store".to_owned()),
            ("x-content-type-options", "nosniff".to_owned()),
            ("referrer-policy", "no-referrer".to_owned()),
            ("cross-origin-resource-policy", "same-origin".to_owned()),
            ("cross-origin-opener-policy", "same-origin".to_owned()),
        ];
        for (name, value) in same.into_iter().chain(self.extra) {
            let name = HeaderName::from_static(name);
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        response
    }
}

/// What of a body is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    /// From one byte to before another.
    Bytes(usize, usize),
    /// There is no such part.
    Missing,
}

/// The range of `bytes=from-to` in a body of `len` bytes. Another unit, several ranges and nonsense are passed over.
fn part(range: &str, len: usize) -> Part {
    let ends = range.trim().strip_prefix("bytes=");
    let Some((from, to)) = ends.and_then(|r| r.split_once('-')) else {
        return Part::Whole;
    };
    let (from, to) = (from.trim(), to.trim());
    let number = |text: &str| {
        let digits = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse().unwrap_or(usize::MAX))
    };
    let (from, to) = match (number(from), number(to)) {
        (Some(from), Some(to)) if from <= to => (from, to.saturating_add(1).min(len)),
        (Some(from), None) if to.is_empty() => (from, len),
        // The last bytes.
        (None, Some(last)) if from.is_empty() => (len.saturating_sub(last), len),
        _ => return Part::Whole,
    };
    match from < to {
        true => Part::Bytes(from, to),
        false => Part::Missing,
    }
}

/// Events for an open page. The permit is one of few.
pub(super) struct Events {
    messages: Receiver<Message>,
    greeted: bool,
    _permit: OwnedSemaphorePermit,
}

impl Events {
    pub(super) fn new(messages: Receiver<Message>, permit: OwnedSemaphorePermit) -> Self {
        Events {
            messages,
            greeted: false,
            _permit: permit,
        }
    }
}

impl HttpBody for Sent {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let text = match self.get_mut() {
            Sent::Whole(bytes) => {
                let bytes = std::mem::take(bytes);
                return Poll::Ready((!bytes.is_empty()).then(|| Ok(Frame::data(bytes))));
            }
            Sent::Events(events) if !events.greeted => {
                events.greeted = true;
                "retry: 500\n\n".to_owned()
            }
            Sent::Events(events) => match events.messages.poll_recv(context) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Ready(Some(Message { name, data })) => {
                    format!("event: {name}\ndata: {data}\n\n")
                }
            },
        };
        Poll::Ready(Some(Ok(Frame::data(text.into()))))
    }

    fn is_end_stream(&self) -> bool {
        matches!(self, Sent::Whole(bytes) if bytes.is_empty())
    }

    fn size_hint(&self) -> SizeHint {
        match self {
            Sent::Whole(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Sent::Events(_) => SizeHint::default(),
        }
    }
}

/// The path of a request as text; `None` where it is not UTF-8 or holds what no path of ours does.
fn decode(path: &str) -> Option<String> {
    let mut out = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
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
    fn parts_of_a_file() {
        for (range, found) in [
            ("bytes=0-3", Part::Bytes(0, 4)),
            ("bytes=7-", Part::Bytes(7, 10)),
            ("bytes=-3", Part::Bytes(7, 10)),
            ("bytes=-30", Part::Bytes(0, 10)),
            ("bytes=8-99999999999999999999999", Part::Bytes(8, 10)),
            ("bytes=10-", Part::Missing),
            ("bytes=-0", Part::Missing),
            ("bytes=3-2", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("lines=0-1", Part::Whole),
            ("bytes=-", Part::Whole),
        ] {
            assert_eq!(part(range, 10), found, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Missing);
    }
}
