//! News as an Atom feed (RFC 4287).
//!
//! Takes absolute addresses and the dates of the sources; gives the XML. Must not embed markup: summaries are text.

use chrono::NaiveDate;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use crate::text::dates;

/// A feed; its own `updated` is the latest of its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    pub title: String,
    pub subtitle: Option<String>,
    /// Who publishes; required by the format.
    pub author: String,
    /// Absolute address of the page the feed belongs to; also the feed's id.
    pub page: String,
    /// Absolute address of the feed itself.
    pub address: String,
    /// Date of an empty feed.
    pub updated: NaiveDate,
    pub entries: Vec<Entry>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub title: String,
    /// Absolute and permanent; also the entry's id.
    pub address: String,
    pub published: NaiveDate,
    pub updated: Option<NaiveDate>,
    pub summary: String,
    pub category: Option<String>,
}

/// Writes the feed; entries keep the caller's order.
pub fn atom(feed: &Feed) -> String {
    let mut pen = Pen(Writer::new_with_indent(Vec::new(), b' ', 1));
    pen.event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
    let mut root = BytesStart::new("feed");
    root.push_attribute(("xmlns", "http://www.w3.org/2005/Atom"));
    root.push_attribute(("xml:lang", "ru"));
    pen.event(Event::Start(root));
    pen.text("title", &feed.title);
    if let Some(subtitle) = &feed.subtitle {
        pen.text("subtitle", subtitle);
    }
    pen.text("id", &feed.page);
    pen.empty(
        "link",
        &[
            ("rel", "self"),
            ("type", "application/atom+xml"),
            ("href", &feed.address),
        ],
    );
    pen.empty(
        "link",
        &[
            ("rel", "alternate"),
            ("type", "text/html"),
            ("href", &feed.page),
        ],
    );
    let latest = feed
        .entries
        .iter()
        .map(|e| e.updated.unwrap_or(e.published))
        .max();
    pen.text("updated", &moment(latest.unwrap_or(feed.updated)));
    pen.event(Event::Start(BytesStart::new("author")));
    pen.text("name", &feed.author);
    pen.event(Event::End(BytesEnd::new("author")));
    for entry in &feed.entries {
        pen.event(Event::Start(BytesStart::new("entry")));
        pen.text("title", &entry.title);
        pen.text("id", &entry.address);
        pen.empty(
            "link",
            &[
                ("rel", "alternate"),
                ("type", "text/html"),
                ("href", &entry.address),
            ],
        );
        pen.text("published", &moment(entry.published));
        pen.text("updated", &moment(entry.updated.unwrap_or(entry.published)));
        if let Some(category) = &entry.category {
            pen.empty("category", &[("term", category)]);
        }
        pen.text("summary", &entry.summary);
        pen.event(Event::End(BytesEnd::new("entry")));
    }
    pen.event(Event::End(BytesEnd::new("feed")));
    let mut out = String::from_utf8_lossy(&pen.0.into_inner()).into_owned();
    out.push('\n');
    out
}

fn moment(day: NaiveDate) -> String {
    format!("{}T00:00:00Z", dates::iso(day))
}

/// XML 1.0 has no way to write most control characters, not even as references.
fn printable(text: &str) -> String {
    text.chars()
        .filter(|c| {
            matches!(c, '\t' | '\n' | '\r')
                || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}'))
        })
        .collect()
}

struct Pen(Writer<Vec<u8>>);

impl Pen {
    fn event(&mut self, event: Event<'_>) {
        // Writing into memory cannot fail.
        let _ = self.0.write_event(event);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.event(Event::Start(BytesStart::new(name)));
        self.event(Event::Text(BytesText::new(&printable(text))));
        self.event(Event::End(BytesEnd::new(name)));
    }

    fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) {
        let mut start = BytesStart::new(name);
        for (key, value) in attributes {
            start.push_attribute((*key, printable(value).as_str()));
        }
        self.event(Event::Empty(start));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 2, d).expect("a day of February")
    }

    fn feed(title: &str) -> Feed {
        Feed {
            title: "Новости".into(),
            subtitle: None,
            author: "Департамент".into(),
            page: "https://example.org/news/".into(),
            address: "https://example.org/news/atom.xml".into(),
            updated: day(1),
            entries: vec![Entry {
                title: title.into(),
                address: "https://example.org/news/1/?a=1&b=2".into(),
                published: day(14),
                updated: Some(day(15)),
                summary: "Кратко".into(),
                category: Some("Семинары".into()),
            }],
        }
    }

    #[test]
    fn a_feed_says_when_it_changed() {
        let text = atom(&feed("<b>Семинар</b> & итоги"));
        assert!(text.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns="));
        assert!(
            text.contains("<title>&lt;b&gt;Семинар&lt;/b&gt; &amp; итоги</title>"),
            "{text}"
        );
        assert!(
            text.contains("href=\"https://example.org/news/1/?a=1&amp;b=2\""),
            "{text}"
        );
        assert_eq!(
            text.matches("<updated>2025-02-15T00:00:00Z</updated>")
                .count(),
            2
        );
        let empty = atom(&Feed {
            entries: Vec::new(),
            ..feed("")
        });
        assert!(empty.contains("<updated>2025-02-01T00:00:00Z</updated>"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_title_reads_back(title in any::<String>()) {
            let text = atom(&feed(&title));
            let mut reader = quick_xml::Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => prop_assert!(false, "{error}"),
                }
            }
        }
    }
}
