//! Formulas of a Word document: takes Office's markup, gives LaTeX between dollars. What has no counterpart is given
//! as its letters, with a remark.

use super::super::Noted;
use super::super::tree::Element;
use super::flow::Walk;
use super::line::Line;

/// Longer formulas are given as their letters.
const MAX_FORMULA: usize = 20_000;

impl Walk<'_> {
    /// Adds a formula to the paragraph.
    pub(super) fn formula(&mut self, element: Element<'_>, line: &mut Line) {
        let mut writer = Writer::default();
        writer.all(element);
        let text = writer.out.trim();
        if text.is_empty() {
            return;
        }
        let out = if writer.lost || text.len() > MAX_FORMULA {
            self.gather.note(Noted::Formula);
            letters(element)
        } else {
            format!("${text}$")
        };
        if !line.text.is_empty() && !line.text.ends_with([' ', '\n', '\t', '(', '«']) {
            line.text.push(' ');
        }
        self.put(&out, false, line);
    }
}

fn letters(element: Element<'_>) -> String {
    let mut out = String::new();
    element.visit(&mut |e| {
        if e.name() == "t" {
            out.push_str(&e.text());
        }
        true
    });
    out
}

#[derive(Default)]
struct Writer {
    out: String,
    /// Something has no counterpart.
    lost: bool,
}

impl Writer {
    fn all(&mut self, parent: Element<'_>) {
        for child in parent.children() {
            self.one(child);
        }
    }

    /// The part of that name, in braces.
    fn group(&mut self, element: Element<'_>, name: &str) {
        self.out.push('{');
        if let Some(part) = element.child(name) {
            self.all(part);
        }
        self.out.push('}');
    }

    fn one(&mut self, element: Element<'_>) {
        let setting = |outer: &str, inner: &str| {
            let value = element.child(outer)?.child(inner)?;
            Some(value.val().unwrap_or_default().into_owned())
        };
        match element.name() {
            "r" => {
                for t in element.children().filter(|e| e.name() == "t") {
                    self.words(&t.text());
                }
            }
            "f" => {
                if setting("fPr", "type").as_deref() == Some("lin") {
                    self.group(element, "num");
                    self.out.push('/');
                    self.group(element, "den");
                } else {
                    self.out.push_str("\\frac");
                    self.group(element, "num");
                    self.group(element, "den");
                }
            }
            "sSup" | "sSub" | "sSubSup" | "sPre" => self.scripts(element),
            "rad" => {
                self.out.push_str("\\sqrt");
                let degree = element.child("deg").filter(|d| d.holds(&["t"]));
                if let Some(degree) = degree {
                    self.out.push('[');
                    self.all(degree);
                    self.out.push(']');
                }
                self.group(element, "e");
            }
            "nary" => {
                let sign = setting("naryPr", "chr").unwrap_or_else(|| "∫".into());
                self.words(&sign);
                for (mark, part) in [('_', "sub"), ('^', "sup")] {
                    if element.child(part).is_some_and(|p| p.holds(&["t"])) {
                        self.out.push(mark);
                        self.group(element, part);
                    }
                }
                self.out.push(' ');
                self.group(element, "e");
            }
            "d" => self.fence(element, &setting),
            "func" => {
                if let Some(name) = element.child("fName") {
                    self.all(name);
                }
                self.out.push(' ');
                self.group(element, "e");
            }
            "limLow" | "limUpp" => {
                self.group(element, "e");
                self.out
                    .push(if element.name() == "limLow" { '_' } else { '^' });
                self.group(element, "lim");
            }
            "bar" => {
                let below = setting("barPr", "pos").as_deref() == Some("bot");
                self.out
                    .push_str(if below { "\\underline" } else { "\\overline" });
                self.group(element, "e");
            }
            "acc" => {
                let sign = setting("accPr", "chr").unwrap_or_else(|| "\u{302}".into());
                self.out.push_str(match sign.as_str() {
                    "\u{303}" => "\\tilde",
                    "\u{304}" | "\u{305}" => "\\bar",
                    "\u{307}" => "\\dot",
                    "\u{20d7}" => "\\vec",
                    _ => "\\hat",
                });
                self.group(element, "e");
            }
            "m" => {
                self.out.push_str("\\begin{matrix}");
                for (row, number) in element.children().filter(|e| e.name() == "mr").zip(0..) {
                    if number > 0 {
                        self.out.push_str(" \\\\ ");
                    }
                    for (cell, number) in row.children().filter(|e| e.name() == "e").zip(0..) {
                        if number > 0 {
                            self.out.push_str(" & ");
                        }
                        self.all(cell);
                    }
                }
                self.out.push_str("\\end{matrix}");
            }
            "eqArr" => {
                for (line, number) in element.children().filter(|e| e.name() == "e").zip(0..) {
                    if number > 0 {
                        self.out.push_str(" \\\\ ");
                    }
                    self.all(line);
                }
            }
            "groupChr" | "box" | "borderBox" | "phant" => self.group(element, "e"),
            "oMath" | "oMathPara" | "e" | "num" | "den" | "sdt" | "sdtContent" | "ins" => {
                self.all(element);
            }
            "del" => {}
            name if name.ends_with("Pr") || name.starts_with("bookmark") => {}
            "br" | "ctrlPr" | "proofErr" | "commentRangeStart" | "commentRangeEnd" => {}
            _ => self.lost = true,
        }
    }

    fn scripts(&mut self, element: Element<'_>) {
        let before = element.name() == "sPre";
        if before {
            self.out.push_str("{}");
        } else {
            self.group(element, "e");
        }
        for (mark, part) in [('_', "sub"), ('^', "sup")] {
            if element.child(part).is_some() {
                self.out.push(mark);
                self.group(element, part);
            }
        }
        if before {
            self.group(element, "e");
        }
    }

    fn fence(&mut self, element: Element<'_>, setting: &dyn Fn(&str, &str) -> Option<String>) {
        let sign = |name: &str, usual: &str| {
            let sign = setting("dPr", name).unwrap_or_else(|| usual.to_owned());
            match sign.as_str() {
                "" => ".".to_owned(),
                "{" | "}" => format!("\\{sign}"),
                "⌈" => "\\lceil ".into(),
                "⌉" => "\\rceil ".into(),
                "⌊" => "\\lfloor ".into(),
                "⌋" => "\\rfloor ".into(),
                _ => sign,
            }
        };
        self.out.push_str("\\left");
        self.out.push_str(&sign("begChr", "("));
        for (part, number) in element.children().filter(|e| e.name() == "e").zip(0..) {
            if number > 0 {
                self.words(&setting("dPr", "sepChr").unwrap_or_else(|| "|".into()));
            }
            self.all(part);
        }
        self.out.push_str("\\right");
        self.out.push_str(&sign("endChr", ")"));
    }

    fn words(&mut self, text: &str) {
        for letter in text.chars() {
            let command = match letter {
                '×' => "\\times ",
                '·' | '⋅' => "\\cdot ",
                '÷' => "\\div ",
                '±' => "\\pm ",
                '≤' => "\\leq ",
                '≥' => "\\geq ",
                '≠' => "\\neq ",
                '≈' => "\\approx ",
                '∑' => "\\sum ",
                '∏' => "\\prod ",
                '∫' => "\\int ",
                '∞' => "\\infty ",
                '→' => "\\to ",
                '√' => "\\surd ",
                '−' => "-",
                '%' => "\\%",
                '#' => "\\#",
                '&' => "\\&",
                '$' => "\\$",
                '_' => "\\_",
                '{' => "\\{",
                '}' => "\\}",
                '\\' => "\\backslash ",
                '^' => "\\hat{}",
                '~' => "\\sim ",
                ' ' | '\u{a0}' => "\\ ",
                '\u{2061}'..='\u{2064}' | '\u{200b}' | '\u{ad}' => "",
                c => {
                    self.out.push(c);
                    continue;
                }
            };
            self.out.push_str(command);
        }
    }
}
