//! The first screen: what is due and late, what stops publication, what the guard replaced, who is guarded, when the site
//! was built.
//!
//! Takes the state of the site; gives HTML. Must not work out a state: duties, progress and findings do.

use std::collections::BTreeMap;

use super::html::{attr, esc, link, list, notice, to};
use super::make::{eyes, waits_for_eyes};
use super::{Desk, Ground, Page, label, look};
use crate::diag::catalog::coarsen::{NO_COUNT, NOT_LISTED, SECTION_TELLS};
use crate::diag::catalog::desk as words;
use crate::diag::catalog::model::NO_REGISTRY;
use crate::diag::message::fill;
use crate::diag::{Finding, Lang};
use crate::duties::{self, Item, ItemKind, State};
use crate::protection::review;
use crate::source;
use crate::tab::lacks;
use crate::text::dates;

/// So many of each list are shown at once.
const SHOWN: usize = 7;
/// And so many at all: nobody reads on, and the page would weigh megabytes.
const MOST: usize = 100;

impl Desk {
    pub(super) fn today(&self, ground: &Ground<'_>) -> Page {
        let lang = self.lang;
        let title = words::TODAY.of(lang).to_owned();
        let mut body = format!(
            "<h1>{}, {}</h1>",
            esc(&title),
            esc(&label::day(self.day.now(), lang))
        );
        body.push_str(&self.blocking(ground));
        body.push_str(&self.duties(ground, false));
        body.push_str(&self.guarded(ground));
        body.push_str(&self.published());
        if let Some(loaded) = ground.loaded {
            let sections: Vec<String> = loaded
                .book
                .parts
                .iter()
                .map(|part| {
                    let name = crate::site::head::short_title(&loaded.book, part);
                    let home = loaded.book.addresses.get(part.home).cloned().flatten();
                    let page = format!("{}{}", ground.site, home.as_deref().unwrap_or("/"));
                    format!(
                        "{} — {}",
                        link(&page, &name),
                        link(
                            &to("/new", &[("section", &part.folder)]),
                            words::NEW_DOCUMENT.of(lang)
                        )
                    )
                })
                .collect();
            body.push_str(&card(
                "sections",
                words::SECTIONS.of(lang),
                &list(&sections, SHOWN, words::MORE.of(lang)),
            ));
        }
        Page {
            status: 200,
            title,
            body,
        }
    }

    /// What stops publication.
    fn blocking(&self, ground: &Ground<'_>) -> String {
        let lang = self.lang;
        let one = |f: &Finding| {
            if f.code() == NO_REGISTRY.code {
                return format!(
                    "<p>{}</p><p>{}</p>",
                    esc(words::NO_GUARD.of(lang)),
                    link("#schools", words::ENTER_SCHOOL.of(lang))
                );
            }
            let said = esc(&look::told(f, ground, lang));
            let counted = [&SECTION_TELLS, &NOT_LISTED, &NO_COUNT];
            let more = match counted.iter().any(|entry| entry.code == f.code()) {
                true => format!("<p>{}</p>", link("#place", words::COUNT.of(lang))),
                false => String::new(),
            };
            format!("<p>{said}</p>{more}{}", place_of(f, ground, lang))
        };
        let errors = ground.findings.iter();
        let errors = errors.filter(|f| f.is_error() && !waits_for_eyes(f));
        let mut stops: Vec<String> = errors.map(one).collect();
        stops.extend(self.unseen(ground));
        let mut out = match stops.is_empty() {
            true => notice("good", words::NOTHING_STOPS.of(lang)),
            false => list(&stops, SHOWN, words::MORE.of(lang)),
        };
        let warnings: Vec<&Finding> = ground.findings.iter().filter(|f| !f.is_error()).collect();
        if !warnings.is_empty() {
            let items: Vec<String> = warnings.iter().take(100).map(|f| one(f)).collect();
            out.push_str(&format!(
                "<details><summary>{}: {}</summary>{}</details>",
                esc(words::WARNINGS.of(lang)),
                warnings.len(),
                list(&items, 30, words::MORE.of(lang))
            ));
        }
        card("stops", words::STOPS.of(lang), &out)
    }

    /// Files that wait until somebody has looked at them, or that may not be published: the preview asks a file only when
    /// it is opened, so they are asked here, each once.
    fn unseen(&self, ground: &Ground<'_>) -> Vec<String> {
        let lang = self.lang;
        let (Some(loaded), Some(guarding)) = (ground.loaded, ground.guarding) else {
            return Vec::new();
        };
        let of_guard = std::ptr::from_ref(guarding).addr();
        let before = std::mem::take(&mut self.session().looked);
        let mut now = BTreeMap::new();
        let mut items = Vec::new();
        for attachment in loaded
            .attached
            .iter()
            .filter_map(|i| loaded.book.attachments.get(*i))
        {
            let path = attachment.path.to_string();
            let stamp = (attachment.len, attachment.modified, of_guard);
            let known = before.get(&path).filter(|(old, _)| *old == stamp);
            let said = match known {
                Some((_, said)) => said.clone(),
                None => match review::look(&attachment.full, &self.root, guarding) {
                    Ok(look) if look.pictures > 0 && !look.recorded => format!(
                        "<p>{}</p>{}",
                        esc(&fill(
                            words::WAITS.of(lang),
                            &[("path", ground.mask(&path))]
                        )),
                        eyes(&path, &self.root, lang)
                    ),
                    Ok(_) => String::new(),
                    Err(found) => found
                        .iter()
                        .map(|f| format!("<p>{}</p>", esc(&look::told(f, ground, lang))))
                        .collect(),
                },
            };
            if !said.is_empty() {
                items.push(said.clone());
            }
            now.insert(path, (stamp, said));
        }
        self.session().looked = now;
        items
    }

    pub(super) fn duties(&self, ground: &Ground<'_>, wait: bool) -> String {
        let lang = self.lang;
        let Some(loaded) = ground.loaded else {
            return String::new();
        };
        // Asked of every row of every plan: once for each state of the site and each day.
        let now = (ground.number, self.day.now());
        if let Some((of, made)) = &self.session().duties
            && *of == now
        {
            return made.clone();
        }
        // The rest of the screen does not wait for it: the page asks for it again when it is shown.
        if !wait {
            return card(
                "duties",
                words::DUTIES.of(lang),
                &format!(
                    "<p data-later role=\"status\">{}</p>",
                    esc(words::COUNTING.of(lang))
                ),
            );
        }
        let tabs = lacks::all(&self.root, loaded);
        const STATES: [State; 3] = [State::Late, State::Due, State::NoRecord];
        let mut out = String::new();
        for first in duties::first(&loaded.book, &tabs, MOST, &STATES) {
            let (state, count) = (first.state, first.count);
            let said = match state {
                State::Late => words::LATE,
                State::Due => words::DUE,
                _ => words::NO_RECORD,
            };
            if count == 0 {
                continue;
            }
            let items: Vec<String> = first.items.iter().map(|i| duty(i, lang)).collect();
            let mut inner = list(&items, SHOWN, words::MORE.of(lang));
            if count > MOST {
                let args = [("n", (count - MOST).to_string())];
                inner.push_str(&notice("", &fill(words::NOT_SHOWN.of(lang), &args)));
            }
            let head = format!("{}: {count}", said.of(lang));
            // What nobody undertook to record is no alarm.
            out.push_str(&match state {
                State::NoRecord => format!(
                    "<details><summary>{}</summary>{inner}</details>",
                    esc(&head)
                ),
                _ => format!("<h3>{}</h3>{inner}", esc(&head)),
            });
        }
        if out.is_empty() {
            out = notice("good", words::NOTHING_DUE.of(lang));
        }
        let made = card("duties", words::DUTIES.of(lang), &out);
        self.session().duties = Some((now, made.clone()));
        made
    }

    /// Who is guarded, and what was replaced.
    fn guarded(&self, ground: &Ground<'_>) -> String {
        let lang = self.lang;
        let mut out = match ground.guarding {
            Some(guarding) => {
                let schools = guarding.registry().protected.len().to_string();
                notice("", &fill(words::UNDER_GUARD.of(lang), &[("n", schools)]))
            }
            None => notice("error", words::NO_GUARD.of(lang)),
        };
        if let Some(loaded) = ground.loaded {
            let mut places: BTreeMap<(&str, u32), usize> = BTreeMap::new();
            for replaced in &loaded.replacements {
                *places
                    .entry((&replaced.path, replaced.at.line))
                    .or_default() += 1;
            }
            let items: Vec<String> = places
                .keys()
                .map(|(path, line)| {
                    let number = line.to_string();
                    let shown = ground.mask(&format!("{path}, {line}"));
                    link(&to("/edit", &[("path", path), ("line", &number)]), &shown)
                })
                .collect();
            if !items.is_empty() {
                out.push_str(&format!(
                    "<details><summary>{}: {}</summary>{}</details>",
                    esc(words::REPLACED.of(lang)),
                    items.len(),
                    list(&items, 50, words::MORE.of(lang))
                ));
            }
        }
        out.push_str(&format!(
            "<details{}><summary>{}</summary><form data-school><label for=\"schools\">{}</label>\
             <textarea id=\"schools\" name=\"names\" rows=\"4\" autocomplete=\"off\" spellcheck=\"false\"></textarea>\
             <p class=\"hint\">{}</p><button type=\"submit\">{}</button><p class=\"outcome\" role=\"alert\" tabindex=\"-1\"></p></form></details>",
            if self.has_registry() { "" } else { " open" },
            esc(words::ENTER_SCHOOL.of(lang)),
            esc(words::SCHOOLS.of(lang)),
            esc(words::SCHOOLS_HINT.of(lang)),
            esc(words::ENTER.of(lang)),
        ));
        out.push_str(&match self.has_registry() {
            true => format!(
                "<details><summary>{}</summary><form data-count><p class=\"hint\">{}</p><label for=\"place\">{}</label>\
                 <input type=\"text\" id=\"place\" name=\"place\" required autocomplete=\"off\"><label for=\"number\">{}</label>\
                 <input type=\"text\" id=\"number\" name=\"number\" required inputmode=\"numeric\" autocomplete=\"off\">\
                 <p class=\"buttons\"><button type=\"submit\">{}</button></p><p class=\"outcome\" role=\"alert\" tabindex=\"-1\"></p></form></details>",
                esc(words::COUNT.of(lang)),
                esc(words::COUNT_HINT.of(lang)),
                esc(words::COUNT_PLACE.of(lang)),
                esc(words::COUNT_NUMBER.of(lang)),
                esc(words::ENTER.of(lang)),
            ),
            false => format!(
                "<form data-none><p class=\"buttons\"><button type=\"submit\" class=\"quiet\">{}</button></p>\
                 <p class=\"outcome\" role=\"alert\" tabindex=\"-1\"></p></form>",
                esc(words::NO_LIST.of(lang)),
            ),
        });
        card("guard", words::GUARD.of(lang), &out)
    }
}

impl Desk {
    fn has_registry(&self) -> bool {
        let place = match &self.registry {
            Some(path) => path.clone(),
            None => self.root.join(crate::import::registry::PATH),
        };
        place.exists() || crate::registry::crypt::sealed_beside(&place).exists()
    }
}

pub(super) fn card(id: &str, title: &str, inner: &str) -> String {
    format!(
        "<section class=\"card\" aria-labelledby=\"c-{0}\"><h2 id=\"c-{0}\">{1}</h2>{inner}</section>",
        attr(id),
        esc(title)
    )
}

/// Where a finding stands, as a link to its form; or in words, where there is none.
fn place_of(finding: &Finding, ground: &Ground<'_>, lang: Lang) -> String {
    let path = &*finding.location.path;
    let line = finding.location.span.map_or(1, |s| s.line);
    let shown = match finding.location.span {
        Some(span) => ground.mask(&format!("{path}:{}", span.line)),
        None => ground.mask(path),
    };
    let source = path.starts_with("content/") && !source::is_private(std::path::Path::new(path));
    let edited = path.ends_with(".yaml") || path.ends_with(".md");
    match source && edited {
        true => {
            let number = line.to_string();
            let href = to("/edit", &[("path", path), ("line", &number)]);
            format!(
                "<p>{} <span class=\"hint\">{}</span></p>",
                link(&href, words::MEND.of(lang)),
                esc(&shown)
            )
        }
        false if shown.is_empty() => String::new(),
        false => format!("<p class=\"hint\">{}</p>", esc(&shown)),
    }
}

/// One duty with what can be done about it.
fn duty(item: &Item, lang: Lang) -> String {
    let line = item.line.to_string();
    let who: Vec<&str> = item.who.iter().map(|w| w.printed.as_str()).collect();
    let due = item
        .due
        .map_or_else(String::new, |d| format!("{} ", dates::short(d)));
    let place = [("path", &*item.path), ("line", &*line)];
    let act = match item.kind {
        ItemKind::Measure | ItemKind::Assignment => {
            let href = to("/edit", &[place[0], place[1], ("add", "done")]);
            link(&href, words::RECORD.of(lang))
        }
        ItemKind::News => {
            let href = to("/new", &[("section", &item.section), ("kind", "news")]);
            link(&href, words::NEW_NEWS.of(lang))
        }
        _ => String::new(),
    };
    let what = crate::text::excerpt(&item.what, 160);
    // A school's own folder is no matter of the desk.
    let what = match source::is_private(std::path::Path::new(&*item.path)) {
        true => esc(&what),
        false => link(&to("/edit", &place), &what),
    };
    format!(
        "<p><strong>{}</strong>{} <span class=\"hint\">{}</span></p><p>{act}</p>",
        esc(&due),
        what,
        esc(&who.join(", ")),
    )
}
