//! Themes, templates, pages.

entries! {
    NO_THEME = "theme.missing", Error {
        "темы «{name}» нет: нет папки themes/{name}", "there is no theme {name}: no folder themes/{name}";
        "исправьте theme в content/site.yaml или создайте папку", "correct theme in content/site.yaml or create the folder" }
    THEME_NAME = "theme.name", Error {
        "theme — не имя папки с темой: {value}", "theme is not the name of a theme's folder: {value}";
        "напишите имя папки, которая лежит в themes/, без пути: строчная латиница, цифры, дефис (например, theme: svoya)", "write the name of a folder that lies in themes/, without a path: lower-case Latin letters, digits, hyphens (theme: own)" }
    THEME_LINK = "theme.link-out", Error {
        "ссылка (symlink) ведёт за пределы темы", "the symbolic link leads out of the theme";
        "положите в тему сам файл", "put the file itself into the theme" }
    TEMPLATE = "template.error", Error {
        "шаблон не читается или не выполняется: {why}", "template error: {why}";
        "исправьте шаблон или удалите свою копию: вернётся встроенный", "mend the template, or delete your copy to get the built-in one" }
    TEMPLATE_LIMIT = "template.limit", Error {
        "шаблон остановлен: {why}", "the template was stopped: {why}";
        "проверьте, что повторяется в этом месте: цикл, компонент, который вызывает сам себя, включения; сколько шаблону можно — в docs/theme.md", "see what is repeated here: a loop, a component that calls itself, includes; docs/theme.md says how much a template may do" }
    TEMPLATE_REFUSED = "template.refused", Error {
        "в шаблонах темы не бывает {what}", "a theme's template may not have {what}";
        "так можно занять всю память, и счёта этому нет; напишите то же циклом, условием или компонентом {{ <имя /> }}", "it could fill the memory uncounted; write the same as a loop, a condition or a component {{ <name /> }}" }
    TEMPLATE_MISSING = "template.missing", Error {
        "нет шаблона «{name}»", "the template {name} is missing";
        "добавьте его в тему", "add it to the theme" }
    TEMPLATE_ENCODING = "template.encoding", Error {
        "шаблон записан не в UTF-8", "the template is not UTF-8";
        "сохраните его в кодировке UTF-8", "save it as UTF-8" }
    BAD_PATH = "page.path", Error {
        "адрес страницы не годится для файла: {path}", "the page's address cannot be a file: {path}";
        "строчная латиница, цифры и дефис, не длиннее 240 знаков", "lower-case Latin letters, digits and hyphens, at most 240 characters" }
    NOT_WRITTEN = "page.download", Error {
        "файл для скачивания не сделан: {why}", "a file to download could not be made: {why}";
        "это ошибка программы: сообщите о ней; до исправления напишите downloads: false в content/site.yaml", "this is a fault of the program: report it; until it is mended write downloads: false in content/site.yaml" }
    DEAD_LINK = "link.dead", Error {
        "ссылка на странице {page} никуда не ведёт: {href}", "a link on {page} leads nowhere: {href}";
        "исправьте адрес или место на странице (после #)", "correct the address or the place on the page (after #)" }
    ROOT_MISSING = "system.no-root", Error {
        "папки «{root}» нет", "there is no folder {root}";
        "проверьте путь", "check the path" }
    OUT_INSIDE = "system.out-inside", Error {
        "папка для сайта лежит внутри исходных файлов: {out}", "the output folder lies inside the sources: {out}";
        "выберите другую папку --out", "choose another --out folder" }
}
