//! Word documents made here, one feature each, and what a reader sees of them.

use super::super::testing::{lines, notes, paragraph, read, table};
use super::super::{Align, Blocks, Limits, Noted, Reason, blocks};
use crate::tests::build::zip;

const RELATIONS: &str = r#"<Relationships>
<Relationship Id="s" Type="x/styles" Target="styles.xml"/>
<Relationship Id="n" Type="x/numbering" Target="numbering.xml"/>
<Relationship Id="f" Type="x/footnotes" Target="footnotes.xml"/>
<Relationship Id="e" Type="x/endnotes" Target="/word/endnotes.xml"/>
<Relationship Id="h1" Type="x/header" Target="header1.xml"/>
<Relationship Id="h2" Type="x/header" Target="header2.xml"/>
</Relationships>"#;

fn package(body: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>");
    let mut entries: Vec<(String, &[u8])> = vec![
        ("[Content_Types].xml".into(), b"<Types/>"),
        ("word/document.xml".into(), document.as_bytes()),
        ("word/_rels/document.xml.rels".into(), RELATIONS.as_bytes()),
    ];
    for (name, source) in parts {
        entries.push((format!("word/{name}.xml"), source.as_bytes()));
    }
    let entries: Vec<(&str, &[u8])> = entries.iter().map(|(n, d)| (n.as_str(), *d)).collect();
    zip(&entries)
}

fn document(body: &str, parts: &[(&str, &str)]) -> Blocks {
    read("a.docx", &package(body, parts))
}

fn p(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn item(list: &str, level: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(text))
}

fn level(at: u8, format: &str, text: &str, more: &str) -> String {
    format!(
        "<w:lvl w:ilvl=\"{at}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"{format}\"/>{more}<w:lvlText w:val=\"{text}\"/></w:lvl>"
    )
}

/// One definition with the levels given; lists 1 and 2 stand on it, list 3 begins anew at 5.
fn numbering(levels: &str) -> String {
    format!(
        "<w:numbering><w:abstractNum w:abstractNumId=\"7\">{levels}</w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"7\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"7\"/></w:num>\
         <w:num w:numId=\"3\"><w:abstractNumId w:val=\"7\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"5\"/></w:lvlOverride></w:num>\
         </w:numbering>"
    )
}

#[test]
fn changes_are_read_as_accepted() {
    let blocks = document(
        "<w:p><w:r><w:t xml:space=\"preserve\">до </w:t></w:r>\
         <w:del><w:r><w:delText>мая</w:delText></w:r></w:del><w:ins><w:r><w:t>июня</w:t></w:r></w:ins></w:p>\
         <w:p><w:moveFrom><w:r><w:t>ушло</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>пришло</w:t></w:r></w:moveTo></w:p>",
        &[],
    );
    assert_eq!(lines(&blocks), ["до июня", "пришло"]);
    assert_eq!(notes(&blocks), [Noted::Revisions]);
}

#[test]
fn a_deleted_paragraph_mark_joins() {
    let deleted = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>";
    let body = format!(
        "<w:p>{deleted}<w:r><w:t xml:space=\"preserve\">первая </w:t></w:r></w:p>{}\
         <w:p>{deleted}<w:del><w:r><w:delText>всё</w:delText></w:r></w:del></w:p>{}",
        p("вторая"),
        p("третья")
    );
    assert_eq!(lines(&document(&body, &[])), ["первая вторая", "третья"]);
}

#[test]
fn deleted_rows_go_and_inserted_ones_stay() {
    let row = |change: &str, text: &str| {
        format!("<w:tr><w:trPr>{change}</w:trPr>{}</w:tr>", tc("", text))
    };
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row("", "а"),
        row("<w:del/>", "б"),
        row("<w:ins/>", "в")
    );
    let blocks = document(&body, &[]);
    assert_eq!(lines(&blocks), ["| 0: а |", "| 0: в |"]);
    assert_eq!(notes(&blocks), [Noted::Revisions]);
}

#[test]
fn a_text_box_stands_before_its_anchor_and_once() {
    let inner = "<w:txbxContent><w:p><w:r><w:t>УТВЕРЖДЕНО</w:t></w:r></w:p><w:p><w:r><w:t>приказом</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing></mc:Choice>\
         <mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>\
         <w:r><w:t>План</w:t></w:r></w:p>\
         <w:p><w:pPr><w:framePr w:w=\"1\"/></w:pPr><w:r><w:t>рамка</w:t></w:r></w:p>\
         <w:p><w:pPr><w:framePr w:dropCap=\"drop\"/></w:pPr><w:r><w:t>Б</w:t></w:r></w:p>{}",
        p("уквица")
    );
    assert_eq!(
        lines(&document(&body, &[])),
        [
            "box: УТВЕРЖДЕНО",
            "box: приказом",
            "План",
            "box: рамка",
            "Буквица"
        ]
    );
}

#[test]
fn numbers_of_levels_and_letters() {
    let levels = level(0, "decimal", "%1.", "")
        + &level(1, "decimal", "%1.%2.", "")
        + &level(2, "russianLower", "%3)", "")
        + &level(3, "upperRoman", "%4", "");
    let body = item("1", 0, "а")
        + &item("1", 1, "б")
        + &p("между")
        + &item("2", 1, "в")
        + &item("1", 2, "г")
        + &item("1", 2, "д")
        + &item("3", 0, "заново")
        + &item("3", 0, "дальше")
        + &item("1", 1, "е")
        + &item("1", 3, "без третьего")
        + &item("0", 0, "без номера")
        + &item("99", 0, "неизвестный");
    let blocks = document(&body, &[("numbering", &numbering(&levels))]);
    assert_eq!(
        lines(&blocks),
        [
            "1.> а",
            "1.1.> б",
            "между",
            "1.2.> в",
            "а)> г",
            "б)> д",
            "5.> заново",
            "6.> дальше",
            "6.1.> е",
            "I> без третьего",
            "без номера",
            "неизвестный"
        ]
    );
    assert_eq!(paragraph(&blocks, "без третьего").level, 3);
}

#[test]
fn legal_none_restart_and_bullets() {
    let levels = level(0, "upperRoman", "Раздел %1", "")
        + &level(
            1,
            "decimal",
            "%1.%2",
            "<w:isLgl/><w:lvlRestart w:val=\"0\"/>",
        )
        + &level(2, "none", "", "")
        + &level(
            3,
            "bullet",
            "\u{f0b7}",
            "<w:rPr><w:rFonts w:ascii=\"Symbol\"/></w:rPr>",
        )
        + &level(4, "decimalZero", "%5", "");
    let body = item("1", 0, "а")
        + &item("1", 1, "б")
        + &item("1", 0, "в")
        + &item("1", 1, "г")
        + &item("1", 2, "д")
        + &item("1", 3, "е")
        + &item("1", 4, "ж");
    let blocks = document(&body, &[("numbering", &numbering(&levels))]);
    assert_eq!(
        lines(&blocks),
        [
            "Раздел I> а",
            "1.1> б",
            "Раздел II> в",
            "2.2> г",
            "д",
            "•> е",
            "01> ж"
        ]
    );
}

#[test]
fn numbers_from_styles() {
    let styles = "<w:styles>\
        <w:style w:type=\"paragraph\" w:styleId=\"Item\"><w:name w:val=\"Пункт\"/><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Sub\"><w:name w:val=\"Подпункт\"/><w:basedOn w:val=\"Item\"/><w:pPr><w:numPr><w:ilvl w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Bare\"><w:basedOn w:val=\"Item\"/><w:pPr><w:numPr><w:numId w:val=\"0\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Linked\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"H\"><w:name w:val=\"heading 2\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"H2\"><w:basedOn w:val=\"H\"/><w:pPr><w:jc w:val=\"center\"/></w:pPr></w:style></w:styles>";
    let levels = level(0, "decimal", "%1.", "")
        + &level(1, "decimal", "%1.%2.", "")
        + &level(2, "lowerLetter", "%3)", "<w:pStyle w:val=\"Linked\"/>");
    let styled = |style: &str, text: &str| {
        format!(
            "<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let body = styled("Item", "а")
        + &styled("Sub", "б")
        + &styled("Linked", "в")
        + &styled("Bare", "г")
        + &styled("H2", "Заголовок")
        + "<w:p><w:pPr><w:pStyle w:val=\"H\"/><w:outlineLvl w:val=\"9\"/></w:pPr><w:r><w:t>текст</w:t></w:r></w:p>";
    let blocks = document(
        &body,
        &[("styles", styles), ("numbering", &numbering(&levels))],
    );
    assert_eq!(
        lines(&blocks),
        ["1.> а", "1.1.> б", "a)> в", "г", "Заголовок", "текст"]
    );
    let heading = paragraph(&blocks, "Заголовок");
    assert_eq!((heading.heading, heading.align), (Some(2), Align::Center));
    assert_eq!(paragraph(&blocks, "текст").heading, None);
}

#[test]
fn numbers_of_a_style_of_lists() {
    let styles = "<w:styles><w:style w:type=\"numbering\" w:styleId=\"L\"><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>";
    let numbering = format!(
        "<w:numbering><w:abstractNum w:abstractNumId=\"1\"><w:styleLink w:val=\"L\"/>{}</w:abstractNum>\
         <w:abstractNum w:abstractNumId=\"2\"><w:numStyleLink w:val=\"L\"/></w:abstractNum>\
         <w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num><w:num w:numId=\"2\"><w:abstractNumId w:val=\"2\"/></w:num></w:numbering>",
        level(0, "decimal", "%1)", "")
    );
    let blocks = document(
        &item("2", 0, "а"),
        &[("styles", styles), ("numbering", &numbering)],
    );
    assert_eq!(lines(&blocks), ["1)> а"]);
}

#[test]
fn a_numbered_empty_cell_shows_its_number() {
    let row = "<w:tr><w:tc><w:p><w:pPr><w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>";
    let levels = level(0, "decimal", "%1.", "");
    let blocks = document(
        &format!("<w:tbl>{row}{row}</w:tbl>"),
        &[("numbering", &numbering(&levels))],
    );
    assert_eq!(lines(&blocks), ["| 0: 1.>  | 1:  |", "| 0: 2.>  | 1:  |"]);
}

#[test]
fn spans_and_merges() {
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr>\
         <w:tr><w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}</w:tr></w:tbl>",
        tc("<w:vMerge w:val=\"restart\"/>", "№"),
        tc("<w:gridSpan w:val=\"2\"/>", "Сроки"),
        tc("<w:vMerge/>", ""),
        tc("", "начало"),
        tc("<w:vMerge w:val=\"restart\"/>", "конец"),
        tc("<w:vMerge w:val=\"continue\"/>", ""),
        tc("", "май"),
        tc("<w:vMerge/>", ""),
        tc("<w:gridSpan w:val=\"2\"/>", "внизу"),
    );
    let blocks = document(&body, &[]);
    assert_eq!(
        lines(&blocks),
        [
            "| 0x3: № | 1+1: Сроки |",
            "| 1: начало | 2x2: конец |",
            "| 1: май |",
            "| 1+1: внизу |"
        ]
    );
    let grid = table(&blocks, 0);
    assert!(grid.rows[0].head && !grid.rows[1].head);
    assert_eq!((grid.columns, grid.rows[2].at.row), (3, 3));
    assert_eq!(grid.rows[3].cells[0].at.cell, 2);
    assert!(blocks.notes.is_empty());
}

#[test]
fn a_merge_that_begins_nowhere_is_told() {
    let body = format!(
        "<w:tbl><w:tr>{}{}</w:tr></w:tbl>",
        tc("<w:vMerge/>", "а"),
        tc("", "б")
    );
    let blocks = document(&body, &[]);
    assert_eq!(lines(&blocks), ["| 0: а | 1: б |"]);
    assert_eq!(notes(&blocks), [Noted::Cells]);
}

#[test]
fn edges_a_millimetre_apart_are_one() {
    let body = format!(
        "<w:tbl><w:tblGrid><w:gridCol w:w=\"600\"/><w:gridCol w:w=\"60\"/><w:gridCol w:w=\"5000\"/></w:tblGrid>\
         <w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        tc("", "№"),
        tc("<w:gridSpan w:val=\"2\"/>", "Мера"),
        tc("<w:gridSpan w:val=\"2\"/>", "1"),
        tc("", "Семинар"),
    );
    let blocks = document(&body, &[]);
    assert_eq!(
        lines(&blocks),
        ["| 0: № | 1: Мера |", "| 0: 1 | 1: Семинар |"]
    );
    assert_eq!(table(&blocks, 0).columns, 2);
}

#[test]
fn content_controls_are_unwrapped() {
    let body = format!(
        "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>\
         <w:p><w:sdt><w:sdtContent><w:r><w:t>дата</w:t></w:r></w:sdtContent></w:sdt></w:p>\
         <w:tbl><w:sdt><w:sdtContent><w:tr>{}<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt></w:tr></w:sdtContent></w:sdt></w:tbl>",
        p("блок"),
        tc("", "а"),
        tc("", "б")
    );
    assert_eq!(
        lines(&document(&body, &[])),
        ["блок", "дата", "| 0: а | 1: б |"]
    );
}

#[test]
fn a_table_in_a_cell_follows_and_is_told() {
    let inner = format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", tc("", "внутри"));
    let body = format!(
        "<w:tbl><w:tr><w:tc>{}{inner}{}</w:tc></w:tr></w:tbl>",
        p("до"),
        p("после")
    );
    let blocks = document(&body, &[]);
    assert_eq!(lines(&blocks), ["| 0: до / после |", "| 0: внутри |"]);
    assert_eq!(notes(&blocks), [Noted::Nested]);
}

#[test]
fn hidden_text_is_left_out_unless_unhidden() {
    let styles = "<w:styles>\
        <w:style w:type=\"character\" w:styleId=\"Secret\"><w:rPr><w:vanish/></w:rPr></w:style>\
        <w:style w:type=\"character\" w:styleId=\"Deep\"><w:basedOn w:val=\"Secret\"/></w:style>\
        <w:style w:type=\"paragraph\" w:styleId=\"Gone\"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>";
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>")
    };
    let body = format!(
        "<w:p>{}{}{}{}{}</w:p><w:p><w:pPr><w:pStyle w:val=\"Gone\"/></w:pPr>{}</w:p>{}",
        run("", "а"),
        run("<w:vanish/>", "б"),
        run("<w:rStyle w:val=\"Deep\"/>", "в"),
        run("<w:rStyle w:val=\"Deep\"/><w:vanish w:val=\"0\"/>", "г"),
        run("<w:vanish w:val=\"false\"/>", "д"),
        run("", "нет"),
        p("есть")
    );
    let blocks = document(&body, &[("styles", styles)]);
    assert_eq!(lines(&blocks), ["агд", "есть"]);
    assert_eq!(notes(&blocks), [Noted::HiddenText]);
}

#[test]
fn fields_give_their_results() {
    let char = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let t = |text: &str| format!("<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let code = "<w:r><w:instrText>DATE</w:instrText></w:r>";
    let inner = format!(
        "{}{code}{}{}{}",
        char("begin"),
        char("separate"),
        t("внутри"),
        char("end")
    );
    let body = format!(
        "<w:p>{}{}{code}{inner}{}{}{}{}</w:p><w:p><w:fldSimple w:instr=\"X\">{}</w:fldSimple><w:hyperlink>{}</w:hyperlink></w:p>",
        t("до "),
        char("begin"),
        char("separate"),
        t("5 мая"),
        char("end"),
        t(" срок"),
        t("простое "),
        t("ссылка"),
    );
    assert_eq!(
        lines(&document(&body, &[])),
        ["до 5 мая срок", "простое ссылка"]
    );
    // A field that never ends hides nothing.
    let body = format!("<w:p>{}{}</w:p>", char("begin"), t("видно"));
    assert_eq!(lines(&document(&body, &[])), ["видно"]);
}

#[test]
fn signs_breaks_and_formulas() {
    let body = "<w:p><w:r><w:t>1</w:t><w:noBreakHyphen/><w:t>2</w:t><w:softHyphen/><w:tab/><w:t>а</w:t><w:br/><w:t>б</w:t>\
        <w:sym w:font=\"Wingdings\" w:char=\"F0FC\"/></w:r></w:p>\
        <w:p><m:oMath><m:r><m:t>Д =</m:t></m:r><m:f><m:num><m:r><m:t>а×2</m:t></m:r></m:num><m:den>\
        <m:sSub><m:e><m:r><m:t>б</m:t></m:r></m:e><m:sub><m:r><m:t>1</m:t></m:r></m:sub></m:sSub></m:den></m:f></m:oMath></w:p>";
    let blocks = document(body, &[]);
    assert_eq!(
        lines(&blocks),
        ["1\u{2011}2\tа\nб✓", r"$Д\ =\frac{а\times 2}{{б}_{1}}$"]
    );
    assert!(blocks.notes.is_empty());
}

#[test]
fn notes_follow_the_block_that_refers_to_them() {
    let note = |id: &str, text: &str| format!("<w:footnote w:id=\"{id}\">{}</w:footnote>", p(text));
    let footnotes = format!(
        "<w:footnotes>{}{}</w:footnotes>",
        note("2", "первая"),
        note("3", "вторая")
    );
    let endnotes = format!(
        "<w:endnotes><w:endnote w:id=\"2\">{}</w:endnote></w:endnotes>",
        p("в конце")
    );
    let body = format!(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>ячейка</w:t><w:footnoteReference w:id=\"2\"/></w:r></w:p></w:tc></w:tr></w:tbl>\
         <w:p><w:r><w:t>текст</w:t><w:footnoteReference w:id=\"3\" w:customMarkFollows=\"1\"/><w:t>*</w:t></w:r>\
         <w:r><w:endnoteReference w:id=\"2\"/></w:r></w:p>{}",
        p("дальше")
    );
    let blocks = document(&body, &[("footnotes", &footnotes), ("endnotes", &endnotes)]);
    assert_eq!(
        lines(&blocks),
        [
            "| 0: ячейка[^1] |",
            "note 1: первая",
            "текст[^*][^i]",
            "note *: вторая",
            "note i: в конце",
            "дальше"
        ]
    );
}

#[test]
fn heads_of_pages_are_told_apart() {
    let section = "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h1\"/><w:headerReference w:type=\"first\" r:id=\"h2\"/></w:sectPr>";
    let header = |text: &str| format!("<w:hdr>{}</w:hdr>", p(text));
    let body = format!("{}{section}", p("текст"));
    let blocks = document(
        &body,
        &[
            ("header1", &header("Министерство")),
            ("header2", &header("первая")),
        ],
    );
    assert_eq!(lines(&blocks), ["running: Министерство", "текст"]);
    let blocks = document(&body, &[("header1", &header("- 2 -"))]);
    assert_eq!(lines(&blocks), ["текст"]);
}

#[test]
fn pages_by_words_marks_and_by_typed_breaks() {
    let mark = "<w:lastRenderedPageBreak/>";
    let body = format!(
        "{}<w:p><w:r>{mark}<w:t>вторая</w:t></w:r></w:p><w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>\
         <w:p><w:r>{mark}<w:t>третья</w:t></w:r></w:p>\
         <w:tbl><w:tr><w:tc><w:p><w:r><w:t>а</w:t>{mark}<w:t>б</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>в</w:t>{mark}<w:t>г</w:t></w:r></w:p></w:tc></w:tr>\
         <w:tr>{}</w:tr></w:tbl>\
         <w:p><w:r><w:t>раз</w:t><w:br w:type=\"page\"/><w:t>два</w:t></w:r></w:p>\
         <w:p><w:pPr><w:sectPr/></w:pPr></w:p>{}<w:sectPr><w:type w:val=\"nextPage\"/></w:sectPr>",
        p("первая"),
        tc("", "д"),
        p("новый раздел")
    );
    let blocks = document(&body, &[]);
    let page = |text: &str| {
        let p = paragraph(&blocks, text);
        (p.at.page, p.new_page)
    };
    assert_eq!(page("первая"), (1, false));
    assert_eq!(page("вторая"), (2, true));
    assert_eq!(page("третья"), (3, true));
    let grid = table(&blocks, 0);
    let rows: Vec<(u32, bool)> = grid.rows.iter().map(|r| (r.at.page, r.new_page)).collect();
    assert_eq!(rows, [(3, true), (4, false)]);
    assert_eq!(page("раз"), (4, false));
    assert_eq!(page("два"), (5, true));
    assert_eq!(page("новый раздел"), (6, true));
}

#[test]
fn pages_are_unknown_where_word_has_not_counted() {
    let body = format!("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>{}", p("а"));
    let blocks = document(&body, &[]);
    let p = paragraph(&blocks, "а");
    assert_eq!((p.at.page, p.at.line, p.new_page), (0, 1, true));
}

#[test]
fn comments_pictures_and_hidden_rows_are_told() {
    let body = format!(
        "<w:p><w:r><w:t>а</w:t><w:commentReference w:id=\"1\"/></w:r><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>\
         <w:tbl><w:tr><w:trPr><w:hidden/></w:trPr>{0}</w:tr><w:tr>{0}</w:tr></w:tbl>",
        tc("", "б")
    );
    let blocks = document(&body, &[]);
    assert_eq!(lines(&blocks), ["а", "| 0: б |"]);
    assert_eq!(
        notes(&blocks),
        [Noted::Comments, Noted::Picture, Noted::HiddenRow]
    );
}

#[test]
fn small_figures_behind_a_number() {
    let small = |text: &str| {
        format!("<w:r><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>{text}</w:t></w:r>")
    };
    let body = format!(
        "<w:p><w:r><w:t>Школ 112</w:t></w:r>{}<w:r><w:t>, 10 м</w:t></w:r>{}<w:r><w:t>, 2</w:t></w:r>{}</w:p>",
        small("1"),
        small("2"),
        small("ой"),
    );
    assert_eq!(lines(&document(&body, &[])), ["Школ 112¹, 10 м², 2ой"]);
}

#[test]
fn bold_and_sides() {
    let body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">все </w:t></w:r><w:r><w:rPr><w:b w:val=\"1\"/></w:rPr><w:t>буквы</w:t></w:r></w:p>\
        <w:p><w:pPr><w:ind w:left=\"5103\"/></w:pPr><w:r><w:t>справа</w:t></w:r></w:p>\
        <w:p><w:r><w:tab/><w:tab/><w:tab/><w:tab/><w:tab/><w:t>табуляция</w:t></w:r></w:p>";
    let blocks = document(body, &[]);
    assert!(paragraph(&blocks, "все буквы").bold);
    assert_eq!(paragraph(&blocks, "справа").align, Align::End);
    assert_eq!(paragraph(&blocks, "табуляция").align, Align::End);
}

#[test]
fn what_cannot_be_taken_over_says_why() {
    let refused = |bytes: &[u8], limits: &Limits| blocks("a.docx", bytes, limits).unwrap_err();
    let limits = Limits::default();
    assert_eq!(refused(b"PK\x03\x04word/", &limits), Reason::Unsupported);
    assert_eq!(
        refused(&zip(&[("word/document.xml", b"<a><b></a>")]), &limits),
        Reason::Malformed
    );
    let bomb = format!(
        "<w:document><w:body>{}</w:body></w:document>",
        " ".repeat(8 << 20)
    );
    assert_eq!(
        refused(&zip(&[("word/document.xml", bomb.as_bytes())]), &limits),
        Reason::Bomb
    );
    let mut locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refused(&locked, &limits), Reason::Encrypted);
    let few = Limits {
        max_fragments: 3,
        ..limits
    };
    let blocks = blocks("a.docx", &package(&p("а").repeat(9), &[]), &few).unwrap();
    assert_eq!(blocks.blocks.len(), 3);
    assert_eq!(notes(&blocks), [Noted::Cut]);
}
