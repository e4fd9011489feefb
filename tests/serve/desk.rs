//! The desk: what an office changes in the browser is a small change of a file, and nothing is lost by it.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::fixture;
use crate::running::{Preview, Result, ask};

const PLAN: &str = "content/rechnoj-2025/roadmap.yaml";
const PAGE: &str = "/rechnoj-2025/roadmap/";

fn with(test: impl Fn(&Preview, &Path) -> Result) -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    test(&Preview::desk(root.path())?, root.path())
}

/// What a form of the desk knows of its part.
struct Form {
    path: String,
    at: String,
    hash: String,
}

fn form(preview: &Preview, address: &str) -> Result<Form> {
    let body = preview.own(address)?.body;
    let value = |name: &str| -> Result<String> {
        let rest = body.split_once(&format!(" {name}=\"")).ok_or("no form")?.1;
        Ok(rest.split_once('"').ok_or("no end")?.0.to_owned())
    };
    Ok(Form {
        path: value("data-path")?,
        at: value("data-at")?,
        hash: value("data-hash")?,
    })
}

fn said(form: &Form, values: Value) -> Value {
    json!({"path": form.path, "at": form.at, "hash": form.hash, "values": values})
}

fn told(preview: &Preview, name: &str, said: &Value) -> Result<(u16, Value)> {
    let answer = preview.command(&format!("desk/{name}"), said)?;
    Ok((answer.status, serde_json::from_str(&answer.body)?))
}

fn first_row(root: &Path) -> Result<String> {
    let text = fs::read_to_string(root.join(PLAN))?;
    let line = text
        .lines()
        .position(|l| l.contains("- no:"))
        .ok_or("no row")?;
    Ok(format!("/edit?page={PAGE}&line={}", line + 1))
}

#[test]
fn a_field_is_changed_the_page_follows_and_undo_gives_back_the_bytes() -> Result {
    with(|preview, root| {
        let before = fs::read(root.join(PLAN))?;
        let row = form(preview, &first_row(root)?)?;
        let values = json!({"measure": "Совсем новое дело", "period": "Апрель 2025"});
        let (status, looked) = told(preview, "look", &said(&row, values.clone()))?;
        assert_eq!(status, 200, "{looked}");
        let notes = looked["notes"].to_string();
        assert!(notes.contains("1 апреля 2025"), "{notes}");
        assert_eq!(fs::read(root.join(PLAN))?, before);
        let (status, saved) = told(preview, "save", &said(&row, values))?;
        assert_eq!(status, 200, "{saved}");
        // The answer came when the preview had read it.
        assert!(preview.get(PAGE)?.body.contains("Совсем новое дело"));
        let old = String::from_utf8(before.clone())?;
        let new = fs::read_to_string(root.join(PLAN))?;
        assert_eq!(old.lines().count(), new.lines().count());
        let differ = old.lines().zip(new.lines()).filter(|(a, b)| a != b).count();
        assert_eq!(differ, 2, "{new}");
        let (status, undone) = told(preview, "undo", &json!({}))?;
        assert_eq!(status, 200, "{undone}");
        assert_eq!(fs::read(root.join(PLAN))?, before);
        assert_eq!(told(preview, "undo", &json!({}))?.0, 422);
        Ok(())
    })
}

/// The first screen does not wait for the duties, and what comes later is what `glasno duties` says: as many, the same
/// first hundred, in the same order.
#[test]
fn duties_come_later_and_are_those_of_the_command() -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    // Past rows whose days are no order of theirs, rows of the next days, rows far ahead.
    let mut plan = fixture::roadmap(0);
    for n in 0..260u32 {
        let (month, day) = match n % 4 {
            0 => (11, n % 28 + 1),
            1 => (3, 11 + n * 7 % 20),
            _ => (n % 2 + 1, n * 11 % 28 + 1),
        };
        plan.push_str(&format!(
            "  - {{no: \"{}.\", measure: \"Дело {n}\", period: \"до {day:02}.{month:02}.2025\", responsible: [\"отдел\"]}}\n",
            n + 1
        ));
    }
    fs::write(root.path().join(PLAN), plan)?;
    let preview = Preview::desk(root.path())?;
    let first = preview.own("/")?.body;
    assert!(
        first.contains("data-later") && first.contains("Считается…"),
        "{first}"
    );
    assert!(!first.contains("Дело 2<"), "{first}");
    let (status, told) = told(&preview, "duties", &json!({}))?;
    assert_eq!(status, 200, "{told}");
    let card = told["html"]
        .as_str()
        .ok_or("no card")?
        .replace('\u{a0}', " ");
    // It is remembered: the next visit has it at once.
    assert!(preview.own("/")?.body.contains(&card));
    let said = std::process::Command::new(env!("CARGO_BIN_EXE_glasno"))
        .args(["duties", "--format", "json", "--today", "2025-03-10"])
        .arg(root.path())
        .output()?;
    let said: Value = serde_json::from_slice(&said.stdout)?;
    let items = said["items"].as_array().ok_or("no items")?;
    for (state, heading) in [
        ("due", "В ближайшие 30 дней"),
        ("no-record", "Срок прошёл, записи нет"),
    ] {
        let own: Vec<&Value> = items.iter().filter(|i| i["state"] == state).collect();
        let head = format!("{heading}: {}<", own.len());
        let block = card
            .split_once(&head)
            .ok_or_else(|| format!("{head} {card}"))?
            .1;
        let mut rest = block;
        for item in own.iter().take(100) {
            let what = item["what"].as_str().ok_or("no words")?;
            let found = rest.split_once(&format!(">{what}</a>"));
            rest = found
                .ok_or_else(|| format!("{what} is not next: {rest}"))?
                .1;
        }
        if own.len() > 100 {
            assert!(
                rest.contains(&format!("И ещё {}", own.len() - 100)),
                "{rest}"
            );
        }
    }
    assert!(items.iter().filter(|i| i["state"] == "no-record").count() > 100);
    Ok(())
}

#[test]
fn what_would_be_wrong_is_said_and_not_saved() -> Result {
    with(|preview, root| {
        let before = fs::read(root.join(PLAN))?;
        let row = form(preview, &first_row(root)?)?;
        for values in [json!({"period": "31.02.2025"}), json!({"measure": ""})] {
            let (status, refused) = told(preview, "save", &said(&row, values))?;
            assert_eq!(status, 422, "{refused}");
            assert!(
                !refused["fields"].as_array().is_none_or(Vec::is_empty),
                "{refused}"
            );
        }
        assert_eq!(fs::read(root.join(PLAN))?, before);
        Ok(())
    })
}

#[test]
fn a_file_whose_form_is_broken_says_where_and_what_to_do() -> Result {
    with(|preview, root| {
        let path = root.join(PLAN);
        let sound = fs::read_to_string(&path)?;
        fs::write(&path, format!("{sound}odd:\n\t- x\n"))?;
        let line = sound.lines().count() + 2;
        let place = format!("roadmap.yaml:{line}");
        let address = format!("/edit?path={PLAN}");
        let until = Instant::now() + Duration::from_secs(60);
        let mut body = preview.own(&address)?.body;
        while !body.contains(&place) && Instant::now() < until {
            thread::sleep(Duration::from_millis(100));
            body = preview.own(&address)?.body;
        }
        assert!(body.contains(&place), "{body}");
        assert!(body.contains("замените табуляцию пробелами"), "{body}");
        Ok(())
    })
}

#[test]
fn two_browsers_and_an_editor_lose_nothing() -> Result {
    with(|preview, root| {
        let address = first_row(root)?;
        let (one, two) = (form(preview, &address)?, form(preview, &address)?);
        let row = |values: Value, form: &Form| told(preview, "save", &said(form, values));
        assert_eq!(row(json!({"period": "Апрель 2025"}), &one)?.0, 200);
        // Another field of the same row: both stay.
        let (status, merged) = row(json!({"measure": "Справка собрана"}), &two)?;
        assert_eq!((status, &merged["merged"]), (200, &json!(true)), "{merged}");
        // The same field: it is shown, and nothing is overwritten.
        let (status, refused) = row(json!({"period": "Май 2025"}), &two)?;
        assert_eq!(status, 409, "{refused}");
        assert!(refused.to_string().contains("Апрель 2025"), "{refused}");
        // An editor puts a row before it and a comment above all.
        let text = fs::read_to_string(root.join(PLAN))?;
        assert!(
            text.contains("Апрель 2025") && text.contains("Справка собрана"),
            "{text}"
        );
        let row_at = text.find("- no:").ok_or("no row")?;
        let (head, tail) = text.split_at(row_at);
        let column = head.rsplit('\n').next().unwrap_or("");
        let grown = format!(
            "# от редактора\n{head}- {{no: \"0\", measure: \"Раньше всех\"}}\n{column}{tail}"
        );
        let three = form(preview, &address)?;
        fs::write(root.join(PLAN), &grown)?;
        let (status, saved) = row(json!({"measure": "Третье слово"}), &three)?;
        assert_eq!(status, 200, "{saved}");
        let text = fs::read_to_string(root.join(PLAN))?;
        for kept in [
            "# от редактора",
            "Раньше всех",
            "Третье слово",
            "Апрель 2025",
        ] {
            assert!(text.contains(kept), "{kept}: {text}");
        }
        // What somebody else has changed since is not taken back.
        fs::write(root.join(PLAN), format!("{text}# ещё\n"))?;
        assert_eq!(told(preview, "undo", &json!({}))?.0, 409);
        assert!(fs::read_to_string(root.join(PLAN))?.ends_with("# ещё\n"));
        Ok(())
    })
}

#[test]
fn documents_are_found_by_words_of_their_titles() -> Result {
    with(|preview, _| {
        let all = preview.own("/documents")?.body;
        let links = |body: &str| body.matches("href=\"/edit?path=").count();
        assert!(links(&all) > 3, "{all}");
        // A directory is called by its kind, and not by its file.
        assert!(!all.contains(">bodies</a>"), "{all}");
        let found = preview
            .own("/documents?q=%D0%BF%D1%80%D0%B8%D0%BA%D0%B0%D0%B7")?
            .body;
        assert!((1..links(&all)).contains(&links(&found)), "{found}");
        assert!(found.contains("value=\"приказ\""), "{found}");
        let none = preview
            .own("/documents?q=%22%3E%3Cb%3E%D1%8F%D1%85%D1%82%D0%B0")?
            .body;
        assert!(
            none.contains("Ничего не нашлось") && links(&none) == 0,
            "{none}"
        );
        assert!(!none.contains("<b>"), "{none}");
        Ok(())
    })
}

#[test]
fn documents_rows_and_records_come_and_go() -> Result {
    with(|preview, root| {
        let news = json!({"kind": "news", "section": "rechnoj-2025", "values": {
            "title": "Встреча: итоги", "published": "05.03.2025", "=body": "Встретились.\n\nОбсудили."}});
        let (status, made) = told(preview, "make", &news)?;
        assert_eq!(status, 200, "{made}");
        let path = made["path"].as_str().ok_or("no path")?;
        assert_eq!(
            fs::read_to_string(root.join(path))?,
            "---\nkind: news\ntitle: \"Встреча: итоги\"\npublished: 2025-03-05\n---\n\nВстретились.\n\nОбсудили.\n"
        );
        // The name of a file is published too.
        let named = json!({"kind": "news", "section": "rechnoj-2025", "values": {
            "title": "Отчёт МБОУ «Заозёрная СОШ»", "published": "06.03.2025"}});
        let (status, other) = told(preview, "make", &named)?;
        let there = other["path"].as_str().ok_or("no path")?;
        assert_eq!(status, 200, "{other}");
        assert!(
            there.contains("2025-03-06-otchet") && !there.contains("zaoz"),
            "{there}"
        );
        assert_eq!(told(preview, "undo", &json!({}))?.0, 200);
        assert!(!root.join(there).exists());
        let record = form(preview, &format!("{}&add=done", first_row(root)?))?;
        let mut new = said(
            &record,
            json!({"date": "06.03.2025", "text": "Протокол № 1"}),
        );
        new["new"] = json!(true);
        let (status, saved) = told(preview, "save", &new)?;
        assert_eq!(status, 200, "{saved}");
        let text = fs::read_to_string(root.join(PLAN))?;
        assert!(
            text.contains("2025-03-06") && text.contains("Протокол № 1"),
            "{text}"
        );
        let whole = form(preview, &format!("/edit?path={path}"))?;
        assert_eq!(told(preview, "remove", &said(&whole, json!({})))?.0, 200);
        assert!(!root.join(path).exists());
        assert_eq!(told(preview, "undo", &json!({}))?.0, 200);
        assert!(root.join(path).exists());
        Ok(())
    })
}

#[test]
fn nothing_outside_of_content_and_nothing_private_is_reached() -> Result {
    with(|preview, root| {
        fs::write(root.join("outside.yaml"), "kind: page\ntitle: x\n")?;
        for path in [
            "content/private/registry.yaml",
            "content/../outside.yaml",
            "outside.yaml",
            "/etc/hostname",
            "content/rechnoj-2025/../private/registry.yaml",
        ] {
            let answer = preview.own(&format!("/edit?path={path}"))?;
            assert!(answer.status >= 400, "{path}");
            assert!(!answer.body.contains("Заозёрн"), "{path}");
            assert_eq!(
                preview.own(&format!("/file?path={path}"))?.status,
                404,
                "{path}"
            );
            let said = json!({"path": path, "at": "", "hash": "x", "values": {"title": "y"}});
            assert!(told(preview, "save", &said)?.0 >= 400, "{path}");
        }
        // What the desk writes there: how many schools a district has, and nothing over what is there.
        let registry = root.join("content/private/registry.yaml");
        let count = |place: &str, number: &str| {
            let said = json!({"place": place, "number": number});
            Ok::<_, Box<dyn std::error::Error>>((
                told(preview, "count", &said)?.0,
                fs::read_to_string(&registry)?,
            ))
        };
        let before = fs::read_to_string(&registry)?;
        for (place, number) in [
            ("", "3"),
            ("Дальний район", "много"),
            ("Дальний район", "0"),
        ] {
            assert_eq!(
                count(place, number)?,
                (422, before.clone()),
                "{place} {number}"
            );
        }
        let (status, text) = count("Дальний район", "14")?;
        assert_eq!(status, 200);
        assert!(
            text.contains("name: \"Дальний район\"") && text.contains("schools: 14"),
            "{text}"
        );
        let (_, again) = count("Дальний район", "15")?;
        assert_eq!(again, text.replace("schools: 14", "schools: 15"));
        assert!(told(preview, "none", &json!({}))?.0 >= 400);
        assert_eq!(fs::read_to_string(&registry)?, again);
        // A name that is entered is not shown back.
        let (status, entered) = told(
            preview,
            "school",
            &json!({"names": "МБОУ «Кувшинская СОШ»\n"}),
        )?;
        assert_eq!(status, 200, "{entered}");
        assert!(!entered.to_string().contains("Кувшин"), "{entered}");
        assert!(!preview.own("/")?.body.contains("Кувшин"));
        // The guard's word comes before anything is saved.
        let row = form(preview, &first_row(root)?)?;
        let (_, looked) = told(
            preview,
            "look",
            &said(&row, json!({"measure": "Отчёт МБОУ «Заозёрная СОШ»"})),
        )?;
        let notes = looked["notes"].to_string();
        assert!(
            notes.contains("защищаемая школа") && !notes.contains("Заозёрн"),
            "{notes}"
        );
        Ok(())
    })
}

#[test]
fn a_command_of_the_desk_needs_its_own_page() -> Result {
    with(|preview, root| {
        let before = fs::read(root.join(PLAN))?;
        let row = form(preview, &first_row(root)?)?;
        let body = said(&row, json!({"measure": "Чужое"})).to_string();
        let (port, token) = preview.tool()?;
        let own = format!("http://127.0.0.1:{port}");
        let site = format!("http://127.0.0.1:{}", preview.port);
        let form = "application/json";
        for (origin, token, kind) in [
            (site.as_str(), token.as_str(), form),
            ("http://example.org", &token, form),
            ("null", &token, form),
            (&own, "", form),
            (&own, "abc", form),
            (&own, &token, "text/plain"),
        ] {
            let answer = ask(
                port,
                &format!(
                    "POST /desk/save HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\n\
                     Content-Type: {kind}\r\nX-Glasno-Token: {token}\r\nContent-Length: {}\r\n\
                     Connection: close\r\n\r\n{body}",
                    body.len()
                ),
            )?;
            assert!(
                matches!(answer.status, 403 | 415),
                "{origin} {kind}: {}",
                answer.status
            );
        }
        assert_eq!(fs::read(root.join(PLAN))?, before);
        let page = preview.own("/")?;
        assert!(
            page.head.contains("frame-ancestors 'none'"),
            "{}",
            page.head
        );
        Ok(())
    })
}

/// Names of fields, kinds and choices, hints and buttons: whatever is not the office's own words.
#[test]
fn in_english_nothing_of_a_form_is_russian() -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    let preview = Preview::desk_with(root.path(), &["--lang", "en"])?;
    for address in [
        "/new?section=rechnoj-2025".to_owned(),
        "/new?section=rechnoj-2025&kind=schedule".to_owned(),
        "/new?section=rechnoj-2025&kind=group".to_owned(),
        format!("{}&add=done", first_row(root.path())?),
        "/begin".to_owned(),
        "/give".to_owned(),
    ] {
        let body = preview.own(&address)?.body;
        let main = body.split_once("<main").ok_or("no main")?.1;
        let main = main.split_once("</main>").ok_or("no end")?.0;
        // Examples and values are Russian, as documents are: they stand in hints and inputs.
        for label in [
            "<label",
            "<legend",
            "<h1",
            "<h2",
            "<button",
            "<summary",
            "class=\"label\"",
        ] {
            for piece in main.split(label).skip(1) {
                let text = piece.split_once('>').map_or("", |(_, rest)| rest);
                let text = text.split('<').next().unwrap_or("");
                let russian = text.chars().any(|c| ('а'..='я').contains(&c));
                assert!(!russian, "{address}: {text}");
            }
        }
    }
    Ok(())
}

#[test]
fn the_preview_alone_has_no_desk() -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    let preview = Preview::start(root.path(), &[])?;
    assert_eq!(preview.own("/")?.status, 404);
    assert_eq!(preview.own("/edit?path=content/site.yaml")?.status, 404);
    assert_eq!(preview.command("desk/undo", &json!({}))?.status, 404);
    Ok(())
}

/// Whenever the program is killed, a file is what it was or what it was to be.
#[test]
fn a_kill_in_the_middle_of_a_write_loses_nothing() -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    for n in 0..4u64 {
        let mut preview = Preview::desk(root.path())?;
        let row = form(&preview, &first_row(root.path())?)?;
        let before = fs::read_to_string(root.path().join(PLAN))?;
        let words = format!("Дело {n} {}", "длинное ".repeat(2000));
        let body = said(&row, json!({"measure": words})).to_string();
        let (port, token) = preview.tool()?;
        let sent = std::thread::spawn(move || {
            let _ = ask(
                port,
                &format!(
                    "POST /desk/save HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n\
                     Content-Type: application/json\r\nX-Glasno-Token: {token}\r\nContent-Length: {}\r\n\
                     Connection: close\r\n\r\n{body}",
                    body.len()
                ),
            );
        });
        std::thread::sleep(Duration::from_millis(15 + 20 * n));
        preview.kill();
        let _ = sent.join();
        let after = fs::read_to_string(root.path().join(PLAN))?;
        let whole = after == before || after.contains(words.trim());
        assert!(whole, "torn: {after}");
    }
    Ok(())
}
