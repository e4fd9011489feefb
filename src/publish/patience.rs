//! Acts on files that another program has open for a moment: takes an act, repeats it for a second and a half while
//! what the system says may pass.

use std::io;
use std::thread::sleep;
use std::time::Duration;

use super::trouble;

/// Repeats what Windows refuses while another program has the file open for a moment.
pub(super) fn patiently<T>(mut act: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    for wait in [20, 50, 100, 200, 400, 800] {
        match act() {
            Err(e) if trouble::may_pass(&e) => sleep(Duration::from_millis(wait)),
            done => return done,
        }
    }
    act()
}
