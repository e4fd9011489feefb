//! Groups, indicators, schools that may be named and long texts as sources. Must not put what belongs to a list of
//! protected schools into any of them.

use std::collections::BTreeMap;

use super::found::{File, Paragraph, Title};
use super::line::Origin;
use super::list::School;
use super::make::Maker;
use super::table::Table;
use super::words::{self, fold, one_line};
use super::yaml::{Fields, Node, escaped, markdown, quoted, yaml};
use super::{group, indicator};
use crate::carrier::blocks::At;
use crate::text::slug;

/// Values by the words that they stand under.
type Pairs = Vec<(String, Node)>;

impl Maker<'_> {
    pub(super) fn group(
        &mut self,
        title: &Title,
        group: &group::Group,
        file: &File,
        order: Option<(&str, Option<&str>)>,
    ) -> (Option<String>, String) {
        let folded = fold(&title.text);
        let wanted = if folded.contains("рабоч") {
            "rabochaya-gruppa".to_owned()
        } else {
            slug(&title.text)
        };
        let mut shown = self.hide(&title.text, &[]);
        if shown.is_empty() {
            shown = "Состав группы".to_owned();
        }
        let id = self.named((&wanted, "gruppa"), ("groups/", "yaml"), &shown, order);
        let origin = Origin {
            file: file.index,
            at: title.at,
        };
        let mut fields = self.head("group", &shown, order, file);
        let about = self.hide(&title.about, &[]);
        fields.text("description", &about);
        let columns = group.columns.iter().map(|(key, text)| {
            let text = self.hide(text, &[]);
            (key.clone(), Node::text(text))
        });
        let columns: Vec<_> = columns.collect();
        fields.add("columns", Node::map(columns));
        let members = &group.members;
        let mut list = Vec::new();
        for member in members {
            let mut f = Fields::default();
            let hidden = [
                Some(&member.name),
                member.post.as_ref(),
                member.role.as_ref(),
                member.phone.as_ref(),
                member.note.as_ref(),
            ]
            .map(|t| t.map(|t| self.hide(t, &[])));
            let names = ["name", "post", "role", "phone", "note"];
            for (name, text) in names.into_iter().zip(hidden) {
                f.opt(name, text.as_deref());
            }
            for (key, text) in &member.cells {
                let text = self.hide(text, &[]);
                f.add(key.clone(), Node::text(escaped(&text)));
            }
            let many = member.post.as_deref().unwrap_or(&member.name);
            if words::person(&member.name).is_none() && super::cells::is_collective(many) {
                f.add("collective", Node::Bare("true".into()));
            }
            list.push(f.map().from(Origin {
                file: file.index,
                at: member.at,
            }));
        }
        fields.add("members", Node::List(list));
        let path = format!("groups/{id}.yaml");
        self.push("group", &path, yaml(&fields), origin, members.len());
        (Some(id), shown)
    }

    pub(super) fn indicators(
        &mut self,
        title: &Title,
        groups: &[indicator::Group],
        file: &File,
        order: Option<(&str, Option<&str>)>,
    ) -> (Option<String>, String) {
        let mut shown = self.hide(&title.text, &[]);
        if shown.is_empty() {
            shown = "Показатели".to_owned();
        }
        let id = self.named(("indicators", "indicators"), ("", "yaml"), &shown, order);
        let origin = Origin {
            file: file.index,
            at: title.at,
        };
        let mut fields = self.head("indicators", &shown, order, file);
        let about = self.hide(&title.about, &[]);
        fields.text("description", &about);
        let mut count = 0;
        let mut list = Vec::new();
        for group in groups {
            let mut g = Fields::default();
            let title = self.hide(&group.title, &[]);
            g.text("title", &title);
            let mut goals = Vec::new();
            let mut loose = Vec::new();
            for goal in &group.goals {
                let nodes: Vec<Node> = goal
                    .indicators
                    .iter()
                    .map(|i| self.indicator(i, file.index))
                    .collect();
                count += nodes.len();
                match &goal.title {
                    Some(title) => {
                        let title = self.hide(title, &[]);
                        goals.push(Node::map([
                            ("title", Node::text(title)),
                            ("indicators", Node::List(nodes)),
                        ]));
                    }
                    None => loose.extend(nodes),
                }
            }
            g.add("indicators", Node::List(loose));
            g.add("goals", Node::List(goals));
            list.push(g.map().from(Origin {
                file: file.index,
                at: group.at,
            }));
        }
        fields.add("groups", Node::List(list));
        let path = format!("{id}.yaml");
        self.push("indicators", &path, yaml(&fields), origin, count);
        (Some(id), shown)
    }

    pub(super) fn indicator(&mut self, i: &indicator::Indicator, file: usize) -> Node {
        let mut f = Fields::default();
        let name = self.hide(&i.name, &[]);
        f.text("name", &name);
        let source = i.source.join(". ");
        let (mut planned, mut values): (Pairs, Pairs) = (Vec::new(), Vec::new());
        for value in i.values.iter().filter(|v| !v.text.is_empty()) {
            let folded = fold(&value.head);
            let plan = ["план", "прогноз", "целев"]
                .iter()
                .any(|w| folded.contains(w));
            let into = if plan { &mut planned } else { &mut values };
            let mut name = year(&value.head, value.year);
            // Two columns for one year: each under its printed head.
            if into.iter().any(|(n, _)| *n == name) {
                name = quoted(&value.head);
            }
            let text = self.hide(&value.text, &[]);
            into.push((name, Node::text(text)));
        }
        let source = self.hide(&source, &[]);
        f.text("source", &source);
        f.opt("frequency", i.frequency.as_deref());
        f.opt("formula", i.formula.as_deref());
        f.opt("dynamics", i.dynamics.as_deref());
        let mut variables = Vec::new();
        for (symbol, meaning) in &i.variables {
            let meaning = self.hide(meaning, &[]);
            variables.push(Node::map([
                ("symbol", Node::text(symbol)),
                ("meaning", Node::text(meaning)),
            ]));
        }
        f.add("variables", Node::List(variables));
        let target = i.target.as_deref().map(|t| self.hide(&one_line(t), &[]));
        f.opt("target", target.as_deref());
        let who = i.responsible.as_deref().map(|t| self.hide(t, &[]));
        f.opt("responsible", who.as_deref());
        f.opt("unit", i.unit.as_deref());
        let base = i.base.as_deref().map(|t| self.hide(t, &[]));
        f.opt("base", base.as_deref());
        f.add("planned", Node::flow_map(planned));
        f.add("values", Node::flow_map(values));
        f.map().from(Origin { file, at: i.at })
    }

    /// A list of schools that may be named: a document with its table.
    pub(super) fn public(
        &mut self,
        title: &Title,
        schools: &[School],
        table: Option<&Table>,
        file: &File,
        order: Option<(&str, Option<&str>)>,
    ) -> (Option<String>, String) {
        let mut shown = self.hide(&title.text, &[]);
        if shown.is_empty() {
            shown = "Школы-партнёры".to_owned();
        }
        let wanted = ("shkoly-partnery", "shkoly-partnery");
        let id = self.named(wanted, ("documents/", "md"), &shown, order);
        let origin = Origin {
            file: file.index,
            at: title.at,
        };
        let fields = self.head("document", &shown, order, file);
        let mut paragraphs = Vec::new();
        if !title.about.is_empty() {
            paragraphs.push((escaped(&self.hide(&title.about, &[])), origin));
        }
        match table {
            Some(table) => paragraphs.push((
                self.table(table),
                Origin {
                    file: file.index,
                    at: table.at,
                },
            )),
            None => {
                for school in schools {
                    let name = self.hide(&school.name, &[]);
                    paragraphs.push((
                        format!("- {}", escaped(&name)),
                        Origin {
                            file: file.index,
                            at: school.at,
                        },
                    ));
                }
            }
        }
        let path = format!("documents/{id}.md");
        self.push(
            "document",
            &path,
            markdown(&fields, &paragraphs),
            origin,
            schools.len(),
        );
        (Some(id), shown)
    }

    /// A long text with its tables.
    pub(super) fn text(
        &mut self,
        list: &[(Paragraph, At)],
        file: &File,
        order: Option<(&str, Option<&str>)>,
        paths: &BTreeMap<usize, (String, String)>,
    ) -> (Option<String>, String) {
        let mut title = String::new();
        let mut begin = 0;
        for (index, (paragraph, _)) in list.iter().enumerate().take(4) {
            // «Сентябрь» above the first points heads them, and is no part of the title.
            let heads = index > 0
                && match (paragraph, list.get(index + 1)) {
                    (Paragraph::Heading(text), _)
                        if words::month_number(text).is_some() || words::marked(text).is_some() =>
                    {
                        true
                    }
                    (Paragraph::Heading(_), Some((Paragraph::Words(next), _))) => {
                        words::marked(next).is_some()
                    }
                    _ => false,
                };
            match paragraph {
                _ if heads => break,
                Paragraph::Heading(text) if title.chars().count() + text.chars().count() < 300 => {
                    if !title.is_empty() {
                        title.push(' ');
                    }
                    title.push_str(text);
                    begin = index + 1;
                }
                // Nothing sets the title off but where it stands.
                Paragraph::Words(text)
                    if index == 0
                        && list.len() > 1
                        && text.chars().count() < 200
                        && !text.ends_with(['.', ';', ':', ','])
                        && words::marked(text).is_none() =>
                {
                    title.push_str(text);
                    begin = 1;
                    break;
                }
                _ => break,
            }
        }
        if title.is_empty() {
            title = file
                .order
                .as_ref()
                .map(|o| o.subject.clone())
                .filter(|s| !s.is_empty())
                .unwrap_or_else(|| "Документ".to_owned());
        }
        let title = self.hide(&super::section::plain(&title), &[]);
        let wanted = (&*slug(&title), "dokument");
        let id = self.named(wanted, ("documents/", "md"), &title, order);
        let fields = self.head("document", &title, order, file);
        let mut paragraphs: Vec<(String, Origin)> = Vec::new();
        for (paragraph, at) in list.get(begin..).unwrap_or_default() {
            let origin = Origin {
                file: file.index,
                at: *at,
            };
            match paragraph {
                Paragraph::Heading(text) => {
                    let text = self.hide(&super::section::plain(text), &[]);
                    paragraphs.push((
                        format!("## {}", escaped(&one_line(&text)).trim_start_matches('\\')),
                        origin,
                    ));
                }
                Paragraph::Words(text) => {
                    let text = escaped(&self.hide(text, &[]));
                    let item = words::marked(&text).is_some();
                    match paragraphs.last_mut() {
                        // Items of a list stand together.
                        Some((above, _))
                            if item
                                && words::marked(above.rsplit('\n').next().unwrap_or_default())
                                    .is_some() =>
                        {
                            above.push('\n');
                            above.push_str(&text);
                        }
                        _ => paragraphs.push((text, origin)),
                    }
                }
                Paragraph::Table(table) => {
                    let text = self.table(table);
                    paragraphs.push((text, origin));
                }
                Paragraph::Elsewhere(index) => {
                    if let Some((id, title)) = paths.get(index) {
                        let path = self
                            .made
                            .iter()
                            .rev()
                            .find(|m| {
                                m.path.ends_with(&format!("/{id}.yaml"))
                                    || m.path.ends_with(&format!("/{id}.md"))
                            })
                            .map(|m| m.path.clone());
                        let prefix = format!("content/{}/", self.section);
                        if let Some(path) = path.as_deref().and_then(|p| p.strip_prefix(&prefix)) {
                            paragraphs.push((
                                format!("[{}]({path})", escaped(title).replace(['[', ']'], "")),
                                origin,
                            ));
                        }
                    }
                }
            }
        }
        let origin = Origin {
            file: file.index,
            at: list.first().map(|l| l.1).unwrap_or_default(),
        };
        let path = format!("documents/{id}.md");
        let count = paragraphs.len();
        self.push(
            "document",
            &path,
            markdown(&fields, &paragraphs),
            origin,
            count,
        );
        (Some(id), title)
    }

    /// A table as Markdown draws it.
    pub(super) fn table(&mut self, table: &Table) -> String {
        let mut out = String::new();
        let head = table.head();
        let to = head.as_ref().map_or(1, |h| h.to.max(1));
        // Rows above the head are no part of the drawing, and are not lost.
        for row in table.rows.iter().take(head.as_ref().map_or(0, |h| h.from)) {
            let cells = row.filled().into_iter().map(|c| one_line(row.own(c)));
            let text = cells.collect::<Vec<_>>().join(" ");
            out.push_str(&escaped(&self.hide(&text, &[])));
            out.push_str("\n\n");
        }
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let rule = format!("|{}\n", " --- |".repeat(table.width.max(1)));
        if let Some(head) = &head {
            let cells = head
                .texts
                .iter()
                .map(|t| cell(&self.hide(t, &[])))
                .collect();
            out.push_str(&line(cells));
        } else if let Some(first) = table.rows.first() {
            let cells = (0..table.width)
                .map(|c| cell(&self.hide(first.own(c), &[])))
                .collect();
            out.push_str(&line(cells));
        }
        out.push_str(&rule);
        for row in table.rows.iter().skip(to) {
            let around: Vec<&str> = (0..table.width).map(|c| row.own(c)).collect();
            let cells = (0..table.width)
                .map(|c| cell(&self.hide(row.own(c), &around)))
                .collect();
            out.push_str(&line(cells));
        }
        out
    }
}

/// The year of a head, or the two of a school year.
fn year(head: &str, first: i32) -> String {
    let digits: String = head
        .chars()
        .skip_while(|c| !c.is_ascii_digit())
        .take_while(|c| c.is_ascii_digit() || matches!(c, '/' | '-' | '–'))
        .collect();
    match digits
        .split(['/', '-', '–'])
        .nth(1)
        .filter(|d| !d.is_empty())
    {
        Some(next) => format!("{first}/{next}"),
        None => first.to_string(),
    }
}

/// A cell of a Markdown table.
fn cell(text: &str) -> String {
    escaped(text).replace('|', "\\|").replace('\n', " ")
}
