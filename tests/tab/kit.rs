//! Builds regions in temporary folders, runs the program, reads what it made.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{Cursor, Read, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A picture of one point.
pub(crate) const PNG: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55\x00\x00\x00\x0a\x49\x44\x41\x54\x78\x9c\x63\x60\x00\x00\x00\x02\x00\x01\x48\xaf\xa4\x71\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program in `folder`.
pub(crate) fn glasno(folder: &Path, args: &[&str]) -> Ran {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_glasno"))
        .args(args)
        .current_dir(folder)
        .env("NO_COLOR", "1")
        .env_remove("LANG")
        .env_remove("LC_ALL")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program starts");
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

pub(crate) fn put(path: &Path, text: impl AsRef<[u8]>) {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).expect("a folder");
    }
    fs::write(path, text).expect("a file");
}

/// A small document with text.
pub(crate) fn docx(text: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let body: String = text
        .lines()
        .map(|l| format!("<w:p><w:r><w:t>{l}</w:t></w:r></w:p>"))
        .collect();
    let parts = [
        (
            "[Content_Types].xml",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>".to_owned(),
        ),
        (
            "_rels/.rels",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>".to_owned(),
        ),
        (
            "word/document.xml",
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"),
        ),
    ];
    for (name, text) in parts {
        zip.start_file(name, options).expect("an entry");
        zip.write_all(text.as_bytes()).expect("bytes");
    }
    zip.finish().expect("an archive").into_inner()
}

/// The portal of an operator with one section.
pub(crate) fn portal(root: &Path, registry: &str) {
    put(
        &root.join("content/site.yaml"),
        "title: \"Портал\"\nbase_url: \"https://portal.example/\"\npublisher: {name: \"Оператор\"}\nsections: [oblast-2025]\n",
    );
    put(
        &root.join("content/oblast-2025/section.yaml"),
        "kind: section\ntitle: \"Проект поддержки школ\"\nterritory: \"Область\"\nlevel: region\nsummary: \"О чём проект.\"\nabout: \"Подробно о проекте.\"\nowner: \"ДОН\"\npublished: 2025-01-15\n",
    );
    put(
        &root.join("content/oblast-2025/bodies.yaml"),
        "kind: bodies\nbodies:\n  - {id: don, name: \"Департамент образования\", short: \"ДОН\"}\n",
    );
    put(
        &root.join("content/oblast-2025/orders/12.yaml"),
        "kind: order\ntype: приказ\nissuer: \"ДОН\"\ndate: 2025-01-15\nnumber: \"12\"\nsubject: \"Об организации проекта\"\nclauses:\n  - {no: \"1.\", text: \"Организовать работу.\"}\nsigned: {post: \"Директор\", name: \"Иволгин П. П.\"}\nstatus: {state: in-force}\npublished: 2025-01-15\n",
    );
    put(
        &root.join("content/oblast-2025/roadmap.yaml"),
        "kind: roadmap\ntitle: \"Дорожная карта области\"\nplan: {from: 2025-01-01, to: 2025-12-31}\ncolumns: {measure: \"Мероприятие\", period: \"Срок\", responsible: \"Ответственный\"}\nrows:\n  - {no: \"1\", measure: \"Провести семинар\", period: \"Март 2025\", responsible: [\"ДОН\"]}\npublished: 2025-01-15\n",
    );
    put(&root.join("content/private/registry.yaml"), registry);
}

/// A registry of the given (id, name) pairs.
pub(crate) fn registry(schools: &[(String, String)]) -> String {
    let mut text = String::from("protected:\n");
    for (id, name) in schools {
        let _ = writeln!(text, "  - {{id: {id}, name: \"{name}\"}}");
    }
    text.push_str("public:\n  - {name: \"МАОУ «СОШ № 84»\", municipality: \"город Ключевой\"}\n");
    text
}

/// Where a school's folder lies at the operator's.
pub(crate) fn folder(root: &Path, id: &str) -> PathBuf {
    root.join("content/private/tabs").join(id)
}

/// Every file below a folder, path (with `/`) → bytes; archives and office files are opened.
pub(crate) fn tree(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
        let entry = entry.expect("an entry");
        if entry.file_type().is_file() {
            let below = entry.path().strip_prefix(root).expect("below");
            let name = below.to_string_lossy().replace('\\', "/");
            found.insert(name, fs::read(entry.path()).expect("bytes"));
        }
    }
    found
}

/// What is in an archive, and in the office files inside it.
pub(crate) fn unpack(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut found = BTreeMap::new();
    for i in 0..archive.len() {
        let mut file = archive.by_index(i).expect("an entry");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("bytes");
        let name = file.name().expect("a name").into_owned();
        drop(file);
        if name.ends_with(".docx") {
            for (inner, bytes) in unpack(&bytes) {
                found.insert(format!("{name}!{inner}"), bytes);
            }
        }
        found.insert(name, bytes);
    }
    found
}
