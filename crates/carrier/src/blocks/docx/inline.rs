//! What stands in a paragraph: takes its runs, gives the text that is displayed, and which of it is bold or hidden.

use super::super::Noted;
use super::super::numbers::Style;
use super::super::symbols;
use super::super::tree::{Element, Item};
use super::flow::{Properties, Walk, chosen};
use super::line::Line;
use super::styles::{Look, on};

impl Walk<'_> {
    /// Reads the runs in `parent`, whatever they are wrapped in.
    pub(super) fn inline(&mut self, parent: Element<'_>, set: &Properties, line: &mut Line) {
        for element in parent.children() {
            match element.name() {
                "r" => self.run(element, set, line),
                "hyperlink" | "smartTag" | "customXml" | "dir" | "bdo" | "fldSimple" => {
                    self.inline(element, set, line);
                }
                "ins" | "moveTo" => {
                    self.gather.note(Noted::Revisions);
                    self.inline(element, set, line);
                }
                "del" | "moveFrom" => {
                    self.gather.note(Noted::Revisions);
                    self.fields_only(element);
                }
                "sdt" => {
                    if let Some(content) = element.child("sdtContent") {
                        self.inline(content, set, line);
                    }
                }
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.inline(chosen, set, line);
                    }
                }
                "oMath" | "oMathPara" => self.formula(element, line),
                _ => {}
            }
        }
    }

    /// Deleted text may begin or end a field.
    fn fields_only(&mut self, element: Element<'_>) {
        element.visit(&mut |e| {
            if e.name() == "fldChar" {
                self.field(e, None);
            }
            true
        });
    }

    fn run(&mut self, run: Element<'_>, set: &Properties, line: &mut Line) {
        let properties = run.child("rPr");
        let own = Look::read(properties);
        let style = properties.and_then(|p| p.value("rStyle"));
        let letters = style.and_then(|s| self.styles.letters(&s));
        // What is switched on in both the paragraph's and the letters' style is switched off.
        let toggled = |own: Option<bool>, below: Option<bool>, letters: Option<bool>| {
            own.unwrap_or(below.unwrap_or(false) ^ letters.unwrap_or(false))
        };
        let below = &set.whole.look;
        let bold = toggled(own.bold, below.bold, letters.and_then(|l| l.bold));
        let hidden = toggled(own.hidden, below.hidden, letters.and_then(|l| l.hidden));
        let font = own
            .font
            .or_else(|| letters.and_then(|l| l.font.clone()))
            .or_else(|| below.font.clone())
            .unwrap_or_default();
        // «112» with a small 1 behind it is no 1121.
        let raised = properties
            .and_then(|p| p.value("vertAlign"))
            .is_some_and(|v| v == "superscript");
        let mut marked = false;
        for element in run.children() {
            if element.name() == "fldChar" {
                self.field(element, Some((&mut *line, bold)));
                continue;
            }
            if self.balanced && self.fields.contains(&true) {
                continue;
            }
            if hidden {
                line.hidden |= matches!(element.name(), "t" | "sym" | "tab" | "drawing" | "pict");
                continue;
            }
            match element.name() {
                "t" if raised => {
                    let text = element.text();
                    let figures = text.trim();
                    if !figures.is_empty() && figures.chars().all(|c| c.is_ascii_digit()) {
                        self.put(&crate::decode::raised::raised(figures), bold, line);
                    } else {
                        self.words(element, &font, bold, line);
                    }
                }
                "t" => self.words(element, &font, bold, line),
                "tab" | "ptab" => line.text.push('\t'),
                "cr" => line.text.push('\n'),
                "br" => match element.attribute("type").as_deref() {
                    Some("page") => {
                        self.gather.pages.typed();
                        line.text.push('\u{c}');
                        line.begun = false;
                    }
                    _ => line.text.push('\n'),
                },
                "lastRenderedPageBreak" => self.gather.pages.laid_out(),
                "noBreakHyphen" => line.text.push('\u{2011}'),
                "sym" => self.symbol(element, bold, line),
                "footnoteReference" | "endnoteReference" => {
                    marked = self.reference(element, run, line);
                }
                "commentReference" => self.gather.note(Noted::Comments),
                "ruby" => {
                    if let Some(base) = element.child("rubyBase") {
                        self.inline(base, set, line);
                    }
                }
                "drawing" | "pict" | "object" | "AlternateContent" => {
                    let in_text = chosen(element).filter(|c| c.child("t").is_some());
                    match in_text {
                        Some(chosen) => {
                            for t in chosen.children().filter(|e| e.name() == "t") {
                                self.words(t, &font, bold, line);
                            }
                        }
                        None => self.drawn(element),
                    }
                }
                _ => {}
            }
            // The mark that somebody gave a note by hand stands behind it in the same run.
            if marked {
                break;
            }
        }
    }

    /// Begins, parts or ends a field; one without a result may be displayed all the same.
    fn field(&mut self, element: Element<'_>, line: Option<(&mut Line, bool)>) {
        match element.attribute("fldCharType").as_deref() {
            Some("begin") => {
                let checked = element.child("ffData").and_then(|f| f.child("checkBox"));
                if let (Some(state), Some((line, bold))) = (checked, line) {
                    let on = ["checked", "default"]
                        .into_iter()
                        .find_map(|name| state.child(name).map(on))
                        .unwrap_or(false);
                    self.put(if on { "☒" } else { "☐" }, bold, line);
                }
                self.fields.push(true);
            }
            Some("separate") => {
                if let Some(last) = self.fields.last_mut() {
                    *last = false;
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn words(&mut self, element: Element<'_>, font: &str, bold: bool, line: &mut Line) {
        let mut text = String::new();
        for item in element.items() {
            if let Item::Text(piece) = item {
                text.push_str(&piece);
            }
        }
        let kept = element.attribute("space").is_some_and(|s| s == "preserve");
        let shown = if kept {
            text.as_str()
        } else {
            text.trim_matches([' ', '\t', '\n'])
        };
        let symbolic = symbols::is_symbolic(font);
        let mut out = String::with_capacity(shown.len());
        for letter in shown.chars() {
            match letter {
                '\u{ad}' | '\u{200b}' | '\u{feff}' => {}
                '\n' => out.push(' '),
                c if symbolic || symbols::is_private(c) => match symbols::sign(font, c) {
                    Some(sign) => out.push(sign),
                    None => {
                        if symbols::is_private(c) {
                            self.gather.note(Noted::Unmapped);
                        }
                        out.push(c);
                    }
                },
                c => out.push(c),
            }
        }
        self.put(&out, bold, line);
    }

    /// Adds what is displayed.
    pub(super) fn put(&mut self, text: &str, bold: bool, line: &mut Line) {
        let letters = text.chars().filter(|c| c.is_alphanumeric()).count();
        line.letters += letters;
        if bold {
            line.bold += letters;
        }
        line.text.push_str(text);
        if !text.trim().is_empty() {
            let fresh = self.gather.pages.read();
            if !std::mem::replace(&mut line.begun, true) {
                line.pages.push((self.gather.pages.shown(), fresh));
            }
        }
    }

    fn symbol(&mut self, element: Element<'_>, bold: bool, line: &mut Line) {
        let font = element.attribute("font").unwrap_or_default();
        let code = element.attribute("char").unwrap_or_default();
        let letter = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
        let Some(letter) = letter else { return };
        match symbols::sign(&font, letter) {
            Some(sign) => self.put(sign.encode_utf8(&mut [0; 4]), bold, line),
            None => {
                self.gather.note(Noted::Unmapped);
                self.put(letter.encode_utf8(&mut [0; 4]), bold, line);
            }
        }
    }

    /// A reference to a note; whether its mark stands in the run as text, to be passed over.
    fn reference(&mut self, element: Element<'_>, run: Element<'_>, line: &mut Line) -> bool {
        let end = element.name() == "endnoteReference";
        let Some(id) = element.attribute("id") else {
            return false;
        };
        let own = element
            .attribute("customMarkFollows")
            .is_some_and(|c| c != "0" && c != "false");
        let typed: String = run
            .children()
            .skip_while(|e| !e.is(element))
            .filter(|e| e.name() == "t")
            .map(Element::text)
            .collect();
        let typed = typed.trim();
        let (mark, passed) = if own && !typed.is_empty() && typed.len() <= 20 {
            (typed.to_owned(), true)
        } else {
            let style = if end {
                Style::LowerRoman
            } else {
                Style::Decimal
            };
            let counter = self.marks.get_mut(usize::from(end));
            let number = counter.map_or(0, |c| {
                *c += 1;
                *c
            });
            (style.show(number), false)
        };
        line.text.push_str("[^");
        line.text.push_str(&mark);
        line.text.push(']');
        self.awaited
            .push((end, id.into_owned(), mark, self.gather.here()));
        passed
    }

    /// Pictures, and the text of boxes among them.
    fn drawn(&mut self, element: Element<'_>) {
        match element.name() {
            "txbxContent" => self.boxed(element),
            "AlternateContent" => {
                if let Some(chosen) = chosen(element) {
                    self.drawn(chosen);
                }
            }
            "blip" | "imagedata" | "chart" | "relIds" => self.gather.note(Noted::Picture),
            "object" if element.child("OLEObject").is_some() => {
                let program = element
                    .child("OLEObject")
                    .and_then(|o| o.attribute("ProgID"));
                let formula = program.is_some_and(|p| p.contains("Equation"));
                self.gather.note(if formula {
                    Noted::Formula
                } else {
                    Noted::Picture
                });
            }
            _ => {
                for child in element.children() {
                    self.drawn(child);
                }
            }
        }
    }
}
