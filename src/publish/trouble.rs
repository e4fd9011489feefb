//! Turns what the operating system said into a finding a person can act on.
//!
//! Takes a path as it should be shown and an I/O error; gives a `system.*` finding. Must not decide what happens next.

use std::io::{self, ErrorKind};

use crate::diag::catalog::publish as say;
use crate::diag::{Entry, Finding, Location};

/// What every step of publishing returns when it cannot go on.
pub(super) type Trouble = Box<Finding>;

/// A finding about `path` that names it in its message too.
pub(super) fn about(entry: &'static Entry, path: &str) -> Trouble {
    Box::new(Finding::new(entry, Location::file(path)).arg("path", path))
}

/// The finding for an I/O error on `path`.
pub(super) fn io(path: &str, error: &io::Error) -> Trouble {
    let entry = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            &say::DISK_FULL
        }
        _ if is_locked(error) => &say::LOCKED,
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => &say::DENIED,
        _ => &say::IO,
    };
    let mut finding = about(entry, path);
    finding.args.push(("error", error.to_string()));
    finding
}

/// Whether another program holds the file open: Windows' sharing and lock violations.
pub(super) fn is_locked(error: &io::Error) -> bool {
    cfg!(windows) && matches!(error.raw_os_error(), Some(32 | 33))
}

/// Whether trying again in a moment may help. On Windows a folder that holds an open file is «access denied»,
/// and virus scanners open every new file for an instant.
pub(super) fn may_pass(error: &io::Error) -> bool {
    cfg!(windows) && (is_locked(error) || error.kind() == ErrorKind::PermissionDenied)
}
