//! The `glasno` command.

/// A build makes and drops small strings by the million.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    glasno::cli::main()
}
