//! Formulas as boxes of glyphs: fractions, indices, limits, roots.
//!
//! Takes a formula and the style around it; gives boxes between which a line may end. Heights are counted from the base
//! line.

use crate::font::Fonts;
use crate::lines::{Boxed, Frag, Stroke, Style};
use crate::tree::Formula;

impl Boxed {
    /// Adds another at a place.
    fn place(&mut self, other: Boxed, x: f32, rise: f32) {
        self.up = self.up.max(other.up + rise);
        self.down = self.down.max(other.down - rise);
        self.width = self.width.max(x + other.width);
        self.frags.extend(other.frags.into_iter().map(|mut frag| {
            frag.x += x;
            frag.style.rise += rise;
            frag
        }));
        self.strokes
            .extend(other.strokes.into_iter().map(|s| Stroke {
                x: s.x + x,
                rise: s.rise + rise,
                ..s
            }));
    }
}

/// The parts of a formula in their order.
pub(crate) fn boxes(formula: &Formula, style: Style, fonts: &Fonts) -> Vec<Boxed> {
    match formula {
        Formula::Row(parts) => parts
            .iter()
            .flat_map(|part| boxes(part, style, fonts))
            .collect(),
        // Words of a formula may be long; a line may end between them.
        Formula::Text(text) => text
            .split_inclusive(' ')
            .map(|word| words(word, style, fonts))
            .collect(),
        other => vec![boxed(other, style, fonts)],
    }
}

fn words(text: &str, style: Style, fonts: &Fonts) -> Boxed {
    let frags = Frag::all(text, style, fonts);
    Boxed {
        width: fonts.width(text, style.bold, style.size),
        up: style.size * 0.75,
        down: style.size * 0.25,
        frags,
        strokes: Vec::new(),
    }
}

fn boxed(formula: &Formula, style: Style, fonts: &Fonts) -> Boxed {
    let small = Style {
        size: style.size * 0.7,
        ..style
    };
    let size = style.size;
    match formula {
        Formula::Text(text) => words(text, style, fonts),
        Formula::Row(parts) => {
            let mut row = Boxed::default();
            for part in parts {
                let x = row.width;
                row.place(boxed(part, style, fonts), x, 0.0);
            }
            row
        }
        Formula::Fraction(above, below) => {
            let part = Style {
                size: (size * 0.92).max(6.0),
                ..style
            };
            let (above, below) = (boxed(above, part, fonts), boxed(below, part, fonts));
            let inner = above.width.max(below.width);
            let width = inner + 4.0;
            let axis = size * 0.3;
            let mut whole = Boxed::default();
            let rise = axis + 2.0 + above.down;
            let x = 2.0 + (inner - above.width) / 2.0;
            whole.place(above, x, rise);
            let rise = axis - 2.0 - below.up;
            let x = 2.0 + (inner - below.width) / 2.0;
            whole.place(below, x, rise);
            whole.strokes.push(Stroke {
                x: 0.0,
                rise: axis,
                width,
            });
            whole.width = width;
            whole
        }
        Formula::Scripts(base, sub, sup) => {
            let mut whole = boxed(base, style, fonts);
            let x = whole.width;
            if let Some(sub) = sub {
                whole.place(boxed(sub, small, fonts), x, -size * 0.22);
            }
            if let Some(sup) = sup {
                whole.place(boxed(sup, small, fonts), x, size * 0.38);
            }
            whole
        }
        Formula::Limits(base, sub, sup) => {
            let large = Style {
                size: size * 1.4,
                ..style
            };
            let base = boxed(base, large, fonts);
            let below = sub.as_ref().map(|s| boxed(s, small, fonts));
            let above = sup.as_ref().map(|s| boxed(s, small, fonts));
            let mut width = base.width;
            for part in [&below, &above].into_iter().flatten() {
                width = width.max(part.width);
            }
            let (up, down) = (base.up, base.down);
            let mut whole = Boxed::default();
            let x = (width - base.width) / 2.0;
            whole.place(base, x, 0.0);
            if let Some(below) = below {
                let (x, rise) = ((width - below.width) / 2.0, -down - below.up);
                whole.place(below, x, rise);
            }
            if let Some(above) = above {
                let (x, rise) = ((width - above.width) / 2.0, up + above.down);
                whole.place(above, x, rise);
            }
            whole.width = width + 2.0;
            whole
        }
        Formula::Root(part) => {
            let mut whole = words("√", style, fonts);
            let part = boxed(part, style, fonts);
            let (x, width, up) = (whole.width, part.width, part.up);
            whole.place(part, x, 0.0);
            whole.strokes.push(Stroke {
                x,
                rise: up + 1.0,
                width,
            });
            whole.up = whole.up.max(up + 2.0);
            whole
        }
    }
}
