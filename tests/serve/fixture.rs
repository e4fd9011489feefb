//! A small site with every kind of reference between documents, for tests that change it. All names are invented.

use std::fs;
use std::io;
use std::path::Path;

pub(crate) const TODAY: (i32, u32, u32) = (2025, 3, 10);

/// Writes one file below `root`, with its folders.
pub(crate) fn write(root: &Path, path: &str, text: &str) -> io::Result<()> {
    let full = root.join(path);
    if let Some(parent) = full.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(full, text)
}

/// The whole site.
pub(crate) fn site(root: &Path) -> io::Result<()> {
    write(root, "content/site.yaml", SITE)?;
    write(root, "content/private/registry.yaml", &registry(&[]))?;
    for section in ["rechnoj-2025", "lesnoj-2025"] {
        write(
            root,
            &format!("content/{section}/section.yaml"),
            &home(section),
        )?;
        write(root, &format!("content/{section}/bodies.yaml"), BODIES)?;
        write(root, &format!("content/{section}/orders/7.yaml"), ORDER)?;
        write(
            root,
            &format!("content/{section}/roadmap.yaml"),
            &roadmap(3),
        )?;
        write(
            root,
            &format!("content/{section}/schedules/vyezdy.yaml"),
            SCHEDULE,
        )?;
        write(
            root,
            &format!("content/{section}/seminars/pervyj.yaml"),
            SEMINAR,
        )?;
        write(
            root,
            &format!("content/{section}/news/nachalo.md"),
            &news("Начало работы", 3),
        )?;
        write(
            root,
            &format!("content/{section}/news/itogi.md"),
            &news("Первые итоги", 5),
        )?;
        write(
            root,
            &format!("content/{section}/files/plan.csv"),
            "a;b\n1;2\n",
        )?;
    }
    Ok(())
}

pub(crate) const SITE: &str = "title: \"Проверочный портал\"\nbase_url: \"https://proba.example.org/\"\n\
    publisher:\n  name: \"Оператор\"\nk: 3\nsections:\n  - rechnoj-2025\n  - lesnoj-2025\n";

/// A registry with the school that the texts never name, and more.
pub(crate) fn registry(more: &[&str]) -> String {
    let mut text = String::from(
        "protected:\n  - id: r-01\n    name: \"МБОУ «Заозёрная СОШ»\"\n    municipality: \"Речной район\"\n",
    );
    for (n, name) in more.iter().enumerate() {
        text.push_str(&format!(
            "  - id: r-{:02}\n    name: \"{name}\"\n    municipality: \"Речной район\"\n",
            n + 2
        ));
    }
    text.push_str("municipalities:\n  - {name: \"Речной район\", schools: 9}\n");
    text
}

pub(crate) fn home(section: &str) -> String {
    format!(
        "kind: section\ntitle: \"Проект: {section}\"\nshort_title: \"{section}\"\nlevel: municipality\n\
         territory: \"Речной район\"\nsummary: \"Помощь школам района.\"\nowner: \"Отдел образования\"\n\
         published: 2025-01-10\n"
    )
}

pub(crate) const BODIES: &str = "kind: bodies\ntitle: \"Ответственные\"\nbodies:\n\
    \x20 - id: otdel\n    name: \"Отдел образования\"\n    aliases: [\"отдел\"]\n\
    \x20 - id: centr\n    name: \"Методический центр\"\n";

pub(crate) const ORDER: &str = "kind: order\ntype: приказ\nissuer: \"Отдел образования\"\n\
    letterhead: \"ОТДЕЛ ОБРАЗОВАНИЯ\"\ndate: 2025-01-09\nnumber: \"7\"\nsubject: \"О помощи школам\"\n\
    clauses:\n  - no: \"1.\"\n    text: \"Утвердить [дорожную карту](../roadmap.yaml).\"\n\
    signed: {post: \"Начальник отдела\", name: \"И. И. Вымыслов\"}\n";

/// The order without its link to a roadmap.
pub(crate) fn plain_order() -> String {
    ORDER.replace("[дорожную карту](../roadmap.yaml)", "дорожную карту")
}

/// A roadmap with so many rows.
pub(crate) fn roadmap(rows: usize) -> String {
    let mut text = String::from(
        "kind: roadmap\ntitle: \"Дорожная карта помощи школам\"\norder: \"7\"\n\
         plan: {from: 2025-01-01, to: 2025-12-31}\ncolumns:\n  measure: \"Мероприятия\"\n  period: \"Сроки\"\n\
         \x20 responsible: \"Ответственные\"\npublished: 2025-01-20\nrows:\n",
    );
    for n in 1..=rows {
        text.push_str(&format!(
            "  - no: \"{n}.\"\n    measure: \"Мероприятие {n}\"\n    period: \"до {:02}.04.2025\"\n    \
             responsible: [\"{}\"]\n",
            n % 28 + 1,
            if n % 2 == 0 { "Методический центр" } else { "отдел" },
        ));
    }
    text
}

pub(crate) const SCHEDULE: &str = "kind: schedule\ntype: visits\ntitle: \"График выездов\"\norder: \"7\"\nrow: \"2\"\n\
    published: 2025-01-20\nrows:\n\
    \x20 - {date: \"17.03.2025\", municipality: \"Речной район\", school: r-01, theme: \"Уроки математики\"}\n\
    \x20 - {date: \"24.03.2025\", municipality: \"Речной район\", theme: \"Уроки чтения\"}\n";

pub(crate) const SEMINAR: &str = "kind: seminar\ntitle: \"Первый семинар\"\ndate: \"20.03.2025\"\ntime: \"10:00–12:00\"\nrow: \"1\"\n\
    organizers: [\"Методический центр\"]\nabout: \"О [плане](../files/plan.csv) работы.\"\npublished: 2025-01-21\n";

/// A piece of news that links to the roadmap's row.
pub(crate) fn news(title: &str, day: u32) -> String {
    format!(
        "---\nkind: news\ntitle: \"{title}\"\ndate: 2025-02-{day:02}\nrow: \"1\"\n---\n\n\
         Работа идёт: смотрите [дорожную карту](../roadmap.yaml#r-1) и [приказ](../orders/7.yaml).\n"
    )
}
