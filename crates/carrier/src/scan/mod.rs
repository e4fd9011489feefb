//! Pictures of text: takes what an eye that is not ours has read off a picture, gives words and lines with their places.
//!
//! What is recognised is an aid and never a clearance: a picture that was read stays a picture that somebody has to look
//! at. Must not run a program: who looks is handed in ([`Eye`]).
//!
//! `hocr` reads what recognisers write; `raster` makes files of the pictures that a PDF holds.

mod hocr;
pub(crate) mod raster;

pub use hocr::read as hocr;

/// Who reads pictures.
pub trait Eye: Send + Sync {
    /// The pages of a picture in a format of its own (PNG, JPEG, TIFF, PNM).
    ///
    /// # Errors
    /// Why nothing can be told of it.
    fn look(&self, picture: &[u8]) -> Result<Vec<Seen>, Blind>;
}

/// Why a picture was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Blind {
    /// It is packed in a way that nothing here unpacks.
    Unfit,
    /// The recogniser gave up, or took too long.
    Failed,
}

/// One page as it was recognised; places in pixels from the upper left corner.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Seen {
    pub width: f32,
    pub height: f32,
    pub words: Vec<Word>,
    /// Ruling lines.
    pub rules: Vec<Area>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Word {
    pub text: String,
    pub area: Area,
    /// Where its line stands.
    pub base: f32,
    /// Of its line's letters.
    pub size: f32,
    /// How sure the recogniser is, of a hundred.
    pub sure: u8,
    /// Its paragraph on the page, and its line.
    pub paragraph: u32,
    pub line: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Area {
    pub x0: f32,
    pub y0: f32,
    pub x1: f32,
    pub y1: f32,
}

impl Seen {
    /// The text by paragraphs, as it was recognised.
    pub fn paragraphs(&self) -> Vec<String> {
        let mut out: Vec<(u32, String)> = Vec::new();
        for word in &self.words {
            match out.last_mut() {
                Some((number, text)) if *number == word.paragraph => {
                    text.push(' ');
                    text.push_str(&word.text);
                }
                _ => out.push((word.paragraph, word.text.clone())),
            }
        }
        out.into_iter().map(|(_, text)| text).collect()
    }
}
