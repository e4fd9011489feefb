//! Files that would run where a reader opens them are refused, and no text of a source becomes code.

use crate::place::{Place, finding};

const NEWS: &str = "content/primer-2025/news/start.md";

finding!(attachments_with_script, p, {
    p.write(
        "content/primer-2025/files/pamyatka.html",
        "<!doctype html><meta charset=utf-8><title>t</title><body>\n<script>fetch(\"/@glasno/open?path=content/site.yaml&line=1&column=1\")</script></body>",
    );
    p.write(
        "content/primer-2025/files/shema.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>fetch(\"/\")</script></svg>",
    );
    p.append(
        NEWS,
        "\n[Памятка](../files/pamyatka.html), [схема](../files/shema.svg)\n",
    );
});
finding!(attachment_that_is_a_program, p, {
    p.write("content/primer-2025/files/otchet.hta", "<p>x</p>");
    p.append(NEWS, "\n[Отчёт](../files/otchet.hta)\n");
});

/// A harmless page and drawing are published as they are.
#[test]
fn markup_that_is_only_read_is_published() {
    let place = Place::new();
    let page = "<!doctype html><meta charset=utf-8><title>Памятка</title><p>Текст <a href=\"https://obrazec.example/\">ссылка</a>";
    place.write("content/primer-2025/files/pamyatka.html", page);
    place.append(NEWS, "\n[Памятка](../files/pamyatka.html)\n");
    place.must_build(&[]);
    let site = place.site();
    assert_eq!(site["primer-2025/files/pamyatka.html"], page.as_bytes());
    // Known by its hash to the next build, which lets nothing pass that this one would not.
    place.must_build(&[]);
    place.write(
        "content/primer-2025/files/pamyatka.html",
        page.replace("<p>", "<p onclick=a>"),
    );
    let run = place.build(&["--format", "json"]);
    assert_eq!(run.codes(), ["attachment.active"], "{}", run.out);
    assert_eq!(
        run.findings()[0]["path"],
        "content/primer-2025/files/pamyatka.html"
    );
}

/// What Markdown and fields would let through to a page.
#[test]
fn sources_hold_no_code() {
    for (text, code) in [
        ("[x](javascript:alert)", "field.link"),
        ("[x](JaVaScRiPt:alert)", "field.link"),
        ("[x](java&#115;cript:alert)", "field.link"),
        ("[x](data:text/html,x)", "field.link"),
        ("[x](vbscript:x)", "field.link"),
        ("<javascript:alert>", "field.link"),
        ("<img src=x onerror=alert>", "markdown.html"),
        ("текст <svg onload=alert>", "markdown.html"),
        (
            "![x](https://host.example/a.png)",
            "markdown.picture-elsewhere",
        ),
        ("![x](//host.example/a.png)", "field.link"),
    ] {
        let place = Place::new();
        place.append(NEWS, &format!("\n{text}\n"));
        let run = place.check(&["--format", "json"]);
        assert_eq!(run.codes(), [code], "{text}: {}", run.out);
    }
}
