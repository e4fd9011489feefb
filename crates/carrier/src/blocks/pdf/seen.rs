//! Pages that are pictures, once somebody has read them: takes what was recognised, gives letters and ruling lines as if
//! they had been drawn. Must not know who reads.

use lopdf::Document;

use super::content::Drawn;
use crate::pdf::{Budget, Matrix};
use crate::scan::raster::{self, MIN_SIDE};
use crate::scan::{Area, Eye, Seen, Word};

/// Points by which a page that says nothing of its size is wide: A4.
const WIDE: f32 = 595.0;
const HIGH: f32 = 842.0;
/// Words that the recogniser is less sure of are told.
const SURE: u8 = 70;
/// So many of them are named for a page.
const NAMED: usize = 30;
/// What stands this near a ruling line and looks like one was read off it, in sizes of letters.
const NEAR: f32 = 0.5;
/// A word that reaches this far over a line on both sides is not parted by it, in sizes of letters.
const WITHIN: f32 = 0.6;
/// Words that are nearer to each other are parted by a blank and by nothing else, in sizes of letters.
const BLANK: f32 = 0.6;

/// Reads the pictures of a page and draws what they say.
pub(super) fn see(document: &Document, drawn: &mut Drawn, eye: &dyn Eye, budget: &mut dyn Budget) {
    for painted in std::mem::take(&mut drawn.images) {
        let Ok(stream) = document.get_object(painted.id).and_then(|o| o.as_stream()) else {
            continue;
        };
        let (width, height) = raster::sides(document, stream);
        if width < MIN_SIDE || height < MIN_SIDE {
            continue;
        }
        let pages = raster::file(document, stream, budget).and_then(|bytes| eye.look(&bytes));
        match pages {
            Ok(pages) => {
                for page in pages.iter().take(1) {
                    draw(drawn, page, &painted.matrix);
                }
            }
            Err(why) => drawn.recognised.blind = Some(why),
        }
    }
}

/// A page that is nothing but a picture.
pub(super) fn page(seen: &Seen) -> Drawn {
    let mut drawn = Drawn::default();
    drawn.picture = true;
    let lying = seen.width > seen.height;
    let wide = if lying { HIGH } else { WIDE };
    let scale = wide / seen.width.max(1.0);
    draw(
        &mut drawn,
        seen,
        &[wide, 0.0, 0.0, seen.height * scale, 0.0, 0.0],
    );
    drawn
}

/// Puts words and lines into the place of the picture.
fn draw(drawn: &mut Drawn, seen: &Seen, matrix: &Matrix) {
    let [a, b, c, d, e, f] = *matrix;
    let (width, height) = (seen.width.max(1.0), seen.height.max(1.0));
    let place = |x: f32, y: f32| {
        let (u, v) = (x / width, 1.0 - y / height);
        (a * u + c * v + e, b * u + d * v + f)
    };
    let length = a.hypot(b) / width;
    let turn = ((b.atan2(a).to_degrees() / 90.0).round() as i64).rem_euclid(4);
    let turn = u8::try_from(turn).unwrap_or(0);
    for rule in &uncrossed(seen) {
        let level = rule.x1 - rule.x0 >= rule.y1 - rule.y0;
        let (x, y) = ((rule.x0 + rule.x1) / 2.0, (rule.y0 + rule.y1) / 2.0);
        let (from, to) = match level {
            true => (place(rule.x0, y), place(rule.x1, y)),
            false => (place(x, rule.y0), place(x, rule.y1)),
        };
        drawn.rule(from, to);
    }
    for (n, word) in seen.words.iter().enumerate() {
        let Some((text, area)) = cleaned(word, &seen.rules) else {
            continue;
        };
        drawn.recognised.any = true;
        if word.sure < SURE
            && text.chars().any(char::is_alphanumeric)
            && drawn.recognised.unsure.len() < NAMED
        {
            drawn.recognised.unsure.push(text.to_owned());
        }
        let count = text.chars().count().max(1) as f32;
        let step = (area.x1 - area.x0) / count;
        let size = word.size * length;
        for (i, letter) in (0u16..).zip(text.chars()) {
            let x0 = area.x0 + step * f32::from(i);
            drawn.letter(letter, place(x0, word.base), step * length, size, turn);
        }
        // Words of one line are parted by a blank, however near they stand.
        let next = seen.words.get(n + 1);
        if next.is_some_and(|next| next.line == word.line) {
            drawn.letter(' ', place(area.x1, word.base), 0.0, size, turn);
        }
    }
}

/// The ruling lines of a page. A recogniser draws an upright line through all rows of a table; where a word stands across it
/// there is none: a cell reaches over it.
fn uncrossed(seen: &Seen) -> Vec<Area> {
    let upright = |r: &Area| r.y1 - r.y0 > r.x1 - r.x0;
    let levels: Vec<&Area> = seen.rules.iter().filter(|r| !upright(r)).collect();
    let mut out: Vec<Area> = Vec::new();
    for rule in &seen.rules {
        if !upright(rule) {
            out.push(*rule);
            continue;
        }
        let x = (rule.x0 + rule.x1) / 2.0;
        let mut gaps: Vec<(f32, f32)> = Vec::new();
        let mut gap = |y0: f32, y1: f32| {
            let middle = (y0 + y1) / 2.0;
            if !(rule.y0..=rule.y1).contains(&middle) {
                return;
            }
            let here = levels.iter().filter(|l| l.x0 <= x && x <= l.x1);
            let y: Vec<f32> = here.map(|l| (l.y0 + l.y1) / 2.0).collect();
            let above = y.iter().copied().filter(|y| *y < middle);
            let below = y.iter().copied().filter(|y| *y > middle);
            gaps.push((above.fold(rule.y0, f32::max), below.fold(rule.y1, f32::min)));
        };
        for (n, word) in seen.words.iter().enumerate() {
            let inside = word.size.max(1.0) * WITHIN;
            let Area { x0, x1, y0, y1 } = word.area;
            let barred = word.text.contains(['|', '[', ']', '¦']);
            if x0 + inside < x && x < x1 - inside && !barred {
                gap(y0, y1);
            }
            // Between two words of a line that only a blank parts there is no room for a border either.
            if let Some(next) = seen.words.get(n + 1)
                && next.line == word.line
                && (x1..=next.area.x0).contains(&x)
                && next.area.x0 - x1 < word.size * BLANK
                && !barred
            {
                gap(y0, y1);
            }
        }
        gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut from = rule.y0;
        for (begin, end) in gaps {
            if begin > from {
                out.push(Area {
                    y0: from,
                    y1: begin,
                    ..*rule
                });
            }
            from = from.max(end);
        }
        if from < rule.y1 {
            out.push(Area { y0: from, ..*rule });
        }
    }
    out
}

/// The word without what was read off a ruling line beside it.
fn cleaned<'w>(word: &'w Word, rules: &[Area]) -> Option<(&'w str, Area)> {
    let mut area = word.area;
    let mut text = word.text.trim();
    let bar = |c: char| matches!(c, '|' | '[' | ']' | '{' | '}' | '!' | '_' | '—' | '¦');
    let near = |x: f32| {
        rules.iter().any(|r| {
            let upright = r.y1 - r.y0 > r.x1 - r.x0;
            upright
                && r.y0 <= word.base
                && r.y1 >= word.area.y0
                && (x - (r.x0 + r.x1) / 2.0).abs() < NEAR * word.size.max(1.0)
        })
    };
    let count = text.chars().count().max(1) as f32;
    let step = (area.x1 - area.x0) / count;
    if near(area.x0) {
        let rest = text.trim_start_matches(bar);
        area.x0 += step * (text.chars().count() - rest.chars().count()) as f32;
        text = rest;
    }
    if near(area.x1) {
        let rest = text.trim_end_matches(|c| bar(c) && c != ']' && c != '!');
        area.x1 -= step * (text.chars().count() - rest.chars().count()) as f32;
        text = rest;
    }
    let lone = text.chars().all(|c| matches!(c, '|' | '¦' | '_'));
    (!text.is_empty() && !lone).then_some((text, area))
}
