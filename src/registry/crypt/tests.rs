//! Round trips, every refusal, and that nothing protected shows.

use std::fs;
use std::path::Path;

use age::secrecy::ExposeSecret;
use age::x25519;
use tempfile::TempDir;

use super::*;
use crate::diag::Lang;

const REGISTRY: &str = "protected:\n  - id: r-01\n    name: \"МБОУ «Кувшинская СОШ»\"\n";
const PHRASE: &str = "ручей сосна лопата";
const CHEAP: u8 = 2;

fn phrase(text: &str) -> Passphrase {
    Passphrase::new(text.to_owned()).unwrap()
}

fn lock() -> Lock {
    Lock::Passphrase(phrase(PHRASE), CHEAP)
}

fn by_phrase(text: &str) -> Keys<'static> {
    Keys {
        passphrase: Some(phrase(text)),
        ..Keys::default()
    }
}

fn by_file(path: &Path) -> Keys<'static> {
    Keys {
        identity: Some(path.to_owned()),
        ..Keys::default()
    }
}

fn code<T>(result: Result<T, Trouble>) -> &'static str {
    let finding = match result {
        Ok(_) => return "fine",
        Err(finding) => finding,
    };
    for lang in [Lang::Ru, Lang::En] {
        let said = format!("{} {:?}", finding.message(lang), finding.hint(lang));
        assert!(!said.contains("Кувшинск") && !said.contains("лопата") && !said.contains('{'));
        assert!(!said.replace("KEY-1…", "").contains("KEY-1"), "{said}");
    }
    assert!(finding.line_text.is_none());
    finding.code()
}

/// A folder with an identity file in it.
fn folder() -> (TempDir, PathBuf, x25519::Identity) {
    let dir = tempfile::tempdir().unwrap();
    let key = x25519::Identity::generate();
    let path = dir.path().join("key.txt");
    fs::write(
        &path,
        format!("# ключ\r\n{}\r\n", key.to_string().expose_secret()),
    )
    .unwrap();
    (dir, path, key)
}

#[test]
fn a_passphrase_opens_what_it_locked() {
    let bytes = encrypt(REGISTRY, &lock(), "r").unwrap();
    assert!(is_encrypted(&bytes));
    assert!(!String::from_utf8_lossy(&bytes).contains("r-01"));
    assert_eq!(*decrypt(&bytes, &by_phrase(PHRASE), "r").unwrap(), REGISTRY);
    let ask = || Some(phrase(PHRASE));
    let asked = Keys::new(None, &|_| Some(String::new()), Some(&ask));
    assert_eq!(*decrypt(&bytes, &asked, "r").unwrap(), REGISTRY);
    let variable = |name: &str| (name == PASSPHRASE_VARIABLE).then(|| PHRASE.to_owned());
    let set = Keys::new(None, &variable, None);
    assert_eq!(*decrypt(&bytes, &set, "r").unwrap(), REGISTRY);
    assert_eq!(
        code(decrypt(&bytes, &by_phrase("не та фраза"), "r")),
        "registry.wrong-passphrase"
    );
    assert_eq!(
        code(decrypt(&bytes, &Keys::default(), "r")),
        "registry.no-passphrase"
    );
    let nobody = || None;
    let keys = Keys::new(None, &|_| None, Some(&nobody));
    assert_eq!(code(decrypt(&bytes, &keys, "r")), "registry.no-passphrase");
    assert_eq!(
        format!("{set:?} {:?}", lock()),
        "Keys(identity: false, passphrase: true) Passphrase(Passphrase, 2)"
    );
}

#[test]
fn a_key_opens_what_was_locked_for_it() {
    let (_dir, path, key) = folder();
    let (_other_dir, other, _) = folder();
    for lock in [
        Lock::Identity(path.clone()),
        Lock::Recipients(vec![format!(" {}\n", key.to_public())]),
    ] {
        let bytes = encrypt(REGISTRY, &lock, "r").unwrap();
        assert_eq!(*decrypt(&bytes, &by_file(&path), "r").unwrap(), REGISTRY);
        assert_eq!(
            code(decrypt(&bytes, &by_file(&other), "r")),
            "registry.wrong-identity"
        );
        assert_eq!(
            code(decrypt(&bytes, &by_phrase(PHRASE), "r")),
            "registry.no-identity"
        );
        let gone = by_file(Path::new("/nowhere/key.txt"));
        assert_eq!(code(decrypt(&bytes, &gone, "r")), "registry.unreadable");
    }
    let lock = Lock::Recipients(vec![key.to_public().to_string(), "age1кувшин".into()]);
    assert_eq!(code(encrypt(REGISTRY, &lock, "r")), "registry.recipient");
    assert_eq!(
        code(encrypt(REGISTRY, &Lock::Recipients(vec![]), "r")),
        "registry.no-identity"
    );
}

#[test]
fn an_identity_file_may_be_encrypted_or_worthless() {
    let (dir, path, key) = folder();
    let bytes = encrypt(REGISTRY, &Lock::Identity(path.clone()), "r").unwrap();
    let open = fs::read_to_string(&path).unwrap();
    fs::write(&path, encrypt(&open, &lock(), "k").unwrap()).unwrap();
    let mut keys = by_file(&path);
    assert_eq!(code(decrypt(&bytes, &keys, "r")), "registry.no-passphrase");
    keys.passphrase = Some(phrase(PHRASE));
    assert_eq!(*decrypt(&bytes, &keys, "r").unwrap(), REGISTRY);
    let bad = dir.path().join("bad.txt");
    for text in [
        "",
        "# пусто\n",
        "Кувшинская\n",
        &key.to_string().expose_secret()[..40],
    ] {
        fs::write(&bad, text).unwrap();
        assert_eq!(
            code(decrypt(&bytes, &by_file(&bad), "r")),
            "registry.identity"
        );
        assert_ne!(
            code(encrypt(REGISTRY, &Lock::Identity(bad.clone()), "r")),
            "fine"
        );
    }
}

#[test]
fn armour_is_read() {
    let mut recipient = age::scrypt::Recipient::new(PHRASE.into());
    recipient.set_work_factor(CHEAP);
    let armoured = age::encrypt_and_armor(&recipient, REGISTRY.as_bytes()).unwrap();
    for text in [
        armoured.clone(),
        format!("\n{}", armoured.replace('\n', "\r\n")),
    ] {
        let text = decrypt(text.as_bytes(), &by_phrase(PHRASE), "r").unwrap();
        assert_eq!(*text, REGISTRY);
    }
}

#[test]
fn whatever_is_damaged_is_refused() {
    let bytes = encrypt(REGISTRY, &lock(), "r").unwrap();
    for end in 0..bytes.len() {
        assert_ne!(
            code(decrypt(&bytes[..end], &by_phrase(PHRASE), "r")),
            "fine",
            "{end}"
        );
    }
    for at in 0..bytes.len() {
        let mut hurt = bytes.clone();
        hurt[at] ^= 1;
        assert_ne!(
            code(decrypt(&hurt, &by_phrase(PHRASE), "r")),
            "fine",
            "{at}"
        );
    }
    let last = bytes.len() - 1;
    assert_eq!(
        code(decrypt(&bytes[..last], &by_phrase(PHRASE), "r")),
        "registry.damaged"
    );
    assert_eq!(
        code(decrypt(b"protected:", &by_phrase(PHRASE), "r")),
        "registry.not-encrypted"
    );
    let hard = String::from_utf8_lossy(&bytes).find(" 2\n").unwrap();
    let mut greedy = bytes[..hard].to_vec();
    greedy.extend_from_slice(b" 40");
    greedy.extend_from_slice(&bytes[hard + 2..]);
    assert_eq!(
        code(decrypt(&greedy, &by_phrase(PHRASE), "r")),
        "registry.work-factor"
    );
    let short = Lock::Passphrase(phrase("лопата"), CHEAP);
    assert_eq!(
        code(encrypt(REGISTRY, &short, "r")),
        "registry.weak-passphrase"
    );
}

#[test]
fn files_change_places() {
    let (dir, identity, key) = folder();
    let plain = dir.path().join("registry.yaml");
    let sealed = dir.path().join("registry.yaml.age");
    let names = || {
        let entries = fs::read_dir(dir.path()).unwrap();
        let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name()).collect();
        names.sort();
        names
    };
    assert_eq!(code(load(&plain, &Keys::default())), "registry.missing");
    assert_eq!(
        code(encrypt_file(&plain, &lock(), &Keys::default())),
        "registry.missing"
    );
    fs::write(&plain, format!("\u{feff}{REGISTRY}")).unwrap();
    let loaded = load(&plain, &Keys::default()).unwrap();
    assert!(!loaded.encrypted && *loaded.text == *REGISTRY);
    assert!(!format!("{loaded:?}").contains("Кувшинск"));

    let said = encrypt_file(&plain, &lock(), &Keys::default()).unwrap();
    assert_eq!(said[0].code(), "registry.old-copies");
    assert_eq!(names(), ["key.txt", "registry.yaml.age"]);
    for path in [&plain, &sealed] {
        let loaded = load(path, &by_phrase(PHRASE)).unwrap();
        assert!(loaded.encrypted && loaded.path == sealed && *loaded.text == *REGISTRY);
    }
    assert_eq!(
        code(encrypt_file(&plain, &lock(), &Keys::default())),
        "registry.encrypted-already"
    );
    assert_eq!(
        code(decrypt_file(&plain, &by_phrase("не та фраза"))),
        "registry.wrong-passphrase"
    );

    let said = decrypt_file(&plain, &by_phrase(PHRASE)).unwrap();
    assert_eq!(said[0].code(), "registry.lies-open");
    assert_eq!(names(), ["key.txt", "registry.yaml"]);
    assert_eq!(fs::read_to_string(&plain).unwrap(), REGISTRY);
    assert_eq!(
        code(decrypt_file(&plain, &by_phrase(PHRASE))),
        "registry.not-encrypted"
    );

    // Without a key the result could not be checked, so the open file must stay.
    let for_key = Lock::Recipients(vec![key.to_public().to_string()]);
    assert_eq!(
        code(encrypt_file(&plain, &for_key, &Keys::default())),
        "registry.no-identity"
    );
    assert_eq!(names(), ["key.txt", "registry.yaml"]);
    encrypt_file(&plain, &for_key, &by_file(&identity)).unwrap();
    fs::write(&plain, REGISTRY).unwrap();
    for result in [
        load(&plain, &by_file(&identity)).map(|_| ()),
        load(&sealed, &by_file(&identity)).map(|_| ()),
        encrypt_file(&plain, &for_key, &by_file(&identity)).map(|_| ()),
        decrypt_file(&plain, &by_file(&identity)).map(|_| ()),
    ] {
        assert_eq!(code(result), "registry.both");
    }
}

#[test]
fn odd_files_are_refused() {
    let (dir, ..) = folder();
    let plain = dir.path().join("registry.yaml");
    fs::write(&plain, [0xd0, 0x9a, 0xff, 0xfe]).unwrap();
    assert_eq!(code(load(&plain, &Keys::default())), "registry.encoding");
    fs::write(&plain, encrypt(REGISTRY, &lock(), "r").unwrap()).unwrap();
    assert!(load(&plain, &by_phrase(PHRASE)).unwrap().encrypted);
    assert_eq!(
        code(encrypt_file(&plain, &lock(), &Keys::default())),
        "registry.encrypted-already"
    );
    fs::rename(&plain, dir.path().join("registry.yaml.age")).unwrap();
    fs::write(dir.path().join("registry.yaml.age"), REGISTRY).unwrap();
    assert_eq!(
        code(load(&plain, &Keys::default())),
        "registry.not-encrypted"
    );
    #[cfg(unix)]
    {
        let link = dir.path().join("link.yaml");
        std::os::unix::fs::symlink(dir.path().join("registry.yaml.age"), &link).unwrap();
        assert_eq!(
            code(encrypt_file(&link, &lock(), &Keys::default())),
            "registry.link"
        );
    }
}

#[test]
#[ignore = "takes about a second of one core, and 256 MB"]
fn the_usual_cost_is_bearable() {
    let usual = Lock::passphrase(phrase(PHRASE));
    let bytes = encrypt(REGISTRY, &usual, "r").unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains(" 18\n"));
    assert_eq!(*decrypt(&bytes, &by_phrase(PHRASE), "r").unwrap(), REGISTRY);
}
