//! Letters that are drawn and not written: takes the elements of a drawing as they come, tells whether there may be words
//! in it that no text holds: outlines, letters placed one by one, fonts of its own. Must not try to read them.

use crate::decode::markup::Attributes;

/// A mark on a button has fewer strokes than this, and a word more.
const MAX_OUTLINES: usize = 24 * STROKE;
/// What a stroke counts, where a line of a chart's grid counts one.
const STROKE: usize = 4;
/// Letters placed one by one, beyond which they are a word whose order is seen and not stored.
const MAX_LETTERS: usize = 5;

/// What is known of a drawing.
#[derive(Default)]
pub(super) struct Outlines {
    /// Width and height, as far as they are told.
    size: Option<(f64, f64)>,
    outlines: usize,
    letters: usize,
    fonts: bool,
    placed: bool,
}

impl Outlines {
    /// An element begins.
    pub(super) fn start(&mut self, name: &str, attributes: &str) {
        match name {
            "path" | "polygon" | "polyline" | "missing-glyph" | "line" => {
                for (name, value) in Attributes(attributes) {
                    if name == "d" {
                        let begun = |b: &u8| matches!(b, b'm' | b'M');
                        self.outlines += STROKE * value.bytes().filter(begun).count();
                    }
                }
                self.outlines += match name {
                    "path" => 0,
                    "line" if self.is_grid(attributes) => 1,
                    _ => STROKE,
                };
            }
            "svg" => {
                for (name, value) in Attributes(attributes) {
                    if name.eq_ignore_ascii_case("viewBox") {
                        let mut sides = value
                            .split([' ', ','])
                            .filter(|n| !n.is_empty())
                            .skip(2)
                            .map(|n| n.parse::<f64>().ok());
                        self.size = sides.next().flatten().zip(sides.next().flatten());
                    }
                }
            }
            "glyph" | "font" | "font-face" | "font-face-src" | "font-face-uri" => {
                // `<font color=…>` of old pages is no font.
                self.fonts |= name != "font" || attributes.contains("horiz-adv");
            }
            "text" | "tspan" => {
                let mut places = 0;
                self.placed = false;
                for (name, value) in Attributes(attributes) {
                    if matches!(name, "x" | "y" | "dx" | "dy" | "rotate" | "transform") {
                        self.placed = true;
                        let numbers = value.split([' ', ',', '\n']).filter(|n| !n.is_empty());
                        places = places.max(if name == "transform" {
                            1
                        } else {
                            numbers.count()
                        });
                    }
                }
                if places > 1 {
                    self.letters += places;
                }
            }
            _ => {}
        }
    }

    /// Whether a line goes straight through half of the drawing or more, as no stroke of a letter does.
    fn is_grid(&self, attributes: &str) -> bool {
        let Some((width, height)) = self.size else {
            return false;
        };
        let mut ends = [0.0f64; 4];
        for (name, value) in Attributes(attributes) {
            let place = ["x1", "x2", "y1", "y2"].iter().position(|n| *n == name);
            if let (Some(end), Ok(value)) = (place.and_then(|p| ends.get_mut(p)), value.parse()) {
                *end = value;
            }
        }
        let [x1, x2, y1, y2] = ends;
        let (across, down) = ((x2 - x1).abs(), (y2 - y1).abs());
        across == 0.0 && down * 2.0 >= height || down == 0.0 && across * 2.0 >= width
    }

    /// A text stands in the element that began last.
    pub(super) fn text(&mut self, text: &str) {
        let mut letters = text.chars().filter(|c| !c.is_whitespace());
        let alone = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        self.letters += usize::from(alone && std::mem::take(&mut self.placed));
    }

    /// Whether a person has to look at it.
    pub(super) fn is_picture(&self) -> bool {
        self.fonts || self.outlines >= MAX_OUTLINES || self.letters > MAX_LETTERS
    }
}

#[cfg(test)]
mod tests {
    use super::Outlines;

    #[test]
    fn marks_are_told_from_words() {
        let mut mark = Outlines::default();
        mark.start("path", " d=\"M8 10h9M8 16h7M8 22h5\"");
        mark.start("text", " x=\"20\" y=\"5\"");
        mark.text("А");
        assert!(!mark.is_picture());
        let mut word = Outlines::default();
        for _ in 0..12 {
            word.start("path", " d=\"M0 0q1 1 2 2zM1 1h2\"");
        }
        assert!(word.is_picture());
        // The grid of a chart over two years, and as many strokes that go nowhere.
        let mut grid = Outlines::default();
        grid.start("svg", " viewBox=\"0 0 900 400\"");
        for month in 0..60 {
            grid.start(
                "line",
                &format!(" x1=\"{month}\" y1=\"20\" x2=\"{month}\" y2=\"390\""),
            );
        }
        assert!(!grid.is_picture());
        let mut strokes = Outlines::default();
        strokes.start("svg", " viewBox=\"0 0 900 400\"");
        for x in 0..24 {
            strokes.start(
                "line",
                &format!(" x1=\"{x}\" y1=\"20\" x2=\"{x}\" y2=\"90\""),
            );
        }
        assert!(strokes.is_picture());
        let mut placed = Outlines::default();
        for letter in ["П", "р", "и", "р", "е", "ч"] {
            placed.start("text", " x='1' y='2'");
            placed.text(letter);
        }
        assert!(placed.is_picture());
        let mut listed = Outlines::default();
        listed.start("text", " x='90 80 70 60 50 40'");
        assert!(listed.is_picture());
        let mut font = Outlines::default();
        font.start("glyph", " unicode='а' d='M0 0'");
        assert!(font.is_picture());
    }
}
