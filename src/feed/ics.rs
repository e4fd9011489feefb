//! Events as an iCalendar file (RFC 5545).
//!
//! Takes events with the dates of their sources; gives the file. Times are the hours printed in the programme, in the zone
//! of its territory; where none is known, in that of the reader's calendar. Must not stamp the current time.

use std::collections::BTreeSet;

use std::borrow::Cow;

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

/// One event. Without `time` it takes whole days, `end` being the last of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IcsEvent {
    /// Stays the same for ever: calendars tell events apart by it.
    pub uid: String,
    pub date: NaiveDate,
    /// Last day, for an event longer than one.
    pub end: Option<NaiveDate>,
    /// Beginning and, where known, end on the clock.
    pub time: Option<(NaiveTime, Option<NaiveTime>)>,
    /// Where that clock stands.
    pub zone: Option<IcsZone>,
    pub title: String,
    pub place: Option<String>,
    pub url: Option<String>,
    /// Day of the source's last change.
    pub stamp: NaiveDate,
}

/// A zone whose clocks are not moved: its name and the hours ahead of Greenwich.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct IcsZone {
    pub name: &'static str,
    pub hours: u32,
}

/// Longest line in bytes, without its end.
const WIDTH: usize = 75;

/// Writes the calendar; events keep the caller's order.
pub fn ics(name: &str, events: &[IcsEvent]) -> String {
    let mut out = String::with_capacity(events.len() * 320 + 160);
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//glasno//calendar//RU");
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, "METHOD:PUBLISH");
    line(&mut out, &format!("X-WR-CALNAME:{}", escape(name)));
    let timed = events.iter().filter(|e| e.time.is_some());
    let mut zones: BTreeSet<IcsZone> = timed.filter_map(|e| e.zone).collect();
    if events.is_empty() {
        // A calendar must have a component; whoever subscribed must find the file though nothing is ahead.
        zones.insert(IcsZone {
            name: "Europe/Moscow",
            hours: 3,
        });
    }
    for zone in zones {
        let offset = format!("+{:02}00", zone.hours);
        for text in [
            "BEGIN:VTIMEZONE",
            &format!("TZID:{}", zone.name),
            "BEGIN:STANDARD",
            "DTSTART:20160101T000000",
            &format!("TZOFFSETFROM:{offset}"),
            &format!("TZOFFSETTO:{offset}"),
            &format!("TZNAME:+{:02}", zone.hours),
            "END:STANDARD",
            "END:VTIMEZONE",
        ] {
            line(&mut out, text);
        }
    }
    for event in events {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}", escape(&event.uid)));
        line(
            &mut out,
            &format!("DTSTAMP:{}T000000Z", digits(event.stamp)),
        );
        span(&mut out, event);
        line(&mut out, &format!("SUMMARY:{}", escape(&event.title)));
        if let Some(place) = &event.place {
            line(&mut out, &format!("LOCATION:{}", escape(place)));
        }
        if let Some(url) = &event.url {
            // A URI is not escaped; a line break in it would begin a property of its own.
            line(
                &mut out,
                &format!("URL:{}", url.replace(|c: char| c.is_control(), "")),
            );
        }
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn span(out: &mut String, event: &IcsEvent) {
    let last = event.end.unwrap_or(event.date).max(event.date);
    let Some((begin, end)) = event.time else {
        // DTEND of whole days is the first day that is free again.
        let free = last.checked_add_days(Days::new(1)).unwrap_or(last);
        line(out, &format!("DTSTART;VALUE=DATE:{}", digits(event.date)));
        line(out, &format!("DTEND;VALUE=DATE:{}", digits(free)));
        line(out, "TRANSP:TRANSPARENT");
        return;
    };
    let from = event.date.and_time(begin);
    let zone = event
        .zone
        .map_or(String::new(), |z| format!(";TZID={}", z.name));
    line(
        out,
        &format!("DTSTART{zone}:{}", from.format("%Y%m%dT%H%M%S")),
    );
    let to = end.map(|end| last.and_time(end)).filter(|to| *to > from);
    if let Some(to) = to {
        line(out, &format!("DTEND{zone}:{}", to.format("%Y%m%dT%H%M%S")));
    }
}

/// `20250310`
fn digits(day: NaiveDate) -> String {
    format!("{:04}{:02}{:02}", day.year(), day.month(), day.day())
}

fn escape(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut signs = bytes.iter().enumerate();
    let told = signs.any(|(at, b)| match b {
        0..b' ' | b'\\' | b';' | b',' | 0x7F => true,
        // Leads the other control characters.
        0xC2 => matches!(bytes.get(at + 1), Some(0x80..0xA0)),
        _ => false,
    });
    if !told {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' | '\r' => out.push_str("\\n"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// One content line, folded between characters.
fn line(out: &mut String, text: &str) {
    let (mut rest, mut room) = (text, WIDTH);
    while rest.len() > room {
        let (head, tail) = rest.split_at(rest.floor_char_boundary(room));
        out.push_str(head);
        out.push_str("\r\n ");
        (rest, room) = (tail, WIDTH - 1);
    }
    out.push_str(rest);
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2025, 2, d).expect("a day of February")
    }

    fn event() -> IcsEvent {
        IcsEvent {
            uid: "seminar-1@tyumen-region-2025".into(),
            date: day(14),
            end: None,
            time: None,
            zone: None,
            title: "Семинар: «Итоги, планы; задачи»".into(),
            place: None,
            url: None,
            stamp: day(1),
        }
    }

    #[test]
    fn whole_days_end_on_the_day_after() {
        let text = ics(
            "Календарь",
            &[IcsEvent {
                end: Some(day(28)),
                ..event()
            }],
        );
        assert!(text.contains("DTSTART;VALUE=DATE:20250214\r\nDTEND;VALUE=DATE:20250301\r\n"));
        assert!(text.contains("DTSTAMP:20250201T000000Z\r\n"));
        assert!(text.contains("SUMMARY:Семинар: «Итоги\\, планы\\; задачи»\r\n"));
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
        assert!(text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"));
    }

    #[test]
    fn a_calendar_without_events_is_one() {
        let text = ics("К", &[]);
        assert!(text.contains("BEGIN:VTIMEZONE\r\n") && !text.contains("VEVENT"));
    }

    #[test]
    fn hours_are_local() {
        let at = |h| NaiveTime::from_hms_opt(h, 30, 0).expect("an hour");
        let text = ics(
            "К",
            &[IcsEvent {
                time: Some((at(10), Some(at(12)))),
                ..event()
            }],
        );
        assert!(text.contains("DTSTART:20250214T103000\r\nDTEND:20250214T123000\r\n"));
        let zoned = ics(
            "К",
            &[IcsEvent {
                time: Some((at(10), None)),
                zone: Some(IcsZone {
                    name: "Asia/Tomsk",
                    hours: 7,
                }),
                ..event()
            }],
        );
        assert!(zoned.contains("DTSTART;TZID=Asia/Tomsk:20250214T103000\r\n"));
        assert!(zoned.contains("BEGIN:VTIMEZONE\r\nTZID:Asia/Tomsk\r\n"));
        assert!(zoned.contains("TZOFFSETTO:+0700\r\n"));
        let backwards = ics(
            "К",
            &[IcsEvent {
                time: Some((at(12), Some(at(10)))),
                ..event()
            }],
        );
        assert!(!backwards.contains("DTEND"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn lines_are_short_and_unfold_to_the_text(title in any::<String>(), url in any::<String>()) {
            let text = ics("К", &[IcsEvent { title: title.clone(), url: Some(url), ..event() }]);
            prop_assert!(text.split("\r\n").all(|l| l.len() <= WIDTH));
            prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
            let unfolded = text.replace("\r\n ", "");
            let wanted = format!("SUMMARY:{}", escape(&title));
            prop_assert!(unfolded.split("\r\n").any(|l| l == wanted));
            prop_assert_eq!(unfolded.split("\r\n").filter(|l| l.starts_with("BEGIN:")).count(), 2);
        }
    }
}
