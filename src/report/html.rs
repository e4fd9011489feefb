//! A report as one HTML file, from the tree that PDF and DOCX are made of.
//!
//! Takes the tree; gives a page that needs nothing beside it. Printed, it repeats the heads of tables on each page and
//! numbers the pages. Every word is escaped.

use glasno_editions::{Block, Cell, Document, Inline, Row, Table};

use crate::document::markdown::escape;

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}\
h1{font-size:1.6rem;line-height:1.2}h2{font-size:1.2rem;margin:2rem 0 .5rem}\
table{border-collapse:collapse;width:100%;font-size:.9rem}th,td{border:1px solid #bbb;padding:.3rem .5rem;text-align:left;vertical-align:top}\
thead th{background:#f2f2f2}p{margin:.3rem 0}td p,th p,dd p{margin:0}td p+p{margin-top:.3rem}\
dl{display:grid;grid-template-columns:fit-content(70%) 1fr;gap:.2rem 1rem;align-items:baseline}dd{margin:0;font-weight:600}\
.note{border-left:4px solid #999;padding:.3rem .8rem;background:#f6f6f6}.scroll{overflow-x:auto}\
@media screen and (max-width:40rem){table,tbody,tr,td{display:block}thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}\
tr{border:1px solid #bbb;margin:0 0 .6rem}tr:has(>th){border:0;margin:0}tbody th{display:block;border:0;padding:.3rem 0}\
td{border:0;padding:.25rem .5rem;overflow-wrap:anywhere}td:empty{display:none}td[data-head]::before{content:attr(data-head) \": \";font-weight:600}td>p:first-child{display:inline}}\
@media print{body{font-size:10pt;max-width:none;padding:0}.scroll{overflow:visible}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}}\
@page{margin:15mm;@bottom-right{content:counter(page) \" / \" counter(pages)}}";

/// The whole file.
pub fn page(document: &Document) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"ru\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escape(&document.title)
    );
    blocks(&mut out, &document.blocks);
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn blocks(out: &mut String, list: &[Block]) {
    for block in list {
        match block {
            Block::Heading { level, text } => {
                let level = (*level).clamp(1, 6);
                out.push_str(&format!("<h{level}>"));
                line(out, text);
                out.push_str(&format!("</h{level}>\n"));
            }
            Block::Paragraph(text) | Block::Centred(text) => {
                out.push_str("<p>");
                line(out, text);
                out.push_str("</p>\n");
            }
            Block::List(items) => {
                out.push_str("<ul>\n");
                for item in items {
                    out.push_str("<li>");
                    blocks(out, &item.blocks);
                    out.push_str("</li>\n");
                }
                out.push_str("</ul>\n");
            }
            Block::Table(table) => self::table(out, table),
            Block::Pairs(pairs) => {
                out.push_str("<dl>\n");
                for (name, value) in pairs {
                    out.push_str("<dt>");
                    line(out, name);
                    out.push_str("</dt><dd>");
                    blocks(out, value);
                    out.push_str("</dd>\n");
                }
                out.push_str("</dl>\n");
            }
            Block::Note(inner) => {
                out.push_str("<div class=\"note\">\n");
                blocks(out, inner);
                out.push_str("</div>\n");
            }
        }
    }
}

fn table(out: &mut String, table: &Table) {
    let name = escape(&table.summary).into_owned();
    out.push_str(&format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{name}\"><table>\n<thead>"
    ));
    // On a phone each row is a card: its cells say what they are.
    let heads: Vec<String> = table
        .head
        .last()
        .map(|row| row.cells.iter().map(|c| words(&c.blocks)).collect())
        .unwrap_or_default();
    let row = |out: &mut String, row: &Row, scope: &str| {
        out.push_str("<tr>");
        for (n, own) in row.cells.iter().enumerate() {
            let head = heads.get(n).filter(|_| own.columns == 1);
            cell(out, own, table.columns.len(), scope, head);
        }
        out.push_str("</tr>\n");
    };
    table.head.iter().for_each(|r| row(out, r, "col"));
    out.push_str("</thead>\n<tbody>\n");
    table.rows.iter().for_each(|r| row(out, r, "rowgroup"));
    out.push_str("</tbody>\n</table></div>\n");
}

/// The bare words of a head.
fn words(list: &[Block]) -> String {
    let mut text = String::new();
    for block in list {
        if let Block::Paragraph(inline) | Block::Centred(inline) = block {
            for part in inline {
                if let Inline::Run(run) = part {
                    text.push_str(&run.text);
                }
            }
        }
    }
    text
}

fn cell(out: &mut String, own: &Cell, width: usize, scope: &str, head: Option<&String>) {
    let columns = match own.columns {
        0 => width,
        n => n,
    };
    let wide = if columns > 1 {
        format!(" colspan=\"{columns}\"")
    } else {
        String::new()
    };
    let (open, close) = if own.head {
        (format!("<th scope=\"{scope}\"{wide}>"), "</th>")
    } else {
        let named = head.map(|h| format!(" data-head=\"{}\"", escape(h)));
        (format!("<td{wide}{}>", named.unwrap_or_default()), "</td>")
    };
    out.push_str(&open);
    match own.blocks.as_slice() {
        [Block::Paragraph(text)] => line(out, text),
        several => blocks(out, several),
    }
    out.push_str(close);
}

fn line(out: &mut String, inline: &[Inline]) {
    for part in inline {
        match part {
            Inline::Run(run) => {
                let text = escape(&run.text);
                let known = ["https://", "http://", "mailto:", "tel:"];
                let link = run.link.as_ref();
                match link.filter(|l| known.iter().any(|k| l.starts_with(k))) {
                    Some(link) => {
                        out.push_str(&format!("<a href=\"{}\">{text}</a>", escape(link)));
                    }
                    None if run.bold => out.push_str(&format!("<strong>{text}</strong>")),
                    None => out.push_str(&text),
                }
            }
            Inline::Break => out.push_str("<br>"),
            Inline::Formula(formula) => out.push_str(&escape(&formula.linear())),
        }
    }
}
