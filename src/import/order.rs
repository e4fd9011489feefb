//! Orders: takes the lines down to the signature, gives the fields of an `order`. Clauses keep their printed numbers;
//! assignments are proposed where a clause says who does what. Must not repair a word, and must not name a day that the
//! text does not support without a doubt.

use chrono::NaiveDate;

use super::doubt::Doubts;
use super::line::{Line, Origin};
use super::parts::{act, is_command, signature};
use super::words::{Mark, day, days, fold, is_capitals, marked, month_number, one_line};
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;
use crate::model::period::{self, Plan};

/// An order as printed.
#[derive(Debug, Clone, Default)]
pub(super) struct Order {
    pub act: String,
    pub letterhead: Option<String>,
    pub date: Option<NaiveDate>,
    pub number: Option<String>,
    pub place: Option<String>,
    pub subject: String,
    pub basis: Option<String>,
    pub clauses: Vec<Clause>,
    pub control: Option<Control>,
    pub signed: Option<(String, String)>,
    pub at: At,
}

#[derive(Debug, Clone, Default)]
pub(super) struct Clause {
    pub no: Option<String>,
    pub text: String,
    pub assignment: Option<Assignment>,
    pub clauses: Vec<Clause>,
    pub at: At,
    level: u8,
}

#[derive(Debug, Clone)]
pub(super) struct Assignment {
    pub who: String,
    pub what: String,
    pub by: Option<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Control {
    pub text: String,
    pub who: Option<String>,
    pub kept: bool,
}

impl Order {
    /// Every clause, those under others too.
    pub(super) fn all(&self) -> Vec<&Clause> {
        fn deep<'a>(clauses: &'a [Clause], out: &mut Vec<&'a Clause>) {
            for clause in clauses {
                out.push(clause);
                deep(&clause.clauses, out);
            }
        }
        let mut out = Vec::new();
        deep(&self.clauses, &mut out);
        out
    }
}

/// Reads an order; `elsewhere` are other texts of the file in which its day may stand.
pub(super) fn order(lines: &[Line], elsewhere: &[&str], file: usize, doubts: &mut Doubts) -> Order {
    let mut order = Order::default();
    let mut lines = lines.to_vec();
    order.at = lines.first().map(|l| l.at).unwrap_or_default();
    sign(&mut lines, &mut order);
    let body = lines.iter().position(begins_clauses).unwrap_or(lines.len());
    let (head, clauses) = lines.split_at(body);
    head_fields(head, &mut order, elsewhere, file, doubts);
    let mut flat: Vec<Clause> = Vec::new();
    for line in clauses {
        clause(line, &mut flat);
    }
    let plan = order.date.and_then(|from| {
        Some(Plan {
            from,
            to: from.checked_add_months(chrono::Months::new(24))?,
        })
    });
    order.control = flat.iter().rev().find_map(control);
    order.clauses = nest(flat);
    for clause in &mut order.clauses {
        assign(clause, None, plan.as_ref(), file, doubts);
    }
    order
}

/// Takes the signature off the end.
fn sign(lines: &mut Vec<Line>, order: &mut Order) {
    let Some(last) = lines.last() else { return };
    let Some((mut post, name)) = signature(&last.text) else {
        return;
    };
    lines.pop();
    // The post stands above the name, on lines that end no sentence.
    while let Some(above) = lines.last() {
        let text = above.text.trim();
        let sentence = text.ends_with(['.', ';', ':']) && !text.ends_with("и.о.");
        if sentence || marked(text).is_some() || text.chars().count() > 140 || lines.len() < 4 {
            break;
        }
        let begins = text.chars().next().is_some_and(char::is_uppercase);
        post = if post.is_empty() {
            text.to_owned()
        } else {
            format!("{text} {post}")
        };
        lines.pop();
        if begins && is_post(&post) {
            break;
        }
    }
    order.signed = Some((post, name));
}

fn is_post(text: &str) -> bool {
    let folded = fold(text);
    [
        "директор",
        "начальник",
        "руководител",
        "министр",
        "глава",
        "председател",
        "заместител",
        "ректор",
        "и.о",
        "и. о",
        "исполня",
        "врио",
        "заведующ",
        "первый",
        "мэр",
    ]
    .iter()
    .any(|p| folded.starts_with(p))
}

/// The first clause: «1.» where a command or a preamble has come before.
fn begins_clauses(line: &Line) -> bool {
    match marked(&line.text) {
        Some(m) => match m.kind {
            Mark::Dotted(parts) => {
                parts == [1]
                    && !m.rest.is_empty()
                    && days(&line.text).first().is_none_or(|d| d.0.start > 2)
            }
            Mark::Bracket(1) | Mark::Roman(1) => !m.rest.is_empty(),
            _ => false,
        },
        None => false,
    }
}

fn head_fields(
    head: &[Line],
    order: &mut Order,
    elsewhere: &[&str],
    file: usize,
    doubts: &mut Doubts,
) {
    let act_at = head.iter().position(|l| act(&l.text).is_some());
    order.act = act_at
        .and_then(|a| head.get(a))
        .and_then(|l| act(&l.text))
        .unwrap_or("приказ")
        .to_owned();
    let letterhead: Vec<&str> = head
        .iter()
        .take(act_at.unwrap_or(0))
        .map(|l| l.text.as_str())
        .filter(|t| day(t).is_none())
        .collect();
    if !letterhead.is_empty() {
        order.letterhead = Some(letterhead.join(" "));
    }
    let mut subject: Vec<&str> = Vec::new();
    let mut basis: Vec<String> = Vec::new();
    let mut damaged: Option<(String, At)> = None;
    for (index, line) in head.iter().enumerate() {
        let text = line.text.trim();
        if Some(index) < act_at {
            if order.date.is_none() {
                date_and_number(text, order);
            }
            continue;
        }
        if is_command(text) && text.chars().filter(|c| c.is_alphabetic()).count() <= 16 {
            continue;
        }
        if !basis.is_empty() || is_preamble(text) {
            basis.push(without_command(text));
            continue;
        }
        if begins_subject(text) || !subject.is_empty() {
            subject.push(text);
            continue;
        }
        let rest = if Some(index) == act_at {
            after_act(text)
        } else {
            text
        };
        let short = text.chars().count() < 90;
        if short && date_and_number(rest, order) {
            continue;
        }
        if short && order.date.is_none() && words_year(text) {
            damaged = Some((text.to_owned(), line.at));
            continue;
        }
        if Some(index) == act_at {
            continue;
        }
        if is_place(text) && order.place.is_none() {
            order.place = Some(text.to_owned());
        } else if short && is_capitals(text) && order.subject.is_empty() {
            // A title in capitals that does not begin with «Об»: it is what the act is about.
            subject.push(text);
        } else if !text.chars().all(|c| !c.is_alphanumeric()) {
            basis.push(text.to_owned());
        }
    }
    order.subject = one_line(&subject.join(" "));
    let basis = basis
        .join("\n")
        .trim()
        .trim_end_matches([',', ':'])
        .trim()
        .to_owned();
    order.basis = (!basis.is_empty()).then_some(basis);
    if order.date.is_none() {
        guess(order, damaged, elsewhere, file, doubts);
    }
}

/// What stands behind the word of the act on its line.
fn after_act(text: &str) -> &str {
    let at = text
        .find(['№', '«'])
        .or_else(|| text.find("от "))
        .or_else(|| text.find(|c: char| c.is_ascii_digit()));
    at.and_then(|a| text.get(a..)).unwrap_or("")
}

/// Takes day, number and place out of a line that holds nothing else; false when it holds neither.
fn date_and_number(text: &str, order: &mut Order) -> bool {
    let mut rest = text.to_owned();
    let mut found = false;
    if order.date.is_none()
        && let Some((range, date)) = day(&rest)
    {
        order.date = Some(date);
        found = true;
        rest.replace_range(range, " ");
    }
    if order.number.is_none()
        && let Some(at) = rest.find(['№', 'N'])
        && rest
            .get(at..)
            .is_some_and(|r| r.chars().any(|c| c.is_ascii_digit()))
    {
        let sign = rest
            .get(at..)
            .and_then(|r| r.chars().next())
            .map_or(1, char::len_utf8);
        let behind = rest.get(at + sign..).unwrap_or_default().to_owned();
        let number: String = behind
            .trim_start()
            .split(' ')
            .next()
            .unwrap_or_default()
            .trim_matches(['_', ',', ';'])
            .to_owned();
        if !number.is_empty() {
            let from = at;
            let to = at
                + sign
                + (behind.len() - behind.trim_start().len())
                + behind
                    .trim_start()
                    .split(' ')
                    .next()
                    .unwrap_or_default()
                    .len();
            // «22 - осн»: the number goes on behind a blank.
            rest.replace_range(from..to.min(rest.len()), " ");
            order.number = Some(number);
            found = true;
        }
    }
    if found {
        let left = one_line(&rest);
        let left = left
            .trim_start_matches("от ")
            .trim_matches(|c: char| !c.is_alphanumeric() && c != '.')
            .trim();
        let left = left
            .trim_start_matches("от ")
            .trim_start_matches("года")
            .trim_start_matches("г. ")
            .trim();
        let place = rest
            .trim()
            .contains("г. ")
            .then(|| rest.find("г. ").and_then(|a| rest.get(a..)))
            .flatten()
            .map(str::trim);
        let place = place
            .filter(|p| is_place(p))
            .map(str::to_owned)
            .or_else(|| is_place(left).then(|| left.to_owned()));
        if order.place.is_none() {
            order.place = place;
        }
    }
    found
}

/// Whether a line looks like a day whose month or sign is damaged: a number and a year.
fn words_year(text: &str) -> bool {
    let digits: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|d| !d.is_empty())
        .collect();
    digits
        .iter()
        .any(|d| d.len() == 4 && (d.starts_with("19") || d.starts_with("20")))
        && text.chars().count() < 50
}

/// The day of an order whose own line cannot be read: one that the rest of the document names with the same figures.
fn guess(
    order: &mut Order,
    damaged: Option<(String, At)>,
    elsewhere: &[&str],
    file: usize,
    doubts: &mut Doubts,
) {
    let (text, at) = damaged.unwrap_or((String::new(), order.at));
    let figures: Vec<u32> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|d| d.parse().ok())
        .collect();
    let all: Vec<NaiveDate> = elsewhere
        .iter()
        .flat_map(|t| days(t))
        .map(|d| d.1)
        .collect();
    let fits = |d: &&NaiveDate| {
        use chrono::Datelike;
        let year = u32::try_from(d.year()).unwrap_or(0);
        !figures.is_empty() && figures.contains(&year) && figures.contains(&d.day())
    };
    let month = text.split(' ').find_map(month_number);
    let guessed = all.iter().find(fits).or_else(|| all.iter().min()).copied();
    order.date = guessed.or_else(|| {
        let year = figures.iter().find(|f| **f > 1990 && **f < 2100)?;
        NaiveDate::from_ymd_opt(i32::try_from(*year).ok()?, month.unwrap_or(1), 1)
    });
    if let Some(date) = order.date {
        let shown = crate::text::dates::short(date);
        doubts.add(
            &say::DATE_GUESSED,
            Origin { file, at },
            &[("value", &text), ("date", &shown)],
        );
    }
}

fn begins_subject(text: &str) -> bool {
    let first = text.split(' ').next().unwrap_or_default();
    matches!(first, "О" | "Об" | "Обо" | "ОБ" | "«О" | "«Об" | "O")
}

fn is_preamble(text: &str) -> bool {
    const BEGIN: [&str; 18] = [
        "в соответствии",
        "на основании",
        "в целях",
        "с целью",
        "во исполнение",
        "руководствуясь",
        "в связи",
        "по итогам",
        "в рамках",
        "для ",
        "учитывая",
        "согласно",
        "во исполнении",
        "исходя",
        "в исполнение",
        "в порядке",
        "принимая",
        "рассмотрев",
    ];
    let folded = fold(text);
    BEGIN.iter().any(|b| folded.starts_with(b))
}

fn without_command(text: &str) -> String {
    let mut text = text.trim().trim_end_matches(':').trim_end();
    // «…, приказываю», also spaced: «п р и к а з ы в а ю»
    for word in [
        "приказываю",
        "ПРИКАЗЫВАЮ",
        "п р и к а з ы в а ю",
        "П Р И К А З Ы В А Ю",
        "обязываю",
        "постановляю",
        "ПОСТАНОВЛЯЮ",
        "Приказываю",
    ] {
        if let Some(rest) = text.strip_suffix(word) {
            text = rest.trim_end();
        }
    }
    text.trim_end_matches([',', ':']).trim_end().to_owned()
}

/// «г. Тюмень», «с. Ручьи», «Томск»
fn is_place(text: &str) -> bool {
    let text = text.trim();
    let folded = fold(text);
    let named = [
        "г. ",
        "г.",
        "с. ",
        "с.",
        "пос. ",
        "п. ",
        "пгт ",
        "р.п. ",
        "рп ",
        "ст. ",
        "город ",
        "село ",
        "поселок ",
    ]
    .iter()
    .any(|p| {
        folded.strip_prefix(p).is_some_and(|r| {
            r.chars()
                .next()
                .is_some_and(|c| c.is_alphabetic() && r.chars().count() < 40)
        })
    });
    let word = text.split(' ').count() <= 2
        && text.chars().count() < 30
        && text.chars().next().is_some_and(char::is_uppercase)
        && text
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, '-' | ' '))
        && text.chars().any(char::is_lowercase);
    named && text.chars().count() < 60 || word
}

/// How deep a mark stands, beside the one before.
fn level(kind: &Mark) -> u8 {
    match kind {
        Mark::Dotted(parts) => u8::try_from(parts.len().saturating_sub(1))
            .unwrap_or(4)
            .min(4),
        Mark::Roman(_) => 0,
        Mark::Bracket(_) => 1,
        Mark::Letter(_) => 2,
        Mark::Dash => 3,
    }
}

fn clause(line: &Line, flat: &mut Vec<Clause>) {
    let text = line.text.trim();
    match marked(text) {
        Some(m) if !m.rest.is_empty() => {
            let level = level(&m.kind);
            flat.push(Clause {
                no: Some(m.mark.to_owned()),
                text: m.rest.to_owned(),
                level,
                at: line.at,
                ..Clause::default()
            });
        }
        _ => match flat.last_mut() {
            Some(last) => {
                // A page cut the sentence, or a clause of several paragraphs goes on.
                let ended = last.text.ends_with(['.', ':', ';', '!']);
                last.text.push(if ended { '\n' } else { ' ' });
                last.text.push_str(text);
            }
            None => flat.push(Clause {
                text: text.to_owned(),
                at: line.at,
                ..Clause::default()
            }),
        },
    }
}

/// Puts clauses under each other by their marks.
fn nest(flat: Vec<Clause>) -> Vec<Clause> {
    fn put(into: &mut Vec<Clause>, clause: Clause) {
        match into.last_mut() {
            Some(last) if last.level < clause.level => put(&mut last.clauses, clause),
            _ => into.push(clause),
        }
    }
    let mut out = Vec::new();
    for clause in flat {
        put(&mut out, clause);
    }
    out
}

/// Who keeps control, where the clause says so.
fn control(clause: &Clause) -> Option<Control> {
    let folded = fold(&clause.text);
    if !(folded.starts_with("контроль")
        || folded.contains("контроль за")
        || folded.contains("контроль исполнения")
        || folded.contains("контроль над"))
    {
        return None;
    }
    let kept = folded.contains("оставляю за собой") || folded.contains("оставить за собой");
    let who = ["возложить на ", "возлагаю на "].iter().find_map(|w| {
        clause
            .text
            .find(w)
            .and_then(|at| clause.text.get(at + w.len()..))
    });
    let who = who.map(|w| w.trim_end_matches('.').trim().to_owned());
    (kept || who.is_some()).then(|| Control {
        text: one_line(&clause.text),
        who,
        kept,
    })
}

/// Proposes what a clause orders: the addressee in the dative before a verb, and the deadline in its words.
fn assign(
    clause: &mut Clause,
    above: Option<&str>,
    plan: Option<&Plan>,
    file: usize,
    doubts: &mut Doubts,
) {
    let own = addressee(&clause.text);
    let (who, what) = match (&own, above) {
        (Some((who, what)), _) => (Some(who.clone()), what.clone()),
        (None, Some(who)) if begins_with_verb(&clause.text) => {
            (Some(who.to_owned()), clause.text.clone())
        }
        _ => (None, String::new()),
    };
    let heads = !clause.clauses.is_empty();
    if let Some(who) = &who
        && !heads
        && !what.is_empty()
    {
        let what = one_line(&what);
        // It may stand between the addressee and the verb.
        let by = deadline(&what, plan).or_else(|| deadline(&clause.text, plan));
        let what = what.trim_end_matches(['.', ';', ',']).trim().to_owned();
        clause.assignment = Some(Assignment {
            who: who.clone(),
            what,
            by,
        });
        doubts.add(
            &say::ASSIGNMENT,
            Origin {
                file,
                at: clause.at,
            },
            &[],
        );
    }
    let who = who.or_else(|| above.map(str::to_owned));
    for inner in &mut clause.clauses {
        assign(inner, who.as_deref(), plan, file, doubts);
    }
}

/// «Отделу общего образования довести…» → the addressee as printed, and what is ordered.
fn addressee(text: &str) -> Option<(String, String)> {
    let text = text.trim();
    let first = text.split([' ', ',']).next()?;
    let recommends = ["Рекомендовать ", "Поручить ", "Предложить ", "Обязать "];
    let (body, prefix) = match recommends.iter().find_map(|p| text.strip_prefix(p)) {
        Some(rest) => (rest, true),
        None => (text, false),
    };
    if !prefix && !is_dative(first) && super::words::person(text).is_none() {
        return None;
    }
    // Up to the colon, or to the first verb.
    let mut at = 0;
    for (start, word) in words_at(body) {
        let bare = word.trim_matches(|c: char| !c.is_alphabetic());
        if start > 0 && is_infinitive(bare) {
            let who = body
                .get(..start)?
                .trim()
                .trim_end_matches([':', ',', '-', '–'])
                .trim();
            return (!who.is_empty() && who.chars().count() < 300).then(|| {
                (
                    who_only(who),
                    body.get(start..).unwrap_or_default().to_owned(),
                )
            });
        }
        at = start + word.len();
        if word.ends_with(':') {
            let who = body.get(..at)?.trim().trim_end_matches(':').trim();
            return Some((
                who_only(who),
                body.get(at..).unwrap_or_default().trim().to_owned(),
            ));
        }
    }
    let _ = at;
    None
}

/// Without the deadline that may stand between addressee and verb.
fn who_only(who: &str) -> String {
    let cut = [" в срок до ", " до ", " не позднее ", " в срок "]
        .iter()
        .filter_map(|w| who.find(w))
        .min();
    cut.and_then(|at| who.get(..at))
        .unwrap_or(who)
        .trim()
        .trim_end_matches([',', '('])
        .trim()
        .to_owned()
}

fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut from = 0;
    text.split(' ').map(move |word| {
        let at = from;
        from += word.len() + 1;
        (at, word)
    })
}

fn is_infinitive(word: &str) -> bool {
    let low = word.to_lowercase();
    let count = low.chars().count();
    count >= 5
        && (low.ends_with("ить")
            || low.ends_with("ать")
            || low.ends_with("ять")
            || low.ends_with("еть")
            || low.ends_with("ести")
            || low.ends_with("овать")
            || low.ends_with("ться")
            || low.ends_with("уть"))
        && word.chars().next().is_some_and(char::is_lowercase)
        || matches!(low.as_str(), "довести" | "обеспечить" | "провести")
}

fn begins_with_verb(text: &str) -> bool {
    text.split(' ').take(4).any(|w| {
        let bare = w.trim_matches(|c: char| !c.is_alphabetic());
        let low: String = bare.chars().flat_map(char::to_lowercase).collect();
        is_infinitive(&low)
    })
}

/// Words that name an addressee in the dative.
fn is_dative(word: &str) -> bool {
    const WORDS: [&str; 46] = [
        "отделу",
        "управлению",
        "департаменту",
        "министерству",
        "комитету",
        "руководителям",
        "руководителю",
        "директорам",
        "директору",
        "начальнику",
        "начальникам",
        "заместителю",
        "заместителям",
        "школе",
        "школам",
        "оператору",
        "региональному",
        "муниципальному",
        "муниципальным",
        "специалистам",
        "специалисту",
        "методистам",
        "методисту",
        "координатору",
        "координаторам",
        "кураторам",
        "куратору",
        "центру",
        "институту",
        "ректору",
        "заведующему",
        "заведующим",
        "образовательным",
        "общеобразовательным",
        "органам",
        "организациям",
        "главному",
        "главным",
        "ведущему",
        "педагогам",
        "учителям",
        "рабочей",
        "членам",
        "тьюторам",
        "наставникам",
        "администратору",
    ];
    let folded = fold(word);
    let adjective = word.chars().next().is_some_and(char::is_uppercase)
        && (folded.ends_with("ому") || folded.ends_with("ему"));
    adjective
        || WORDS.contains(&folded.as_str())
        || (word.starts_with("ГА")
            || word.starts_with("МКУ")
            || word.starts_with("МБУ")
            || word.starts_with("ГБУ")
            || word.starts_with("МАУ"))
            && word.chars().all(|c| c.is_uppercase())
}

/// The deadline in the words of a clause: the longest run from «до …», «не позднее …», «ежемесячно» that is a period.
pub(super) fn deadline(text: &str, plan: Option<&Plan>) -> Option<String> {
    const BEGIN: [&str; 16] = [
        "в срок до ",
        "до ",
        "не позднее ",
        "в срок не позднее ",
        "ежеквартально",
        "ежемесячно",
        "еженедельно",
        "ежегодно",
        "в течение ",
        "постоянно",
        "к ",
        "в период с ",
        "с ",
        "в срок с ",
        "в срок ",
        "со дня ",
    ];
    let mut best: Option<(usize, String)> = None;
    for begin in BEGIN {
        for (at, _) in text.match_indices(begin) {
            let edge = text
                .get(..at)
                .and_then(|b| b.chars().next_back())
                .is_none_or(|c| !c.is_alphanumeric());
            if !edge {
                continue;
            }
            let rest = text.get(at..).unwrap_or_default();
            let words: Vec<&str> = rest.split(' ').collect();
            let most = if begin.starts_with("еже") || begin == "постоянно" {
                1
            } else {
                9
            };
            for count in (1..=words.len().min(most)).rev() {
                let phrase = words.get(..count).unwrap_or_default().join(" ");
                let phrase = phrase
                    .trim_end_matches([',', ';', ':', ')'])
                    .trim_end_matches('.')
                    .trim();
                let telling = phrase.chars().any(|c| c.is_ascii_digit())
                    || begin.starts_with("еже")
                    || begin.starts_with("постоянно")
                    || fold(phrase).contains("года")
                    || fold(phrase).contains("год");
                let read = telling.then(|| period::parse(phrase, plan).ok()).flatten();
                if read.is_some()
                    && best
                        .as_ref()
                        .is_none_or(|(length, _)| phrase.len() > *length)
                {
                    best = Some((phrase.len(), phrase.to_owned()));
                    break;
                }
            }
        }
    }
    // «(приложение № 2)» behind the day is no part of it.
    best.map(|(_, phrase)| match phrase.find(" (") {
        Some(at) => phrase.get(..at).unwrap_or(&phrase).to_owned(),
        None => phrase,
    })
}

/// The addressee in the nominative, as a directory names a body; as printed where its form is not known.
pub(super) fn nominative(dative: &str) -> String {
    const FORMS: [(&str, &str); 44] = [
        ("отделу", "отдел"),
        ("управлению", "управление"),
        ("департаменту", "департамент"),
        ("министерству", "министерство"),
        ("комитету", "комитет"),
        ("руководителям", "руководители"),
        ("руководителю", "руководитель"),
        ("директорам", "директора"),
        ("директору", "директор"),
        ("начальнику", "начальник"),
        ("начальникам", "начальники"),
        ("заместителю", "заместитель"),
        ("заместителям", "заместители"),
        ("школе", "школа"),
        ("школам", "школы"),
        ("оператору", "оператор"),
        ("региональному", "региональный"),
        ("муниципальному", "муниципальный"),
        ("муниципальным", "муниципальные"),
        ("специалистам", "специалисты"),
        ("специалисту", "специалист"),
        ("методистам", "методисты"),
        ("методисту", "методист"),
        ("координатору", "координатор"),
        ("координаторам", "координаторы"),
        ("кураторам", "кураторы"),
        ("куратору", "куратор"),
        ("центру", "центр"),
        ("институту", "институт"),
        ("ректору", "ректор"),
        ("заведующему", "заведующий"),
        ("заведующим", "заведующие"),
        ("образовательным", "образовательные"),
        ("общеобразовательным", "общеобразовательные"),
        ("органам", "органы"),
        ("организациям", "организации"),
        ("главному", "главный"),
        ("главным", "главные"),
        ("ведущему", "ведущий"),
        ("педагогам", "педагоги"),
        ("учителям", "учителя"),
        ("членам", "члены"),
        ("тьюторам", "тьюторы"),
        ("наставникам", "наставники"),
    ];
    let mut out: Vec<String> = Vec::new();
    let mut changing = true;
    for word in dative.split(' ') {
        let low = word.to_lowercase();
        let found = changing
            .then(|| FORMS.iter().find(|(d, _)| *d == low))
            .flatten();
        match found {
            Some((_, form)) => {
                let capital = word.chars().next().is_some_and(char::is_uppercase);
                let mut chars = form.chars();
                let first: String = chars
                    .next()
                    .map(|c| {
                        if capital {
                            c.to_uppercase().collect()
                        } else {
                            c.to_string()
                        }
                    })
                    .unwrap_or_default();
                out.push(format!("{first}{}", chars.as_str()));
            }
            None => match changing.then(|| adjective(word)).flatten() {
                Some(form) => out.push(form),
                None => {
                    changing = matches!(low.as_str(), "и" | "или");
                    out.push(word.to_owned());
                }
            },
        }
    }
    out.join(" ")
}

/// «Методическому» → «Методический»
fn adjective(dative: &str) -> Option<String> {
    let stem = dative.strip_suffix("ому")?;
    let soft = stem.ends_with(['к', 'г', 'х', 'ж', 'ш', 'щ', 'ч']);
    Some(format!("{stem}{}", if soft { "ий" } else { "ый" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Order {
        let lines: Vec<Line> = text
            .lines()
            .map(|l| Line {
                text: l.trim().into(),
                ..Line::default()
            })
            .filter(|l| !l.text.is_empty())
            .collect();
        order(&lines, &[], 0, &mut Doubts::default())
    }

    const ORDER: &str = "УПРАВЛЕНИЕ ОБРАЗОВАНИЯ\nЛУГОВОГО РАЙОНА\nПРИКАЗ\nот « 13 » марта 2024 г. № 22/1-осн\nг. Ключевой\nОб утверждении плана\nВ соответствии с программой приказываю:\n1. Утвердить:\n1) план (приложение № 1);\n2) состав группы.\n2. Отделу общего образования довести приказ до сведения школ в срок до 20.03.2024.\n3. Руководителям школ:\n- назначить ответственных до 01.04.2024;\n- представить отчёт.\n4. Контроль за исполнением приказа возложить на заместителя начальника.\nНачальник управления\nИ.И. Ветрова";

    #[test]
    fn an_order_as_printed() {
        let order = read(ORDER);
        assert_eq!(order.act, "приказ");
        assert_eq!(
            order.letterhead.as_deref(),
            Some("УПРАВЛЕНИЕ ОБРАЗОВАНИЯ ЛУГОВОГО РАЙОНА")
        );
        assert_eq!(
            order.date.map(|d| d.to_string()).as_deref(),
            Some("2024-03-13")
        );
        assert_eq!(order.number.as_deref(), Some("22/1-осн"));
        assert_eq!(order.place.as_deref(), Some("г. Ключевой"));
        assert_eq!(order.subject, "Об утверждении плана");
        assert_eq!(order.basis.as_deref(), Some("В соответствии с программой"));
        assert_eq!(
            order.signed,
            Some(("Начальник управления".into(), "И.И. Ветрова".into()))
        );
        assert_eq!(order.clauses.len(), 4);
        assert_eq!(order.clauses[0].clauses.len(), 2);
        let second = order.clauses[1].assignment.clone().expect("assignment");
        assert_eq!(
            (second.who.as_str(), second.by.as_deref()),
            ("Отделу общего образования", Some("в срок до 20.03.2024"))
        );
        let third = order.clauses[2].clauses[0]
            .assignment
            .clone()
            .expect("assignment");
        assert_eq!(
            (third.who.as_str(), third.by.as_deref()),
            ("Руководителям школ", Some("до 01.04.2024"))
        );
        assert!(
            order
                .control
                .is_some_and(|c| c.who.as_deref() == Some("заместителя начальника"))
        );
        assert_eq!(
            nominative("Отделу общего образования"),
            "Отдел общего образования"
        );
        assert_eq!(
            nominative("Главным специалистам Управления"),
            "Главные специалисты Управления"
        );
    }
}
