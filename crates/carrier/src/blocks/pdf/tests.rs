//! Documents made here, one feature each, and what a reader sees of them.

use super::super::testing::{lines, notes, read};
use super::super::{Limits, Noted, Reason, blocks};

/// A document of pages, whose letters are their own codes (Identity, two bytes), five hundred thousandths wide.
fn document(pages: &[String], catalog: &str, objects: &[String]) -> Vec<u8> {
    let map = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange \
        2 beginbfrange <0020> <007E> <0020> <0400> <04FF> <0400> endbfrange 1 beginbfchar <2116> <2116> endbfchar endcmap end";
    let mut all: Vec<String> = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        String::new(),
        "<< /Type /Font /Subtype /Type0 /BaseFont /Serif /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Serif /DW 500 >>".to_owned(),
        stream(map),
    ];
    let mut kids = Vec::new();
    for page in pages {
        let id = all.len() + 1;
        kids.push(format!("{id} 0 R"));
        all.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {} 0 R /Resources << /Font << /F 3 0 R >> >> >>",
            id + 1
        ));
        all.push(stream(page));
    }
    all[1] = format!(
        "<< /Type /Pages /Kids [{}] /Count {} >>",
        kids.join(" "),
        kids.len()
    );
    all.extend_from_slice(objects);
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (number, object) in all.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", number + 1).into_bytes());
    }
    let begin = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", all.len() + 1).into_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").into_bytes());
    }
    out.extend(
        format!(
            "trailer << /Size {} /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n",
            all.len() + 1
        )
        .into_bytes(),
    );
    out
}

fn stream(data: &str) -> String {
    format!("<< /Length {} >>\nstream\n{data}\nendstream", data.len())
}

/// Words that begin at a place, ten points high.
fn words(x: u32, y: u32, text: &str) -> String {
    let codes: String = text.encode_utf16().map(|c| format!("{c:04X}")).collect();
    format!("BT /F 10 Tf {x} {y} Td <{codes}> Tj ET\n")
}

fn tagged(id: u32, text: String) -> String {
    format!("/P << /MCID {id} >> BDC\n{text}EMC\n")
}

/// The lines of a grid: places of upright and of level ones.
fn grid(xs: &[u32], ys: &[u32]) -> String {
    let (x0, x1) = (xs[0], xs[xs.len() - 1]);
    let (y0, y1) = (ys[0], ys[ys.len() - 1]);
    let level = ys.iter().map(|y| format!("{x0} {y} m {x1} {y} l S\n"));
    // Some programs draw a line as a narrow area.
    let upright = xs
        .iter()
        .map(|x| format!("{x} {y0} 0.5 {} re f\n", y1 - y0));
    level.chain(upright).collect()
}

#[test]
fn cells_are_told_by_the_lines_round_them() {
    let page = words(250, 740, "План")
        + &grid(&[50, 100, 300, 400], &[600, 640, 680, 700])
        + &words(55, 685, "№")
        + &words(105, 685, "Мера")
        + &words(305, 685, "Срок")
        + &words(55, 665, "1.")
        + &words(105, 665, "Семинар для руководителей и их замести-")
        + &words(105, 652, "телей в школах")
        + &words(305, 665, "май")
        + &words(55, 625, "2.")
        + &words(105, 625, "Первое;")
        + &words(105, 612, "второе")
        + &words(305, 625, "июнь");
    let read = read("a.pdf", &document(&[page], "", &[]));
    assert_eq!(
        lines(&read),
        [
            "План",
            "| 0: № | 1: Мера | 2: Срок |",
            "| 0: 1. | 1: Семинар для руководителей и их замести-\nтелей в школах | 2: май |",
            "| 0: 2. | 1: Первое; / второе | 2: июнь |",
        ]
    );
}

#[test]
fn white_columns_are_a_table_that_is_doubtful() {
    let row =
        |y: u32, a: &str, b: &str, c: &str| words(50, y, a) + &words(100, y, b) + &words(400, y, c);
    let page = row(700, "№", "Мера", "Срок")
        + &row(680, "1.", "Семинар", "май")
        + &row(660, "2.", "Выезды в школы", "июнь")
        + &words(100, 648, "района")
        + &row(628, "3.", "Отчёт", "декабрь");
    let read = read("a.pdf", &document(&[page], "", &[]));
    assert_eq!(
        lines(&read),
        [
            "| 0: № | 1: Мера | 2: Срок |",
            "| 0: 1. | 1: Семинар | 2: май |",
            "| 0: 2. | 1: Выезды в школы района | 2: июнь |",
            "| 0: 3. | 1: Отчёт | 2: декабрь |",
        ]
    );
    assert!(notes(&read).contains(&Noted::Cells));
}

#[test]
fn a_structure_says_what_is_a_cell() {
    let page = tagged(0, words(250, 740, "План"))
        + &tagged(1, words(60, 700, "Мера"))
        + &tagged(2, words(300, 700, "Срок"))
        + &tagged(3, words(60, 680, "Первая"))
        + &tagged(4, words(300, 680, "май"))
        + &tagged(5, words(60, 660, "Вторая"))
        + "/Artifact BMC\n"
        + &words(300, 20, "7")
        + "EMC\n";
    let pg = "/Pg 6 0 R";
    let objects = vec![
        "<< /Type /StructTreeRoot /K 9 0 R /RoleMap << /Titel /H1 >> >>".to_owned(),
        format!(
            "<< /S /Document {pg} /K [<< /S /Titel {pg} /K 0 >> << /S /Table {pg} /K [\
             << /S /TR {pg} /K [<< /S /TH {pg} /K [<< /S /P {pg} /K 1 >>] >> << /S /TH {pg} /K 2 >>] >>\
             << /S /TR {pg} /K [<< /S /TD {pg} /K 3 >> << /S /TD /A << /O /Table /RowSpan 2 >> {pg} /K 4 >>] >>\
             << /S /TR {pg} /K [<< /S /TD {pg} /K 5 >>] >>] >>] >>"
        ),
    ];
    let bytes = document(&[page], "/StructTreeRoot 8 0 R", &objects);
    let read = read("a.pdf", &bytes);
    assert_eq!(
        lines(&read),
        [
            "План",
            "| 0: Мера | 1: Срок |",
            "| 0: Первая | 1x2: май |",
            "| 0: Вторая |",
        ]
    );
}

#[test]
fn a_page_that_is_a_picture_says_so() {
    let page = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q".to_owned();
    let read = read("a.pdf", &document(&[page], "", &[]));
    assert!(lines(&read).is_empty());
    assert_eq!(notes(&read), [Noted::NoText]);
}

#[test]
fn what_is_no_pdf_is_refused() {
    let refused = |bytes: &[u8]| blocks("a.pdf", bytes, &Limits::default()).err();
    assert_eq!(refused(b"%PDF-1.7\nnothing"), Some(Reason::Malformed));
    let endless = document(&["(".repeat(50_000)], "", &[]);
    assert!(blocks("a.pdf", &endless, &Limits::default()).is_ok());
}
