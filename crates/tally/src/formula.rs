//! A formula as an order prints it, in LaTeX, becomes something that can be worked out.
//!
//! Takes the LaTeX that is drawn on the page and the letters that it uses; gives a [`Formula`], or where it stops being
//! arithmetic. Only what orders use is understood: the four operations, fractions, brackets, numbers, a sum sign before
//! a letter (a letter is summed over schools anyway). Must not guess: a letter that nobody explained is a fault.

use crate::number::Number;

/// Why a formula cannot be worked out; places are in characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// A letter that is not among the variables.
    Letter { at: usize, word: String },
    /// No arithmetic.
    Sign { at: usize },
    /// It ends too early.
    End,
}

/// An expression over letters, which are kept by their place among the variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Formula {
    root: Node,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Node {
    Number(Number),
    Letter(usize),
    Two(Operation, Box<Node>, Box<Node>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operation {
    Plus,
    Minus,
    Times,
    By,
}

/// Brackets that may stand inside each other.
const DEPTH: usize = 40;

/// A letter in the one spelling in which it is compared: `Ч_{нач \text{1–4}}` and `Ч_{нач\ 1-4}` are the same.
pub fn normal(symbol: &str) -> String {
    let mut plain = symbol.to_owned();
    for command in [
        "\\text",
        "\\mathrm",
        "\\mathit",
        "\\operatorname",
        "\\,",
        "\\;",
        "\\!",
        "\\ ",
        "~",
    ] {
        plain = plain.replace(command, "");
    }
    plain
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '{' | '}'))
        .map(|c| match c {
            '–' | '—' | '−' | '‑' | '‐' => '-',
            '₀'..='₉' => char::from_digit(u32::from(c) - u32::from('₀'), 10).unwrap_or(c),
            c => c,
        })
        .collect()
}

impl Formula {
    /// Reads the part right of `=`, or all of it; `letters` are the symbols of the variables.
    pub fn read(latex: &str, letters: &[&str]) -> Result<Self, Fault> {
        let all: Vec<char> = latex.chars().collect();
        let begin = all.iter().position(|c| *c == '=').map_or(0, |at| at + 1);
        let mut reader = Reader {
            all: &all,
            at: begin,
            letters: letters.iter().map(|l| normal(l)).collect(),
            depth: 0,
        };
        let root = reader.sum()?;
        reader.skip();
        match reader.all.get(reader.at) {
            // «…, где:» explains what follows.
            None | Some(',' | ';' | '.') => Ok(Formula { root }),
            Some('\\') if reader.all.get(reader.at + 1) == Some(&'%') => Ok(Formula { root }),
            Some(_) => Err(Fault::Sign { at: reader.at }),
        }
    }

    /// The value for these letters; `None` for a division by nothing, or numbers beyond all measure.
    pub fn value(&self, letters: &[Number]) -> Option<Number> {
        value(&self.root, letters)
    }

    /// The letters that it uses, by their places.
    pub fn letters(&self) -> Vec<usize> {
        let mut found = Vec::new();
        collect(&self.root, false, &mut |letter, _| found.push(letter));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Those of them that something is divided by.
    pub fn divisors(&self) -> Vec<usize> {
        let mut found = Vec::new();
        collect(&self.root, false, &mut |letter, under| {
            if under {
                found.push(letter);
            }
        });
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether anything is divided, so that its value is a share and no count.
    pub fn divides(&self) -> bool {
        fn any(node: &Node) -> bool {
            match node {
                Node::Two(Operation::By, ..) => true,
                Node::Two(_, a, b) => any(a) || any(b),
                _ => false,
            }
        }
        any(&self.root)
    }
}

fn value(node: &Node, letters: &[Number]) -> Option<Number> {
    match node {
        Node::Number(number) => Some(*number),
        Node::Letter(at) => letters.get(*at).copied(),
        Node::Two(operation, a, b) => {
            let (a, b) = (value(a, letters)?, value(b, letters)?);
            match operation {
                Operation::Plus => a.plus(b),
                Operation::Minus => a.minus(b),
                Operation::Times => a.times(b),
                Operation::By => a.by(b),
            }
        }
    }
}

fn collect(node: &Node, under: bool, found: &mut impl FnMut(usize, bool)) {
    match node {
        Node::Number(_) => {}
        Node::Letter(at) => found(*at, under),
        Node::Two(operation, a, b) => {
            collect(a, under, found);
            collect(b, under || *operation == Operation::By, found);
        }
    }
}

struct Reader<'a> {
    all: &'a [char],
    at: usize,
    letters: Vec<String>,
    depth: usize,
}

impl Reader<'_> {
    fn skip(&mut self) {
        loop {
            match (self.all.get(self.at), self.all.get(self.at + 1)) {
                (Some('\\'), Some(' ' | ',' | ';' | '!' | ':')) => self.at += 2,
                (Some(c), _) if c.is_whitespace() || *c == '~' => self.at += 1,
                _ if self.word("\\left") || self.word("\\right") => {}
                _ => return,
            }
        }
    }

    /// Takes a command, if it stands here whole.
    fn word(&mut self, word: &str) -> bool {
        let here = self.all.get(self.at..).unwrap_or_default();
        let length = word.chars().count();
        let same = here.len() >= length && word.chars().zip(here).all(|(a, b)| a == *b);
        let ends = here.get(length).is_none_or(|c| !c.is_ascii_alphabetic());
        if same && ends {
            self.at += length;
        }
        same && ends
    }

    fn one(&mut self, signs: &[char]) -> bool {
        let there = self.all.get(self.at).is_some_and(|c| signs.contains(c));
        self.at += usize::from(there);
        there
    }

    fn sum(&mut self) -> Result<Node, Fault> {
        let mut left = self.product()?;
        loop {
            self.skip();
            let operation = if self.one(&['+']) {
                Operation::Plus
            } else if self.one(&['-', '−', '–']) {
                Operation::Minus
            } else {
                return Ok(left);
            };
            left = Node::Two(operation, Box::new(left), Box::new(self.product()?));
        }
    }

    fn product(&mut self) -> Result<Node, Fault> {
        let mut left = self.factor()?;
        loop {
            self.skip();
            let operation = if self.one(&['*', '·', '×', '⋅', '∙'])
                || self.word("\\cdot")
                || self.word("\\times")
                || self.word("\\ast")
            {
                Operation::Times
            } else if self.one(&['/', ':', '÷']) || self.word("\\div") {
                Operation::By
            } else {
                return Ok(left);
            };
            left = Node::Two(operation, Box::new(left), Box::new(self.factor()?));
        }
    }

    fn factor(&mut self) -> Result<Node, Fault> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Fault::Sign { at: self.at });
        }
        let node = self.unguarded();
        self.depth -= 1;
        node
    }

    fn unguarded(&mut self) -> Result<Node, Fault> {
        self.skip();
        if self.word("\\sum") {
            self.limits();
            return self.factor();
        }
        if self.word("\\frac") || self.word("\\dfrac") || self.word("\\tfrac") {
            let over = self.group()?;
            let under = self.group()?;
            return Ok(Node::Two(Operation::By, Box::new(over), Box::new(under)));
        }
        let Some(first) = self.all.get(self.at).copied() else {
            return Err(Fault::End);
        };
        match first {
            '(' | '[' => {
                self.at += 1;
                let inner = self.sum()?;
                self.skip();
                if self.one(&[')', ']']) {
                    Ok(inner)
                } else {
                    Err(Fault::Sign { at: self.at })
                }
            }
            '{' => self.group(),
            '0'..='9' => self.number(),
            _ => self.letter(),
        }
    }

    /// `{…}` with arithmetic in it, or the one sign that stands for it.
    fn group(&mut self) -> Result<Node, Fault> {
        self.skip();
        if !self.one(&['{']) {
            return self.factor();
        }
        let inner = self.sum()?;
        self.skip();
        if self.one(&['}']) {
            Ok(inner)
        } else {
            Err(Fault::Sign { at: self.at })
        }
    }

    fn number(&mut self) -> Result<Node, Fault> {
        let begin = self.at;
        let digit = |at: usize| self.all.get(at).is_some_and(char::is_ascii_digit);
        let mut end = begin;
        while digit(end) || (matches!(self.all.get(end), Some(',' | '.')) && digit(end + 1)) {
            end += 1;
        }
        let text: String = self
            .all
            .get(begin..end)
            .unwrap_or_default()
            .iter()
            .collect();
        self.at = end;
        let number = Number::parse(&text).ok_or(Fault::Sign { at: begin })?;
        Ok(Node::Number(number))
    }

    /// `_{i=1}^{n}` of a sum says nothing here.
    fn limits(&mut self) {
        loop {
            self.skip();
            if !self.one(&['_', '^']) {
                return;
            }
            self.at = self.end_of_index(self.at);
        }
    }

    /// Where the index that begins here ends: a group, or one sign.
    fn end_of_index(&self, begin: usize) -> usize {
        let mut depth = 0usize;
        let mut at = begin;
        while let Some(c) = self.all.get(at) {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            at += 1;
            if depth == 0 {
                break;
            }
        }
        at
    }

    /// A letter with its index, or a whole word: `Ч_{баз}`, `\text{Шпд}`, `Чфинг`.
    fn letter(&mut self) -> Result<Node, Fault> {
        let begin = self.at;
        let commands = ["\\text", "\\mathrm", "\\mathit", "\\operatorname"];
        if commands.iter().any(|command| self.word(command)) {
            self.skip();
            self.at = self.end_of_index(self.at);
        } else {
            while self.all.get(self.at).is_some_and(|c| c.is_alphabetic()) {
                self.at += 1;
            }
        }
        if self.at == begin {
            return Err(Fault::Sign { at: begin });
        }
        loop {
            match self.all.get(self.at) {
                Some('_') => self.at = self.end_of_index(self.at + 1),
                Some('₀'..='₉') => self.at += 1,
                _ => break,
            }
        }
        let word: String = self
            .all
            .get(begin..self.at)
            .unwrap_or_default()
            .iter()
            .collect();
        let wanted = normal(&word);
        match self.letters.iter().position(|l| *l == wanted) {
            Some(letter) => Ok(Node::Letter(letter)),
            None => Err(Fault::Letter { at: begin, word }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(latex: &str, letters: &[&str], values: &[i64]) -> Option<f64> {
        let formula = Formula::read(latex, letters).unwrap_or_else(|e| panic!("{latex}: {e:?}"));
        let values: Vec<Number> = values.iter().map(|v| Number::whole(*v)).collect();
        formula.value(&values).map(Number::near)
    }

    #[test]
    fn formulas_of_orders_are_worked_out() {
        let share = |latex: &str, letters: &[&str]| of(latex, letters, &[3, 8]).unwrap();
        for (latex, letters) in [
            (
                r"D = \frac{Ч_{баз}}{Ч_{нач \text{1–4}}} \cdot 100",
                ["Ч_{баз}", r"Ч_{нач \text{1–4}}"],
            ),
            (
                r"D = \frac{Ч_{баз}}{Ч_{нач\ 1-4}} * 100, где:",
                ["Ч_{баз}", "Ч_{нач 1–4}"],
            ),
            (
                r"D = \frac{\text{Шпд}}{\text{П}} * 100",
                ["Шпд", r"\text{П}"],
            ),
            ("D = Чфинг / Ч * 100", ["Чфинг", "Ч"]),
            (
                r"D = \frac{Ч_{\text{80–100}}}{Ч} \cdot 100\%",
                [r"Ч_{\text{80–100}}", "Ч"],
            ),
            (r"D = \left(Ч_4 : Ч_{5}\right) × 100", ["Ч_{4}", "Ч_5"]),
            (
                r"D = \frac{\sum_{i=1}^{n} Ч_{в}}{\sum Ч_{м}} \cdot 100",
                ["Ч_{в}", "Ч_{м}"],
            ),
        ] {
            assert!((share(latex, &letters) - 37.5).abs() < 1e-9, "{latex}");
        }
        assert_eq!(of("Ч_1 + Ч_2 - 1,5", &["Ч_1", "Ч_2"], &[2, 3]), Some(3.5));
        assert_eq!(of(r"\frac{а}{б}", &["а", "б"], &[1, 0]), None);
        let formula = Formula::read(r"\frac{а + б}{в} \cdot 100", &["а", "б", "в"]).unwrap();
        assert_eq!(
            (formula.letters(), formula.divisors()),
            (vec![0, 1, 2], vec![2])
        );
    }

    #[test]
    fn what_is_no_arithmetic_is_told_with_its_place() {
        let fault = |latex: &str| Formula::read(latex, &["Ч"]).unwrap_err();
        assert_eq!(
            fault("D = Ч / П"),
            Fault::Letter {
                at: 8,
                word: "П".into()
            }
        );
        assert_eq!(fault(r"D = \sqrt{Ч}"), Fault::Sign { at: 4 });
        assert_eq!(fault("D = Ч +"), Fault::End);
        assert_eq!(fault("D = (Ч"), Fault::Sign { at: 6 });
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn any_text_is_survived(latex in any::<String>()) { let _ = Formula::read(&latex, &["Ч"]); }

        #[test]
        fn near_misses_are_survived(parts in prop::collection::vec(prop::sample::select(vec![
            r"\frac", "{", "}", "(", ")", "_", "^", "Ч", "1", ",", "+", "-", r"\cdot", r"\sum", r"\text{", "=", " ", r"\left",
        ]), 0..60)) { let _ = Formula::read(&parts.concat(), &["Ч"]); }
    }
}
