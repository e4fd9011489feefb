//! `glasno new KIND`: a commented source file to start from.
//!
//! Takes a kind and a place; writes the file, never over another. Must not ask anything.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::NewArgs;
use super::{OK, REFUSED, schema, words};
use crate::diag::Lang;
use crate::kinds::blank::Blank;
use crate::kinds::sample;
use crate::source;

/// Writes or prints a new source of a kind.
pub(super) fn new(args: &NewArgs, lang: Lang) -> u8 {
    let Some(blank) = Blank::of(&args.kind) else {
        let known: Vec<&str> = Blank::each().map(|blank| blank.word).collect();
        anstream::eprintln!(
            "{}",
            words::unknown_kind(&args.kind, &known.join(", "), lang)
        );
        return REFUSED;
    };
    let Some(file) = &args.file else {
        let text = sample::new(blank, &schema_from(Path::new(blank.file), blank));
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(text.as_bytes());
        return OK;
    };
    let place = std::path::absolute(file).unwrap_or_else(|_| file.clone());
    let root = source::root_of(&place);
    let below = root.and_then(|root| place.strip_prefix(root).ok());
    let below = below.unwrap_or(Path::new(blank.file));
    let text = sample::new(blank, &schema_from(below, blank));
    match write(file, &text) {
        Ok(()) => {
            if let Some(root) = root {
                schema::provide(root, blank);
            }
            anstream::println!("{}", words::created(&file.display().to_string(), lang));
            OK
        }
        Err(error) => {
            anstream::eprintln!(
                "{}",
                words::not_created(&file.display().to_string(), &error, lang)
            );
            REFUSED
        }
    }
}

/// The way to the schema from a file, given below ROOT.
fn schema_from(file: &Path, blank: &Blank) -> String {
    let up: PathBuf = file.ancestors().skip(2).map(|_| "..").collect();
    let path = up.join(schema::FOLDER).join(schema::name(blank));
    path.to_string_lossy().replace('\\', "/")
}

fn write(file: &Path, sample: &str) -> std::io::Result<()> {
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut out = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(file)?;
    out.write_all(sample.as_bytes())?;
    out.sync_all()
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::schema_from;
    use crate::kinds::blank::Blank;
    use crate::kinds::sample;
    use crate::model::read;
    use crate::source::{FileKind, SourceFile};

    /// A new source is right but for the words that nobody has replaced yet.
    fn is_template(finding: &crate::diag::Finding) -> bool {
        finding.code() == "template.untouched"
    }

    #[test]
    fn every_sample_reads_without_another_finding() {
        for blank in Blank::each() {
            let sample = sample::new(blank, "");
            if blank.word == "registry" {
                let (_, findings) = crate::registry::parse("registry.yaml", &sample);
                assert!(findings.iter().all(is_template), "{findings:?}");
                continue;
            }
            let name = blank.file.replace("ПАПКА-РАЗДЕЛА", "razdel");
            let file = SourceFile {
                path: Arc::from(&*name),
                full: name.into(),
                kind: match blank.text {
                    Some(_) => FileKind::Markdown,
                    None => FileKind::Yaml,
                },
                modified: None,
                len: 0,
            };
            let (read, findings) = read::read(&file, &sample);
            assert!(
                findings.iter().all(is_template),
                "{}: {findings:?}\n{sample}",
                blank.word
            );
            assert!(!matches!(read, read::Read::Nothing), "{}", blank.word);
        }
    }

    #[test]
    fn a_sample_shows_the_way_to_its_schema() {
        let order = Blank::of("order").expect("a kind");
        let from = |file: &str| schema_from(Path::new(file), order);
        assert_eq!(
            from("content/a/orders/1.yaml"),
            "../../../.glasno/schema/order.json"
        );
        assert_eq!(from("content/site.yaml"), "../.glasno/schema/order.json");
        let root = |file: &str| crate::source::root_of(Path::new(file)).map(|r| r.to_path_buf());
        assert_eq!(root("/p/content/a/b.yaml"), Some("/p".into()));
        assert_eq!(root("/content/p/content/b.yaml"), Some("/content/p".into()));
        assert_eq!(root("/p/a/b.yaml"), None);
    }
}
