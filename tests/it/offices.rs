//! Documents as many offices make them: Python makes them (`tests/import`), the program imports and builds each, and a
//! script counts the rows that came out right.

use std::path::Path;
use std::process::Command;

#[test]
fn documents_of_many_offices() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests")
        .join("import")
        .join("score.py");
    let mut said = Vec::new();
    for python in ["python3", "python", "py"] {
        let run = Command::new(python)
            .arg(&script)
            .arg(env!("CARGO_BIN_EXE_glasno"))
            .env("PYTHONUTF8", "1")
            .output();
        match run {
            Ok(run) if run.status.success() => return,
            Ok(run) => said.push(format!(
                "{python}: {}{}",
                String::from_utf8_lossy(&run.stdout),
                String::from_utf8_lossy(&run.stderr)
            )),
            Err(error) => said.push(format!("{python}: {error}")),
        }
    }
    panic!("{}", said.join("\n"));
}
