//! A template that does not end, or fills the memory, is stopped with a finding at its place.

use std::time::Duration;

use crate::place::{Place, Run, finding};

const OWN: &str = "themes/default/templates/404.html";

/// Much for one page on a slow machine, little for a template that goes on for ever.
const PATIENCE: Duration = Duration::from_secs(90);

fn check(place: &Place, template: &str) -> Run {
    place.write(OWN, template);
    place.run_within(PATIENCE, "check", &["--format", "json"])
}

finding!(template_that_does_not_end, p, {
    p.write(
        OWN,
        "<p>а</p>{% for i in range(end=100000) %}{% for j in range(end=100000) %}{% endfor %}{% endfor %}\n",
    );
});
finding!(template_that_calls_itself, p, {
    p.write(
        "themes/default/templates/components/own.html",
        "{% component own(n) %}\n{{ <own n={n} /> }}{{ <own n={n} /> }}\n{% endcomponent own %}\n",
    );
    p.write(OWN, "{% if page.title %}{{ <own n={1} /> }}{% endif %}\n");
});
finding!(template_with_a_capture, p, {
    p.write(OWN, "{% set a %}{{ page.title }}{% endset %}\n");
});

/// Each member of the kind, with the place at which it is stopped.
#[test]
fn whatever_grows_without_end_is_stopped_where_it_grows() {
    for (template, column, why) in [
        // Loops without output, nested and over a value of their own.
        (
            "{% set r = range(end=9000) %}{% for a in r %}{% for b in r %}{% endfor %}{% endfor %}",
            46,
            "повторений",
        ),
        (
            "{% for a in range(end=99999) %}{% for b in \"абвгдежзиклмнопрстуфхцчшщэюя\" %}{% if a == b %}{% endif %}{% endfor %}{% endfor %}",
            32,
            "повторений",
        ),
        (
            "{% for a in range(end=99999) %}{% if [1, 2] | unique %}{% endif %}{% for b in range(end=9999) %}{% endfor %}{% endfor %}",
            67,
            "повторений",
        ),
        // Output.
        (
            "{% for a in range(end=90000) %}{{ 'долго' | replace(from='о', to='очень долгое слово, которое всё длится и длится, и снова длится') }}{% endfor %}",
            1,
            "большой",
        ),
        // Variables.
        (
            "{% set s = 'x' %}{% for a in range(end=99) %}{% set_global s = s ~ s %}{% endfor %}",
            46,
            "значений",
        ),
        (
            "{% set s = [1] %}{% for a in range(end=99) %}{% set_global s = [s, s] %}{% endfor %}",
            46,
            "значений",
        ),
        (
            "{% set s = [1] %}{% for a in range(end=99) %}{% set_global s = [...s, ...s] %}{% endfor %}",
            46,
            "значений",
        ),
        (
            "{% set s = {'a': 1} %}{% for a in range(end=999) %}{% set_global s = {'a': s} %}{% endfor %}",
            52,
            "значений",
        ),
        (
            "{% set s = 'x' %}{% for a in range(end=9) %}{% set_global s = s ~ 'xxxxxxxxxx' | replace(from='x', to=s ~ s ~ s ~ s) %}{% endfor %}",
            82,
            "значений",
        ),
        (
            "{% set s = range(end=9999) | join(sep='--------------------------------------------------------------------------------------------------------------------------------') %}",
            30,
            "значений",
        ),
        (
            "{% set s = range(end=9999) | join(sep='\\n') | indent(width=1000, blank=true) %}",
            47,
            "значений",
        ),
    ] {
        let place = Place::new();
        let run = check(&place, template);
        assert_eq!(run.codes(), ["template.limit"], "{template}: {}", run.out);
        let found = &run.findings()[0];
        assert_eq!(found["path"], OWN);
        assert_eq!(
            (&found["line"], &found["column"]),
            (&1.into(), &column.into()),
            "{template}"
        );
        assert!(
            found["message"].as_str().expect("words").contains(why),
            "{found}"
        );
    }
}

/// What the engine makes in its own memory, where nothing can count it.
#[test]
fn what_cannot_be_counted_is_refused_in_its_place() {
    for (template, column) in [
        ("<p>{% set a | upper %}б{% endset %}</p>", 4),
        ("{% filter upper %}б{% endfilter %}", 1),
        ("{% set a = <sample_mark /> %}{{ a }}", 25),
        ("{{ [x for x in range(end=9)] }}", 7),
        ("{% block a %}{{ super() }}{% endblock a %}", 17),
    ] {
        let place = Place::new();
        let run = check(&place, template);
        assert_eq!(run.codes(), ["template.refused"], "{template}: {}", run.out);
        assert_eq!(run.findings()[0]["column"], column, "{template}");
    }
}

/// Each file includes the next one twice: a few files would make more pages than there are atoms.
#[test]
fn includes_that_multiply_are_stopped() {
    for files in [8, 30] {
        let place = Place::new();
        for n in 0..files {
            let next = format!("{{% include \"o/{}.html\" %}}", n + 1);
            let text = if n + 1 == files {
                "а".repeat(99)
            } else {
                next.repeat(9)
            };
            place.write(&format!("themes/default/templates/o/{n}.html"), text);
        }
        let run = check(&place, "{% include \"o/0.html\" %}");
        assert_eq!(run.codes(), ["template.limit"], "{files}: {}", run.out);
    }
}

/// Content of any size may be shown: limits grow with it.
#[test]
fn a_large_page_is_not_stopped() {
    let place = Place::new();
    let row = "  - {no: \"N\", measure: \"Мероприятие N\", period: \"декабрь\", responsible: [\"Департамент образования\"]}\n";
    let rows: String = (3..4000)
        .map(|n| row.replace('N', &n.to_string()))
        .collect();
    place.edit(
        "content/sosed-2024/roadmap.yaml",
        "published: 2024-02-01\n",
        &format!("{rows}published: 2024-02-01\n"),
    );
    let run = place.run_within(PATIENCE * 3, "check", &["--format", "json"]);
    let limits = run.codes();
    assert!(
        !limits.iter().any(|c| c.starts_with("template.")),
        "{}",
        run.out
    );
}
