//! Source files as text to begin with: fields with their examples, meanings as comments.
//!
//! Takes a [`Blank`]; gives YAML, or Markdown with its front matter. Must not say anything of a kind that its description
//! does not say.

use std::fmt::Write;

use super::blank::{Blank, in_marks};
use super::head::HeadForm;
use super::shape::{Choose, Field, Shape, Shaped, Shown, Type, Words};

/// A flow map longer than this is written in lines.
const WIDE: usize = 110;
/// No line with a comment is longer.
const LINE: usize = 120;
/// Comments of lines shorter than the last of these stand in one column.
const COLUMNS: std::ops::RangeInclusive<usize> = 30..=46;

/// A new file. `schema` is the path by which an editor finds the schema of its kind.
pub fn new(blank: &Blank, schema: &str) -> String {
    let mut sheet = Sheet::new(false);
    sheet.document(blank);
    let named = match blank.kind() {
        Some(kind) if blank.file.contains(&format!("/{}/", kind.about().folder)) => {
            " (имя файла войдёт в адрес)"
        }
        _ => "",
    };
    let intro = format!(
        "# yaml-language-server: $schema={schema}\n# {}. Место файла: {}{named}\n",
        blank.about, blank.file
    );
    let fields = sheet.print();
    match blank.text {
        Some(text) => {
            let (text, end) = text.split_at(text.trim_end().len());
            format!("---\n{intro}{fields}---\n{}{end}", in_marks(text))
        }
        None => format!("{intro}{fields}"),
    }
}

/// Everything that may stand in such a file, for the documentation.
pub fn full(blank: &Blank) -> String {
    let mut sheet = Sheet::new(true);
    sheet.document(blank);
    match blank.text {
        Some(_) => format!("---\n{}---\nТекст.\n", sheet.print()),
        None => sheet.print(),
    }
}

/// The value of a field as it may be written on one line.
pub fn inline(field: &Field) -> String {
    written(field, false)
}

/// The same; with `marked`, free text that has to be replaced stands in the marks of templates.
fn written(field: &Field, marked: bool) -> String {
    let marked = marked && field.shown == Shown::Live;
    let values: Vec<String> = match field.example {
        [] => vec![placeholder(field.is)],
        [list] if list.starts_with('[') => return (*list).to_owned(),
        given => given
            .iter()
            .map(|text| value(field.is, text, marked))
            .collect(),
    };
    if field.many {
        format!("[{}]", values.join(", "))
    } else {
        values.concat()
    }
}

/// Lines of YAML, each with what is to be said of it.
struct Sheet {
    lines: Vec<(String, String)>,
    /// Everything that there is, instead of what a new file has.
    full: bool,
    /// Shapes that were written: one that comes again is not written again.
    seen: Vec<&'static str>,
}

impl Sheet {
    fn new(full: bool) -> Self {
        Sheet {
            lines: Vec::new(),
            full,
            seen: Vec::new(),
        }
    }

    fn document(&mut self, blank: &Blank) {
        if blank.kind().is_some() {
            self.say(0, &format!("kind: {}", blank.word), "");
        }
        for (name, given) in blank.head {
            let Some(field) = HeadForm::SHAPE.field(name) else {
                continue;
            };
            let must =
                *name == "title" && self.full && blank.kind().is_some_and(|k| k.about().titled);
            let means = match (must, given.is_empty()) {
                (true, _) => format!("* {}", field.means),
                (false, true) => field.means.to_owned(),
                (false, false) => String::new(),
            };
            let text = match *given {
                "" => inline(field),
                given => value(field.is, given, !self.full),
            };
            let hidden = if given.is_empty() && !self.full {
                "# "
            } else {
                ""
            };
            self.say(0, &format!("{hidden}{name}: {text}"), &means);
        }
        let shape = (blank.shape)();
        for field in shape.fields {
            if blank.own.is_none_or(|own| own.contains(&field.name)) {
                self.field(field, shape, 0);
            }
        }
        if let Some(day) = blank.published {
            self.say(0, &format!("published: {day}"), "");
        }
    }

    fn say(&mut self, depth: usize, code: &str, means: &str) {
        let code = format!("{}{code}", "  ".repeat(depth));
        self.lines.push((code, means.to_owned()));
    }

    /// Whether a field is written, and whether as a comment.
    fn shown(&self, field: &Field, shape: &Shape) -> Option<bool> {
        if self.full {
            return (field.shown != Shown::Never).then(|| later(field, shape));
        }
        match field.shown {
            _ if field.required => Some(false),
            Shown::Live | Shown::Keep => Some(false),
            Shown::Comment => Some(true),
            Shown::Plain if self.again(field) || later(field, shape) => None,
            Shown::Plain => field.is.shape().is_some_and(has_live).then_some(false),
            Shown::Docs | Shown::Never => None,
        }
    }

    /// Whether the shape of a field was written already.
    fn again(&self, field: &Field) -> bool {
        let shape = field.is.shape();
        shape.is_some_and(|shape| self.seen.contains(&shape.name))
    }

    fn field(&mut self, field: &'static Field, shape: &Shape, depth: usize) {
        let Some(hidden) = self.shown(field, shape) else {
            return;
        };
        let mut means = self.means(field);
        if self.full && field.required {
            means.insert_str(0, "* ");
        }
        let name = field.name;
        let again = self.again(field) && field.example.is_empty();
        if hidden || again {
            let mark = if hidden { "# " } else { "" };
            let text = if again {
                "[ … ]".to_owned()
            } else {
                inline(field)
            };
            self.say(depth, &format!("{mark}{name}: {text}"), &means);
            return;
        }
        match field.is {
            Type::Map(inner) if self.full || field.example.is_empty() => {
                self.map(field, inner(), depth, &means);
            }
            _ => self.example(field, depth, &means),
        }
    }

    /// A map, from the examples of its own fields.
    fn map(&mut self, field: &Field, inner: &'static Shape, depth: usize, means: &str) {
        let name = field.name;
        let flow = flow(inner, !self.full).filter(|flow| flow.chars().count() + 2 * depth <= WIDE);
        match (flow, field.many) {
            (Some(flow), false) => self.say(depth, &format!("{name}: {flow}"), means),
            (Some(flow), true) => {
                self.say(depth, &format!("{name}:"), means);
                self.say(depth + 1, &format!("- {flow}"), "");
            }
            (None, many) => {
                self.say(depth, &format!("{name}:"), means);
                self.seen.push(inner.name);
                let first = self.lines.len();
                let deeper = depth + 1 + usize::from(many);
                for field in inner.fields {
                    self.field(field, inner, deeper);
                }
                if many {
                    self.dash(first, deeper);
                }
            }
        }
    }

    /// Marks the first line that is no comment as the beginning of an item.
    fn dash(&mut self, first: usize, depth: usize) {
        let start = "  ".repeat(depth);
        let own = self.lines.iter_mut().skip(first);
        for (code, _) in own {
            if let Some(rest) = code.strip_prefix(&start)
                && !rest.starts_with(['#', ' '])
            {
                *code = format!("{}- {rest}", "  ".repeat(depth - 1));
                return;
            }
        }
    }

    /// A field with the examples that are given for it.
    fn example(&mut self, field: &Field, depth: usize, means: &str) {
        let name = field.name;
        let items = field.many && field.example.iter().any(|e| e.starts_with('{'));
        if !items {
            let text = written(field, !self.full);
            let mut lines = text.lines();
            let first = lines.next().unwrap_or("");
            self.say(depth, &format!("{name}: {first}"), means);
            for line in lines {
                self.say(depth, line, "");
            }
            return;
        }
        self.say(depth, &format!("{name}:"), means);
        for item in field.example {
            let item = if self.full {
                (*item).to_owned()
            } else {
                phrases_in_marks(item)
            };
            for (n, line) in item.lines().enumerate() {
                let mark = if n == 0 { "- " } else { "  " };
                self.say(depth + 1, &format!("{mark}{line}"), "");
            }
        }
    }

    /// The meaning of a field, with the words of a choice.
    fn means(&self, field: &Field) -> String {
        let mut means = field.means.to_owned();
        if let Some(Words::Choice(choices)) = field.is.words()
            && choices.len() > 1
        {
            let each: Vec<String> = choices
                .iter()
                .map(|c| match c.means {
                    "" => c.word.to_owned(),
                    means => format!("{} — {means}", c.word),
                })
                .collect();
            let plain = choices.iter().all(|c| c.means.is_empty());
            let joined = each.join(if plain { " | " } else { ", " });
            let _ = write!(means, ": {joined}");
        }
        means
    }

    fn print(&self) -> String {
        let column = self
            .lines
            .iter()
            .filter(|(_, means)| !means.is_empty())
            .map(|(code, _)| code.chars().count() + 2)
            .filter(|width| width <= COLUMNS.end())
            .max()
            .unwrap_or(0)
            .max(*COLUMNS.start());
        let mut out = String::new();
        for (code, means) in &self.lines {
            if means.is_empty() {
                let _ = writeln!(out, "{}", code.trim_end());
                continue;
            }
            let gap = column.saturating_sub(code.chars().count()).max(2);
            let width = code.chars().count() + gap + 2 + means.chars().count();
            if width <= LINE {
                let _ = writeln!(out, "{code}{}# {means}", " ".repeat(gap));
            } else {
                let indent = code.len() - code.trim_start().len();
                let _ = writeln!(out, "{}# {means}\n{code}", " ".repeat(indent));
            }
        }
        out
    }
}

/// Whether a field is an alternative to one before it.
fn later(field: &Field, shape: &Shape) -> bool {
    match shape.choose {
        Some(Choose::Any(names) | Choose::One(names)) => {
            names.iter().skip(1).any(|n| *n == field.name) && !field.shown.is_live()
        }
        None => false,
    }
}

fn has_live(shape: &'static Shape) -> bool {
    shape.fields.iter().any(|f| f.shown.is_live())
}

/// A map on one line, if all its fields are plain words with an example and nothing needs to be said of them.
fn flow(shape: &'static Shape, marked: bool) -> Option<String> {
    let plain = |field: &Field| {
        field.shown.is_live()
            && !field.many
            && matches!(field.is.words(), Some(words) if !matches!(words, Words::Choice(_)))
    };
    if !shape.fields.iter().all(plain) {
        return None;
    }
    let fields: Vec<String> = shape
        .fields
        .iter()
        .map(|f| format!("{}: {}", f.name, written(f, marked)))
        .collect();
    Some(format!("{{{}}}", fields.join(", ")))
}

/// An example as YAML: text is put in quotes, and in the marks of templates.
fn value(is: Type, text: &str, marked: bool) -> String {
    let quoted = text.starts_with(['"', '\'', '{', '[', '|']);
    match is.words() {
        Some(Words::Markdown) if marked && text.starts_with('|') => block_in_marks(text),
        _ if marked && text.starts_with('{') => phrases_in_marks(text),
        _ if quoted => text.to_owned(),
        Some(Words::Line | Words::Markdown) if marked && text.chars().any(char::is_alphabetic) => {
            format!("\"{}\"", in_marks(text))
        }
        Some(Words::Formula) => format!("'{text}'"),
        Some(Words::Line | Words::Markdown | Words::Period | Words::Link | Words::Site) => {
            format!("\"{text}\"")
        }
        _ => text.to_owned(),
    }
}

/// A map on one line: values of several words in the marks of templates.
fn phrases_in_marks(map: &str) -> String {
    let parts = map.split('"').enumerate().map(|(n, part)| {
        if n % 2 == 1
            && part.trim().contains(' ')
            && !part.contains(|c: char| c == '№' || c.is_ascii_digit())
        {
            in_marks(part)
        } else {
            part.to_owned()
        }
    });
    parts.collect::<Vec<_>>().join("\"")
}

/// A text of several lines in the marks of templates.
fn block_in_marks(block: &str) -> String {
    let start = block.find(char::is_alphabetic).unwrap_or(block.len());
    let (head, text) = block.split_at(start);
    let end = text.trim_end().len();
    let (text, tail) = text.split_at(end);
    format!("{head}{}{tail}", in_marks(text))
}

/// What stands for a value of which no example is given.
fn placeholder(is: Type) -> String {
    if let Type::Map(shape) = is {
        return flow(shape(), false).unwrap_or_else(|| "{ … }".to_owned());
    }
    match is.words() {
        Some(Words::Date) => "2025-01-15".to_owned(),
        Some(Words::Flag) => "true".to_owned(),
        Some(Words::Whole | Words::Decimal | Words::Year) => "1".to_owned(),
        Some(Words::Id) => "obrazets".to_owned(),
        Some(Words::Choice([first, ..])) => first.word.to_owned(),
        _ => "\"…\"".to_owned(),
    }
}
