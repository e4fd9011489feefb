//! Words stand where they are found: whatever is put together, decoded or read once more on the way, each is told at the
//! line and column it has in the file.

use std::collections::BTreeSet;

use super::*;

const WORD: &str = "Приречная";

/// Lines and columns of the word in the file itself.
fn written(text: &str) -> BTreeSet<(u32, u32)> {
    let mut all = BTreeSet::new();
    for (line, body) in (1u32..).zip(text.split('\n')) {
        for (at, _) in body.match_indices(WORD) {
            let column = body[..at].chars().count() + 1;
            all.insert((line, u32::try_from(column).unwrap()));
        }
    }
    all
}

/// Where the fragments say that it stands.
fn told(path: &str, bytes: &[u8]) -> BTreeSet<(u32, u32)> {
    let mut all = BTreeSet::new();
    read(path, bytes, &Limits::default(), &mut |f| {
        for (at, _) in f.text.match_indices(WORD) {
            let place = f.place(at);
            let at = place.line.zip(place.column);
            all.insert(at.unwrap_or_else(|| panic!("{path}: no place for {:?}", f.text)));
        }
    });
    all
}

#[track_caller]
fn agree(path: &str, text: &str) {
    assert_eq!(told(path, text.as_bytes()), written(text), "{path}: {text}");
}

#[test]
fn in_markdown() {
    for text in [
        "Один абзац,\nв нём Приречная СОШ,\nи ещё раз Приречная.\n",
        "- первый\n- вторая Приречная\n\n  с абзацем, где Приречная\n- [Приречная](/a \"x\") и `Приречная`\n",
        "| a | b |\n|---|---|\n| x | Приречная |\n| **Приречная** | y |\n",
        "> цитата\n> и Приречная\n>\n> - в списке Приречная\n",
        "# Приречная\n\nтекст<br>Приречная и &laquo;Приречная&raquo; <b>Приречная</b>\n",
        "текст[^1]\n\n[^1]: сноска\n    и Приречная\n",
        "---\ntitle: Приречная\nplace: Приречная\n---\nтекст\n",
        "```\nкод\n  Приречная\n```\n\n<div>\n<p>Приречная\n</div>\n",
        "Термин\n: Приречная\n\n<!-- Приречная\nещё Приречная -->\n",
        "a & b < c \\* Приречная \\_ Приречная\n",
        "1. один\n2. два *и* Приречная,\n   три Приречная\n",
    ] {
        agree("a.md", text);
    }
}

#[test]
fn in_pages() {
    for text in [
        "<!doctype html><p>один\nдва Приречная <b>Приречная</b><br>Приречная\n  Приречная</p>",
        "<ul>\n<li>Приречная\n<li>x &nbsp;&quot;Приречная&quot; Приречная\n</ul>",
        "<table>\n<tr><td rowspan=2>x<br>\nПриречная<td>y\n<tr><td>Приречная</table>",
        "<dl>\n<dt>Школа\n<dd>одна<br>\nПриречная</dl>",
        "<pre>\n  a  b\n  Приречная  Приречная\n</pre>",
        "<!-- один\n Приречная <b>два</b>\n Приречная -->\n<!--\nПриречная-->",
        "<img\n  src=\"a.png\"\n  alt=\"Приречная\" title='x\nПриречная'>",
        "<p hidden>один\nПриречная</p>после <span hidden>x</span>\nПриречная",
        "<script>\nvar a = 1;\nvar b = 'Приречная';\n// Приречная\nvar c = `x\nПриречная`;\n</script>",
        "<style>\na::before { content: \"Приречная\" }\n/* x\nПриречная */\n</style>",
        "<script type=\"application/json\">\n{\"a\": 1,\n \"b\": \"Приречная\"}\n</script>",
        "<title>один\nПриречная</title><textarea>\nx\n Приречная</textarea>",
        "<svg><text x=\"1\" y=\"2\">Приречная</text>\n<title>Приречная</title></svg>",
        "<iframe srcdoc=\"<p>x</p>\n<p>Приречная</p>\"></iframe>",
    ] {
        agree("a.html", text);
    }
}

#[test]
fn in_texts_and_data() {
    for (path, text) in [
        (
            "a.txt",
            "один\nПриречная два\n\nтри Приречная\r\nи Приречная\r\n",
        ),
        (
            "a.txt",
            "Школа    Место\nПриречная   село\nдругая  Приречная\n",
        ),
        ("a.txt", "| a | b |\n|---|---|\n| x | Приречная |\n"),
        ("a.txt", "a\tb\nx\tПриречная\n"),
        ("a.txt", "> один\n> Приречная\n> два *Приречная*нет\n"),
        (
            "a.txt",
            "см. <b>здесь</b>\nи Приречная тут <i>Приречная</i>\n",
        ),
        (
            "a.txt",
            "адрес %D1%88 и\nPriri \\u0448 x\nПриречная {x}\nПриречная\n",
        ),
        (
            "a.yaml",
            "school:\n  name: Приречная\n  place: x\nother: {a: 1, b: Приречная}\n",
        ),
        (
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nодин\n\n2\n00:00:02,000 --> 00:00:03,000\nПриречная\n",
        ),
        (
            "a.csv",
            "a;b\n1;Приречная\n\"x\nПриречная\"; Приречная\n\n5;\"Приречная\"\n",
        ),
        ("a.csv", "sep=;\na;b\n1;Приречная\n"),
        (
            "a.json",
            "{\"a\": \"x\",\n \"Приречная\": [1, \"Приречная\"]}\n",
        ),
        (
            "a.sql",
            "INSERT INTO t (a, b) VALUES\n(1, 'Приречная'),\n(2, 'x\nПриречная');\n",
        ),
        (
            "a.xml",
            "<?xml version=\"1.0\"?>\n<r>\n<a>x\nПриречная</a>\n<b c=\"Приречная\"/>\n<!-- x\nПриречная -->\n<d><![CDATA[\nПриречная]]></d></r>",
        ),
        (
            "a.xml",
            "<r><i><k>x</k><n>Приречная</n></i>\n<i><k>y</k><n>один\nПриречная</n></i></r>",
        ),
        (
            "a.svg",
            "<svg>\n<text x=\"1\" y=\"2\">Приречная</text>\n<text x=\"9\" y=\"2\">и\nПриречная</text></svg>",
        ),
        (
            "a.js",
            "const a = 'x' +\n  'Приречная';\nПриречная();\n/*\n Приречная */\n",
        ),
        (
            "a.ics",
            "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Приречная\nDESCRIPTION:один\\nдва\n  Приречная\nEND:VEVENT\nEND:VCALENDAR\n",
        ),
        (
            "a.eml",
            "Subject: один\n Приречная\nFrom: a@example.org\nTo: b@example.org\n\nтекст\n",
        ),
    ] {
        agree(path, text);
    }
}

#[test]
fn what_markup_turns_round_is_marked() {
    let turned = |path: &str, text: &str| {
        let all = texts(path, text.as_bytes());
        all.iter().any(|t| t.contains("\u{202e}абв"))
    };
    for text in [
        "СОШ <bdo dir=rtl>абв</bdo> и",
        "<p style=\"unicode-bidi:bidi-override;direction:rtl\">абв</p>",
        "<div dir=RTL style=\"unicode-bidi: isolate-override\"><p>x<p>абв</div>",
        "<style>i {unicode-bidi: Bidi-Override; direction: rtl}</style>\n<i>абв</i>",
        "<svg><text unicode-bidi=\"bidi-override\" direction=\"rtl\">абв</text></svg>",
    ] {
        assert!(turned("a.html", text), "{text}");
    }
    let drawn = "<svg><text unicode-bidi=\"bidi-override\" direction=\"rtl\">абв</text></svg>";
    assert!(turned("a.svg", drawn));
    let closed = texts("a.html", "<p>СОШ <bdo dir=rtl>абв</bdo> и".as_bytes());
    let whole = "СОШ \u{202e}абв\u{202c} и".to_owned();
    assert!(closed.contains(&whole), "{closed:?}");
    assert!(!turned("a.html", "<bdo dir=ltr>абв</bdo><p dir=rtl>абв"));
}

/// What texts a page gives: «112<sup>1</sup>» is not 1121, and a number of which half is set small is still whole somewhere.
#[test]
fn marks_of_notes_are_no_digits_of_the_number_before() {
    let texts = |path: &str, text: &str| {
        let mut all = Vec::new();
        read(path, text.as_bytes(), &Limits::default(), &mut |f| {
            all.push(f.text.to_string());
        });
        all
    };
    for (path, text, seen) in [
        ("a.html", "<p>№ 112<sup>1</sup> города</p>", "№ 112¹ города"),
        (
            "a.html",
            "<p>№ 112<sup><a href=\"#n\">12</a></sup>.</p>",
            "№ 112¹².",
        ),
        (
            "a.html",
            "<p>№ 112<sub>&#49;</sub> города</p>",
            "№ 112¹ города",
        ),
        ("a.html", "<p>№ 1<sup>12</sup> города</p>", "№ 112 города"),
        ("a.html", "<p>№ <sup>112</sup> города</p>", "№ 112 города"),
        ("a.html", "<p>№ 112<sup>*</sup> 3</p>", "№ 112* 3"),
        (
            "a.md",
            "№ 112[^1] города\n\n[^1]: сноска\n",
            "№ 112¹ города",
        ),
    ] {
        let all = texts(path, text);
        assert!(all.iter().any(|t| t.trim() == seen), "{text}: {all:?}");
    }
}
