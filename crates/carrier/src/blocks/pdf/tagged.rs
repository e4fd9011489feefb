//! A document that says itself what its parts are: takes the tree of its structure and what its pages draw, gives
//! paragraphs, headings and tables. Gives nothing where the tree does not hold most of what is drawn, or where its
//! tables contradict themselves.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::super::gather::Gather;
use super::super::{Align, At, Block, Cell, Grid, Noted, Paragraph, Part, Row};
use super::content::{Drawn, Letter, Mark};
use super::flow::{align, middle};
use super::line::{self, Line, Words};
use super::ruled::{self, Ruled};

const MAX_DEPTH: u32 = 60;
const MAX_NODES: usize = 1_000_000;

/// Parts that stand inside a paragraph.
const INLINE: [&[u8]; 18] = [
    b"Span",
    b"Link",
    b"Quote",
    b"Em",
    b"Strong",
    b"Code",
    b"Reference",
    b"BibEntry",
    b"Annot",
    b"Ruby",
    b"RB",
    b"RT",
    b"Warichu",
    b"NonStruct",
    b"Private",
    b"Sub",
    b"Form",
    b"Formula",
];

/// Reads a tagged document.
pub(super) fn read(
    document: &Document,
    ids: &[ObjectId],
    pages: &[Drawn],
    ruled: &[Vec<Ruled>],
    words: &Words,
    gather: &mut Gather,
) -> Option<Vec<Block>> {
    let catalog = document.catalog().ok()?;
    let root = catalog.get_deref(b"StructTreeRoot", document).ok()?;
    let root = root.as_dict().ok()?;
    let mut letters: BTreeMap<(usize, i64), Vec<Letter>> = BTreeMap::new();
    let mut drawn = 0usize;
    for (number, page) in pages.iter().enumerate() {
        for letter in page.letters.iter().filter(|l| l.mark != Mark::Artifact) {
            if let Mark::Id(id) = letter.mark {
                letters.entry((number, id)).or_default().push(*letter);
            }
            drawn += usize::from(!page.text(letter).trim().is_empty());
        }
    }
    let roles = root
        .get_deref(b"RoleMap", document)
        .and_then(Object::as_dict)
        .ok();
    let mut tree = Tree {
        document,
        numbers: ids.iter().enumerate().map(|(n, id)| (*id, n)).collect(),
        pages,
        ruled,
        words,
        letters,
        roles,
        gather,
        out: Vec::new(),
        open: Vec::new(),
        label: None,
        level: 0,
        heading: None,
        note: None,
        table: None,
        taken: 0,
        nodes: 0,
        seen: BTreeSet::new(),
        boxed: None,
        uneven: false,
    };
    let kids = root.get(b"K").ok()?;
    tree.kids(kids, None, 0);
    tree.flush();
    let enough = tree.taken * 10 >= drawn * 7 && tree.taken > 0;
    (enough && !tree.uneven).then_some(tree.out)
}

/// A table in hand.
#[derive(Default)]
struct Open {
    rows: Vec<Row>,
    /// Columns that cells from above still cover: column and rows left.
    covered: BTreeMap<u32, u32>,
    /// How many columns each row reaches over.
    widths: Vec<u32>,
    head: bool,
    at: At,
    caption: Option<String>,
}

struct Tree<'a, 'g> {
    document: &'a Document,
    numbers: BTreeMap<ObjectId, usize>,
    pages: &'a [Drawn],
    ruled: &'a [Vec<Ruled>],
    words: &'a Words,
    letters: BTreeMap<(usize, i64), Vec<Letter>>,
    roles: Option<&'a Dictionary>,
    gather: &'g mut Gather,
    out: Vec<Block>,
    /// Letters of the paragraph in hand, by page.
    open: Vec<(usize, Letter)>,
    label: Option<String>,
    level: u8,
    heading: Option<u8>,
    note: Option<String>,
    table: Option<Open>,
    taken: usize,
    nodes: usize,
    seen: BTreeSet<ObjectId>,
    /// Inside a cell: where on the page its letters stand.
    boxed: Option<Option<(usize, f32, f32)>>,
    /// The tree contradicts itself or what is drawn.
    uneven: bool,
}

impl<'a> Tree<'a, '_> {
    fn kids(&mut self, kids: &'a Object, page: Option<usize>, depth: u32) {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES || self.gather.left == 0 {
            return;
        }
        let object = match kids {
            Object::Reference(id) => {
                let known = self.document.get_dictionary(*id).is_ok_and(|d| d.has(b"S"));
                if known && !self.seen.insert(*id) {
                    return;
                }
                match self.document.get_object(*id) {
                    Ok(object) => object,
                    Err(_) => return,
                }
            }
            other => other,
        };
        match object {
            Object::Integer(id) => self.content(page, *id),
            Object::Array(all) => {
                for kid in all {
                    self.kids(kid, page, depth + 1);
                }
            }
            Object::Dictionary(d) => {
                let own = d
                    .get(b"Pg")
                    .and_then(Object::as_reference)
                    .ok()
                    .and_then(|id| self.numbers.get(&id).copied());
                let page = own.or(page);
                if let Ok(name) = d.get(b"S").and_then(Object::as_name) {
                    let role = self.role(name);
                    self.element(d, role, page, depth);
                } else if let Ok(id) = d.get(b"MCID").and_then(Object::as_i64) {
                    self.content(page, id);
                }
            }
            _ => {}
        }
    }

    /// The standard name that stands for a name of the document's own.
    fn role(&self, name: &'a [u8]) -> &'a [u8] {
        let mut name = name;
        for _ in 0..8 {
            let next = self
                .roles
                .and_then(|r| r.get(name).and_then(Object::as_name).ok());
            match next {
                Some(next) if next != name => name = next,
                _ => break,
            }
        }
        name
    }

    fn content(&mut self, page: Option<usize>, id: i64) {
        let Some(page) = page else { return };
        let letters = self.letters.remove(&(page, id)).unwrap_or_default();
        if let Some(drawn) = self.pages.get(page) {
            self.taken += letters
                .iter()
                .filter(|l| !drawn.text(l).trim().is_empty())
                .count();
        }
        // A cell whose letters stand in two cells of the drawing is not what it says.
        if let (Some(known), Some(first)) = (self.boxed, letters.first())
            && let Some(cell) = self.cell_of(page, first)
        {
            let here = (page, cell.x0, cell.y0);
            self.uneven |= known.is_some_and(|k| k.0 == page && k != here);
            self.boxed = Some(Some(here));
        }
        self.open.extend(letters.into_iter().map(|l| (page, l)));
    }

    fn element(&mut self, d: &'a Dictionary, role: &'a [u8], page: Option<usize>, depth: u32) {
        let kids = d.get(b"K").ok();
        let walk = |tree: &mut Self| {
            if let Some(kids) = kids {
                tree.kids(kids, page, depth + 1);
            }
        };
        if INLINE.contains(&role) {
            walk(self);
            return;
        }
        match role {
            b"Artifact" => {}
            b"Lbl" => {
                // What stood open belongs to the paragraph before the number.
                self.flush();
                walk(self);
                let open = std::mem::take(&mut self.open);
                let text = self.text(&open).0;
                match &mut self.note {
                    Some(mark) if mark.is_empty() => *mark = text,
                    _ => self.label = Some(text).filter(|t| !t.is_empty()),
                }
            }
            b"L" => {
                self.flush();
                self.level = self.level.saturating_add(1);
                walk(self);
                self.flush();
                self.level = self.level.saturating_sub(1);
            }
            b"H" | b"H1" | b"H2" | b"H3" | b"H4" | b"H5" | b"H6" | b"Title" => {
                self.flush();
                let level = role
                    .get(1)
                    .filter(|b| b.is_ascii_digit())
                    .map_or(1, |b| b - b'0');
                self.heading = Some(level);
                walk(self);
                self.flush();
                self.heading = None;
            }
            b"Note" | b"FENote" => {
                let (open, label) = (std::mem::take(&mut self.open), self.label.take());
                self.note = Some(String::new());
                walk(self);
                self.flush();
                self.note = None;
                (self.open, self.label) = (open, label);
            }
            b"Table" => self.table(kids, page, depth),
            b"THead" => {
                self.head(true);
                walk(self);
                self.head(false);
            }
            b"TR" => self.row(kids, page, depth),
            b"TH" | b"TD" if self.table.is_some() => self.cell(d, kids, page, depth),
            b"Caption" if self.table.is_some() => {
                walk(self);
                let open = std::mem::take(&mut self.open);
                let text = self.text(&open).0;
                if let Some(table) = &mut self.table {
                    table.caption = Some(text).filter(|t| !t.is_empty());
                }
            }
            b"Figure" => {
                self.gather.note(Noted::Picture);
                walk(self);
            }
            _ => {
                self.flush();
                walk(self);
                self.flush();
            }
        }
    }

    fn head(&mut self, head: bool) {
        if let Some(table) = &mut self.table {
            table.head = head;
        }
    }

    fn table(&mut self, kids: Option<&'a Object>, page: Option<usize>, depth: u32) {
        self.flush();
        let outer = self.table.take();
        let place = self.gather.place.take();
        let blocks = std::mem::take(&mut self.out);
        self.turn_to(page);
        let at = self.gather.table();
        self.table = Some(Open {
            at,
            ..Open::default()
        });
        if let Some(kids) = kids {
            self.kids(kids, page, depth + 1);
        }
        self.flush();
        let inner = std::mem::replace(&mut self.out, blocks);
        let table = std::mem::replace(&mut self.table, outer);
        self.gather.place = place;
        let Some(table) = table.filter(|t| !t.rows.is_empty()) else {
            return;
        };
        let columns = table.widths.iter().copied().max().unwrap_or(0);
        // Rows of the same table have the same columns, unless their merged cells were not told.
        let short = table.widths.iter().filter(|w| **w < columns).count();
        self.uneven |= short * 3 > table.widths.len();
        if self.table.is_some() {
            self.gather.note_at(Noted::Nested, table.at);
        }
        self.out.push(Block::Table(Grid {
            name: table.caption,
            columns,
            rows: table.rows,
            at: table.at,
        }));
        self.out.extend(inner);
    }

    fn row(&mut self, kids: Option<&'a Object>, page: Option<usize>, depth: u32) {
        self.flush();
        let Some(table) = &mut self.table else {
            return;
        };
        let at = At {
            row: number(table.rows.len() + 1),
            ..table.at
        };
        let head = table.head;
        table.rows.push(Row {
            at,
            head,
            ..Row::default()
        });
        if let Some(kids) = kids {
            self.kids(kids, page, depth + 1);
        }
        self.flush();
        if let Some(table) = &mut self.table {
            let own = table.rows.last().map_or(0, width);
            let above = table.covered.keys().last().map_or(0, |c| c + 1);
            table.widths.push(own.max(above));
            for left in table.covered.values_mut() {
                *left = left.saturating_sub(1);
            }
            table.covered.retain(|_, left| *left > 0);
        }
    }

    fn cell(
        &mut self,
        d: &'a Dictionary,
        kids: Option<&'a Object>,
        page: Option<usize>,
        depth: u32,
    ) {
        self.flush();
        let span = |name: &[u8]| self.attribute(d, name).unwrap_or(1).clamp(1, 1000);
        let (columns, rows) = (span(b"ColSpan"), span(b"RowSpan"));
        let Some(table) = &mut self.table else {
            return;
        };
        let Some(row) = table.rows.last() else {
            return;
        };
        let mut column = row
            .cells
            .iter()
            .map(|c| c.column + c.columns)
            .max()
            .unwrap_or(0);
        while table.covered.contains_key(&column) {
            column += 1;
        }
        if rows > 1 {
            for covered in column..column.saturating_add(columns) {
                // This row takes one away again when it ends.
                table.covered.insert(covered, rows);
            }
        }
        let place = At {
            cell: column.saturating_add(1),
            ..row.at
        };
        let blocks = std::mem::take(&mut self.out);
        self.gather.place = Some(place);
        self.boxed = Some(None);
        if let Some(kids) = kids {
            self.kids(kids, page, depth + 1);
        }
        self.flush();
        self.boxed = None;
        self.gather.place = None;
        self.gather.take();
        let inner = std::mem::replace(&mut self.out, blocks);
        let mut paragraphs = Vec::new();
        for block in inner {
            match block {
                Block::Paragraph(p) if p.part == Part::Body => paragraphs.push(p),
                other => self.out.push(other),
            }
        }
        let at = At {
            page: paragraphs.first().map_or(place.page, |p| p.at.page),
            ..place
        };
        if let Some(row) = self.table.as_mut().and_then(|t| t.rows.last_mut()) {
            if row.cells.is_empty() {
                row.at.page = at.page;
            }
            row.cells.push(Cell {
                column,
                columns,
                rows,
                paragraphs,
                at,
            });
        }
    }

    /// A number among the attributes of an element.
    fn attribute(&self, d: &Dictionary, name: &[u8]) -> Option<u32> {
        let of = |object: &Object| -> Option<u32> {
            let object = self.document.dereference(object).ok()?.1;
            let d = match object {
                Object::Stream(s) => &s.dict,
                other => other.as_dict().ok()?,
            };
            let value = d.get_deref(name, self.document).ok()?;
            u32::try_from(value.as_i64().ok()?).ok()
        };
        let attributes = d.get_deref(b"A", self.document).ok()?;
        match attributes {
            Object::Array(all) => all.iter().find_map(of),
            other => of(other),
        }
    }

    fn turn_to(&mut self, page: Option<usize>) {
        if let Some(page) = page {
            let wanted = number(page + 1);
            if self.gather.pages.number != wanted {
                self.gather.pages.number = wanted;
                self.gather.pages.fresh = true;
            }
        }
    }

    /// Ends the paragraph in hand.
    fn flush(&mut self) {
        let open = std::mem::take(&mut self.open);
        let label = self.label.clone();
        let page = open.first().map(|(p, _)| *p);
        let (text, lines) = self.text(&open);
        if text.is_empty() {
            // A number stays for the words behind it.
            return;
        }
        self.label = None;
        let mut text = text;
        // The mark of a note may stand in it without saying that it is one.
        if self.note.as_ref().is_some_and(String::is_empty)
            && let Some((mark, words)) = text.split_once(' ')
            && mark.chars().count() <= 3
        {
            self.note = Some(mark.chars().map(plain_digit).collect());
            text = words.to_owned();
        }
        self.turn_to(page);
        let new_page = self.gather.pages.read();
        let (left, right) = page
            .and_then(|p| self.pages.get(p))
            .map_or((0.0, 0.0), margins);
        let from = lines.iter().map(|l| l.x0).fold(f32::MAX, f32::min);
        let to = lines.iter().map(|l| l.x1).fold(f32::MIN, f32::max);
        let outside = self.table.is_none();
        let part = match &self.note {
            Some(mark) => Part::Footnote(mark.trim_end_matches(['.', ')']).to_owned()),
            None => Part::Body,
        };
        let paragraph = Paragraph {
            text,
            number: label,
            level: self.level.saturating_sub(1),
            heading: self.heading,
            bold: lines.iter().all(|l| l.bold),
            align: if outside {
                align(from, to, left, right)
            } else {
                Align::Start
            },
            part,
            new_page,
            at: At {
                page: self.gather.pages.number,
                ..At::default()
            },
        };
        self.gather.push(paragraph, &mut self.out);
    }

    /// The words of letters, and their lines.
    fn text(&self, open: &[(usize, Letter)]) -> (String, Vec<Line>) {
        let mut all: Vec<Line> = Vec::new();
        let mut text = String::new();
        for part in open.chunk_by(|a, b| a.0 == b.0) {
            let Some((page, first)) = part.first() else {
                continue;
            };
            let Some(drawn) = self.pages.get(*page) else {
                continue;
            };
            let letters: Vec<Letter> = part.iter().map(|(_, l)| l.straight()).collect();
            let lines = line::lines(drawn, &letters);
            let room = self
                .room(*page, first)
                .map(|(x0, x1)| line::inner(&lines, x0, x1));
            let mut above: Option<&Line> = None;
            for line in &lines {
                let item = line.text.starts_with(['-', '–', '—', '•'])
                    && text.ends_with([';', ':', '.', ',']);
                let small = line
                    .text
                    .starts_with(|c: char| c.is_lowercase() || ",;:.»)".contains(c));
                let ended = above.is_some_and(|a| match room {
                    Some((left, right)) => !line::full(a, line, left, right),
                    None => a.end == line::End::Bare && !small && !a.text.contains(' '),
                });
                if (item || ended) && !text.is_empty() {
                    text.push('\n');
                    text.push_str(&line.text);
                } else {
                    let right = room.map(|(_, right)| right);
                    let inside = above.is_some_and(|a| self.words.in_a_word(a, line, right));
                    line::join(&mut text, &line.text, inside);
                }
                above = Some(line);
            }
            all.extend(lines);
        }
        (text, all)
    }

    /// From where to where the cell reaches in which a letter stands.
    fn room(&self, page: usize, letter: &Letter) -> Option<(f32, f32)> {
        let cell = self.cell_of(page, letter).filter(|_| letter.turn == 0)?;
        Some((cell.x0, cell.x1))
    }

    /// The drawn cell in which a letter stands.
    fn cell_of(&self, page: usize, letter: &Letter) -> Option<&'a ruled::Box> {
        let (x, y) = middle(letter);
        self.ruled
            .get(page)?
            .iter()
            .flat_map(|t| &t.boxes)
            .find(|b| x >= b.x0 && x <= b.x1 && y >= b.y0 && y <= b.y1)
    }
}

/// «¹» → «1»
fn plain_digit(sign: char) -> char {
    let at = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|c| c == sign);
    at.and_then(|d| char::from_digit(u32::try_from(d).ok()?, 10))
        .unwrap_or(sign)
}

fn margins(page: &Drawn) -> (f32, f32) {
    let letters = page.letters.iter().filter(|l| l.mark != Mark::Artifact);
    let left = letters.clone().map(|l| l.x0).fold(f32::MAX, f32::min);
    let right = letters.map(|l| l.x1).fold(f32::MIN, f32::max);
    (left, right)
}

/// How many columns a row reaches over, by its last cell.
fn width(row: &Row) -> u32 {
    row.cells
        .iter()
        .map(|c| c.column.saturating_add(c.columns))
        .max()
        .unwrap_or(0)
}

fn number(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
