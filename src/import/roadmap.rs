//! Plans as sources: takes a plan as printed, gives a `roadmap` with its bounds, columns, sections and rows, whose bodies
//! are entered in the directory. Must not drop a cell.

use chrono::NaiveDate;

use super::cells;
use super::found::{File, Title};
use super::line::Origin;
use super::list;
use super::make::Maker;
use super::period;
use super::plan::{Measure, Plan, Section};
use super::words::{one_line, person};
use super::yaml::{Fields, Node, escaped, yaml};
use crate::diag::catalog::import as say;
use crate::kinds::columns::is_mark;
use crate::model::check::is_person;
use crate::period::{self as periods, Plan as Window};

/// What bounds the periods of rows: the plan, and the stage in hand.
struct Stage {
    plan: Window,
    stage: Option<Window>,
}

impl Stage {
    fn window(&self) -> &Window {
        self.stage.as_ref().unwrap_or(&self.plan)
    }

    /// A heading's own period, or the years in its words.
    fn enter(&mut self, title: &str, period: Option<&str>) {
        let own = period
            .and_then(|p| periods::parse(&one_line(p), Some(&self.plan)).ok())
            .and_then(|p| {
                let to = p.to?;
                let from = p.from.unwrap_or(self.plan.from).min(to);
                Some(Window { from, to })
            });
        let named = own
            .or_else(|| periods::heading(title, Some(self.window())))
            .or_else(|| periods::heading(title, Some(&self.plan)));
        self.stage = named.or(self.stage);
    }
}

impl Maker<'_> {
    pub(super) fn plan(
        &mut self,
        title: &Title,
        plan: &Plan,
        file: &File,
        order: Option<(&str, Option<&str>)>,
        window: Option<&(Window, bool)>,
    ) -> (Option<String>, String) {
        let mut shown = self.hide(&title.text, &[]);
        if shown.is_empty() {
            shown = "План мероприятий".to_owned();
        }
        let id = self.named(("roadmap", "roadmap"), ("", "yaml"), &shown, order);
        let own = period::by_years(&title.text);
        let (bounds, sure) = match (own, window) {
            // What the order itself says of the project's days goes before the years of the title.
            (_, Some((w, true))) if own.is_none_or(|o| o.from <= w.to && w.from <= o.to) => {
                (*w, true)
            }
            (Some(own), _) => (own, true),
            (None, Some((w, sure))) => (*w, *sure),
            (None, None) => {
                use chrono::Datelike;
                let year = self.today.year();
                let day = |m, d| NaiveDate::from_ymd_opt(year, m, d).unwrap_or(self.today);
                (
                    Window {
                        from: day(1, 1),
                        to: day(12, 31),
                    },
                    false,
                )
            }
        };
        let origin = Origin {
            file: file.index,
            at: title.at,
        };
        if !sure {
            let value = format!(
                "{} – {}",
                crate::text::dates::short(bounds.from),
                crate::text::dates::short(bounds.to)
            );
            self.doubts
                .add(&say::PLAN_YEARS, origin, &[("value", &value)]);
        }
        let mut fields = self.head("roadmap", &shown, order, file);
        let about = self.hide(&title.about, &[]);
        fields.text("description", &about);
        let iso = |d: NaiveDate| Node::Bare(crate::text::dates::iso(d));
        fields.add(
            "plan",
            Node::flow_map([("from", iso(bounds.from)), ("to", iso(bounds.to))]),
        );
        let columns = plan.columns.iter().map(|(key, text)| {
            let text = self.hide(&one_line(text), &[]);
            (key.clone(), Node::text(text))
        });
        let columns: Vec<_> = columns.collect();
        fields.add("columns", Node::map(columns));
        let mut stage = Stage {
            plan: bounds,
            stage: None,
        };
        let bare =
            plan.sections.len() == 1 && plan.sections.first().is_some_and(|s| s.title.is_none());
        if bare {
            let rows = plan
                .sections
                .iter()
                .flat_map(|s| &s.rows)
                .map(|r| self.row(r, &stage, file.index))
                .collect();
            fields.add("rows", Node::List(rows));
        } else {
            let sections = self.sections(&plan.sections, &mut stage, file.index);
            fields.add("sections", Node::List(sections));
        }
        let note = self.hide(&plan.notes.join("\n"), &[]);
        fields.add("note", Node::text(escaped(&note)));
        let path = format!("{id}.yaml");
        self.push("roadmap", &path, yaml(&fields), origin, plan.count());
        (Some(id), shown)
    }

    fn sections(&mut self, list: &[Section], stage: &mut Stage, file: usize) -> Vec<Node> {
        let mut out = Vec::new();
        for section in list {
            let origin = Origin {
                file,
                at: section.at,
            };
            let before = stage.stage;
            let printed = section.title.as_deref().unwrap_or("Мероприятия");
            stage.enter(printed, section.period.as_deref());
            let mut s = Fields::default();
            s.opt("no", section.no.as_deref());
            let title = self.hide(&one_line(printed), &[]);
            s.text("title", &title);
            if let Some(text) = &section.period {
                let node = period::node(text, &stage.plan, origin, self.doubts);
                s.add("period", node);
            }
            let rows = section
                .rows
                .iter()
                .map(|r| self.row(r, stage, file))
                .collect();
            s.add("rows", Node::List(rows));
            let under = self.sections(&section.sections, stage, file);
            s.add("sections", Node::List(under));
            // «2021 год» on a line of its own stands above the sections that follow.
            if !section.rows.is_empty() || !section.sections.is_empty() {
                stage.stage = before;
            }
            out.push(s.map().from(origin));
        }
        out
    }

    fn row(&mut self, row: &Measure, stage: &Stage, file: usize) -> Node {
        let origin = Origin { file, at: row.at };
        let around: Vec<String> = [
            Some(&row.measure),
            row.indicator.as_ref(),
            row.result.as_ref(),
            row.responsible.as_ref(),
        ]
        .into_iter()
        .flatten()
        .cloned()
        .collect();
        let others = |own: &str| -> Vec<&str> {
            around
                .iter()
                .map(String::as_str)
                .filter(|t| *t != own)
                .collect()
        };
        let mut f = Fields::default();
        f.opt("no", row.no.as_deref());
        let measure = self.hide(&row.measure, &others(&row.measure));
        f.add(
            "measure",
            Node::text(escaped(if measure.is_empty() { "—" } else { &measure })),
        );
        for (name, text) in [
            ("period", &row.period),
            ("start", &row.start),
            ("finish", &row.finish),
        ] {
            if let Some(text) = text {
                let origin = Origin {
                    file,
                    at: row.period_at,
                };
                let node = period::node(text, stage.window(), origin, self.doubts);
                f.add(name, node);
            }
        }
        for (name, text) in [("indicator", &row.indicator), ("result", &row.result)] {
            if let Some(text) = text {
                let hidden = self.hide(text, &others(text));
                f.add(name, Node::text(escaped(&hidden)));
            }
        }
        if let Some(text) = &row.responsible {
            let origin = Origin {
                file,
                at: row.responsible_at,
            };
            let who = self.responsible(text, origin);
            f.add(
                "responsible",
                Node::Flow(who.into_iter().map(Node::text).collect()).from(origin),
            );
        }
        for (name, text) in &row.cells {
            // A mark is one only as it stands.
            let words = match is_mark(text) {
                true => text.clone(),
                false => escaped(&self.hide(text, &others(text))),
            };
            f.add(name.clone(), Node::text(words));
        }
        let inner: Vec<Node> = row.rows.iter().map(|r| self.row(r, stage, file)).collect();
        f.add("rows", Node::List(inner));
        f.map().from(origin)
    }

    /// The bodies of a cell, entered in the directory.
    pub(super) fn responsible(&mut self, cell: &str, origin: Origin) -> Vec<String> {
        let known = self.names.lined(origin.file).then_some(&self.known);
        let (parts, parted) = cells::split(cell, known);
        let mut out = Vec::new();
        for part in parts {
            let hidden = self.hide(&part, &[]);
            // A name alone stands in the nominative, whatever its form tells.
            let hidden = match self.names.school_word(&part, &hidden) {
                Some(word) => word.to_owned(),
                None => one_line(&hidden),
            };
            if !hidden.is_empty() && !out.contains(&hidden) {
                // A person needs no entry, and is none.
                let named = person(&hidden).is_some() && is_person(&hidden);
                match list::is_any_school(&hidden) {
                    true => self.directory.enter_as(
                        "Школы, которые участвуют в мероприятиях",
                        &hidden,
                        origin,
                    ),
                    false if named => {}
                    false => self.directory.enter(&hidden, origin),
                }
                out.push(hidden);
            }
        }
        if parted {
            let value = out.join("; ");
            self.doubts
                .add(&say::BODIES_SPLIT, origin, &[("value", &value)]);
        }
        out
    }
}
