//! Reading files: encodings, syntax, sizes, links out of the tree.

use super::entries;

entries! {
    NOT_UTF8 = "source.encoding", Error {
        "файл записан не в UTF-8 (похоже на {encoding})", "the file is not UTF-8 (it looks like {encoding})";
        "сохраните его в кодировке UTF-8: в «Блокноте» — «Сохранить как», поле «Кодировка»", "save it as UTF-8" }
}
