//! How findings look: snapshots without colours.

use serde_json::json as value;

use super::*;
use crate::diag::{Entry, Location, Span};

static PERIOD: Entry = Entry {
    code: "period.invalid",
    severity: Severity::Error,
    ru: "такого дня нет: «{date}»",
    en: "there is no such day: {date}",
    hint_ru: "исправьте дату или добавьте `sic: true`",
    hint_en: "correct the date or add `sic: true`",
};

static ODD: Entry = Entry {
    code: "text.odd",
    severity: Severity::Warning,
    ru: "странный знак",
    en: "an odd character",
    hint_ru: "",
    hint_en: "",
};

static NAMED: Entry = Entry {
    code: "disclosure.name",
    severity: Severity::Error,
    ru: "названа школа из закрытого перечня",
    en: "a school of the closed list is named",
    hint_ru: "уберите её",
    hint_en: "take it out",
};

fn at(entry: &'static Entry, line: &str, column: u32, width: u32) -> Finding {
    let place = Location::at("content/план.yaml", Span::new(12, column, width));
    Finding::new(entry, place).line_text(line)
}

fn plain(text: &str) -> String {
    text.to_owned()
}

fn shown_with(lang: Lang, findings: Vec<Finding>, mask: &dyn Fn(&str) -> String) -> String {
    let mut out = Vec::new();
    human(&findings.into_iter().collect(), lang, mask, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    anstream::adapter::strip_str(&text)
        .to_string()
        .replace('\u{a0}', "~")
}

fn shown(findings: Vec<Finding>) -> String {
    shown_with(Lang::Ru, findings, &plain)
}

#[test]
fn a_caret_stands_under_cyrillic() {
    let line = "    период: \"31.09.2025\"";
    let finding = at(&PERIOD, line, 14, 10).arg("date", "31.09.2025");
    insta::assert_snapshot!(shown(vec![finding]), @r#"
    content/план.yaml:12:14: ошибка: такого дня нет: «31.09.2025» [period.invalid]
      12 │     период: "31.09.2025"
         │              ^^^^^^^^^^
      Что сделать: исправьте дату или добавьте `sic: true`

    1~ошибка
    "#);
}

#[test]
fn english_is_english() {
    let finding = at(&PERIOD, "period: 31.09.2025", 9, 10).arg("date", "31.09.2025");
    let odd = at(&ODD, "x", 1, 1);
    insta::assert_snapshot!(shown_with(Lang::En, vec![finding, odd], &plain), @r#"
    content/план.yaml:12:9: error: there is no such day: 31.09.2025 [period.invalid]
      12 │ period: 31.09.2025
         │         ^^^^^^^^^^
      What to do: correct the date or add `sic: true`

    content/план.yaml:12:1: warning: an odd character [text.odd]
      12 │ x
         │ ^

    1~error, 1~warning
    "#);
}

#[test]
fn tabs_combining_marks_and_wide_characters_are_measured() {
    let findings = vec![
        at(&ODD, "\tключ:\tзначение", 8, 8),
        at(&ODD, "раи\u{306}он и\u{306} край", 8, 2),
        at(&ODD, "图表 и 学校: школа", 6, 2),
        at(&ODD, "\u{feff}title: x\u{202e}y\u{1b}[31m", 1, 1),
        at(&ODD, "без конца:", 11, 0),
    ];
    insta::assert_snapshot!(shown(findings), @r#"
    content/план.yaml:12:8: предупреждение: странный знак [text.odd]
      12 │     ключ:   значение
         │             ^^^^^^^^

    content/план.yaml:12:8: предупреждение: странный знак [text.odd]
      12 │ район й край
         │       ^

    content/план.yaml:12:6: предупреждение: странный знак [text.odd]
      12 │ 图表 и 学校: школа
         │        ^^^^

    content/план.yaml:12:1: предупреждение: странный знак [text.odd]
      12 │ �title: x�y�[31m
         │ ^

    content/план.yaml:12:11: предупреждение: странный знак [text.odd]
      12 │ без конца:
         │           ^

    5~предупреждений
    "#);
}

#[test]
fn a_long_line_is_cut_round_the_caret() {
    let line = format!("{}ВОТ{}", "слева ".repeat(10_000), " справа".repeat(10_000));
    let at_mark = line.chars().position(|c| c == 'В').unwrap() as u32 + 1;
    let findings = vec![
        at(&ODD, &line, at_mark, 3),
        at(&ODD, &line, 1, 5),
        at(&ODD, &line, at_mark, 60_000),
        at(&ODD, "конец ".repeat(100).trim_end(), 595, 5),
    ];
    insta::assert_snapshot!(shown(findings), @r#"
    content/план.yaml:12:60001: предупреждение: странный знак [text.odd]
      12 │ …ева слева слева слева слева слева слева ВОТ справа справа справа справа справа справа справа справа …
         │                                          ^^^

    content/план.yaml:12:1: предупреждение: странный знак [text.odd]
      12 │ слева слева слева слева слева слева слева слева слева слева слева слева слева слева слева слева слев…
         │ ^^^^^

    content/план.yaml:12:60001: предупреждение: странный знак [text.odd]
      12 │ …ева слева слева слева слева слева слева ВОТ справа справа справа справа справа справа справа справа …
         │                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

    content/план.yaml:12:595: предупреждение: странный знак [text.odd]
      12 │ …онец конец конец конец конец конец конец конец конец конец конец конец конец конец конец конец конец
         │                                                                                                 ^^^^^

    4~предупреждения
    "#);
}

#[test]
fn what_has_no_place_or_no_hint_is_shown_without() {
    let findings = vec![
        Finding::new(&ODD, Location::file("content/a.md")),
        Finding::new(&ODD, Location::default()),
        Finding::new(&PERIOD, Location::file("content/a.md")).arg("date", "первая\nвторая"),
    ];
    insta::assert_snapshot!(shown(findings), @r#"
    content/a.md: предупреждение: странный знак [text.odd]

    предупреждение: странный знак [text.odd]

    content/a.md: ошибка: такого дня нет: «первая
        вторая» [period.invalid]
      Что сделать: исправьте дату или добавьте `sic: true`

    1~ошибка, 2~предупреждения
    "#);
}

#[test]
fn many_of_one_kind_are_folded() {
    let mut findings: Vec<Finding> = (1..=73).map(|i| at(&ODD, "x", i, 1)).collect();
    findings.push(at(&PERIOD, "y", 1, 1).arg("date", "y"));
    let text = shown(findings);
    assert_eq!(text.matches("странный знак").count(), 50);
    let end = text.rsplit("\n\n").take(2).collect::<Vec<_>>();
    insta::assert_snapshot!(end.join("|"), @r#"
    1~ошибка, 73~предупреждения
    |И ещё 23~замечания с кодом text.odd; все показывает `--format json`.
    "#);
}

#[test]
fn nothing_is_said_about_nothing() {
    assert_eq!(shown(Vec::new()), "");
}

#[test]
fn protected_names_are_masked_and_the_caret_follows() {
    let mask = |text: &str| text.replace("Приозёрная СОШ", "▒▒▒");
    let line = "школа: Приозёрная СОШ, срок: 31.09.2025";
    let disclosed = at(&NAMED, "тут Приозёрная СОШ", 5, 10).subject("r-07");
    let findings = vec![
        at(&PERIOD, line, 30, 10).arg("date", "Приозёрная СОШ"),
        at(&ODD, line, 8, 14),
        at(&ODD, line, 12, 3),
        disclosed,
    ];
    let text = shown_with(Lang::Ru, findings, &mask);
    assert!(!text.contains("Приозёрная"));
    insta::assert_snapshot!(text, @r#"
    content/план.yaml:12:30: ошибка: такого дня нет: «▒▒▒» [period.invalid]
      12 │ школа: ▒▒▒, срок: 31.09.2025
         │                   ^^^^^^^^^^
      Что сделать: исправьте дату или добавьте `sic: true`

    content/план.yaml:12:8: предупреждение: странный знак [text.odd]
      12 │ школа: ▒▒▒, срок: 31.09.2025
         │        ^^^

    content/план.yaml:12:12: предупреждение: странный знак [text.odd]
      12 │ школа: ▒▒▒, срок: 31.09.2025

    content/план.yaml:12:5: ошибка: названа школа из закрытого перечня [disclosure.name: r-07]
      Что сделать: уберите её

    2~ошибки, 2~предупреждения
    "#);
}

#[test]
fn json_has_every_key() {
    let findings: Findings = vec![
        at(&PERIOD, "x", 9, 10).arg("date", "31.09.2025"),
        Finding::new(&ODD, Location::file("content/Приозёрная.md")),
        Finding::new(&NAMED, Location::file("site/a.html")).subject("r-07"),
    ]
    .into_iter()
    .collect();
    let mask = |text: &str| text.replace("Приозёрная", "▒▒▒");
    let summary = [("pages", value!(3)), ("errors", value!(["Приозёрная"]))];
    let text = json(&findings, &summary, Lang::Ru, &mask);
    insta::assert_snapshot!(text, @r#"{"findings":[{"code":"period.invalid","severity":"error","path":"content/план.yaml","line":12,"column":9,"message":"такого дня нет: «31.09.2025»","hint":"исправьте дату или добавьте `sic: true`","subject":null},{"code":"text.odd","severity":"warning","path":"content/▒▒▒.md","line":null,"column":null,"message":"странный знак","hint":null,"subject":null},{"code":"disclosure.name","severity":"error","path":"site/a.html","line":null,"column":null,"message":"названа школа из закрытого перечня","hint":"уберите её","subject":"r-07"}],"summary":{"pages":3,"errors":["▒▒▒"]}}"#);
}

proptest::proptest! {
    #[test]
    fn no_line_and_no_span_can_break_the_printer(
        line in "\\PC{0,60}|(\\t|й|图|\u{306}|\u{1b}|x){0,300}",
        column in 0u32..400,
        width in 0u32..400,
    ) {
        let mask = |text: &str| text.replace('й', "<>");
        for text in [plain(&line), mask(&line)] {
            let excerpt = excerpt::cut(&text, Span::new(1, column, width), &mask);
            let escapes = excerpt.line.contains('\u{1b}');
            proptest::prop_assert!(!escapes);
            proptest::prop_assert!(excerpt.caret.is_none_or(|(_, w)| w > 0));
        }
    }
}
