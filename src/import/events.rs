//! Schedules and programmes as sources: takes what was read of them, gives a `schedule` or a `seminar`. A school that is
//! protected stands in a row by its id alone.

use super::cells;
use super::found::{FactKind, File, Title};
use super::line::Origin;
use super::make::Maker;
use super::period;
use super::programme::Programme;
use super::schedule::Schedule;
use super::words::{days, fold, one_line};
use super::yaml::{Fields, Node, escaped, yaml};
use crate::diag::catalog::import as say;
use crate::period::Plan as Window;
use crate::text::slug;

/// The hours that words name, as the model writes them: «с 10.00 до 13.30 часов» is «10:00–13:30».
fn hours(text: &str) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    while at < bytes.len() {
        if !digit(at) {
            at += 1;
            continue;
        }
        let length = (at..bytes.len()).take_while(|i| digit(*i)).count();
        let behind = at + length;
        let sign = matches!(bytes.get(behind), Some(b'.' | b':' | b'-'));
        let minutes = sign && digit(behind + 1) && digit(behind + 2) && !digit(behind + 3);
        // «23.10.2025» is a day.
        let day = matches!(bytes.get(behind + 3), Some(b'.')) && digit(behind + 4)
            || at > 0 && matches!(bytes.get(at - 1), Some(b'.'));
        let hour = text.get(at..behind).and_then(|h| h.parse::<u8>().ok());
        let minute = text.get(behind + 1..behind + 3);
        match (hour, minute) {
            (Some(hour), Some(minute))
                if minutes
                    && !day
                    && length <= 2
                    && hour < 24
                    && minute.parse::<u8>().is_ok_and(|m| m < 60) =>
            {
                found.push(format!("{hour:02}:{minute}"));
                at = behind + 3;
            }
            _ => at = behind,
        }
    }
    match found.as_slice() {
        [one] => Some(one.clone()),
        [from, to] => Some(format!("{from}–{to}")),
        _ => None,
    }
}

impl Maker<'_> {
    pub(super) fn schedule(
        &mut self,
        title: &Title,
        schedule: &Schedule,
        file: &File,
        order: Option<(&str, Option<&str>)>,
        window: Option<&(Window, bool)>,
    ) -> (Option<String>, String) {
        let folded = fold(&title.text);
        let kinds = [
            ("стажир", "internships", "stazhirovki"),
            ("консультац", "consultations", "konsultacii"),
            ("посещ", "visits", "poseshcheniya"),
            ("выезд", "visits", "vyezdy"),
            ("десант", "visits", "desant"),
        ];
        let kind = kinds.iter().find(|(w, ..)| folded.contains(w));
        let mut shown = self.hide(&title.text, &[]);
        if shown.is_empty() {
            shown = "График".to_owned();
        }
        let wanted = kind.map_or_else(|| slug(&shown), |(_, _, id)| (*id).to_owned());
        let id = self.named((&wanted, "grafik"), ("schedules/", "yaml"), &shown, order);
        let origin = Origin {
            file: file.index,
            at: title.at,
        };
        let mut fields = self.head("schedule", &shown, order, file);
        let about = self.hide(&title.about, &[]);
        fields.text("description", &about);
        fields.add(
            "type",
            Node::Bare(kind.map_or("visits", |(_, k, _)| *k).to_owned()),
        );
        if kind.is_none() {
            let word = shown.chars().take(120).collect::<String>();
            fields.text("word", &word);
        }
        let bounds = period::by_years(&title.text)
            .or(window.map(|(w, _)| *w))
            .or_else(|| period::around(schedule.days.iter().map(|d| d.date.as_str())));
        if let Some(bounds) = &bounds {
            let iso = |d| Node::Bare(crate::text::dates::iso(d));
            fields.add(
                "plan",
                Node::flow_map([("from", iso(bounds.from)), ("to", iso(bounds.to))]),
            );
        }
        let columns: Vec<_> = schedule
            .columns
            .iter()
            .map(|(key, text)| (key.clone(), Node::text(one_line(text))))
            .collect();
        fields.add("columns", Node::map(columns));
        let plan = bounds.unwrap_or(Window {
            from: self.today,
            to: self.today,
        });
        let mut rows = Vec::new();
        for day in &schedule.days {
            let origin = Origin {
                file: file.index,
                at: day.at,
            };
            let mut f = Fields::default();
            f.add("date", period::node(&day.date, &plan, origin, self.doubts));
            f.opt("time", day.time.as_deref());
            let around: Vec<&str> = [&day.municipality, &day.school]
                .into_iter()
                .filter_map(|t| t.as_deref())
                .collect();
            let municipality = day.municipality.as_deref().map(|t| self.hide(t, &[]));
            f.opt("municipality", municipality.as_deref());
            let mut place = day.place.as_deref().map(|t| self.hide(t, &around));
            if let Some(school) = &day.school {
                match self.names.id_of(school, &around) {
                    Some(id) => {
                        f.add("school", Node::Bare(id));
                    }
                    None => {
                        let name = self.hide(school, &around);
                        place = Some(place.map_or(name.clone(), |p| format!("{name}, {p}")));
                    }
                }
            }
            f.opt("place", place.as_deref());
            if let Some(theme) = &day.theme {
                let hidden = self.hide(theme, &around);
                f.add("theme", Node::text(escaped(&hidden)));
            }
            if let Some(who) = &day.specialists {
                let parts = cells::split(who, None).0;
                let hidden = parts
                    .iter()
                    .map(|p| Node::text(one_line(&self.hide(p, &around))));
                let hidden: Vec<Node> = hidden.collect();
                f.add("specialists", Node::Flow(hidden));
            }
            let format = day.format.as_deref().map(|t| self.hide(t, &[]));
            f.opt("format", format.as_deref());
            for (name, text) in &day.cells {
                let hidden = self.hide(text, &around);
                f.add(name.clone(), Node::text(escaped(&hidden)));
            }
            rows.push(f.map().from(origin));
        }
        let count = rows.len();
        fields.add("rows", Node::List(rows));
        let note = self.hide(&schedule.notes.join("\n"), &[]);
        fields.add("note", Node::text(escaped(&note)));
        let path = format!("schedules/{id}.yaml");
        self.push("schedule", &path, yaml(&fields), origin, count);
        (Some(id), shown)
    }

    pub(super) fn programme(
        &mut self,
        title: &Title,
        programme: &Programme,
        file: &File,
        order: Option<(&str, Option<&str>)>,
    ) -> (Option<String>, String) {
        let mut shown = self.hide(&title.text, &[]);
        if shown.is_empty() {
            shown = "Программа".to_owned();
        }
        let wanted = (&*slug(&shown), "programma");
        let id = self.named(wanted, ("seminars/", "yaml"), &shown, order);
        let origin = Origin {
            file: file.index,
            at: title.at,
        };
        let mut fields = self.head("seminar", &shown, order, file);
        let fact = |kind: FactKind| title.facts.iter().find(|f| f.kind == kind);
        let day = fact(FactKind::Date).map_or("", |f| f.text.as_str());
        let whole = format!("{day} {} {}", title.text, title.about);
        let heads = programme.points.iter().filter_map(|p| p.day.as_deref());
        let mut all: Vec<(String, chrono::NaiveDate)> = Vec::new();
        for text in std::iter::once(whole.as_str()).chain(heads) {
            all.extend(
                days(text)
                    .into_iter()
                    .map(|(at, d)| (text.get(at).unwrap_or_default().to_owned(), d)),
            );
        }
        all.sort_by_key(|(_, d)| *d);
        all.dedup_by_key(|(_, d)| *d);
        // «16–17 апреля 2026 года» is written as it stands.
        let ranged = fact(FactKind::Date).filter(|f| {
            crate::period::parse(&f.value, None)
                .is_ok_and(|p| p.from.is_some() && p.to.is_some() && p.from != p.to)
        });
        let date = match all.as_slice() {
            _ if let Some(fact) = ranged => Some(fact.value.clone()),
            [] => None,
            [(_, one)] => Some(crate::text::dates::short(*one)),
            [(_, a), .., (_, b)] => Some(format!(
                "{} – {}",
                crate::text::dates::short(*a),
                crate::text::dates::short(*b)
            )),
        };
        match date {
            Some(date) => {
                fields.text("date", &date);
            }
            None => {
                let date = file
                    .order
                    .as_ref()
                    .and_then(|o| o.date)
                    .unwrap_or(self.today);
                let shown = crate::text::dates::short(date);
                self.doubts.add(
                    &say::DATE_GUESSED,
                    origin,
                    &[("value", "—"), ("date", &shown)],
                );
                fields.text("date", &shown);
            }
        }
        let timed = fact(FactKind::Time)
            .filter(|f| hours(&f.value).is_some())
            .or_else(|| fact(FactKind::Date).filter(|f| hours(&f.value).is_some()));
        let time = timed.and_then(|f| hours(&f.value));
        fields.opt("time", time.as_deref());
        let mut told: Vec<&str> = title.about.lines().collect();
        for (kind, name) in [(FactKind::Place, "place"), (FactKind::Audience, "audience")] {
            if let Some(fact) = fact(kind) {
                let value = self.hide(&fact.value, &[]);
                fields.text(name, &value);
            }
        }
        if let Some(fact) = fact(FactKind::Organizers) {
            let who = self.responsible(&fact.value, origin);
            let who = who.into_iter().map(Node::text).collect();
            fields.add("organizers", Node::Flow(who));
        }
        for (index, one) in title.facts.iter().enumerate() {
            let first = title.facts.iter().position(|f| f.kind == one.kind) == Some(index);
            let taken = first
                && match one.kind {
                    FactKind::Other => false,
                    FactKind::Time => timed.is_some_and(|t| t == one),
                    FactKind::Date => {
                        ranged.is_some_and(|r| r == one) || !days(&one.value).is_empty()
                    }
                    FactKind::Place | FactKind::Audience | FactKind::Organizers => true,
                };
            if !taken {
                told.push(&one.text);
            }
        }
        let about = self.hide(&told.join("\n"), &[]);
        fields.add("about", Node::text(escaped(&about)));
        let mut points = Vec::new();
        for point in &programme.points {
            let mut f = Fields::default();
            let mut text = |t: &Option<String>| t.as_deref().map(|t| self.hide(t, &[]));
            let (day, titled, place) = (text(&point.day), text(&point.title), text(&point.place));
            let (speaker, note) = (text(&point.speaker), text(&point.note));
            f.opt("day", day.as_deref());
            f.opt("time", point.time.as_deref());
            f.add(
                "title",
                Node::text(escaped(titled.as_deref().unwrap_or_default())),
            );
            f.opt("place", place.as_deref());
            f.opt("speaker", speaker.as_deref());
            f.opt("note", note.as_deref());
            points.push(f.map().from(Origin {
                file: file.index,
                at: point.at,
            }));
        }
        let count = points.len();
        fields.add("agenda", Node::List(points));
        let path = format!("seminars/{id}.yaml");
        self.push("seminar", &path, yaml(&fields), origin, count);
        (Some(id), shown)
    }
}
