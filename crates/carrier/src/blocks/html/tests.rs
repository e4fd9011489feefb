//! Pages as office programs save them, one feature each, and what a reader sees of them.

use super::super::testing::{lines, notes, paragraph, read, table};
use super::super::{Align, Blocks, Limits, Noted, Reason, blocks};

fn page(body: &str) -> Blocks {
    let source = format!("<html><body>{body}</body></html>");
    read("a.html", source.as_bytes())
}

#[test]
fn an_encoding_that_the_page_names() {
    let source = "<html><head><meta http-equiv=Content-Type content=\"text/html; charset=windows-1251\"></head><body><p>Приказ</p></body></html>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(source);
    assert_eq!(lines(&read("a.htm", &bytes)), ["Приказ"]);
}

#[test]
fn paragraphs_blanks_and_breaks() {
    let blocks = page(
        "Голый  текст\n<p>один <b>два</b>\n три<br> четыре&nbsp;</p><div>пять<p>шесть</div><pre>а\n  б</pre><p>сло&shy;во</p>",
    );
    assert_eq!(
        lines(&blocks),
        [
            "Голый текст",
            "один два три\nчетыре",
            "пять",
            "шесть",
            "а\n  б",
            "слово"
        ]
    );
}

#[test]
fn what_word_keeps_beside_the_text() {
    let blocks = page(
        "<!--[if gte mso 9]><xml><o:p>мимо</o:p></xml><![endif]-->\
         <p class=MsoListParagraph style='mso-list:l0 level2 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>1.2.<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>Утвердить<o:p></o:p></p>\
         <p>до <del>мая</del><ins>июня</ins><span style='display:none'>нет</span><span style='mso-hide:all'>нет</span></p>\
         <p><span style='mso-tab-count:2'>      </span>таб<a class=msocomanchor href='#_msocom_1'>[П1]</a></p>\
         <p><span style='display:none'>весь</span></p>\
         <div style='mso-element:comment-list'><p>замечание</p></div>",
    );
    assert_eq!(lines(&blocks), ["1.2.> Утвердить", "до июня", "таб"]);
    assert_eq!(paragraph(&blocks, "Утвердить").level, 1);
    assert_eq!(
        notes(&blocks),
        [Noted::Revisions, Noted::HiddenText, Noted::Comments]
    );
}

#[test]
fn notes_of_word_and_of_libreoffice() {
    let blocks = page(
        "<p>срок<a style='mso-footnote-id:ftn1' href='#_ftn1'><span>[1]</span></a></p>\
         <p>мера<a class=\"sdfootnoteanc\" href=\"#s\"><sup>2</sup></a></p>\
         <div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p><a style='mso-footnote-id:ftn1'>[1]</a> первая</p></div></div>\
         <div id=\"sdfootnote2\"><p><a class=\"sdfootnotesym\">2</a>вторая</p></div>",
    );
    assert_eq!(
        lines(&blocks),
        ["срок[^1]", "мера[^2]", "note 1: первая", "note 2: вторая"]
    );
}

#[test]
fn lists_of_the_page_itself() {
    let blocks = page(
        "<ol start=3><li>а<li>б<ul><li>в</ul><li value=9>г</ol><ol type=a><li><p>д</p><p>дальше</p></li><li></li></ol>",
    );
    assert_eq!(
        lines(&blocks),
        ["3.> а", "4.> б", "•> в", "9.> г", "a.> д", "дальше", "b.> "]
    );
    assert_eq!(paragraph(&blocks, "в").level, 1);
}

#[test]
fn tables_with_spans_and_tags_left_open() {
    let blocks = page(
        "<table><caption>План</caption><thead><tr><td rowspan=2>№<td colspan=2>Сроки<tr><td>с<td>по</thead>\
         <tr><td rowspan=9>1<td><p>май<p>июнь<td><table><tr><td>внутри</table>\
         <tr><td colspan=2>строка</table>после",
    );
    assert_eq!(
        lines(&blocks),
        [
            "| 0x2: № | 1+1: Сроки |",
            "| 1: с | 2: по |",
            "| 0x2: 1 | 1: май / июнь | 2:  |",
            "| 1+1: строка |",
            "| 0: внутри |",
            "после"
        ]
    );
    let grid = table(&blocks, 0);
    assert_eq!((grid.name.as_deref(), grid.columns), (Some("План"), 3));
    assert!(grid.rows[1].head && !grid.rows[2].head);
    assert_eq!(notes(&blocks), [Noted::Nested]);
}

#[test]
fn hidden_rows_and_columns() {
    let blocks = page(
        "<table><col><col style='display:none'><col><tr><th>а<th>б<th>в<tr style='display:none'><td>1<td>2<td>3\
         <tr><td colspan=2>г<td>д</table>",
    );
    assert_eq!(lines(&blocks), ["| 0: а | 1: в |", "| 0: г | 1: д |"]);
    assert_eq!(notes(&blocks), [Noted::HiddenRow, Noted::HiddenColumn]);
    assert!(table(&blocks, 0).rows[0].head);
}

#[test]
fn looks_from_sheets_and_attributes() {
    let blocks = page(
        "<style><!-- p.MsoTitle {text-align:center; font-weight:bold} .right {text-align:right} .no {display:none} --></style>\
         <p class=MsoTitle>Название</p><p class='right'>справа</p><p align=center>центр</p><p style='margin-left:9cm'>сдвиг</p>\
         <p class=no>нет</p><h2>Раздел</h2><p style='mso-outline-level:3'>часть</p>\
         <p style='page-break-before:always'>новая</p>",
    );
    let seen = |text: &str| paragraph(&blocks, text);
    let title = seen("Название");
    assert_eq!((title.align, title.bold), (Align::Center, true));
    assert_eq!(seen("справа").align, Align::End);
    assert_eq!(seen("центр").align, Align::Center);
    assert_eq!(seen("сдвиг").align, Align::End);
    assert_eq!(seen("Раздел").heading, Some(2));
    assert_eq!(seen("часть").heading, Some(3));
    assert!(seen("новая").new_page);
    assert_eq!(blocks.blocks.len(), 7);
    // Writer says of every paragraph that it stands at the left, and of this one where it does.
    let own = page("<style>p {text-align: left}</style><p align=right>Приложение</p>");
    assert_eq!(paragraph(&own, "Приложение").align, Align::End);
}

#[test]
fn heads_of_pages_and_pictures() {
    let blocks = page(
        "<div title=\"header\"><p>Министерство</p></div><p>текст<img src=a.png></p><div title=\"footer\"><p>2</p></div>",
    );
    assert_eq!(lines(&blocks), ["running: Министерство", "текст"]);
    assert_eq!(notes(&blocks), [Noted::Picture]);
}

#[test]
fn what_is_too_deep_or_endless_is_refused() {
    let refused = |source: String| blocks("a.html", source.as_bytes(), &Limits::default());
    let deep = refused(format!("<html>{}", "<div>".repeat(1_000_000)));
    assert_eq!(deep.unwrap_err(), Reason::TooDeep);
    // Misplaced elements are put elsewhere: that must not make more of them than there were.
    let misplaced = refused(format!("<html>{}", "<table><b><p>".repeat(10_000)));
    assert!(misplaced.map_or(true, |m| m.blocks.len() <= 20_000));
    let wide = refused(format!(
        "<html><table><tr>{}</table>",
        "<td colspan=99999 rowspan=99999>а".repeat(1000)
    ));
    assert!(wide.unwrap().notes.iter().any(|n| n.what == Noted::Cut));
}
