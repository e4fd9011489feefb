//! Speed of a scan, by hand: `cargo test --release -p glasno-guard tests::measure -- --ignored --nocapture`.

use std::fmt::Write as _;
use std::time::Instant;

use super::{part, registry};
use crate::Recognizer;
use crate::registry::{ProtectedSchool, Registry};
use glasno_passage::Role;

/// Many schools with made-up names.
fn many(n: usize) -> Registry {
    let first = [
        "Бор", "Вер", "Гор", "Дуб", "Зел", "Кам", "Лип", "Мох", "Нов", "Оз", "Пес", "Род", "Сос",
        "Тал", "Усп", "Хол",
    ];
    let second = [
        "ан", "ел", "ин", "ов", "ур", "яг", "ош", "ист", "уш", "ям", "ив", "ол", "ер", "ун", "ад",
        "ик",
    ];
    let third = [
        "ов", "ин", "ск", "к", "ев", "ын", "яч", "ощ", "ищ", "ар", "ел", "ум", "ос", "иц", "ун",
        "ач",
    ];
    Registry::of((0..n).map(|i| {
        let stem = format!(
            "{}{}{}{}",
            first[i % 16],
            second[i / 16 % 16],
            third[i / 256 % 16],
            ["", "ль", "рн"][i / 4096 % 3]
        );
        ProtectedSchool::new(&format!("s{i}"), &format!("МБОУ «{stem}овская СОШ»"))
            .municipality(&format!("{stem}инский район"))
            .settlement(&format!("село {stem}ово"))
            .person(&format!("{stem}ова Анна Петровна"))
    }))
}

#[test]
#[ignore = "a measurement"]
fn speed() {
    let words = "Управление образования сообщает что дорожная карта проекта утверждена и опубликована в установленном порядке \
        методический совет рассмотрел вопросы повышения качества подготовки обучающихся к итоговой аттестации школа ведёт работу с родителями";
    let mut text = String::new();
    let mut paragraphs = Vec::new();
    for i in 0..20_000 {
        text.clear();
        for k in 0..60 {
            let w = words
                .split(' ')
                .nth((i * 7 + k * 13 + k * k) % 31)
                .unwrap_or("и");
            let _ = write!(text, "{w} ");
        }
        let _ = write!(text, "{i}.");
        paragraphs.push(text.clone());
    }
    let fragments: Vec<_> = paragraphs.iter().map(|p| part(Role::Text, p)).collect();
    let bytes: usize = paragraphs.iter().map(String::len).sum();
    for (name, r) in [("16", registry()), ("29", many(29)), ("5000", many(5000))] {
        let at = Instant::now();
        let recognizer = Recognizer::new(&r);
        let built = at.elapsed();
        let mut best = f64::MAX;
        let mut found = 0;
        for _ in 0..5 {
            let at = Instant::now();
            found = fragments
                .chunks(200)
                .map(|c| recognizer.scan(c).len())
                .sum();
            best = best.min(at.elapsed().as_secs_f64());
        }
        println!(
            "{name} schools: built in {built:?}, {:.0} MB/s, {found} mentions",
            bytes as f64 / 1e6 / best
        );
    }
}
