//! A document as PDF: tagged, PDF/UA-1.
//!
//! Takes the tree; gives a file. The writer itself (krilla) refuses what the standard forbids as far as it can see it;
//! heads of tables it cannot see, so this crate's tests look at them. Heads repeated on a page, lines and page numbers
//! are artifacts: they are no words of the document.

use std::collections::BTreeMap;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::error::KrillaError;
use krilla::geom::{PathBuilder, Point, Quadrilateral, Rect, Transform};
use krilla::metadata::{DateTime, Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node as Tagged, TagGroup, TagTree,
};
use krilla::{Document as Pdf, SerializeSettings};

use crate::flow::table::is_wide;
use crate::flow::{Around, Child, Maker, Mark, Node};
use crate::font::{Fonts, fonts};
use crate::lines::{Colour, Frag, Style};
use crate::pages::{Op, Pages, Sheet};
use crate::tree::{Document, Error, Orientation};

/// Letters of text.
const SIZE: f32 = 10.5;
/// Letters at the foot of a page.
const FOOT: f32 = 8.5;

/// The document as a file.
pub fn pdf(document: &Document) -> Result<Vec<u8>, Error> {
    let fonts = fonts()?;
    let sheet = match lies(document)? {
        true => Sheet::landscape(),
        false => Sheet::portrait(),
    };
    let mut maker = Maker::new(fonts);
    let around = Around {
        x: sheet.side,
        width: sheet.measure(),
        size: SIZE,
        bold: false,
        cell: false,
        node: 0,
    };
    let mut pieces = Vec::new();
    maker.flow(&document.blocks, around, &mut pieces);
    let mut pages = Pages::new(sheet);
    pages.fill(pieces);

    let configuration = ConfigurationBuilder::new()
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|e| Error::Writer(format!("{e:?}")))?;
    let mut pdf = Pdf::new_with(SerializeSettings {
        configuration,
        ..SerializeSettings::default()
    });
    let mut painter = Painter {
        fonts,
        slots: vec![Vec::new(); maker.slots],
    };
    let count = pages.pages.len();
    for (n, ops) in pages.pages.iter().enumerate() {
        let settings = PageSettings::from_wh(sheet.width, sheet.height)
            .ok_or_else(|| Error::Writer("a page has no size".into()))?;
        let mut page = pdf.start_page_with(settings);
        let mut surface = page.surface();
        painter.lines(&mut surface, ops);
        let links = painter.words(&mut surface, ops);
        painter.foot(&mut surface, &sheet, &document.foot, n + 1, count);
        surface.finish();
        for (link, rects) in links {
            let Some(link) = maker.links.get(link) else {
                continue;
            };
            let target = Target::Action(Action::Link(LinkAction::new(link.target.clone())));
            let quads: Vec<Quadrilateral> = rects.into_iter().map(Quadrilateral::from).collect();
            if quads.is_empty() {
                continue;
            }
            let annotation = LinkAnnotation::new_with_quad_points(quads, target);
            let alt = Some(link.words.clone());
            let id = page.add_tagged_annotation(Annotation::new_link(annotation, alt));
            painter.tell(link.slot, id);
        }
        page.finish();
    }
    pdf.set_outline(outline(&maker.marks, &pages.marks));
    pdf.set_metadata(metadata(document));
    let mut tree = TagTree::new().with_lang(Some(document.language().to_owned()));
    if let Some(root) = group(&maker.nodes, 0, &painter.slots) {
        tree.push(root);
    }
    pdf.set_tag_tree(tree);
    pdf.finish().map_err(|e| {
        Error::Writer(match e {
            KrillaError::Validation(faults) => format!("{faults:?}"),
            other => other.to_string(),
        })
    })
}

/// Whether the pages lie.
pub(crate) fn lies(document: &Document) -> Result<bool, Error> {
    let width = Sheet::portrait().measure();
    let fonts = fonts()?;
    Ok(match document.orientation {
        Orientation::Landscape => true,
        Orientation::Portrait => false,
        Orientation::Fitting => {
            let mut tables = document.tables().into_iter();
            tables.any(|t| is_wide(t, width, SIZE, fonts))
        }
    })
}

fn metadata(document: &Document) -> Metadata {
    let given = |text: &str| Some(text.to_owned()).filter(|t| !t.is_empty());
    let mut metadata = Metadata::new()
        .title(given(&document.title).unwrap_or_else(|| "—".to_owned()))
        .language(document.language().to_owned())
        .text_direction(TextDirection::LeftToRight)
        .producer("glasno".to_owned())
        // What a file is stays when its words change; which of them it is, its bytes say.
        .document_id(format!("{}\n{}", document.address, document.title));
    if let Some(subject) = given(&document.subject) {
        metadata = metadata.description(subject);
    }
    if let Some(publisher) = given(&document.publisher) {
        metadata = metadata.authors(vec![publisher]);
    }
    if let Some((year, month, day)) = document.date {
        let date = DateTime::new(year).month(month).day(day);
        metadata = metadata.creation_date(date.hour(0).minute(0).second(0));
    }
    metadata
}

/// Headings under one another, each with its place.
fn outline(marks: &[Mark], placed: &[(usize, usize, f32)]) -> Outline {
    let mut outline = Outline::new();
    // The headings that are still open, with their levels.
    let mut open: Vec<(u8, OutlineNode)> = Vec::new();
    let close = |open: &mut Vec<(u8, OutlineNode)>, level: u8, outline: &mut Outline| {
        while open.last().is_some_and(|(own, _)| *own >= level) {
            let Some((_, node)) = open.pop() else { break };
            match open.last_mut() {
                Some((_, above)) => above.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for (mark, page, y) in placed {
        let Some(mark) = marks.get(*mark) else {
            continue;
        };
        close(&mut open, mark.level, &mut outline);
        let at = XyzDestination::new(*page, Point::from_xy(0.0, (y - 8.0).max(0.0)));
        open.push((mark.level, OutlineNode::new(mark.words.clone(), at)));
    }
    close(&mut open, 0, &mut outline);
    outline
}

/// A tag with what was painted for it; none where nothing was.
fn group(nodes: &[Node], at: usize, slots: &[Vec<Identifier>]) -> Option<TagGroup> {
    let node = nodes.get(at)?;
    let mut group = TagGroup::new(node.tag.clone());
    for child in &node.children {
        match child {
            Child::Node(below) => {
                if let Some(below) = self::group(nodes, *below, slots) {
                    group.push(below);
                }
            }
            Child::Slot(slot) => {
                for id in slots.get(*slot).into_iter().flatten() {
                    group.push(Tagged::Leaf(*id));
                }
            }
        }
    }
    Some(group)
}

struct Painter {
    fonts: &'static Fonts,
    /// What was painted for each slot.
    slots: Vec<Vec<Identifier>>,
}

impl Painter {
    fn tell(&mut self, slot: usize, id: Identifier) {
        if let Some(slot) = self.slots.get_mut(slot) {
            slot.push(id);
        }
    }

    /// What stands below the words: fills and lines, no part of the text.
    fn lines(&self, surface: &mut Surface<'_>, ops: &[Op]) {
        let words = |op: &Op| matches!(op, Op::Text { .. });
        if ops.iter().all(words) {
            return;
        }
        let artifact = Artifact::with_kind(ArtifactType::Layout);
        surface.start_tagged(ContentTag::Artifact(artifact));
        for op in ops {
            if let Op::Fill {
                x,
                y,
                width,
                height,
            } = op
            {
                let mut path = PathBuilder::new();
                if let Some(rect) = Rect::from_xywh(*x, *y, *width, *height) {
                    path.push_rect(rect);
                }
                surface.set_stroke(None);
                surface.set_fill(Some(fill(rgb::Color::new(0xee, 0xf2, 0xf6))));
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
        for op in ops {
            if let Op::Stroke {
                from,
                to,
                weight,
                ink,
            } = op
            {
                let colour = match ink {
                    true => rgb::Color::new(0x1b, 0x1f, 0x24),
                    false => rgb::Color::new(0xb4, 0xbd, 0xc7),
                };
                let mut path = PathBuilder::new();
                path.move_to(from.0, from.1);
                path.line_to(to.0, to.1);
                surface.set_fill(None);
                surface.set_stroke(Some(Stroke {
                    paint: colour.into(),
                    width: *weight,
                    ..Stroke::default()
                }));
                if let Some(path) = path.finish() {
                    surface.draw_path(&path);
                }
            }
        }
        surface.set_stroke(None);
        surface.end_tagged();
    }

    /// The words, and where those lie that lead somewhere.
    fn words(&mut self, surface: &mut Surface<'_>, ops: &[Op]) -> BTreeMap<usize, Vec<Rect>> {
        let mut links: BTreeMap<usize, Vec<Rect>> = BTreeMap::new();
        let mut open: Option<Option<usize>> = None;
        for op in ops {
            let Op::Text { frag, x, y, again } = op else {
                continue;
            };
            let slot = (!again).then_some(frag.style.slot);
            if open != Some(slot) {
                if open.is_some() {
                    surface.end_tagged();
                }
                match slot {
                    Some(slot) => {
                        let id = surface.start_tagged(ContentTag::Other);
                        self.tell(slot, id);
                    }
                    None => {
                        let kind = ArtifactType::PaginationOther;
                        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(kind)));
                    }
                }
                open = Some(slot);
            }
            self.frag(surface, frag, *x, *y);
            if let (Some(link), false) = (frag.style.link, *again) {
                let size = frag.style.size;
                let rect = Rect::from_xywh(*x, y - size * 0.8, frag.width.max(1.0), size * 1.05);
                links.entry(link).or_default().extend(rect);
            }
        }
        if open.is_some() {
            surface.end_tagged();
        }
        links
    }

    fn frag(&self, surface: &mut Surface<'_>, frag: &Frag, x: f32, y: f32) {
        let colour = match frag.style.colour {
            Colour::Ink => rgb::Color::new(0x1b, 0x1f, 0x24),
            Colour::Quiet => rgb::Color::new(0x55, 0x5f, 0x6b),
            Colour::Link => rgb::Color::new(0x0b, 0x57, 0xa4),
        };
        surface.set_fill(Some(fill(colour)));
        if frag.style.slant {
            let slant = 0.2;
            surface.push_transform(&Transform::from_row(1.0, 0.0, -slant, 1.0, slant * y, 0.0));
        }
        surface.draw_glyphs(
            Point::from_xy(x, y),
            &frag.glyphs,
            self.fonts.font(frag.face),
            &frag.text,
            frag.style.size,
            false,
        );
        if frag.style.slant {
            surface.pop();
        }
    }

    /// What the page is of, and its number.
    fn foot(&self, surface: &mut Surface<'_>, sheet: &Sheet, words: &str, n: usize, of: usize) {
        let artifact = Artifact::with_kind(ArtifactType::Footer);
        surface.start_tagged(ContentTag::Artifact(artifact));
        let style = Style {
            bold: false,
            slant: false,
            size: FOOT,
            rise: 0.0,
            colour: Colour::Quiet,
            slot: 0,
            link: None,
        };
        let number = format!("{n} / {of}");
        let wide = self.fonts.width(&number, false, FOOT);
        let room = sheet.measure() - wide - 16.0;
        // No page is wide enough for more.
        let mut shown: String = words.chars().take(200).collect();
        while self.fonts.width(&shown, false, FOOT) > room {
            let mut chars: Vec<char> = shown.chars().collect();
            chars.truncate(chars.len().saturating_sub(2));
            shown = chars.into_iter().collect::<String>().trim_end().to_owned();
            shown.push('…');
        }
        let y = sheet.height - sheet.bottom * 0.5;
        let right = sheet.width - sheet.side - wide;
        for (text, x) in [(&*shown, sheet.side), (&*number, right)] {
            for frag in Frag::all(text, style, self.fonts) {
                let at = x + frag.x;
                self.frag(surface, &frag, at, y);
            }
        }
        surface.end_tagged();
    }
}

fn fill(colour: rgb::Color) -> Fill {
    Fill {
        paint: colour.into(),
        ..Fill::default()
    }
}
