//! How far a long run is: on a terminal, and where there is none.

use std::process::{Command, Stdio};

use crate::fixture;
use crate::running::Result;

/// Enough work for a debug build to take more than half a second.
fn long(root: &std::path::Path) -> Result {
    fixture::site(root)?;
    for n in 0..150 {
        let path = format!("content/lesnoj-2025/roadmaps/karta-{n}.yaml");
        fixture::write(root, &path, &fixture::roadmap(30))?;
    }
    Ok(())
}

fn program(root: &std::path::Path, more: &str) -> String {
    format!(
        "'{}' check '{}' --today 2025-03-10 --lang ru {more}",
        env!("CARGO_BIN_EXE_glasno"),
        root.display()
    )
}

#[test]
fn a_pipe_holds_no_control_characters() -> Result {
    let root = tempfile::tempdir()?;
    long(root.path())?;
    for more in ["", "--format json", "--format sarif"] {
        let ran = Command::new("sh")
            .args(["-c", &program(root.path(), more)])
            .stdin(Stdio::null())
            .output()?;
        for bytes in [&ran.stdout, &ran.stderr] {
            assert!(!bytes.contains(&b'\r') && !bytes.contains(&0x1b), "{more}");
            let text = String::from_utf8_lossy(bytes);
            assert!(
                !text.contains("Читаю") && !text.contains("Готовлю"),
                "{text}"
            );
        }
    }
    Ok(())
}

/// What a person at a terminal sees; `None` where there is no `script` to make one.
#[cfg(unix)]
fn at_a_terminal(command: &str, settings: &[(&str, &str)]) -> Result<Option<String>> {
    let mut terminal = Command::new("script");
    terminal.args(["-q", "-e", "-c", command, "/dev/null"]);
    terminal.env("TERM", "xterm").env_remove("NO_COLOR");
    terminal.envs(settings.iter().copied());
    match terminal.stdin(Stdio::null()).output() {
        Ok(ran) => Ok(Some(
            String::from_utf8_lossy(&ran.stdout).replace("\r\n", "\n"),
        )),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_sees_one_line_that_is_taken_away() -> Result {
    let root = tempfile::tempdir()?;
    long(root.path())?;
    let command = program(root.path(), "");
    let Some(seen) = at_a_terminal(&command, &[])? else {
        return Ok(());
    };
    assert!(
        seen.contains("\rГотовлю и проверяю файлы сайта: "),
        "{seen:?}"
    );
    let (_, last) = seen.rsplit_once('\r').ok_or("no line")?;
    assert!(
        last.starts_with("Под защитой") && last.contains("Проверено"),
        "{last:?}"
    );
    for plain in [("NO_COLOR", "1"), ("TERM", "dumb")] {
        let Some(seen) = at_a_terminal(&command, &[plain])? else {
            return Ok(());
        };
        assert!(!seen.contains('\r') && !seen.contains('\u{1b}'), "{seen:?}");
    }
    let json = program(root.path(), "--format json");
    if let Some(seen) = at_a_terminal(&json, &[])? {
        assert!(
            serde_json::from_str::<serde_json::Value>(&seen).is_ok(),
            "{seen:?}"
        );
    }
    Ok(())
}
