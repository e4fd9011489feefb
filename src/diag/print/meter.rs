//! A line on the terminal that tells how far a long run is.
//!
//! Takes a closure that gives the line's words; shows them on stderr from half a second on, over and over on the same
//! line, and leaves an empty line behind. Where that cannot be (a pipe, a file) it says nothing; where control
//! characters are not wanted (`NO_COLOR`, `TERM=dumb`) it says a plain line from time to time. Only `\r` and blanks are
//! written, so that nothing can be left in another colour. Must not know what is being done.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use unicode_width::UnicodeWidthStr;

/// Work that is done sooner says nothing.
const AFTER: Duration = Duration::from_millis(500);
/// How often the line is written again.
const EVERY: Duration = Duration::from_millis(100);
/// The same where lines stay.
const SELDOM: Duration = Duration::from_secs(5);

/// What a terminal can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// No person is looking.
    None,
    /// Lines can be written, and stay.
    Plain,
    /// A line can be written over.
    Lively,
}

impl Screen {
    /// Of stderr.
    pub fn of_stderr() -> Self {
        let said = |name| std::env::var(name).unwrap_or_default();
        Screen::from(
            io::stderr().is_terminal(),
            !said("NO_COLOR").is_empty(),
            said("TERM") == "dumb",
        )
    }

    fn from(terminal: bool, no_color: bool, dumb: bool) -> Self {
        match (terminal, no_color || dumb) {
            (false, _) => Screen::None,
            (true, true) => Screen::Plain,
            (true, false) => Screen::Lively,
        }
    }
}

/// Shows a line until it is dropped.
pub struct Meter {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Meter {
    /// `words` gives the line, or `None` when there is nothing to say; `shown` hears whether a line is there.
    pub fn start(
        screen: Screen,
        words: impl Fn() -> Option<String> + Send + 'static,
        shown: impl Fn(bool) + Send + 'static,
    ) -> Self {
        if screen == Screen::None {
            return Meter {
                stop: None,
                thread: None,
            };
        }
        let (stop, stopped) = channel::<()>();
        let thread = std::thread::spawn(move || {
            let mut line = Line::new(screen, io::stderr());
            let begun = Instant::now();
            loop {
                match stopped.recv_timeout(EVERY) {
                    Err(RecvTimeoutError::Timeout) if begun.elapsed() < AFTER => {}
                    Err(RecvTimeoutError::Timeout) => {
                        match words() {
                            Some(words) => line.show(&words, Instant::now()),
                            None => line.clear(),
                        }
                        shown(line.width > 0);
                    }
                    _ => break,
                }
            }
            line.clear();
            shown(false);
        });
        Meter {
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Meter {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            // What comes next is printed on a clean line.
            let _ = thread.join();
        }
    }
}

struct Line<W: Write> {
    screen: Screen,
    out: W,
    /// Columns that the line takes now.
    width: usize,
    last: Option<Instant>,
}

impl<W: Write> Line<W> {
    fn new(screen: Screen, out: W) -> Self {
        Line {
            screen,
            out,
            width: 0,
            last: None,
        }
    }

    fn show(&mut self, words: &str, now: Instant) {
        // A terminal that has gone away is no fault of the run.
        match self.screen {
            Screen::None => {}
            Screen::Plain => {
                if self.last.is_none_or(|last| now - last >= SELDOM) {
                    self.last = Some(now);
                    let _ = writeln!(self.out, "{words}");
                }
            }
            Screen::Lively => {
                let width = words.width();
                let rest = self.width.saturating_sub(width);
                let _ = write!(self.out, "\r{words}{:rest$}", "");
                let _ = self.out.flush();
                self.width = width;
            }
        }
    }

    fn clear(&mut self) {
        if self.width > 0 {
            let _ = write!(self.out, "\r{:1$}\r", "", self.width);
            let _ = self.out.flush();
            self.width = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(screen: Screen, steps: &[(&str, u64)]) -> String {
        let mut line = Line::new(screen, Vec::new());
        let begun = Instant::now();
        for (words, second) in steps {
            line.show(words, begun + Duration::from_secs(*second));
        }
        line.clear();
        String::from_utf8_lossy(&line.out).into_owned()
    }

    #[test]
    fn a_lively_line_is_written_over_and_taken_away() {
        let steps = [("Читаю 10 из 20", 0), ("Читаю 2", 0)];
        assert_eq!(
            written(Screen::Lively, &steps),
            "\rЧитаю 10 из 20\rЧитаю 2       \r       \r"
        );
    }

    #[test]
    fn plain_lines_are_few_and_hold_no_control_characters() {
        let steps = [("1", 0), ("2", 1), ("3", 6), ("4", 7)];
        assert_eq!(written(Screen::Plain, &steps), "1\n3\n");
        assert_eq!(written(Screen::None, &steps), "");
    }

    #[test]
    fn the_environment_decides() {
        assert_eq!(Screen::from(false, false, false), Screen::None);
        assert_eq!(Screen::from(true, true, false), Screen::Plain);
        assert_eq!(Screen::from(true, false, true), Screen::Plain);
        assert_eq!(Screen::from(true, false, false), Screen::Lively);
    }

    #[test]
    fn short_work_says_nothing() {
        let said = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
        let heard = said.clone();
        let meter = Meter::start(
            Screen::Plain,
            move || {
                heard.store(true, std::sync::atomic::Ordering::Relaxed);
                None
            },
            |_| {},
        );
        drop(meter);
        assert!(!said.load(std::sync::atomic::Ordering::Relaxed));
    }
}
