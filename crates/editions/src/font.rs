//! The faces that pages are set in: which glyph shows a character, and how wide it is.
//!
//! Takes characters; gives glyphs. A face of the theme comes first, signs that it lacks come from the symbols, and what
//! neither has is shown as a box. Glyphs stand one for a character: neither ligatures nor marks that combine.

use std::sync::LazyLock;

use krilla::text::Font;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};

use crate::tree::Error;

static REGULAR: &[u8] = include_bytes!("../fonts/golos-text-regular.ttf");
static BOLD: &[u8] = include_bytes!("../fonts/golos-text-semibold.ttf");
static SYMBOLS: &[u8] = include_bytes!("../fonts/symbols.ttf");

/// What stands for a character that no face has.
const UNKNOWN: char = '□';

/// Which of the faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Face {
    Regular,
    Bold,
    Symbols,
}

/// A glyph: its face, its number there, and its width in parts of the size.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shown {
    pub(crate) face: Face,
    pub(crate) glyph: u32,
    pub(crate) advance: f32,
}

/// All faces.
pub(crate) struct Fonts {
    regular: Loaded,
    bold: Loaded,
    symbols: Loaded,
}

struct Loaded {
    font: Font,
    /// Characters in their order, each with its glyph and width.
    glyphs: Vec<(char, u32, f32)>,
}

static FONTS: LazyLock<Option<Fonts>> = LazyLock::new(|| {
    Some(Fonts {
        regular: Loaded::new(REGULAR)?,
        bold: Loaded::new(BOLD)?,
        symbols: Loaded::new(SYMBOLS)?,
    })
});

/// The faces, read once.
pub(crate) fn fonts() -> Result<&'static Fonts, Error> {
    let read = FONTS.as_ref();
    read.ok_or_else(|| Error::Writer("a face cannot be read".into()))
}

impl Loaded {
    fn new(bytes: &'static [u8]) -> Option<Self> {
        let font = Font::new(bytes.into(), 0)?;
        let read = FontRef::new(bytes).ok()?;
        let metrics = read.glyph_metrics(Size::unscaled(), LocationRef::default());
        let unit = font.units_per_em();
        let mut glyphs: Vec<_> = read
            .charmap()
            .mappings()
            .filter_map(|(c, glyph)| {
                let advance = metrics.advance_width(glyph)? / unit;
                Some((char::from_u32(c)?, glyph.to_u32(), advance))
            })
            .collect();
        glyphs.sort_unstable_by_key(|(c, ..)| *c);
        glyphs.dedup_by_key(|(c, ..)| *c);
        Some(Loaded { font, glyphs })
    }

    fn find(&self, c: char) -> Option<(u32, f32)> {
        let at = self.glyphs.binary_search_by_key(&c, |(c, ..)| *c).ok()?;
        self.glyphs
            .get(at)
            .map(|(_, glyph, width)| (*glyph, *width))
    }
}

impl Fonts {
    pub(crate) fn font(&self, face: Face) -> Font {
        match face {
            Face::Regular => self.regular.font.clone(),
            Face::Bold => self.bold.font.clone(),
            Face::Symbols => self.symbols.font.clone(),
        }
    }

    /// How a character is shown.
    pub(crate) fn show(&self, c: char, bold: bool) -> Shown {
        let (own, face) = match bold {
            true => (&self.bold, Face::Bold),
            false => (&self.regular, Face::Regular),
        };
        let shown = |face, (glyph, advance)| Shown {
            face,
            glyph,
            advance,
        };
        own.find(c)
            .map(|found| shown(face, found))
            .or_else(|| self.symbols.find(c).map(|f| shown(Face::Symbols, f)))
            .or_else(|| self.symbols.find(UNKNOWN).map(|f| shown(Face::Symbols, f)))
            .unwrap_or(Shown {
                face,
                glyph: 0,
                advance: 0.5,
            })
    }

    /// How wide words are at a size.
    pub(crate) fn width(&self, text: &str, bold: bool, size: f32) -> f32 {
        text.chars()
            .map(|c| self.show(c, bold).advance * size)
            .sum()
    }
}
