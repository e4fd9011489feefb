//! The command line: raw arguments become checked ones, results become words and exit statuses.
//!
//! Exit status: 0 fine, 1 findings stop it, 2 wrong usage or the machine refuses. Must not do a stage's work.

mod args;
mod audit;
mod build;
mod explain;
mod import;
mod init;
mod new;
mod registry;
mod schema;
mod serve;
mod tab;
mod words;

use std::process::ExitCode;

use crate::diag::{Findings, Lang};

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
    match args.command {
        Command::Build(options) => build::build(&options, true, lang),
        Command::Check(options) => build::build(&options, false, lang),
        Command::Serve(options) => serve::serve(&options, lang),
        Command::Audit(options) => audit::audit(&options, lang),
        Command::Init(options) => init::init(&options, lang),
        Command::Import(options) => import::import(&options, lang),
        Command::Tab(args::TabCommand::Build(options)) => tab::build(&options, lang),
        Command::Tab(args::TabCommand::Check(options)) => tab::check(&options, lang),
        Command::New(options) if options.kind == "tab" => tab::new(&options, lang),
        Command::Registry(options) => registry::registry(&options, lang),
        Command::New(options) => new::new(&options, lang),
        Command::Schema(options) => schema::schema(&options, lang),
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
