//! Forms of dictionary words: takes a noun or an adjective in the nominative, gives its forms with case and number.
//!
//! Must not know what a word means.

use super::Forms;

pub(super) const ADJ_FORMS: &[(&str, &str)] = &[
    ("ый", "na"),
    ("ой", "gdipna"),
    ("ая", "n"),
    ("ое", "na"),
    ("ого", "ga"),
    ("ому", "d"),
    ("ым", "iD"),
    ("ом", "p"),
    ("ую", "a"),
    ("ою", "i"),
    ("ые", "NA"),
    ("ых", "GAP"),
    ("ыми", "I"),
    ("ий", "na"),
    ("яя", "n"),
    ("ее", "na"),
    ("его", "ga"),
    ("ему", "d"),
    ("им", "iD"),
    ("ем", "p"),
    ("ей", "gdip"),
    ("юю", "a"),
    ("ею", "i"),
    ("ие", "NA"),
    ("их", "GAP"),
    ("ими", "I"),
];

/// Endings of a dictionary noun, by the way its nominative ends.
pub(super) fn noun_forms(word: &str) -> Vec<(String, Forms)> {
    let chars: Vec<char> = word.chars().collect();
    let cut = |n: usize| {
        chars[..chars.len().saturating_sub(n)]
            .iter()
            .collect::<String>()
    };
    let velar = chars.len() >= 2
        && matches!(
            chars[chars.len() - 2],
            'к' | 'г' | 'х' | 'ж' | 'ш' | 'щ' | 'ч'
        );
    let list: (String, &[(&str, &str)]) = if word.ends_with("ие") {
        (
            cut(1),
            &[
                ("е", "na"),
                ("я", "gNA"),
                ("ю", "d"),
                ("ем", "i"),
                ("и", "p"),
                ("й", "G"),
                ("ям", "D"),
                ("ями", "I"),
                ("ях", "P"),
            ],
        )
    } else if word.ends_with("ия") {
        (
            cut(1),
            &[
                ("я", "n"),
                ("и", "gdpNA"),
                ("ю", "a"),
                ("ей", "i"),
                ("й", "G"),
                ("ям", "D"),
                ("ями", "I"),
                ("ях", "P"),
            ],
        )
    } else if word.ends_with("ийся")
        || word.ends_with("ый")
        || word.ends_with("ий")
        || word.ends_with("ая")
    {
        return adjective_forms(word);
    } else if word.ends_with('а') {
        let soft: &[(&str, &str)] = &[
            ("а", "n"),
            ("и", "gNA"),
            ("е", "dp"),
            ("у", "a"),
            ("ой", "i"),
            ("ою", "i"),
            ("ей", "i"),
            ("", "G"),
            ("ам", "D"),
            ("ами", "I"),
            ("ах", "P"),
        ];
        let hard: &[(&str, &str)] = &[
            ("а", "n"),
            ("ы", "gNA"),
            ("е", "dp"),
            ("у", "a"),
            ("ой", "i"),
            ("ою", "i"),
            ("ей", "i"),
            ("", "G"),
            ("ам", "D"),
            ("ами", "I"),
            ("ах", "P"),
        ];
        (cut(1), if velar { soft } else { hard })
    } else if word.ends_with('я') {
        (
            cut(1),
            &[
                ("я", "n"),
                ("и", "gNA"),
                ("е", "dp"),
                ("ю", "a"),
                ("ей", "i"),
                ("ею", "i"),
                ("ь", "G"),
                ("ям", "D"),
                ("ями", "I"),
                ("ях", "P"),
            ],
        )
    } else if word.ends_with('о') {
        (
            cut(1),
            &[
                ("о", "na"),
                ("а", "gNA"),
                ("у", "d"),
                ("ом", "i"),
                ("е", "p"),
                ("", "G"),
                ("ам", "D"),
                ("ами", "I"),
                ("ах", "P"),
            ],
        )
    } else if word.ends_with('е') {
        // «училища», but «поля»
        let hard: &[(&str, &str)] = &[
            ("е", "nap"),
            ("а", "gNA"),
            ("у", "d"),
            ("ем", "i"),
            ("", "G"),
            ("ам", "D"),
            ("ами", "I"),
            ("ах", "P"),
        ];
        let soft: &[(&str, &str)] = &[
            ("е", "nap"),
            ("я", "gNA"),
            ("ю", "d"),
            ("ем", "i"),
            ("ей", "G"),
            ("ям", "D"),
            ("ями", "I"),
            ("ях", "P"),
        ];
        (cut(1), if velar { hard } else { soft })
    } else if word.ends_with('й') {
        (
            cut(1),
            &[
                ("й", "na"),
                ("я", "g"),
                ("ю", "d"),
                ("ем", "i"),
                ("е", "p"),
                ("и", "NA"),
                ("ев", "G"),
                ("ям", "D"),
                ("ями", "I"),
                ("ях", "P"),
            ],
        )
    } else if word.ends_with('ь') {
        (
            cut(1),
            &[
                ("ь", "na"),
                ("я", "g"),
                ("и", "gdpNA"),
                ("ю", "d"),
                ("ем", "i"),
                ("ью", "i"),
                ("е", "p"),
                ("ей", "G"),
                ("ям", "D"),
                ("ями", "I"),
                ("ях", "P"),
            ],
        )
    } else {
        let fleeting = ["сёлок", "селок", "оток"].iter().any(|e| word.ends_with(e));
        let stem = if fleeting {
            format!("{}к", cut(2))
        } else {
            word.to_string()
        };
        // «корпуса» are many, «интерната» is one.
        let one = ["нат", "техникум"].iter().any(|e| word.ends_with(e));
        let mut out: Vec<(String, Forms)> = [
            ("а", if one { "g" } else { "gNA" }),
            ("у", "dp"),
            ("ом", "i"),
            ("ем", "i"),
            ("е", "p"),
            ("ы", "NA"),
            ("и", "NA"),
            ("ов", "G"),
            ("ев", "G"),
            ("ей", "G"),
            ("ам", "D"),
            ("ами", "I"),
            ("ах", "P"),
        ]
        .iter()
        .map(|(e, f)| (format!("{stem}{e}"), Forms::of(f)))
        .collect();
        out.push((word.to_string(), Forms::of("na")));
        return out;
    };
    list.1
        .iter()
        .map(|(e, f)| (format!("{}{e}", list.0), Forms::of(f)))
        .collect()
}

pub(super) fn adjective_forms(word: &str) -> Vec<(String, Forms)> {
    let (word, tail) = word.strip_suffix("ся").map_or((word, ""), |w| (w, "ся"));
    let chars: Vec<char> = word.chars().collect();
    let stem: String = chars[..chars.len().saturating_sub(2)].iter().collect();
    let mut out: Vec<(String, Forms)> = Vec::new();
    for (e, f) in ADJ_FORMS {
        out.push((format!("{stem}{e}{tail}"), Forms::of(f)));
    }
    // A casachий: казачья, казачьей
    if word.ends_with("чий") {
        for (e, f) in [
            ("ья", "n"),
            ("ьей", "gdip"),
            ("ью", "a"),
            ("ье", "na"),
            ("ьего", "ga"),
            ("ьему", "d"),
            ("ьим", "iD"),
            ("ьи", "NA"),
            ("ьих", "GAP"),
        ] {
            out.push((format!("{stem}{e}"), Forms::of(f)));
        }
    }
    out
}
