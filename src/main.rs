//! The `glasno` command.

fn main() -> std::process::ExitCode {
    glasno::cli::main()
}
