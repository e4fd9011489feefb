//! What people and their programs do to files, seen from a browser: each test is named for it, and each is done twice,
//! with the system's messages and with `--poll`.

use std::fs;
use std::path::Path;
use std::time::Duration;

use crate::fixture;
use crate::running::{Preview, Result};

const NEWS: &str = "content/rechnoj-2025/news/nachalo.md";
const NEWS_PAGE: &str = "/rechnoj-2025/news/nachalo/";
const INDEX: &str = "/rechnoj-2025/news/";

/// Runs a test both ways.
fn both(test: impl Fn(&mut Preview, &Path) -> Result) -> Result {
    for poll in [false, true] {
        let root = tempfile::tempdir()?;
        fixture::site(root.path())?;
        let arguments: &[&str] = if poll { &["--poll"] } else { &[] };
        let mut preview = Preview::start(root.path(), arguments)?;
        test(&mut preview, root.path())?;
    }
    Ok(())
}

fn text(title: &str) -> String {
    fixture::news(title, 3)
}

#[test]
fn a_save_in_place_is_seen() -> Result {
    both(|preview, root| {
        fs::write(root.join(NEWS), text("Сохранено на месте"))?;
        preview.until(NEWS_PAGE, 200, "Сохранено на месте")?;
        preview.until(INDEX, 200, "Сохранено на месте")
    })
}

/// vim: the old file becomes a backup, a new one takes its name, the backup goes; before that it tries a name.
#[test]
fn a_save_of_vim_is_one_change_without_errors() -> Result {
    both(|preview, root| {
        let before = preview.number()?;
        let (file, backup) = (root.join(NEWS), root.join(format!("{NEWS}~")));
        let probe = root.join("content/rechnoj-2025/news/4913");
        fs::write(&probe, "")?;
        fs::remove_file(&probe)?;
        fs::rename(&file, &backup)?;
        fs::write(&file, text("Сохранено в vim"))?;
        fs::remove_file(&backup)?;
        preview.until(NEWS_PAGE, 200, "Сохранено в vim")?;
        preview.never_broken()?;
        if preview.number()? > before + 2 {
            return Err("more than a change or two".into());
        }
        Ok(())
    })
}

/// VS Code, LibreOffice and others: a new file is written beside the old one and takes its place.
#[test]
fn an_atomic_save_is_seen_again_and_again() -> Result {
    both(|preview, root| {
        for n in 1..4 {
            let beside = root.join(format!("{NEWS}.tmp"));
            fs::write(&beside, text(&format!("Замена {n}")))?;
            fs::rename(&beside, root.join(NEWS))?;
            preview.until(NEWS_PAGE, 200, &format!("Замена {n}"))?;
        }
        preview.never_broken()
    })
}

/// Notepad writes CRLF and a mark at the beginning.
#[test]
fn a_save_of_notepad_is_the_same_text() -> Result {
    both(|preview, root| {
        let text = format!("\u{feff}{}", text("Из Блокнота").replace('\n', "\r\n"));
        fs::write(root.join(NEWS), text)?;
        preview.until(NEWS_PAGE, 200, "Из Блокнота")?;
        preview.never_broken()
    })
}

#[test]
fn lock_and_backup_files_change_nothing() -> Result {
    both(|preview, root| {
        let before = preview.body(INDEX)?;
        let folder = root.join("content/rechnoj-2025/news");
        for name in [
            ".~lock.nachalo.md#",
            ".nachalo.md.swp",
            "nachalo.md~",
            "~$nachalo.md",
        ] {
            fs::write(folder.join(name), "не черновик")?;
        }
        std::thread::sleep(Duration::from_millis(900));
        preview.never_broken()?;
        if preview.body(INDEX)? != before {
            return Err("the index is another".into());
        }
        Ok(())
    })
}

#[test]
fn a_deleted_file_is_gone_from_its_address_and_the_index() -> Result {
    both(|preview, root| {
        preview.until(NEWS_PAGE, 200, "Начало работы")?;
        fs::remove_file(root.join(NEWS))?;
        preview.until(NEWS_PAGE, 404, "")?;
        preview.without(INDEX, "Начало работы")
    })
}

#[test]
fn a_renamed_file_moves() -> Result {
    both(|preview, root| {
        fs::rename(
            root.join(NEWS),
            root.join("content/rechnoj-2025/news/start.md"),
        )?;
        preview.until("/rechnoj-2025/news/start/", 200, "Начало работы")?;
        preview.until(NEWS_PAGE, 404, "")
    })
}

#[test]
fn a_renamed_folder_takes_its_files_along() -> Result {
    both(|preview, root| {
        let folder = root.join("content/rechnoj-2025");
        fs::create_dir(folder.join("prilozheniya"))?;
        fs::write(folder.join("prilozheniya/spravka.md"), page("Справка"))?;
        preview.until("/rechnoj-2025/spravka/", 200, "Справка")?;
        fs::rename(folder.join("prilozheniya"), folder.join("dokumenty"))?;
        fs::write(folder.join("dokumenty/spravka.md"), page("Вторая справка"))?;
        preview.until("/rechnoj-2025/spravka/", 200, "Вторая справка")?;
        // The folder is watched under its new name.
        fs::write(folder.join("dokumenty/spravka.md"), page("Третья справка"))?;
        preview.until("/rechnoj-2025/spravka/", 200, "Третья справка")
    })
}

#[test]
fn what_went_to_the_trash_comes_back() -> Result {
    both(|preview, root| {
        let trash = tempfile::tempdir()?;
        let away = trash.path().join("nachalo.md");
        fs::copy(root.join(NEWS), &away)?;
        fs::remove_file(root.join(NEWS))?;
        preview.until(NEWS_PAGE, 404, "")?;
        fs::copy(&away, root.join(NEWS))?;
        preview.until(NEWS_PAGE, 200, "Начало работы")
    })
}

/// As a file manager does it: the file is renamed out of what is watched, and back.
#[test]
fn what_was_moved_to_the_trash_and_back_is_gone_and_there_again() -> Result {
    both(|preview, root| {
        fs::create_dir(root.join("korzina"))?;
        let away = root.join("korzina/nachalo.md");
        for _ in 0..2 {
            fs::rename(root.join(NEWS), &away)?;
            preview.until(NEWS_PAGE, 404, "")?;
            preview.without(INDEX, "Начало работы")?;
            fs::rename(&away, root.join(NEWS))?;
            preview.until(NEWS_PAGE, 200, "Начало работы")?;
        }
        let news = root.join("content/rechnoj-2025/news");
        fs::rename(&news, root.join("korzina/news"))?;
        preview.until(NEWS_PAGE, 404, "")?;
        fs::rename(root.join("korzina/news"), &news)?;
        preview.until(NEWS_PAGE, 200, "Начало работы")?;
        fs::write(root.join(NEWS), text("И снова видно"))?;
        preview.until(NEWS_PAGE, 200, "И снова видно")?;
        preview.never_broken()
    })
}

#[test]
fn a_new_folder_with_files_is_seen_and_watched() -> Result {
    both(|preview, root| {
        let folder = root.join("content/rechnoj-2025/materials/vesna");
        fs::create_dir_all(&folder)?;
        let material =
            |title: &str| format!("---\nkind: material\ntitle: \"{title}\"\n---\n\nТекст.\n");
        fs::write(folder.join("sovety.md"), material("Советы"))?;
        preview.until("/rechnoj-2025/materials/sovety/", 200, "Советы")?;
        fs::write(folder.join("sovety.md"), material("Новые советы"))?;
        preview.until("/rechnoj-2025/materials/sovety/", 200, "Новые советы")
    })
}

#[test]
fn another_branch_is_one_change() -> Result {
    both(|preview, root| {
        let before = preview.number()?;
        for n in 0..2_000 {
            let path = format!("content/lesnoj-2025/news/vetka-{n}.md");
            fixture::write(
                root,
                &path,
                &fixture::news(&format!("Ветка {n}"), n % 28 + 1),
            )?;
        }
        preview.until("/lesnoj-2025/news/vetka-1999/", 200, "Ветка 1999")?;
        let rebuilds = preview.number()? - before;
        // A machine under load may pause in the middle.
        if rebuilds > 2 {
            return Err(format!("{rebuilds} rebuilds").into());
        }
        for n in 0..2_000 {
            fs::remove_file(root.join(format!("content/lesnoj-2025/news/vetka-{n}.md")))?;
        }
        preview.until("/lesnoj-2025/news/vetka-1999/", 404, "")
    })
}

#[test]
fn a_file_that_is_empty_at_first_makes_no_error() -> Result {
    both(|preview, root| {
        let file = root.join("content/rechnoj-2025/news/pozzhe.md");
        fs::write(&file, "")?;
        std::thread::sleep(Duration::from_millis(60));
        fs::write(&file, text("Заполнено позже"))?;
        preview.until("/rechnoj-2025/news/pozzhe/", 200, "Заполнено позже")?;
        preview.never_broken()
    })
}

#[test]
fn the_whole_content_may_go_and_come_back() -> Result {
    both(|preview, root| {
        fs::rename(root.join("content"), root.join("proch"))?;
        preview.until_broken(true)?;
        preview.until(NEWS_PAGE, 200, "Начало работы")?;
        fs::rename(root.join("proch"), root.join("content"))?;
        preview.until_broken(false)?;
        fs::write(root.join(NEWS), text("Снова здесь"))?;
        preview.until(NEWS_PAGE, 200, "Снова здесь")
    })
}

#[test]
fn a_broken_source_leaves_the_last_good_page_and_is_told() -> Result {
    both(|preview, root| {
        fs::write(root.join(NEWS), "---\nkind: news\ntitle: [\n---\n\nТекст\n")?;
        let state = preview.until_broken(true)?;
        let said = state.to_string();
        for word in [NEWS, "ошибка", "Что сделать"] {
            if !said.contains(word) {
                return Err(format!("no «{word}» in {said}").into());
            }
        }
        preview.until(NEWS_PAGE, 200, "Начало работы")?;
        fs::write(root.join(NEWS), text("Исправлено"))?;
        preview.until_broken(false)?;
        preview.until(NEWS_PAGE, 200, "Исправлено")
    })
}

#[test]
fn templates_styles_data_menu_and_registry_reach_all_they_touch() -> Result {
    both(|preview, root| {
        let block =
            "{% extends \"base.html\" %}{% block content %}<p>Свой шаблон</p>{% endblock %}";
        fixture::write(root, "themes/default/templates/news.html", block)?;
        preview.until(NEWS_PAGE, 200, "Свой шаблон")?;
        fs::remove_file(root.join("themes/default/templates/news.html"))?;
        preview.without(NEWS_PAGE, "Свой шаблон")?;
        fixture::write(
            root,
            "themes/default/assets/style.css",
            "body { color: teal }",
        )?;
        preview.until("/assets/style.css", 200, "teal")?;
        fixture::write(
            root,
            "content/lesnoj-2025/files/plan.csv",
            "свежая;строка\n",
        )?;
        preview.until("/lesnoj-2025/files/plan.csv", 200, "свежая")?;
        let site = fixture::SITE.replace("Проверочный портал", "Портал с новым именем");
        fixture::write(root, "content/site.yaml", &site)?;
        preview.until(NEWS_PAGE, 200, "Портал с новым именем")?;
        // From now on this school is protected: its name vanishes from the page that has it.
        fs::write(root.join(NEWS), text("Урок в МБОУ «Подлесная СОШ»"))?;
        preview.until(NEWS_PAGE, 200, "Подлесная")?;
        let registry = fixture::registry(&["МБОУ «Подлесная СОШ»"]);
        fixture::write(root, "content/private/registry.yaml", &registry)?;
        preview.without(NEWS_PAGE, "Подлесная")
    })
}

fn page(title: &str) -> String {
    format!("---\nkind: page\ntitle: \"{title}\"\n---\n\nТекст.\n")
}
