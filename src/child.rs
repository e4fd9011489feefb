//! Programs that this one starts: the operator's editor, browser, and what shows a picture.
//!
//! Takes a command; starts it without what this program was trusted with: it needs no passphrase to show a file, nor do
//! its plug-ins. Must not hand on any variable that looks like a secret.

use std::ffi::OsStr;
use std::io;
use std::process::{Command, Stdio};

/// Parts of names under which secrets are kept.
const SECRET: &[&str] = &[
    "PASS",
    "SECRET",
    "TOKEN",
    "CREDENTIAL",
    "PRIVATE",
    "API_KEY",
    "APIKEY",
    "ACCESS_KEY",
    "IDENTITY",
];

/// Starts a program and does not wait for it.
///
/// # Errors
/// The system's, when there is no such program.
pub(crate) fn start(command: &mut Command) -> io::Result<()> {
    without_secrets(command);
    let mut child = command.stdin(Stdio::null()).spawn()?;
    // Reaped when it ends, so that no dead process is left behind.
    std::thread::spawn(move || child.wait());
    Ok(())
}

/// Takes from a program's surroundings what it needs not know.
pub(crate) fn without_secrets(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        if is_secret(&name) {
            command.env_remove(name);
        }
    }
}

/// Opens an address in the browser, or a file with what the system opens it with: the first program that there is.
///
/// # Errors
/// Why the last one could not be started.
pub(crate) fn browse(address: &str) -> io::Result<()> {
    let mut failed = io::Error::from(io::ErrorKind::NotFound);
    for mut command in open::commands(address) {
        // Ctrl+C is for the preview, and not for a browser that it opened.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        match start(&mut command) {
            Ok(()) => return Ok(()),
            Err(error) => failed = error,
        }
    }
    Err(failed)
}

/// Ours, and whatever is named like a secret.
fn is_secret(name: &OsStr) -> bool {
    let name = name.to_string_lossy().to_uppercase();
    name.starts_with("GLASNO_") || SECRET.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_their_names() {
        for name in [
            "GLASNO_REGISTRY_PASSPHRASE",
            "GLASNO_REGISTRY_IDENTITY",
            "AWS_SECRET_ACCESS_KEY",
            "GITHUB_TOKEN",
            "db_password",
        ] {
            assert!(is_secret(OsStr::new(name)), "{name}");
        }
        for name in [
            "PATH",
            "HOME",
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "LANG",
            "SystemRoot",
        ] {
            assert!(!is_secret(OsStr::new(name)), "{name}");
        }
    }
}
