//! First names cut short: «Громобоев Андр. Юр.», «Громобоев АЮ».
//!
//! Takes the words of a person's name, gives the ways to cut each; and whether two such stand at a token. Must not
//! look for a surname.

use super::super::index::Pat;
use super::super::token::{Stream, flag};
use super::super::translit::skeleton;

/// Whether both names stand cut at token `i` and the next, at least one of them by more than its first letter.
pub(super) fn both(stream: &Stream, i: usize, cuts: &[Vec<Pat>; 2], initials: [u8; 2]) -> bool {
    let part = |i: usize, pats: &[Pat], initial: u8| -> Option<bool> {
        let t = stream
            .get(i)
            .filter(|t| t.is_word() && t.is(flag::CAPITAL) && !t.is(flag::LATIN))?;
        let word = stream.word(t);
        if word.len() == 1 {
            return (word.first() == Some(&initial)).then_some(false);
        }
        // The dot is a mark of what follows; at the end of a text nothing does.
        let dotted = stream.get(i + 1).is_none_or(|n| n.is(flag::DOT));
        (dotted && pats.iter().any(|p| p.matches(word, false).is_some())).then_some(true)
    };
    let [given, father] = cuts;
    let [a, b] = initials;
    part(i, given, a)
        .zip(part(i + 1, father, b))
        .is_some_and(|(a, b)| a || b)
}

/// Whether both initials stand at token `i` without dots.
pub(super) fn fused(stream: &Stream, i: usize, initials: [u8; 2]) -> bool {
    let Some(t) = stream
        .get(i)
        .filter(|t| t.is_word() && t.is(flag::ALL_CAPS))
    else {
        return false;
    };
    let [a, b] = stream.word(t) else { return false };
    let same = |letter: u8, initial: u8| {
        letter == initial
            || t.is(flag::LATIN) && skeleton(&[letter]).first() == skeleton(&[initial]).first()
    };
    !initials.contains(&0) && same(*a, initials[0]) && same(*b, initials[1])
}

#[cfg(test)]
mod tests {
    use crate::Recognizer;
    use crate::registry::{ProtectedSchool, Registry};

    /// What stands before the first word of a text was looked for below zero.
    #[test]
    fn a_surname_may_begin_a_text() {
        let registry =
            Registry::of([ProtectedSchool::new("r", "МБОУ «Кувшинская СОШ»")
                .person("Громобоев Андрей Юрьевич")]);
        let recognizer = Recognizer::new(&registry);
        for (text, named) in [
            ("Громобоев", false),
            ("и Громобоев", false),
            ("Громобоев Андр. Юр.", true),
            ("Андр. Юр. Громобоев", true),
            ("АЮ Громобоев", true),
        ] {
            assert_eq!(!recognizer.scan_text(text).is_empty(), named, "{text}");
        }
    }
}
