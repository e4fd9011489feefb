//! `glasno new KIND`: a commented source file to start from.
//!
//! Takes a kind and a place; writes the file, never over another. Must not ask anything.

use std::io::Write;
use std::path::Path;

use super::args::NewArgs;
use super::{OK, REFUSED, words};
use crate::diag::Lang;

/// Kinds and their samples, which lie beside the source as files.
const SAMPLES: &[(&str, &str)] = &[
    ("site", include_str!("samples/site.yaml")),
    ("registry", include_str!("samples/registry.yaml")),
    ("section", include_str!("samples/section.yaml")),
    ("bodies", include_str!("samples/bodies.yaml")),
    ("order", include_str!("samples/order.yaml")),
    ("roadmap", include_str!("samples/roadmap.yaml")),
    ("schedule", include_str!("samples/schedule.yaml")),
    ("seminar", include_str!("samples/seminar.yaml")),
    ("group", include_str!("samples/group.yaml")),
    ("indicators", include_str!("samples/indicators.yaml")),
    ("news", include_str!("samples/news.md")),
    ("material", include_str!("samples/material.md")),
    ("document", include_str!("samples/document.md")),
    ("page", include_str!("samples/page.md")),
];

/// Writes or prints the sample of a kind.
pub(super) fn new(args: &NewArgs, lang: Lang) -> u8 {
    let Some((_, sample)) = SAMPLES.iter().find(|(kind, _)| *kind == args.kind) else {
        let known: Vec<&str> = SAMPLES.iter().map(|(kind, _)| *kind).collect();
        anstream::eprintln!(
            "{}",
            words::unknown_kind(&args.kind, &known.join(", "), lang)
        );
        return REFUSED;
    };
    let Some(file) = &args.file else {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(sample.as_bytes());
        return OK;
    };
    match write(file, sample) {
        Ok(()) => {
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
    use std::sync::Arc;

    use super::SAMPLES;
    use crate::model::read;
    use crate::source::{FileKind, SourceFile};

    #[test]
    fn every_sample_reads_without_a_finding() {
        for (kind, sample) in SAMPLES {
            if *kind == "registry" {
                let (registry, findings) = crate::registry::parse("registry.yaml", sample);
                assert!(registry.is_some() && findings.is_empty(), "{findings:?}");
                continue;
            }
            let text = ["news", "material", "document", "page"].contains(kind);
            let name = match (*kind, text) {
                ("site", _) => "content/site.yaml".to_owned(),
                (kind, true) => format!("content/razdel/{kind}.md"),
                (kind, false) => format!("content/razdel/{kind}.yaml"),
            };
            let file = SourceFile {
                path: Arc::from(&*name),
                full: name.into(),
                kind: if text {
                    FileKind::Markdown
                } else {
                    FileKind::Yaml
                },
                len: 0,
            };
            let (read, findings) = read::read(&file, sample);
            assert!(findings.is_empty(), "{kind}: {findings:?}");
            assert!(!matches!(read, read::Read::Nothing), "{kind}");
        }
    }
}
