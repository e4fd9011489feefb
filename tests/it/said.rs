//! What the program says, kept in one file a module: `tests/it/said/MODULE.txt`, a record a test.
//!
//! Takes a test's module, name and words; compares, or with `GLASNO_BLESS=1` writes. Must not leave a record without a test
//! unseen: a new word is a failure until somebody has blessed it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Mutex;

/// Begins the record of a test.
const MARK: &str = "## ";

/// Records are written one at a time.
static WRITING: Mutex<()> = Mutex::new(());

fn records(text: &str) -> BTreeMap<String, String> {
    let mut all: BTreeMap<String, String> = BTreeMap::new();
    let mut name = String::new();
    for line in text.lines() {
        match line.strip_prefix(MARK) {
            Some(next) => name = next.to_owned(),
            None => {
                let record = all.entry(name.clone()).or_default();
                record.push_str(line);
                record.push('\n');
            }
        }
    }
    all
}

/// Compares what a test made the program say with its record. Empty lines at the end do not count.
pub(crate) fn check(module: &str, test: &str, text: &str) {
    let module = module.split("::").nth(1).unwrap_or(module);
    let file =
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/it/said/{module}.txt"));
    let said = format!("{}\n", text.trim_end());
    assert!(
        !said.lines().any(|l| l.starts_with(MARK)),
        "what was said looks like a record"
    );
    let held = |file: &PathBuf| std::fs::read_to_string(file).unwrap_or_default();
    if std::env::var_os("GLASNO_BLESS").is_some() {
        let _one = WRITING.lock().expect("nobody fails while writing");
        let mut all = records(&held(&file));
        all.insert(test.to_owned(), said);
        let out: String = all
            .iter()
            .map(|(name, text)| format!("{MARK}{name}\n{}\n\n", text.trim_end()))
            .collect();
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("folders");
        std::fs::write(&file, format!("{}\n", out.trim_end())).expect("the records");
        return;
    }
    let all = records(&held(&file));
    let record = all.get(test).map_or("", |r| r.trim_end());
    assert_eq!(
        record,
        said.trim_end(),
        "{test}: other words than tests/it/said/{module}.txt has; GLASNO_BLESS=1 writes these"
    );
}
