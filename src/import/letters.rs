//! Letters that are not what they seem: takes a file's texts, gives doubts on words that mix two alphabets and on what
//! a recogniser left in the place of words. Must not change a letter.

use super::doubt::Doubts;
use super::flat::{Flat, Item};
use super::line::Origin;
use super::table::Cover;
use super::words::is_cyrillic;
use crate::carrier::blocks::At;
use crate::diag::catalog::import as say;

/// Looks at every line and cell.
/// `lined`: the text of a recogniser, which leaves Latin words where none are.
pub(super) fn look(flat: &Flat, file: usize, lined: bool, doubts: &mut Doubts) {
    for item in &flat.items {
        match item {
            Item::Line(line) => text(&line.text, Origin { file, at: line.at }, lined, doubts),
            Item::Table(table) => {
                for cell in table
                    .rows
                    .iter()
                    .flat_map(|r| &r.cells)
                    .filter(|c| c.cover == Cover::Own)
                {
                    let at = if cell.at == At::default() {
                        table.at
                    } else {
                        cell.at
                    };
                    text(&cell.text, Origin { file, at }, lined, doubts);
                }
            }
        }
    }
}

fn text(text: &str, origin: Origin, lined: bool, doubts: &mut Doubts) {
    // Letters of formulas are of any alphabet.
    let plain: String = text.split('$').step_by(2).collect::<Vec<_>>().join(" ");
    let formula = plain.contains('=') || plain.contains('\\');
    let russian = plain.chars().filter(|c| is_cyrillic(*c)).count();
    let mut foreign: Vec<&str> = Vec::new();
    let mut litter: Vec<String> = Vec::new();
    for word in plain.split(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | ';' | '(' | ')' | '«' | '»' | '"' | '/' | '-' | '–' | '_'
            )
    }) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        // «Nº» is a sign for a number.
        if matches!(bare, "Nº" | "N°" | "Nо") {
            continue;
        }
        let latin = bare
            .chars()
            .filter(|c| c.is_alphabetic() && !is_cyrillic(*c))
            .count();
        let cyrillic = bare.chars().filter(|c| is_cyrillic(*c)).count();
        let strange = bare.chars().any(|c| {
            c == '\u{fffd}'
                || ('\u{e000}'..='\u{f8ff}').contains(&c)
                || ('\u{2200}'..='\u{22ff}').contains(&c) && !formula
        });
        if is_address(bare) {
            continue;
        }
        // Capitals that all look Russian, in a Russian sentence.
        let disguised = latin >= 2
            && cyrillic == 0
            && russian > 0
            && bare.chars().all(|c| "ABCEHKMOPTXY".contains(c));
        if (latin > 0 && cyrillic > 0 || disguised) && !formula {
            doubts.add(&say::LOOK_ALIKE, origin, &[("value", bare)]);
        } else if strange
            || latin > 0
                && bare
                    .chars()
                    .any(|c| c.is_alphabetic() && !c.is_ascii() && !is_cyrillic(c))
                && !formula
        {
            litter.push(bare.to_owned());
        } else if latin >= 3 && !is_known(bare) && !formula {
            foreign.push(bare);
        }
    }
    // A word or two of another language among Russian ones are names; a cell of nothing else is what was not read. In
    // recognised text a small word outside quotes is as suspicious.
    if lined {
        foreign.retain(|word| {
            let quoted = plain.contains(&format!("«{word}")) || plain.contains(&format!("{word}»"));
            !quoted && !word.chars().all(char::is_uppercase)
        });
        litter.extend(foreign.drain(..).map(str::to_owned));
    }
    if foreign.len() >= 2 && russian * 2 < foreign.iter().map(|w| w.len()).sum::<usize>() {
        litter.extend(foreign.drain(..).map(str::to_owned));
    }
    if !litter.is_empty() {
        doubts.add(&say::LITTER, origin, &[("value", &litter.join(" "))]);
    }
}

fn is_address(word: &str) -> bool {
    word.contains('@')
        || word.contains("://")
        || word.starts_with("www.")
        || [".ru", ".рф", ".com", ".org", ".su", ".net"]
            .iter()
            .any(|e| word.to_lowercase().ends_with(e))
}

fn is_known(word: &str) -> bool {
    const KNOWN: [&str; 26] = [
        "pisa",
        "timss",
        "pirls",
        "zoom",
        "skype",
        "teams",
        "google",
        "yandex",
        "word",
        "excel",
        "powerpoint",
        "telegram",
        "whatsapp",
        "youtube",
        "online",
        "offline",
        "soft",
        "skills",
        "hard",
        "stem",
        "steam",
        "swot",
        "email",
        "mail",
        "https",
        "iii",
    ];
    KNOWN.contains(&word.to_lowercase().as_str()) || super::words::roman(word).is_some()
}
