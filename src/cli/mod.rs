//! The command line: raw arguments become checked ones, results become words and exit statuses.
//!
//! Exit status: 0 fine, 1 findings stop it, 2 wrong usage or the machine refuses. Must not do a stage's work.

mod args;
mod audit;
mod build;
mod duties;
mod explain;
mod import;
mod init;
mod new;
mod registry;
mod report;
mod review;
mod rollover;
mod schema;
mod serve;
mod sources;
mod tab;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::diag::{Findings, Lang};
use crate::publish;

pub use args::{Args, Command, Common, Format};

/// Fine.
pub const OK: u8 = 0;
/// Findings stop it.
pub const FOUND: u8 = 1;
/// Wrong usage, or the machine refuses.
pub const REFUSED: u8 = 2;

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    crate::dumps::forbid();
    let raw: Vec<std::ffi::OsString> = std::env::args_os().collect();
    let lang = args::lang_of(&raw);
    match args::parse(&raw) {
        Ok(args) => ExitCode::from(run(args, lang)),
        Err(error) => ExitCode::from(args::explain(&error, lang)),
    }
}

fn run(args: Args, lang: Lang) -> u8 {
    let Some(command) = args.command else {
        return opened(lang);
    };
    recover(&command);
    match command {
        Command::Build(options) => build::build(&options, true, lang),
        Command::Check(options) => build::build(&options, false, lang),
        Command::Serve(options) => serve::serve(&options, false, lang),
        Command::Desk(options) => serve::serve(&options, true, lang),
        Command::Audit(options) => audit::audit(&options, lang),
        Command::Init(options) => init::init(&options, lang),
        Command::Import(options) => import::import(&options, lang),
        Command::Duties(options) => duties::duties(&options, lang),
        Command::Report(options) => report::report(&options, lang),
        Command::Rollover(options) => rollover::rollover(&options, lang),
        Command::Tab(args::TabCommand::Build(options)) => tab::build(&options, lang),
        Command::Tab(args::TabCommand::Check(options)) => tab::check(&options, lang),
        Command::Review(options) => review::review(&options, lang),
        Command::New(options) if options.kind == "tab" => tab::new(&options, lang),
        Command::Registry(options) => registry::registry(&options, lang),
        Command::New(options) => new::new(&options, lang),
        Command::Schema(options) => schema::schema(&options, lang),
    }
}

/// Without a command, as a double click calls it: the desk of the project that is here or lies beside the program; in an
/// empty folder, the desk that begins one.
fn opened(lang: Lang) -> u8 {
    let program = std::env::current_exe().ok();
    let beside = program.as_deref().and_then(Path::parent);
    let here = Path::new(".");
    let found = [Some(here), beside].into_iter().flatten();
    let root = found.into_iter().find(|root| root.join("content").is_dir());
    let root = root.or_else(|| is_free(here, program.as_deref()).then_some(here));
    let code = match root.map(args::serving) {
        Some(Ok(Args {
            command: Some(Command::Desk(options)),
        })) => serve::serve(&options, true, lang),
        _ => args::ask_for_command(lang),
    };
    // The window belongs to the program and closes with it.
    if cfg!(windows) && code != OK {
        use std::io::IsTerminal;
        anstream::eprintln!("{}", words::press_enter(lang));
        if std::io::stdin().is_terminal() {
            let _ = std::io::stdin().read_line(&mut String::new());
        }
    }
    code
}

/// Whether nothing lies in a folder but the program itself.
fn is_free(folder: &Path, program: Option<&Path>) -> bool {
    let own = program.and_then(Path::file_name);
    match std::fs::read_dir(folder) {
        Ok(entries) => entries
            .flatten()
            .all(|e| Some(e.file_name().as_os_str()) == own),
        Err(_) => false,
    }
}

/// Ends what a run that was killed began, before anything of the output folder is looked at. What cannot be ended now
/// is told by the run that needs it.
fn recover(command: &Command) {
    let output = |root: &Path| root.join("output");
    let places: Vec<PathBuf> = match command {
        Command::Build(args) | Command::Check(args) => {
            vec![args.out.clone().unwrap_or_else(|| output(&args.root))]
        }
        Command::Serve(args) | Command::Desk(args) => vec![output(&args.root)],
        Command::Tab(args::TabCommand::Build(args)) => {
            vec![args.out.clone().unwrap_or_else(|| output(&args.root))]
        }
        // These change nothing of it, wherever they look.
        Command::Audit(_) | Command::Duties(_) | Command::Report(_) | Command::Rollover(_) => {
            Vec::new()
        }
        _ => vec![output(Path::new("."))],
    };
    for place in places {
        let _ = publish::recover(&place);
    }
}

/// Exit status for the findings of a run.
pub fn status(findings: &Findings, strict: bool) -> u8 {
    if findings
        .iter()
        .any(|f| f.is_error() && f.code().starts_with("system."))
    {
        REFUSED
    } else if findings.stop(strict) {
        FOUND
    } else {
        OK
    }
}

/// Asks for the registry's passphrase on the terminal; `None` where there is none.
pub fn ask_passphrase() -> Option<String> {
    use std::io::IsTerminal;
    if !std::io::stdin().is_terminal() {
        return None;
    }
    rpassword::prompt_password("Пароль реестра (passphrase): ").ok()
}
