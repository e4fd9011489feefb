//! Cuts HTML or XML into tokens: takes text, gives slices of it with their places. It never fails and never
//! looks back, since a strict parser that stops at the first mistake would hide what stands behind it.

use memchr::{memchr, memchr3, memmem};

/// One piece of markup; entities are not decoded yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token<'a> {
    Text(&'a str),
    Cdata(&'a str),
    Comment(&'a str),
    /// `<?…?>`
    Instruction(&'a str),
    /// `<!…>`, with its internal subset.
    Declaration(&'a str),
    Start {
        name: &'a str,
        attributes: &'a str,
        empty: bool,
    },
    /// `rest` is what follows the name: browsers drop it, and so it may hide anything.
    End {
        name: &'a str,
        rest: &'a str,
    },
}

/// A cutter of one text, from its beginning on.
pub struct Lexer<'a> {
    text: &'a str,
    at: usize,
    html: bool,
    /// Set by the caller after a start tag whose content is not markup.
    raw: Option<&'a str>,
    /// A quote was opened and never closed: from then on quotes do not hide `>`.
    broken_quotes: bool,
}

impl<'a> Lexer<'a> {
    /// Begins at the first byte; `html` cuts as browsers do, else as XML.
    pub fn new(text: &'a str, html: bool) -> Self {
        Lexer {
            text,
            at: 0,
            html,
            raw: None,
            broken_quotes: false,
        }
    }

    /// What follows is plain text up to the end tag `name`.
    pub fn raw_until(&mut self, name: &'a str) {
        self.raw = Some(name);
    }

    fn slice(&self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or_default()
    }

    fn rest(&self, from: usize) -> &'a [u8] {
        self.text.as_bytes().get(from..).unwrap_or_default()
    }

    /// The next token and the offset it begins at.
    #[expect(
        clippy::should_implement_trait,
        reason = "callers steer it between two tokens"
    )]
    pub fn next(&mut self) -> Option<(usize, Token<'a>)> {
        if self.at >= self.text.len() {
            return None;
        }
        if let Some(name) = self.raw.take() {
            let end = self.raw_end(name);
            if end > self.at {
                let from = std::mem::replace(&mut self.at, end);
                return Some((from, Token::Text(self.slice(from, end))));
            }
        }
        let from = self.at;
        let mut search = from;
        loop {
            let Some(lt) = memchr(b'<', self.rest(search)).map(|i| i + search) else {
                self.at = self.text.len();
                return Some((from, Token::Text(self.slice(from, self.at))));
            };
            if self.opens_markup(lt) {
                if lt > from {
                    self.at = lt;
                    return Some((from, Token::Text(self.slice(from, lt))));
                }
                return Some((from, self.markup(lt)));
            }
            search = lt + 1;
        }
    }

    fn raw_end(&self, name: &str) -> usize {
        let mut search = self.at;
        while let Some(lt) = memmem::find(self.rest(search), b"</").map(|i| i + search) {
            let tail = self.rest(lt + 2);
            let closes = tail
                .get(..name.len())
                .is_some_and(|t| t.eq_ignore_ascii_case(name.as_bytes()))
                && tail
                    .get(name.len())
                    .is_none_or(|b| !b.is_ascii_alphanumeric() && *b != b'-');
            if closes {
                return lt;
            }
            search = lt + 2;
        }
        self.text.len()
    }

    fn opens_markup(&self, lt: usize) -> bool {
        let name_start = |b: &u8| {
            b.is_ascii_alphabetic() || (!self.html && (*b >= 0x80 || *b == b'_' || *b == b':'))
        };
        match self.rest(lt + 1) {
            [b'!' | b'?', ..] => true,
            // In HTML whatever begins like an end tag is taken out of the text.
            [b'/', b, ..] => self.html || name_start(b),
            [b, ..] => name_start(b),
            [] => false,
        }
    }

    fn markup(&mut self, lt: usize) -> Token<'a> {
        let tail = self.rest(lt);
        if tail.starts_with(b"<!--") {
            let body = lt + 4;
            if self.html
                && let Some(skip) = [&b">"[..], b"->"]
                    .iter()
                    .find(|s| self.rest(body).starts_with(s))
            {
                self.at = body + skip.len();
                return Token::Comment("");
            }
            return Token::Comment(self.comment(body));
        }
        if !self.html && tail.starts_with(b"<![CDATA[") {
            return Token::Cdata(self.until(lt + 9, b"]]>"));
        }
        if tail.starts_with(b"<?") {
            return Token::Instruction(self.until(lt + 2, if self.html { b">" } else { b"?>" }));
        }
        if tail.starts_with(b"<!") {
            let end = self.declaration_end(lt + 2);
            self.at = (end + 1).min(self.text.len());
            return Token::Declaration(self.slice(lt + 2, end));
        }
        if tail.starts_with(b"</") {
            let body = self.until(lt + 2, b">");
            let end = body
                .find(|c: char| c.is_ascii_whitespace() || c == '/')
                .unwrap_or(body.len());
            return Token::End {
                name: body.get(..end).unwrap_or_default(),
                rest: body.get(end..).unwrap_or_default().trim_ascii(),
            };
        }
        self.start(lt)
    }

    /// The text of a comment; HTML ends one with `--!>` too.
    fn comment(&mut self, body: usize) -> &'a str {
        if !self.html {
            return self.until(body, b"-->");
        }
        for i in memmem::find_iter(self.rest(body), b"--") {
            let after = self.rest(body + i + 2);
            for end in [&b">"[..], b"!>"] {
                if after.starts_with(end) {
                    self.at = body + i + 2 + end.len();
                    return self.slice(body, body + i);
                }
            }
        }
        self.at = self.text.len();
        self.slice(body.min(self.at), self.at)
    }

    /// The text up to `mark`, or to the end where there is none; the mark is passed over.
    fn until(&mut self, from: usize, mark: &[u8]) -> &'a str {
        match memmem::find(self.rest(from), mark) {
            Some(i) => {
                self.at = from + i + mark.len();
                self.slice(from, from + i)
            }
            None => {
                self.at = self.text.len();
                self.slice(from.min(self.at), self.at)
            }
        }
    }

    fn declaration_end(&self, from: usize) -> usize {
        let (mut depth, mut at) = (0usize, from);
        while let Some(i) = memchr3(b'[', b']', b'>', self.rest(at)).map(|i| i + at) {
            match self.text.as_bytes().get(i) {
                Some(b'[') => depth += 1,
                Some(b']') => depth = depth.saturating_sub(1),
                _ if depth == 0 || self.html => return i,
                _ => {}
            }
            at = i + 1;
        }
        self.text.len()
    }

    fn start(&mut self, lt: usize) -> Token<'a> {
        let end = self.tag_end(lt + 1);
        self.at = (end + 1).min(self.text.len());
        let body = self.slice(lt + 1, end);
        let (body, empty) = match body.strip_suffix('/') {
            Some(b) => (b, true),
            None => (body, false),
        };
        let name_end = body
            .bytes()
            .position(|b| b.is_ascii_whitespace() || b == b'/')
            .unwrap_or(body.len());
        Token::Start {
            name: body.get(..name_end).unwrap_or_default(),
            attributes: body.get(name_end..).unwrap_or_default(),
            empty,
        }
    }

    fn tag_end(&mut self, from: usize) -> usize {
        let bytes = self.text.as_bytes();
        let mut at = from;
        while !self.broken_quotes {
            let Some(i) = memchr3(b'>', b'"', b'\'', self.rest(at)).map(|i| i + at) else {
                break;
            };
            let Some(&b) = bytes.get(i) else { break };
            if b == b'>' {
                return i;
            }
            at = i + 1;
            let before = bytes.get(from..i).unwrap_or_default().trim_ascii_end();
            if before.last() == Some(&b'=') {
                match memchr(b, self.rest(at)) {
                    Some(close) => at += close + 1,
                    None => self.broken_quotes = true,
                }
            }
        }
        memchr(b'>', self.rest(from)).map_or(self.text.len(), |i| i + from)
    }
}

/// The attributes of a start tag: names and raw values.
pub struct Attributes<'a>(pub &'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let text = self
            .0
            .trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if text.is_empty() {
            return None;
        }
        let bytes = text.as_bytes();
        // A name may begin with `=`, as browsers have it.
        let name_end = bytes
            .iter()
            .skip(1)
            .position(|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'/'))
            .map_or(text.len(), |i| i + 1);
        let name_end = if text.is_char_boundary(name_end) {
            name_end
        } else {
            text.len()
        };
        let (name, rest) = text.split_at(name_end);
        let after = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
        let Some(value) = after.strip_prefix('=') else {
            self.0 = rest;
            return Some((name, ""));
        };
        let value = value.trim_start_matches(|c: char| c.is_ascii_whitespace());
        for quote in [b'"', b'\''] {
            if let Some(inner) = value.strip_prefix(char::from(quote)) {
                let end = memchr(quote, inner.as_bytes()).unwrap_or(inner.len());
                self.0 = inner.get(end + 1..).unwrap_or_default();
                return Some((name, inner.get(..end).unwrap_or_default()));
            }
        }
        let end = value
            .find(|c: char| c.is_ascii_whitespace())
            .unwrap_or(value.len());
        let (value, rest) = value.split_at(end);
        self.0 = rest;
        Some((name, value))
    }
}

/// The name of an element or attribute without its prefix.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// Whether there is a tag or a comment in the text.
pub(crate) fn has_markup(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr(b'>', bytes).is_some()
        && memchr::memchr_iter(b'<', bytes).any(|at| {
            bytes
                .get(at + 1)
                .is_some_and(|b| b.is_ascii_alphabetic() || matches!(b, b'/' | b'!'))
        })
}
