//! Sources that are right in form and wrong in meaning: references, periods, numbers, addresses.

use crate::place::{Place, finding};

const ORDER: &str = "content/primer-2025/orders/12-od.yaml";
const NEWS: &str = "content/primer-2025/news/start.md";
const ROADMAP: &str = "content/primer-2025/roadmap.yaml";
const SEMINAR: &str = "content/primer-2025/seminars/ustanovochnyj.yaml";
const VISITS: &str = "content/primer-2025/schedules/desant.yaml";
const REGISTRY: &str = "content/private/registry.yaml";
const PAGE: &str = "content/primer-2025/pages/voprosy.md";

finding!(order_unresolved, p, {
    p.edit(ROADMAP, "order: 12-od", "order: 12-ob");
});
finding!(order_of_another_kind, p, {
    p.edit(ROADMAP, "order: 12-od", "order: start");
});
finding!(row_unresolved, p, {
    p.edit(SEMINAR, "row: \"1.2.\"", "row: \"1.7.\"");
});
finding!(row_ambiguous, p, {
    p.edit(ROADMAP, "no: \"2.1.\"", "no: \"1.2.\"");
    p.edit(VISITS, "row: \"2.1.\"\n", "");
});
finding!(row_told_apart_by_its_section, p, {
    p.edit(ROADMAP, "no: \"2.1.\"", "no: \"1.2.\"");
    p.edit(VISITS, "row: \"2.1.\"", "row: {no: \"1.2.\", section: 2}");
    p.edit(SEMINAR, "row: \"1.2.\"", "row: {no: \"1.2.\", section: 1}");
});
finding!(body_unresolved, p, {
    p.edit(
        SEMINAR,
        "[\"Методический центр\"]",
        "[\"Методичский центр\"]",
    );
});
finding!(body_unlike_any, p, {
    p.edit(SEMINAR, "[\"Методический центр\"]", "[\"Планетарий\"]");
});
finding!(body_spelt_by_two, p, {
    p.edit(
        "content/primer-2025/bodies.yaml",
        "name: \"Методический центр\"",
        "name: \"Методический центр\"\n    aliases: [\"УО\"]",
    );
});
finding!(body_id_twice, p, {
    p.edit("content/primer-2025/bodies.yaml", "id: mc", "id: uo");
});
finding!(file_unresolved, p, {
    p.edit(SEMINAR, "../files/pamyatka.csv", "../files/pamyatka.pdf");
});
finding!(file_unused, p, {
    p.write("content/primer-2025/files/zabytyj.csv", "а,б\n");
});
finding!(file_name_not_fit_for_an_address, p, {
    p.write("content/primer-2025/files/Памятка 2025.csv", "а,б\n");
    p.append(NEWS, "\n[Памятка](<../files/Памятка 2025.csv>)\n");
});
finding!(file_name_reserved_on_windows, p, {
    p.write("content/primer-2025/files/aux.csv", "а,б\n");
    p.append(NEWS, "\n[Таблица](../files/aux.csv)\n");
});
finding!(document_name_not_fit_for_an_address, p, {
    p.write(
        "content/primer-2025/news/Новость.md",
        "---\nkind: news\ntitle: \"Новость\"\ndate: 2025-02-01\n---\nТекст.\n",
    );
});
finding!(document_name_reserved_on_windows, p, {
    p.write(
        "content/primer-2025/pages/con.md",
        "---\nkind: page\ntitle: \"Страница\"\n---\nТекст.\n",
    );
});
finding!(link_unresolved, p, {
    p.append(
        NEWS,
        "\nСмотрите [приказ](../orders/13-od.yaml) и [сайт](ftp://obrazec.example/).\n",
    );
});
finding!(anchor_unresolved, p, {
    p.append(
        NEWS,
        "\nСмотрите [порядок](../documents/model.md#poryadok) и [сроки](../documents/model.md#sroki).\n",
    );
});
finding!(link_out_of_content, p, {
    p.append(
        NEWS,
        "\n[Реестр](../../private/registry.yaml) и [настройки](../../../Cargo.toml)\n",
    );
});
finding!(id_twice, p, {
    p.append(PAGE, "");
    p.edit(PAGE, "kind: page", "kind: page\nid: start");
});
finding!(two_pages_with_one_address, p, {
    p.edit(
        PAGE,
        "kind: page",
        "kind: page\naddress: /primer-2025/news/start/",
    );
});
finding!(address_of_the_program_itself, p, {
    p.edit(
        PAGE,
        "kind: page",
        "kind: page\naddress: /primer-2025/calendar/",
    );
});
finding!(address_that_is_none, p, {
    p.edit(PAGE, "kind: page", "kind: page\naddress: /Вопросы");
});
finding!(draft_referenced, p, {
    p.edit(ORDER, "kind: order", "kind: order\ndraft: true");
});
finding!(draft_linked, p, {
    p.edit(PAGE, "kind: page", "kind: page\ndraft: true");
    p.append(NEWS, "\n[Вопросы](../pages/voprosy.md)\n");
});
finding!(period_impossible_date, p, {
    p.edit(ROADMAP, "\"Январь 2025\"", "\"31.09.2025\"");
    p.edit(ROADMAP, "\"до 25.03.2025\"", "\"до 25.13.2025\"");
    p.edit(ROADMAP, "\"ежеквартально\"", "\"V квартал 2025\"");
});
finding!(period_not_understood, p, {
    p.edit(ROADMAP, "\"Январь 2025\"", "\"как получится\"");
});
finding!(period_backwards, p, {
    p.edit(
        ROADMAP,
        "\"Январь 2025\"",
        "{text: \"зимой\", from: 2025-03-01, to: 2025-01-01}",
    );
    p.edit(SEMINAR, "\"20.03.2025\"", "\"с 20.03.2025 по 10.03.2025\"");
});
finding!(period_without_a_year, p, {
    p.edit(SEMINAR, "\"20.03.2025\"", "\"20 марта\"");
});
finding!(period_outside_the_plan, p, {
    p.edit(ROADMAP, "\"Январь 2025\"", "\"Январь 2023\"");
});
finding!(period_sic, p, {
    p.edit(
        ROADMAP,
        "\"Январь 2025\"",
        "{text: \"31.09.2025\", sic: true, note: \"так в документе\"}",
    );
});
finding!(words_sic, p, {
    p.edit(
        ORDER,
        "\"О плане мероприятий на 2025 год\"",
        "{text: \"О плане мероприятий мероприятий на 2025 год\", sic: true}",
    );
});
finding!(row_number_twice, p, {
    p.edit(ROADMAP, "no: \"2.1.1.\"", "no: \"1.1.\"");
    p.edit(
        "content/primer-2025/materials/pamyatka.md",
        "row: \"2.1.1.\"\n",
        "",
    );
});
finding!(order_cited_under_another_number, p, {
    p.edit(
        ORDER,
        "cites: \"от 14.01.2025 № 12-од\"",
        "cites: \"от 14.01.2025 № 21-од\"",
    );
});
finding!(order_cited_under_another_number_sic, p, {
    p.edit(
        ORDER,
        "cites: \"от 14.01.2025 № 12-од\"",
        "cites: {text: \"от 14.01.2025 № 21-од\", sic: true}",
    );
});
finding!(annex_neither_published_nor_withheld, p, {
    p.edit(
        ORDER,
        ", withheld: {basis: \"не подлежит размещению: пункт 3 приказа\"}",
        "",
    );
});
finding!(annex_both_published_and_withheld, p, {
    p.edit(ORDER, "withheld:", "document: roadmap, withheld:");
});
finding!(done_without_evidence, p, {
    p.edit(
        ROADMAP,
        "{date: 2025-01-20, text: \"Приказ издан\", link: \"orders/12-od.yaml\"}",
        "{date: 2025-01-20}",
    );
});
finding!(column_that_the_table_has_not, p, {
    p.edit(ROADMAP, "  result: \"Результат\"\n", "");
});
finding!(roadmap_without_rows, p, {
    p.write(
        "content/sosed-2024/roadmap.yaml",
        "kind: roadmap\ntitle: \"План-график\"\n",
    );
});
finding!(school_unknown, p, {
    p.edit(VISITS, "school: r-01", "school: r-99");
});
finding!(section_file_missing, p, {
    p.remove("content/sosed-2024/section.yaml");
});
finding!(section_not_listed, p, {
    p.edit(
        "content/site.yaml",
        "[primer-2025, sosed-2024]",
        "[primer-2025]",
    );
});
finding!(section_listed_that_is_none, p, {
    p.edit("content/site.yaml", "sosed-2024]", "sosed-2024, luna-2026]");
});
finding!(section_twice, p, {
    let text = p.read("content/primer-2025/section.yaml");
    p.write("content/primer-2025/vtoroj.yaml", text);
});
finding!(site_file_missing, p, {
    p.remove("content/site.yaml");
    p.edit(ORDER, "subject:", "subjekt:");
    p.edit(SEMINAR, "row: \"1.2.\"", "row: \"1.7.\"");
});
finding!(site_file_wrong, p, {
    p.edit("content/site.yaml", "https://obrazec.example/", "obrazec");
    p.edit(SEMINAR, "row: \"1.2.\"", "row: \"1.7.\"");
});
finding!(k_of_zero, p, {
    p.append("content/site.yaml", "k: 0\n");
});
finding!(registry_ids_that_are_paths, p, {
    p.edit(REGISTRY, "id: r-01", "id: ../../r-01");
    p.edit(REGISTRY, "id: r-02", "id: \"Ромашкинская СОШ\"");
});
finding!(registry_missing, p, {
    p.remove("content/private/registry.yaml");
    p.edit(ORDER, "subject:", "subjekt:");
});
finding!(registry_broken, p, {
    p.append("content/private/registry.yaml", "  - {id: [\n");
});
// With a registry that cannot be read nothing can be masked: names of files and what stands in them are left out.
finding!(registry_broken_and_a_name_in_file_names, p, {
    p.append(REGISTRY, "  - {id: [\n");
    p.write(
        "content/primer-2025/news/vasilkovskaya-sosh.md",
        "---\nkind: news\ntitle: \"Васильковская СОШ\"\nrow: vasilkovskaya\nstranica: 1\n---\nТекст.\n",
    );
    p.write("content/primer-2025/files/Васильковская СОШ.csv", "а\n");
    p.append(NEWS, "\n[Школа](../files/vasilkovskaya.csv)\n");
});
finding!(document_outside_a_section, p, {
    p.write("content/order.yaml", "kind: order\n");
});

/// A document that cannot be read hides nothing but what refers to it.
#[test]
fn one_broken_file_hides_no_other_finding() {
    let place = Place::new();
    place.edit(ORDER, "number:", "nunber:");
    place.edit(SEMINAR, "row: \"1.2.\"", "row: \"1.7.\"");
    place.edit(SEMINAR, "[\"Методический центр\"]", "[\"Планетарий\"]");
    place.append(NEWS, "\n[нет](../files/net.pdf)\n");
    let run = place.check(&["--format", "json"]);
    assert_eq!(
        run.codes(),
        [
            "file.unresolved",
            "field.missing",
            "field.unknown",
            "row.unresolved",
            "body.unresolved",
        ]
    );
}
