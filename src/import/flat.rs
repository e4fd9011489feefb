//! A document made even: takes blocks, gives lines and tables whose cells all have a column, with the words as they
//! will be written out. Joins the hyphens of line ends and the pieces of a table that pages part. Must not decide what
//! anything is, and must not change a word: what looks wrong becomes a doubt.

use std::collections::{BTreeMap, BTreeSet};

use super::doubt::Doubts;
use super::line::{Line, Origin, is_title, stamp_begins};
use super::table::Table;
use super::words::{Mark, fold, marked, tidy};
use crate::carrier::blocks::{Align, At, Block, Blocks, Noted, Paragraph, Part};
use crate::diag::catalog::import as say;

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Item {
    Line(Line),
    Table(Table),
}

impl Item {
    pub(super) fn line(&self) -> Option<&Line> {
        match self {
            Item::Line(line) => Some(line),
            Item::Table(_) => None,
        }
    }
}

/// A whole file.
#[derive(Debug, Default)]
pub(super) struct Flat {
    pub items: Vec<Item>,
    /// Marks of foot notes and their texts.
    pub footnotes: BTreeMap<String, String>,
}

/// Makes the blocks of a file even. `lined`: its paragraphs are lines, whose sentences may go on on the next.
pub(super) fn flat(blocks: Blocks, file: usize, lined: bool, doubts: &mut Doubts) -> Flat {
    let mut speller = Speller::new(&blocks);
    for note in &blocks.notes {
        tell(&note.what, Origin { file, at: note.at }, doubts);
    }
    let mut out = Flat::default();
    for block in blocks.blocks {
        match block {
            Block::Paragraph(paragraph) => {
                if let Part::Footnote(mark) = &paragraph.part {
                    let text = speller.text(&paragraph.text);
                    out.footnotes
                        .entry(mark.clone())
                        .or_default()
                        .push_str(&text);
                    continue;
                }
                if paragraph.part == Part::Running || is_page_number(&paragraph.text) {
                    continue;
                }
                let line = self::line(paragraph, &mut speller);
                out.items.extend(parted(line).map(Item::Line));
            }
            Block::Table(grid) => {
                let table = Table::new(grid, &mut |text| speller.text(text));
                match table.layout() {
                    Some(lines) => out.items.extend(lines.into_iter().map(Item::Line)),
                    None => out.items.push(Item::Table(table)),
                }
            }
        }
    }
    superscripts(&mut out);
    out.items = joined(out.items);
    if lined {
        out.items = unwrapped(out.items, &mut speller);
    }
    for (at, word, kept) in speller.told {
        doubts.add(
            &say::HYPHEN,
            Origin { file, at },
            &[
                ("value", &word),
                ("kept", if kept { "@kept" } else { "@joined" }),
            ],
        );
    }
    out
}

fn line(paragraph: Paragraph, speller: &mut Speller) -> Line {
    speller.at = paragraph.at;
    let mut text = speller.text(&paragraph.text);
    if let Some(number) = &paragraph.number {
        text = format!("{} {text}", number.trim()).trim().to_owned();
    }
    Line {
        text,
        bold: paragraph.bold,
        align: paragraph.align,
        heading: paragraph.heading.is_some(),
        boxed: paragraph.part == Part::Box,
        new_page: paragraph.new_page,
        at: paragraph.at,
    }
}

/// The lines of a paragraph: a letterhead, a stamp or a title is often one paragraph with breaks in it.
fn parted(line: Line) -> impl Iterator<Item = Line> {
    let pieces: Vec<String> = line.text.split('\n').map(|t| t.trim().to_owned()).collect();
    pieces
        .into_iter()
        .filter(|t| !t.is_empty())
        .enumerate()
        .map(move |(index, text)| Line {
            text,
            new_page: line.new_page && index == 0,
            ..line.clone()
        })
}

/// Marks of foot notes as they are printed: `[^1]` becomes ¹, in texts and before the notes themselves.
fn superscripts(flat: &mut Flat) {
    if flat.footnotes.is_empty() {
        return;
    }
    let marks: Vec<(String, String)> = flat
        .footnotes
        .keys()
        .map(|mark| (format!("[^{mark}]"), superscript(mark)))
        .collect();
    let replace = |text: &mut String| {
        for (mark, sign) in &marks {
            if text.contains(mark.as_str()) {
                *text = text.replace(mark.as_str(), sign);
            }
        }
    };
    for item in &mut flat.items {
        match item {
            Item::Line(line) => replace(&mut line.text),
            Item::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|r| &mut r.cells) {
                    replace(&mut cell.text);
                }
            }
        }
    }
}

/// «12» → «¹²»; any other mark as it is.
pub(super) fn superscript(mark: &str) -> String {
    const SIGNS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    mark.chars()
        .map(|c| {
            let digit = c.to_digit(10).and_then(|d| usize::try_from(d).ok());
            digit.and_then(|d| SIGNS.get(d)).copied().unwrap_or(c)
        })
        .collect()
}

/// `12`, `– 3 –`, `стр. 4`
fn is_page_number(text: &str) -> bool {
    let bare = fold(text);
    let bare = bare
        .trim_start_matches("страница")
        .trim_start_matches("стр.")
        .trim_matches(['-', ' ', '.']);
    !bare.is_empty() && bare.len() <= 3 && bare.chars().all(|c| c.is_ascii_digit())
}

/// Pieces of one table that only a page parts become one.
fn joined(items: Vec<Item>) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for item in items {
        match (out.last_mut(), item) {
            (Some(Item::Table(above)), Item::Table(below)) => {
                if let Err(below) = above.join(below) {
                    out.push(Item::Table(*below));
                }
            }
            // «Продолжение таблицы» between two pieces says that they are one.
            (Some(Item::Table(_)), Item::Line(line))
                if fold(&line.text).starts_with("продолжение") && line.text.len() < 80 =>
                {}
            (_, Item::Table(below)) => {
                // A heading that a page set apart from its table: «4. Сопровождение» between two pieces.
                let heading = match out.as_slice() {
                    [.., Item::Table(_), Item::Line(line)] if is_heading(line) => {
                        Some(line.clone())
                    }
                    _ => None,
                };
                let at = out.len().checked_sub(2).filter(|_| heading.is_some());
                let first = at
                    .and_then(|at| out.get(at.checked_sub(1)?))
                    .and_then(Item::line)
                    .cloned();
                match (at.and_then(|at| out.get_mut(at)), heading) {
                    (Some(Item::Table(above)), Some(line))
                        if above.repeats(&below)
                            && (above.is_headed()
                                || first.as_ref().is_some_and(|f| is_like(f, &line))) =>
                    {
                        let mut taken = above.clone();
                        let headed = taken.is_headed();
                        if let Some(first) = first.as_ref().filter(|_| !headed) {
                            taken.headed(first);
                        }
                        taken.heading(&line);
                        match taken.join(below) {
                            Ok(()) => {
                                *above = taken;
                                out.pop();
                                if !headed && let Some(at) = at {
                                    out.remove(at - 1);
                                }
                            }
                            Err(below) => out.push(Item::Table(*below)),
                        }
                    }
                    (Some(Item::Table(above)), Some(line)) if above.follows(&below) => {
                        let mut taken = above.clone();
                        taken.heading(&line);
                        match taken.join(below) {
                            Ok(()) => {
                                *above = taken;
                                out.pop();
                            }
                            Err(below) => out.push(Item::Table(*below)),
                        }
                    }
                    _ => out.push(Item::Table(below)),
                }
            }
            (_, item) => out.push(item),
        }
    }
    out
}

/// Whether two lines head parts of one document: numbered in the same manner, or called the same.
fn is_like(a: &Line, b: &Line) -> bool {
    if [a, b].iter().any(|l| !is_heading(l)) {
        return false;
    }
    let kind = |l: &Line| {
        marked(&l.text).and_then(|m| match m.kind {
            Mark::Roman(_) => Some(0),
            Mark::Dotted(parts) => Some(parts.len()),
            _ => None,
        })
    };
    let word = |l: &Line| {
        let folded = fold(&l.text);
        [
            "раздел",
            "этап",
            "блок",
            "модуль",
            "направление",
            "задача",
            "часть",
        ]
        .into_iter()
        .find(|w| {
            folded
                .split(' ')
                .take(3)
                .any(|s| s.trim_matches(['.', ':']) == *w)
        })
    };
    kind(a).is_some() && kind(a) == kind(b) || word(a).is_some() && word(a) == word(b)
}

/// Whether a line between two pieces of a table may be a heading inside it.
fn is_heading(line: &Line) -> bool {
    line.text.chars().count() < 250
        && !line.text.ends_with(['.', ';', ','])
        && !stamp_begins(line)
        && !is_title(&line.text)
}

/// Lines of a text file that are one sentence become one paragraph.
fn unwrapped(items: Vec<Item>, speller: &mut Speller) -> Vec<Item> {
    let mut out: Vec<Item> = Vec::new();
    for item in items {
        if let (Some(Item::Line(above)), Item::Line(below)) = (out.last_mut(), &item)
            && goes_on(above, below)
        {
            if above.text.ends_with('-') && !above.text.ends_with(" -") {
                speller.at = above.at;
                above.text = speller.text(&format!("{}\n{}", above.text, below.text));
            } else {
                above.text.push(' ');
                above.text.push_str(&below.text);
            }
            continue;
        }
        out.push(item);
    }
    out
}

/// Whether `below` is the rest of the sentence in `above`: it begins small, and what stands above is long and open.
fn goes_on(above: &Line, below: &Line) -> bool {
    let small = below.text.chars().next().is_some_and(char::is_lowercase);
    let open = !above.text.ends_with(['.', ':', ';', '!', '?']);
    // «и)», «а)» begin an item of a list.
    small
        && open
        && above.text.chars().count() >= 45
        && super::words::marked(&below.text).is_none()
        && below.align != Align::End
}

/// Decides for each hyphen at a line's end whether it belongs to the word: as the document writes the word elsewhere.
struct Speller {
    known: BTreeMap<String, u32>,
    /// Parts of words with hyphens, and whole words: what may stand before and behind a hyphen of its own.
    parts: BTreeSet<String>,
    /// Whether the document breaks lines at hyphens of words more often than inside them.
    keeps: bool,
    at: At,
    told: Vec<(At, String, bool)>,
}

impl Speller {
    fn new(blocks: &Blocks) -> Self {
        let mut known = BTreeMap::new();
        let mut parts = BTreeSet::new();
        let mut cut = false;
        let mut count = |text: &str| {
            cut |= text.contains("-\n");
            // What stands at a break itself is no witness.
            for piece in text.split("-\n") {
                let words: Vec<&str> = piece
                    .split(|c: char| !(c.is_alphabetic() || c == '-'))
                    .collect();
                let inner = words.len().saturating_sub(1);
                for (at, word) in words.iter().enumerate() {
                    let edge = text.len() > piece.len() && (at == 0 || at == inner);
                    if word.chars().count() > 3 && !word.ends_with('-') && !edge {
                        let word = word.to_lowercase();
                        parts.extend(word.split('-').map(str::to_owned));
                        *known.entry(word).or_insert(0) += 1;
                    }
                }
            }
        };
        for block in &blocks.blocks {
            match block {
                Block::Paragraph(p) => count(&p.text),
                Block::Table(grid) => {
                    for cell in grid.rows.iter().flat_map(|r| &r.cells) {
                        for p in &cell.paragraphs {
                            count(&p.text);
                        }
                    }
                }
            }
        }
        if !cut {
            known.clear();
            parts.clear();
        }
        let mut speller = Speller {
            known,
            parts,
            keeps: false,
            at: At::default(),
            told: Vec::new(),
        };
        if cut {
            speller.keeps = speller.vote(blocks);
        }
        speller
    }

    /// Counts the breaks that the document itself decides.
    fn vote(&self, blocks: &Blocks) -> bool {
        let (mut kept, mut joined) = (0usize, 0usize);
        let mut count = |text: &str| {
            for (at, _) in text.match_indices("-\n") {
                let (before, after) = (text.get(..at), text.get(at + 2..));
                let (left, right) = sides(before.unwrap_or_default(), after.unwrap_or_default());
                let (left, right) = (left.to_lowercase(), right.to_lowercase());
                let seen = |word: String| self.known.contains_key(&word);
                if seen(format!("{left}-{right}"))
                    || is_compound(&left)
                    || is_pair(&left, &right)
                    || self.parted(&left, &right)
                {
                    kept += 1;
                } else if seen(format!("{left}{right}")) {
                    joined += 1;
                }
            }
        };
        for block in &blocks.blocks {
            match block {
                Block::Paragraph(p) => count(&p.text),
                Block::Table(grid) => grid
                    .rows
                    .iter()
                    .flat_map(|r| &r.cells)
                    .flat_map(|c| &c.paragraphs)
                    .for_each(|p| count(&p.text)),
            }
        }
        kept > joined
    }

    /// Whether both sides of a hyphen are words: «июнь-август», «школами-участницами».
    fn parted(&self, left: &str, right: &str) -> bool {
        const PREFIXES: [&str; 10] = [
            "пере",
            "пред",
            "само",
            "меж",
            "одно",
            "много",
            "вне",
            "после",
            "обще",
            "полу",
        ];
        let stem = |word: &str| word.chars().take(6).collect::<String>();
        let begun = |word: &str| {
            let stem = stem(word);
            stem.chars().count() == 6
                && self
                    .parts
                    .range(stem.clone()..)
                    .next()
                    .is_some_and(|p| p.starts_with(&stem))
        };
        let first = left.rsplit('-').next().unwrap_or(left);
        let plural =
            first.chars().count() >= 6 && (first.ends_with("ами") || first.ends_with("ями"));
        plural
            || super::words::month_number(first).is_some()
            || first.chars().count() >= 4
                && !PREFIXES.contains(&first)
                && (self.parts.contains(first) || begun(right))
    }

    fn text(&mut self, text: &str) -> String {
        let text = tidy(text);
        if !text.contains("-\n") {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some(at) = rest.find("-\n") {
            let (before, after) = (
                rest.get(..at).unwrap_or_default(),
                rest.get(at + 2..).unwrap_or_default(),
            );
            out.push_str(before);
            let (left, right) = sides(before, after);
            if left.is_empty() || right.is_empty() {
                out.push_str(if left.is_empty() { "-\n" } else { "- " });
            } else {
                let seen =
                    |word: String| self.known.get(&word.to_lowercase()).copied().unwrap_or(0);
                let (whole, hyphened) = (
                    seen(format!("{left}{right}")),
                    seen(format!("{left}-{right}")),
                );
                let small = right.chars().next().is_some_and(char::is_lowercase);
                let month = super::words::month_number(&format!("{left}{right}")).is_some();
                let kept = hyphened > whole
                    || !small
                    || whole == 0
                        && hyphened == 0
                        && !month
                        && (self.keeps
                            || is_compound(&left.to_lowercase())
                            || is_pair(&left.to_lowercase(), &right.to_lowercase())
                            || self.parted(&left.to_lowercase(), &right.to_lowercase()));
                if kept {
                    out.push('-');
                }
                if whole == 0 && hyphened == 0 {
                    let word = if kept {
                        format!("{left}-{right}")
                    } else {
                        format!("{left}{right}")
                    };
                    self.told.push((self.at, word, kept));
                }
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

/// The word before a break and the one behind it.
fn sides(before: &str, after: &str) -> (String, String) {
    let word = |c: &char| c.is_alphabetic() || *c == '-';
    let left: Vec<char> = before.chars().rev().take_while(word).collect();
    (
        left.into_iter().rev().collect(),
        after.chars().take_while(word).collect(),
    )
}

/// First parts of words that are written with a hyphen.
pub(super) fn is_compound(left: &str) -> bool {
    // «естественно-», «социально-»: adverbs of their own length.
    if left.ends_with("енно") || left.ends_with("ально") {
        return true;
    }
    const FIRST: [&str; 34] = [
        "информационно",
        "организационно",
        "научно",
        "учебно",
        "социально",
        "психолого",
        "нормативно",
        "контрольно",
        "материально",
        "практико",
        "проблемно",
        "проектно",
        "опытно",
        "физкультурно",
        "художественно",
        "хозяйственно",
        "рабоче",
        "мастер",
        "онлайн",
        "офлайн",
        "интернет",
        "веб",
        "кейс",
        "тренинг",
        "семинар",
        "школ",
        "школа",
        "школы",
        "план",
        "медико",
        "культурно",
        "консультационно",
        "по",
        "из",
    ];
    FIRST.contains(&left)
}

/// Whether a noun that stands whole before a hyphen goes on with another noun: «учителя-предметники». Three letters
/// behind it would be its own end: «учителя-ми».
fn is_pair(left: &str, right: &str) -> bool {
    const STEMS: [&str; 12] = [
        "учител",
        "педагог",
        "методист",
        "психолог",
        "тьютор",
        "специалист",
        "руководител",
        "классн",
        "школ",
        "наставник",
        "семинар",
        "эксперт",
    ];
    const ENDS: [&str; 16] = [
        "ь", "я", "и", "ы", "а", "у", "ю", "ей", "ов", "ям", "ам", "ями", "ами", "ях", "ах", "",
    ];
    right.chars().count() >= 5
        && STEMS.iter().any(|stem| {
            left.strip_prefix(stem)
                .is_some_and(|end| ENDS.contains(&end))
        })
}

/// What the reader noted, as a doubt.
fn tell(what: &Noted, origin: Origin, doubts: &mut Doubts) {
    let (entry, word) = match what {
        Noted::HiddenText => (&say::LEFT_OUT, "@hidden-text"),
        Noted::HiddenRow => (&say::LEFT_OUT, "@hidden-row"),
        Noted::HiddenColumn => (&say::LEFT_OUT, "@hidden-column"),
        Noted::HiddenSheet(_) => (&say::LEFT_OUT, "@hidden-sheet"),
        Noted::Comments => (&say::LEFT_OUT, "@comments"),
        Noted::Picture => (&say::LEFT_OUT, "@picture"),
        Noted::Revisions => (&say::REVISIONS, ""),
        Noted::NoText => (&say::NO_TEXT, ""),
        Noted::Nested => (&say::UNCERTAIN, "@nested-table"),
        Noted::Uncomputed => (&say::UNCERTAIN, "@uncomputed"),
        Noted::Formula => (&say::UNCERTAIN, "@formula"),
        Noted::Layout => (&say::UNCERTAIN, "@layout"),
        Noted::Unmapped => (&say::UNCERTAIN, "@unmapped"),
        Noted::Cells => (&say::UNCERTAIN, "@cells"),
        Noted::Cut => (&say::LEFT_OUT, "@cut"),
        Noted::Encoding => (&say::UNCERTAIN, "@encoding"),
        Noted::Blind(_) => (&say::OCR_BLIND, ""),
        Noted::Recognised(unsure) if unsure.is_empty() => return,
        Noted::Recognised(unsure) => {
            doubts.add(&say::OCR_UNSURE, origin, &[("value", unsure)]);
            return;
        }
    };
    doubts.add(entry, origin, &[("what", word)]);
}
