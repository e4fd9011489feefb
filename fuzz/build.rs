//! Makes the labelled corpus of the guard, out of which come seeds and registries: its tables are kept, not its files.

use std::path::Path;
use std::process::Command;
use std::{env, io};

fn main() -> io::Result<()> {
    let tables = Path::new("../tests/disclosure");
    for part in ["make.py", "corpus"] {
        println!("cargo:rerun-if-changed={}", tables.join(part).display());
    }
    let out = env::var_os("OUT_DIR").unwrap_or_default();
    let run = Command::new("python3")
        .arg(tables.join("make.py"))
        .arg(Path::new(&out).join("corpus"))
        .status()
        .map_err(|error| io::Error::other(format!("python3: {error}")))?;
    if run.success() {
        Ok(())
    } else {
        Err(io::Error::other("make.py has failed"))
    }
}
