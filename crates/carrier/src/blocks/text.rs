//! Plain text and Markdown, as people type them and as text recognition leaves them: takes text, gives blocks.
//! A table is lines with tabs, with pipes, or drawn with rules; every other line is a paragraph of its own (whether
//! two lines are one sentence only their words can tell, and that is not known here). Blank lines part tables: the
//! same table may go on on the next page.

use super::markup::{Piece, pieces};
use super::{
    Align, At, Block, Blocks, Cell, Format, Grid, Limits, Note, Noted, Paragraph, Part, Row,
};

/// More cells than this in one row are no table.
const MAX_COLUMNS: usize = 200;

struct Reader {
    out: Blocks,
    page: u32,
    tables: u32,
    left: u64,
    /// The next paragraph or row begins a page.
    fresh: bool,
    /// Columns of the table that ended just above, blank lines aside.
    above: Option<usize>,
    /// A line above opened `**` and did not close it.
    bold: bool,
}

/// One line: its number, and its text without the line end.
type Line<'a> = (u32, &'a str);

/// Reads a document.
pub(super) fn read(source: &str, format: Format, limits: &Limits) -> Blocks {
    let mut reader = Reader {
        out: Blocks::default(),
        page: u32::from(source.contains('\u{c}')),
        tables: 0,
        left: limits.max_fragments,
        fresh: false,
        above: None,
        bold: false,
    };
    let source = source.trim_start_matches('\u{feff}');
    if format == Format::Csv {
        reader.separated(source);
        return reader.out;
    }
    let lines: Vec<Line<'_>> = source
        .split('\n')
        .zip(1u32..)
        .map(|(text, number)| (number, text.strip_suffix('\r').unwrap_or(text)))
        .collect();
    let mut at = 0;
    while let Some((number, line)) = lines.get(at) {
        let kind = kind(line);
        let end = lines
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .position(|(_, l)| !kind.goes_on(l))
            .map_or(lines.len(), |n| at + 1 + n);
        let chunk = lines.get(at..end).unwrap_or_default();
        match kind {
            Kind::Blank => {
                for _ in line.matches('\u{c}') {
                    reader.next_page();
                }
                at += 1;
            }
            Kind::Piped => {
                reader.piped(chunk);
                at = end;
            }
            Kind::Tabbed => {
                reader.tabbed(chunk);
                at = end;
            }
            Kind::Prose => {
                let mut parts = line.split('\u{c}');
                if let Some(first) = parts.next() {
                    reader.prose(*number, first);
                }
                for part in parts {
                    reader.next_page();
                    reader.prose(*number, part);
                }
                at += 1;
            }
        }
        if reader.left == 0 {
            reader.note(
                Noted::Cut,
                At {
                    line: *number,
                    ..At::default()
                },
            );
            break;
        }
    }
    reader.out
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Blank,
    Piped,
    Tabbed,
    Prose,
}

impl Kind {
    /// Whether a table of this kind has `line` in it too.
    fn goes_on(self, line: &str) -> bool {
        match self {
            Kind::Piped => kind(line) == Kind::Piped,
            Kind::Tabbed => kind(line) == Kind::Tabbed,
            Kind::Blank | Kind::Prose => false,
        }
    }
}

fn kind(line: &str) -> Kind {
    let bare = line.trim_matches([' ', '\u{a0}', '\u{c}', '\t']);
    if bare.is_empty() {
        return Kind::Blank;
    }
    let pipes = bare
        .chars()
        .filter(|c| matches!(c, '|' | '│' | '║' | '┃'))
        .count();
    if bare.starts_with(['|', '│', '║', '┃']) && pipes >= 2
        || is_rule(bare) && bare.len() > 5 && !is_break(bare)
    {
        return Kind::Piped;
    }
    // Without outer pipes two inner ones make three columns, unless it is a formula or a phrase.
    if pipes >= 2 && !bare.contains('$') {
        return Kind::Piped;
    }
    // Trailing tabs are empty cells; one alone is a slip of the hand.
    let tabs = line.matches('\t').count();
    if tabs >= 2 || tabs == 1 && !line.ends_with('\t') {
        return Kind::Tabbed;
    }
    Kind::Prose
}

/// A line that only draws: `+---+---+`, `|:--|--:|`, `├──┼──┤`.
fn is_rule(line: &str) -> bool {
    let mut drawn = 0usize;
    for c in line.chars() {
        match c {
            '-' | '=' | '─' | '━' | '═' => drawn += 1,
            '+' | '|' | ':' | ' ' | '\t' => {}
            '\u{2500}'..='\u{257f}' => {}
            _ => return false,
        }
    }
    drawn >= 2
}

/// A line across the page, which parts nothing but sections: no corner in it.
fn is_break(line: &str) -> bool {
    !line.contains(['+', '|', ':']) && !line.chars().any(|c| ('\u{250c}'..='\u{257f}').contains(&c))
}

impl Reader {
    fn next_page(&mut self) {
        self.page = self.page.saturating_add(1);
        self.fresh = true;
    }

    fn note(&mut self, what: Noted, at: At) {
        self.out.notes.push(Note { what, at });
    }

    fn take(&mut self, count: usize) {
        self.left = self.left.saturating_sub(count as u64);
    }

    fn prose(&mut self, number: u32, line: &str) {
        self.paragraph(number, line, Align::Start);
    }

    fn paragraph(&mut self, number: u32, line: &str, align: Align) {
        let mut text = line.trim();
        if text.is_empty() || is_rule(text) && is_break(text) || is_fence(text) {
            return;
        }
        self.above = None;
        let at = At {
            page: self.page,
            line: number,
            ..At::default()
        };
        let mut paragraph = Paragraph {
            align,
            at,
            new_page: std::mem::take(&mut self.fresh),
            ..Paragraph::default()
        };
        while let Some(quoted) = text.strip_prefix("> ") {
            text = quoted.trim_start();
        }
        if let Some((level, rest)) = heading(text) {
            paragraph.heading = Some(level);
            text = rest;
        }
        if let Some((mark, rest)) = footnote(text) {
            paragraph.part = Part::Footnote(mark.to_owned());
            text = rest;
        }
        // Recognisers mark as an item of a list what has a printed number of its own.
        if let Some(rest) = text.strip_prefix("- ").or_else(|| text.strip_prefix("* "))
            && rest.split_whitespace().next().is_some_and(is_number)
        {
            text = rest.trim_start();
        }
        // Emphasis may open on one line and close on a later one.
        let mut bold = self.bold;
        let unmarked;
        if text.matches("**").count() % 2 == 1 {
            self.bold = !self.bold;
            bold = true;
            unmarked = text.replacen("**", "", 1);
            text = unmarked.trim();
        }
        for (index, piece) in pieces(text).into_iter().enumerate() {
            if piece.picture {
                self.note(Noted::Picture, at);
            }
            if piece.text.is_empty() {
                continue;
            }
            self.take(1);
            self.out.blocks.push(Block::Paragraph(Paragraph {
                text: piece.text,
                bold: piece.bold || bold,
                new_page: paragraph.new_page && index == 0,
                ..paragraph.clone()
            }));
        }
    }

    /// Lines with pipes between cells; rules between rows, where there are any, join the lines between them.
    fn piped(&mut self, lines: &[Line<'_>]) {
        let rules = lines.iter().filter(|(_, l)| is_rule(l.trim())).count();
        let drawn =
            rules >= 3 || rules == 2 && lines.first().is_some_and(|(_, l)| is_rule(l.trim()));
        let outer = lines
            .iter()
            .filter(|(_, l)| !is_rule(l.trim()))
            .all(|(_, l)| l.trim().starts_with(['|', '│', '║', '┃']));
        let mut rows: Vec<(u32, Vec<String>, bool)> = Vec::new();
        let mut fresh = true;
        for (number, line) in lines {
            let line = line.trim();
            if is_rule(line) {
                // The line below the head of a Markdown table.
                if !drawn
                    && rows.len() == 1
                    && let Some(first) = rows.first_mut()
                {
                    first.2 = true;
                }
                fresh = true;
                continue;
            }
            let cells = split(line, outer);
            match rows.last_mut() {
                Some((_, above, _)) if drawn && !fresh => {
                    for (index, cell) in cells.into_iter().enumerate() {
                        if cell.is_empty() {
                            continue;
                        }
                        match above.get_mut(index) {
                            Some(text) => join(text, &cell),
                            None => above.push(cell),
                        }
                    }
                }
                _ => rows.push((*number, cells, false)),
            }
            fresh = false;
        }
        if rows.len() == 1 && rows.first().is_some_and(|r| r.1.len() < 3) {
            let line = lines.iter().find(|(_, l)| !is_rule(l.trim()));
            if let Some((number, line)) = line {
                self.prose(*number, line);
            }
            return;
        }
        self.grid(rows);
    }

    /// Lines with tabs: a table, or paragraphs that somebody moved to the right or numbered by hand.
    fn tabbed(&mut self, lines: &[Line<'_>]) {
        let rows: Vec<(u32, Vec<String>, bool)> = lines
            .iter()
            .map(|(number, line)| {
                let cells = line
                    .trim_matches([' ', '\u{c}'])
                    .split('\t')
                    .map(|c| c.trim().to_owned())
                    .collect();
                (*number, cells, false)
            })
            .collect();
        let filled = |row: &[String]| row.iter().filter(|c| !c.is_empty()).count();
        let width = rows.iter().map(|r| r.1.len()).max().unwrap_or_default();
        let most = rows.iter().map(|r| filled(&r.1)).max().unwrap_or_default();
        let same = self.above.is_some_and(|above| above == width);
        // Two columns are a table under a head, or where three lines agree on them; a number before a clause is none.
        let headed = rows.first().is_some_and(|r| {
            r.1.iter()
                .any(|c| c.starts_with('№') || c.starts_with("N "))
        });
        let numbered = rows
            .iter()
            .any(|r| r.1.first().is_some_and(|c| is_number(c) || is_bullet(c)));
        let agreed = rows.len() >= 3 && !numbered && rows.iter().all(|r| filled(&r.1) == 2);
        let prose = most <= 1 || most == 2 && !headed && !agreed;
        if prose && !same || width > MAX_COLUMNS {
            for ((number, line), (_, cells, _)) in lines.iter().zip(&rows) {
                let right = cells.iter().take_while(|c| c.is_empty()).count() >= 2;
                let align = if right { Align::End } else { Align::Start };
                let text = match cells.first() {
                    Some(first) if is_number(first) || is_bullet(first) => cells
                        .iter()
                        .filter(|c| !c.is_empty())
                        .cloned()
                        .collect::<Vec<_>>()
                        .join(" "),
                    _ => (*line).to_owned(),
                };
                self.paragraph(*number, &text, align);
            }
            return;
        }
        self.grid(rows);
    }

    /// Values parted by commas, semicolons or tabs, quoted or not.
    fn separated(&mut self, source: &str) {
        let head = source.lines().next().unwrap_or_default();
        let separator = [';', '\t', ',']
            .into_iter()
            .max_by_key(|s| (head.matches(*s).count(), *s == ';'))
            .unwrap_or(';');
        let mut rows = Vec::new();
        let (mut row, mut cell, mut quoted) = (Vec::new(), String::new(), false);
        let (mut line, mut began) = (1u32, 1u32);
        let mut chars = source.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '"' if quoted && chars.peek() == Some(&'"') => {
                    chars.next();
                    cell.push('"');
                }
                '"' if quoted => quoted = false,
                '"' if cell.trim().is_empty() => {
                    cell.clear();
                    quoted = true;
                }
                '\n' if !quoted => {
                    row.push(std::mem::take(&mut cell).trim().to_owned());
                    rows.push((began, std::mem::take(&mut row), false));
                    line = line.saturating_add(1);
                    began = line;
                }
                '\r' if !quoted => {}
                c if c == separator && !quoted => {
                    row.push(std::mem::take(&mut cell).trim().to_owned())
                }
                c => {
                    if c == '\n' {
                        line = line.saturating_add(1);
                    }
                    cell.push(c);
                }
            }
        }
        if !cell.is_empty() || !row.is_empty() {
            row.push(cell.trim().to_owned());
            rows.push((began, row, false));
        }
        self.grid(rows);
    }

    fn grid(&mut self, rows: Vec<(u32, Vec<String>, bool)>) {
        let width = rows.iter().map(|r| r.1.len()).max().unwrap_or_default();
        let columns = rows
            .iter()
            .filter_map(|r| r.1.iter().rposition(|c| !c.is_empty()))
            .max()
            .map_or(0, |last| last + 1);
        if columns == 0 {
            return;
        }
        self.tables = self.tables.saturating_add(1);
        let table = At {
            page: self.page,
            line: rows.first().map_or(0, |r| r.0),
            table: self.tables,
            ..At::default()
        };
        let mut grid = Grid {
            columns: u32::try_from(columns).unwrap_or(u32::MAX),
            at: table,
            ..Grid::default()
        };
        for ((line, cells, head), number) in rows.into_iter().zip(1u32..) {
            let at = At {
                line,
                row: number,
                ..table
            };
            let mut row = Row {
                head,
                at,
                new_page: std::mem::take(&mut self.fresh),
                cells: Vec::new(),
            };
            for (text, column) in cells.iter().take(columns).zip(0u32..) {
                let at = At {
                    cell: column.saturating_add(1),
                    ..at
                };
                let paragraphs = self.cell(text, at);
                row.cells.push(Cell {
                    column,
                    paragraphs,
                    at,
                    ..Cell::default()
                });
            }
            self.take(row.cells.len());
            grid.rows.push(row);
        }
        self.out.blocks.push(Block::Table(grid));
        self.above = Some(width);
    }

    fn cell(&mut self, text: &str, at: At) -> Vec<Paragraph> {
        let mut out = Vec::new();
        for Piece {
            text,
            bold,
            picture,
        } in pieces(text)
        {
            if picture {
                self.note(Noted::Picture, at);
            }
            if !text.is_empty() {
                out.push(Paragraph {
                    text,
                    bold,
                    at,
                    ..Paragraph::default()
                });
            }
        }
        out
    }
}

/// The cells of a line with pipes, escaped ones aside.
fn split(line: &str, outer: bool) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        let pipe = matches!(c, '|' | '│' | '║' | '┃');
        if pipe && !escaped {
            cells.push(String::new());
        } else if let Some(last) = cells.last_mut() {
            last.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    if outer {
        cells.remove(0);
    }
    if cells.len() > 1 && cells.last().is_some_and(|c| c.trim().is_empty()) {
        cells.pop();
    }
    cells.into_iter().map(|c| c.trim().to_owned()).collect()
}

/// Puts the next line of a cell behind the one before.
fn join(text: &mut String, next: &str) {
    if text.ends_with('-') && text.chars().rev().nth(1).is_some_and(char::is_alphabetic) {
        text.push('\n');
    } else if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(next);
}

fn heading(text: &str) -> Option<(u8, &str)> {
    let rest = text.trim_start_matches('#');
    let level = text.len() - rest.len();
    let level = u8::try_from(level).ok().filter(|l| (1..=6).contains(l))?;
    Some((
        level,
        rest.strip_prefix(' ')?
            .trim()
            .trim_end_matches('#')
            .trim_end(),
    ))
}

fn footnote(text: &str) -> Option<(&str, &str)> {
    let (mark, rest) = text.strip_prefix("[^")?.split_once("]:")?;
    (!mark.is_empty() && mark.len() < 20).then_some((mark, rest.trim_start()))
}

fn is_fence(text: &str) -> bool {
    text.starts_with("```") && !text.contains(' ')
}

/// A number that a list or a clause begins with: `1.`, `2.3`, `4)`.
fn is_number(word: &str) -> bool {
    let bare = word.trim_end_matches(['.', ')']);
    !bare.is_empty()
        && bare.len() <= 12
        && bare.chars().all(|c| c.is_ascii_digit() || c == '.')
        && bare.starts_with(|c: char| c.is_ascii_digit())
        && (bare.len() < word.len() || bare.contains('.') || bare.len() <= 3)
}

fn is_bullet(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "•" | "*" | "·")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Blocks {
        super::read(source, Format::Text, &Limits::default())
    }

    fn table(block: Option<&Block>) -> Vec<Vec<String>> {
        match block {
            Some(Block::Table(grid)) => grid
                .rows
                .iter()
                .map(|r| r.cells.iter().map(Cell::text).collect())
                .collect(),
            other => panic!("{other:?}"),
        }
    }

    fn words(blocks: &Blocks) -> Vec<&str> {
        blocks
            .blocks
            .iter()
            .map(|b| match b {
                Block::Paragraph(p) => p.text.as_str(),
                Block::Table(_) => "(table)",
            })
            .collect()
    }

    #[test]
    fn tabs_make_rows_and_blank_lines_part_tables() {
        let blocks = read("№\tМера\tСрок\n1.\tСеминар\tмай\n\n\tучителей\t\n");
        assert_eq!(
            table(blocks.blocks.first()),
            [["№", "Мера", "Срок"], ["1.", "Семинар", "май"]]
        );
        assert_eq!(table(blocks.blocks.get(1)), [["", "учителей"]]);
    }

    #[test]
    fn tabs_that_indent_or_number_are_no_table() {
        let blocks = read(
            "\tВ соответствии с планом\n1.\tУтвердить план.\n2.\tНазначить куратора.\nДиректор\t\t\tИ. И. Иванова\n",
        );
        assert_eq!(words(&blocks).len(), 4, "{blocks:?}");
        assert_eq!(words(&blocks)[1], "1. Утвердить план.");
        let blocks = read("\t\t\tПриложение № 1\n\t\t\tк приказу\n");
        assert_eq!(words(&blocks), ["Приложение № 1", "к приказу"]);
    }

    #[test]
    fn pipes_with_a_head_and_without() {
        let blocks = read("| № | Мера |\n|---|:--|\n| 1 | а \\| б |\n");
        let Some(Block::Table(grid)) = blocks.blocks.first() else {
            panic!()
        };
        assert!(grid.rows[0].head && !grid.rows[1].head);
        assert_eq!(table(blocks.blocks.first())[1], ["1", "а | б"]);
    }

    #[test]
    fn rules_join_the_lines_between_them() {
        let source = "+---+--------+\n| № | Мера   |\n+---+--------+\n| 1 | обра-  |\n|   | зцовая |\n+---+--------+\n";
        let blocks = read(source);
        assert_eq!(
            table(blocks.blocks.first()),
            [["№", "Мера"], ["1", "обра-\nзцовая"]]
        );
        let source =
            "┌───┬──────┐\n│ № │ Мера │\n├───┼──────┤\n│ 1 │ а    │\n│   │ б    │\n└───┴──────┘\n";
        assert_eq!(
            table(read(source).blocks.first()),
            [["№", "Мера"], ["1", "а б"]]
        );
    }

    #[test]
    fn a_recognisers_list_mark_before_a_printed_number_goes() {
        let blocks = read("- 1. Утвердить\n- разработать\n# Заголовок\n---\n[^1]: сноска");
        assert_eq!(
            words(&blocks),
            ["1. Утвердить", "- разработать", "Заголовок", "сноска"]
        );
    }

    #[test]
    fn emphasis_over_lines_and_empty_cells() {
        let blocks = read("**Дорожная\nкарта**\nНазвание\t\t\t\n1\tа\tб\n");
        assert_eq!(words(&blocks), ["Дорожная", "карта", "(table)"]);
        let bold = |b: &Block| matches!(b, Block::Paragraph(p) if p.bold);
        assert!(blocks.blocks.iter().take(2).all(bold));
        assert_eq!(table(blocks.blocks.get(2)).len(), 2);
    }

    #[test]
    fn separated_values() {
        let blocks = super::read(
            "№;Мера\n1;\"два; \"\"слова\"\"\nи ещё\"\n",
            Format::Csv,
            &Limits::default(),
        );
        assert_eq!(
            table(blocks.blocks.first())[1],
            ["1", "два; \"слова\"\nи ещё"]
        );
    }
}
