//! `glasno init`: asks about a project, lays its section, says what comes next. Must not lay anything itself.

use std::io::{IsTerminal, Write};

use super::args::{InitArgs, LevelArg, YesNo};
use super::words::say;
use super::{OK, REFUSED, schema, status};
use crate::diag::message::fill;
use crate::diag::{Findings, Lang, print};
use crate::kinds::blank::Blank;
use crate::start::{self, Answers, Laid, Level, List, Registry};

/// Begins a section.
pub(super) fn init(args: &InitArgs, lang: Lang) -> u8 {
    let Some(answers) = answers(args, lang) else {
        anstream::eprintln!(
            "{}",
            say(
                lang,
                "Не сказано, где идёт проект. Ответьте на вопросы или назовите место: glasno init --territory «Луговой район»",
                "It is not said where the project runs. Answer the questions, or name the place: glasno init --territory …",
            )
        );
        return REFUSED;
    };
    match start::lay(&args.root, &answers) {
        Ok(laid) => {
            for word in ["site", "section", "bodies", "registry"] {
                if let Some(blank) = Blank::of(word) {
                    schema::provide(&args.root, blank);
                }
            }
            anstream::print!("{}", told(&laid, args, lang));
            OK
        }
        Err(finding) => {
            let findings: Findings = [*finding].into_iter().collect();
            let plain = |text: &str| text.to_owned();
            let _ = print::human(&findings, lang, &plain, &mut anstream::stderr());
            status(&findings, false)
        }
    }
}

/// Asks, one line a question.
struct Asking<'a> {
    lines: std::io::Lines<std::io::StdinLock<'a>>,
    /// Nobody answers any more.
    over: bool,
    lang: Lang,
}

impl Asking<'_> {
    /// An answer; empty is none.
    fn one(&mut self, ru: &'static str, en: &'static str) -> Option<String> {
        if self.over {
            return None;
        }
        anstream::print!("{} ", say(self.lang, ru, en));
        let _ = std::io::stdout().flush();
        let Some(Ok(line)) = self.lines.next() else {
            self.over = true;
            anstream::println!();
            return None;
        };
        Some(line.trim().to_owned()).filter(|l| !l.is_empty())
    }

    /// The same until the words mean something.
    fn until<T>(
        &mut self,
        ru: &'static str,
        en: &'static str,
        again: (&'static str, &'static str),
        read: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        loop {
            let words = self.one(ru, en)?;
            if let Some(value) = read(&words) {
                return Some(value);
            }
            anstream::println!("  {}", say(self.lang, again.0, again.1));
        }
    }
}

/// Answers from the arguments; the others are asked, unless nobody is there to answer. `None` without a place.
fn answers(args: &InitArgs, lang: Lang) -> Option<Answers> {
    let mut answers = Answers {
        territory: args.territory.clone().unwrap_or_default(),
        level: args.level.map(|level| match level {
            LevelArg::Region => Level::Region,
            LevelArg::Municipality => Level::Municipality,
        }),
        title: args.title.clone(),
        owner: args.owner.clone(),
        phone: args.phone.clone(),
        email: args.email.clone(),
        address: args.site.clone(),
        span: args.years,
        section: args.section.clone(),
        list: match args.list {
            Some(YesNo::Yes) => List::Kept,
            Some(YesNo::No) => List::None,
            None => List::Unknown,
        },
    };
    let given = !answers.territory.trim().is_empty();
    if std::io::stdin().is_terminal() || !given {
        ask(&mut answers, args, lang);
    }
    (!answers.territory.trim().is_empty()).then_some(answers)
}

fn ask(answers: &mut Answers, args: &InitArgs, lang: Lang) {
    anstream::println!(
        "{}",
        say(
            lang,
            "Несколько вопросов о проекте. Не знаете ответа — просто нажмите Enter: потом впишете.",
            "A few questions about the project. If you do not know, just press Enter: it can be written later.",
        )
    );
    let mut asking = Asking {
        lines: std::io::stdin().lines(),
        over: false,
        lang,
    };
    if answers.territory.trim().is_empty() {
        let place = asking.one(
            "Где идёт проект: район, город или регион?",
            "Where does the project run: district, town or region?",
        );
        answers.territory = place.unwrap_or_default();
        if answers.territory.is_empty() {
            return;
        }
    }
    if answers.level.is_none() {
        let guess = Level::of(&answers.territory);
        let (ru, en) = match guess {
            Level::Municipality => (
                "Чей это проект: 1 — района или города, 2 — региона? [1]",
                "Whose project is it: 1 a district's or town's, 2 a region's? [1]",
            ),
            Level::Region => (
                "Чей это проект: 1 — района или города, 2 — региона? [2]",
                "Whose project is it: 1 a district's or town's, 2 a region's? [2]",
            ),
        };
        let again = ("Ответьте цифрой 1 или 2.", "Answer 1 or 2.");
        answers.level = asking.until(ru, en, again, |words| {
            match words.to_lowercase().chars().next() {
                Some('1' | 'м' | 'г' | 'm') => Some(Level::Municipality),
                Some('2' | 'р' | 'r') => Some(Level::Region),
                _ => None,
            }
        });
    }
    let mut text = |value: &mut Option<String>, ru, en| {
        if value.is_none() {
            *value = asking.one(ru, en);
        }
    };
    text(
        &mut answers.title,
        "Как называется проект? [Поддержка школ]",
        "What is the project called? [Поддержка школ]",
    );
    text(
        &mut answers.owner,
        "Кто его ведёт (орган или учреждение)?",
        "Who runs it?",
    );
    text(&mut answers.phone, "Телефон для вопросов?", "Phone?");
    text(&mut answers.email, "Почта для вопросов?", "E-mail?");
    if answers.address.is_none() {
        answers.address = asking.until(
            "Адрес сайта, на котором будет раздел?",
            "The address of the site?",
            (
                "Это не адрес: нужен вроде obr.example или https://obr.example/500",
                "This is no address: write obr.example or https://obr.example/500",
            ),
            Answers::address,
        );
    }
    if answers.span.is_none() {
        answers.span = asking.until(
            "Годы проекта (2025, 2025-2026, 2025/2026 учебный год)?",
            "Years of the project (2025, 2025-2026, 2025/2026)?",
            (
                "Год не понят: напишите 2025, 2025-2026 или 2025/2026.",
                "Write 2025, 2025-2026 or 2025/2026.",
            ),
            start::years,
        );
    }
    if args.list.is_none() {
        let again = (
            "Ответьте «да» или «нет»; не знаете — нажмите Enter.",
            "Answer yes or no, or press Enter.",
        );
        let list = asking.until(
            "Есть ли закрытый перечень школ, которые нельзя называть: да / нет?",
            "Is there a list of schools that must not be named: yes / no?",
            again,
            |words| match words.to_lowercase().chars().next() {
                Some('д' | 'y') => Some(List::Kept),
                Some('н' | 'n') => Some(List::None),
                _ => None,
            },
        );
        answers.list = list.unwrap_or_default();
    }
    anstream::println!();
}

/// What was laid, and what to do next.
fn told(laid: &Laid, args: &InitArgs, lang: Lang) -> String {
    let root = args.root.display().to_string();
    let there = if root == "." {
        String::new()
    } else {
        format!(" {root}")
    };
    let mut out = String::from(say(lang, "Раздел начат:\n", "The section is begun:\n"));
    for file in &laid.files {
        out.push_str(&format!("  {file}\n"));
    }
    let mut steps: Vec<&'static str> = Vec::new();
    if laid.portal {
        steps.push(say(
            lang,
            "Впишите раздел в список sections файла content/site.yaml: {section}.",
            "Add the section to `sections` in content/site.yaml: {section}.",
        ));
    }
    match laid.registry {
        Registry::There => {}
        Registry::Empty => steps.push(say(
            lang,
            "Реестр пуст и никого не защищает. Есть перечень — внесите его: glasno registry import СПИСОК",
            "The registry is empty and guards nobody. If there is a list, enter it: glasno registry import LIST",
        )),
        Registry::Awaited => steps.push(say(
            lang,
            "Внесите перечень школ, без него сайт не соберётся: glasno registry import СПИСОК",
            "Enter the list of schools, no site is built without it: glasno registry import LIST",
        )),
    }
    steps.push(say(
        lang,
        "Добавьте приказ, план, график как есть: glasno import ФАЙЛ --section {section}{root}",
        "Add an order, a plan, a schedule as it is: glasno import FILE --section {section}{root}",
    ));
    steps.push(say(
        lang,
        "Соберите сайт: glasno build{root} — или смотрите его, пока правите: glasno serve{root} --open",
        "Build the site: glasno build{root}, or look at it while you edit: glasno serve{root} --open",
    ));
    out.push_str(say(lang, "Дальше:\n", "Next:\n"));
    let values = [("section", laid.section.clone()), ("root", there)];
    for (n, step) in steps.iter().enumerate() {
        out.push_str(&format!("  {}. {}\n", n + 1, fill(step, &values)));
    }
    out
}
