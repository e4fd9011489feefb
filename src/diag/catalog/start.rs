//! A section to start from.

entries! {
    THERE = "start.exists", Error {
        "такой раздел уже есть", "this section is there already";
        "начните другой: --section ИМЯ-ПАПКИ, или продолжайте этот", "begin another one with --section FOLDER, or go on with this one" }
    FOLDER = "start.folder", Error {
        "«{value}» не годится для имени папки раздела", "{value} cannot be a section's folder";
        "строчные латинские буквы, цифры и дефис: --section lugovoj-2025", "lower-case Latin letters, digits and hyphens: --section lugovoj-2025" }
    NOT_WRITTEN = "system.start", Error {
        "записать не удалось: {why}; ничего не изменено", "it could not be written: {why}; nothing was changed";
        "проверьте место на диске и права на папку", "check the disk's space and the folder's permissions" }
}
