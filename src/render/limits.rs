//! How much one page may cost: steps, bytes, variables, time.
//!
//! Takes what a page is made from; counts while a template runs, and stops it by an error at the counting point where
//! too much was reached. All limits grow with the page's own content, so that a large roadmap may take what it needs
//! and a small page cannot take the machine. The first three are counted and come out the same on every machine; time
//! only ends what they cannot see. Must not be shared between pages: each begins anew, on the thread that makes it.

use std::cell::Cell;
use std::io;
use std::time::{Duration, Instant};

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::points::{AT, STEP};

/// A page without content may take so many steps; the busiest of the built-in theme takes a thousand.
const STEPS: u64 = 100_000;
/// And be so large: no reader loads more.
const OUTPUT: u64 = 8 * 1024 * 1024;
/// And hold so much in one variable, beside what it was given.
const VALUE: u64 = 1024 * 1024;
/// And set so much in all.
const SET: u64 = 64 * 1024 * 1024;
/// No page is worth waiting for longer, on a machine however busy.
const TIME: Duration = Duration::from_secs(120);
/// Values in values: deeper than any document.
const DEPTH: usize = 100;
/// What a value weighs beside its text.
const NODE: u64 = 16;

/// What was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    Steps,
    Output,
    Value,
    Time,
    /// Components in components: the engine counts these.
    Components,
}

impl Limit {
    /// As a word of the catalogue.
    pub(super) fn word(self) -> &'static str {
        match self {
            Limit::Steps => "@limit-steps",
            Limit::Output => "@limit-output",
            Limit::Value => "@limit-value",
            Limit::Time => "@limit-time",
            Limit::Components => "@limit-components",
        }
    }
}

/// What the page on this thread has left.
#[derive(Clone, Copy)]
struct Purse {
    steps: u64,
    output: u64,
    value: u64,
    set: u64,
    until: Option<Instant>,
    reached: Option<Limit>,
    /// The last point that was passed.
    point: usize,
}

const EMPTY: Purse = Purse {
    steps: 0,
    output: 0,
    value: 0,
    set: 0,
    until: None,
    reached: None,
    point: 0,
};

thread_local! {
    static PURSE: Cell<Purse> = const { Cell::new(EMPTY) };
}

/// Runs `make` for a page whose content weighs so much; gives what it made, the limit that ended it, and the last
/// counting point.
pub(super) fn within<T>(weight: u64, make: impl FnOnce(Page) -> T) -> (T, Option<Limit>, usize) {
    let begun = PURSE.replace(Purse {
        steps: STEPS.saturating_add(weight / 2),
        output: OUTPUT.saturating_add(weight.saturating_mul(16)),
        value: VALUE.saturating_add(weight),
        set: SET.saturating_add(weight.saturating_mul(4)),
        until: Instant::now().checked_add(TIME),
        reached: None,
        point: 0,
    });
    let made = make(Page(Vec::with_capacity(16 * 1024)));
    let over = PURSE.replace(begun);
    (made, over.reached, over.point)
}

/// The page being written.
pub struct Page(Vec<u8>);

impl Page {
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl io::Write for &mut Page {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut purse = PURSE.get();
        let left = purse.output.checked_sub(bytes.len() as u64);
        purse.output = left.unwrap_or(0);
        if left.is_some() {
            self.0.extend_from_slice(bytes);
        } else {
            // The next point stops the template, and has a place to tell.
            purse.reached = Some(Limit::Output);
        }
        PURSE.set(purse);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// What a value weighs, counted up to a little more than `most`.
pub(super) fn weight(value: &Value, most: u64) -> u64 {
    fn add(value: &Value, left: &mut u64, depth: usize) {
        let text = value.as_str().map_or(0, str::len) as u64;
        *left = left.saturating_sub(NODE + text);
        if depth == 0 {
            *left = 0;
        }
        if *left == 0 {
            return;
        }
        if let Some(list) = value.as_array() {
            for item in list {
                add(item, left, depth - 1);
                if *left == 0 {
                    return;
                }
            }
        } else if let Some(map) = value.as_map() {
            for (key, item) in map {
                *left = left.saturating_sub(key.as_str().map_or(0, str::len) as u64);
                add(item, left, depth - 1);
                if *left == 0 {
                    return;
                }
            }
        }
    }
    let mut left = most.saturating_add(1);
    add(value, &mut left, DEPTH);
    most.saturating_add(1) - left
}

/// Gives the engine the function that counts, and filters and functions of its own that know a limit where the
/// engine's do not.
pub(super) fn register(tera: &mut Tera) {
    tera.register_function(STEP, |kwargs: Kwargs, _: &State<'_>| step(&kwargs));
    tera.register_function("range", range);
    tera.register_filter("replace", replace);
    tera.register_filter("join", join);
    tera.register_filter("indent", indent);
    tera.register_filter("unique", unique);
}

/// One step, and the weight of what was just set.
fn step(kwargs: &Kwargs) -> TeraResult<&'static str> {
    let mut purse = PURSE.get();
    purse.point = kwargs.get(AT)?.unwrap_or(purse.point);
    PURSE.set(purse);
    spend(1)?;
    for (name, value) in kwargs.iter() {
        if name.as_str() == Some(AT) {
            continue;
        }
        let mut purse = PURSE.get();
        let most = purse.value.min(purse.set);
        let weight = weight(value, most);
        purse.set = purse.set.saturating_sub(weight);
        PURSE.set(purse);
        if weight > most {
            return Err(stop(Limit::Value));
        }
        // Weighing takes time, too.
        spend(weight / 256)?;
    }
    Ok("")
}

fn spend(steps: u64) -> TeraResult<()> {
    let mut purse = PURSE.get();
    let left = purse.steps.checked_sub(steps);
    purse.steps = left.unwrap_or(0);
    PURSE.set(purse);
    if let Some(limit) = purse.reached {
        return Err(stop(limit));
    }
    if left.is_none() {
        return Err(stop(Limit::Steps));
    }
    // The clock is asked now and then: it costs more than a step.
    if left.is_some_and(|n| n % 256 == 0 || steps > 256)
        && purse.until.is_some_and(|until| Instant::now() > until)
    {
        return Err(stop(Limit::Time));
    }
    Ok(())
}

fn stop(limit: Limit) -> Error {
    let mut purse = PURSE.get();
    purse.reached = purse.reached.or(Some(limit));
    PURSE.set(purse);
    Error::message(limit.word())
}

/// Whether a text of so many bytes may be made, which takes its time.
fn allow(bytes: usize) -> TeraResult<()> {
    spend(bytes as u64 / 4096)?;
    match bytes as u64 > PURSE.get().value {
        true => Err(stop(Limit::Value)),
        false => Ok(()),
    }
}

/// `range(end=…, start=0, step_by=1)`: as the engine's, each number a sixteenth of a step.
fn range(kwargs: Kwargs, _: &State<'_>) -> TeraResult<Vec<i64>> {
    const MOST: i64 = 100_000;
    let start = kwargs.get::<i64>("start")?.unwrap_or(0);
    let end = kwargs.must_get::<i64>("end")?;
    let by = kwargs.get::<i64>("step_by")?.unwrap_or(1);
    if by == 0 || (by > 0 && start > end) {
        return Err(Error::message(
            "`range`: `start` must not be greater than `end`, nor `step_by` be 0",
        ));
    }
    let inside = |n: i64| if by > 0 { n < end } else { n > end };
    let mut numbers = Vec::new();
    let mut next = Some(start);
    while let Some(n) = next.filter(|n| inside(*n)) {
        if numbers.len() as i64 == MOST {
            return Err(Error::message(format!(
                "`range` would give more than {MOST} numbers"
            )));
        }
        if numbers.len() % 16 == 0 {
            spend(1)?;
        }
        numbers.push(n);
        next = n.checked_add(by);
    }
    Ok(numbers)
}

fn replace(text: StringInput<'_>, kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let from = kwargs.must_get::<&str>("from")?;
    let to = kwargs.must_get::<StringInput<'_>>("to")?;
    let safe = state.autoescaping_enabled() && (text.is_safe() || to.is_safe());
    let (text, to) = match safe {
        true => (text.rendered(state)?, to.rendered(state)?),
        false => (text.as_str().into(), to.as_str().into()),
    };
    let times = text.matches(from).count();
    allow(text.len().saturating_add(times.saturating_mul(to.len())))?;
    let out = text.replace(from, &to);
    Ok(match safe {
        true => Value::safe_string(&out),
        false => Value::from(out),
    })
}

fn join(list: &[Value], kwargs: Kwargs, state: &State<'_>) -> TeraResult<Value> {
    let sep = kwargs.get::<StringInput<'_>>("sep")?;
    let safe = state.autoescaping_enabled()
        && (list.iter().any(|v| v.is_string() && v.is_safe())
            || sep.as_ref().is_some_and(StringInput::is_safe));
    let between = match &sep {
        Some(sep) if safe => sep.rendered(state)?.into_owned(),
        Some(sep) => sep.as_str().to_owned(),
        None => String::new(),
    };
    // A list in a list is written out whole.
    let sizes = list.iter().map(|v| weight(v, u64::MAX / 2));
    let size = sizes.fold(0, u64::saturating_add);
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    allow(size.saturating_add(between.len().saturating_mul(list.len())))?;
    let mut out = String::new();
    for (i, value) in list.iter().enumerate() {
        if i > 0 {
            out.push_str(&between);
        }
        match value {
            value if value.is_undefined() => {}
            value if safe => out.push_str(&state.escape_if_needed(value)?),
            value => out.push_str(&value.to_string()),
        }
    }
    Ok(match safe {
        true => Value::safe_string(&out),
        false => Value::from(out),
    })
}

fn indent(text: StringInput<'_>, kwargs: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let width = kwargs.get::<usize>("width")?.unwrap_or(4).min(1000);
    let first = kwargs.get::<bool>("first")?.unwrap_or(false);
    let blank = kwargs.get::<bool>("blank")?.unwrap_or(false);
    let lines = text.as_str().split('\n');
    allow(
        text.as_str()
            .len()
            .saturating_add(lines.clone().count().saturating_mul(width)),
    )?;
    let mut out = String::new();
    for (i, line) in lines.enumerate() {
        if i > 0 {
            out.push('\n');
        }
        if (i > 0 || first) && (blank || !line.is_empty()) {
            out.extend(std::iter::repeat_n(' ', width));
        }
        out.push_str(line);
    }
    Ok(text.inherit_safety(out))
}

/// As the engine's; each comparison counts, for there are many of them.
fn unique(list: &[Value], _: Kwargs, _: &State<'_>) -> TeraResult<Vec<Value>> {
    let mut out: Vec<Value> = Vec::new();
    for value in list {
        spend(1 + out.len() as u64 / 64)?;
        if !out.contains(value) {
            out.push(value.clone());
        }
    }
    Ok(out)
}
