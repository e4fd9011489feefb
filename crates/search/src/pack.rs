//! The files of an index.
//!
//! Takes documents; gives `index.json` (where each file begins), `words-N.json` (terms in order, each with the pieces
//! it stands in) and `texts-N.json` (documents with their pieces). Pieces are numbered through all documents; the first
//! of a document is its title. Must give the same bytes for the same documents.
//!
//! A list of pieces holds distances: the first number, then by how much each next one is greater.

use std::fmt::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use crate::cut::pieces;
use crate::words::Vocabulary;
use crate::{Document, File};

/// Bytes of a file of words or texts. An answer needs one of the former for each word asked for, and one of the
/// latter for each document that it shows.
const WORDS: usize = 3 * 1024;
const TEXTS: usize = 4 * 1024;

/// No more files of a sort than this: a greater index has greater files.
const FILES: usize = 400;

/// A term that stands in more pieces than this is kept with one piece of each document.
const MOST: usize = 4_000;

/// A piece, and where it stands on its page.
type Piece<'d> = (&'d str, &'d str);

/// The files of an index of `documents`, in the order of their names.
pub(crate) fn pack(documents: &[Document]) -> Vec<File> {
    let mut words = Words::default();
    let mut firsts = Vec::with_capacity(documents.len());
    let mut cut: Vec<Vec<Piece<'_>>> = Vec::with_capacity(documents.len());
    let mut next = 0;
    for document in documents {
        firsts.push(next);
        let date = document.date.as_deref().unwrap_or_default();
        for text in [&document.title, &document.section, &document.word, date] {
            words.note(text, next);
        }
        next += 1;
        let mut own = Vec::new();
        for passage in &document.passages {
            let from = next;
            for text in pieces(&passage.text) {
                words.note(text, next);
                own.push((passage.anchor.as_str(), text));
                next += 1;
            }
            if next > from {
                words.note(&passage.also, from);
            }
        }
        cut.push(own);
    }
    let (word_files, word_firsts) = words_files(&words.sorted(), &firsts);
    let (text_files, text_firsts) = text_files(documents, &cut, &firsts);
    let index = json!({
        "pieces": next,
        "documents": firsts,
        "words": word_firsts,
        "texts": text_firsts,
    });
    let mut files = vec![File {
        name: "index.json".to_owned(),
        bytes: index.to_string().into_bytes(),
    }];
    files.extend(numbered("texts", text_files));
    files.extend(numbered("words", word_files));
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
}

/// Terms, and the pieces in which each stands.
#[derive(Default)]
struct Words {
    vocabulary: Vocabulary,
    /// By the numbers of the terms.
    lists: Vec<Vec<usize>>,
}

impl Words {
    /// Notes that the terms of a text stand in a piece.
    fn note(&mut self, text: &str, piece: usize) {
        let Words { vocabulary, lists } = self;
        vocabulary.terms(text, &mut |term| {
            if lists.len() <= term {
                lists.resize_with(term + 1, Vec::new);
            }
            let Some(list) = lists.get_mut(term) else {
                return;
            };
            match list.last() {
                Some(last) if *last == piece => {}
                Some(last) if *last > piece => {
                    // What is noted of a passage as a whole comes after its pieces.
                    if let Err(at) = list.binary_search(&piece) {
                        list.insert(at, piece);
                    }
                }
                _ => list.push(piece),
            }
        });
    }

    fn sorted(&self) -> Vec<(&str, &[usize])> {
        let lists = self.vocabulary.all().filter_map(|(term, number)| {
            let list = self.lists.get(number)?;
            Some((term, list.as_slice()))
        });
        let mut all: Vec<_> = lists.collect();
        all.sort_unstable();
        all
    }
}

fn numbered(word: &str, files: Vec<String>) -> impl Iterator<Item = File> {
    files.into_iter().enumerate().map(move |(n, text)| File {
        name: format!("{word}-{n}.json"),
        bytes: text.into_bytes(),
    })
}

/// Files of words, and the first word of each.
fn words_files(words: &[(&str, &[usize])], firsts: &[usize]) -> (Vec<String>, Vec<String>) {
    let mut lines = String::new();
    let ends: Vec<(&str, usize)> = words
        .iter()
        .map(|(term, list)| {
            line(&mut lines, term, list, firsts);
            (*term, lines.len())
        })
        .collect();
    let size = size(lines.len(), WORDS);
    let (mut files, mut heads): (Vec<String>, Vec<String>) = Default::default();
    let mut from = 0;
    for (term, end) in ends {
        let line = lines.get(from..end).unwrap_or_default();
        from = end;
        match files.last_mut() {
            Some(file) if file.len() + line.len() <= size => {
                file.push_str(",\n");
                file.push_str(line);
            }
            _ => {
                files.push(format!("{{\n{line}"));
                heads.push(term.to_owned());
            }
        }
    }
    for file in &mut files {
        file.push_str("\n}\n");
    }
    (files, heads)
}

/// Writes a term with its pieces.
fn line(out: &mut String, term: &str, list: &[usize], firsts: &[usize]) {
    let thinned;
    let kept = match list.len() > MOST {
        true => {
            let document = |piece: &usize| firsts.partition_point(|first| first <= piece);
            let mut kept = list.to_vec();
            kept.dedup_by_key(|piece| document(piece));
            thinned = kept;
            &thinned
        }
        false => list,
    };
    // Writing into a string does not fail.
    let _ = write!(out, "{}:[", Value::from(term));
    let mut last = 0;
    for (n, piece) in kept.iter().enumerate() {
        let comma = if n > 0 { "," } else { "" };
        let _ = write!(out, "{comma}{}", piece - last);
        last = *piece;
    }
    out.push(']');
}

/// A document in a file of texts: its own lines, and some of its pieces.
#[derive(Serialize)]
struct Entry<'d> {
    address: &'d str,
    date: Option<&'d str>,
    first: usize,
    /// Anchor and text of each.
    pieces: Vec<&'d str>,
    section: &'d str,
    title: &'d str,
    word: &'d str,
}

/// Files of texts, and the first piece of each.
fn text_files(
    documents: &[Document],
    cut: &[Vec<Piece<'_>>],
    firsts: &[usize],
) -> (Vec<String>, Vec<usize>) {
    let all = cut
        .iter()
        .flatten()
        .map(|(anchor, text)| anchor.len() + text.len() + 6);
    let heads = documents
        .iter()
        .map(|d| d.title.len() + d.section.len() + d.address.len() + 80);
    let size = size(all.chain(heads).sum(), TEXTS);
    let (mut files, mut starts): (Vec<Vec<Entry<'_>>>, Vec<usize>) = Default::default();
    let mut filled = usize::MAX;
    for ((document, pieces), first) in documents.iter().zip(cut).zip(firsts) {
        let mut rest = pieces.as_slice();
        // The title is a piece, so that a document without text has one too.
        let mut at = *first;
        loop {
            if filled >= size {
                files.push(Vec::new());
                starts.push(at);
                filled = 0;
            }
            let mut fits = 0;
            for (anchor, text) in rest {
                if filled >= size {
                    break;
                }
                filled += anchor.len() + text.len() + 6;
                fits += 1;
            }
            filled += document.title.len() + document.section.len() + document.address.len() + 80;
            let (now, later) = rest.split_at(fits);
            // The title's own number is counted with the first pieces.
            let from = if at == *first { at + 1 } else { at };
            let pieces: Vec<&str> = now
                .iter()
                .flat_map(|(anchor, text)| [*anchor, *text])
                .collect();
            let entry = Entry {
                address: &document.address,
                date: document.date.as_deref(),
                first: from,
                pieces,
                section: &document.section,
                title: &document.title,
                word: &document.word,
            };
            if let Some(file) = files.last_mut() {
                file.push(entry);
            }
            at = from + fits;
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
    }
    let files = files.into_iter().map(|list| {
        // Texts and numbers always have a form.
        let mut text = serde_json::to_string(&list).unwrap_or_default();
        text.push('\n');
        text
    });
    (files.collect(), starts)
}

/// The size of files when all of them together have `total` bytes.
fn size(total: usize, usual: usize) -> usize {
    usual.max(total / FILES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Passage;

    fn document(n: usize) -> Document {
        let passage = |p: usize| Passage {
            anchor: format!("r-{p}"),
            text: format!("Мероприятие номер {p} документа {n}"),
            also: String::new(),
        };
        Document {
            address: format!("/a/{n}/"),
            title: format!("Приказ № {n}/1"),
            section: "Раздел".to_owned(),
            word: "Приказ".to_owned(),
            date: None,
            passages: (0..n % 40).map(passage).collect(),
        }
    }

    /// The pieces of a term, as the script reads them.
    fn find(files: &[File], term: &str) -> Vec<usize> {
        let json = |f: &File| serde_json::from_slice::<Value>(&f.bytes).unwrap_or_default();
        let words = files.iter().filter(|f| f.name.starts_with("words"));
        let list = words.map(json).find_map(|file| file.get(term).cloned());
        let mut at = 0;
        let list = list.unwrap_or_default();
        list.as_array()
            .into_iter()
            .flatten()
            .map(|d| {
                at += usize::try_from(d.as_u64().unwrap_or(0)).unwrap_or(0);
                at
            })
            .collect()
    }

    #[test]
    fn every_piece_is_where_the_index_says() {
        let documents: Vec<_> = (0..100).map(document).collect();
        let files = pack(&documents);
        assert_eq!(files, pack(&documents));
        let json = |name: &str| {
            let file = files.iter().find(|f| f.name == name);
            file.map(|f| serde_json::from_slice::<Value>(&f.bytes).unwrap_or_default())
                .unwrap_or_default()
        };
        let index = json("index.json");
        let starts: Vec<u64> = index["texts"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_u64)
            .collect();
        assert!(starts.len() > 3 && starts.is_sorted());
        let mut pieces = 0;
        for (n, start) in starts.iter().enumerate() {
            let mut at = *start;
            for entry in json(&format!("texts-{n}.json"))
                .as_array()
                .into_iter()
                .flatten()
            {
                let first = entry["first"].as_u64().unwrap_or_default();
                assert!(first == at || first == at + 1, "{entry}");
                let own = entry["pieces"].as_array().map_or(0, Vec::len) as u64 / 2;
                at = first + own;
                pieces += own;
            }
            assert_eq!(
                at,
                starts
                    .get(n + 1)
                    .copied()
                    .unwrap_or(index["pieces"].as_u64().unwrap_or(0))
            );
        }
        assert_eq!(
            pieces as usize,
            documents.iter().map(|d| d.passages.len()).sum::<usize>()
        );
        assert_eq!(find(&files, "39/1").len(), 1);
        assert_eq!(find(&files, "мероприят").len() as u64, pieces);
    }

    #[test]
    fn a_file_is_small() {
        let documents: Vec<_> = (0..300).map(document).collect();
        for file in pack(&documents) {
            let common = file.name.starts_with("words")
                && file.bytes.iter().filter(|b| **b == b'\n').count() < 4;
            assert!(
                file.bytes.len() < 6 * 1024 || common || file.name == "index.json",
                "{}: {}",
                file.name,
                file.bytes.len()
            );
        }
    }
}
