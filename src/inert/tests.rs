//! What is refused, in many disguises, and what is not.

use std::io::Write;

use super::inspect;

fn said(path: &str, bytes: impl AsRef<[u8]>) -> Option<String> {
    let found = inspect(path, bytes.as_ref()).into_iter().next()?;
    Some(found.args.into_iter().map(|(_, value)| value).collect())
}

#[test]
fn whatever_runs_or_loads_in_html_is_found() {
    for (text, what) in [
        ("<script>1</script>", "element"),
        ("<SCRIPT SRC=a.js>", "element"),
        ("<scr<script>ipt>", "element"),
        ("<!-- <script> -->", "element"),
        (
            "<svg:script xmlns:svg='http://www.w3.org/2000/svg'/>",
            "element",
        ),
        (
            "<ф:script xmlns:ф='http://www.w3.org/1999/xhtml'/>",
            "element",
        ),
        ("<iframe srcdoc='x'>", "element"),
        ("<object data=a.svg>", "element"),
        ("<embed src=a.svg>", "element"),
        ("<base href=/x/>", "element"),
        ("<meta http-equiv=refresh content='0;url=/x'>", "element"),
        ("<img src=a.png onerror=alert(1)>", "handler"),
        ("<img src=a.png/onerror\n=\nalert(1)>", "handler"),
        ("<img alt='>' src=a.png ONERROR=alert(1)>", "handler"),
        ("<body\u{c}onload=alert(1)>", "handler"),
        ("<a title=\"x\"onclick=alert(1)>", "handler"),
        ("<a href=javascript:alert(1)>", "address"),
        ("<a href='java&#115;cript:alert(1)'>", "address"),
        ("<a href='java&#x0000073;cript&colon;alert(1)'>", "address"),
        ("<a href='java\n\tscript:alert(1)'>", "address"),
        ("<a href='java&Tab;script:alert(1)'>", "address"),
        ("<a href=' &#1; jAvAsCrIpT:alert(1)'>", "address"),
        ("<a href='vbscript:msgbox'>", "address"),
        ("<a href='data:text/html,<p>'>", "address"),
        ("<img src=https://host.example/a.png>", "load"),
        ("<img src=//host.example/a.png>", "load"),
        ("<img src='\\\\host.example\\a.png'>", "load"),
        ("<img src='&#104;ttps://host.example/a.png'>", "load"),
        (
            "<img srcset='a.png 1x, https://host.example/b.png 2x'>",
            "load",
        ),
        (
            "<link rel=stylesheet href=https://host.example/a.css>",
            "load",
        ),
        ("<form action=https://host.example/>", "load"),
        ("<a href=/x ping=https://host.example/>", "load"),
        ("<image title='<a' href=https://host.example/a.png>", "load"),
        ("<video poster=https://host.example/a.png>", "load"),
        ("<style>@import 'a.css'</style>", "style"),
        ("<style>@\\69mport 'a.css'</style>", "style"),
        (
            "<p style='background:url(https://host.example/a)'>",
            "style",
        ),
        ("<p style='background:u\\72l(//host.example/a)'>", "style"),
        ("<p style='width:expr/**/ession(alert(1))'>", "style"),
        ("<p style='-moz-binding:url(a.xml)'>", "style"),
        ("<meta charset=utf-7>+ADw-script+AD4-", "encoding"),
        ("<meta charset=iso-2022-jp>", "encoding"),
        ("<p>\u{1b}$B", "encoding"),
        ("<p>a\0b", "encoding"),
    ] {
        let found = said("a/b.html", text);
        assert_eq!(found, Some(format!("@active-{what}")), "{text}");
    }
}

#[test]
fn whatever_runs_or_loads_in_svg_and_xml_is_found() {
    for (text, what) in [
        (
            "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
            "element",
        ),
        ("<svg onload='alert(1)'/>", "handler"),
        ("<svg><foreignObject/></svg>", "element"),
        (
            "<svg><a xlink:href='javascript:alert(1)'/></svg>",
            "address",
        ),
        (
            "<svg><set attributeName='onmouseover' to='alert(1)'/></svg>",
            "handler",
        ),
        (
            "<svg><animate attributeName=\"xlink:href\" values='/x'/></svg>",
            "handler",
        ),
        (
            "<svg><use href='https://host.example/a.svg#b'/></svg>",
            "load",
        ),
        (
            "<svg><image xlink:href='//host.example/a.png'/></svg>",
            "load",
        ),
        ("<svg><feImage href='http://host.example/a'/></svg>", "load"),
        (
            "<svg><rect fill='url(https://host.example/a#b)'/></svg>",
            "style",
        ),
        (
            "<!DOCTYPE svg [<!ENTITY x '&#60;script>'>]><svg>&x;</svg>",
            "entity",
        ),
        (
            "<?xml-stylesheet href='a.xsl' type='text/xsl'?><a/>",
            "load",
        ),
        ("<?xml version='1.0' encoding='utf-7'?><a/>", "encoding"),
    ] {
        for path in ["a.svg", "a.xml", "a.xhtml", "a.unknown", "a"] {
            let found = said(path, text);
            assert_eq!(found, Some(format!("@active-{what}")), "{path}: {text}");
        }
    }
    // In two bytes a letter, and packed.
    let wide: Vec<u8> = "\u{feff}<svg onload='a'/>"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(said("a.svg", wide).as_deref(), Some("@active-handler"));
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let packed = packed
        .write_all(b"<svg onload='a'/>")
        .and_then(|()| packed.finish())
        .unwrap_or_default();
    assert_eq!(said("a.svgz", &packed).as_deref(), Some("@active-handler"));
    assert_eq!(
        said("a.svgz", &packed[..9]).as_deref(),
        Some("@active-packed")
    );
}

#[test]
fn what_is_only_read_passes() {
    for (path, text) in [
        (
            "a.html",
            "<!DOCTYPE html><html lang=ru><head><meta charset=utf-8><meta http-equiv=Content-Type content='text/html; charset=windows-1251'>\
             <title>Памятка</title><style>p { color: #333; mso-number-format:\"\\@\"; background: url(#a) }</style></head><body>\
             <p class=only>Подробнее на <a class=x href=\"https://host.example/\" target=_blank>сайте</a>, почта <a href='mailto:a@host.example'>a@host.example</a>\
             <img src=\"files/a.png\" alt='online = да'><img src='data:image/png;base64,AAAA'> онлайн=да, e.g. online = yes; 2 < 3 &amp; 5 > 4</body></html>",
        ),
        (
            "a.svg",
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!DOCTYPE svg PUBLIC \"-//W3C//DTD SVG 1.1//EN\" \"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd\">\
             <svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" viewBox=\"0 0 1 1\"><metadata><rdf:RDF><cc:license rdf:resource=\"http://creativecommons.org/x\"/></rdf:RDF></metadata>\
             <defs><linearGradient id=\"a\"/></defs><rect fill=\"url(#a)\"/><use xlink:href=\"#a\"/><a xlink:href=\"https://host.example/\"><text>x</text></a>\
             <animate attributeName=\"opacity\" values=\"0;1\"/></svg>",
        ),
        (
            "a.xml",
            "<rss version='2.0'><channel><link>https://host.example/</link></channel></rss>",
        ),
        ("a.csv", "<script>;б\n"),
        ("a.txt", "<script>alert(1)</script>"),
        ("a.json", "{\"a\": \"<script>\"}"),
        ("a.unknown", "просто текст"),
    ] {
        assert_eq!(said(path, text), None, "{path}");
    }
}

#[test]
fn programs_are_known_by_their_names() {
    for name in [
        "a.hta",
        "a.MHT",
        "a.js",
        "b/a.php",
        "a.php.txt",
        "a.phtml.",
        "a.exe",
        "a.lnk",
        "a.xslt",
    ] {
        assert!(said(name, "x").is_some(), "{name}");
    }
    for name in ["a.jpeg", "exe", "a.b.pdf", "a-php.txt"] {
        assert_eq!(said(name, "x"), None, "{name}");
    }
}

/// A small PDF with one more object in it.
fn pdf(catalog: &str, object: &str) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (n, body) in [
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>".to_owned(),
        object.to_owned(),
    ]
    .iter()
    .enumerate()
    {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{body}\nendobj\n", n + 1).bytes());
    }
    let start = out.len();
    out.extend(b"xref\n0 5\n0000000000 65535 f \n");
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(format!("trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").bytes());
    out
}

#[test]
fn a_pdf_that_does_something_is_found() {
    for (catalog, object) in [
        (
            "/OpenAction 4 0 R",
            "<< /S /JavaScript /JS (app.alert\\(1\\)) >>",
        ),
        ("/OpenAction 4 0 R", "<< /S /J#61vaScript >>"),
        ("/Names << /JavaScript << /Names [] >> >>", "null"),
        ("", "<< /Type /Annot /A << /S /Launch /F (a.exe) >> >>"),
        (
            "",
            "<< /A << /Next [<< /S /SubmitForm /F (https://host.example/) >>] >> >>",
        ),
        ("", "<< /Subtype /RichMedia >>"),
        ("/AcroForm << /XFA [] >>", "null"),
        (
            "/OpenAction << /S /URI /URI (https://host.example/) >>",
            "null",
        ),
        (
            "/OpenAction 4 0 R",
            "<< /S /GoTo /D [3 0 R] /Next << /S /URI /URI (https://host.example/) >> >>",
        ),
    ] {
        let found = said("a.pdf", pdf(catalog, object));
        assert_eq!(found.as_deref(), Some("@active-pdf"), "{catalog} {object}");
    }
    for (catalog, object) in [
        ("", "null"),
        ("/OpenAction [3 0 R /Fit]", "null"),
        ("/OpenAction << /S /GoTo /D [3 0 R /Fit] >>", "null"),
        (
            "",
            "<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://host.example/) >> >>",
        ),
    ] {
        assert_eq!(
            said("a.pdf", pdf(catalog, object)),
            None,
            "{catalog} {object}"
        );
    }
}
