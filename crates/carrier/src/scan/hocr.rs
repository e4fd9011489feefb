//! hOCR, as Tesseract writes it: takes its text, gives the pages. Must not trust a number in it.

use super::{Area, Seen, Word};
use crate::decode::entities::{NONE, decoded};
use crate::decode::markup::{Attributes, Lexer, Token};

/// More words on a page than this are no page.
const MAX_WORDS: usize = 50_000;
const MAX_RULES: usize = 5_000;
const MAX_PAGES: usize = 2_000;

/// What a line says of the words on it.
#[derive(Default, Clone, Copy)]
struct Line {
    area: Area,
    slope: f32,
    offset: f32,
    size: f32,
}

/// Reads all pages.
pub fn read(text: &str) -> Vec<Seen> {
    let mut out: Vec<Seen> = Vec::new();
    let (mut paragraph, mut number) = (0u32, 0u32);
    let mut line = Line::default();
    let mut word: Option<Word> = None;
    let mut depth = 0u32;
    let mut lexer = Lexer::new(text, false);
    while let Some((_, token)) = lexer.next() {
        match token {
            Token::Start {
                attributes, empty, ..
            } => {
                depth += u32::from(word.is_some() && !empty);
                let (mut class, mut title) = ("", String::new());
                for (key, value) in Attributes(attributes) {
                    match key {
                        "class" => class = value,
                        "title" => title = decoded(value, &NONE).into_owned(),
                        _ => {}
                    }
                }
                match class {
                    "ocr_page" if out.len() < MAX_PAGES => {
                        let area = area(&title);
                        out.push(Seen {
                            width: area.x1,
                            height: area.y1,
                            ..Seen::default()
                        });
                    }
                    "ocr_separator" => {
                        if let Some(page) = out.last_mut()
                            && page.rules.len() < MAX_RULES
                        {
                            page.rules.push(area(&title));
                        }
                    }
                    "ocr_par" => paragraph = paragraph.saturating_add(1),
                    "ocr_line" | "ocr_textfloat" | "ocr_header" | "ocr_caption" => {
                        number = number.saturating_add(1);
                        let base = numbers(&title, "baseline");
                        line = Line {
                            area: area(&title),
                            slope: base.first().copied().unwrap_or(0.0),
                            offset: base.get(1).copied().unwrap_or(0.0),
                            size: numbers(&title, "x_size").first().copied().unwrap_or(0.0),
                        };
                    }
                    "ocrx_word" => {
                        depth = 0;
                        let area = area(&title);
                        let sure = numbers(&title, "x_wconf").first().copied().unwrap_or(0.0);
                        word = Some(Word {
                            text: String::new(),
                            base: line.area.y1
                                + line.offset
                                + line.slope * (area.x0 - line.area.x0),
                            size: match line.size > 0.0 {
                                true => line.size,
                                false => line.area.y1 - line.area.y0,
                            },
                            sure: sure.clamp(0.0, 100.0) as u8,
                            paragraph,
                            line: number,
                            area,
                        });
                    }
                    _ => {}
                }
            }
            Token::End { .. } => {
                if depth > 0 {
                    depth -= 1;
                } else if let Some(word) = word.take()
                    && let Some(page) = out.last_mut()
                    && !word.text.trim().is_empty()
                    && page.words.len() < MAX_WORDS
                {
                    page.words.push(word);
                }
            }
            Token::Text(said) => {
                if let Some(word) = &mut word
                    && word.text.len() < 1000
                {
                    word.text.push_str(decoded(said, &NONE).trim());
                }
            }
            _ => {}
        }
    }
    out
}

/// The numbers behind a key of a `title`: `bbox 80 265 1520 271; x_wconf 96`.
fn numbers(title: &str, key: &str) -> Vec<f32> {
    let mut parts = title.split(';').map(str::trim);
    let found = parts.find_map(|p| p.strip_prefix(key)?.strip_prefix(' '));
    let finite = |n: &str| n.parse::<f32>().ok().filter(|n| n.is_finite());
    found
        .into_iter()
        .flat_map(str::split_whitespace)
        .take(4)
        .map_while(finite)
        .collect()
}

fn area(title: &str) -> Area {
    match numbers(title, "bbox").as_slice() {
        [x0, y0, x1, y1] => Area {
            x0: *x0,
            y0: *y0,
            x1: x0.max(*x1),
            y1: y0.max(*y1),
        },
        _ => Area::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_lines_of_a_page() {
        let pages = read(
            "<html><body><div class='ocr_page' id='page_1' title='image \"\"; bbox 0 0 1600 1400; ppageno 0'>\
             <div class='ocr_separator' title=\"bbox 80 265 1520 271\"></div>\
             <div class='ocr_carea' title='bbox 1 1 2 2'><p class='ocr_par'><span class='ocr_line' title=\"bbox 100 10 400 50; baseline 0.01 -10; x_size 36\">\
             <span class='ocrx_word' title='bbox 100 12 180 48; x_wconf 96'><strong>План</strong></span> \
             <span class='ocrx_word' title='bbox 200 12 400 48; x_wconf 41'>«А&amp;Б»</span></span></p></div></div></body></html>",
        );
        assert_eq!(pages.len(), 1);
        let page = &pages[0];
        assert_eq!((page.width, page.height), (1600.0, 1400.0));
        assert_eq!(page.rules.len(), 1);
        let said: Vec<(&str, u8)> = page
            .words
            .iter()
            .map(|w| (w.text.as_str(), w.sure))
            .collect();
        assert_eq!(said, [("План", 96), ("«А&Б»", 41)]);
        assert_eq!(page.words[0].base, 40.0);
        assert_eq!(page.paragraphs(), ["План «А&Б»"]);
    }

    #[test]
    fn nonsense_is_no_page() {
        for text in [
            "",
            "<div class=ocr_page>",
            "<span class='ocrx_word' title='bbox NaN inf'>x</span>",
        ] {
            assert!(read(text).iter().all(|p| p.words.is_empty()), "{text}");
        }
    }
}
