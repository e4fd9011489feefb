//! Reads pictures by a recogniser that is installed: Tesseract. Takes a picture's bytes, gives words and ruling lines with
//! their places. Must not clear anything, must not send a picture anywhere, and must not wait for ever.

use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::carrier::scan::{Blind, Eye, Seen, hocr};
use crate::child::without_secrets;
use crate::diag::catalog::import as say;
use crate::diag::{Finding, Location};

/// One picture may take so long: a page takes seconds.
const PATIENCE: Duration = Duration::from_secs(180);
/// Asking what there is.
const SHORT: Duration = Duration::from_secs(20);
/// More than this is no page of words.
const MAX_SAID: u64 = 64 << 20;
const LANGUAGE: &str = "rus";
/// Names the program where it stands in an unusual place.
const VARIABLE: &str = "GLASNO_TESSERACT";

/// The recogniser.
#[derive(Debug)]
pub(crate) struct Tesseract {
    program: PathBuf,
}

impl Tesseract {
    /// The one that is installed.
    ///
    /// # Errors
    /// There is none, or it knows no Russian; the finding says what to install.
    pub(crate) fn find() -> Result<Tesseract, Box<Finding>> {
        let mut mute = false;
        for program in places() {
            let mut command = Command::new(&program);
            command.arg("--list-langs");
            let Some(said) = run(command, &[], SHORT) else {
                continue;
            };
            if said.lines().any(|l| l.trim() == LANGUAGE) {
                return Ok(Tesseract { program });
            }
            mute = true;
        }
        let entry = match mute {
            true => &say::OCR_LANGUAGE,
            false => &say::OCR_MISSING,
        };
        Err(Box::new(Finding::new(entry, Location::file("tesseract"))))
    }
}

impl Eye for Tesseract {
    fn look(&self, picture: &[u8]) -> Result<Vec<Seen>, Blind> {
        let mut command = Command::new(&self.program);
        // Stamps and grey paper are parted from letters better so than by one level for the whole page.
        command
            .args(["stdin", "stdout", "-l", LANGUAGE, "--psm", "3"])
            .args(["-c", "thresholding_method=2", "hocr"]);
        let said = run(command, picture, PATIENCE).ok_or(Blind::Failed)?;
        let pages = hocr(&said);
        if pages.is_empty() {
            return Err(Blind::Failed);
        }
        Ok(pages)
    }
}

/// Where it may stand: as named, on the path, where its installer puts it on Windows.
fn places() -> Vec<PathBuf> {
    if let Some(named) = std::env::var_os(VARIABLE) {
        return vec![PathBuf::from(named)];
    }
    let mut out = vec![PathBuf::from("tesseract")];
    for variable in ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"] {
        let Some(folder) = std::env::var_os(variable).map(PathBuf::from) else {
            continue;
        };
        let folder = match variable {
            "LOCALAPPDATA" => folder.join("Programs"),
            _ => folder,
        };
        let program = folder.join("Tesseract-OCR").join("tesseract.exe");
        if program.exists() {
            out.push(program);
        }
    }
    out
}

/// What a program says of what it is given; `None` where it is none, fails, or takes too long.
fn run(mut command: Command, given: &[u8], patience: Duration) -> Option<String> {
    without_secrets(&mut command);
    // Pages are read side by side, each by one thread: the words do not depend on the machine.
    command
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let mut child = command.spawn().ok()?;
    let (input, output) = (child.stdin.take()?, child.stdout.take()?);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut input = input;
            // A program that has heard enough closes its ear.
            let _ = input.write_all(given);
        });
        let said = scope.spawn(move || {
            let mut said = Vec::new();
            let read = output.take(MAX_SAID).read_to_end(&mut said);
            read.ok().map(|_| said)
        });
        let done = ended(&mut child, patience);
        let said = said.join().ok().flatten()?;
        done.then(|| String::from_utf8_lossy(&said).into_owned())
    })
}

/// Waits until a program has ended well; one that takes too long is ended.
fn ended(child: &mut Child, patience: Duration) -> bool {
    let begun = Instant::now();
    let mut pause = Duration::from_millis(2);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) if begun.elapsed() < patience => std::thread::sleep(pause),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return false;
            }
        }
        pause = (pause * 2).min(Duration::from_millis(50));
    }
}
