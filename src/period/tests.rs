//! Every form the orders use, general variations, faults with their places, and properties.

use proptest::prelude::*;

use super::*;

fn d(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a test's own date")
}

fn plan(from: &str, to: &str) -> Plan {
    Plan {
        from: d(from),
        to: d(to),
    }
}

/// `kind from to`, dates as `-` where there are none, `?` after a year that was assumed.
fn say(text: &str, plan: Option<&Plan>) -> String {
    let show = |day: Option<NaiveDate>| day.map_or("-".to_owned(), |d| d.to_string());
    match parse(text, plan) {
        Ok(p) => {
            assert_eq!(p.text, text);
            format!(
                "{} {} {}{}",
                p.kind.as_str(),
                show(p.from),
                show(p.to),
                if p.assumed { " ?" } else { "" }
            )
        }
        Err(e) => format!(
            "{:?} at {:?} `{}`",
            e.kind,
            e.at,
            text.chars()
                .skip(e.at.start)
                .take(e.at.len())
                .collect::<String>()
        ),
    }
}

#[track_caller]
fn table(plan: Option<&Plan>, rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, want)| {
            let got = say(text, plan);
            (got != *want).then(|| format!("{text}\n   got  {got}\n   want {want}"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What thirty offices print, each with the plan it stands in.
#[test]
fn printed_in_plans_of_many_offices() {
    let lines = include_str!("printed.tsv").lines();
    let mut wrong = Vec::new();
    for line in lines.filter(|l| !l.starts_with('#') && !l.is_empty()) {
        let [from, to, text, want] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("{line}");
        };
        let got = say(text, Some(&plan(from, to)));
        // Whether a year was assumed is no part of what the words mean.
        let got = got.trim_end_matches(" ?");
        let unread = want == "unread" && parse(text, Some(&plan(from, to))).is_err();
        if got != want && !unread {
            wrong.push(format!("{text}\n   got  {got}\n   want {want}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn headings_give_years() {
    let whole = plan("2024-09-01", "2026-05-31");
    for (text, want) in [
        ("2024-2025 учебный год", Some(("2024-09-01", "2025-08-31"))),
        ("2025 год", Some(("2025-01-01", "2025-12-31"))),
        (
            "Мероприятия на 2025 год",
            Some(("2025-01-01", "2025-12-31")),
        ),
        (
            "Этап II. Основной (сентябрь 2025 – май 2026 г.)",
            Some(("2025-09-01", "2026-05-31")),
        ),
        (
            "Задачи 2024/2025 учебного года",
            Some(("2024-09-01", "2025-08-31")),
        ),
        ("Организационные мероприятия", None),
        ("Исполнение приказа от 12.01.2025 № 2024", None),
        ("Итоги 2024 года и планы на 2025 год", None),
        ("Февраль", None),
        ("Май, ежегодно", None),
    ] {
        let want = want.map(|(from, to)| plan(from, to));
        assert_eq!(heading(text, Some(&whole)), want, "{text}");
    }
}

#[test]
fn tyumen_region_1207() {
    table(
        Some(&plan("2024-12-25", "2025-12-25")),
        &[
            ("Январь 2025", "month 2025-01-01 2025-01-31"),
            ("до 25.12.2024", "deadline - 2024-12-25"),
            ("в срок до 26.12.2024", "deadline - 2024-12-26"),
            (
                "в период с 25.12.2024 по 25.12.2025",
                "range 2024-12-25 2025-12-25",
            ),
            ("в течение года", "throughout 2024-12-25 2025-12-25"),
            ("В течение года", "throughout 2024-12-25 2025-12-25"),
            ("ежеквартально", "quarterly - -"),
            ("до 06.10.2025", "deadline - 2025-10-06"),
            ("до 30.10.2025 до 15.11.2025", "deadlines - 2025-11-15"),
            ("апрель, октябрь 2025", "months 2025-04-01 2025-10-31"),
            ("по отдельному графику", "schedule - -"),
            ("ноябрь", "month 2025-11-01 2025-11-30"),
            ("в соответствии с планом курсов", "schedule - -"),
            (
                "в соответствии с планом работы регионального методиста",
                "schedule - -",
            ),
            ("декабрь 2025", "month 2025-12-01 2025-12-31"),
            ("декабрь", "month 2024-12-01 2024-12-31 ?"),
        ],
    );
}

#[test]
fn molchanovo_91_1() {
    table(
        Some(&plan("2023-03-21", "2023-12-31")),
        &[
            ("март-апрель 2023г.", "range 2023-03-01 2023-04-30"),
            ("Март - апрель 2023г.", "range 2023-03-01 2023-04-30"),
            ("Март 2023г.", "month 2023-03-01 2023-03-31"),
            ("Апрель 2023г.", "month 2023-04-01 2023-04-30"),
            ("Ежемесячно", "monthly - -"),
            ("В течение года", "throughout 2023-03-21 2023-12-31"),
            ("Май 2023г.", "month 2023-05-01 2023-05-31"),
            ("Июнь, декабрь 2023", "months 2023-06-01 2023-12-31"),
            ("Май, сентябрь, ноябрь", "months 2023-05-01 2023-11-30"),
            (
                "20–21 апреля 2023г., октябрь 2023г.",
                "dates 2023-04-20 2023-10-31",
            ),
            ("Октябрь-ноябрь 2023г.", "range 2023-10-01 2023-11-30"),
            ("январь", "month 2023-01-01 2023-01-31"),
            ("сентябрь- октябрь", "range 2023-09-01 2023-10-31"),
            ("Февраль", "month 2023-02-01 2023-02-28"),
            ("Август-сентябрь", "range 2023-08-01 2023-09-30"),
            ("По плану работы", "schedule - -"),
            ("Постоянно", "constant - -"),
            ("март 2023г.", "month 2023-03-01 2023-03-31"),
            ("Май 2023", "month 2023-05-01 2023-05-31"),
            ("Август –октябрь 2023г.", "range 2023-08-01 2023-10-31"),
            ("Август – октябрь2023г.", "range 2023-08-01 2023-10-31"),
            ("Декабрь 2023г.", "month 2023-12-01 2023-12-31"),
        ],
    );
}

#[test]
fn tomsk_region_293() {
    table(
        Some(&plan("2020-04-13", "2021-12-31")),
        &[
            ("До 30 апреля 2020", "deadline - 2020-04-30"),
            ("Апрель-май 2020", "range 2020-04-01 2020-05-31"),
            ("Май 2020", "month 2020-05-01 2020-05-31"),
            ("Май - июнь 2020", "range 2020-05-01 2020-06-30"),
            ("До 10.06.2020", "deadline - 2020-06-10"),
            ("15.06 - 30.06.2020", "range 2020-06-15 2020-06-30"),
            ("До 20 августа 2020", "deadline - 2020-08-20"),
            (
                "Май - август 2020, далее - ежегодное обновление",
                "range 2020-05-01 2020-08-31",
            ),
            ("Июнь - декабрь 2020", "range 2020-06-01 2020-12-31"),
            ("По отдельному графику", "schedule - -"),
            ("До мая 2021", "deadline - 2021-05-31"),
            ("Сентябрь 2020 – апрель 2021", "range 2020-09-01 2021-04-30"),
            ("Январь 2021, июнь 2021", "months 2021-01-01 2021-06-30"),
            ("Май-июнь 2021", "range 2021-05-01 2021-06-30"),
        ],
    );
}

#[test]
fn tyumen_city_1028() {
    table(
        Some(&plan("2021-01-01", "2021-12-31")),
        &[
            ("Февраль – март 2021", "range 2021-02-01 2021-03-31"),
            ("Март 2021", "month 2021-03-01 2021-03-31"),
            ("В течение года", "throughout 2021-01-01 2021-12-31"),
            ("Июль – август 2021", "range 2021-07-01 2021-08-31"),
            ("Март — декабрь 2021", "range 2021-03-01 2021-12-31"),
            ("Март-сентябрь 2021", "range 2021-03-01 2021-09-30"),
            ("Согласно графику", "schedule - -"),
            ("До 25.04.2021", "deadline - 2021-04-25"),
            ("Сентябрь - декабрь", "range 2021-09-01 2021-12-31"),
            ("15.11.2021", "date 2021-11-15 2021-11-15"),
        ],
    );
}

#[test]
fn tula_22_1() {
    let tula = plan("2024-02-13", "2024-12-31");
    table(
        Some(&tula),
        &[
            ("Январь – февраль 2024 г.", "range 2024-01-01 2024-02-29"),
            ("Февраль 2024 г.", "month 2024-02-01 2024-02-29"),
            ("В течение 2024 г.", "year 2024-01-01 2024-12-31"),
            (
                "В течение 2024 г. (по мере проведения)",
                "year 2024-01-01 2024-12-31",
            ),
            ("Май, декабрь 2024 г.", "months 2024-05-01 2024-12-31"),
            ("Июнь, декабрь 2023 г.", "months 2023-06-01 2023-12-31"),
            (
                "В течение 2024 г. (по отдельному плану)",
                "year 2024-01-01 2024-12-31",
            ),
            (
                "В течение 2024 г. (по мере поступления информации о мероприятиях)",
                "year 2024-01-01 2024-12-31",
            ),
            (
                "В течение 2024 г. (по плану работы ГОУ ДПО ТО «ИПК и ППРО ТО», по мере поступления информации)",
                "year 2024-01-01 2024-12-31",
            ),
            (
                "В течение 2024г. (по согласованию)",
                "year 2024-01-01 2024-12-31",
            ),
            ("в срок до 07.03.2024", "deadline - 2024-03-07"),
        ],
    );
    let earlier = parse("Июнь, декабрь 2023 г.", Some(&tula)).expect("understood");
    assert!(earlier.outside(&tula));
    assert_eq!(earlier.years, Some((2023, 2023)));
    for inside in [
        "Январь – февраль 2024 г.",
        "В течение 2024 г.",
        "по согласованию",
        "декабрь",
        "до 07.03.2024",
    ] {
        assert!(
            !parse(inside, Some(&tula))
                .expect("understood")
                .outside(&tula),
            "{inside}"
        );
    }
    assert!(
        parse("до 07.03.2025", Some(&tula))
            .expect("understood")
            .outside(&tula)
    );
}

#[test]
fn other_ways_of_writing() {
    table(
        None,
        &[
            ("МАЙ 2025 ГОДА", "month 2025-05-01 2025-05-31"),
            ("в январе 2025", "month 2025-01-01 2025-01-31"),
            ("янв. 2025", "month 2025-01-01 2025-01-31"),
            ("сент.–окт. 2025", "range 2025-09-01 2025-10-31"),
            ("сентябрь\u{a0}2025\u{a0}г.", "month 2025-09-01 2025-09-30"),
            ("1 квартал 2025", "range 2025-01-01 2025-03-31"),
            ("I–II квартал 2025 г.", "range 2025-01-01 2025-06-30"),
            ("1, 3 кварталы 2025", "months 2025-01-01 2025-09-30"),
            ("IV кв. 2025", "range 2025-10-01 2025-12-31"),
            ("2-й квартал 2025 года", "range 2025-04-01 2025-06-30"),
            ("первое полугодие 2025", "range 2025-01-01 2025-06-30"),
            (
                "во втором полугодии 2025 года",
                "range 2025-07-01 2025-12-31",
            ),
            (
                "2 полугодие 2024/2025 учебного года",
                "range 2025-01-01 2025-05-31",
            ),
            ("3 декада мая 2025", "range 2025-05-21 2025-05-31"),
            ("третья декада февраля 2024", "range 2024-02-21 2024-02-29"),
            ("начало мая 2025", "range 2025-05-01 2025-05-10"),
            ("в середине мая 2025", "range 2025-05-11 2025-05-20"),
            ("конец мая 2025", "range 2025-05-21 2025-05-31"),
            ("до конца мая 2025", "deadline - 2025-05-31"),
            ("до конца 2025 года", "deadline - 2025-12-31"),
            ("вторая половина мая 2025", "range 2025-05-16 2025-05-31"),
            ("к 1 сентября 2025", "deadline - 2025-09-01"),
            ("не позднее 01.09.2025", "deadline - 2025-09-01"),
            ("не ранее 1 сентября 2025", "range 2025-09-01 -"),
            ("с 1 сентября 2025", "range 2025-09-01 -"),
            ("с 1 по 15 марта 2025", "range 2025-03-01 2025-03-15"),
            ("с 1-го по 15-е марта 2025", "range 2025-03-01 2025-03-15"),
            (
                "с 10 марта до 5 апреля 2025 г.",
                "range 2025-03-10 2025-04-05",
            ),
            ("с сентября 2024 по май 2025", "range 2024-09-01 2025-05-31"),
            (
                "с 01.09.2024 г. по 31.05.2025 г.",
                "range 2024-09-01 2025-05-31",
            ),
            ("сентябрь–октябрь 2025", "range 2025-09-01 2025-10-31"),
            ("сентябрь - май 2025", "range 2024-09-01 2025-05-31"),
            ("декабрь 2024 – январь", "range 2024-12-01 2025-01-31"),
            ("15-30.06.2020", "range 2020-06-15 2020-06-30"),
            ("15–30 июня 2020 года", "range 2020-06-15 2020-06-30"),
            ("28 апреля – 3 мая 2025", "range 2025-04-28 2025-05-03"),
            ("весна 2025", "range 2025-03-01 2025-05-31"),
            ("зима 2025", "range 2024-12-01 2025-02-28"),
            ("осенью 2025 года", "range 2025-09-01 2025-11-30"),
            ("2024/2025 учебный год", "year 2024-09-01 2025-08-31"),
            ("2024-2025 уч. год", "year 2024-09-01 2025-08-31"),
            (
                "в течение 2024/25 учебного года",
                "year 2024-09-01 2025-08-31",
            ),
            ("2024-2025 годы", "range 2024-01-01 2025-12-31"),
            ("2021-2024 г.г.", "range 2021-01-01 2024-12-31"),
            ("2025 г.", "year 2025-01-01 2025-12-31"),
            ("на 2025 год", "year 2025-01-01 2025-12-31"),
            ("апрель, октябрь, 2025 г.", "months 2025-04-01 2025-10-31"),
            ("в 10-дневный срок", "duration - -"),
            ("в трёхдневный срок", "duration - -"),
            ("в течение 5 (пяти) рабочих дней", "duration - -"),
            ("в течение месяца", "duration - -"),
            ("незамедлительно", "duration - -"),
            ("ежегодно", "yearly - -"),
            ("ежегодно, до 1 октября", "yearly - -"),
            ("еженедельно по вторникам", "weekly - -"),
            ("ежемесячно, до 5 числа", "monthly - -"),
            ("1 раз в квартал", "quarterly - -"),
            ("не реже 2 раз в год", "half-yearly - -"),
            ("каждую среду", "weekly - -"),
            ("каждый месяц", "monthly - -"),
            (
                "ежеквартально, в течение 2025 г.",
                "quarterly 2025-01-01 2025-12-31",
            ),
            ("на постоянной основе", "constant - -"),
            ("по согласованию", "schedule - -"),
            ("(по согласованию)", "schedule - -"),
            ("по мере поступления", "schedule - -"),
            ("по графику, до 25.12.2025", "schedule - 2025-12-25"),
            (
                "март 2025, по отдельному графику",
                "month 2025-03-01 2025-03-31",
            ),
            ("31.08.25", "date 2025-08-31 2025-08-31"),
            ("2024-12-25", "date 2024-12-25 2024-12-25"),
            ("25/12/2024", "date 2024-12-25 2024-12-25"),
            ("09.2025", "month 2025-09-01 2025-09-30"),
            ("« 13 » февраля 2024 года", "date 2024-02-13 2024-02-13"),
            ("14.02.2025 в 10:00", "date 2025-02-14 2025-02-14"),
            ("12, 14 и 20 мая 2025", "dates 2025-05-12 2025-05-20"),
            ("12.05.2025, 14.05.2025", "dates 2025-05-12 2025-05-14"),
            (
                "март-апрель, октябрь-ноябрь 2025",
                "months 2025-03-01 2025-11-30",
            ),
            ("февраля\u{306} 2025", "month 2025-02-01 2025-02-28"),
            ("маи\u{306} 2025", "month 2025-05-01 2025-05-31"),
            ("c 1 пo 5 мaя 2025", "range 2025-05-01 2025-05-05"),
            ("в течение года", "throughout - -"),
        ],
    );
}

#[test]
fn words_without_a_year_lean_on_the_plan() {
    table(
        Some(&plan("2024-09-01", "2025-08-31")),
        &[
            ("сентябрь, май", "months 2024-09-01 2025-05-31"),
            ("ноябрь - февраль", "range 2024-11-01 2025-02-28"),
            ("до 15 марта", "deadline - 2025-03-15"),
            ("ежегодно, до 1 октября", "yearly - 2024-10-01"),
            ("до 1 октября ежегодно", "yearly - 2024-10-01"),
            ("до конца учебного года", "deadline - 2025-08-31"),
            ("ноябрь, январь 2025", "months 2024-11-01 2025-01-31"),
            (
                "в течение всего периода реализации проекта",
                "throughout 2024-09-01 2025-08-31",
            ),
        ],
    );
}

#[test]
fn faults_point_at_their_words() {
    table(
        None,
        &[
            (
                "до 31.09.2025 до 15.11.2025",
                "NoSuchDate { day: 31, month: 9, year: 2025, last_day: 30 } at 3..13 `31.09.2025`",
            ),
            (
                "29 февраля 2025",
                "NoSuchDate { day: 29, month: 2, year: 2025, last_day: 28 } at 0..15 `29 февраля 2025`",
            ),
            (
                "15.13.2025",
                "NoSuchMonth { month: 13 } at 0..10 `15.13.2025`",
            ),
            (
                "5 квартал 2025",
                "NoSuchPart { number: 5, largest: 4 } at 0..14 `5 квартал 2025`",
            ),
            (
                "с 15 по 1 марта 2025",
                "EmptyRange { from: 2025-03-15, to: 2025-03-01 } at 2..20 `15 по 1 марта 2025`",
            ),
            ("ноябрь", "NoYear at 0..6 `ноябрь`"),
            ("", "Empty at 0..0 ``"),
            ("ноябрь 2025 гоад", "NotUnderstood at 12..16 `гоад`"),
            ("в течение гоад", "NotUnderstood at 10..14 `гоад`"),
            ("когда-нибудь", "NotUnderstood at 0..5 `когда`"),
            (
                "ежемесячно, до 31.09.2025",
                "NoSuchDate { day: 31, month: 9, year: 2025, last_day: 30 } at 15..25 `31.09.2025`",
            ),
            (
                "в течение года, до 31.09.2025",
                "NoSuchDate { day: 31, month: 9, year: 2025, last_day: 30 } at 19..29 `31.09.2025`",
            ),
        ],
    );
}

#[test]
fn a_mistake_of_the_original_leaves_the_rest() {
    let error = parse("до 31.09.2025 до 15.11.2025", None).expect_err("no such date");
    let rest = error.partial.expect("the other deadline");
    assert_eq!(rest.kind, PeriodKind::Deadlines);
    assert_eq!(rest.to, Some(d("2025-11-15")));
    assert_eq!(rest.parts.len(), 1);
    let alone = parse("31.09.2025", None)
        .expect_err("no such date")
        .partial
        .expect("its kind");
    assert_eq!(
        (alone.kind, alone.from, alone.to),
        (PeriodKind::Date, None, None)
    );
}

/// Words and signs periods are made of, in any order.
fn near_misses() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "до",
        "с",
        "по",
        "к",
        "в",
        "не",
        "позднее",
        "ранее",
        "май",
        "марта",
        "сентябрь",
        "декабре",
        "квартал",
        "I",
        "II",
        "IV",
        "1",
        "3",
        "15",
        "31",
        "2024",
        "2025",
        "9999",
        "0000",
        "12.05.2025",
        "31.09",
        "30.02.25",
        "-",
        "–",
        " ",
        ",",
        ".",
        "/",
        "(",
        ")",
        "г.",
        "гг.",
        "уч.",
        "год",
        "учебный",
        "полугодие",
        "декада",
        "половина",
        "конец",
        "начало",
        "конца",
        "весна",
        "зима",
        "далее",
        "ежегодно",
        "ежемесячно",
        "каждый",
        "раз",
        "течение",
        "года",
        "графику",
        "постоянно",
        "срок",
        "10-дневный",
        "дней",
        "10:00",
        "первый",
        "«",
        "й",
    ]);
    prop::collection::vec(word, 0..9).prop_map(|words| words.join(" "))
}

fn holds(text: &str, plan: Option<&Plan>) -> Result<(), TestCaseError> {
    let length = text.chars().count();
    let period = match parse(text, plan) {
        Ok(period) => Some(period),
        Err(error) => {
            prop_assert!(
                error.at.start <= error.at.end && error.at.end <= length,
                "{:?} in {}",
                error.at,
                length
            );
            error.partial
        }
    };
    let Some(period) = period else {
        return Ok(());
    };
    prop_assert_eq!(&period.text, text);
    let pairs = period
        .parts
        .iter()
        .map(|p| (p.from, p.to))
        .chain([(period.from, period.to)]);
    for (from, to) in pairs {
        if let (Some(from), Some(to)) = (from, to) {
            prop_assert!(from <= to, "{} > {}", from, to);
        }
    }
    Ok(())
}

proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_date_comes_back(year in 1900i32..2200, ordinal in 1u32..366) {
        let day = NaiveDate::from_yo_opt(year, ordinal).expect("within every year");
        for text in [day.format("%d.%m.%Y").to_string(), day.format("%-d.%-m.%Y г.").to_string(), day.to_string()] {
            let period = parse(&text, None).expect("a valid date");
            prop_assert_eq!((period.kind, period.from, period.to), (PeriodKind::Date, Some(day), Some(day)));
        }
    }

    #[test]
    fn any_text_is_survived(text in any::<String>()) {
        holds(&text, None)?;
        holds(&text, Some(&plan("2024-12-25", "2025-12-25")))?;
    }

    #[test]
    fn near_misses_are_survived(text in near_misses()) {
        holds(&text, None)?;
        holds(&text, Some(&plan("2024-09-01", "2025-12-25")))?;
        holds(&text, Some(&Plan { from: NaiveDate::MIN, to: NaiveDate::MAX }))?;
        holds(&text, Some(&plan("2025-12-25", "2024-12-25")))?;
    }
}
