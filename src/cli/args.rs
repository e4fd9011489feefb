//! Arguments and their explanation in the reader's language.

use std::ffi::OsString;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Args as ClapArgs, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};

use super::words;
use super::{OK, REFUSED};
use crate::diag::Lang;
use crate::kinds::blank::Blank;
use crate::start::Span;
use crate::tab::options::Shard;
use crate::workdays::Day;

/// Публичный раздел проекта из исходных файлов — и ни одного защищаемого названия в нём.
#[derive(Debug, Parser)]
#[command(name = "glasno", version, disable_help_subcommand = true)]
#[command(
    help_template = "{about}\n\nКак вызывать: {usage}\n\n{all-args}",
    subcommand_help_heading = "Команды"
)]
pub struct Args {
    /// Without one the preview is opened.
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Проверить, собрать и опубликовать сайт в output/site
    Build(BuildArgs),
    /// Проверить всё то же, ничего не публикуя
    Check(BuildArgs),
    /// Показать сайт в браузере и обновлять его при каждом сохранении
    Serve(ServeArgs),
    /// Открыть рабочий стол: то же с правкой в браузере
    Desk(ServeArgs),
    /// Искать защищаемые названия в любых файлах и папках
    Audit(AuditArgs),
    /// Начать раздел: несколько вопросов, и он собирается
    Init(InitArgs),
    /// Превратить готовые документы (Word, Excel, PDF, текст) в исходные файлы раздела
    Import(ImportArgs),
    /// Показать картинки и сканы и записать, что человек их посмотрел
    Review(ReviewArgs),
    /// Показать, что и кому предстоит, что просрочено, что без записи
    Duties(DutiesArgs),
    /// Сделать отчёт для подписи за период: HTML, DOCX и PDF
    Report(ReportArgs),
    /// Начать раздел следующего года: строение, исполнители и то, что повторяется
    Rollover(RolloverArgs),
    /// Собрать или проверить вкладку «Проект 500+» на сайте школы
    #[command(subcommand)]
    Tab(TabCommand),
    /// Заполнить, проверить, зашифровать или расшифровать реестр защищаемых школ
    Registry(RegistryArgs),
    /// Создать заготовку исходного файла или папки школы (new tab) с пояснениями
    New(NewArgs),
    /// Записать схемы исходных файлов: по ним редактор подсказывает поля и находит ошибки
    Schema(SchemaArgs),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Text,
    Json,
    /// SARIF 2.1.0, for code-review tools.
    Sarif,
}

/// Options of every command.
#[derive(Debug, Clone, ClapArgs)]
pub struct Common {
    /// День, на который считаются статусы: ГГГГ-ММ-ДД (по умолчанию — сегодня)
    #[arg(long, value_name = "ДЕНЬ", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// Файл реестра защищаемых школ
    #[arg(long, value_name = "ФАЙЛ")]
    pub registry: Option<PathBuf>,
    /// Вид вывода: text, json или sarif
    #[arg(
        long,
        value_name = "ВИД",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: Format,
    /// Предупреждения тоже останавливают публикацию
    #[arg(long)]
    pub strict: bool,
    /// Язык сообщений: ru или en
    #[arg(long, value_name = "ЯЗЫК", hide_possible_values = true)]
    pub lang: Option<LangArg>,
}

impl Common {
    /// The day of the run: as given, else the system's.
    pub fn today(&self) -> NaiveDate {
        self.day().now()
    }

    /// The same, for what goes on over midnight.
    pub fn day(&self) -> Day {
        self.today
            .map_or(Day::Clock(|| chrono::Local::now().date_naive()), Day::Given)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    Ru,
    En,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct BuildArgs {
    /// Папка проекта с content/ и themes/
    #[arg(value_name = "ПАПКА", default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// Куда положить site/, tabs/ и report/ (по умолчанию — ПАПКА/output)
    #[arg(long, value_name = "ПАПКА")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct ServeArgs {
    /// Папка проекта с content/ и themes/
    #[arg(value_name = "ПАПКА", default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// Порт (по умолчанию 4747; если он занят — следующий свободный)
    #[arg(long, value_name = "ПОРТ")]
    pub port: Option<u16>,
    /// Сразу открыть браузер
    #[arg(long)]
    pub open: bool,
    /// Не ждать сообщений системы, а самому проверять папки: для сетевых дисков
    #[arg(long)]
    pub poll: bool,
    /// Команда, которая открывает файл в редакторе: «code -g {path}:{line}:{column}»
    #[arg(long, value_name = "КОМАНДА")]
    pub editor: Option<String>,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct AuditArgs {
    /// Файлы и папки: сайты, документы, архивы
    #[arg(value_name = "ПУТЬ", required = true)]
    pub paths: Vec<PathBuf>,
    /// Показать каждое место, где могла быть названа школа: правила, доводы и решение
    #[arg(long)]
    pub explain: bool,
    /// Читать и картинки: сканы, фотографии (нужна программа tesseract с русским языком)
    #[arg(long)]
    pub ocr: bool,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct InitArgs {
    /// Папка проекта; если её нет, она появится
    #[arg(value_name = "ПАПКА", default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// Район, город или регион: «Луговой район»
    #[arg(long, value_name = "МЕСТО")]
    pub territory: Option<String>,
    /// Чей проект: municipality — района или города, region — региона
    #[arg(long, value_name = "ЧЕЙ", hide_possible_values = true)]
    pub level: Option<LevelArg>,
    /// Как называется проект
    #[arg(long, value_name = "НАЗВАНИЕ")]
    pub title: Option<String>,
    /// Кто ведёт проект: орган или учреждение
    #[arg(long, value_name = "НАЗВАНИЕ")]
    pub owner: Option<String>,
    /// Телефон для вопросов о проекте
    #[arg(long, value_name = "ТЕЛЕФОН")]
    pub phone: Option<String>,
    /// Почта для вопросов о проекте
    #[arg(long, value_name = "ПОЧТА")]
    pub email: Option<String>,
    /// Адрес сайта, на котором будет раздел
    #[arg(long, value_name = "АДРЕС", value_parser = site_address)]
    pub site: Option<String>,
    /// Годы проекта: 2025, 2025-2026 или «2025/2026 учебный год»
    #[arg(long, value_name = "ГОДЫ", value_parser = project_years)]
    pub years: Option<Span>,
    /// Есть ли закрытый перечень школ, которые нельзя называть: yes или no
    #[arg(long, value_name = "ДА-НЕТ", hide_possible_values = true)]
    pub list: Option<YesNo>,
    /// Папка раздела в content/ (по умолчанию — из названия места и года)
    #[arg(long, value_name = "ИМЯ")]
    pub section: Option<String>,
    /// Язык сообщений: ru или en
    #[arg(long, value_name = "ЯЗЫК", hide_possible_values = true)]
    pub lang: Option<LangArg>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LevelArg {
    Region,
    Municipality,
}

fn project_years(words: &str) -> Result<Span, String> {
    crate::start::years(words).ok_or_else(|| words.to_owned())
}

fn site_address(words: &str) -> Result<String, String> {
    crate::start::Answers::address(words).ok_or_else(|| words.to_owned())
}

#[derive(Debug, Clone, ClapArgs)]
pub struct ImportArgs {
    /// Документы; последней можно назвать папку проекта с content/
    #[arg(value_name = "ФАЙЛ", required = true)]
    pub files: Vec<PathBuf>,
    /// Раздел, в который войдут документы: имя папки в content/
    #[arg(long, value_name = "РАЗДЕЛ")]
    pub section: String,
    /// Заменить файлы, которые уже есть; прежние останутся рядом с именем на .bak
    #[arg(long)]
    pub force: bool,
    /// Только показать, что получится
    #[arg(long)]
    pub dry_run: bool,
    /// Распознать сканы и фотографии (нужна программа tesseract с русским языком)
    #[arg(long)]
    pub ocr: bool,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct ReviewArgs {
    /// Картинки, сканы и документы с картинками из content/
    #[arg(value_name = "ФАЙЛ", required = true)]
    pub files: Vec<PathBuf>,
    /// Кто смотрел: фамилия и инициалы
    #[arg(long, value_name = "ИМЯ")]
    pub who: Option<String>,
    /// Что записать о просмотре ещё
    #[arg(long, value_name = "СЛОВА")]
    pub note: Option<String>,
    /// Не спрашивать: файл уже посмотрели, школы в нём не названы (нужно --who)
    #[arg(long, requires = "who")]
    pub yes: bool,
    /// Не открывать файл
    #[arg(long)]
    pub no_open: bool,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DutiesFormat {
    Text,
    Json,
    Ics,
    Html,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct DutiesArgs {
    /// Папка проекта с content/ и themes/
    #[arg(value_name = "ПАПКА", default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// Только этот раздел (тогда и архивный)
    #[arg(long, value_name = "РАЗДЕЛ")]
    pub section: Option<String>,
    /// Только то, чей срок не позже этого дня
    #[arg(long, value_name = "ДЕНЬ", value_parser = day)]
    pub until: Option<NaiveDate>,
    /// День, на который считаются статусы: ГГГГ-ММ-ДД (по умолчанию — сегодня)
    #[arg(long, value_name = "ДЕНЬ", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// Файл реестра защищаемых школ
    #[arg(long, value_name = "ФАЙЛ")]
    pub registry: Option<PathBuf>,
    /// Вид вывода: text, json, ics или html
    #[arg(
        long,
        value_name = "ВИД",
        default_value = "text",
        hide_default_value = true,
        hide_possible_values = true
    )]
    pub format: DutiesFormat,
    /// Язык сообщений: ru или en
    #[arg(long, value_name = "ЯЗЫК", hide_possible_values = true)]
    pub lang: Option<LangArg>,
}

impl DutiesArgs {
    /// The day of the run: as given, else the system's.
    pub fn today(&self) -> NaiveDate {
        self.today
            .unwrap_or_else(|| chrono::Local::now().date_naive())
    }
}

#[derive(Debug, Clone, ClapArgs)]
pub struct ReportArgs {
    /// Папка проекта с content/ и themes/
    #[arg(value_name = "ПАПКА", default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// Раздел: имя папки в content/
    #[arg(long, value_name = "РАЗДЕЛ")]
    pub section: String,
    /// Первый день периода: ГГГГ-ММ-ДД
    #[arg(long, value_name = "ДЕНЬ", value_parser = day)]
    pub from: NaiveDate,
    /// Последний день периода: ГГГГ-ММ-ДД
    #[arg(long, value_name = "ДЕНЬ", value_parser = day)]
    pub to: NaiveDate,
    /// Служебный экземпляр: школы по id, обязанности по публикации; пишется только в output/report
    #[arg(long)]
    pub service: bool,
    /// Куда положить отчёт (по умолчанию — output/report/signed)
    #[arg(long, value_name = "ПАПКА")]
    pub out: Option<PathBuf>,
    /// День, на который считаются статусы: ГГГГ-ММ-ДД (по умолчанию — сегодня)
    #[arg(long, value_name = "ДЕНЬ", value_parser = day)]
    pub today: Option<NaiveDate>,
    /// Файл реестра защищаемых школ
    #[arg(long, value_name = "ФАЙЛ")]
    pub registry: Option<PathBuf>,
    /// Язык сообщений: ru или en
    #[arg(long, value_name = "ЯЗЫК", hide_possible_values = true)]
    pub lang: Option<LangArg>,
}

impl ReportArgs {
    /// The day of the run: as given, else the system's.
    pub fn today(&self) -> NaiveDate {
        self.today
            .unwrap_or_else(|| chrono::Local::now().date_naive())
    }
}

#[derive(Debug, Clone, ClapArgs)]
pub struct RolloverArgs {
    /// Прежний раздел: имя папки в content/
    #[arg(value_name = "ПРЕЖНИЙ")]
    pub old: String,
    /// Новый раздел
    #[arg(value_name = "НОВЫЙ")]
    pub new: String,
    /// Папка проекта
    #[arg(value_name = "ПАПКА", default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// Язык сообщений: ru или en
    #[arg(long, value_name = "ЯЗЫК", hide_possible_values = true)]
    pub lang: Option<LangArg>,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct RegistryArgs {
    #[command(subcommand)]
    pub what: RegistryCommand,
}

#[derive(Debug, Clone, Subcommand)]
pub enum RegistryCommand {
    /// Проверить записи реестра: узнаёт ли программа школу по каждой из них
    Check(RegistryFile),
    /// Внести школы из готового списка: Word, Excel, CSV, текст
    Import(RegistryImport),
    /// Зашифровать: вместо registry.yaml останется registry.yaml.age
    Encrypt(RegistryFile),
    /// Расшифровать обратно
    Decrypt(RegistryFile),
}

#[derive(Debug, Clone, ClapArgs)]
pub struct RegistryFile {
    /// Папка проекта
    #[arg(value_name = "ПАПКА", default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// Файл ключа age вместо пароля
    #[arg(long, value_name = "ФАЙЛ")]
    pub identity: Option<PathBuf>,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct RegistryImport {
    /// Списки школ; последней можно назвать папку проекта с content/
    #[arg(value_name = "ФАЙЛ", required = true)]
    pub files: Vec<PathBuf>,
    /// Только показать, сколько школ будет внесено
    #[arg(long)]
    pub dry_run: bool,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct NewArgs {
    /// What to create: see [`parse`].
    #[arg(value_name = "ВИД", index = 1)]
    pub kind: String,
    /// Куда записать файл; без него заготовка печатается на экран
    #[arg(value_name = "ФАЙЛ", index = 2)]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub tab: AnswerArgs,
    /// Язык сообщений: ru или en
    #[arg(long, value_name = "ЯЗЫК", hide_possible_values = true)]
    pub lang: Option<LangArg>,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct SchemaArgs {
    /// Куда записать схемы (по умолчанию — .glasno/schema)
    #[arg(value_name = "ПАПКА")]
    pub folder: Option<PathBuf>,
    /// Записать и настройки VS Code (.vscode/settings.json) для расширения YAML
    #[arg(long)]
    pub vscode: bool,
    /// Язык сообщений: ru или en
    #[arg(long, value_name = "ЯЗЫК", hide_possible_values = true)]
    pub lang: Option<LangArg>,
}

#[derive(Debug, Subcommand)]
pub enum TabCommand {
    /// Собрать вкладку: папку страниц, один файл, вставку для сайта, набор для Госвеба
    Build(TabBuildArgs),
    /// Проверить готовую вкладку: чего не хватает, что устарело, есть ли текст в документах
    Check(TabCheckArgs),
}

#[derive(Debug, Clone, ClapArgs)]
pub struct TabBuildArgs {
    /// Папка школы со school.yaml или папка портала (с --all или --school)
    #[arg(value_name = "ПАПКА", default_value = ".", hide_default_value = true)]
    pub root: PathBuf,
    /// Вкладки всех школ: из реестра, партнёров и content/private/tabs
    #[arg(long, conflicts_with = "school")]
    pub all: bool,
    /// Только своя доля школ, когда вкладки собирают несколько машин: 2/8 — вторая из восьми (с --all)
    #[arg(long, value_name = "i/n", requires = "all")]
    pub shard: Option<Shard>,
    /// Вкладка одной школы по её id
    #[arg(long, value_name = "ID")]
    pub school: Option<String>,
    /// Адрес папки, куда загружены файлы на сайте школы
    #[arg(long, value_name = "АДРЕС")]
    pub base: Option<String>,
    /// Куда положить tabs/ (по умолчанию — ПАПКА/output)
    #[arg(long, value_name = "ПАПКА")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub common: Common,
}

#[derive(Debug, Clone, ClapArgs)]
pub struct TabCheckArgs {
    /// Сохранённая страница вкладки или папка со страницами и файлами
    #[arg(value_name = "ПУТЬ")]
    pub path: PathBuf,
    #[command(flatten)]
    pub common: Common,
}

/// Answers for `new tab`; what is not given is asked.
#[derive(Debug, Clone, Default, ClapArgs)]
pub struct AnswerArgs {
    /// new tab: название школы
    #[arg(long, value_name = "НАЗВАНИЕ")]
    pub name: Option<String>,
    /// new tab: район или город
    #[arg(long, value_name = "МЕСТО")]
    pub municipality: Option<String>,
    /// new tab: роль в проекте
    #[arg(long, value_name = "РОЛЬ")]
    pub role: Option<RoleArg>,
    /// new tab: называть ли школу на её вкладке: yes или no
    #[arg(long, value_name = "ДА-НЕТ")]
    pub named: Option<YesNo>,
    /// new tab: имя куратора
    #[arg(long, value_name = "ИМЯ")]
    pub curator: Option<String>,
    /// new tab: телефон школы
    #[arg(long, value_name = "ТЕЛЕФОН")]
    pub phone: Option<String>,
    /// new tab: почта школы
    #[arg(long, value_name = "ПОЧТА")]
    pub email: Option<String>,
    /// new tab: сайт школы
    #[arg(long, value_name = "АДРЕС")]
    pub site: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum RoleArg {
    Participant,
    Mentor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum YesNo {
    Yes,
    No,
}

fn day(text: &str) -> Result<NaiveDate, String> {
    crate::document::decode::parse_date(text)
        .ok_or_else(|| "день пишется так: 2025-02-14 (a day is written 2025-02-14)".to_owned())
}

/// Reads the arguments; help is laid out in Russian, as its texts are.
pub(super) fn parse(raw: &[OsString]) -> Result<Args, clap::Error> {
    let known: Vec<&str> = Blank::each().map(|blank| blank.word).collect();
    let kinds = format!("Что создать: tab (папка школы), {}", known.join(", "));
    let command =
        Args::command().mut_subcommand("new", |new| new.mut_arg("kind", |kind| kind.help(kinds)));
    let matches = in_russian(command).try_get_matches_from(raw)?;
    Args::from_arg_matches(&matches)
}

/// What a double click means: the preview of a project, and the browser.
pub(super) fn serving(root: &std::path::Path) -> Result<Args, clap::Error> {
    let words = ["glasno", "desk", "--open", "--"].map(OsString::from);
    parse(&[words.as_slice(), &[root.as_os_str().to_owned()]].concat())
}

/// Says that a command is needed; returns the exit status.
pub(super) fn ask_for_command(lang: Lang) -> u8 {
    explain(
        &Args::command().error(ErrorKind::MissingSubcommand, ""),
        lang,
    )
}

/// Headings of the help, for a command and all below it.
fn in_russian(command: clap::Command) -> clap::Command {
    let help = clap::Arg::new("help")
        .short('h')
        .long("help")
        .action(clap::ArgAction::HelpShort)
        .help("Показать эту справку");
    let mut template = String::from("{about}\n\nКак вызывать: {usage}\n");
    if command.get_positionals().next().is_some() {
        template.push_str("\nЧто указать:\n{positionals}\n");
    }
    if command.has_subcommands() {
        template.push_str("\nКоманды:\n{subcommands}\n");
    }
    template.push_str("\nКлючи:\n{options}");
    let version = clap::Arg::new("version")
        .short('V')
        .long("version")
        .action(clap::ArgAction::Version)
        .help("Показать версию");
    let top = command.get_name() == "glasno";
    let command = command
        .disable_help_flag(true)
        .disable_version_flag(true)
        .subcommand_value_name("КОМАНДА")
        .help_template(template)
        .arg(help)
        .mut_subcommands(in_russian);
    if top { command.arg(version) } else { command }
}

/// The language of messages: `--lang`, else the locale, else Russian.
pub(super) fn lang_of(raw: &[OsString]) -> Lang {
    let words: Vec<_> = raw.iter().map(|s| s.to_string_lossy()).collect();
    for (i, word) in words.iter().enumerate() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.get(i + 1).map(|s| s.as_ref()),
            Some(rest) => rest.strip_prefix('='),
            None => continue,
        };
        match value {
            Some("en") => return Lang::En,
            Some(_) => return Lang::Ru,
            None => {}
        }
    }
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .filter_map(|name| std::env::var(name).ok())
        .find(|value| !value.is_empty());
    match locale.as_deref() {
        // «C» and «POSIX» say nothing of the reader.
        Some(locale) if locale.starts_with("en") => Lang::En,
        _ => Lang::Ru,
    }
}

/// Prints what is wrong with the arguments, or the help that was asked for; returns the exit status.
pub(super) fn explain(error: &clap::Error, lang: Lang) -> u8 {
    if matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
    ) {
        anstream::print!("{}", error.render().ansi());
        return OK;
    }
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(s)) => s.clone(),
        Some(ContextValue::Strings(list)) => list.join(", "),
        _ => String::new(),
    };
    let what = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let command = context(ContextKind::InvalidSubcommand);
    let said = words::usage(error.kind(), &what, &value, &command, lang);
    let nearest = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg]
        .map(context)
        .concat();
    let known = context(ContextKind::ValidValue);
    let advice = words::advice(&nearest, &known, lang);
    anstream::eprintln!("{said}\n{advice}");
    REFUSED
}
