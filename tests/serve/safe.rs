//! Nothing that a page can do reaches a command of the preview, nor another host.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_json::json;

use crate::fixture;
use crate::running::{Answer, Preview, Result, ask};

fn with(arguments: &[&str], test: impl Fn(&Preview, &Path) -> Result) -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    test(&Preview::start(root.path(), arguments)?, root.path())
}

/// Waits a moment in which an editor would have started, and says whether one did.
fn started(note: &Path) -> bool {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(700) {
        if note.exists() {
            return true;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    false
}

#[test]
fn a_command_needs_the_bars_origin_token_and_form() -> Result {
    let note = tempfile::tempdir()?;
    let seen = note.path().join("seen");
    let command = format!("cp {{path}} {}", seen.display());
    with(&["--editor", &command], |preview, _| {
        let (port, token) = preview.tool()?;
        let site = preview.port;
        let said = json!({"path": "content/site.yaml", "line": 1}).to_string();
        let own = format!("http://127.0.0.1:{port}");
        let send =
            |method: &str, path: &str, heads: &[(&str, &str)], said: &str| -> Result<Answer> {
                let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
                for (name, value) in heads {
                    request.push_str(&format!("{name}: {value}\r\n"));
                }
                request.push_str(&format!("Content-Length: {}\r\n\r\n{said}", said.len()));
                ask(port, &request)
            };
        let host = format!("127.0.0.1:{port}");
        let json = "application/json";
        let foreign = format!("http://127.0.0.1:{site}");
        let wrong = token.replace(|c: char| c.is_ascii_digit(), "a");
        let good = [
            ("Host", &*host),
            ("Origin", &*own),
            ("X-Glasno-Token", &*token),
            ("Content-Type", json),
        ];
        let but = |name: &str, value: Option<&'static str>| -> Vec<(&str, String)> {
            let kept = good.iter().filter(|(n, _)| *n != name || value.is_some());
            let changed = kept.map(|(n, v)| {
                let v = value.filter(|_| *n == name).unwrap_or(v);
                (*n, v.to_owned())
            });
            changed.collect()
        };
        let mut refused: Vec<(&str, Vec<(&str, String)>)> = vec![
            ("GET", but("", None)),
            ("PUT", but("", None)),
            ("OPTIONS", but("", None)),
            ("POST", but("Origin", None)),
            ("POST", but("Origin", Some("null"))),
            ("POST", but("Origin", Some("https://host.example"))),
            ("POST", but("Host", Some("host.example"))),
            ("POST", but("X-Glasno-Token", None)),
            ("POST", but("X-Glasno-Token", Some(""))),
            ("POST", but("Content-Type", None)),
            ("POST", but("Content-Type", Some("text/plain"))),
        ];
        for (name, value) in [("Origin", &foreign), ("X-Glasno-Token", &wrong)] {
            let mut heads = but(name, None);
            heads.push((name, value.clone()));
            refused.push(("POST", heads));
        }
        for path in ["/open", "/page"] {
            for (method, heads) in &refused {
                let heads: Vec<(&str, &str)> = heads.iter().map(|(n, v)| (*n, &**v)).collect();
                let answer = send(method, path, &heads, &said)?;
                assert!(
                    [400, 403, 405, 415].contains(&answer.status),
                    "{method} {path} {heads:?}: {}",
                    answer.status
                );
            }
            let answer = send("POST", path, &good, &"x".repeat(100_000))?;
            assert_eq!(answer.status, 400);
        }
        // The site's own origin knows no command at all.
        for request in [
            "open?path=content/site.yaml&line=1",
            "open",
            "page?path=/",
            "bar",
        ] {
            let answer = preview.ask(&format!(
                "GET /@glasno/{request} HTTP/1.1\r\nHost: 127.0.0.1:{site}\r\nX-Glasno: 1\r\n\
                 X-Glasno-Token: {token}\r\nConnection: close\r\n\r\n"
            ))?;
            assert_eq!(answer.status, 404, "{request}");
        }
        assert!(!started(&seen), "a refused command was carried out");
        assert_eq!(send("POST", "/open", &good, &said)?.status, 200);
        assert!(started(&seen));
        Ok(())
    })
}

/// The token is read by nobody but the bar: it stands on no page of the site, and no answer may be read or framed from
/// elsewhere.
#[test]
fn a_page_can_neither_read_nor_frame_what_is_not_its_own() -> Result {
    with(&[], |preview, root| {
        let (port, token) = preview.tool()?;
        let home = preview.get("/")?;
        assert!(!home.body.contains(&token));
        let policy = |answer: &Answer| -> String {
            let line = answer
                .head
                .lines()
                .find_map(|l| l.strip_prefix("Content-Security-Policy: "));
            line.unwrap_or("").to_owned()
        };
        let own = policy(&home);
        for rule in [
            "default-src 'self'",
            "script-src 'self';",
            "object-src 'none'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
            &format!("frame-src http://127.0.0.1:{port};"),
        ] {
            assert!(own.contains(rule), "{rule}: {own}");
        }
        assert!(
            !own.contains("unsafe-eval") && !own.contains("https:"),
            "{own}"
        );
        let bar = ask(
            port,
            &format!(
                "GET /bar?page=%3C/script%3E HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n"
            ),
        )?;
        assert!(
            bar.body.contains(&token) && !bar.body.contains("</script>\""),
            "{}",
            bar.body
        );
        let own = policy(&bar);
        assert!(
            own.contains("default-src 'none'") && own.contains("script-src 'self'"),
            "{own}"
        );
        assert!(
            own.contains(&format!(
                "frame-ancestors http://127.0.0.1:{}",
                preview.port
            )),
            "{own}"
        );
        for head in [&home.head, &bar.head] {
            assert!(
                head.contains("Cross-Origin-Resource-Policy: same-origin"),
                "{head}"
            );
            assert!(head.contains("X-Content-Type-Options: nosniff"), "{head}");
            assert!(!head.contains("Access-Control"), "{head}");
        }
        // A drawing that is opened by itself may only be looked at.
        fixture::write(
            root,
            "content/rechnoj-2025/files/shema.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        )?;
        let news = format!(
            "{}\n[Схема](../files/shema.svg)\n",
            fixture::news("Начало работы", 3)
        );
        fixture::write(root, "content/rechnoj-2025/news/nachalo.md", &news)?;
        preview.until("/rechnoj-2025/files/shema.svg", 200, "<svg")?;
        let drawing = preview.get("/rechnoj-2025/files/shema.svg")?;
        assert!(
            policy(&drawing).starts_with("sandbox; default-src 'none'"),
            "{}",
            drawing.head
        );
        Ok(())
    })
}

/// A file that would run is not shown either, but told.
#[test]
fn an_attachment_with_script_is_told_and_not_shown() -> Result {
    with(&[], |preview, root| {
        fixture::write(
            root,
            "content/rechnoj-2025/files/shema.svg",
            "<svg onload=\"alert(1)\"/>",
        )?;
        let news = format!(
            "{}\n[Схема](../files/shema.svg)\n",
            fixture::news("Начало работы", 3)
        );
        fixture::write(root, "content/rechnoj-2025/news/nachalo.md", &news)?;
        preview.until("/rechnoj-2025/files/shema.svg", 500, "обработчик событий")?;
        let shown = preview.get("/rechnoj-2025/files/shema.svg")?;
        assert!(!shown.body.contains("onload=\"alert"), "{}", shown.body);
        Ok(())
    })
}

/// A page whose template does not end is told with its place, the last good one stays, and the preview goes on.
#[test]
fn a_template_that_does_not_end_is_told_and_not_waited_for() -> Result {
    with(&[], |preview, root| {
        let endless = "{% for i in range(end=100000) %}{% for j in range(end=100000) %}{% endfor %}{% endfor %}";
        let template = root.join("themes/default/templates/404.html");
        let told = || -> Result<String> {
            Ok(preview.command("page", &json!({"path": "/404.html"}))?.body)
        };
        assert!(!told()?.contains("template.limit"));
        fixture::write(root, "themes/default/templates/404.html", endless)?;
        preview.next_state()?;
        let said = told()?;
        assert!(
            said.contains("template.limit") && said.contains("404.html:1:33"),
            "{said}"
        );
        assert!(preview.get("/net/")?.body.contains("Страница не найдена"));
        assert_eq!(preview.get("/rechnoj-2025/news/")?.status, 200);
        fs::remove_file(template)?;
        preview.next_state()?;
        assert!(!told()?.contains("template.limit"));
        Ok(())
    })
}

/// The editor is started without the passphrase of the registry and whatever else is named like a secret.
#[cfg(unix)]
#[test]
fn the_editor_inherits_no_secret() -> Result {
    let root = tempfile::tempdir()?;
    fixture::site(root.path())?;
    let note = tempfile::tempdir()?;
    let seen = note.path().join("seen");
    let editor = note.path().join("editor.sh");
    let half = seen.with_extension("half");
    fs::write(
        &editor,
        format!(
            "#!/bin/sh\nenv >{half}; mv {half} {seen}\n",
            half = half.display(),
            seen = seen.display()
        ),
    )?;
    let command = format!("sh {} {{path}}", editor.display());
    let preview = Preview::start_with(
        root.path(),
        &["--editor", &command],
        &[
            ("GLASNO_REGISTRY_PASSPHRASE", "osen-listya-doroga"),
            ("GLASNO_REGISTRY_IDENTITY", "/net"),
            ("FORGE_TOKEN", "osen-2"),
            ("MAIL_PASSWORD", "osen-3"),
            ("EDITOR_COLOUR", "teal"),
        ],
    )?;
    let said = json!({"path": "content/site.yaml", "line": 1});
    assert_eq!(preview.command("open", &said)?.status, 200);
    let begun = Instant::now();
    while !seen.exists() {
        assert!(begun.elapsed() < Duration::from_secs(20), "no editor");
        std::thread::sleep(Duration::from_millis(20));
    }
    let inherited = fs::read_to_string(&seen)?;
    assert!(inherited.contains("EDITOR_COLOUR=teal"), "{inherited}");
    for secret in ["osen", "GLASNO_"] {
        assert!(!inherited.contains(secret), "{inherited}");
    }
    Ok(())
}

/// Parts of files, and heads without bodies.
#[test]
fn parts_of_a_file_are_given() -> Result {
    with(&[], |preview, _| {
        let port = preview.port;
        let ask = |method: &str, more: &str| {
            preview.ask(&format!(
                "{method} /assets/style.css HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{more}Connection: close\r\n\r\n"
            ))
        };
        let whole = ask("GET", "")?;
        let len = whole.body.len();
        let tag = whole
            .head
            .lines()
            .find_map(|l| l.strip_prefix("Etag: "))
            .ok_or("no tag")?
            .to_owned();
        assert!(
            whole.head.contains("Accept-Ranges: bytes"),
            "{}",
            whole.head
        );
        let head = ask("HEAD", "")?;
        assert_eq!((head.status, head.body.as_str()), (200, ""));
        let length = |a: &Answer| {
            a.head
                .lines()
                .find(|l| l.starts_with("Content-Length"))
                .map(str::to_owned)
        };
        assert_eq!(length(&head), length(&whole));
        let part = ask("GET", "Range: bytes=1-4\r\n")?;
        assert_eq!((part.status, part.body.as_str()), (206, &whole.body[1..5]));
        assert!(
            part.head.contains("Content-Range: bytes 1-4/"),
            "{}",
            part.head
        );
        let same = ask("GET", &format!("Range: bytes=-5\r\nIf-Range: {tag}\r\n"))?;
        assert_eq!(
            (same.status, same.body.as_str()),
            (206, &whole.body[len - 5..])
        );
        assert_eq!(
            ask("GET", "Range: bytes=0-4\r\nIf-Range: \"old\"\r\n")?.status,
            200
        );
        assert_eq!(ask("GET", "Range: bytes=99999999-\r\n")?.status, 416);
        Ok(())
    })
}
