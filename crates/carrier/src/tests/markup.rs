//! HTML, XML, Markdown.

use super::*;

fn html(source: &str) -> Vec<(Role, String)> {
    lift(
        "p.html",
        format!("<!doctype html><html><body>{source}").as_bytes(),
    )
    .0
}

#[track_caller]
fn html_finds(source: &str, wanted: &str) {
    finds(
        "p.html",
        format!("<!doctype html><html><body>{source}").as_bytes(),
        wanted,
    );
}

#[test]
fn inline_tags_join_and_blocks_part() {
    html_finds("<p>В При<b>реч</b>ной <i>школе</i>", "В Приречной школе");
    html_finds("При<span>реч</span><!-- x -->ная", "Приречная");
    html_finds(
        "<ruby>При<rp>(</rp><rt>при<rp>)</rp>речная<rt>р</ruby> школа",
        "Приречная",
    );
    html_finds("При<wbr>реч<script>var a</script>ная", "Приречная");
    let all = html("<div>Приреч</div><div>ная</div>");
    assert!(!all.iter().any(|(_, t)| t.contains("Приречная")));
}

#[test]
fn entities_are_decoded() {
    html_finds(
        "&#1055;&#x440;&#1080речная &laquoшкола&raquo; &numero;&nbsp;5",
        "Приречная «школа» №\u{a0}5",
    );
    html_finds("<p title='&Pcy;риречная'>", "Приречная");
    html_finds("<p>при&shy;речная</p>", "при\u{ad}речная");
}

#[test]
fn hidden_things_are_read() {
    html_finds("<!-- Приречная --><p>", "Приречная");
    html_finds("<template><p>Приречная</p></template>", "Приречная");
    html_finds("<noscript>Приречная</noscript>", "Приречная");
    html_finds("<p hidden>Приречная</p>", "Приречная");
    html_finds("<img alt='Приречная школа'>", "Приречная школа");
    html_finds("<i data-school=Приречная>", "Приречная");
    html_finds(
        "<iframe srcdoc='&lt;p&gt;При&lt;b&gt;реч&lt;/b&gt;ная'></iframe>",
        "Приречная",
    );
    html_finds(
        "<style>p::before{content:\"\\41F\\440 иречная\"}</style>",
        "Приречная",
    );
    html_finds(
        "<script>let a = '\\u041f\\u0440\\u0438' + \"речная\";</script>",
        "Приречная",
    );
    html_finds(
        "<script type='application/ld+json'>{\"name\":\"\\u041fриречная\"}</script>",
        "Приречная",
    );
    html_finds(
        "При<span style='display: none'>шум</span>речная",
        "Приречная",
    );
    // Whoever reads it follows the marks.
    html_finds("<bdo dir=rtl>яанчерирП</bdo>", "\u{202e}яанчерирП\u{202c}");
    html_finds("<a href='/x' title=\"Прире", "Прире");
}

#[test]
fn addresses_are_decoded() {
    html_finds(
        "<a href='/%D0%9F%D1%80%D0%B8%D1%80%D0%B5%D1%87%D0%BD%D0%B0%D1%8F/'>",
        "Приречная",
    );
    html_finds("<a href='/%25D0%259F%25D1%2580иречная/'>", "Приречная");
    html_finds("<a href='https://xn--80aegj1b5e.xn--p1ai/'>", "рф/");
    html_finds(
        "<a href='data:text/html;base64,0J/RgNC40YDQtdGH0L3QsNGP'>",
        "Приречная",
    );
    html_finds(
        "<img src=\"data:image/svg+xml,%3Csvg%3E%3Ctext%3EПриречная%3C/text%3E%3C/svg%3E\">",
        "Приречная",
    );
}

#[test]
fn cells_know_their_place() {
    let page = "<!doctype html><table><tr><th>Район<th>Школа</tr>\
        <tr><td rowspan=2>Луговой<td>Школа 1</tr><tr><td>Школа 2</tr><tr><td>Лесной<td>Школа 3</table>";
    assert_eq!(
        cells("p.html", page.as_bytes(), "Луговой"),
        [(1, 0), (2, 0)]
    );
    assert_eq!(cells("p.html", page.as_bytes(), "Школа 2"), [(2, 1)]);
    assert_eq!(cells("p.html", page.as_bytes(), "Школа 3"), [(3, 1)]);
    assert_eq!(cells("p.html", page.as_bytes(), "Лесной"), [(3, 0)]);
}

#[test]
fn roles_are_told() {
    let (all, _) = lift(
        "p.html",
        "<!doctype html><title>Первое</title><h2>Второе</h2><p>Третье".as_bytes(),
    );
    assert!(all.contains(&(Role::Title, "Первое".into())));
    assert!(all.contains(&(Role::Heading(2), "Второе".into())));
    assert!(all.contains(&(Role::Text, "Третье".into())));
}

#[test]
fn places_are_told() {
    let mut seen = None;
    read(
        "p.html",
        "<!doctype html>\n<p>раз</p>\n  <p>два</p>".as_bytes(),
        &Limits::default(),
        &mut |f| {
            if f.text == "два" {
                seen = f.at.line.zip(f.at.column);
            }
        },
    );
    assert_eq!(seen, Some((3, 6)));
}

#[test]
fn other_encodings_of_a_page() {
    let page = "<!doctype html><meta charset=windows-1251><p>Приречная школа";
    finds(
        "p.html",
        &encoding_rs::WINDOWS_1251.encode(page).0,
        "Приречная школа",
    );
    let mut wide = vec![0xff, 0xfe];
    wide.extend(build::utf16le("<!doctype html><p>Приречная школа"));
    finds("p.html", &wide, "Приречная школа");
}

#[test]
fn xml_and_feeds() {
    finds(
        "a.svg",
        "<svg><text><tspan>При</tspan><tspan>речная</tspan></text></svg>".as_bytes(),
        "Приречная",
    );
    finds(
        "a.svg",
        "<svg><desc>При<!-- -->речная</desc></svg>".as_bytes(),
        "Приречная",
    );
    finds(
        "a.xml",
        "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY s \"При\">]><a><b>&s;речная</b></a>"
            .as_bytes(),
        "Приречная",
    );
    finds(
        "a.rss",
        "<rss><item><description>&lt;p&gt;При&lt;b&gt;речная&lt;/b&gt;</description></item></rss>"
            .as_bytes(),
        "Приречная",
    );
    finds(
        "a.xml",
        "<a><![CDATA[Приречная]]></a>".as_bytes(),
        "Приречная",
    );
    let all = texts(
        "a.xml",
        "<?xml version=\"1.0\"?><r><x>Приреч</x><y>ная</y></r>".as_bytes(),
    );
    assert!(!all.iter().any(|t| t.contains("Приречная")), "{all:?}");
}

#[test]
fn entity_bombs_are_cut() {
    let mut source = String::from("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY a0 \"ляляля\">");
    for i in 1..40 {
        source.push_str(&format!(
            "<!ENTITY a{i} \"&a{0};&a{0};&a{0};&a{0};&a{0};&a{0};\">",
            i - 1
        ));
    }
    source.push_str("]><a>&a39;</a>");
    let all: usize = texts("a.xml", source.as_bytes())
        .iter()
        .map(String::len)
        .sum();
    assert!(all < 1 << 20);
}

#[test]
fn markdown() {
    finds(
        "a.md",
        "В При**реч**ной школе".as_bytes(),
        "Приречной школе",
    );
    finds(
        "a.md",
        "[тут](/%D0%9F%D1%80иречная)".as_bytes(),
        "Приречная",
    );
    finds(
        "a.md",
        "---\ntitle: Приречная\n---\n\nда".as_bytes(),
        "Приречная",
    );
    finds("a.md", "да <!-- Приречная --> нет".as_bytes(), "Приречная");
    finds(
        "a.md",
        "да\n\n[x]: /y \"Приречная\"\n".as_bytes(),
        "Приречная",
    );
    assert_eq!(
        cells(
            "a.md",
            "| a | b |\n|---|---|\n| Луговой | Школа 5 |\n".as_bytes(),
            "Школа 5"
        ),
        [(1, 1)]
    );
}

#[test]
fn names_of_tags_and_attributes() {
    html_finds(
        "<prirechnaya-school>x</prirechnaya-school>",
        "prirechnaya-school",
    );
    html_finds("<prirechnaya>x", "prirechnaya");
    html_finds("<p data-prirechnaya>x", "data-prirechnaya");
    html_finds("<p prirechnaya>x", "prirechnaya");
    html_finds("<p>x</p title='Приречная'>", "Приречная");
    finds(
        "a.xml",
        "<?xml version=\"1.0\"?><r><Приречная/></r>".as_bytes(),
        "Приречная",
    );
    finds(
        "a.xml",
        "<?xml version=\"1.0\"?><r Приречная='1'/>".as_bytes(),
        "Приречная",
    );
}

#[test]
fn decoded_twice() {
    html_finds(
        "<script>x.innerHTML='&#1055;риречная'</script>",
        "Приречная",
    );
    html_finds(
        "<script>String.fromCharCode(1055,0x440,1080)</script>",
        "При",
    );
    html_finds(
        "<script>x = '<p>При<b>реч</b>ная</p>'</script>",
        "Приречная",
    );
    html_finds("<div data-x='{\"a\":\"\\u041fриречная\"}'>", "Приречная");
    finds("a.txt", "При<b>реч</b>ная".as_bytes(), "Приречная");
}

#[test]
fn what_browsers_take_out_of_the_text() {
    for between in [
        "</5>",
        "</ x>",
        "<!-- a --!>",
        "<!-->",
        "<!--->",
        "<!x>",
        "<?x>",
        "<![CDATA[>",
        "</>",
        "<!--a--b-->",
        "<style></style>",
        "<svg><style/></svg>",
        "<svg><title/></svg>",
        "<x-y>",
        "</x-y>",
        "<img>",
        "<a name=x></a>",
        "<noscript>x</noscript>",
        "<template>x</template>",
        "<input type=hidden>",
        "<iframe></iframe>",
        "<object></object>",
    ] {
        html_finds(&format!("<p>При{between}речная</p>"), "Приречная");
    }
    html_finds("<svg><title>При<b>реч</b>ная</title></svg>", "Приречная");
    html_finds("<textarea>При<b>реч</b>ная</textarea>", "Приречная");
}
