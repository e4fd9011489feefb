//! `glasno rollover OLD NEW`: next year's section from this year's.
//!
//! Writes a folder that was not there, or nothing. Must not work out what stays.

use super::args::RolloverArgs;
use super::{OK, REFUSED};
use crate::batch::{self, File, Over};
use crate::diag::Lang;
use crate::kinds::ids::Folder;
use crate::rollover;

pub(super) fn rollover(args: &RolloverArgs, lang: Lang) -> u8 {
    let content = args.root.join("content");
    let say = |ru: String, en: String| match lang {
        Lang::Ru => ru,
        Lang::En => en,
    };
    let refuse = |text: String| {
        anstream::eprintln!("{text}");
        REFUSED
    };
    let (old, new) = (&args.old, &args.new);
    if Folder::new(new).is_none() || Folder::new(old).is_none() {
        return refuse(say(
            format!(
                "«{new}» не годится для имени раздела: строчные латинские буквы, цифры и дефис"
            ),
            format!("{new} cannot name a section: lower-case Latin letters, digits and hyphens"),
        ));
    }
    if !content.join(old).join("section.yaml").is_file() {
        return refuse(say(
            format!("раздела «{old}» нет: в content/{old} нет section.yaml"),
            format!("there is no section {old}: content/{old} has no section.yaml"),
        ));
    }
    let home = content.join(new);
    if home.exists() {
        return refuse(say(
            format!("папка content/{new} уже есть; ничего не записано"),
            format!("content/{new} is there already; nothing was written"),
        ));
    }
    let written = rollover::files(&content, old, new).and_then(|files| {
        let all: Vec<File> = files
            .iter()
            .map(|(below, text)| {
                File::text(format!("content/{new}/{below}"), text.clone(), Over::New)
            })
            .collect();
        batch::write(&args.root, &all).map_err(|(_, error)| error)?;
        Ok(files)
    });
    match written {
        Ok(files) => {
            let names: Vec<&str> = files.iter().map(|(name, _)| name.as_str()).collect();
            let names = names.join(", ");
            anstream::println!(
                "{}",
                say(
                    format!(
                        "Создан раздел content/{new}: {names}.\nДальше:\n  1. Добавьте {new} в sections файла content/site.yaml.\n  2. Впишите новый приказ и укажите его id в roadmap.yaml (order).\n  3. Когда прежний год закончен, добавьте в content/{old}/section.yaml строку archived: true."
                    ),
                    format!(
                        "Made content/{new}: {names}.\nNext:\n  1. Add {new} to sections in content/site.yaml.\n  2. Write the new order and give its id in roadmap.yaml (order).\n  3. When the old year is over, add archived: true to content/{old}/section.yaml."
                    ),
                )
            );
            OK
        }
        Err(error) => refuse(say(
            format!("не удалось записать раздел: {error}"),
            format!("cannot write the section: {error}"),
        )),
    }
}
