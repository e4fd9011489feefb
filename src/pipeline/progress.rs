//! How far a run has come, for whoever wants to show it.
//!
//! Takes counts from the stages; gives [`At`] to a terminal or a page that looks from time to time. The stages only
//! count: whether and where it is shown is not theirs to know; [`meter`] is for the rooms that talk to a person.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::diag::Lang;
use crate::diag::catalog::progress as words;
use crate::diag::print::meter::{Meter, Screen};

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Sources are read and parsed.
    Read,
    /// Documents are resolved and made public.
    Check,
    /// Files of the site are made and audited.
    Make,
}

/// So much of a step is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    pub step: Step,
    pub done: usize,
    pub total: usize,
}

impl At {
    /// One line for people.
    pub fn words(self, lang: Lang) -> String {
        let line = match self.step {
            Step::Read => words::reading,
            Step::Check => words::checking,
            Step::Make => words::making,
        };
        line(self.done, self.total, lang)
    }
}

/// Counters that a run writes and others read. Nothing hangs on them, so no order between them is asked for.
#[derive(Debug, Default)]
pub struct Progress {
    /// 0 is nothing to show, else the step's place below.
    step: AtomicU8,
    done: AtomicUsize,
    total: AtomicUsize,
    /// Somebody's line is on the terminal.
    shown: AtomicU8,
}

const STEPS: [Step; 3] = [Step::Read, Step::Check, Step::Make];

/// Shows on the terminal how far it is, until it is dropped.
pub fn meter(progress: &Arc<Progress>, lang: Lang) -> Meter {
    let (looked, told) = (progress.clone(), progress.clone());
    Meter::start(
        Screen::of_stderr(),
        move || Some(looked.at()?.words(lang)),
        move |shown| told.is_shown(shown),
    )
}

/// A line is taken away within this time, or whoever shows it has gone.
const PATIENCE: Duration = Duration::from_millis(300);

impl Progress {
    /// A step of so many parts begins.
    pub fn begin(&self, step: Step, total: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        let place = STEPS.iter().position(|s| *s == step).unwrap_or(0);
        let number = u8::try_from(place + 1).unwrap_or(0);
        self.step.store(number, Ordering::Relaxed);
    }

    /// One more part is done.
    pub fn one(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// There is nothing to show until the next step: a person may be asked for a passphrase on the same line, so this
    /// waits until a line that is shown has been taken away.
    pub fn hush(&self) {
        self.step.store(0, Ordering::Relaxed);
        let begun = Instant::now();
        while self.shown.load(Ordering::Acquire) != 0 && begun.elapsed() < PATIENCE {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// How far it is; `None` between steps.
    pub fn at(&self) -> Option<At> {
        let number = usize::from(self.step.load(Ordering::Relaxed));
        let step = *STEPS.get(number.checked_sub(1)?)?;
        let total = self.total.load(Ordering::Relaxed);
        let done = self.done.load(Ordering::Relaxed).min(total);
        (total > 0).then_some(At { step, done, total })
    }

    /// Told by whoever shows it: a line is there, or it has been taken away.
    pub fn is_shown(&self, shown: bool) {
        self.shown.store(u8::from(shown), Ordering::Release);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_follow_each_other_and_never_pass_their_end() {
        let progress = Progress::default();
        assert_eq!(progress.at(), None);
        progress.begin(Step::Read, 2);
        for _ in 0..3 {
            progress.one();
        }
        let full = At {
            step: Step::Read,
            done: 2,
            total: 2,
        };
        assert_eq!(progress.at(), Some(full));
        progress.begin(Step::Make, 5);
        assert_eq!(
            progress.at().map(|a| (a.step, a.done)),
            Some((Step::Make, 0))
        );
        progress.begin(Step::Check, 0);
        assert_eq!(progress.at(), None);
        progress.hush();
        assert_eq!(progress.at(), None);
    }

    #[test]
    fn a_line_that_is_shown_is_waited_for() {
        let progress = Arc::new(Progress::default());
        progress.is_shown(true);
        let other = progress.clone();
        let shower = std::thread::spawn(move || {
            std::thread::sleep(Duration::from_millis(40));
            other.is_shown(false);
        });
        let begun = Instant::now();
        progress.hush();
        assert!(begun.elapsed() >= Duration::from_millis(30));
        assert!(shower.join().is_ok());
    }
}
