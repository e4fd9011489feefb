//! OpenDocument files made here, one feature each, and what a reader sees of them.

use super::super::testing::{lines, notes, paragraph, read, table};
use super::super::{Align, Blocks, Limits, Noted, Reason, blocks};
use crate::tests::build::zip;

fn package(automatic: &str, body: &str, styles: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content><office:automatic-styles>{automatic}</office:automatic-styles><office:body>{body}</office:body></office:document-content>"
    );
    let styles = format!("<office:document-styles>{styles}</office:document-styles>");
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("styles.xml", styles.as_bytes()),
    ])
}

fn text(automatic: &str, body: &str) -> Blocks {
    let body = format!("<office:text>{body}</office:text>");
    read("a.odt", &package(automatic, &body, ""))
}

fn sheets(automatic: &str, body: &str) -> Blocks {
    let body = format!("<office:spreadsheet>{body}</office:spreadsheet>");
    read("a.ods", &package(automatic, &body, ""))
}

fn p(text: &str) -> String {
    format!("<text:p>{text}</text:p>")
}

fn item(inner: &str) -> String {
    format!("<text:list-item>{inner}</text:list-item>")
}

fn cell(attributes: &str, text: &str) -> String {
    format!(
        "<table:table-cell {attributes}>{}</table:table-cell>",
        p(text)
    )
}

const LISTS: &str = "<text:list-style style:name=\"L\">\
    <text:list-level-style-number text:level=\"1\" style:num-format=\"1\" style:num-suffix=\".\"/>\
    <text:list-level-style-number text:level=\"2\" style:num-format=\"1\" style:num-suffix=\".\" text:display-levels=\"2\"/>\
    <text:list-level-style-number text:level=\"3\" style:num-format=\"а, б, .., аа, бб, ... (ru)\" loext:num-list-format=\"%3%)\"/>\
    </text:list-style>\
    <text:list-style style:name=\"B\"><text:list-level-style-bullet text:level=\"1\" text:bullet-char=\"\u{f0b7}\"/></text:list-style>";

#[test]
fn blanks_tabs_and_breaks() {
    let blocks = text(
        "",
        "<text:p>  один\n  два<text:s text:c=\"2\"/>три<text:tab/>а<text:line-break/>б <text:span>в</text:span>\u{ad}г</text:p>",
    );
    assert_eq!(lines(&blocks), ["один два  три\tа\nб вг"]);
}

#[test]
fn lists_count_go_on_and_begin_anew() {
    let list = |more: &str, inner: &str| {
        format!("<text:list text:style-name=\"L\" {more}>{inner}</text:list>")
    };
    let inner = |inner: &str| format!("<text:list>{inner}</text:list>");
    let deep = item(&inner(&item(&inner(&(item(&p("а")) + &item(&p("б")))))));
    let first = p("первый") + &p("без номера") + &inner(&(item(&p("под")) + &item(&p("под"))));
    let body = list("xml:id=\"one\"", &(item(&first) + &deep))
        + &p("между")
        + &list("text:continue-numbering=\"true\"", &item(&p("второй")))
        + &list("", &item(&p("заново")))
        + &list("text:continue-list=\"one\"", &item(&p("третий")))
        + &list(
            "",
            "<text:list-item text:start-value=\"7\"><text:p>седьмой</text:p></text:list-item><text:list-header><text:p>голова</text:p></text:list-header>",
        )
        + "<text:list text:style-name=\"B\"><text:list-item><text:p>знак</text:p></text:list-item></text:list>";
    let blocks = text(LISTS, &body);
    assert_eq!(
        lines(&blocks),
        [
            "1.> первый",
            "без номера",
            "1.1.> под",
            "1.2.> под",
            "а)> а",
            "б)> б",
            "между",
            "2.> второй",
            "1.> заново",
            "3.> третий",
            "7.> седьмой",
            "голова",
            "•> знак"
        ]
    );
    assert_eq!(paragraph(&blocks, "под").level, 1);
}

#[test]
fn headings_with_numbers_of_their_own() {
    let styles = "<office:styles><text:outline-style><text:outline-level-style text:level=\"1\" style:num-format=\"I\" style:num-suffix=\".\"/></text:outline-style></office:styles>";
    let body = "<office:text><text:h text:outline-level=\"1\">Общее</text:h><text:h text:outline-level=\"1\">Разное</text:h><text:h text:outline-level=\"2\">без</text:h></office:text>";
    let blocks = read("a.odt", &package("", body, styles));
    assert_eq!(lines(&blocks), ["I.> Общее", "II.> Разное", "без"]);
    assert_eq!(paragraph(&blocks, "без").heading, Some(2));
}

#[test]
fn styles_tell_bold_sides_and_hidden() {
    let styles = "<style:style style:name=\"P\" style:family=\"paragraph\"><style:paragraph-properties fo:text-align=\"center\"/><style:text-properties fo:font-weight=\"bold\"/></style:style>\
        <style:style style:name=\"Q\" style:family=\"paragraph\" style:parent-style-name=\"P\"><style:paragraph-properties fo:text-align=\"start\" fo:margin-left=\"9cm\"/></style:style>\
        <style:style style:name=\"H\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>";
    let body = "<text:p text:style-name=\"P\">Центр</text:p><text:p text:style-name=\"Q\">Справа</text:p>\
        <text:p>вид<text:span text:style-name=\"H\">но не</text:span>но</text:p>\
        <text:section text:display=\"none\"><text:p>раздел</text:p></text:section>\
        <text:p>а<text:hidden-text text:is-hidden=\"true\">нет</text:hidden-text></text:p>\
        <text:p>нет<text:hidden-paragraph text:is-hidden=\"true\"/></text:p>";
    let blocks = text(styles, body);
    assert_eq!(lines(&blocks), ["Центр", "Справа", "видно", "а"]);
    let (a, b) = (paragraph(&blocks, "Центр"), paragraph(&blocks, "Справа"));
    assert_eq!((a.align, a.bold), (Align::Center, true));
    assert_eq!((b.align, b.bold), (Align::End, true));
    assert_eq!(notes(&blocks), [Noted::HiddenText]);
}

#[test]
fn changes_notes_boxes_and_comments() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>удалено</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:p>до<text:change/> июня<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>сноска</text:p></text:note-body></text:note>\
        <office:annotation><text:p>замечание</text:p></office:annotation>\
        <draw:frame><draw:text-box><text:p>УТВЕРЖДЕНО</text:p></draw:text-box></draw:frame>\
        <draw:custom-shape><text:p>в фигуре</text:p></draw:custom-shape><draw:frame><draw:image/></draw:frame></text:p>\
        <text:p>ссылка <text:a>слова</text:a> от <text:date>5 мая</text:date></text:p>";
    let blocks = text("", body);
    assert_eq!(
        lines(&blocks),
        [
            "box: УТВЕРЖДЕНО",
            "box: в фигуре",
            "до июня[^1]",
            "note 1: сноска",
            "ссылка слова от 5 мая"
        ]
    );
    assert_eq!(
        notes(&blocks),
        [Noted::Revisions, Noted::Comments, Noted::Picture]
    );
}

#[test]
fn tables_with_spans_and_heads() {
    let columns = "<style:style style:name=\"W\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"4cm\"/></style:style>\
        <style:style style:name=\"N\" style:family=\"table-column\"><style:table-column-properties style:column-width=\"0.1cm\"/></style:style>";
    let body = format!(
        "<table:table><table:table-column table:style-name=\"W\"/><table:table-column table:style-name=\"N\"/><table:table-column table:style-name=\"W\" table:number-columns-repeated=\"2\"/>\
         <table:table-header-rows><table:table-row>{}<table:covered-table-cell/>{}<table:covered-table-cell/></table:table-row></table:table-header-rows>\
         <table:table-row>{}{}<table:covered-table-cell/>{}</table:table-row>\
         <table:table-row><table:covered-table-cell/>{}<table:covered-table-cell/><table:table-cell><table:table><table:table-row>{}</table:table-row></table:table></table:table-cell></table:table-row></table:table>",
        cell("table:number-columns-spanned=\"2\"", "№"),
        cell("table:number-columns-spanned=\"2\"", "Сроки"),
        cell("table:number-rows-spanned=\"9\"", "1"),
        cell("table:number-columns-spanned=\"2\"", "начало"),
        cell("", "конец"),
        cell("table:number-columns-spanned=\"2\"", "май"),
        cell("", "внутри")
    );
    let blocks = text(columns, &body);
    assert_eq!(
        lines(&blocks),
        [
            "| 0: № | 1+1: Сроки |",
            "| 0x2: 1 | 1: начало | 2: конец |",
            "| 1: май | 2:  |",
            "| 0: внутри |"
        ]
    );
    assert!(table(&blocks, 0).rows[0].head);
    assert_eq!(notes(&blocks), [Noted::Nested]);
}

#[test]
fn pages_and_running_heads() {
    let automatic = "<style:style style:name=\"B\" style:family=\"paragraph\"><style:paragraph-properties fo:break-before=\"page\"/></style:style>";
    let body = "<office:text><text:p>первая</text:p><text:p><text:soft-page-break/>вторая</text:p><text:p text:style-name=\"B\">третья</text:p></office:text>";
    let styles = "<office:master-styles><style:master-page><style:header><text:p>Министерство</text:p></style:header><style:footer style:display=\"false\"><text:p>нет</text:p></style:footer></style:master-page></office:master-styles>";
    let blocks = read("a.odt", &package(automatic, body, styles));
    assert_eq!(
        lines(&blocks),
        ["running: Министерство", "первая", "вторая", "третья"]
    );
    let pages: Vec<(u32, bool)> = ["первая", "вторая", "третья"]
        .iter()
        .map(|t| paragraph(&blocks, t))
        .map(|p| (p.at.page, p.new_page))
        .collect();
    assert_eq!(pages, [(1, false), (2, true), (3, true)]);
}

#[test]
fn sheets_show_what_was_shown() {
    let automatic = "<style:style style:name=\"T\" style:family=\"table\"><style:table-properties table:display=\"false\"/></style:style>";
    let date = |text: &str| {
        cell(
            "office:value-type=\"date\" office:date-value=\"2025-05-05\"",
            text,
        )
    };
    let body = format!(
        "<table:table table:name=\"Тайный\" table:style-name=\"T\"><table:table-row>{0}</table:table-row></table:table>\
         <table:table table:name=\"План\"><table:table-column/><table:table-column table:visibility=\"collapse\"/><table:table-column table:number-columns-repeated=\"16382\"/>\
         <table:table-row>{1}{0}{2}<table:covered-table-cell/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"5\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>\
         <table:table-row table:visibility=\"filter\">{0}</table:table-row>\
         <table:table-row>{3}<table:table-cell/>{4}{5}{6}</table:table-row>\
         <table:table-row><table:table-cell table:formula=\"of:=1+1\"/><table:table-cell/>{7}</table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row></table:table>",
        cell("", "скрыто"),
        cell("table:number-rows-spanned=\"8\"", "№"),
        cell(
            "table:number-columns-spanned=\"2\" office:value-type=\"string\"",
            "Сроки"
        ),
        cell("office:value-type=\"float\" office:value=\"1.1\"", "1.10"),
        date("05/05/25"),
        date("5 мая 2025"),
        date("May 2025"),
        cell(
            "office:value-type=\"percentage\" office:value=\"0.5\"",
            "50%"
        ),
    );
    let blocks = sheets(automatic, &body);
    assert_eq!(
        lines(&blocks),
        [
            "| 0x2: № | 1+1: Сроки |",
            "| 1: 05.05.2025 | 2: 5 мая 2025 | 3: май 2025 |",
            "| 0:  | 1: 50% |"
        ]
    );
    let grid = table(&blocks, 0);
    let rows: Vec<u32> = grid.rows.iter().map(|r| r.at.row).collect();
    assert_eq!(rows, [1, 8, 9]);
    assert_eq!((grid.at.page, grid.rows[0].cells[1].at.cell), (2, 3));
    assert_eq!(
        notes(&blocks),
        [
            Noted::HiddenSheet("Тайный".into()),
            Noted::Uncomputed,
            Noted::HiddenRow,
            Noted::HiddenColumn,
            Noted::HiddenText
        ]
    );
}

#[test]
fn repeated_cells_are_bounded() {
    let body = format!(
        "<office:spreadsheet><table:table><table:table-row table:number-rows-repeated=\"1048576\">{}</table:table-row></table:table></office:spreadsheet>",
        cell("table:number-columns-repeated=\"16384\"", "а")
    );
    let few = Limits {
        max_fragments: 100_000,
        ..Limits::default()
    };
    let out = blocks("a.ods", &package("", &body, ""), &few).unwrap();
    assert!(notes(&out).contains(&Noted::Cut));
    let cells: usize = table(&out, 0).rows.iter().map(|r| r.cells.len()).sum();
    assert!(cells <= 100_000);
}

#[test]
fn what_cannot_be_taken_over_says_why() {
    let refused =
        |entries: &[(&str, &[u8])]| blocks("a.odt", &zip(entries), &Limits::default()).unwrap_err();
    assert_eq!(
        refused(&[
            ("content.xml", b"x"),
            ("META-INF/manifest.xml", b"<m><encryption-data/></m>")
        ]),
        Reason::Encrypted
    );
    let slides = b"<d><office:body><office:presentation/></office:body></d>";
    assert_eq!(refused(&[("content.xml", slides)]), Reason::Unsupported);
}
