//! Words as the index has them: Russian stems, whole numbers of acts, days.
//!
//! Takes text; gives terms, by numbers ([`Vocabulary`]). The same steps as in `search.js`: letters are made plain (case, ё, accents, joined й), text is
//! cut into runs of letters and digits that `-`, `/` and `.` may join, a run with a digit is a term as a whole, and its
//! parts are terms each: digits without leading noughts, words as stems. A day, in words or in digits, is a
//! term too. Must not give a term for a word that says nothing, nor one of a single letter.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

/// Words that stand in every text.
pub const COMMON: &[&str] = &[
    "бы", "в", "во", "для", "до", "же", "за", "из", "или", "как", "ко", "ли", "на", "не", "но",
    "об", "от", "по", "при", "со", "то", "что",
];

/// Forms whose stems differ, with the term for all of them.
pub const IRREGULAR: &[(&str, &str)] = &[
    ("день дня дню днем дне дни дней дням днями днях", "день"),
    (
        "год года году годом годе годы годов годам годами годах лет",
        "год",
    ),
    (
        "ребенок ребенка ребенку ребенком ребенке дети детей детям детьми детях",
        "дети",
    ),
    (
        "человек человека человеку человеком человеке люди людей людям людьми людях",
        "люди",
    ),
    (
        "число числа числу числом числе чисел числам числами числах",
        "число",
    ),
    (
        "письмо письма письму письмом письме писем письмам письмами письмах",
        "письмо",
    ),
    (
        "семья семьи семье семью семьей семей семьям семьями семьях",
        "семья",
    ),
];

/// How the names of months begin.
pub const MONTHS: [&str; 12] = [
    "январ",
    "феврал",
    "март",
    "апрел",
    "май мая мае маю маем",
    "июн",
    "июл",
    "август",
    "сентябр",
    "октябр",
    "ноябр",
    "декабр",
];

/// Letters made plain: small, composed, without ё, accents, soft hyphens and special hyphens.
pub fn plain(text: &str) -> String {
    usual(text).unwrap_or_else(|| any(text))
}

/// The same for a text of letters and marks that compose with nothing, as nearly all are; `None` for any other.
fn usual(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        out.push(match c {
            '\0'..='\x7f' => c.to_ascii_lowercase(),
            'ё' | 'Ё' => 'е',
            'а'..='я' => c,
            'А'..='Я' => c.to_lowercase().next()?,
            '\u{2010}' | '\u{2011}' => '-',
            '\u{a0}' | '«' | '»' | '–' | '—' | '„' | '“' | '…' | '№' | '§' => c,
            _ => return None,
        });
    }
    Some(out)
}

fn any(text: &str) -> String {
    let composed = text.nfc().filter(|c| {
        !matches!(
            c,
            '\u{ad}' | '\u{301}' | '\u{200b}' | '\u{2060}' | '\u{feff}'
        )
    });
    let lower = composed.flat_map(char::to_lowercase);
    lower
        .map(|c| match c {
            'ё' => 'е',
            '\u{2010}' | '\u{2011}' => '-',
            c => c,
        })
        .collect()
}

/// Terms by numbers. A word and a short text that come again are not taken apart again: most do.
#[derive(Default)]
pub struct Vocabulary {
    numbers: HashMap<Box<str>, usize>,
    words: HashMap<Box<str>, Word>,
    texts: HashMap<Box<str>, Box<[usize]>>,
}

/// What is known of a word of one sort of letters.
#[derive(Clone, Copy)]
struct Word {
    term: Option<usize>,
    month: Option<u32>,
}

/// A longer text, in bytes, hardly ever comes again.
const SHORT: usize = 160;

impl Vocabulary {
    /// Calls `found` with the number of each term of `text`; some come more than once.
    pub fn terms(&mut self, text: &str, found: &mut dyn FnMut(usize)) {
        if text.len() > SHORT {
            return self.apart(text, found);
        }
        let known = match self.texts.get(text) {
            Some(known) => known,
            None => {
                let mut all = Vec::new();
                self.apart(text, &mut |number| {
                    if !all.contains(&number) {
                        all.push(number);
                    }
                });
                self.texts.entry(text.into()).or_insert(all.into())
            }
        };
        known.iter().copied().for_each(found);
    }

    /// All terms with their numbers, in no order.
    pub fn all(&self) -> impl Iterator<Item = (&str, usize)> {
        self.numbers.iter().map(|(term, number)| (&**term, *number))
    }

    fn number(&mut self, term: &str) -> usize {
        if let Some(known) = self.numbers.get(term) {
            return *known;
        }
        let next = self.numbers.len();
        self.numbers.insert(term.into(), next);
        next
    }

    fn word(&mut self, part: &str) -> Word {
        let word = Word {
            term: stem(part).map(|term| self.number(&term)),
            month: month(part),
        };
        self.words.insert(part.into(), word);
        word
    }

    fn apart(&mut self, text: &str, found: &mut dyn FnMut(usize)) {
        let text = plain(text);
        // What came last: a day of the month, and behind it a month.
        let (mut day, mut named) = (None, None);
        for run in runs(&text) {
            let digits = run.bytes().any(|b| b.is_ascii_digit());
            if digits && run.contains(JOINS) {
                found(self.number(run));
                if let Some((d, m, y)) = date(run) {
                    found(self.number(&format!("{y:04}-{m:02}-{d:02}")));
                    if let Some(name) = month_term(m) {
                        found(self.number(name));
                    }
                }
            }
            for joined in run.split(JOINS) {
                let known = self.words.get(joined).copied();
                let parts = match known {
                    Some(_) => vec![joined],
                    None => alike(joined),
                };
                for part in parts {
                    if part.starts_with(|c: char| c.is_ascii_digit()) {
                        let number = part.trim_start_matches('0');
                        let number = if number.is_empty() { "0" } else { number };
                        if let (Some(d), Some(m), Some(y)) = (day, named, year(number)) {
                            found(self.number(&format!("{y:04}-{m:02}-{d:02}")));
                        }
                        found(self.number(number));
                        (day, named) = (
                            number.parse::<u32>().ok().filter(|d| (1..=31).contains(d)),
                            None,
                        );
                    } else {
                        let word = match known.or_else(|| self.words.get(part).copied()) {
                            Some(word) => word,
                            None => self.word(part),
                        };
                        named = day.and(word.month);
                        day = day.filter(|_| named.is_some());
                        if let Some(term) = word.term {
                            found(term);
                        }
                    }
                }
            }
        }
    }
}

const JOINS: [char; 3] = ['-', '/', '.'];

/// Runs of letters and digits, joined inside.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    // Most letters are known without asking the tables of Unicode.
    let usual = |c: char| matches!(c, 'а'..='я' | 'a'..='z' | '0'..='9' | '-' | '/' | '.');
    let inside = move |c: char| usual(c) || !c.is_ascii() && c.is_alphanumeric();
    text.split(move |c: char| !inside(c)).flat_map(|run| {
        // «и/или.» ends before the point, «3..5» are two runs.
        let run = run.trim_matches(JOINS);
        let double = run
            .as_bytes()
            .windows(2)
            .any(|w| w.iter().all(|b| b"-/.".contains(b)));
        let whole = (!double && !run.is_empty()).then_some(run);
        let pieces = run.split(JOINS).filter(move |p| double && !p.is_empty());
        whole.into_iter().chain(pieces)
    })
}

/// Parts of one sort: Cyrillic, Latin, digits.
fn alike(part: &str) -> Vec<&str> {
    let sort = |c: char| match c {
        '0'..='9' => 0,
        'a'..='z' => 1,
        _ => 2,
    };
    let mut parts = Vec::new();
    let mut from = 0;
    let mut last = None;
    for (at, c) in part.char_indices() {
        if last.is_some_and(|l| l != sort(c)) {
            parts.extend(part.get(from..at));
            from = at;
        }
        last = Some(sort(c));
    }
    parts.extend(part.get(from..).filter(|p| !p.is_empty()));
    parts
}

fn year(number: &str) -> Option<u32> {
    number.parse().ok().filter(|y| (1900..=2100).contains(y))
}

/// `15.03.2024`: day, month, year.
fn date(run: &str) -> Option<(u32, u32, u32)> {
    let mut parts = run.split('.');
    let (d, m, y) = (parts.next()?, parts.next()?, parts.next()?);
    let day: u32 = d.parse().ok().filter(|d| (1..=31).contains(d))?;
    let month: u32 = m.parse().ok().filter(|m| (1..=12).contains(m))?;
    let year = year(y).filter(|_| parts.next().is_none())?;
    Some((day, month, year))
}

/// The month that a word names.
fn month(word: &str) -> Option<u32> {
    let place = MONTHS.iter().position(|name| match name.split_once(' ') {
        Some(_) => name.split(' ').any(|form| form == word),
        None => word.starts_with(name) && word.chars().count() <= name.chars().count() + 2,
    });
    place.and_then(|p| u32::try_from(p + 1).ok())
}

/// The term of a month.
fn month_term(month: u32) -> Option<&'static str> {
    let name = MONTHS.get(usize::try_from(month).ok()?.checked_sub(1)?)?;
    name.split(' ').next()
}

/// The term of a plain word; `None` for one that says nothing.
pub fn stem(word: &str) -> Option<String> {
    if word.chars().nth(1).is_none() || COMMON.binary_search(&word).is_ok() {
        return None;
    }
    if let Some(term) = month(word).and_then(month_term) {
        return Some(term.to_owned());
    }
    let family = IRREGULAR
        .iter()
        .find(|(forms, _)| forms.split(' ').any(|form| form == word));
    if let Some((_, term)) = family {
        return Some((*term).to_owned());
    }
    thread_local! {
        static SNOWBALL: pagefind_stem::Stemmer = pagefind_stem::Stemmer::create(pagefind_stem::Algorithm::Russian);
    }
    let stem = SNOWBALL.with(|snowball| snowball.stem(word).into_owned());
    Some(steady(&stem))
}

/// «список» and «списка» have one stem: the vowel that comes and goes before the last letter is left out.
fn steady(stem: &str) -> String {
    let letters: Vec<char> = stem.chars().collect();
    if let [rest @ .., before, 'о' | 'е', last @ ('к' | 'ц')] = letters.as_slice()
        && !is_vowel(*before)
        && rest.iter().any(|c| is_vowel(*c))
    {
        return rest.iter().chain([before, last]).collect();
    }
    stem.to_owned()
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э' | 'ю' | 'я')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each term once, in the order in which they come.
    fn all(text: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        let (mut first, mut again) = (Vec::new(), Vec::new());
        vocabulary.terms(text, &mut |term| first.push(term));
        vocabulary.apart(text, &mut |term| {
            if !again.contains(&term) {
                again.push(term);
            }
        });
        assert_eq!(first, again, "what is known is the same as before: {text}");
        let name = |number| vocabulary.all().find(|(_, n)| *n == number);
        first
            .into_iter()
            .filter_map(name)
            .map(|(term, _)| term.to_owned())
            .collect()
    }

    #[test]
    fn forms_of_a_word_meet() {
        for forms in [
            "мероприятие мероприятия мероприятий мероприятиями мероприятиях",
            "школа школы школе школу школой школ школам школами школах",
            "день дня дней дни",
            "список списка списку списков списки",
            "учёба учеба учебу учёбой",
            "наставник наставника наставниками наставников",
            "май мая мае",
            "март марта марте",
            "площадка площадок площадки",
            "районный районного районная районных",
        ] {
            let terms: std::collections::BTreeSet<_> =
                forms.split(' ').filter_map(|f| stem(&plain(f))).collect();
            assert_eq!(terms.len(), 1, "{forms}: {terms:?}");
        }
    }

    #[test]
    fn numbers_of_acts_stay_whole() {
        assert_eq!(all("Приказ № 91/1"), ["приказ", "91/1", "91", "1"]);
        assert_eq!(all("293‑р"), ["293-р", "293"]);
        assert_eq!(all("№ 14-а."), ["14-а", "14"]);
        assert_eq!(all("п. 2.1"), ["2.1", "2", "1"]);
        assert_eq!(all("k8sнастройки"), ["8", "настройк"]);
    }

    #[test]
    fn a_day_is_one_term_however_written() {
        for text in ["15 марта 2024 года", "15.03.2024", "15\u{a0}марта 2024"] {
            assert!(
                all(text).contains(&"2024-03-15".to_owned()),
                "{text}: {:?}",
                all(text)
            );
            assert!(all(text).contains(&"март".to_owned()), "{text}");
        }
        assert!(!all("15 школ марта 2024").contains(&"2024-03-15".to_owned()));
    }

    #[test]
    fn letters_are_made_plain() {
        assert_eq!(plain("Чёрный и\u{306}од"), "черный йод");
        assert_eq!(all("до́м и в"), ["дом"]);
        assert_eq!(all("и/или ... 3..5 -"), ["3", "5"]);
    }

    #[test]
    fn usual_texts_are_made_plain_as_any() {
        let marks = "-‐‑–—…„“«»№§\u{a0} .,;:()/\"'`@&<>!?\t\n\r\0";
        let letters = ('а'..='я').chain('А'..='Я').chain(['ё', 'Ё']);
        let all: String = letters.chain('!'..='~').chain(marks.chars()).collect();
        assert_eq!(usual(&all), Some(any(&all)));
        for rare in ["и\u{306}", "до\u{301}м", "Ї", "é", "ﬁ", "а\u{ad}б"] {
            assert_eq!(usual(rare), None, "{rare}");
        }
    }

    #[test]
    fn common_words_are_in_order() {
        assert!(COMMON.is_sorted());
    }
}
