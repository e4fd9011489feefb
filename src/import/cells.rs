//! The bodies of a cell: takes the words of who answers, gives each body as printed. Where line breaks may have been lost,
//! what other cells name alone tells where one ends. Must not put two together.

use super::words::{fold, person};
use crate::guard::spelling::spelling;

/// The bodies of a cell, as printed. `known`: line breaks of the cell may have been lost, so that bodies may stand side
/// by side without a sign; then what other cells name alone tells where one ends, and the second value is true.
pub(super) fn split(cell: &str, known: Option<&Known>) -> (Vec<String>, bool) {
    let mut out = Vec::new();
    let mut parted = false;
    for piece in lines(cell).iter().flat_map(|line| at_signs(line)) {
        let Some(known) = known else {
            out.push(piece);
            continue;
        };
        let parts: Vec<String> = side_by_side(&piece)
            .iter()
            .flat_map(|part| known.parts(part))
            .collect();
        parted |= parts.len() > 1;
        out.extend(parts);
    }
    let mut seen = Vec::new();
    out.retain(|p| {
        let key = spelling(p);
        let new = !key.is_empty() && !seen.contains(&key);
        seen.push(key);
        new
    });
    (out, parted)
}

/// Bodies that some cell of the document names alone, or between signs.
#[derive(Debug, Default)]
pub(super) struct Known(std::collections::BTreeSet<String>);

impl Known {
    pub(super) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Known {
        let mut known = Known::default();
        for cell in cells {
            for piece in lines(cell).iter().flat_map(|line| at_signs(line)) {
                known
                    .0
                    .extend(side_by_side(&piece).iter().map(|p| spelling(p)));
            }
        }
        known
    }

    /// Parts a text that is nothing but known bodies side by side.
    fn parts(&self, text: &str) -> Vec<String> {
        let words: Vec<&str> = text.split(' ').filter(|w| !w.is_empty()).collect();
        let mut out: Vec<String> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let longest = (at + 1..=words.len()).rev().find(|end| {
                let whole = at == 0 && *end == words.len();
                let phrase = words.get(at..*end).unwrap_or_default().join(" ");
                !whole && self.0.contains(&spelling(&phrase))
            });
            let Some(end) = longest else {
                return self.tail(&words).unwrap_or_else(|| vec![text.to_owned()]);
            };
            out.push(words.get(at..end).unwrap_or_default().join(" "));
            at = end;
        }
        // «куратор ОО» is one person, not a curator and a school.
        let person = |t: &String| !t.contains(' ') && is_person_noun(t);
        if out.len() < 2 || out.iter().take(out.len() - 1).any(person) {
            return vec![text.to_owned()];
        }
        out
    }
}

impl Known {
    /// Many bodies and behind them one that is known by its abbreviation: «Образовательные организации ИПКРО». What a
    /// person or a department is called by it stays whole.
    fn tail(&self, words: &[&str]) -> Option<Vec<String>> {
        let (last, rest) = words.split_last()?;
        let short = last.chars().count() >= 4 && last.chars().all(char::is_uppercase);
        let before = rest.join(" ");
        let many = is_collective(&before) && !rest.first().is_some_and(|w| is_person_noun(w));
        let good = short && many && self.0.contains(&spelling(last));
        good.then(|| vec![before, (*last).to_owned()])
    }
}

fn is_person_noun(word: &str) -> bool {
    let folded = fold(word);
    const NOUNS: [&str; 17] = [
        "куратор",
        "руководител",
        "директор",
        "заместител",
        "методист",
        "учител",
        "педагог",
        "специалист",
        "координатор",
        "тьютор",
        "наставник",
        "начальник",
        "член",
        "представител",
        "оператор",
        "команд",
        "администрац",
    ];
    NOUNS.iter().any(|w| folded.starts_with(w))
}

/// The lines of a cell, a line that only goes on put behind the one before.
fn lines(cell: &str) -> Vec<String> {
    const GOES_ON: [&str; 16] = [
        "по",
        "и",
        "с",
        "со",
        "в",
        "во",
        "на",
        "за",
        "для",
        "при",
        "г.",
        "города",
        "района",
        "области",
        "а",
        "или",
    ];
    let mut out: Vec<String> = Vec::new();
    for line in cell.split('\n').map(str::trim).filter(|l| !l.is_empty()) {
        let line = match super::words::marked(line) {
            Some(m) if !m.rest.is_empty() && !matches!(m.kind, super::words::Mark::Letter(_)) => {
                m.rest
            }
            _ => line,
        };
        if let Some(above) = out.last_mut() {
            let count = |c: char| above.matches(c).count();
            let open = count('«') > count('»') || count('(') > count(')') || count('"') % 2 == 1;
            let first = line.split(' ').next().unwrap_or_default();
            let last = above.rsplit(' ').next().unwrap_or_default();
            let ends = GOES_ON.contains(&last) || above.ends_with(['-', '/']);
            let begins = GOES_ON.contains(&first)
                || line.starts_with(['«', '"', '('])
                || line.starts_with("№");
            let closed = above.ends_with([',', ';']);
            if open || ends || begins && !closed {
                if !above.ends_with(['-', '/']) {
                    above.push(' ');
                }
                above.push_str(line);
                continue;
            }
        }
        out.push(line.to_owned());
    }
    out
}

/// Parts a line at commas and semicolons outside quotes and brackets.
fn at_signs(line: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let (mut quotes, mut brackets, mut plain) = (0i32, 0i32, false);
    let chars: Vec<char> = line.chars().collect();
    for (index, c) in chars.iter().enumerate() {
        match c {
            '«' => quotes += 1,
            '»' => quotes = (quotes - 1).max(0),
            '"' => plain = !plain,
            '(' => brackets += 1,
            ')' => brackets = (brackets - 1).max(0),
            _ => {}
        }
        // A quote that is never closed ends at the comma all the same.
        let closes = chars.get(index..).unwrap_or_default().contains(&'»');
        let inside = quotes > 0 && closes
            || brackets > 0 && chars.get(index..).unwrap_or_default().contains(&')')
            || plain && chars.get(index..).unwrap_or_default().contains(&'"');
        if matches!(c, ',' | ';') && !inside {
            quotes = 0;
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(*c);
        }
    }
    let mut out: Vec<String> = Vec::new();
    for part in parts {
        let part = part.trim();
        // The stop of a sentence goes, that of an initial or of «г.» stays.
        let last = part.rsplit([' ', '.']).find(|w| !w.is_empty());
        let part = match last {
            Some(word) if word.chars().count() > 2 => part.trim_end_matches('.').trim(),
            _ => part,
        };
        if part.is_empty() {
            continue;
        }
        // «Ветрова С.А., методист»: a post, and the rest of a sentence, belong to what stands before.
        if let Some(before) = out.last_mut()
            && belongs(before, part)
        {
            before.push_str(", ");
            before.push_str(part);
            continue;
        }
        out.push(part.to_owned());
    }
    out
}

fn belongs(before: &str, part: &str) -> bool {
    const REST: [&str; 14] = [
        "а также",
        "в том числе",
        "осуществля",
        "функционир",
        "имеющи",
        "котор",
        "входящ",
        "участвующ",
        "показавш",
        "включенн",
        "находящ",
        "реализующ",
        "работающ",
        "являющ",
    ];
    let folded = fold(part);
    let small = part.chars().next().is_some_and(char::is_lowercase);
    let full_name = person(before).is_some_and(|n| n == before.trim().len());
    small && full_name && is_post(part) || REST.iter().any(|r| folded.starts_with(r))
}

/// Whether words behind a person's name are that person's post: they name neither many nor somebody else.
fn is_post(part: &str) -> bool {
    const BODIES: [&str; 18] = [
        "группа",
        "группы",
        "администрация",
        "администрации",
        "отдел",
        "отделы",
        "центр",
        "центры",
        "комиссия",
        "совет",
        "школа",
        "команда",
        "команды",
        "служба",
        "службы",
        "организация",
        "учреждение",
        "объединение",
    ];
    let folded = fold(part);
    let first = folded.split(' ').find(|w| {
        // Past what only describes: «школьные», «муниципальный».
        !["ый", "ий", "ой", "ая", "яя", "ое", "ее", "ые", "ие"]
            .iter()
            .any(|end| w.ends_with(end))
    });
    let another = part
        .match_indices(' ')
        .any(|(at, _)| part.get(at + 1..).and_then(person).is_some());
    !another && !is_collective(part) && !first.is_some_and(|w| BODIES.contains(&w))
}

/// Parts bodies that stand side by side: before a capital word that names a body and has no word before it that it
/// could belong to.
fn side_by_side(text: &str) -> Vec<String> {
    const HEADS: [&str; 44] = [
        "Управление",
        "Департамент",
        "Министерство",
        "Комитет",
        "Отдел",
        "Центр",
        "Институт",
        "Администрация",
        "Муниципальные",
        "Муниципальный",
        "Муниципальная",
        "Муниципальное",
        "Региональная",
        "Региональный",
        "Региональные",
        "Образовательные",
        "Общеобразовательные",
        "Школы",
        "Школа",
        "Руководители",
        "Руководитель",
        "Директора",
        "Директор",
        "Заместитель",
        "Заместители",
        "Методисты",
        "Методист",
        "Методическая",
        "Методические",
        "Кураторы",
        "Координатор",
        "Координаторы",
        "Учителя",
        "Педагоги",
        "Специалисты",
        "Специалист",
        "Рабочая",
        "Члены",
        "Наставники",
        "Тьюторы",
        "Федеральный",
        "Федеральные",
        "Органы",
        "Образовательная",
    ];
    let mut out: Vec<String> = vec![String::new()];
    let mut depth = 0i32;
    let mut before = String::new();
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let bare = word.trim_matches(['(', ')', '«', '»', '"', ',', '.']);
        let joins = [
            "и",
            "или",
            "с",
            "при",
            "по",
            "в",
            "на",
            "от",
            "для",
            "г.",
            "совместно",
            "ГБУ",
            "МКУ",
            "МБУ",
            "МАУ",
            "ГАУ",
            "ФГБУ",
        ]
        .contains(&before.as_str())
            || before.ends_with(['-', '–', '—', '/', ':', '№']);
        let names = HEADS.contains(&bare);
        let begun = out.last().is_some_and(|l| !l.is_empty());
        let alone = !word.starts_with(['«', '"', '(']);
        if begun && names && !joins && depth == 0 && alone && !(is_form(bare) && is_form(&before)) {
            out.push(String::new());
        }
        if let Some(last) = out.last_mut() {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
        for c in word.chars() {
            match c {
                '«' | '(' => depth += 1,
                '»' | ')' => depth = (depth - 1).max(0),
                _ => {}
            }
        }
        before = word.to_owned();
    }
    // A quote that is never closed holds nothing back.
    if depth > 0 && text.matches('«').count() > text.matches('»').count() {
        let closed = reopened(text);
        if closed.len() > 1 {
            return closed;
        }
    }
    out.into_iter()
        .map(|p| p.trim().trim_end_matches(',').to_owned())
        .filter(|p| !p.is_empty())
        .collect()
}

/// Legal forms and names of territories, which never stand for a body alone.
fn is_form(word: &str) -> bool {
    matches!(
        word.trim_matches(['(', ')']),
        "ГАОУ"
            | "ГБОУ"
            | "ГОУ"
            | "ГАУ"
            | "ГБУ"
            | "МКУ"
            | "МБУ"
            | "МАУ"
            | "ФГБУ"
            | "ФГБОУ"
            | "ДПО"
            | "ТО"
            | "МБОУ"
            | "МАОУ"
            | "МКОУ"
            | "МОУ"
            | "АУ"
            | "БУ"
            | "ОГБУ"
            | "ОГБУДПО"
            | "МБУДО"
            | "ДО"
            | "КУ"
    )
}

/// «МКУ «Центр г. Эн МБОУ СОШ № 1»: the quote that is not closed ends before the next legal form.
fn reopened(text: &str) -> Vec<String> {
    let words: Vec<&str> = text.split(' ').collect();
    let at = words.iter().enumerate().skip(1).find(|(i, w)| {
        matches!(
            **w,
            "МБОУ" | "МАОУ" | "МКОУ" | "МОУ" | "МБУ" | "МКУ" | "МАУ" | "ГБОУ" | "ГАОУ"
        ) && words.get(i - 1).is_some_and(|b| !b.ends_with('«'))
    });
    match at {
        Some((at, _)) => {
            let mut out = vec![
                words
                    .get(..at)
                    .unwrap_or_default()
                    .join(" ")
                    .trim_end_matches(',')
                    .to_owned(),
            ];
            out.extend(side_by_side(&words.get(at..).unwrap_or_default().join(" ")));
            out
        }
        None => vec![text.to_owned()],
    }
}

/// Whether a name is that of many: «Муниципальные органы…», «Руководители…», «Школы».
pub(super) fn is_collective(name: &str) -> bool {
    const PLURAL: [&str; 27] = [
        "администрации",
        "команды",
        "представители",
        "психологи",
        "педагоги-психологи",
        "заведующие",
        "начальники",
        "руководители",
        "школы",
        "учителя",
        "педагоги",
        "методисты",
        "кураторы",
        "тьюторы",
        "наставники",
        "специалисты",
        "организации",
        "директора",
        "заместители",
        "координаторы",
        "члены",
        "учреждения",
        "органы",
        "оо",
        "моуо",
        "муо",
        "оу",
    ];
    let folded = fold(name);
    let first = folded.split(' ').next().unwrap_or_default();
    first.ends_with("ые")
        || first.ends_with("ие")
            && first.chars().count() > 6
            && !first.ends_with("ание")
            && !first.ends_with("ение")
        || PLURAL.contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(cell: &str) -> Vec<String> {
        let known = Known::of(["ДОО ТО, ЛИПКРО", "ОО", "куратор", cell].into_iter());
        split(cell, Some(&known)).0
    }

    #[test]
    fn bodies_of_a_cell() {
        assert_eq!(
            parts("ДОН ТО, ГАОУ ДПО «ИРО», МОУО"),
            ["ДОН ТО", "ГАОУ ДПО «ИРО»", "МОУО"]
        );
        assert_eq!(
            parts("Управление образования администрации, МКУ «Центр, который помогает»"),
            [
                "Управление образования администрации",
                "МКУ «Центр, который помогает»"
            ]
        );
        assert_eq!(parts("Ветрова С.А., методист"), ["Ветрова С.А., методист"]);
        assert_eq!(
            parts("Ветрова С. А., заместители директоров, Рябов П. И., рабочая группа"),
            [
                "Ветрова С. А.",
                "заместители директоров",
                "Рябов П. И.",
                "рабочая группа"
            ]
        );
        assert_eq!(
            parts("Н. Ф. Ольхина, ответственный секретарь Рябова Ж. В."),
            ["Н. Ф. Ольхина", "ответственный секретарь Рябова Ж. В."]
        );
        assert_eq!(
            parts(
                "Муниципальные органы управления образованием Образовательные организации с низкими результатами ЛИПКРО"
            ),
            [
                "Муниципальные органы управления образованием",
                "Образовательные организации с низкими результатами",
                "ЛИПКРО"
            ]
        );
        assert_eq!(parts("ДОО ТО ЛИПКРО"), ["ДОО ТО", "ЛИПКРО"]);
        assert_eq!(parts("куратор ОО"), ["куратор ОО"]);
        assert_eq!(
            parts("кураторы, руководители ШНОР"),
            ["кураторы", "руководители ШНОР"]
        );
        assert_eq!(
            parts("ДОО ТО Региональная рабочая группа"),
            ["ДОО ТО", "Региональная рабочая группа"]
        );
        assert_eq!(
            parts("МКУ «ЦППМ г. Эн МБОУ СОШ № 3"),
            ["МКУ «ЦППМ г. Эн", "МБОУ СОШ № 3"]
        );
        assert_eq!(
            split("Управление образования\nМБОУ СОШ № 3", None).0,
            ["Управление образования", "МБОУ СОШ № 3"]
        );
        assert_eq!(
            split("МКУ «Центр\nразвития»", None).0,
            ["МКУ «Центр развития»"]
        );
        assert_eq!(parts("Образовательные организации, а также организации, функционирующие в сложных условиях").len(), 1);
    }
}
