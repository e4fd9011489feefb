//! The figures of `docs/performance.md`, by hand:
//! `cargo test --release --test serve figures -- --ignored --nocapture`. `DOCUMENTS` sets the size of the site.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::fixture;
use crate::running::{Preview, Result};

const SECTIONS: usize = 20;
const EDITS: usize = 40;

/// Roadmaps of thirty rows, over twenty sections.
fn site(root: &Path, documents: usize) -> Result {
    fixture::site(root)?;
    fs::remove_dir_all(root.join("content/rechnoj-2025"))?;
    fs::remove_dir_all(root.join("content/lesnoj-2025"))?;
    let mut sections = String::new();
    for s in 0..SECTIONS {
        sections.push_str(&format!("  - okrug-{s}\n"));
        let folder = format!("content/okrug-{s}");
        fixture::write(
            root,
            &format!("{folder}/section.yaml"),
            &fixture::home("okrug"),
        )?;
        fixture::write(root, &format!("{folder}/bodies.yaml"), fixture::BODIES)?;
        fixture::write(
            root,
            &format!("{folder}/orders/7.yaml"),
            &fixture::plain_order(),
        )?;
    }
    let head = fixture::SITE.split("sections:").next().unwrap_or("");
    fixture::write(
        root,
        "content/site.yaml",
        &format!("{head}sections:\n{sections}"),
    )?;
    for n in 0..documents {
        let text = fixture::roadmap(30).replace(
            "Мероприятие",
            "Проведение методического семинара для управленческих команд школ по вопросам внутренней системы оценки качества образования, мероприятие",
        );
        let path = format!("content/okrug-{}/roadmaps/karta-{n}.yaml", n % SECTIONS);
        fixture::write(root, &path, &text)?;
    }
    Ok(())
}

/// Resident memory now and at its highest, in megabytes.
fn memory(id: u32) -> String {
    let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let value = |name: &str| {
        let line = status.lines().find_map(|l| l.strip_prefix(name));
        let kb = line.and_then(|l| l.split_whitespace().next()?.parse::<u64>().ok());
        kb.unwrap_or(0) / 1024
    };
    format!("{} MB, at most {} MB", value("VmRSS:"), value("VmHWM:"))
}

#[test]
#[ignore = "measures: run by hand, in release"]
fn figures() -> Result {
    let documents = std::env::var("DOCUMENTS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(10_000);
    let root = tempfile::tempdir()?;
    site(root.path(), documents)?;
    let begun = Instant::now();
    let preview = Preview::start(root.path(), &[])?;
    println!("{documents} documents: ready in {:.1?}", begun.elapsed());
    println!("memory at the start: {}", memory(preview.id()));
    let file = root.path().join("content/okrug-0/roadmaps/karta-0.yaml");
    let text = fs::read_to_string(&file)?;
    let save = |path: &Path, text: &str| -> Result<Duration> {
        std::thread::sleep(Duration::from_millis(150));
        fs::write(path, text)?;
        let saved = Instant::now();
        let (heard, _) = preview.next_state()?;
        Ok(heard.duration_since(saved))
    };
    let mut took = Vec::new();
    for n in 0..EDITS {
        took.push(save(
            &file,
            &text.replacen("мероприятие 1", &format!("правка {n}"), 1),
        )?);
    }
    took.sort();
    println!(
        "from the end of a save to the message, {EDITS} saves: median {:.1?}, p95 {:.1?}, most {:.1?}",
        took[EDITS / 2],
        took[EDITS * 95 / 100 - 1],
        took[EDITS - 1]
    );
    println!(
        "broken: {:.1?}",
        save(&file, &format!("{text}\nне: [так\n"))?
    );
    println!("mended: {:.1?}", save(&file, &text)?);
    let new = root.path().join("content/okrug-0/roadmaps/novaya.yaml");
    println!("added: {:.1?}", save(&new, &text)?);
    std::thread::sleep(Duration::from_millis(150));
    fs::remove_file(&new)?;
    let gone = Instant::now();
    println!(
        "deleted: {:.1?}",
        preview.next_state()?.0.duration_since(gone)
    );
    let template = root.path().join("themes/default/templates/group.html");
    fs::create_dir_all(root.path().join("themes/default/templates"))?;
    println!(
        "template: {:.1?}",
        save(&template, "{% extends \"base.html\" %}")?
    );
    let bodies = root.path().join("content/okrug-0/bodies.yaml");
    let more = format!("{}  - id: sovet\n    name: \"Совет\"\n", fixture::BODIES);
    println!("directory of bodies: {:.1?}", save(&bodies, &more)?);
    println!("memory then: {}", memory(preview.id()));
    let registry = root.path().join("content/private/registry.yaml");
    println!(
        "registry: {:.1?}",
        save(&registry, &fixture::registry(&["МБОУ «Дальнегорская СОШ»"]))?
    );
    println!("memory then: {}", memory(preview.id()));
    Ok(())
}
