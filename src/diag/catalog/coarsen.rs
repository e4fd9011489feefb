//! Places of schedules made coarser: what stands in the way, and the reasons that the operator's report gives.

use crate::diag::Lang;

entries! {
    SMALL_K = "disclosure.small-k", Warning {
        "порог k равен {k}: строка графика может указать на одну школу", "the threshold k is {k}: a row of a schedule may point to one school";
        "задайте в content/site.yaml значение k не меньше 2; обычно 3", "set k to 2 or more in content/site.yaml; 3 is usual" }
    NOT_LISTED = "disclosure.place-not-listed", Warning {
        "муниципалитета «{value}» нет в реестре среди municipalities, поэтому место в графике укрупнено", "the registry's `municipalities` do not list {value}, so its place was made coarser";
        "впишите его в реестр с числом школ или исправьте название в строке", "add it to the registry with its number of schools, or mend the name in the row" }
    NO_COUNT = "disclosure.place-no-count", Warning {
        "для муниципалитета «{value}» неизвестно число школ, поэтому место в графике укрупнено", "the number of schools of {value} is not known, so its place was made coarser";
        "укажите в реестре schools: общедоступное число школ", "give the public figure as `schools` in the registry" }
    COUNT_TOO_SMALL = "disclosure.place-count", Warning {
        "для муниципалитета «{value}» число школ меньше, чем школ реестра в нём; число не учитывается", "the number of schools of {value} is smaller than the registry's schools in it; it was not used";
        "исправьте schools: считаются все школы муниципалитета", "mend `schools`: it counts all schools of the municipality" }
    PUBLIC_NOWHERE = "disclosure.public-nowhere", Warning {
        "у открытой школы «{value}» не указан муниципалитет, поэтому она вычтена из числа школ каждого", "the public school {value} has no municipality, so it was taken off the count of each";
        "добавьте ей в реестре поле municipality", "give it a `municipality` in the registry" }
    MISMATCH = "disclosure.place-mismatch", Error {
        "в строке {row} муниципалитет не тот, что в реестре у школы {id}", "row {row} gives another municipality than the registry gives for school {id}";
        "исправьте строку или реестр; пока место этой строки скрыто", "mend the row or the registry; until then the row's place is hidden" }
    TOLD = "disclosure.place-told", Error {
        "в строке {row} место укрупнено, но поле {field} его называет", "the place of row {row} was made coarser, but its field {field} names it";
        "уберите из этого поля название муниципалитета или школы, по которой его можно узнать", "take out of this field the municipality, or the school that tells it" }
    SETTLEMENT = "disclosure.settlement-told", Error {
        "поле {field} строки {row} называет населённый пункт школы", "the field {field} of row {row} names the settlement of the school";
        "уберите название: в селе или посёлке обычно одна школа", "take it out: a village usually has but one school" }
    TITLE_TELLS = "disclosure.title-tells", Error {
        "место в строках этого графика укрупнено, но поле {field} документа его называет", "places in this schedule were made coarser, but the document's {field} names one";
        "уберите название муниципалитета из поля {field}", "take the municipality out of {field}" }
    SECTION_TELLS = "disclosure.section-tells", Error {
        "раздел целиком посвящён муниципалитету, где школ слишком мало или число их не указано: место строк скрыть нельзя", "the whole section is about a municipality with too few schools, or with no count: the place of its rows cannot be hidden";
        "укажите число школ в реестре или перенесите график в раздел региона", "give the count in the registry, or move the schedule to the region's section" }
    KIND_HIDDEN = "disclosure.place-kind", Warning {
        "строка {row} называет вид школы ({kind}), а таких в её муниципалитете меньше {k}; место этой строки не печатается", "row {row} tells the kind of the school ({kind}), of which its municipality has fewer than {k}; its place is not printed";
        "уберите вид из строки, если место важнее", "take the kind out of the row if the place matters more" }
    KIND_UNKNOWN = "disclosure.place-kind-unknown", Warning {
        "строка {row} называет вид школы ({kind}), а сколько таких школ, неизвестно; место этой строки не печатается", "row {row} tells the kind of the school ({kind}), and nobody said how many there are; its place is not printed";
        "укажите в реестре у муниципалитетов числа таких школ в поле kinds или уберите вид из строки", "give the numbers of such schools in the registry's `kinds`, or take the kind out of the row" }
    KIND_TELLS = "disclosure.place-kind-tells", Error {
        "строка {row} называет вид школы ({kind}), а таких и на всей территории меньше {k}: скрыть место мало", "row {row} tells the kind of the school ({kind}), of which the whole territory has fewer than {k}: hiding the place is not enough";
        "уберите вид школы или класс из строки", "take the kind or the grade out of the row" }
    UNKNOWN_KIND = "disclosure.kind-unknown", Warning {
        "вид школы «{value}» в kinds реестра неизвестен программе; число не учитывается", "the kind {value} in the registry's `kinds` is not known; its number was not used";
        "бывают: {known}", "there are: {known}" }
    TOO_FEW = "disclosure.place-too-few", Warning {
        "объединить «{value}» не с чем: даже вместе с соседями выходит меньше {k|школы|школ|школ}; место не печатается", "there is nothing to merge {value} with: with its neighbours it still makes fewer than {k|school|schools}; no place is printed";
        "укажите числа школ соседних муниципалитетов в реестре и их группу в regions файла content/site.yaml", "give the counts of neighbouring municipalities in the registry and their group under `regions` in content/site.yaml" }
}

/// Why a row's place is coarser than written, for the operator's report; by the reason's key.
pub fn reason(lang: Lang, key: &str) -> &'static str {
    let (ru, en) = match key {
        "few-schools" => ("школ меньше порога", "fewer schools than the threshold"),
        "no-count" => ("число школ неизвестно", "the number of schools is unknown"),
        "crowded" => (
            "вместе с другими строками выходит меньше порога",
            "together with other rows, fewer than the threshold",
        ),
        "kind" => (
            "строка называет вид школы, а таких слишком мало",
            "the row tells the kind of the school, and there are too few",
        ),
        "complement" => (
            "укрупнено, чтобы соседний муниципалитет нельзя было узнать вычитанием",
            "made coarser so that a neighbour cannot be found by subtraction",
        ),
        _ => (
            "муниципалитет расходится с реестром",
            "the municipality differs from the registry's",
        ),
    };
    match lang {
        Lang::Ru => ru,
        Lang::En => en,
    }
}
