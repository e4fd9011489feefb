//! States as offices meet them: a quarter missed, a June missed, a record for a month, a misprint, another year.

use proptest::prelude::*;

use super::*;
use crate::period::{day_after, parse};

fn d(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").expect("a test's own date")
}

fn year() -> Plan {
    Plan {
        from: d("2025-01-01"),
        to: d("2025-12-31"),
    }
}

/// A record of a day, for some days.
fn on(date: &str) -> Record {
    Record {
        date: Some(d(date)),
        of: None,
        sample: false,
    }
}

fn for_days(from: &str, to: &str) -> Record {
    Record {
        date: None,
        of: Some((d(from), d(to))),
        sample: false,
    }
}

fn stands(
    text: &str,
    records: &[Record],
    today: &str,
    kept: bool,
    plan: Option<&Plan>,
) -> Standing {
    let period = parse(text, plan).expect("understood");
    let parts: Vec<Stretch> = period.parts.iter().map(|p| (p.from, p.to)).collect();
    let asked = Asked {
        kind: Some(period.kind),
        from: period.from,
        to: period.to,
        parts: &parts,
        sic: false,
        day: day_after(text),
    };
    let ground = Ground {
        today: d(today),
        due_soon_days: 14,
        kept,
        plan,
    };
    standing(Some(&asked), records, &ground).expect("a state")
}

/// The states of a whole and of its occurrences: «no-record: done no-record upcoming».
fn say(text: &str, records: &[Record], today: &str) -> String {
    let year = year();
    let s = stands(text, records, today, false, Some(&year));
    let times: Vec<_> = s.occurrences.iter().map(|o| o.status.as_str()).collect();
    let colon = if times.is_empty() { "" } else { ": " };
    format!("{}{colon}{}", s.status.as_str(), times.join(" "))
}

#[test]
fn a_deadline_comes_and_passes() {
    for (text, today, state) in [
        ("до 06.10.2025", "2025-02-01", "upcoming"),
        ("до 06.10.2025", "2025-09-25", "due-soon"),
        ("до 06.10.2025", "2025-10-06", "due-soon"),
        ("до 06.10.2025", "2025-10-07", "no-record"),
        ("май – август 2025", "2025-04-30", "upcoming"),
        ("май – август 2025", "2025-06-01", "under-way"),
        ("май – август 2025", "2025-08-20", "due-soon"),
        ("в течение года", "2026-01-01", "no-record"),
        ("по отдельному графику", "2025-06-01", "under-way"),
        ("по отдельному графику", "2026-01-01", "no-record"),
    ] {
        assert_eq!(say(text, &[], today), state, "{text} on {today}");
    }
    let year = year();
    let late = stands("до 06.10.2025", &[], "2025-10-07", true, Some(&year));
    assert_eq!(late.status, Status::Overdue);
    let done = stands(
        "до 06.10.2025",
        &[on("2025-10-01")],
        "2026-01-01",
        true,
        None,
    );
    assert_eq!(done.status, Status::Done);
    assert_eq!(
        stands("ежеквартально", &[], "2025-01-01", true, None).status,
        Status::UnderWay
    );
}

#[test]
fn one_quarter_recorded_is_not_the_year() {
    let first = [on("2025-03-28")];
    assert_eq!(
        say("ежеквартально", &[], "2024-12-01"),
        "upcoming: upcoming upcoming upcoming upcoming"
    );
    assert_eq!(
        say("ежеквартально", &first, "2025-04-02"),
        "under-way: done under-way upcoming upcoming"
    );
    assert_eq!(
        say("ежеквартально", &first, "2025-07-02"),
        "no-record: done no-record under-way upcoming"
    );
    assert_eq!(
        say("ежеквартально", &[], "2025-06-20"),
        "no-record: no-record due-soon upcoming upcoming"
    );
    let all = ["2025-03-28", "2025-06-20", "2025-09-30", "2025-12-22"].map(on);
    assert_eq!(
        say("раз в квартал", &all, "2026-02-01"),
        "done: done done done done"
    );
}

#[test]
fn a_june_missed_does_not_go_on() {
    assert_eq!(
        say("июнь, декабрь 2025", &[], "2025-07-01"),
        "no-record: no-record upcoming"
    );
    assert_eq!(
        say("июнь, декабрь 2025", &[on("2025-06-20")], "2025-07-01"),
        "under-way: done upcoming"
    );
    // A late record is still of June.
    assert_eq!(
        say("июнь, декабрь 2025", &[on("2025-08-05")], "2025-09-01"),
        "under-way: done upcoming"
    );
    assert_eq!(
        say("апрель, октябрь 2025", &[on("2025-10-20")], "2025-11-01"),
        "no-record: no-record done"
    );
    let year = year();
    let kept = stands("июнь, декабрь 2025", &[], "2025-07-01", true, Some(&year));
    assert_eq!(
        (kept.status, kept.occurrences[0].status),
        (Status::Overdue, Status::Overdue)
    );
}

#[test]
fn a_record_names_what_it_is_for() {
    // Written in July, for the first quarter.
    let late = Record {
        date: Some(d("2025-07-03")),
        ..for_days("2025-01-01", "2025-03-31")
    };
    assert_eq!(
        say("ежеквартально", &[late], "2025-07-10"),
        "no-record: done no-record under-way upcoming"
    );
    let half = for_days("2025-01-01", "2025-06-30");
    assert_eq!(
        say("ежеквартально", &[half], "2025-07-10"),
        "under-way: done done under-way upcoming"
    );
    let month = for_days("2025-02-01", "2025-02-28");
    assert!(
        say("ежемесячно", &[month], "2025-04-10")
            .starts_with("no-record: no-record done no-record under-way")
    );
    let year = year();
    let stray = [
        for_days("2024-01-01", "2024-03-31"),
        Record {
            date: None,
            of: None,
            sample: false,
        },
    ];
    assert_eq!(
        stands("ежеквартально", &stray, "2025-04-01", false, Some(&year)).astray,
        [0, 1]
    );
}

#[test]
fn samples_and_what_is_dated_later_count_for_nothing() {
    let sample = Record {
        sample: true,
        ..on("2025-03-01")
    };
    assert_eq!(say("до 10.03.2025", &[sample], "2025-04-01"), "no-record");
    assert_eq!(
        say("до 10.03.2025", &[on("2025-04-02")], "2025-04-01"),
        "no-record"
    );
    assert_eq!(
        say("до 10.03.2025", &[on("2025-04-02")], "2025-04-02"),
        "done"
    );
}

#[test]
fn a_report_by_the_tenth_of_the_next_month_is_not_late_on_the_first() {
    let quarters = "ежеквартально, до 10 числа месяца, следующего за отчётным";
    for (text, records, today, states) in [
        (
            quarters,
            vec![],
            "2025-04-10",
            "due-soon: due-soon under-way upcoming upcoming",
        ),
        (
            quarters,
            vec![],
            "2025-04-11",
            "no-record: no-record under-way upcoming upcoming",
        ),
        // What comes in time after the quarter is that quarter's.
        (
            quarters,
            vec![on("2025-04-09")],
            "2025-04-11",
            "under-way: done under-way upcoming upcoming",
        ),
        (
            quarters,
            vec![on("2025-04-11")],
            "2025-04-11",
            "no-record: no-record done upcoming upcoming",
        ),
        // Late in a month its own end is meant.
        (
            "ежеквартально до 25 числа",
            vec![],
            "2025-04-01",
            "no-record: no-record under-way upcoming upcoming",
        ),
    ] {
        assert_eq!(say(text, &records, today), states, "{text} on {today}");
    }
    let year = year();
    let last = stands(quarters, &[], "2025-01-01", true, Some(&year));
    let due: Vec<_> = last.occurrences.iter().map(|o| (o.to, o.due)).collect();
    assert_eq!(due.last(), Some(&(d("2025-12-31"), d("2026-01-10"))));
    assert_eq!(
        day_after("ежемесячно до 31 числа следующего месяца"),
        Some(31)
    );
}

#[test]
fn a_term_without_a_year_is_meant_where_the_plan_holds_it_whole() {
    let long = Plan {
        from: d("2024-09-01"),
        to: d("2026-02-28"),
    };
    let stands = |text: &str| stands(text, &[], "2025-07-15", true, Some(&long)).status;
    assert_eq!(stands("август – сентябрь"), Status::Upcoming);
    assert_eq!(stands("сентябрь – октябрь"), Status::Overdue);
}

#[test]
fn a_misprinted_deadline_is_never_late() {
    let year = year();
    let parts = [(None, Some(d("2025-01-31")))];
    let asked = Asked {
        kind: Some(PeriodKind::Deadline),
        from: None,
        to: Some(d("2025-01-31")),
        parts: &parts,
        sic: true,
        day: None,
    };
    let on = |today: &str| {
        let ground = Ground {
            today: d(today),
            due_soon_days: 14,
            kept: true,
            plan: Some(&year),
        };
        standing(Some(&asked), &[], &ground).map(|s| s.status)
    };
    assert_eq!(on("2025-06-01"), Some(Status::UnderWay));
    assert_eq!(on("2026-06-01"), Some(Status::NoRecord));
}

#[test]
fn what_lasts_is_not_done_by_one_record() {
    let one = [on("2025-02-10")];
    assert_eq!(say("постоянно", &one, "2025-06-01"), "under-way");
    assert_eq!(say("постоянно", &one, "2026-01-10"), "done");
    assert_eq!(say("в течение года", &one, "2025-06-01"), "done");
}

#[test]
fn times_are_told_apart_and_named() {
    let names = |text: &str, plan: &Plan| {
        let s = stands(text, &[], "2025-01-01", false, Some(plan));
        let names: Vec<String> = s.occurrences.iter().map(|o| label(o.from, o.to)).collect();
        names.join("; ").replace('\u{a0}', " ")
    };
    let year = year();
    assert_eq!(names("июнь, декабрь", &year), "июнь 2025; декабрь 2025");
    assert_eq!(
        names("ежеквартально", &year),
        "I квартал 2025; II квартал 2025; III квартал 2025; IV квартал 2025"
    );
    assert_eq!(
        names("раз в полугодие", &year),
        "первое полугодие 2025; второе полугодие 2025"
    );
    assert_eq!(
        names("до 15 июня, до 15 декабря 2025", &year),
        "до 15 июня 2025; до 15 декабря 2025"
    );
    // Two months that touch are one stretch, and so are two days.
    assert_eq!(names("март, апрель 2025", &year), "");
    assert_eq!(names("12.03.2025, 13.03.2025", &year), "");
    assert_eq!(
        names("I, II квартал 2025", &year),
        "I квартал 2025; II квартал 2025"
    );
    assert_eq!(names("ежегодно", &year), "");
    let years = Plan {
        from: d("2024-01-01"),
        to: d("2026-12-31"),
    };
    assert_eq!(names("ежегодно", &years), "2024 год; 2025 год; 2026 год");
    // The last week of December is no quarter of the plan.
    let late = Plan {
        from: d("2024-12-25"),
        to: d("2025-12-25"),
    };
    assert_eq!(
        names("ежеквартально", &late),
        "I квартал 2025; II квартал 2025; III квартал 2025; 1 октября — 25 декабря 2025"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_days_are_survived(
        kind in prop::sample::select(PeriodKind::ALL.to_vec()),
        days in prop::collection::vec((any::<Option<i32>>(), any::<Option<i32>>()), 0..6),
        plan in any::<Option<(i32, i32)>>(), today in any::<i32>(), soon in any::<u32>(), kept in any::<bool>(),
    ) {
        let day = |n: i32| NaiveDate::from_num_days_from_ce_opt(n).unwrap_or(NaiveDate::MAX);
        let parts: Vec<Stretch> = days.iter().map(|(a, b)| (a.map(day), b.map(day))).collect();
        let asked = Asked {
            kind: Some(kind),
            from: parts.first().and_then(|p| p.0),
            to: parts.last().and_then(|p| p.1),
            parts: &parts,
            sic: false,
            day: Some(soon % 40),
        };
        let plan = plan.map(|(a, b)| Plan { from: day(a), to: day(b) });
        let records: Vec<Record> = parts.iter().map(|p| Record {
            date: p.0,
            of: p.0.zip(p.1),
            sample: false,
        }).collect();
        let ground = Ground { today: day(today), due_soon_days: soon, kept, plan: plan.as_ref() };
        let s = standing(Some(&asked), &records, &ground);
        prop_assert!(s.is_some() || asked.is_counted());
        for o in s.iter().flat_map(|s| &s.occurrences) {
            label(o.from, o.to);
        }
    }
}
