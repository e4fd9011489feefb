//! What only the operator reads: which names were replaced and where, how places were made coarser.
//!
//! Takes what a run knows; gives the files of `output/report/`. Must not print a protected name: ids only.

use super::Loaded;

/// Name and bytes of each report.
pub fn files(loaded: &Loaded) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("replacements.csv", replacements(loaded).into_bytes()),
        ("places.md", loaded.guarding.places_report().into_bytes()),
        ("readme.txt", README.as_bytes().to_vec()),
    ]
}

const README: &str = "Эта папка — для оператора, на сайт она не выкладывается.\n\
replacements.csv — где в исходных файлах названия школ заменены нейтральными словами (школы обозначены id из реестра).\n\
places.md — какие места в графиках показаны укрупнённо и сколько школ может стоять за каждой строкой.\n";

fn replacements(loaded: &Loaded) -> String {
    let mut rows = loaded.replacements.clone();
    rows.sort_by(|a, b| (&a.path, a.at, &a.id).cmp(&(&b.path, b.at, &b.id)));
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|r| {
            vec![
                r.path.to_string(),
                r.at.line.to_string(),
                r.at.column.to_string(),
                r.id.clone(),
                r.class.to_owned(),
            ]
        })
        .collect();
    let header = ["файл", "строка", "столбец", "школа (id)", "вид записи"];
    crate::feed::csv(&header, &rows)
}
