//! How long the tabs of a region take: 500, 1,000, 2,000, 5,000 schools in four forms each.
//!
//! `cargo bench --bench tabs` (or `-- 500 1000` for other sizes). Every school has a filled-in folder: details, four
//! documents, a roadmap, two news items. Prints time, the program's largest memory (Linux), disk per school.

#![allow(clippy::disallowed_methods)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const FIRST: [&str; 10] = [
    "Верхне",
    "Ново",
    "Старо",
    "Мало",
    "Больше",
    "Ниже",
    "Красно",
    "Бело",
    "Черно",
    "Средне",
];
const SECOND: [&str; 20] = [
    "лумпинская",
    "кадрошская",
    "шимолинская",
    "туглимская",
    "ербинецкая",
    "вистрюмская",
    "оглинская",
    "пажвинская",
    "речмотская",
    "сульбинская",
    "дармыжская",
    "кловецкая",
    "жубринская",
    "фарлемская",
    "хошинская",
    "цурмицкая",
    "юрвежская",
    "ямготская",
    "эргонская",
    "запруткинская",
];

fn main() -> std::io::Result<()> {
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter_map(|a| a.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![500, 1000, 2000, 5000]
    } else {
        sizes
    };
    println!(
        "школ | секунд | секунд процессора | мс процессора на школу | память, МБ | она же на одну вкладку при том же реестре, МБ | на диске на школу, КБ | из них архив, КБ"
    );
    let mut first = None;
    let mut last = (0, 0.0, 0, 0);
    for size in sizes {
        let home = std::env::temp_dir().join(format!("glasno-tabs-{}-{size}", std::process::id()));
        region(&home, size)?;
        let (time, cpu, memory) = run(&home, &["--all"])?;
        let (_, _, alone) = run(&home, &["--school", "s-00000"])?;
        let (all, packed) = disk(&home.join("output/tabs"))?;
        let per = |n: u64| n / size as u64 / 1024;
        println!(
            "{size} | {:.1} | {cpu:.1} | {:.2} | {} | {} | {} | {}",
            time.as_secs_f64(),
            cpu * 1000.0 / size as f64,
            memory / 1024,
            alone / 1024,
            per(all),
            per(packed)
        );
        first.get_or_insert((size, memory));
        last = (size, cpu, memory, all);
        fs::remove_dir_all(&home)?;
    }
    if let (Some((small, few)), (size, cpu, memory, all)) = (first, last)
        && size > 0
    {
        let times = 40_000.0 / size as f64;
        let grown = (memory - few) as f64 / (size - small).max(1) as f64;
        println!(
            "40000 (пересчёт) | {:.0} с процессора | {:.0} МБ памяти | {:.1} ГБ на диске",
            cpu * times,
            (memory as f64 + grown * (40_000 - size) as f64) / 1024.0,
            all as f64 * times / 1e9
        );
    }
    Ok(())
}

/// Runs the program; gives time, the processor's time in seconds (which other work on the machine does not change), and
/// the largest memory in KB.
fn run(home: &Path, which: &[&str]) -> std::io::Result<(Duration, f64, u64)> {
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_glasno"))
        .args(["tab", "build", "--today", "2025-03-10"])
        .args(which)
        .arg(home)
        .stdout(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let stat = format!("/proc/{}/stat", child.id());
    let mut memory = 0;
    let mut ticks = 0;
    let code = loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|l| l.strip_prefix("VmHWM:"));
        let now = line.and_then(|l| l.trim().split(' ').next()?.parse().ok());
        memory = now.unwrap_or(0).max(memory);
        // Fields 14 and 15 are user and system time in hundredths; the name before them may hold blanks.
        let text = fs::read_to_string(&stat).unwrap_or_default();
        let after = text.rsplit_once(')').map_or("", |(_, rest)| rest);
        let used = after
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|n| n.parse::<u64>().ok());
        ticks = used.sum::<u64>().max(ticks);
        if let Some(code) = child.try_wait()? {
            break code;
        }
        std::thread::sleep(Duration::from_millis(20));
    };
    assert!(code.success(), "the program failed: {code}");
    Ok((begun.elapsed(), ticks as f64 / 100.0, memory))
}

/// Bytes of all files, and of the archives among them.
fn disk(folder: &Path) -> std::io::Result<(u64, u64)> {
    let (mut all, mut packed) = (0, 0);
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry?;
        if entry.file_type().is_file() {
            let len = entry.metadata()?.len();
            all += len;
            if entry.path().extension().is_some_and(|e| e == "zip") {
                packed += len;
            }
        }
    }
    Ok((all, packed))
}

fn name(n: usize) -> String {
    let first = FIRST[n % 10];
    let second = SECOND[n / 10 % 20];
    match n / 200 {
        0 => format!("МБОУ «{first}{second} СОШ»"),
        more => format!("МБОУ «{first}{second} СОШ № {}»", more + 1),
    }
}

fn put(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

fn region(home: &Path, size: usize) -> std::io::Result<()> {
    let content = home.join("content");
    put(
        &content.join("site.yaml"),
        "title: \"Портал\"\nbase_url: \"https://portal.example/\"\npublisher: {name: \"Оператор\"}\nsections: [oblast]\n",
    )?;
    put(
        &content.join("oblast/section.yaml"),
        "kind: section\ntitle: \"Проект поддержки школ\"\nterritory: \"Область\"\nlevel: region\nsummary: \"О чём проект.\"\nabout: \"Подробно о проекте.\"\npublished: 2025-01-15\n",
    )?;
    put(
        &content.join("oblast/bodies.yaml"),
        "kind: bodies\nbodies:\n  - {id: don, name: \"Департамент образования\", short: \"ДОН\"}\n",
    )?;
    let mut rows = String::new();
    for n in 1..=25 {
        let _ = writeln!(
            rows,
            "  - {{no: \"{n}\", measure: \"Провести мероприятие {n} по плану работы\", period: \"Март 2025\", responsible: [\"ДОН\"]}}"
        );
    }
    put(
        &content.join("oblast/roadmap.yaml"),
        &format!(
            "kind: roadmap\ntitle: \"Дорожная карта\"\nplan: {{from: 2025-01-01, to: 2025-12-31}}\ncolumns: {{measure: \"Мероприятие\", period: \"Срок\", responsible: \"Ответственный\"}}\nrows:\n{rows}published: 2025-01-15\n"
        ),
    )?;
    let mut registry = String::from("protected:\n");
    for n in 0..size {
        let _ = writeln!(
            registry,
            "  - {{id: s-{n:05}, name: \"{}\", municipality: \"{} район\"}}",
            name(n),
            SECOND[n / 7 % 20].replace("ая", "ий")
        );
    }
    put(&content.join("private/registry.yaml"), &registry)?;
    // Plain ASCII source: the letters are written as numbers.
    let mut rtf = String::from("{\\rtf1\\ansi\\uc1 ");
    for c in "Документ школы: цели, задачи, этапы и показатели работы на год. "
        .repeat(40)
        .chars()
    {
        if c.is_ascii() {
            rtf.push(c);
        } else {
            let _ = write!(rtf, "\\u{}?", u32::from(c));
        }
    }
    rtf.push('}');
    for n in 0..size {
        school(&content.join(format!("private/tabs/s-{n:05}")), n, &rtf)?;
    }
    Ok(())
}

fn school(folder: &Path, n: usize, rtf: &str) -> std::io::Result<()> {
    put(
        &folder.join("school.yaml"),
        &format!(
            "name: \"{}\"\nrole: participant\npublish_own_name: true\ncurator: {{name: \"Ветрова Анна\", post: \"методист\", phone: \"+7 (000) 123-45-67\"}}\n\
         normative:\n  - {{level: school, title: \"Приказ о рабочей группе\", date: 2025-01-20, file: documents/a.rtf}}\n\
         documents:\n  - {{stage: risk-profile, title: \"Рисковый профиль\", date: 2025-02-03, file: documents/b.rtf}}\n  - {{stage: programme, title: \"Концепция развития\", date: 2025-02-20, file: documents/c.rtf}}\n  - {{stage: programme, title: \"Среднесрочная программа\", date: 2025-02-20, file: documents/d.rtf}}\n\
         events:\n  - {{date: 2025-04-10, title: \"Методический день\"}}\n",
            name(n)
        ),
    )?;
    for file in ["a", "b", "c", "d"] {
        put(
            &folder.join(format!("documents/{file}.rtf")),
            &format!("{rtf}{n}"),
        )?;
    }
    let mut rows = String::new();
    for row in 1..=12 {
        let _ = writeln!(
            rows,
            "  - {{no: \"{row}\", measure: \"Мероприятие школы {row}: посещение уроков и разбор\", period: \"Март 2025\", result: \"Справка\"}}"
        );
    }
    put(
        &folder.join("roadmap.yaml"),
        &format!(
            "kind: roadmap\ntitle: \"Дорожная карта школы\"\nplan: {{from: 2025-01-01, to: 2025-12-31}}\nrows:\n{rows}"
        ),
    )?;
    for day in [10, 20] {
        put(
            &folder.join(format!("news/n{day}.md")),
            &format!(
                "---\nkind: news\ntitle: \"Новость {day} февраля\"\ndate: 2025-02-{day}\n---\n{}\n",
                "Учителя провели открытые уроки и обсудили их с куратором. ".repeat(8)
            ),
        )?;
    }
    Ok(())
}
