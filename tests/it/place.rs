//! A copied site in a folder of its own, and runs of the program on it.
//!
//! Takes the fixture; gives a [`Place`] to edit and build, and a [`Run`] to look at. Must not depend on the machine's
//! language, colours or day.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// The day on which all tests take place, unless they name another.
pub(crate) const TODAY: &str = "2025-03-01";

/// A site that may be spoilt.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

/// What a run said and returned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Run {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Place {
    /// A copy of the small site, which is right in every respect.
    pub(crate) fn new() -> Self {
        let place = Place::empty();
        for (name, text) in small() {
            place.write(name, text);
        }
        place
    }

    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Place {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    pub(crate) fn root(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.root().join(below)
    }

    /// Writes a file, with its folders.
    pub(crate) fn write(&self, below: &str, bytes: impl AsRef<[u8]>) -> &Self {
        let path = self.path(below);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("a file written");
        self
    }

    pub(crate) fn read(&self, below: &str) -> String {
        fs::read_to_string(self.path(below)).expect("a file read")
    }

    /// Replaces the only place where `from` stands.
    pub(crate) fn edit(&self, below: &str, from: &str, to: &str) -> &Self {
        let text = self.read(below);
        assert_eq!(text.matches(from).count(), 1, "«{from}» in {below}");
        self.write(below, text.replace(from, to))
    }

    /// Replaces the first place where `from` stands.
    pub(crate) fn edit_first(&self, below: &str, from: &str, to: &str) -> &Self {
        let text = self.read(below);
        assert!(text.contains(from), "«{from}» in {below}");
        self.write(below, text.replacen(from, to, 1))
    }

    /// Adds text at the end of a file.
    pub(crate) fn append(&self, below: &str, more: &str) -> &Self {
        let text = self.read(below);
        self.write(below, text + more)
    }

    pub(crate) fn remove(&self, below: &str) -> &Self {
        let path = self.path(below);
        if path.is_dir() {
            fs::remove_dir_all(path).expect("a folder removed");
        } else {
            fs::remove_file(path).expect("a file removed");
        }
        self
    }

    /// The program, ready to run on this place with `words` after the command.
    pub(crate) fn command(&self, command: &str, words: &[&str]) -> Command {
        let mut run = program();
        run.arg(command).arg(self.root()).args(words);
        if !words.contains(&"--today") {
            run.args(["--today", TODAY]);
        }
        run
    }

    /// The same as [`Place::run`] for what must not be waited for: ends the program after `limit` and fails.
    pub(crate) fn run_within(&self, limit: Duration, command: &str, words: &[&str]) -> Run {
        let mut run = self.command(command, words);
        within(limit, &mut run).without(self.root())
    }

    /// `glasno COMMAND PLACE WORDS…`
    pub(crate) fn run(&self, command: &str, words: &[&str]) -> Run {
        run(&mut self.command(command, words)).without(self.root())
    }

    pub(crate) fn build(&self, words: &[&str]) -> Run {
        self.run("build", words)
    }

    pub(crate) fn check(&self, words: &[&str]) -> Run {
        self.run("check", words)
    }

    /// Builds and insists that it went well.
    pub(crate) fn must_build(&self, words: &[&str]) -> Run {
        let run = self.build(words);
        assert_eq!(run.status, Some(0), "{}", run.said());
        run
    }

    /// The published site, file by file.
    pub(crate) fn site(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.path("output/site"))
    }
}

impl Run {
    /// Everything that the run showed, for a snapshot.
    pub(crate) fn said(&self) -> String {
        let status = self.status.map_or("none".to_owned(), |s| s.to_string());
        let mut text = format!("status {status}\n");
        for (name, stream) in [("stdout", &self.out), ("stderr", &self.err)] {
            if !stream.is_empty() {
                text.push_str(&format!("── {name}\n{stream}"));
            }
        }
        text
    }

    /// The codes of `--format json`, in their order.
    pub(crate) fn codes(&self) -> Vec<String> {
        self.findings()
            .iter()
            .map(|f| f["code"].as_str().expect("a code").to_owned())
            .collect()
    }

    /// The findings of `--format json`.
    pub(crate) fn findings(&self) -> Vec<serde_json::Value> {
        let all: serde_json::Value = serde_json::from_str(&self.out).expect("one JSON object");
        all["findings"].as_array().expect("findings").clone()
    }

    /// The same with the temporary folder's path written as `PLACE`, and Windows' separators as `/`.
    pub(crate) fn without(mut self, root: &Path) -> Self {
        let real = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        for stream in [&mut self.out, &mut self.err] {
            for path in [root, &real] {
                let path = path.to_string_lossy();
                *stream = stream
                    .replace(&path.replace('\\', "\\\\"), "PLACE")
                    .replace(&*path, "PLACE");
            }
            if cfg!(windows) {
                *stream = stream.replace("PLACE\\", "PLACE/");
            }
        }
        self
    }
}

/// The program without anything of the machine's own settings.
pub(crate) fn program() -> Command {
    let mut run = Command::new(env!("CARGO_BIN_EXE_glasno"));
    run.stdin(Stdio::null());
    for name in [
        "LANG",
        "LC_ALL",
        "LC_MESSAGES",
        "CLICOLOR_FORCE",
        "RAYON_NUM_THREADS",
    ] {
        run.env_remove(name);
    }
    run.env("NO_COLOR", "1");
    run
}

pub(crate) fn run(command: &mut Command) -> Run {
    let output = command.output().expect("the program starts");
    Run {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).expect("stdout is UTF-8"),
        err: String::from_utf8(output.stderr).expect("stderr is UTF-8"),
    }
}

/// Runs the program, ends it after `limit`, and fails then.
pub(crate) fn within(limit: Duration, command: &mut Command) -> Run {
    let mut child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // Read while it runs, or it would wait for the reader.
    fn drain(stream: impl std::io::Read + Send + 'static) -> std::thread::JoinHandle<String> {
        std::thread::spawn(move || std::io::read_to_string(stream).expect("UTF-8"))
    }
    let out = drain(child.stdout.take().expect("stdout"));
    let err = drain(child.stderr.take().expect("stderr"));
    let begun = Instant::now();
    let status = loop {
        match child.try_wait().expect("a status") {
            Some(status) => break status,
            None if begun.elapsed() > limit => {
                let _ = child.kill();
                let _ = child.wait();
                panic!("still running after {limit:?}");
            }
            None => std::thread::sleep(Duration::from_millis(10)),
        }
    };
    Run {
        status: status.code(),
        out: out.join().expect("read"),
        err: err.join().expect("read"),
    }
}

/// The small site: its files by path below ROOT, kept as one text.
fn small() -> impl Iterator<Item = (&'static str, &'static str)> {
    const ALL: &str = include_str!("../fixtures/small.txt");
    ALL.split("==> ")
        .skip(1)
        .map(|file| file.split_once('\n').expect("a path, then the text"))
}

/// The folder of this repository, whose own `content/` is built too.
pub(crate) fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    for (name, bytes) in tree(from) {
        let path = to.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("folders");
        fs::write(path, bytes).expect("a file copied");
    }
}

/// Every file below a folder by its path, `/`-separated; nothing when there is no such folder.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        let Ok(entries) = fs::read_dir(&at) else {
            continue;
        };
        for entry in entries {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(folder).expect("below the folder");
                let name: Vec<_> = below.iter().map(|p| p.to_string_lossy()).collect();
                files.insert(name.join("/"), fs::read(&path).expect("a file read"));
            }
        }
    }
    files
}

/// Says which files differ, without printing them.
pub(crate) fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    let names: std::collections::BTreeSet<_> = a.keys().chain(b.keys()).collect();
    let differ: Vec<_> = names
        .into_iter()
        .filter(|n| a.get(*n) != b.get(*n))
        .collect();
    assert!(differ.is_empty(), "these files differ: {differ:?}");
}

/// Runs `glasno check` on the small site after some damage, keeps what it said, and asks the schemas.
macro_rules! finding {
    ($name:ident, $place:ident, $damage:block) => {
        finding!($name, $place, $damage, &[]);
    };
    ($name:ident, $place:ident, $damage:block, $words:expr) => {
        #[test]
        fn $name() {
            let $place = $crate::place::Place::new();
            $damage
            let run = $place.check($words);
            $crate::said::check(module_path!(), stringify!($name), &run.said());
            if !run.out.starts_with('{') {
                $crate::schemas::agree(&$place, &run);
            }
        }
    };
}
pub(crate) use finding;
