//! Sources that are wrong in form: each finding as a person sees it.

use crate::place::{Place, finding};

const ORDER: &str = "content/primer-2025/orders/12-od.yaml";
const NEWS: &str = "content/primer-2025/news/start.md";
const ROADMAP: &str = "content/primer-2025/roadmap.yaml";
const SEMINAR: &str = "content/primer-2025/seminars/ustanovochnyj.yaml";

finding!(syntax_unclosed_quote, p, {
    p.edit(ORDER, "number: \"12-од\"", "number: \"12-од");
});
finding!(syntax_unclosed_bracket, p, {
    p.edit(
        ROADMAP,
        "[\"УО\", \"Методический центр\"]",
        "[\"УО\", \"Методический центр\"",
    );
});
finding!(syntax_stray_colon, p, {
    p.edit(
        ORDER,
        "subject: \"О плане мероприятий на 2025 год\"",
        "subject: О плане: мероприятия на 2025 год",
    );
});
finding!(syntax_indentation, p, {
    p.edit(
        ORDER,
        "place: \"с. Рябиновое\"",
        "  place: \"с. Рябиновое\"",
    );
});
finding!(syntax_escape, p, {
    p.edit(ORDER, "\"с. Рябиновое\"", "\"с. \\Рябиновое\"");
});
finding!(syntax_character, p, {
    p.edit(ORDER, "\"с. Рябиновое\"", "@Рябиновое");
});
finding!(syntax_two_documents, p, {
    p.append(ORDER, "---\nkind: order\n");
});
finding!(unknown_field_with_nearest, p, {
    p.edit(ORDER, "subject:", "subjekt:");
});
finding!(unknown_field_without_nearest, p, {
    p.edit(ORDER, "place:", "местность:");
});
finding!(unknown_kind, p, {
    p.edit(ORDER, "kind: order", "kind: приказ");
});
finding!(unknown_word, p, {
    p.edit(ORDER, "type: приказ", "type: приказы");
});
finding!(duplicate_key, p, {
    p.edit(
        ORDER,
        "place: \"с. Рябиновое\"",
        "place: \"с. Рябиновое\"\nnumber: \"13-од\"",
    );
});
finding!(tab_indentation, p, {
    p.edit(ORDER, "  - no: \"1.\"", "\t- no: \"1.\"");
});
finding!(anchor_bomb, p, {
    let mut bomb = String::from("kind: bodies\na: &a [\"х\", \"х\", \"х\", \"х\"]\n");
    for (name, before) in ('b'..='z').zip('a'..) {
        bomb.push_str(&format!(
            "{name}: &{name} [*{before}, *{before}, *{before}]\n"
        ));
    }
    p.write("content/primer-2025/bodies.yaml", bomb);
});
finding!(deep_nesting, p, {
    p.edit(
        ORDER,
        "place: \"с. Рябиновое\"",
        &format!("place: {}{}", "[".repeat(5000), "]".repeat(5000)),
    );
});
finding!(deep_block_nesting, p, {
    let mut text = String::from("kind: order\n");
    for depth in 0..500 {
        text.push_str(&format!("{}a:\n", " ".repeat(depth)));
    }
    p.write("content/primer-2025/orders/glubokij.yaml", text);
});
finding!(missing_field, p, {
    p.edit(ORDER, "number: \"12-од\"\n", "");
});
finding!(empty_field, p, {
    p.edit(ORDER, "number: \"12-од\"", "number:");
});
finding!(text_where_fields_belong, p, {
    p.edit(ORDER, "control: {kept: true}", "control: начальник");
});
finding!(fields_where_text_belongs, p, {
    p.edit(
        ORDER,
        "place: \"с. Рябиновое\"",
        "place: [\"с. Рябиновое\"]",
    );
});
finding!(impossible_date, p, {
    p.edit(ORDER, "date: 2025-01-14", "date: 2025-02-30");
});
finding!(not_a_number, p, {
    p.append("content/site.yaml", "k: три\n");
});
finding!(not_true_or_false, p, {
    p.edit(ORDER, "{kept: true}", "{kept: ага}");
});
finding!(bad_formula, p, {
    p.edit(
        "content/primer-2025/indicators.yaml",
        "\\frac{A}{B} \\cdot 100",
        "\\frac{A}{B \\cdot 100",
    );
});
finding!(bad_formula_in_markdown, p, {
    p.append(NEWS, "\nДоля $\\nichego{x}$ растёт.\n");
});
finding!(html_in_markdown, p, {
    p.append(
        NEWS,
        "\nПодробнее <b>здесь</b>.\n\n<script>alert(1)</script>\n",
    );
});
finding!(control_character_in_a_title, p, {
    p.edit(ORDER, "\"О плане мероприятий", "\"О плане\u{7} мероприятий");
    p.edit_first(NEWS, "title: \"", "title: \"\u{b}");
});
finding!(control_character_spelt_out, p, {
    p.edit(
        ORDER,
        "\"О плане мероприятий",
        "\"О плане\\u0007 мероприятий",
    );
    p.append(NEWS, "\nПодробнее &#x1b; **здесь&#7;**.\n");
});
finding!(control_character_in_a_text, p, {
    p.append(NEWS, "\nСтрока\u{2028}и ещё одна.\n");
});
finding!(picture_without_words, p, {
    p.append(NEWS, "\n![](../files/pamyatka.csv)\n");
});
finding!(no_front_matter, p, {
    p.write(NEWS, "Рабочая группа собралась впервые.\n");
});
finding!(front_matter_not_closed, p, {
    p.write(
        NEWS,
        "---\nkind: news\ntitle: \"Проект начался\"\n\nРабочая группа собралась.\n",
    );
});
finding!(text_kind_in_yaml, p, {
    p.edit(SEMINAR, "kind: seminar", "kind: news");
});
finding!(caret_stands_under_cyrillic, p, {
    p.edit(
        ROADMAP,
        "responsible: [\"УО\", \"Методический центр\"]",
        "responsible: [\"УО\", \"Методичекий центр\"]",
    );
    p.edit(
        ORDER,
        "{who: \"Школы-участницы\", what: \"подготовить программы\", by: \"до 01.03.2025\"}",
        "{who: \"Школы-участницы\", what: \"подготовить программы\", by: \"до 31.09.2025\"}",
    );
    p.edit(ORDER, "no: \"2.1.\"", "№: \"2.1.\"");
});
finding!(
    messages_in_english,
    p,
    {
        p.edit(ORDER, "subject:", "subjekt:");
        p.edit(ROADMAP, "Январь 2025", "31.09.2025");
        p.edit(SEMINAR, "row: \"1.2.\"", "row: \"1.9.\"");
    },
    &["--lang", "en"]
);
finding!(several_errors_in_several_files_at_once, p, {
    p.edit(ORDER, "subject:", "subjekt:");
    p.edit(ORDER, "type: приказ", "type: письмо");
    p.edit(ROADMAP, "Январь 2025", "Снежень 2025");
    p.edit(ROADMAP, "\"УО\"", "\"РОНО\"");
    p.edit(SEMINAR, "date: \"20.03.2025\"", "date: \"20.13.2025\"");
    p.append(NEWS, "\n[нет](net.md) и [нет](../files/net.pdf)\n");
    p.write("content/primer-2025/pages/pustaya.md", "");
    p.write("content/sosed-2024/orders/slomana.yaml", "kind: [order\n");
});
finding!(
    json_object,
    p,
    {
        p.edit(ORDER, "subject:", "subjekt:");
        p.edit(ROADMAP, "\"Январь 2025\"", "\"Январь 2023\"");
    },
    &["--format", "json"]
);

/// The object of `--format json` has the fields of the contract, in types and in meaning.
#[test]
fn json_keeps_to_the_contract() {
    let place = Place::new();
    place.edit(ORDER, "subject:", "subjekt:");
    let run = place.check(&["--format", "json"]);
    assert_eq!(run.status, Some(1));
    assert!(run.err.is_empty(), "{}", run.err);
    let all: serde_json::Value = serde_json::from_str(&run.out).expect("one object");
    assert_eq!(all.as_object().expect("an object").len(), 2);
    assert!(all["summary"].is_object());
    for finding in run.findings() {
        let keys: Vec<&str> = finding
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .collect();
        let mut expected = vec![
            "code", "severity", "path", "line", "column", "message", "hint", "subject",
        ];
        expected.sort_unstable();
        let mut keys = keys;
        keys.sort_unstable();
        assert_eq!(keys, expected);
        assert!(["error", "warning"].contains(&finding["severity"].as_str().expect("text")));
        assert!(finding["line"].is_u64() && finding["column"].is_u64());
        assert!(finding["subject"].is_null());
    }
}

/// A right site gives an empty list and status 0.
#[test]
fn json_of_a_right_site_is_empty() {
    let run = Place::new().check(&["--format", "json"]);
    assert_eq!(run.status, Some(0));
    assert!(run.findings().is_empty());
}
