//! A document as DOCX, for those who go on writing in it.
//!
//! Takes the tree; gives a file. Headings are styles, markers of lists stand as printed (never numbered anew), heads of
//! tables are repeated on each page, formulas are formulas, the language is set so that spelling is checked in it.

use crate::flow::Levels;
use crate::package::{self, Package, RELATIONS};
use crate::pdf::lies;
use crate::tree::{Block, Document, Error, Formula, Inline, Item, Row, Run, Script, Table, places};
use crate::xml::{escape, escaped};

const SPACES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
     xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\"";

/// Twentieths of a point.
const INDENT: usize = 420;

/// The document as a file.
pub fn docx(document: &Document) -> Result<Vec<u8>, Error> {
    let lying = lies(document)?;
    let (width, height, side) = match lying {
        true => (16838, 11906, 850),
        false => (11906, 16838, 1134),
    };
    let mut writer = Writer {
        xml: String::new(),
        links: Vec::new(),
        levels: Levels::default(),
        width: width - 2 * side,
    };
    writer.blocks(&document.blocks, Place::default());
    let body = std::mem::take(&mut writer.xml);
    let orient = if lying { " w:orient=\"landscape\"" } else { "" };
    let mut package = Package::begin(TYPES, "word/document.xml", document)?;
    let office = |name: &str| format!("{RELATIONS}/{name}");
    package.part(
        "word/document.xml",
        &format!(
            "<w:document {SPACES}><w:body>{body}<w:sectPr>\
             <w:footerReference w:type=\"default\" r:id=\"rId3\"/>\
             <w:pgSz w:w=\"{width}\" w:h=\"{height}\"{orient}/>\
             <w:pgMar w:top=\"1020\" w:right=\"{side}\" w:bottom=\"1134\" w:left=\"{side}\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/>\
             </w:sectPr></w:body></w:document>"
        ),
    )?;
    package.part("word/styles.xml", &styles(document.language()))?;
    package.part("word/settings.xml", &settings(document.language()))?;
    package.part("word/footer1.xml", &foot(&document.foot, width - 2 * side))?;
    let mut relations = vec![
        (
            "rId1".to_owned(),
            office("styles"),
            "styles.xml".to_owned(),
            false,
        ),
        (
            "rId2".to_owned(),
            office("settings"),
            "settings.xml".to_owned(),
            false,
        ),
        (
            "rId3".to_owned(),
            office("footer"),
            "footer1.xml".to_owned(),
            false,
        ),
    ];
    for (n, target) in writer.links.iter().enumerate() {
        relations.push((
            format!("rIdL{n}"),
            office("hyperlink"),
            target.clone(),
            true,
        ));
    }
    let relations: Vec<_> = relations
        .iter()
        .map(|(id, kind, target, out)| (id.clone(), &**kind, target.clone(), *out))
        .collect();
    package.part(
        "word/_rels/document.xml.rels",
        &package::relations(&relations),
    )?;
    package.finish()
}

const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/word/settings.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml\"/>\
    <Override PartName=\"/word/footer1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
    <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
    </Types>";

fn styles(language: &str) -> String {
    let language = locale(language);
    let mut xml = format!(
        "<w:styles {SPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
         <w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:eastAsia=\"Arial\" w:cs=\"Arial\"/>\
         <w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/><w:lang w:val=\"{language}\" w:eastAsia=\"{language}\"/>\
         </w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"120\" w:line=\"276\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>\
         <w:style w:type=\"character\" w:default=\"1\" w:styleId=\"DefaultParagraphFont\"><w:name w:val=\"Default Paragraph Font\"/></w:style>\
         <w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\"><w:name w:val=\"Normal Table\"/>\
         <w:tblPr><w:tblInd w:w=\"0\" w:type=\"dxa\"/><w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         <w:style w:type=\"paragraph\" w:styleId=\"TableText\"><w:name w:val=\"Table Text\"/><w:basedOn w:val=\"Normal\"/>\
         <w:pPr><w:spacing w:before=\"40\" w:after=\"40\" w:line=\"252\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:style>\
         <w:style w:type=\"character\" w:styleId=\"Hyperlink\"><w:name w:val=\"Hyperlink\"/><w:rPr><w:color w:val=\"0B57A4\"/><w:u w:val=\"single\"/></w:rPr></w:style>"
    );
    for (level, size) in [(1, 36), (2, 28), (3, 24), (4, 22), (5, 22), (6, 22)] {
        xml.push_str(&format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"Heading{level}\"><w:name w:val=\"heading {level}\"/><w:basedOn w:val=\"Normal\"/><w:next w:val=\"Normal\"/><w:qFormat/>\
             <w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before=\"240\" w:after=\"120\"/><w:outlineLvl w:val=\"{}\"/></w:pPr>\
             <w:rPr><w:b/><w:bCs/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr></w:style>",
            level - 1
        ));
    }
    xml.push_str("</w:styles>");
    xml
}

fn settings(language: &str) -> String {
    format!(
        "<w:settings {SPACES}><w:zoom w:percent=\"100\"/><w:autoHyphenation/><w:defaultTabStop w:val=\"708\"/>\
         <w:compat><w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>\
         <w:themeFontLang w:val=\"{}\"/></w:settings>",
        locale(language)
    )
}

/// `ru` as office programs write it.
fn locale(language: &str) -> String {
    match language {
        "ru" => "ru-RU".into(),
        "en" => "en-GB".into(),
        other => escaped(other),
    }
}

fn foot(words: &str, right: usize) -> String {
    let field = |name: &str| {
        format!(
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {name} </w:instrText></w:r>\
             <w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        )
    };
    format!(
        "<w:ftr {SPACES}><w:p><w:pPr><w:pStyle w:val=\"TableText\"/><w:tabs><w:tab w:val=\"right\" w:pos=\"{right}\"/></w:tabs></w:pPr>\
         <w:r><w:t xml:space=\"preserve\">{}</w:t></w:r><w:r><w:tab/></w:r>{}<w:r><w:t xml:space=\"preserve\"> / </w:t></w:r>{}</w:p></w:ftr>",
        escaped(words),
        field("PAGE"),
        field("NUMPAGES"),
    )
}

/// Where a block stands.
#[derive(Debug, Clone, Copy, Default)]
struct Place {
    /// Twentieths of a point from the left edge.
    left: usize,
    cell: bool,
    bold: bool,
    bar: bool,
}

struct Writer {
    xml: String,
    /// Where links lead, in the order of their numbers.
    links: Vec<String>,
    levels: Levels,
    /// How wide the text is, in twentieths of a point.
    width: usize,
}

impl Writer {
    fn blocks(&mut self, blocks: &[Block], place: Place) {
        for block in blocks {
            match block {
                Block::Heading { level, text } => {
                    let level = self.levels.next(*level);
                    let style = format!("Heading{level}");
                    self.paragraph(text, place, Some(&style), "", None);
                }
                Block::Paragraph(text) => self.paragraph(text, place, None, "", None),
                Block::Centred(text) => {
                    self.paragraph(text, place, None, "<w:jc w:val=\"center\"/>", None);
                }
                Block::List(items) => self.list(items, place),
                Block::Table(table) => self.table(table, place),
                Block::Pairs(pairs) => self.table(&Table::of_pairs(pairs), place),
                Block::Note(blocks) => {
                    let inner = Place {
                        left: place.left + 200,
                        bar: true,
                        ..place
                    };
                    self.blocks(blocks, inner);
                }
            }
        }
    }

    fn list(&mut self, items: &[Item], place: Place) {
        let widest = items.iter().map(|i| i.marker.chars().count()).max();
        let hang = match widest.unwrap_or(0) {
            0 => 0,
            n => (n * 120 + 120).clamp(INDENT, 1400),
        };
        let inner = Place {
            left: place.left + hang,
            ..place
        };
        for item in items {
            let mut blocks = item.blocks.iter();
            let marker = Some((&*item.marker, hang)).filter(|(m, _)| !m.is_empty());
            match (marker, blocks.as_slice().first()) {
                (Some(marker), Some(Block::Paragraph(text))) => {
                    self.paragraph(text, inner, None, "", Some(marker));
                    blocks.next();
                }
                (Some(marker), _) => self.paragraph(&[], inner, None, "", Some(marker)),
                (None, _) => {}
            }
            self.blocks(blocks.as_slice(), inner);
        }
    }

    fn paragraph(
        &mut self,
        text: &[Inline],
        place: Place,
        style: Option<&str>,
        more: &str,
        marker: Option<(&str, usize)>,
    ) {
        self.xml.push_str("<w:p><w:pPr>");
        let style = style.or(place.cell.then_some("TableText"));
        if let Some(style) = style {
            self.xml.push_str(&format!("<w:pStyle w:val=\"{style}\"/>"));
        }
        if place.bar {
            self.xml.push_str("<w:pBdr><w:left w:val=\"single\" w:sz=\"16\" w:space=\"8\" w:color=\"B4BDC7\"/></w:pBdr>");
        }
        let hang = marker.map_or(0, |(_, hang)| hang);
        if hang > 0 {
            self.xml.push_str(&format!(
                "<w:tabs><w:tab w:val=\"left\" w:pos=\"{}\"/></w:tabs>",
                place.left
            ));
        }
        if place.left > 0 {
            self.xml.push_str(&format!(
                "<w:ind w:left=\"{}\" w:hanging=\"{hang}\"/>",
                place.left
            ));
        }
        self.xml.push_str(more);
        self.xml.push_str("</w:pPr>");
        let hand = Run {
            bold: place.bold,
            ..Run::default()
        };
        if let Some((marker, _)) = marker {
            let run = Run {
                text: marker.to_owned(),
                ..hand.clone()
            };
            self.run(&run, false);
            self.xml.push_str("<w:r><w:tab/></w:r>");
        }
        for part in text {
            match part {
                Inline::Break => self.xml.push_str("<w:r><w:br/></w:r>"),
                Inline::Formula(formula) => {
                    self.xml.push_str("<m:oMath>");
                    math(formula, &mut self.xml);
                    self.xml.push_str("</m:oMath>");
                }
                Inline::Run(run) => {
                    let run = Run {
                        bold: run.bold || place.bold,
                        ..run.clone()
                    };
                    match run.target() {
                        Some(target) => {
                            let id = self.links.len();
                            self.links.push(target.to_owned());
                            self.xml
                                .push_str(&format!("<w:hyperlink r:id=\"rIdL{id}\">"));
                            self.run(&run, true);
                            self.xml.push_str("</w:hyperlink>");
                        }
                        None => self.run(&run, false),
                    }
                }
            }
        }
        self.xml.push_str("</w:p>");
    }

    fn run(&mut self, run: &Run, linked: bool) {
        if run.text.is_empty() {
            return;
        }
        self.xml.push_str("<w:r><w:rPr>");
        if linked {
            self.xml.push_str("<w:rStyle w:val=\"Hyperlink\"/>");
        }
        if run.bold {
            self.xml.push_str("<w:b/><w:bCs/>");
        }
        if run.italic {
            self.xml.push_str("<w:i/><w:iCs/>");
        }
        match run.script {
            Some(Script::Raised) => self.xml.push_str("<w:vertAlign w:val=\"superscript\"/>"),
            Some(Script::Lowered) => self.xml.push_str("<w:vertAlign w:val=\"subscript\"/>"),
            None => {}
        }
        self.xml.push_str("</w:rPr>");
        for (n, line) in run.text.split('\n').enumerate() {
            if n > 0 {
                self.xml.push_str("<w:br/>");
            }
            self.xml.push_str("<w:t xml:space=\"preserve\">");
            escape(line, &mut self.xml);
            self.xml.push_str("</w:t>");
        }
        self.xml.push_str("</w:r>");
    }

    fn table(&mut self, table: &Table, place: Place) {
        if table.head.is_empty() && table.rows.is_empty() {
            return;
        }
        let count = table.width();
        let share = |n: usize| match table.columns.get(n).map(|c| c.share) {
            Some(share) if share > 0.0 => share,
            _ => 0.6,
        };
        let shares: f32 = (0..count).map(share).sum();
        let width = self.width.saturating_sub(place.left);
        // Whole numbers, so that no machine rounds them otherwise.
        let widths: Vec<usize> = (0..count)
            .map(|n| (f64::from(share(n)) / f64::from(shares) * width as f64) as usize)
            .collect();
        self.xml
            .push_str("<w:tbl><w:tblPr><w:tblW w:w=\"5000\" w:type=\"pct\"/>");
        if place.left > 0 {
            self.xml.push_str(&format!(
                "<w:tblInd w:w=\"{}\" w:type=\"dxa\"/>",
                place.left
            ));
        }
        if !table.plain {
            self.xml.push_str("<w:tblBorders>");
            for side in ["top", "left", "bottom", "right", "insideH", "insideV"] {
                self.xml.push_str(&format!(
                    "<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"B4BDC7\"/>"
                ));
            }
            self.xml.push_str("</w:tblBorders>");
        }
        let head = i32::from(!table.head.is_empty());
        let named = i32::from(table.row_heads > 0);
        self.xml.push_str(&format!(
            "<w:tblLook w:val=\"0000\" w:firstRow=\"{head}\" w:lastRow=\"0\" w:firstColumn=\"{named}\" w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>"
        ));
        if !table.summary.is_empty() {
            self.xml.push_str(&format!(
                "<w:tblDescription w:val=\"{}\"/>",
                escaped(&table.summary)
            ));
        }
        self.xml.push_str("</w:tblPr><w:tblGrid>");
        for width in &widths {
            self.xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>"));
        }
        self.xml.push_str("</w:tblGrid>");
        self.rows(table, &table.head, true, &widths);
        self.rows(table, &table.rows, false, &widths);
        self.xml.push_str("</w:tbl>");
        // Two tables without a paragraph between them would become one; a cell ends with one.
        self.xml.push_str("<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"60\" w:line=\"120\" w:lineRule=\"exact\"/></w:pPr></w:p>");
    }

    fn rows(&mut self, table: &Table, rows: &[Row], head: bool, widths: &[usize]) {
        let places = places(rows, widths.len());
        // Of each column: how many rows a cell from above still takes, and how many columns it has.
        let mut down = vec![(0usize, 1usize); widths.len()];
        for (row, own) in rows.iter().zip(&places) {
            self.xml.push_str("<w:tr><w:trPr><w:cantSplit/>");
            if head {
                self.xml.push_str("<w:tblHeader/>");
            }
            self.xml.push_str("</w:trPr>");
            let mut at = 0;
            while at < widths.len() {
                let cell = own.iter().position(|(x, ..)| *x == at);
                let cell = cell.and_then(|n| Some((row.cells.get(n)?, own.get(n)?)));
                let reaching = down.get(at).copied().unwrap_or((0, 1));
                let (columns, merge) = match (&cell, reaching) {
                    (Some((_, (_, columns, 1))), _) => (*columns, ""),
                    (Some((_, (_, columns, _))), _) => (*columns, "<w:vMerge w:val=\"restart\"/>"),
                    (None, (0, _)) => (1, ""),
                    (None, (_, columns)) => (columns, "<w:vMerge/>"),
                };
                let columns = columns.max(1);
                if let Some(slot) = down.get_mut(at) {
                    *slot = match &cell {
                        Some((_, (_, columns, rows))) => (rows - 1, *columns),
                        None => (reaching.0.saturating_sub(1), reaching.1),
                    };
                }
                let named = head
                    || cell.is_some_and(|(c, _)| c.head)
                    || (at < table.row_heads && reaching.0 == 0);
                let wide: usize = widths.iter().skip(at).take(columns).sum();
                self.xml.push_str(&format!(
                    "<w:tc><w:tcPr><w:tcW w:w=\"{wide}\" w:type=\"dxa\"/>"
                ));
                if columns > 1 {
                    self.xml
                        .push_str(&format!("<w:gridSpan w:val=\"{columns}\"/>"));
                }
                self.xml.push_str(merge);
                if named && !table.plain {
                    self.xml
                        .push_str("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EEF2F6\"/>");
                }
                self.xml.push_str("</w:tcPr>");
                let before = self.xml.len();
                if let Some((cell, _)) = cell {
                    let place = Place {
                        cell: true,
                        bold: named,
                        ..Place::default()
                    };
                    self.blocks(&cell.blocks, place);
                }
                if self.xml.len() == before {
                    self.xml
                        .push_str("<w:p><w:pPr><w:pStyle w:val=\"TableText\"/></w:pPr></w:p>");
                }
                self.xml.push_str("</w:tc>");
                at += columns;
            }
            self.xml.push_str("</w:tr>");
        }
    }
}

fn math(formula: &Formula, xml: &mut String) {
    let part = |name: &str, inner: &Formula, xml: &mut String| {
        xml.push_str(&format!("<m:{name}>"));
        math(inner, xml);
        xml.push_str(&format!("</m:{name}>"));
    };
    match formula {
        Formula::Row(parts) => parts.iter().for_each(|p| math(p, xml)),
        Formula::Text(text) => {
            xml.push_str("<m:r><m:rPr><m:sty m:val=\"p\"/></m:rPr><m:t xml:space=\"preserve\">");
            escape(text, xml);
            xml.push_str("</m:t></m:r>");
        }
        Formula::Fraction(above, below) => {
            xml.push_str("<m:f>");
            part("num", above, xml);
            part("den", below, xml);
            xml.push_str("</m:f>");
        }
        Formula::Scripts(base, sub, sup) => {
            let name = match (sub, sup) {
                (Some(_), Some(_)) => "sSubSup",
                (Some(_), None) => "sSub",
                (None, Some(_)) => "sSup",
                (None, None) => return math(base, xml),
            };
            xml.push_str(&format!("<m:{name}>"));
            part("e", base, xml);
            if let Some(sub) = sub {
                part("sub", sub, xml);
            }
            if let Some(sup) = sup {
                part("sup", sup, xml);
            }
            xml.push_str(&format!("</m:{name}>"));
        }
        Formula::Limits(base, sub, sup) => match (sub, sup) {
            (None, None) => math(base, xml),
            (Some(sub), None) => {
                xml.push_str("<m:limLow>");
                part("e", base, xml);
                part("lim", sub, xml);
                xml.push_str("</m:limLow>");
            }
            (sub, Some(sup)) => {
                let below = Formula::Limits(base.clone(), sub.clone(), None);
                xml.push_str("<m:limUpp>");
                part("e", &below, xml);
                part("lim", sup, xml);
                xml.push_str("</m:limUpp>");
            }
        },
        Formula::Root(inner) => {
            xml.push_str("<m:rad><m:radPr><m:degHide m:val=\"1\"/></m:radPr><m:deg/>");
            part("e", inner, xml);
            xml.push_str("</m:rad>");
        }
    }
}
