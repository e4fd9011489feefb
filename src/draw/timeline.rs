//! The timeline of a roadmap: months across, a line for each measure by section, a line for today.
//!
//! Takes sections of measures with their stretches; gives one SVG for a desk. Nothing is drawn outside the days that it
//! is given. Every measure has a line of its own, with its words in the bar or beside it, and is a link. What belongs to
//! no line of the picture (the whole year, no days, a phone) is the page's own list.
//! Classes: `timeline`, `tl-grid`, `tl-year`, `tl-month`, `tl-section`, `tl-row`, `tl-bar is-<status>` (and `is-deadline`,
//! `is-mark`), `tl-label` (and `is-inside is-<status>`), `tl-today`, `tl-today-text`.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::svg::Svg;
use crate::text::{dates, excerpt};

/// A stretch of days of a measure. Without `from` it is a deadline: a mark on its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub from: Option<NaiveDate>,
    pub to: NaiveDate,
    /// `done`, `overdue`, `due-soon`, `under-way`, `upcoming`, `no-record`.
    pub status: String,
    /// One time of several that it recurs.
    pub mark: bool,
}

/// One measure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Number and name, drawn as far as there is room.
    pub words: String,
    /// All that the picture says of it, for who does not see it.
    pub said: String,
    pub href: String,
    pub bars: Vec<Bar>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineInput {
    /// Ids in the picture begin with it.
    pub id_prefix: String,
    pub title: String,
    pub desc: String,
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub today: NaiveDate,
    pub sections: Vec<Section>,
}

/// Units across.
const WIDTH: f64 = 960.0;
const MARGIN: f64 = 8.0;
/// Height of a line, high enough for a finger; of the bar in it; of a section's heading.
const LANE: f64 = 24.0;
const BAR: f64 = 16.0;
const HEADING: f64 = 30.0;
/// Characters of a section's title that fit across.
const LETTERS: usize = 110;
/// Units of text that a character needs.
const LETTER: f64 = 6.9;
/// Head: years, months, the word at today's line.
const HEAD: f64 = 54.0;
/// Narrowest bar that an eye still finds.
const LEAST: f64 = 8.0;
/// A plan of more months is drawn by its first years: its columns would be thinner than a line.
const MOST_MONTHS: u32 = 60;

/// A line with its marks where they are drawn.
type PlacedLine<'a> = (&'a Line, Vec<Placed<'a>>);

/// Draws it.
pub fn timeline(input: &TimelineInput) -> String {
    let scale = Scale::new(input);
    let packed: Vec<(&Section, Vec<PlacedLine<'_>>)> = input
        .sections
        .iter()
        .map(|section| {
            let lines = section.lines.iter().map(|line| (line, place(line, &scale)));
            (
                section,
                lines.filter(|(_, bars)| !bars.is_empty()).collect(),
            )
        })
        .filter(|(_, lines): &(_, Vec<_>)| !lines.is_empty())
        .collect();
    let body: f64 = packed
        .iter()
        .map(|(section, lines)| top(section) + lines.len() as f64 * LANE)
        .sum();
    let height = HEAD + body + 8.0;
    let mut svg = Svg::new(
        ("timeline", "group"),
        &input.id_prefix,
        (WIDTH, height),
        &input.title,
        &input.desc,
    );
    head(&mut svg, &scale, height);
    today(&mut svg, &scale, input.today, (HEAD - 6.0, HEAD));
    today_word(&mut svg, &scale, input.today);
    let mut y = HEAD;
    for (section, lines) in &packed {
        if !section.title.is_empty() {
            svg.start("g", &[("class", "tl-section".into())]);
            let place = [("x", scale.left.into()), ("y", (y + HEADING - 9.0).into())];
            svg.words("text", &place, &excerpt(&section.title, LETTERS));
            svg.end();
        }
        y += top(section);
        let bottom = y + lines.len() as f64 * LANE;
        today(&mut svg, &scale, input.today, (y - 2.0, bottom));
        for (line, bars) in lines {
            draw(&mut svg, line, bars, y);
            y += LANE;
        }
    }
    svg.finish()
}

/// Room above a section's lines: for its title, where it has one.
fn top(section: &Section) -> f64 {
    if section.title.is_empty() {
        8.0
    } else {
        HEADING
    }
}

/// Days of the picture and their place across.
struct Scale {
    first: NaiveDate,
    last: NaiveDate,
    left: f64,
    unit: f64,
}

impl Scale {
    fn new(input: &TimelineInput) -> Self {
        let first = input.from.with_day(1).unwrap_or(input.from);
        let most = first
            .checked_add_months(Months::new(MOST_MONTHS))
            .unwrap_or(NaiveDate::MAX);
        let mut end = first;
        while let Some(next) = end.checked_add_months(Months::new(1)) {
            end = next;
            if end > input.to || end >= most {
                break;
            }
        }
        let last = end.pred_opt().unwrap_or(end).max(first);
        let days = (last - first).num_days() + 1;
        Self {
            first,
            last,
            left: MARGIN,
            unit: (WIDTH - 2.0 * MARGIN) / days as f64,
        }
    }

    /// Left edge of a day; days outside the picture lie on its edge.
    fn x(&self, day: NaiveDate) -> f64 {
        let after = self
            .last
            .checked_add_days(Days::new(1))
            .unwrap_or(self.last);
        let day = day.clamp(self.first, after);
        self.left + (day - self.first).num_days() as f64 * self.unit
    }

    fn months(&self) -> Vec<NaiveDate> {
        let mut out = Vec::new();
        let mut start = self.first;
        while start <= self.last {
            out.push(start);
            let Some(next) = start.checked_add_months(Months::new(1)) else {
                break;
            };
            start = next;
        }
        out
    }
}

struct Placed<'a> {
    bar: &'a Bar,
    x: f64,
    width: f64,
}

/// The bars of a line that the picture's days hold.
fn place<'a>(line: &'a Line, scale: &Scale) -> Vec<Placed<'a>> {
    let inside = |bar: &&Bar| bar.to >= scale.first && bar.from.unwrap_or(bar.to) <= scale.last;
    let mut placed: Vec<Placed<'a>> = line
        .bars
        .iter()
        .filter(inside)
        .map(|bar| {
            let end = scale.x(bar.to.succ_opt().unwrap_or(bar.to));
            let begin = bar.from.map_or(end - LEAST, |from| scale.x(from));
            let begin = begin.min(end - LEAST).max(scale.left);
            Placed {
                bar,
                x: begin,
                width: (end - begin).max(LEAST) - 1.5,
            }
        })
        .collect();
    placed.sort_by(|a, b| a.x.total_cmp(&b.x));
    placed
}

/// A line: a link with its bars and its words.
fn draw(svg: &mut Svg, line: &Line, bars: &[Placed<'_>], y: f64) {
    svg.start(
        "a",
        &[
            ("class", "tl-row".into()),
            ("href", line.href.as_str().into()),
        ],
    );
    svg.words("title", &[], &line.said);
    // The whole line answers to a press.
    let line_of = [
        ("class", "tl-hit".into()),
        ("x", 0.0.into()),
        ("y", y.into()),
        ("width", WIDTH.into()),
        ("height", LANE.into()),
    ];
    svg.empty("rect", &line_of);
    let height = (LANE - BAR) / 2.0;
    for placed in bars {
        let mut class = format!("tl-bar is-{}", status(placed.bar));
        if placed.bar.from.is_none() {
            class.push_str(" is-deadline");
        }
        if placed.bar.mark {
            class.push_str(" is-mark");
        }
        let shape = [
            ("class", class.as_str().into()),
            ("x", placed.x.into()),
            ("y", (y + height).into()),
            ("width", placed.width.into()),
            ("height", BAR.into()),
            ("rx", 2.0.into()),
        ];
        svg.empty("rect", &shape);
    }
    words(svg, line, bars, y + height + BAR - 4.0);
    svg.end();
}

/// The words of a line: in its only bar where they fit, else on the side that has more room.
fn words(svg: &mut Svg, line: &Line, bars: &[Placed<'_>], y: f64) {
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
        return;
    };
    let needed = line.words.chars().count() as f64 * LETTER + 10.0;
    if bars.len() == 1 && needed <= first.width {
        let class = format!("tl-label is-inside is-{}", status(first.bar));
        let place = [
            ("class", class.as_str().into()),
            ("x", (first.x + 5.0).into()),
            ("y", y.into()),
        ];
        svg.words("text", &place, &line.words);
        return;
    }
    let end = last.x + last.width;
    let (before, behind) = (first.x - MARGIN, WIDTH - MARGIN - end);
    let room = |space: f64| ((space - 10.0) / LETTER).max(0.0) as usize;
    let behind_it = behind >= needed || behind >= before;
    let (x, anchor, letters) = match behind_it {
        true => (end + 5.0, "start", room(behind)),
        false => (first.x - 5.0, "end", room(before)),
    };
    // Two long ends leave no room beside: then outlines that follow one another are written across, or the widest bar
    // is written on, as far as it goes.
    if let Some((x, width)) =
        outlines(bars).filter(|(_, width)| letters < 24 && room(*width) > letters)
        && bars.iter().all(|bar| bar.width < width)
    {
        let place = [
            ("class", "tl-label".into()),
            ("x", (x + 5.0).into()),
            ("y", y.into()),
        ];
        svg.words("text", &place, &excerpt(&line.words, room(width)));
        return;
    }
    let wide = bars
        .iter()
        .max_by(|a, b| a.width.total_cmp(&b.width))
        .filter(|_| letters < 24);
    if let Some(bar) = wide.filter(|bar| room(bar.width) > letters) {
        let class = format!("tl-label is-inside is-{}", status(bar.bar));
        let place = [
            ("class", class.as_str().into()),
            ("x", (bar.x + 5.0).into()),
            ("y", y.into()),
        ];
        svg.words("text", &place, &excerpt(&line.words, room(bar.width)));
    } else if letters > 3 {
        let place = [
            ("class", "tl-label".into()),
            ("x", x.into()),
            ("y", y.into()),
            ("text-anchor", anchor.into()),
        ];
        svg.words("text", &place, &excerpt(&line.words, letters));
    }
}

/// The longest run of bars that are outlines and touch: where it begins and how wide it is.
fn outlines(bars: &[Placed<'_>]) -> Option<(f64, f64)> {
    let is_outline = |bar: &Bar| matches!(bar.status.as_str(), "upcoming" | "no-record");
    let mut best: Option<(f64, f64)> = None;
    let mut run: Option<(f64, f64)> = None;
    for placed in bars {
        let end = placed.x + placed.width;
        run = match run {
            _ if !is_outline(placed.bar) => None,
            Some((x, to)) if placed.x - to < 4.0 => Some((x, end)),
            _ => Some((placed.x, end)),
        };
        if let Some((x, to)) = run
            && best.is_none_or(|(_, width)| to - x > width)
        {
            best = Some((x, to - x));
        }
    }
    best
}

fn status(bar: &Bar) -> String {
    bar.status
        .chars()
        .filter(|c| c.is_ascii_lowercase() || *c == '-')
        .collect()
}

/// A piece of today's line: it leaves out the sections' titles, which it would strike through.
fn today(svg: &mut Svg, scale: &Scale, day: NaiveDate, (top, bottom): (f64, f64)) {
    if !(scale.first..=scale.last).contains(&day) {
        return;
    }
    let x = scale.x(day) + scale.unit / 2.0;
    let ends = [
        ("class", "tl-today".into()),
        ("x1", x.into()),
        ("x2", x.into()),
        ("y1", top.into()),
        ("y2", bottom.into()),
    ];
    svg.empty("line", &ends);
}

/// «сегодня» at the head of the line, inside the picture.
fn today_word(svg: &mut Svg, scale: &Scale, day: NaiveDate) {
    if !(scale.first..=scale.last).contains(&day) {
        return;
    }
    let half = LETTER * 5.0;
    let x = (scale.x(day) + scale.unit / 2.0).clamp(half, WIDTH - half);
    let place = [
        ("class", "tl-today-text".into()),
        ("x", x.into()),
        ("y", (HEAD - 10.0).into()),
        ("text-anchor", "middle".into()),
    ];
    svg.words("text", &place, "сегодня");
}

fn head(svg: &mut Svg, scale: &Scale, height: f64) {
    let months = scale.months();
    // Names that would run into each other are left out evenly.
    let room = 30.0 * scale.unit;
    let every = (30.0 / room.max(0.1)).ceil().max(1.0) as usize;
    let mut year: Option<i32> = None;
    for (index, start) in months.iter().enumerate() {
        let x = scale.x(*start);
        let ends = [
            ("class", "tl-grid".into()),
            ("x1", x.into()),
            ("x2", x.into()),
            ("y1", 4.0.into()),
            ("y2", height.into()),
        ];
        svg.empty("line", &ends);
        if index % every != 0 {
            continue;
        }
        let mut word = |class: &str, y: f64, text: &str| {
            let place = [
                ("class", class.into()),
                ("x", (x + 3.0).into()),
                ("y", y.into()),
            ];
            svg.words("text", &place, text);
        };
        // A year of a single thin column has no room before the next one's number.
        if year != Some(start.year()) {
            year = Some(start.year());
            let left = months
                .iter()
                .skip(index)
                .take_while(|c| c.year() == start.year())
                .count();
            if left as f64 * room > LETTER * 5.0 {
                word("tl-year", 13.0, &start.year().to_string());
            }
        }
        word("tl-month", 28.0, dates::month_short(start.month()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a test's own date")
    }

    fn line(words: &str, bars: &[(Option<NaiveDate>, NaiveDate)]) -> Line {
        let bar = |(from, to): &(Option<NaiveDate>, NaiveDate)| Bar {
            from: *from,
            to: *to,
            status: "under-way".into(),
            mark: bars.len() > 1,
        };
        Line {
            words: words.into(),
            said: format!("{words}: идёт"),
            href: "#row-1".into(),
            bars: bars.iter().map(bar).collect(),
        }
    }

    fn input(lines: Vec<Line>) -> TimelineInput {
        TimelineInput {
            id_prefix: "tl".into(),
            title: "Сроки".into(),
            desc: "Мероприятия по месяцам".into(),
            from: d(2024, 12, 25),
            to: d(2025, 12, 25),
            today: d(2025, 3, 1),
            sections: vec![Section {
                title: "Раздел <1> & \"другие\"".into(),
                lines,
            }],
        }
    }

    #[test]
    fn it_is_named_escaped_and_repeatable() {
        let input = input(vec![
            line("1.1. Семинар <b>", &[(Some(d(2025, 1, 1)), d(2025, 1, 31))]),
            line("Срок", &[(None, d(2025, 2, 14))]),
        ]);
        let svg = timeline(&input);
        assert_eq!(svg, timeline(&input));
        assert!(
            svg.starts_with("<svg class=\"timeline\" viewBox=\"0 0 960 "),
            "{svg}"
        );
        assert!(svg.contains("aria-labelledby=\"tl-title\" aria-describedby=\"tl-desc\""));
        assert!(
            svg.contains("href=\"#row-1\"><title>1.1. Семинар &lt;b&gt;: идёт</title>"),
            "{svg}"
        );
        assert!(svg.contains("Раздел &lt;1&gt; &amp; &quot;другие&quot;"));
        assert!(svg.contains("tl-bar is-under-way is-deadline") && svg.contains("tl-today"));
        assert!(svg.contains(">2025<") && svg.contains(">фев<"), "{svg}");
    }

    #[test]
    fn months_are_those_of_the_plan() {
        let scale = Scale::new(&input(Vec::new()));
        assert_eq!((scale.first, scale.last), (d(2024, 12, 1), d(2025, 12, 31)));
        let outside = line("Давно", &[(Some(d(2023, 6, 1)), d(2023, 6, 30))]);
        assert!(!timeline(&input(vec![outside])).contains("tl-bar"));
    }

    #[test]
    fn every_time_of_what_recurs_is_a_mark_and_words_stand_where_there_is_room() {
        let times = [
            (None, d(2025, 1, 31)),
            (None, d(2025, 3, 31)),
            (None, d(2025, 11, 30)),
        ];
        let svg = timeline(&input(vec![line("1.2. Мониторинг", &times)]));
        assert_eq!(svg.matches("is-mark").count(), 3);
        assert_eq!(svg.matches("tl-row").count(), 1);
        assert!(svg.contains(">1.2. Мониторинг<"), "{svg}");
        let late = line("3.1. Итоги", &[(None, d(2025, 12, 20))]);
        assert!(timeline(&input(vec![late])).contains("text-anchor=\"end\">3.1. Итоги<"));
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_input_is_drawn(title in any::<String>(), from in -900_000i32..900_000, days in -400i32..40_000, first in -60_000i32..60_000, long in 0i32..20_000, dated in any::<bool>()) {
            let day = |n: i32| NaiveDate::from_num_days_from_ce_opt(n + 738_000).unwrap_or(NaiveDate::MAX);
            let start = day(from.saturating_add(first));
            let input = TimelineInput {
                from: day(from),
                to: day(from.saturating_add(days)),
                ..input(vec![line(&title, &[(dated.then_some(start), day(from.saturating_add(first + long)))])])
            };
            let svg = timeline(&input);
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf"));
            let mut reader = quick_xml::Reader::from_str(&svg);
            loop {
                match reader.read_event() {
                    Ok(quick_xml::events::Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => prop_assert!(false, "{error}"),
                }
            }
        }
    }
}
