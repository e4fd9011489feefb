//! Keeps the registry out of core dumps: names and a passphrase stand in memory while the program runs, and what a
//! crash writes to disk is read by people who were never meant to see them.
//!
//! Takes nothing; asks the system not to dump this process. On Linux other programs of the same user cannot look into
//! its memory then either. Windows keeps its crash dumps by a policy of the machine, which a program cannot change:
//! see `docs/security.md`. Must not fail a run: a system that refuses is as it was.

/// Forbids dumps of this process, and not of what it starts.
pub(crate) fn forbid() {
    #[cfg(unix)]
    {
        use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
        let none = Rlimit {
            current: Some(0),
            maximum: getrlimit(Resource::Core).maximum,
        };
        let _ = setrlimit(Resource::Core, none);
    }
    // The limit means nothing where the system hands dumps to a program of its own.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}

#[cfg(test)]
mod tests {
    #[cfg(target_os = "linux")]
    #[test]
    fn nothing_is_dumped() {
        use rustix::process::{DumpableBehavior, Resource, dumpable_behavior, getrlimit};
        super::forbid();
        assert_eq!(getrlimit(Resource::Core).current, Some(0));
        assert!(matches!(
            dumpable_behavior(),
            Ok(DumpableBehavior::NotDumpable)
        ));
    }
}
