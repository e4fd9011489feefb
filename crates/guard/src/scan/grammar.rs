//! The case and number in which a mention stands.

use super::super::lexicon::Kind;
use super::super::mention::Number;
use super::super::morph::{Forms, GrammaticalCase};
use super::super::phrase::{self, By, Phrase};
use super::super::token::flag;
use super::Run;

/// Ends of words that are nouns and nothing else.
const NOUNS: &[&str] = &[
    "ние",
    "тие",
    "тия",
    "тию",
    "тием",
    "тии",
    "ния",
    "нию",
    "нием",
    "нии",
    "ний",
    "ниями",
    "ция",
    "ции",
    "цию",
    "цией",
    "ство",
    "ства",
    "ству",
    "ством",
    "ость",
    "ости",
    "остью",
    "тет",
    "тета",
    "тету",
    "тетом",
    "тете",
    "тов",
    "ками",
];

impl Run<'_> {
    pub(super) fn case(
        &self,
        p: &Phrase,
        item: &phrase::Item,
        plural: bool,
    ) -> (Option<GrammaticalCase>, Number) {
        let mut forms = p.forms;
        let number = if plural {
            Number::Plural
        } else {
            Number::Singular
        };
        if matches!(item.by, By::Adjective | By::Ordinal(_)) && item.from < p.anchor {
            let both = forms.and(item.forms);
            // «Приречной и Заречной школ»: the noun is in the plural, its adjectives are not.
            forms = if both.0 != 0 {
                both
            } else {
                Forms(item.forms.0 & Forms(forms.0 >> 6 | forms.0 << 6 & 0xFFF).0)
            };
        } else if item.by == By::Adjective && p.forms == Forms::ANY {
            forms = item.forms;
        }
        // Without a preposition there is no prepositional case.
        if !p
            .from
            .checked_sub(1)
            .and_then(|i| self.token(i))
            .is_some_and(|t| t.lexed(Kind::Prep))
        {
            forms = Forms(forms.0 & !Forms::of("pP").0);
        }
        let case = forms
            .case(plural)
            .or_else(|| self.governed(p.from, forms))
            .or_else(|| {
                (p.forms != Forms::ANY && plural)
                    .then(|| forms.case(true))
                    .flatten()
            });
        (case, number)
    }

    /// The case that the word before governs, where it is among the forms.
    pub(super) fn governed(&self, from: usize, forms: Forms) -> Option<GrammaticalCase> {
        let t = from.checked_sub(1).and_then(|i| self.token(i))?;
        let word: String = self
            .d
            .stream
            .word(t)
            .iter()
            .map(|b| super::super::fold::unfold(*b))
            .collect();
        let want = match word.as_str() {
            "из" | "от" | "до" | "для" | "у" | "без" | "около" | "возле" | "после" | "против"
            | "вместо" | "кроме" | "среди" | "вокруг" => "gG",
            "к" | "ко" => "dD",
            "в" | "во" | "на" => "paPA",
            "о" | "об" | "обо" | "при" => "pP",
            "над" | "под" | "между" | "перед" => "iI",
            "с" | "со" => "igIG",
            "за" => "aiAI",
            "через" | "про" => "aA",
            "по" => "dD",
            _ if t.lexed(Kind::Governs) || t.lexed(Kind::Role) => "gG",
            // «с объединением Приречной СОШ»: a noun wants the genitive.
            _ if !t.is(flag::CAPITAL) && NOUNS.iter().any(|e| word.ends_with(e)) => "gG",
            _ => return None,
        };
        let both = forms.and(Forms::of(want));
        both.case(false).or_else(|| {
            let first = match word.as_str() {
                "в" | "во" | "на" if both.has("p") && !forms.0.count_ones().gt(&6) => {
                    GrammaticalCase::Prepositional
                }
                _ => return None,
            };
            Some(first)
        })
    }
}
