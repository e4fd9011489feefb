//! Office documents and PDF.

use super::build::{assemble, docx, paragraph, pdf, zip};
use super::*;

#[test]
fn docx_runs_and_revisions() {
    let body = paragraph(&["В При", "реч", "ной школе"]);
    finds("a.docx", &docx(&body, &[]), "Приречной школе");
    // A document by another name is still a document.
    finds("a.txt", &docx(&body, &[]), "Приречной школе");
    let body = "<w:p><w:r><w:t>При</w:t></w:r><w:del><w:r><w:delText>вет</w:delText></w:r></w:del><w:r><w:t>речная</w:t></w:r></w:p>";
    finds("a.docx", &docx(body, &[]), "Приречная");
    let body = "<w:p><w:r><w:t>При</w:t></w:r><w:del><w:r><w:delText>речная</w:delText></w:r></w:del><w:ins><w:r><w:t>вет</w:t></w:r></w:ins></w:p>";
    finds("a.docx", &docx(body, &[]), "Приречная");
    finds("a.docx", &docx(body, &[]), "Привет");
    let body = "<w:p><w:r><w:t>При</w:t></w:r> <w:r>\n<w:t>речная</w:t></w:r></w:p>";
    finds("a.docx", &docx(body, &[]), "Приречная");
    let body = "<w:p><w:r><w:t>При</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>шум</w:t></w:r><w:r><w:t>речная</w:t></w:r></w:p>";
    finds("a.docx", &docx(body, &[]), "Приречная");
    let body = "<w:p><w:r><w:t>При</w:t><w:softHyphen/><w:t>речная</w:t></w:r></w:p>";
    finds("a.docx", &docx(body, &[]), "При\u{ad}речная");
}

/// «№ 112» with the mark of a note is not № 1121; a number of which half is set small is still whole somewhere.
#[test]
fn digits_set_small_are_none_of_the_number_before() {
    let run = |properties: &str, text: &str| format!("<w:r>{properties}<w:t>{text}</w:t></w:r>");
    let small = "<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr>";
    let slide = "<a:rPr baseline=\"30000\"/>";
    for (properties, before, seen) in [
        (small, "СОШ № 112", "СОШ № 112¹ города"),
        (slide, "СОШ № 112", "СОШ № 112¹ города"),
        ("", "СОШ № 112", "СОШ № 1121 города"),
        (small, "СОШ № ", "СОШ № 1 города"),
    ] {
        let (before, mark) = (run("", before), run(properties, "1"));
        let body = format!("<w:p>{before}{mark}{}</w:p>", run("", " города"));
        finds("a.docx", &docx(&body, &[]), seen);
    }
    let body = format!("<w:p>{}{}</w:p>", run("", "СОШ № 1"), run(small, "12"));
    finds("a.docx", &docx(&body, &[]), "СОШ № 112");
}

#[test]
fn docx_other_parts() {
    let body = "<w:p><w:r><w:instrText>HYPERLINK \"http://x.ru/%D0%9F%D1%80иречная\"</w:instrText></w:r></w:p>\
        <w:p><wp:docPr id=\"1\" descr=\"Дальняя школа\"/></w:p>";
    let more: &[(&str, &[u8])] = &[
        ("docProps/core.xml", "<cp:coreProperties><dc:title>Лесная</dc:title><dc:creator>Луговая</dc:creator></cp:coreProperties>".as_bytes()),
        ("word/footnotes.xml", "<w:footnotes><w:p><w:r><w:t>Снос</w:t></w:r><w:r><w:t>ка</w:t></w:r></w:p></w:footnotes>".as_bytes()),
        ("word/_rels/document.xml.rels", "<Relationships><Relationship Id=\"r\" Target=\"http://x.ru/%D0%A0%D0%B5ка\"/></Relationships>".as_bytes()),
        ("word/media/image1.png", &build::png(b"tEXt", "Comment\0Озёрная".as_bytes())),
    ];
    let file = docx(body, more);
    for wanted in [
        "Приречная",
        "Дальняя школа",
        "Лесная",
        "Луговая",
        "Сноска",
        "Река",
        "Озёрная",
    ] {
        finds("a.docx", &file, wanted);
    }
    clear("a.docx", &file);
    let (_, outcome) = lift("a.docx", &file);
    assert_eq!(outcome.pictures.len(), 1);
    assert_eq!(outcome.pictures[0].part, "word/media/image1.png");
    assert_eq!(outcome.format, Format::Docx);
}

#[test]
fn docx_tables() {
    let cell = |pr: &str, text: &str| {
        format!(
            "<w:tc><w:tcPr>{pr}</w:tcPr>{}</w:tc>",
            if text.is_empty() {
                "<w:p/>".into()
            } else {
                paragraph(&[text])
            }
        )
    };
    let start = "<w:vMerge w:val=\"restart\"/>";
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        cell(start, "Луговой"),
        cell("", "Школа 1"),
        cell("<w:vMerge/>", ""),
        cell("", "Школа 2"),
        cell("", "Лесной"),
        cell("", "Школа 3"),
    );
    let file = docx(&body, &[]);
    assert_eq!(cells("a.docx", &file, "Луговой"), [(0, 0), (1, 0)]);
    assert_eq!(cells("a.docx", &file, "Школа 2"), [(1, 1)]);
    assert_eq!(cells("a.docx", &file, "Лесной"), [(2, 0)]);
    assert_eq!(cells("a.docx", &file, "Школа 3"), [(2, 1)]);
}

#[test]
fn docx_headings() {
    let styles =
        "<w:styles><w:style w:styleId=\"a7\"><w:name w:val=\"heading 2\"/></w:style></w:styles>"
            .as_bytes();
    let body =
        "<w:p><w:pPr><w:pStyle w:val=\"a7\"/></w:pPr><w:r><w:t>Луговой район</w:t></w:r></w:p>";
    let (all, _) = lift("a.docx", &docx(body, &[("word/styles.xml", styles)]));
    assert!(
        all.contains(&(Role::Heading(2), "Луговой район".into())),
        "{all:?}"
    );
}

#[test]
fn xlsx() {
    let file = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("xl/workbook.xml", "<workbook><sheets><sheet name=\"Скрытый\" state=\"veryHidden\" sheetId=\"1\" r:id=\"rId1\"/></sheets><definedNames><definedName name=\"Имя\">Лесная</definedName></definedNames></workbook>".as_bytes()),
        ("xl/_rels/workbook.xml.rels", b"<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/sharedStrings.xml", "<sst><si><t>Район</t></si><si><r><t>При</t></r><r><t>речная</t></r></si><si><t>Забытая</t></si></sst>".as_bytes()),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c></row><row r=\"3\"><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"C3\" t=\"inlineStr\"><is><t>Дальняя</t></is></c></row></sheetData><mergeCells><mergeCell ref=\"A1:A3\"/></mergeCells><headerFooter><oddHeader>&amp;LЛуговая</oddHeader></headerFooter></worksheet>".as_bytes()),
        ("xl/comments1.xml", "<comments><comment ref=\"A1\"><text><r><t>Озёр</t></r><r><t>ная</t></r></text></comment></comments>".as_bytes()),
    ]);
    assert_eq!(cells("a.xlsx", &file, "Приречная"), [(2, 1)]);
    assert_eq!(cells("a.xlsx", &file, "Дальняя"), [(2, 2)]);
    assert_eq!(cells("a.xlsx", &file, "Район"), [(0, 0), (2, 0)]);
    for wanted in ["Скрытый", "Лесная", "Забытая", "Луговая", "Озёрная"]
    {
        finds("a.xlsx", &file, wanted);
    }
    clear("a.xlsx", &file);
    assert_eq!(lift("a.zip", &file).1.format, Format::Xlsx);
}

#[test]
fn odf() {
    let content = "<office:document-content><office:body><office:text><text:h text:outline-level=\"2\">Луговой район</text:h>\
        <text:p>При<text:span>реч</text:span>ная<office:annotation><text:p>Заметка</text:p></office:annotation></text:p>\
        <table:table table:name=\"Т\"><table:table-row><table:table-cell table:number-rows-spanned=\"2\"><text:p>Лесной</text:p></table:table-cell>\
        <table:table-cell><text:p>Школа 1</text:p></table:table-cell></table:table-row><table:table-row><table:covered-table-cell/>\
        <table:table-cell><text:p>Школа 2</text:p></table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>";
    let file = zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        (
            "meta.xml",
            "<office:document-meta><dc:title>Озёрная</dc:title></office:document-meta>".as_bytes(),
        ),
        ("META-INF/manifest.xml", b"<manifest:manifest/>"),
    ]);
    for wanted in ["Приречная", "Заметка", "Озёрная"] {
        finds("a.odt", &file, wanted);
    }
    assert_eq!(cells("a.odt", &file, "Лесной"), [(0, 0), (1, 0)]);
    assert_eq!(cells("a.odt", &file, "Школа 2"), [(1, 1)]);
    clear("a.odt", &file);
}

#[test]
fn pptx() {
    let slide = "<p:sld><p:sp><p:nvPr><p:ph type=\"title\"/></p:nvPr><p:txBody><a:p><a:r><a:t>При</a:t></a:r><a:r><a:t>речная</a:t></a:r></a:p></p:txBody></p:sp></p:sld>";
    let file = zip(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("ppt/slides/slide1.xml", slide.as_bytes()),
        (
            "ppt/notesSlides/notesSlide1.xml",
            "<p:notes><a:p><a:r><a:t>Заметка</a:t></a:r></a:p></p:notes>".as_bytes(),
        ),
    ]);
    assert!(
        lift("a.pptx", &file)
            .0
            .contains(&(Role::Heading(1), "Приречная".into()))
    );
    finds("a.pptx", &file, "Заметка");
}

#[test]
fn pdf_text() {
    let file = pdf(&[&["В Прир", "ечной школе"], &["и дальше"]], true);
    finds("a.pdf", &file, "В Приречной школе\nи дальше");
    clear("a.pdf", &file);
    refused("a.pdf", &pdf(&[&["Приречная"]], false), Reason::Unmapped);
}

/// A PDF of one font that shows these codes of two bytes by this map.
fn mapped(codes: &str, map: &str) -> Vec<u8> {
    let content = format!("BT /F1 10 Tf 9 9 Td <{codes}> Tj ET");
    let map =
        format!("begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange {map} endcmap");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Body /Encoding /Identity-H /DescendantFonts [6 0 R] /ToUnicode 7 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Body /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 500 >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{map}\nendstream", map.len()),
    ];
    assemble(&objects, "")
}

/// The ways in which programs say which letter a code is.
#[test]
fn pdf_letter_maps() {
    for (codes, map, text) in [
        // One by one, also without room and in capitals.
        (
            "00010002",
            "2 beginbfchar <0001><0440> <0002><043E> endbfchar",
            "ро",
        ),
        // A run of letters, and a run of one.
        (
            "0011000600100001",
            "1 beginbfrange <0001> <0020> <0430> endbfrange",
            "репа",
        ),
        (
            "0005",
            "1 beginbfrange <0005> <0005> <0451> endbfrange",
            "ё",
        ),
        // A list of targets.
        (
            "000700080009",
            "1 beginbfrange <0007> <0009> [<0441> <0435> <043b>] endbfrange",
            "сел",
        ),
        // A ligature, and a letter beyond the first plane.
        ("0003", "1 beginbfchar <0003> <00660066> endbfchar", "ff"),
        (
            "0004",
            "1 beginbfchar <0004> <d835dc00> endbfchar",
            "\u{1d400}",
        ),
        // Several blocks of both sorts.
        (
            "00010030",
            "1 beginbfchar <0001> <043b> endbfchar 1 beginbfrange <0030> <003f> <0435> endbfrange",
            "ле",
        ),
    ] {
        let file = mapped(codes, map);
        finds("a.pdf", &file, text);
        clear("a.pdf", &file);
    }
    // A code that the map leaves out is a letter that nobody can read.
    let map = "1 beginbfchar <0001> <0440> endbfchar";
    refused("a.pdf", &mapped("00010002", map), Reason::Unmapped);
}

#[test]
fn pdf_elsewhere() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Annots [5 0 R] >>".to_owned(),
        format!(
            "<< /Title <feff{}> >>",
            build::utf16be("Приречная")
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect::<String>()
        ),
        format!(
            "<< /Type /Annot /Subtype /Text /Contents <feff{}> >>",
            build::utf16be("Дальняя")
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect::<String>()
        ),
    ];
    let file = assemble(&objects, "/Info 4 0 R");
    let (all, outcome) = lift("a.pdf", &file);
    assert!(all.contains(&(Role::Title, "Приречная".into())), "{all:?}");
    assert!(all.iter().any(|(_, t)| t == "Дальняя"), "{all:?}");
    assert!(outcome.unreadable.is_empty(), "{:?}", outcome.unreadable);
    refused("a.pdf", &file[..file.len() / 3], Reason::Malformed);
}

#[test]
fn documents_in_one_file() {
    let file = "<?xml version=\"1.0\"?><office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">\
        <text:p><text:span>При</text:span><text:span>речная</text:span></text:p></office:document>";
    finds("a.fodt", file.as_bytes(), "Приречная");
    let file = "<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"http://schemas.microsoft.com/office/word/2003/wordml\">\
        <w:p><w:r><w:t>При</w:t></w:r><w:r><w:t>речная</w:t></w:r></w:p></w:wordDocument>";
    finds("a.xml", file.as_bytes(), "Приречная");
}

#[test]
fn pdf_with_letters_of_one_byte() {
    let hex: String = encoding_rs::WINDOWS_1251
        .encode("Приречная")
        .0
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    let content = format!("BT /F1 10 Tf 9 9 Td <{hex}> Tj ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
    ];
    finds("a.pdf", &assemble(&objects, ""), "Приречная");
}
