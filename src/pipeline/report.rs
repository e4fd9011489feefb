//! What only the operator reads: which names were replaced and where, how places were made coarser.
//!
//! Takes what a run knows; gives the files of `output/report/`. Must not print a protected name: ids only.

use super::Loaded;
use crate::diag::Lang;
use crate::diag::catalog::coarsen as say;
use crate::disclosure::Place;

/// Name and bytes of each report.
pub(super) fn files(loaded: &Loaded) -> Vec<(&'static str, Vec<u8>)> {
    let mut files = vec![
        ("replacements.csv", replacements(loaded).into_bytes()),
        ("places.md", places(loaded).into_bytes()),
        ("readme.txt", README.as_bytes().to_vec()),
    ];
    let numbers = crate::monitoring::service::csv(&loaded.monitoring);
    files.extend(numbers.map(|text| ("monitoring.csv", text.into_bytes())));
    files
}

const README: &str = "Эта папка — для оператора, на сайт она не выкладывается.\n\
replacements.csv — где в исходных файлах названия школ заменены нейтральными словами (школы обозначены id из реестра).\n\
places.md — какие места в графиках показаны укрупнённо и сколько школ может стоять за каждой строкой.\n\
duties.html — что, кому и к какому сроку делать; duties.ics — те же сроки для календаря.\n\
duties/ — сроки (.ics) и письма (.txt) отдельно для каждого исполнителя.\n\
tabs.csv — чего не хватает на вкладках школ (школы обозначены id из реестра).\n\
monitoring.csv — показатели по таблицам мониторинга: по каждой школе (id из реестра) и всего, и что из этого не публикуется.\n";

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

/// How places of schedules were made coarser: per document the smallest set of schools, before and after.
fn places(loaded: &Loaded) -> String {
    let set = |n: Option<u32>| n.map_or_else(|| "—".to_owned(), |n| n.to_string());
    let mut out = String::from(
        "# Места в графиках\n\nСколько школ может означать строка: наименьшее число по графику, до и после укрупнения.\n\n\
         | график | до | после | укрупнённые строки |\n|---|---|---|---|\n",
    );
    for document in &loaded.places {
        let rows: Vec<String> = document
            .rows
            .iter()
            .map(|row| {
                let to = match &row.to {
                    Place::AsWritten => "как есть".to_owned(),
                    Place::Coarser(words) => words.to_string(),
                    Place::Hidden => "не печатается".to_owned(),
                };
                format!(
                    "{}: {to} ({})",
                    row.row,
                    say::reason(Lang::Ru, row.reason.key())
                )
            })
            .collect();
        let rows = if rows.is_empty() {
            "—".to_owned()
        } else {
            rows.join("; ")
        };
        out.push_str(&format!(
            "| {} | {} | {} | {rows} |\n",
            document.path,
            set(document.before),
            set(document.after)
        ));
    }
    out
}
