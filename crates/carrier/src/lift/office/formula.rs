//! Formulas that write text: takes one, and the cells that are known so far; gives the text it comes to, where all in it
//! is known. Must not compute with numbers, nor grow a text beyond a fixed size.

use encoding_rs::WINDOWS_1251;

/// How deep brackets are followed, and how long a text may become.
const MAX_DEPTH: usize = 32;
const MAX_TEXT: usize = 1 << 14;

/// What the formula comes to; `None` where it is no text or something in it is not known.
pub(super) fn constant(formula: &str, cell: &dyn Fn(u32, u32) -> Option<String>) -> Option<String> {
    let rest = formula.trim().trim_start_matches('=');
    let mut reader = Reader { rest, cell };
    let value = reader.joined(0)?;
    reader.rest.trim().is_empty().then_some(value)
}

struct Reader<'a, 'c> {
    rest: &'a str,
    cell: &'c dyn Fn(u32, u32) -> Option<String>,
}

impl<'a> Reader<'a, '_> {
    fn take(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start();
        let found = rest.strip_prefix(sign);
        self.rest = found.unwrap_or(rest);
        found.is_some()
    }

    /// `a & b & c`
    fn joined(&mut self, depth: usize) -> Option<String> {
        let mut out = self.one(depth)?;
        while self.take('&') {
            out.push_str(&self.one(depth)?);
            if out.len() > MAX_TEXT {
                return None;
            }
        }
        Some(out)
    }

    fn one(&mut self, depth: usize) -> Option<String> {
        if depth > MAX_DEPTH {
            return None;
        }
        if self.take('"') {
            return self.quoted();
        }
        if self.take('(') {
            let inner = self.joined(depth + 1)?;
            return self.take(')').then_some(inner);
        }
        let word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '$' | '[' | ']');
        let end = self.rest.find(|c| !word(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        if name.is_empty() {
            return None;
        }
        if self.take('(') {
            return self.called(name, depth);
        }
        if name.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Some(name.to_owned());
        }
        let name = name.replace(['$', '[', ']'], "");
        let (row, column) = reference(name.trim_start_matches('.'))?;
        (self.cell)(row, column)
    }

    /// A string, in which a quote is written twice.
    fn quoted(&mut self) -> Option<String> {
        let mut out = String::new();
        loop {
            let (text, rest) = self.rest.split_once('"')?;
            out.push_str(text);
            self.rest = rest;
            match rest.strip_prefix('"') {
                Some(rest) => {
                    out.push('"');
                    self.rest = rest;
                }
                None => return Some(out),
            }
        }
    }

    fn called(&mut self, name: &'a str, depth: usize) -> Option<String> {
        let mut all: Vec<String> = Vec::new();
        while !self.take(')') {
            if self.take(',') || self.take(';') {
                continue;
            }
            all.push(self.joined(depth + 1)?);
            if all.len() > 1000 {
                return None;
            }
        }
        let upper = name.to_uppercase();
        let name = upper.trim_start_matches("_XLFN.");
        let first = || all.first().cloned();
        let number = |n: usize| all.get(n)?.trim().parse::<f64>().ok().map(|n| n as usize);
        let letters = |from: usize, len: usize| -> Option<String> {
            Some(all.first()?.chars().skip(from).take(len).collect())
        };
        let value = match name {
            "CHAR" | "СИМВОЛ" => {
                let byte = [u8::try_from(number(0)?).ok()?];
                let (letter, _) = WINDOWS_1251.decode_without_bom_handling(&byte);
                letter.into_owned()
            }
            "UNICHAR" | "ЮНИСИМВ" => {
                char::from_u32(u32::try_from(number(0)?).ok()?)?.to_string()
            }
            "CONCATENATE" | "CONCAT" | "СЦЕПИТЬ" | "СЦЕП" => all.concat(),
            "TEXTJOIN" | "ОБЪЕДИНИТЬ" => all.get(2..)?.join(all.first()?),
            "T" | "TRIM" | "CLEAN" | "PHONETIC" | "HYPERLINK" | "СЖПРОБЕЛЫ" | "Т" => {
                // Of a link the words are shown, where it has any.
                all.get(1).cloned().or_else(first)?
            }
            "UPPER" | "ПРОПИСН" => first()?.to_uppercase(),
            "LOWER" | "СТРОЧН" => first()?.to_lowercase(),
            "PROPER" | "ПРОПНАЧ" => first()?,
            "TEXT" | "ТЕКСТ" | "VALUE" | "ЗНАЧЕН" | "DOLLAR" | "FIXED" => first()?,
            "LEFT" | "ЛЕВСИМВ" => letters(0, number(1).unwrap_or(1))?,
            "RIGHT" | "ПРАВСИМВ" => {
                let count = all.first()?.chars().count();
                letters(count.saturating_sub(number(1).unwrap_or(1)), count)?
            }
            "MID" | "ПСТР" => letters(number(1)?.saturating_sub(1), number(2)?)?,
            "REPT" | "ПОВТОР" => {
                let (text, times) = (all.first()?, number(1)?);
                if text.len().saturating_mul(times) > MAX_TEXT {
                    return None;
                }
                text.repeat(times)
            }
            "SUBSTITUTE" | "ПОДСТАВИТЬ" => {
                let old = all.get(1).filter(|old| !old.is_empty())?;
                all.first()?
                    .replace(old, all.get(2).map_or("", String::as_str))
            }
            "REPLACE" | "ЗАМЕНИТЬ" => {
                let (from, len) = (number(1)?.saturating_sub(1), number(2)?);
                let head = letters(0, from)?;
                let tail = letters(from.saturating_add(len), MAX_TEXT)?;
                [&head, all.get(3)?, &tail].map(String::as_str).concat()
            }
            _ => return None,
        };
        (value.len() <= MAX_TEXT).then_some(value)
    }
}

/// `B12` as row and column from 0.
pub(super) fn reference(text: &str) -> Option<(u32, u32)> {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (letters, digits) = text.split_at_checked(letters)?;
    if letters.is_empty() || letters.len() > 3 {
        return None;
    }
    let column = letters.bytes().take(4).fold(0u32, |c, b| {
        c * 26 + u32::from(b.to_ascii_uppercase() - b'A') + 1
    });
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, column.checked_sub(1)?))
}

#[cfg(test)]
mod tests {
    use super::constant;

    #[test]
    fn texts_that_formulas_write() {
        let cells = |row: u32, column: u32| (row == 0).then(|| format!("c{column}"));
        for (formula, text) in [
            ("\"При\"&\"речная\"", Some("Приречная")),
            ("=UNICHAR(1055)&_xlfn.UNICHAR(1088)&CHAR(232)", Some("При")),
            ("CONCATENATE(\"а\";CHAR(225),\"в\")", Some("абв")),
            ("_xlfn.TEXTJOIN(\"-\",1,\"а\",\"б\")", Some("а-б")),
            ("(\"а\"\"\" & A1) & $B$1", Some("а\"c0c1")),
            ("MID(\"хПрих\",2,3)&LEFT(\"речх\",3)", Some("Приреч")),
            (
                "SUBSTITUTE(\"П_р_и\",\"_\",\"\")&REPT(\"а\",3)",
                Some("Приааа"),
            ),
            (
                "REPLACE(\"Поле\",2,1,\"а\")&RIGHT(\"абв\",2)",
                Some("Палебв"),
            ),
            ("A1+1", None),
            ("SUM(A1:A9)", None),
            ("A9&\"x\"", None),
            ("REPT(\"а\",99999999)", None),
        ] {
            assert_eq!(constant(formula, &cells).as_deref(), text, "{formula}");
        }
        assert_eq!(constant(&"(".repeat(100_000), &cells), None);
    }
}
