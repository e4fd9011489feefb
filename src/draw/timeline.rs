//! The timeline of a roadmap: months across, measures as bars by section, a line for today.
//!
//! Takes sections of dated bars; gives one SVG, wide ([`timeline`]) or for a phone ([`timeline_narrow`]: 360 units
//! across, quarters instead of months). A page prints both, its style shows one; give them different prefixes.
//! Bars of a section share lanes where they do not overlap, so seventy measures stay one screen.
//! Classes: `timeline` (`is-wide`, `is-narrow`), `tl-grid`, `tl-year`, `tl-month`, `tl-section`, `tl-bar is-<status>` (and
//! `is-deadline`), `tl-label is-<status>`, `tl-today`, `tl-today-text`.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::svg::Svg;
use crate::text::dates;

/// One measure. Without `from` it is a deadline: a mark on its last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// Number and name; said by the bar's own title.
    pub label: String,
    /// A short mark drawn in the bar where it fits: the row's number.
    pub short: String,
    pub from: Option<NaiveDate>,
    pub to: NaiveDate,
    /// `done`, `overdue`, `due-soon`, `under-way`, `upcoming`.
    pub status: String,
    pub href: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    pub bars: Vec<Bar>,
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

struct Look {
    class: &'static str,
    width: f64,
    margin: f64,
    /// Height of a lane, of the bar in it, of a section's heading.
    lane: f64,
    bar: f64,
    heading: f64,
    /// Characters of a section's title that fit across.
    letters: usize,
    /// Months of one column.
    step: u32,
    /// Units of text a short mark needs for each character.
    letter: f64,
}

impl Look {
    /// Room above a section's bars: for its title, where it has one.
    fn top(&self, section: &Section) -> f64 {
        if section.title.is_empty() {
            8.0
        } else {
            self.heading
        }
    }
}

const WIDE: Look = Look {
    class: "timeline is-wide",
    width: 960.0,
    margin: 8.0,
    lane: 18.0,
    bar: 14.0,
    heading: 30.0,
    letters: 100,
    step: 1,
    letter: 7.0,
};

const NARROW: Look = Look {
    class: "timeline is-narrow",
    width: 360.0,
    margin: 4.0,
    lane: 16.0,
    bar: 12.0,
    heading: 28.0,
    letters: 46,
    step: 3,
    letter: 7.0,
};

/// Head: years, months, the word at today's line.
const HEAD: f64 = 54.0;
/// Narrowest bar that a finger or an eye still finds.
const LEAST: f64 = 8.0;
/// A plan of more months is drawn by its first years: its columns would be thinner than a line.
const MOST_MONTHS: u32 = 60;

/// For a desk: 960 units across, a column for each month.
pub fn timeline(input: &TimelineInput) -> String {
    draw(input, &WIDE)
}

/// For a phone: 360 units across, a column for each quarter.
pub fn timeline_narrow(input: &TimelineInput) -> String {
    draw(input, &NARROW)
}

/// Days of the picture and their place across.
struct Scale {
    first: NaiveDate,
    last: NaiveDate,
    left: f64,
    unit: f64,
}

impl Scale {
    fn new(input: &TimelineInput, look: &Look) -> Self {
        let first = month_start(input.from, look.step);
        let most = first
            .checked_add_months(Months::new(MOST_MONTHS))
            .unwrap_or(NaiveDate::MAX);
        let mut end = first;
        while end <= input.to && end < most {
            let Some(next) = end.checked_add_months(Months::new(look.step)) else {
                break;
            };
            end = next;
        }
        if end == first {
            end = first
                .checked_add_months(Months::new(look.step))
                .unwrap_or(NaiveDate::MAX);
        }
        let last = end.pred_opt().unwrap_or(end).max(first);
        let days = (last - first).num_days() + 1;
        let unit = (look.width - 2.0 * look.margin) / days as f64;
        Self {
            first,
            last,
            left: look.margin,
            unit,
        }
    }

    /// Left edge of a day; days outside the picture lie on its edge.
    fn x(&self, day: NaiveDate) -> f64 {
        let day = day.clamp(
            self.first,
            self.last
                .checked_add_days(Days::new(1))
                .unwrap_or(self.last),
        );
        self.left + (day - self.first).num_days() as f64 * self.unit
    }

    fn columns(&self, step: u32) -> Vec<(NaiveDate, NaiveDate)> {
        let mut out = Vec::new();
        let mut start = self.first;
        while start <= self.last {
            let Some(next) = start.checked_add_months(Months::new(step)) else {
                break;
            };
            out.push((start, next));
            start = next;
        }
        out
    }
}

fn month_start(day: NaiveDate, step: u32) -> NaiveDate {
    let month = day.month0() / step * step;
    day.with_day(1)
        .and_then(|d| d.with_month0(month))
        .unwrap_or(day)
}

struct Placed<'a> {
    bar: &'a Bar,
    x: f64,
    width: f64,
    lane: usize,
}

/// Puts bars into lanes, earliest first; a bar takes the first lane that is free.
fn pack<'a>(bars: &'a [Bar], scale: &Scale) -> (Vec<Placed<'a>>, usize) {
    let mut order: Vec<&Bar> = bars
        .iter()
        .filter(|bar| bar.to >= scale.first && bar.from.unwrap_or(bar.to) <= scale.last)
        .collect();
    order.sort_by_key(|bar| (bar.from.unwrap_or(bar.to), bar.to));
    let mut ends: Vec<f64> = Vec::new();
    let mut out = Vec::with_capacity(order.len());
    for bar in order {
        let after = bar.to.succ_opt().unwrap_or(bar.to);
        let end = scale.x(after);
        let begin = bar
            .from
            .map_or(end - LEAST, |from| scale.x(from))
            .min(end - LEAST)
            .max(scale.left);
        let width = (end - begin).max(LEAST) - 1.5;
        let lane = ends
            .iter()
            .position(|taken| *taken <= begin)
            .unwrap_or(ends.len());
        match ends.get_mut(lane) {
            Some(taken) => *taken = begin + width + 1.5,
            None => ends.push(begin + width + 1.5),
        }
        out.push(Placed {
            bar,
            x: begin,
            width,
            lane,
        });
    }
    (out, ends.len())
}

fn draw(input: &TimelineInput, look: &Look) -> String {
    let scale = Scale::new(input, look);
    let packed: Vec<_> = input
        .sections
        .iter()
        .map(|section| (section, pack(&section.bars, &scale)))
        .filter(|(_, (bars, _))| !bars.is_empty())
        .collect();
    let body: f64 = packed
        .iter()
        .map(|(section, (_, lanes))| look.top(section) + *lanes as f64 * look.lane)
        .sum();
    let height = HEAD + body + 8.0;
    let mut svg = Svg::new(
        look.class,
        &input.id_prefix,
        (look.width, height),
        &input.title,
        &input.desc,
    );
    head(&mut svg, &scale, look, height);
    today(&mut svg, &scale, input.today, (HEAD - 6.0, HEAD));
    today_word(&mut svg, &scale, input.today, look);
    let mut y = HEAD;
    for (section, (bars, lanes)) in &packed {
        if !section.title.is_empty() {
            svg.start("g", &[("class", "tl-section".into())]);
            let title = crate::text::excerpt(&section.title, look.letters);
            svg.words(
                "text",
                &[
                    ("x", scale.left.into()),
                    ("y", (y + look.heading - 9.0).into()),
                ],
                &title,
            );
            svg.end();
        }
        y += look.top(section);
        for placed in bars {
            bar(&mut svg, placed, y, look);
        }
        let bottom = y + *lanes as f64 * look.lane;
        today(&mut svg, &scale, input.today, (y - 2.0, bottom));
        y = bottom;
    }
    svg.finish()
}

/// A piece of today's line: it leaves out the sections' titles, which it would strike through.
fn today(svg: &mut Svg, scale: &Scale, day: NaiveDate, (top, bottom): (f64, f64)) {
    if !(scale.first..=scale.last).contains(&day) {
        return;
    }
    let x = scale.x(day) + scale.unit / 2.0;
    svg.empty(
        "line",
        &[
            ("class", "tl-today".into()),
            ("x1", x.into()),
            ("x2", x.into()),
            ("y1", top.into()),
            ("y2", bottom.into()),
        ],
    );
}

/// «сегодня» at the head of the line, inside the picture.
fn today_word(svg: &mut Svg, scale: &Scale, day: NaiveDate, look: &Look) {
    if !(scale.first..=scale.last).contains(&day) {
        return;
    }
    let half = look.letter * 4.0;
    let x = (scale.x(day) + scale.unit / 2.0).clamp(half, look.width - half);
    svg.words(
        "text",
        &[
            ("class", "tl-today-text".into()),
            ("x", x.into()),
            ("y", (HEAD - 10.0).into()),
            ("text-anchor", "middle".into()),
        ],
        "сегодня",
    );
}

fn head(svg: &mut Svg, scale: &Scale, look: &Look, height: f64) {
    let columns = scale.columns(look.step);
    // Names that would run into each other are left out evenly.
    let room = columns
        .first()
        .map_or(0.0, |(a, b)| (*b - *a).num_days() as f64 * scale.unit);
    let needed = if look.step == 1 { 30.0 } else { 52.0 };
    let every = (needed / room.max(0.1)).ceil().max(1.0) as usize;
    let mut year: Option<i32> = None;
    for (index, (start, _)) in columns.iter().enumerate() {
        let x = scale.x(*start);
        svg.empty(
            "line",
            &[
                ("class", "tl-grid".into()),
                ("x1", x.into()),
                ("x2", x.into()),
                ("y1", 4.0.into()),
                ("y2", height.into()),
            ],
        );
        if index % every != 0 {
            continue;
        }
        let name = if look.step == 1 {
            dates::month_short(start.month()).to_owned()
        } else {
            format!("{} кв.", start.month0() / 3 + 1)
        };
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
            let left = columns
                .iter()
                .skip(index)
                .take_while(|(c, _)| c.year() == start.year())
                .count();
            if left as f64 * room > look.letter * 5.0 {
                word("tl-year", 13.0, &start.year().to_string());
            }
        }
        word("tl-month", 28.0, &name);
    }
}

fn bar(svg: &mut Svg, placed: &Placed<'_>, top: f64, look: &Look) {
    let y = top + placed.lane as f64 * look.lane;
    let status: String = placed
        .bar
        .status
        .chars()
        .filter(|c| c.is_ascii_lowercase() || *c == '-')
        .collect();
    let mut class = format!("tl-bar is-{status}");
    if placed.bar.from.is_none() {
        class.push_str(" is-deadline");
    }
    // No link: role=img hides what is inside from assistive technology, so nothing in it may take the focus. The
    // table beside the picture has the same links; `data-href` lets a script offer them to a mouse.
    svg.start(
        "rect",
        &[
            ("class", class.as_str().into()),
            ("x", placed.x.into()),
            ("y", y.into()),
            ("width", placed.width.into()),
            ("height", look.bar.into()),
            ("rx", 2.0.into()),
            ("data-href", placed.bar.href.as_str().into()),
        ],
    );
    svg.words("title", &[], &placed.bar.label);
    svg.end();
    let needed = placed.bar.short.chars().count() as f64 * look.letter + 6.0;
    if !placed.bar.short.is_empty() && needed <= placed.width {
        svg.words(
            "text",
            &[
                ("class", format!("tl-label is-{status}").as_str().into()),
                ("x", (placed.x + 4.0).into()),
                ("y", (y + look.bar - 3.0).into()),
            ],
            &placed.bar.short,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a test's own date")
    }

    fn bar(label: &str, from: Option<NaiveDate>, to: NaiveDate) -> Bar {
        Bar {
            label: label.into(),
            short: "1.1".into(),
            from,
            to,
            status: "under-way".into(),
            href: "#row-1".into(),
        }
    }

    fn input(bars: Vec<Bar>) -> TimelineInput {
        TimelineInput {
            id_prefix: "tl".into(),
            title: "Сроки".into(),
            desc: "Мероприятия по месяцам".into(),
            from: d(2024, 12, 25),
            to: d(2025, 12, 25),
            today: d(2025, 3, 1),
            sections: vec![Section {
                title: "Раздел <1> & \"другие\"".into(),
                bars,
            }],
        }
    }

    #[test]
    fn it_is_named_escaped_and_repeatable() {
        let input = input(vec![
            bar("1.1. Семинар <b>", Some(d(2025, 1, 1)), d(2025, 1, 31)),
            bar("Срок", None, d(2025, 2, 14)),
        ]);
        let svg = timeline(&input);
        assert_eq!(svg, timeline(&input));
        assert!(
            svg.starts_with("<svg class=\"timeline is-wide\" viewBox=\"0 0 960 "),
            "{svg}"
        );
        assert!(
            svg.contains("role=\"img\" aria-labelledby=\"tl-title\" aria-describedby=\"tl-desc\"")
        );
        assert!(svg.contains("<title>1.1. Семинар &lt;b&gt;</title>"));
        assert!(svg.contains("Раздел &lt;1&gt; &amp; &quot;другие&quot;"));
        assert!(svg.contains("tl-bar is-under-way is-deadline") && svg.contains("tl-today"));
        assert!(svg.contains(">2025<") && svg.contains(">фев<"), "{svg}");
        assert!(timeline_narrow(&input).contains("кв."));
    }

    #[test]
    fn seventy_measures_share_lanes() {
        let bars: Vec<Bar> = (0..70u32)
            .map(|i| {
                bar(
                    "Мероприятие",
                    Some(d(2025, 1 + i % 12, 1)),
                    d(2025, 1 + i % 12, 20),
                )
            })
            .collect();
        let input = input(bars);
        let scale = Scale::new(&input, &WIDE);
        let (placed, lanes) = pack(&input.sections[0].bars, &scale);
        assert_eq!((placed.len(), lanes), (70, 6));
        for (i, a) in placed.iter().enumerate() {
            for b in placed.iter().skip(i + 1).filter(|b| b.lane == a.lane) {
                assert!(b.x >= a.x + a.width || a.x >= b.x + b.width);
            }
        }
    }

    #[test]
    fn what_lies_outside_is_not_drawn() {
        let svg = timeline(&input(vec![bar(
            "Давно",
            Some(d(2023, 6, 1)),
            d(2023, 6, 30),
        )]));
        assert!(!svg.contains("tl-bar"));
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
                ..input(vec![bar(&title, dated.then_some(start), day(from.saturating_add(first + long)))])
            };
            for svg in [timeline(&input), timeline_narrow(&input)] {
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
}
