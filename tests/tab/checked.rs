//! `glasno tab check` on pages of other engines.

use crate::kit::{docx, glasno, put};

#[test]
fn what_is_missing_old_or_unreadable_is_told() {
    let home = tempfile::tempdir().unwrap();
    let html = "<html><head><title>500+</title></head><body><div class='t-menu'><a href='/'>Новости</a></div>\
        <b>О проекте</b><p>Школа — участница проекта.</p>\
        <h2>Нормативные документы</h2><p>Обновлено 14.01.2025</p><a href='plan.docx'>План</a> <a href='skan.png'>Приказ (PNG, 1 КБ)</a> <a href='net.pdf'>Нет</a>\
        <a href='https://example.org/a.pdf'>Далеко</a> (PDF, 20 КБ)\
        <h2>Дорожная карта</h2><p>отсутствует</p>\
        <h2>Мероприятия</h2><h3>Предстоящие</h3><p>10 января 2025 — семинар</p>\
        <h2>Куратор и контакты</h2></body></html>";
    put(&home.path().join("500.html"), html);
    put(
        &home.path().join("plan.docx"),
        docx(&"План работы школы на год. ".repeat(9)),
    );
    put(&home.path().join("skan.png"), crate::kit::PNG);
    let ran = glasno(home.path(), &["tab", "check", ".", "--today", "2025-03-10"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for (code, words) in [
        ("tab.part-missing", "«Документы школы»"),
        ("tab.part-missing", "«Новости»"),
        ("tab.part-missing", "«Полезные ссылки»"),
        ("tab.part-missing", "«Роль школы»"),
        ("tab.stage-missing", "«Рисковый профиль»"),
        ("tab.format", "План"),
        ("tab.format", "Нет"),
        ("tab.dead", "net.pdf"),
        ("tab.scan", "skan.png"),
        ("tab.past", "10.01.2025"),
        ("tab.remote", "1"),
    ] {
        let told = ran
            .err
            .lines()
            .any(|l| l.contains(&format!("[{code}]")) && l.contains(words));
        assert!(told, "{code} {words}\n{}", ran.err);
    }
    for part in ["«О проекте»", "«Куратор»", "«Контакты»", "«Дорожная карта»"]
    {
        assert!(
            !ran.err.contains(&format!("нет части {part}")),
            "{part}\n{}",
            ran.err
        );
    }
    let ran = glasno(home.path(), &["tab", "check", "nowhere"]);
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn a_part_is_stale_ten_working_days_after_its_document_changed() {
    let home = tempfile::tempdir().unwrap();
    let pdf =
        |day: &str| format!("%PDF-1.4\n1 0 obj\n<< /ModDate (D:{day}120000) >>\nendobj\n%%EOF");
    put(&home.path().join("a.pdf"), pdf("20250224"));
    put(
        &home.path().join("t.html"),
        "<h2>Документы школы</h2><p>Обновлено 20.02.2025</p><a href='a.pdf'>Профиль (PDF, 1 КБ)</a>",
    );
    let stale = |today: &str| {
        glasno(home.path(), &["tab", "check", ".", "--today", today])
            .err
            .contains("[tab.stale]")
    };
    // 24.02 + 10 working days = 10.03 (8.03 is a Saturday anyway).
    assert!(!stale("2025-03-10"));
    assert!(stale("2025-03-11"));
    put(
        &home.path().join("t.html"),
        "<h2>Документы школы</h2><p>Обновлено 25.02.2025</p><a href='a.pdf'>Профиль (PDF, 1 КБ)</a>",
    );
    assert!(!stale("2025-03-11"));
}
