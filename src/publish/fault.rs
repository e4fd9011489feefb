//! For tests: makes one call of a run fail, or be its last.
//!
//! Takes a plan for the thread that publishes; each call of [`super::disk`] is counted and asks here. A run that is
//! «killed» reaches the disk no more: whatever it still tries fails, as if it were not there. With `abort` the process
//! really ends at that call. Must not be part of the program.

use std::cell::RefCell;
use std::fs::File;
use std::io::{self, ErrorKind, Write};

/// What happens at the chosen call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// It is refused and does nothing.
    Refused,
    /// It is done, and yet said to have failed: network folders answer so.
    Belied,
    /// Half of what is to be written gets there. A call that writes nothing is refused.
    Short,
    /// The run ends before it.
    Kill,
    /// The run ends within it: half of the bytes are there.
    KillShort,
}

impl Fault {
    pub(super) const ERRORS: [Fault; 3] = [Fault::Refused, Fault::Belied, Fault::Short];
    pub(super) const KILLS: [Fault; 2] = [Fault::Kill, Fault::KillShort];
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Plan {
    /// Which call, from 1, and what happens there.
    pub at: Option<(usize, Fault)>,
    /// Folders are swapped by two renames though the system can exchange them.
    pub by_renames: bool,
    /// The process ends at a kill, and the disk is not spared.
    pub abort: bool,
    pub seen: usize,
    pub dead: bool,
}

thread_local! {
    static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
}

/// Runs `act` on a disk that fails as planned; gives how many calls it made and whether the chosen one was among them.
pub(super) fn with<T>(plan: Plan, act: impl FnOnce() -> T) -> (T, usize, bool) {
    begin(plan);
    let done = act();
    let plan = PLAN.take().unwrap_or_default();
    (
        done,
        plan.seen,
        plan.at.is_some_and(|(at, _)| plan.seen >= at),
    )
}

/// The same for the rest of the thread's life.
pub(super) fn begin(plan: Plan) {
    PLAN.set(Some(plan));
}

fn planned<T>(look: impl FnOnce(&mut Plan) -> T) -> Option<T> {
    PLAN.with_borrow_mut(|plan| plan.as_mut().map(look))
}

fn gone() -> io::Error {
    io::Error::other("this run was killed")
}

/// What happens at the call that is made now; `Err` when the run is dead.
fn next() -> io::Result<Option<Fault>> {
    let (dead, fault) = planned(|plan| {
        let dead = plan.dead;
        plan.seen += usize::from(!dead);
        let fault = plan.at.filter(|(at, _)| !dead && *at == plan.seen);
        let fault = fault.map(|(_, fault)| fault);
        plan.dead |= matches!(fault, Some(Fault::Kill | Fault::KillShort));
        (dead, fault)
    })
    .unwrap_or_default();
    match fault {
        _ if dead => Err(gone()),
        fault => Ok(fault),
    }
}

pub(super) fn call<T>(act: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    match next()? {
        None => act(),
        Some(Fault::Refused | Fault::Short) => Err(ErrorKind::TimedOut.into()),
        Some(Fault::Belied) => act().and(Err(ErrorKind::TimedOut.into())),
        Some(Fault::Kill | Fault::KillShort) => Err(end()),
    }
}

pub(super) fn put(file: &mut File, bytes: &[u8]) -> io::Result<usize> {
    let half = &bytes[..bytes.len() / 2];
    match next()? {
        None => file.write(bytes),
        Some(Fault::Refused) => Err(ErrorKind::TimedOut.into()),
        Some(Fault::Belied) => file.write_all(bytes).and(Err(ErrorKind::TimedOut.into())),
        Some(Fault::Short) => file.write_all(half).and(Err(ErrorKind::StorageFull.into())),
        Some(Fault::Kill) => Err(end()),
        Some(Fault::KillShort) => {
            let _ = file.write_all(half);
            Err(end())
        }
    }
}

/// The end of the run, or of the process.
fn end() -> io::Error {
    if planned(|plan| plan.abort) == Some(true) {
        std::process::abort();
    }
    gone()
}

pub(super) fn renames_alone() -> bool {
    planned(|plan| plan.by_renames) == Some(true)
}

pub(super) fn spared() -> bool {
    planned(|plan| !plan.abort) == Some(true)
}
