//! What the server answers, and to whom.

use std::fs;
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::fixture;
use crate::running::{Preview, Result};

fn with(arguments: &[&str], test: impl Fn(&Preview, &std::path::Path) -> Result) -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    test(&Preview::start(root.path(), arguments)?, root.path())
}

/// Offices open programs with a double click.
#[test]
fn without_a_command_the_project_that_is_here_is_shown() -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    let preview = Preview::opened(root.path())?;
    assert_eq!(preview.get("/")?.status, 200);
    Ok(())
}

#[test]
fn files_have_their_types_and_pages_the_script() -> Result {
    with(&[], |preview, _| {
        for (path, mime) in [
            ("/", "text/html; charset=utf-8"),
            ("/assets/style.css", "text/css; charset=utf-8"),
            ("/assets/site.js", "text/javascript; charset=utf-8"),
            (
                "/rechnoj-2025/roadmap/data.json",
                "application/json; charset=utf-8",
            ),
            ("/rechnoj-2025/roadmap/data.csv", "text/csv; charset=utf-8"),
            (
                "/rechnoj-2025/calendar/events.ics",
                "text/calendar; charset=utf-8",
            ),
            ("/rechnoj-2025/files/plan.csv", "text/csv; charset=utf-8"),
            ("/sitemap.xml", "application/xml; charset=utf-8"),
        ] {
            let answer = preview.get(path)?;
            assert_eq!(answer.status, 200, "{path}");
            assert!(
                answer.head.contains(&format!("Content-Type: {mime}")),
                "{path}: {}",
                answer.head
            );
            assert_eq!(
                answer.body.contains("/@glasno/preview.js"),
                path == "/",
                "{path}"
            );
        }
        let moved = preview.get("/rechnoj-2025/roadmap")?;
        assert_eq!(moved.status, 302);
        assert!(moved.head.contains("Location: /rechnoj-2025/roadmap/"));
        let missing = preview.get("/net/")?;
        assert_eq!(missing.status, 404);
        assert!(missing.body.contains("Страница не найдена"));
        Ok(())
    })
}

#[test]
fn nothing_outside_the_site_is_given_out() -> Result {
    with(&[], |preview, _| {
        for path in [
            "/../content/site.yaml",
            "/..%2fcontent%2fsite.yaml",
            "/%2e%2e/%2e%2e/etc/passwd",
            "/content/private/registry.yaml",
            "/rechnoj-2025/roadmap.yaml",
            "//etc/passwd",
            "/assets/../../content/site.yaml",
        ] {
            let answer = preview.get(path)?;
            assert!(
                [400, 404].contains(&answer.status),
                "{path}: {}",
                answer.status
            );
            assert!(!answer.body.contains("base_url"), "{path}");
        }
        Ok(())
    })
}

#[test]
fn other_hosts_and_other_methods_are_refused() -> Result {
    with(&[], |preview, _| {
        let port = preview.port;
        let ask = |method: &str, host: &str| {
            let head = format!("{method} / HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
            preview.ask(&head).map(|a| a.status)
        };
        assert_eq!(ask("GET", &format!("Host: localhost:{port}\r\n"))?, 200);
        assert_eq!(ask("HEAD", &format!("Host: 127.0.0.1:{port}\r\n"))?, 200);
        for host in [
            "Host: chuzhoj.example\r\n",
            "",
            "Host: 127.0.0.1:1\r\n",
            "Host: 127.0.0.1.chuzhoj.example\r\n",
        ] {
            assert_eq!(ask("GET", host)?, 403, "{host}");
        }
        for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
            assert_eq!(
                ask(method, &format!("Host: 127.0.0.1:{port}\r\n"))?,
                405,
                "{method}"
            );
        }
        Ok(())
    })
}

#[test]
fn the_editor_opens_sources_and_nothing_else() -> Result {
    let note = tempfile::tempdir()?;
    let seen = note.path().join("seen");
    let command = format!("cp {{path}} {}", seen.display());
    with(&["--editor", &command], |preview, root| {
        let open = |path: &str| {
            let said = json!({"path": path, "line": 3});
            preview.command("open", &said).map(|a| a.status)
        };
        for path in [
            "content/private/registry.yaml",
            "content/rechnoj-2025/private/a.yaml",
            "content/../../../etc/passwd",
            "/etc/passwd",
            "",
        ] {
            assert!(open(path)? >= 400, "{path}");
        }
        assert!(!seen.exists());
        assert_eq!(open("content/site.yaml")?, 200);
        let begun = Instant::now();
        while fs::read(&seen).ok() != fs::read(root.join("content/site.yaml")).ok() {
            assert!(
                begun.elapsed() < Duration::from_secs(20),
                "the editor was not started"
            );
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    })
}

#[test]
fn the_bar_tells_where_a_page_comes_from() -> Result {
    with(&[], |preview, root| {
        fixture::write(
            root,
            "content/rechnoj-2025/news/plany.md",
            &fixture::news("Планы", 9).replace("kind:", "draft: true\nkind:"),
        )?;
        let named = fixture::news("Урок в МБОУ «Заозёрная СОШ»", 3);
        fixture::write(
            root,
            "content/rechnoj-2025/news/nachalo.md",
            &format!("{named}\n## Что дальше\n\nУвидим.\n"),
        )?;
        preview.until("/rechnoj-2025/news/nachalo/", 200, "Урок в")?;
        let told = |path: &str| -> Result<String> {
            Ok(preview.command("page", &json!({ "path": path }))?.body)
        };
        let page = told("/rechnoj-2025/roadmap/")?;
        let page: serde_json::Value = serde_json::from_str(&page)?;
        assert_eq!(page["source"], "content/rechnoj-2025/roadmap.yaml");
        assert_eq!(page["blocks"][0]["anchor"], "r-1");
        assert_eq!(page["blocks"][0]["line"], 11);
        assert_eq!(page["publishable"], true);
        assert_eq!(page["drafts"][0], "content/rechnoj-2025/news/plany.md");
        let order = told("/rechnoj-2025/orders/7/")?;
        let order: serde_json::Value = serde_json::from_str(&order)?;
        assert_eq!(order["blocks"][0]["anchor"], "p-1");
        assert_eq!(order["blocks"][0]["line"], 9);
        // What stands outside of its points comes from fields too.
        let blocks = order["blocks"].as_array().ok_or("no blocks")?;
        for (anchor, field) in [
            ("letterhead", "letterhead"),
            ("subject", "subject"),
            ("signature", "signed"),
        ] {
            let block = blocks
                .iter()
                .find(|b| b["anchor"] == anchor)
                .ok_or(anchor)?;
            assert_eq!(block["field"], field);
        }
        assert!(
            preview
                .get("/rechnoj-2025/orders/7/")?
                .body
                .contains("id=\"p-1\"")
        );
        let news = told("/rechnoj-2025/news/nachalo/")?;
        assert!(!news.contains("Заозёрн"));
        let news: serde_json::Value = serde_json::from_str(&news)?;
        assert_eq!(news["replaced"][0]["id"], "r-01");
        assert_eq!(news["blocks"][0]["anchor"], "chto-dalshe");
        assert_eq!(news["blocks"][0]["line"], 10);
        assert_eq!(news["blocks"][0]["field"], "body");
        assert!(
            !preview
                .get("/rechnoj-2025/news/nachalo/")?
                .body
                .contains("Заозёрн")
        );
        Ok(())
    })
}

/// A picture of one dot.
const DOT: &[u8] = &[
    137, 80, 78, 71, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82, 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0,
    0, 0, 58, 126, 155, 85, 0, 0, 0, 10, 73, 68, 65, 84, 120, 156, 99, 96, 0, 0, 0, 2, 0, 1, 72,
    175, 164, 113, 0, 0, 0, 0, 73, 69, 78, 68, 174, 66, 96, 130,
];

#[test]
fn a_picture_is_said_to_be_refused_until_somebody_has_looked() -> Result {
    with(&[], |preview, root| {
        let folder = root.join("content/rechnoj-2025/files");
        fs::write(folder.join("skan.png"), DOT)?;
        fs::write(folder.join("vtoroj.png"), DOT)?;
        let news = fixture::news("Скан приказа", 3);
        let path = "content/rechnoj-2025/news/nachalo.md";
        fixture::write(root, path, &format!("{news}\n[Скан](../files/skan.png)\n"))?;
        let state = preview.until_broken(true)?;
        assert_eq!(state["errors"][0]["code"], "carrier.picture");
        let page = preview.command("page", &json!({"path": "/rechnoj-2025/news/nachalo/"}))?;
        let page: serde_json::Value = serde_json::from_str(&page.body)?;
        assert_eq!(page["publishable"], false);
        let at = state["errors"][0]["path"].as_str().unwrap_or_default();
        let records = root.join("content/private/reviews.yaml");
        for (path, who) in [
            (at, ""),
            ("rechnoj-2025/files/vtoroj.png", "Лугова Н. П."),
            ("content/private/registry.yaml", "Лугова Н. П."),
            ("../../etc/passwd", "Лугова Н. П."),
        ] {
            let said = preview.command("review", &json!({"path": path, "who": who}))?;
            assert_eq!(said.status, 409, "{path}: {}", said.body);
        }
        assert!(!records.exists());
        let said = preview.command("review", &json!({"path": at, "who": "Лугова Н. П."}))?;
        assert_eq!(said.status, 200, "{}", said.body);
        preview.until_broken(false)?;
        let text = fs::read_to_string(&records)?;
        assert!(
            text.contains("Лугова Н. П.") && text.contains("2025-03-10"),
            "{text}"
        );
        // What the site's own origin sends is no person's word.
        let port = preview.tool()?.0;
        let body = format!("{{\"path\":\"{at}\",\"who\":\"x\"}}");
        let forged = crate::running::ask(
            port,
            &format!(
                "POST /review HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:1\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            ),
        )?;
        assert_eq!(forged.status, 403);
        Ok(())
    })
}

#[test]
fn a_taken_port_gives_way_to_the_next_unless_it_was_asked_for() -> Result {
    let taken = TcpListener::bind(("127.0.0.1", 0))?;
    let port = taken.local_addr()?.port().to_string();
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    let refused = std::process::Command::new(env!("CARGO_BIN_EXE_glasno"))
        .args(["serve", "--port", &port])
        .arg(root.path())
        .output()?;
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains(&port));
    Ok(())
}

/// Readers who stop in the middle of a large file, requests that are never finished, many open pages, an endless
/// address: everybody else is still answered.
#[test]
fn odd_clients_hold_up_nobody() -> Result {
    use std::io::{Read, Write};
    with(&[], |preview, root| {
        let style = "a { color: teal }\n".repeat(300_000);
        fixture::write(root, "themes/default/assets/style.css", &style)?;
        preview.until("/assets/style.css", 200, "teal")?;
        let port = preview.port;
        let head = format!("HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n");
        let mut held = Vec::new();
        for request in [
            format!("GET /assets/style.css {head}"),
            "GET / HT".to_owned(),
            format!("GET /@glasno/events?page=/ {head}"),
        ] {
            for _ in 0..30 {
                let mut stream = std::net::TcpStream::connect(("127.0.0.1", port))?;
                stream.write_all(request.as_bytes())?;
                held.push(stream);
            }
        }
        // The downloads have begun.
        let mut byte = [0];
        held[0].read_exact(&mut byte)?;
        let asked = Instant::now();
        assert_eq!(preview.get("/")?.status, 200);
        assert!(asked.elapsed() < Duration::from_secs(20));
        let long = format!("/{}", "a".repeat(100_000));
        assert_eq!(preview.get(&long)?.status, 414);
        assert_eq!(preview.get("/rechnoj-2025/news/")?.status, 200);
        Ok(())
    })
}

/// Somebody reads all the time while the site is rebuilt again and again: no request fails and no page is half.
#[test]
fn readers_notice_nothing_of_fifty_rebuilds() -> Result {
    with(&[], |preview, root| {
        let over = Arc::new(AtomicBool::new(false));
        std::thread::scope(|scope| -> Result {
            let readers: Vec<_> = [
                "/",
                "/rechnoj-2025/roadmap/",
                "/rechnoj-2025/news/",
                "/assets/style.css",
            ]
            .into_iter()
            .map(|path| {
                let over = over.clone();
                scope.spawn(move || -> std::result::Result<usize, String> {
                    let mut asked = 0;
                    while !over.load(Ordering::Relaxed) {
                        let answer = preview.get(path).map_err(|e| e.to_string())?;
                        let whole =
                            !path.ends_with('/') || answer.body.trim_end().ends_with("</html>");
                        if answer.status != 200 || !whole {
                            return Err(format!("{path}: {}", answer.status));
                        }
                        asked += 1;
                    }
                    Ok(asked)
                })
            })
            .collect();
            let done = (0..50).try_for_each(|n| {
                fs::write(
                    root.join("content/rechnoj-2025/roadmap.yaml"),
                    fixture::roadmap(n % 5 + 1),
                )?;
                preview.next_state().map(drop)
            });
            over.store(true, Ordering::Relaxed);
            for reader in readers {
                let asked = reader.join().map_err(|_| "a reader panicked")??;
                assert!(asked > 0);
            }
            done
        })
    })
}

/// The address is told before the sources have been read; until then a page says so, and programs are told to wait.
#[test]
fn the_first_answer_comes_before_the_sources_are_read() -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    for n in 0..600 {
        fixture::write(
            root.path(),
            &format!("content/lesnoj-2025/roadmaps/karta-{n}.yaml"),
            &fixture::roadmap(30),
        )?;
    }
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_glasno"))
        .args(["serve", "--port", "0", "--lang", "ru"])
        .arg(root.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()?;
    let mut out = std::io::BufReader::new(child.stdout.take().ok_or("no output")?);
    let mut line = String::new();
    std::io::BufRead::read_line(&mut out, &mut line)?;
    let port: u16 = line
        .split("127.0.0.1:")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .ok_or("no address")?
        .parse()?;
    let first = crate::running::ask(
        port,
        &format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"),
    )?;
    assert_eq!(first.status, 503, "{}", first.head);
    assert!(first.head.contains("Retry-After: 1"), "{}", first.head);
    assert!(
        first.body.contains("Читаю исходные файлы"),
        "{}",
        first.body
    );
    assert!(first.body.trim_end().ends_with("</html>"));
    let begun = Instant::now();
    loop {
        let answer = crate::running::ask(
            port,
            &format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"),
        )?;
        assert!([200, 503].contains(&answer.status), "{}", answer.status);
        assert!(answer.body.trim_end().ends_with("</html>"));
        if answer.status == 200 {
            break;
        }
        assert!(begun.elapsed() < Duration::from_secs(120), "never ready");
        std::thread::sleep(Duration::from_millis(20));
    }
    line.clear();
    std::io::BufRead::read_line(&mut out, &mut line)?;
    assert!(line.starts_with("Готово: 6"), "{line}");
    child.kill()?;
    // Not a terminal: nothing is written over, and no colour is set.
    let said = child.wait_with_output()?.stderr;
    assert!(!said.contains(&b'\r') && !said.contains(&0x1b));
    Ok(())
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_cleanly() -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_glasno"))
        .args(["serve", "--port", "0"])
        .arg(root.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::null())
        .spawn()?;
    let mut out = std::io::BufReader::new(child.stdout.take().ok_or("no output")?);
    let mut line = String::new();
    std::io::BufRead::read_line(&mut out, &mut line)?;
    let id = child.id().to_string();
    assert!(
        std::process::Command::new("kill")
            .args(["-INT", &id])
            .status()?
            .success()
    );
    assert_eq!(child.wait()?.code(), Some(0));
    Ok(())
}
