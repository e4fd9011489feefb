//! One program for all fuzz targets: `GLASNO_FUZZ=name` says which of [`targets::TABLE`] to run.
//!
//! One program and not one for each target: what is linked into them is the same, and linking it thirty times took
//! longer than running them. libFuzzer brings `main` and the loop; `fuzz/run` builds, seeds and starts it.

#![no_main]

mod carriers;
mod guard;
mod mutators;
mod seeds;
mod sources;
mod targets;

use std::sync::OnceLock;

use targets::Target;

static TARGET: OnceLock<&'static Target> = OnceLock::new();

/// Finds the target; answers the two questions of `fuzz/run` (which targets, which seeds) and leaves.
fn begin() {
    let name = std::env::var("GLASNO_FUZZ").unwrap_or_default();
    if name == "list" {
        for target in targets::TABLE {
            println!("{} {}", target.name, target.max_len);
        }
        std::process::exit(0);
    }
    let Some(target) = targets::TABLE.iter().find(|t| t.name == name) else {
        eprintln!("GLASNO_FUZZ={name}: no such target; GLASNO_FUZZ=list names them");
        std::process::exit(2);
    };
    if let Some(folder) = std::env::var_os("GLASNO_FUZZ_SEEDS") {
        match seeds::write(target, folder.as_ref()) {
            Ok(count) => println!("{name}: {count} seeds"),
            Err(error) => {
                eprintln!("{name}: {error}");
                std::process::exit(2);
            }
        }
        std::process::exit(0);
    }
    TARGET.get_or_init(|| target);
}

libfuzzer_sys::fuzz_target!(
    init: begin(),
    |data: &[u8]| {
        if let Some(target) = TARGET.get() {
            (target.run)(data);
        }
    }
);

libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    match TARGET.get() {
        Some(target) => mutators::mutate(target.shape, data, size, max_size, seed),
        None => size,
    }
});
