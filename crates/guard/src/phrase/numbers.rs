//! Numbers and namesakes after a word for a school.

use super::super::index::Role;
use super::super::lexicon::{Kind, class, ordinal_suffix};
use super::super::morph::{Forms, is_in};
use super::super::place::{boundary, is_capital};
use super::super::token::{Token, What, flag};
use super::{By, Item, Reader, Sign};

impl Reader<'_> {
    /// Rank, initials, names; the surname decides.
    pub(super) fn namesake(&mut self, start: usize, explicit: bool) -> Option<usize> {
        let mut i = start;
        let mut found = false;
        let mut initials = Vec::new();
        let mut last = start;
        while i < start + 12 {
            let Some(t) = self.t(i).copied() else { break };
            // «им. акад. К. Э. Громобоева»: the dot after a rank ends no sentence.
            let rank = explicit && !found && i > start && {
                let before = self.t(i - 1)?;
                before.is_word()
                    && !is_capital(before)
                    && before.lex.is_none_or(|l| l.kind == Kind::Rank)
            };
            if t.what == What::Break
                || i > start
                    && boundary(self.s, i)
                    && self.s.word(self.t(i - 1)?).len() > 3
                    && !rank
            {
                break;
            }
            let word = self.s.word(&t);
            let initial = is_capital(&t)
                || explicit
                    && !found
                    && !is_in(word.first().copied().unwrap_or(0), "гсв")
                    && self.t(i + 1).is_some_and(|n| n.is(flag::DOT))
                || explicit
                    && !found
                    && !initials.is_empty()
                    && self.t(i + 1).is_some_and(|n| n.is(flag::DOT));
            if t.is_word() && word.len() == 1 && (initial || found) {
                if !initial {
                    break;
                }
                initials.push(word[0]);
                last = i;
                i += 1;
                continue;
            }
            let (hits, end) = self.whole(i, self.hits(i, |h| h.role == Role::Namesake));
            // «имени Громобоева-Зорина» is somebody else.
            let hits = if self.longer_after(end) {
                Vec::new()
            } else {
                hits
            };
            if !hits.is_empty() && (explicit || is_capital(&t) || t.is(flag::LATIN)) && !found {
                let from = if explicit { start - 1 } else { start };
                self.add(By::Namesake, from, end, hits, Forms::ANY);
                found = true;
                last = end;
                i = end + 1;
                continue;
            }
            if t.is_word()
                && (t.lexed(Kind::Rank)
                    || is_capital(&t)
                        && t.lex.is_none_or(|l| l.kind == Kind::Plain)
                        && !found
                        && self.place_starting(i).is_none())
            {
                // A full first name gives its initial.
                if is_capital(&t) && !t.lexed(Kind::Rank) {
                    initials.push(word[0]);
                }
                last = i;
                i += 1;
                continue;
            }
            // «им. адм. Громобоева»
            let short = t.is_word() && !is_capital(&t) && !found && (2..=5).contains(&word.len());
            if short
                && self
                    .t(i + 1)
                    .is_some_and(|n| n.is(flag::DOT) && n.is_word())
            {
                i += 1;
                continue;
            }
            // «имени первого директора школы Ивана Громобоева»
            let described = explicit
                && !found
                && t.is_word()
                && !is_capital(&t)
                && word.len() > 2
                && !t.is(flag::QUOTE)
                && t.lex.is_none_or(|l| {
                    !matches!(
                        l.kind,
                        Kind::Prep
                            | Kind::Conj
                            | Kind::Object
                            | Kind::Settlement
                            | Kind::District
                            | Kind::Street
                    )
                });
            if described {
                i += 1;
                continue;
            }
            if t.is_number() && explicit && !found {
                i += 1;
                continue;
            }
            break;
        }
        if found {
            self.p.initials = initials;
            self.p.to = self.p.to.max(last);
            if let Some(item) = self.p.items.iter_mut().rev().find(|x| x.by == By::Namesake) {
                item.to = item.to.max(last);
            }
            return Some(last + 1);
        }
        let reach = (start..start + 4)
            .take_while(|k| {
                *k == start || self.t(*k).is_some_and(Token::is_word) && !boundary(self.s, *k)
            })
            .last()
            .unwrap_or(start);
        if explicit && let Some(end) = self.slip_of_namesake(start, last.max(reach)) {
            // The surname itself was read as a name.
            self.p.initials = (start..=end)
                .filter_map(|k| self.t(k).filter(|t| self.s.word(t).len() == 1))
                .filter_map(|t| self.s.word(t).first().copied())
                .collect();
            self.p.to = self.p.to.max(end);
            return Some(end + 1);
        }
        if explicit {
            // «школы имени поэта»: whose name it is stands elsewhere.
            let nameless =
                (start..=last.max(i.saturating_sub(1))).all(|k| !self.t(k).is_some_and(is_capital));
            self.p.other_namesake = !nameless;
            self.p.to = self.p.to.max(last);
            return Some(i);
        }
        None
    }

    /// «№ 14», «№№ 3, 5 и 14», «№ 3–7», «14», «номер четырнадцать».
    pub(super) fn numbers(&mut self, start: usize) -> Option<usize> {
        let mut i = start;
        let mut any = false;
        let mut prior = 0;
        let mut next_to_read = None;
        let mut listed = Sign::Bare;
        let many = self.plural();
        loop {
            let from = i;
            let mut signs = 0;
            while self.t(i).is_some_and(|t| {
                t.mark('№') || t.lexed(Kind::NumSign) || t.is_word() && self.letter_n(i, t)
            }) && signs < 4
            {
                signs += 1;
                i += 1;
            }
            if signs > 0 && !any {
                i = self.past_hesitation(i);
            }
            // «N9 14»: a nine, or the round half of the sign.
            let half = |t: &Token| t.is_number() && t.value == 9 && t.is(flag::GLUED);
            let next =
                |t: &Token| t.is_number() && t.is(flag::SPACE) && !t.is(flag::HYPHEN | flag::DASH);
            if signs == 1 && self.t(i).is_some_and(half) && self.t(i + 1).is_some_and(next) {
                self.add_number(By::Number(9), i, i, Sign::Signed);
                i += 1;
            }
            let Some(t) = self.t(i).copied() else { break };
            if t.what == What::Break {
                break;
            }
            // «ООШ      46»: the next column of a text set in columns.
            if signs == 0 && !any && i > 0 && self.t(i - 1).is_some_and(|p| self.column_gap(p, &t))
            {
                break;
            }
            // «СОШ¶2) …», «ОО¶7 | …»: the next item of a list or row of a table.
            if signs == 0
                && t.is(flag::NEWLINE)
                && t.is_number()
                && self
                    .t(i + 1)
                    .is_some_and(|n| n.mark(')') || n.mark('|') || n.is_word() && n.is(flag::DOT))
            {
                break;
            }
            let disguised = (signs > 0).then(|| self.disguised_number(i)).flatten();
            let (value, mut end) = if let Some(read) = disguised {
                // «№ 1 4» may be № 1 and a number of something else.
                if read.1 > i && t.is_number() && t.value > 0 {
                    let first = By::Number(u32::try_from(t.value).unwrap_or(0));
                    self.add_number(first, from, i, Sign::Signed);
                }
                read
            } else if let Some(value) = self.roman(i, &t).filter(|_| signs > 0) {
                (value, i)
            } else if t.is_number() {
                (u32::try_from(t.value).unwrap_or(0), i)
            } else if matches!(t.kind(), Some(Kind::Cardinal | Kind::Ordinal)) && (signs > 0 || any)
            {
                self.spelled(i)
            } else {
                break;
            };
            // «всего школ – 14»: what is in the genitive plural is counted.
            let goes_on = self
                .t(i + 1)
                .is_some_and(|n| n.mark(',') || n.lexed(Kind::Conj))
                && self.t(i + 2).is_some_and(Token::is_number)
                || self.t(i + 1).is_some_and(Token::is_number);
            let dash = t.is(flag::DASH) && t.is_number();
            let resumed = start == self.p.anchor;
            let counted =
                signs == 0 && !any && !resumed && (dash || self.p.forms.plural_only() && !goes_on);
            if value == 0 && !any && signs == 0 || counted {
                break;
            }
            let next = self.t(end + 1).copied();
            // «14а», «14/2», «14.03», «14:30», «14 %»
            // «…-korpus-polozova-480.webp», «…-imeni-gromoboeva-20250310»: the size of a picture, a date.
            let size = signs == 0
                && value >= 200
                && t.is(flag::HYPHEN | flag::UNDERSCORE)
                && !self.p.items.is_empty()
                && i.checked_sub(1)
                    .and_then(|b| self.t(b))
                    .is_some_and(|b| b.is(flag::LATIN));
            if size {
                break;
            }
            let decimal = next.is_some_and(|n| {
                n.is_number() && n.is(flag::DOT) && !n.is(flag::SPACE)
                    || n.mark(':')
                        && self
                            .t(end + 2)
                            .is_some_and(|m| m.is_number() && !m.is(flag::SPACE | flag::NEWLINE))
                    || n.mark('%')
            });
            if decimal && signs == 0 || value > 9999 {
                break;
            }
            // «приказ школы № 14 от 01.02.2025»
            let document =
                self.p.from.checked_sub(1).and_then(|b| self.kind(b)) == Some(Kind::Document);
            let dated = next.is_some_and(|n| n.lexed(Kind::Prep))
                && self.t(end + 2).is_some_and(Token::is_number);
            // «Приказ управления по школам № 31 от 08.02.2025»
            let by_schools = dated
                && self
                    .p
                    .from
                    .checked_sub(1)
                    .and_then(|b| self.t(b))
                    .is_some_and(|b| super::super::fold::reads(self.s.word(b), "по"))
                && (self.p.from.saturating_sub(10)..self.p.from)
                    .any(|b| self.kind(b) == Some(Kind::Document));
            if by_schools && !any {
                break;
            }
            if document && dated && !any && self.p.class == class::SCHOOL {
                break;
            }
            let slash = next.is_some_and(|n| n.mark('/') && !n.is(flag::SPACE))
                && self
                    .t(end + 2)
                    .is_some_and(|n| n.is_number() && !n.is(flag::SPACE))
                && signs > 0
                && !many;
            let letter = next.is_some_and(|n| {
                n.is_word() && n.is(flag::GLUED) && self.s.word(&n).len() == 1 && !n.is(flag::LATIN)
            }) && self.place_starting(end + 1).is_none();
            let suffix = next.is_some_and(|n| {
                n.is_word()
                    && n.is(flag::HYPHEN | flag::GLUED)
                    && ordinal_suffix(self.s.word(&n)).is_some()
            });
            if suffix {
                end += 1;
            }
            if signs > 0 || suffix || t.is(flag::HYPHEN) {
                listed = Sign::Signed;
            }
            let after = self.t(end + 1).copied();
            let unit = after.is_some_and(|n| n.is_word() && !boundary(self.s, end + 1) && (matches!(n.kind(), Some(Kind::Unit | Kind::Month)) || matches!(n.lex, Some(l) if matches!(l.kind, Kind::District | Kind::Settlement | Kind::Object | Kind::Type | Kind::Region | Kind::Legal) && l.forms.has("G") && l.forms.0 & Forms::SINGULAR == 0) || is_in(self.s.word(&n).first().copied().unwrap_or(0), "г") && self.s.word(&n).len() == 1 && !self.t(end + 2).is_some_and(is_capital)));
            // «Приречная СОШ 12 учителей»: after a name a number counts what follows it.
            let counts = signs == 0
                && !suffix
                && !t.is(flag::HYPHEN)
                && self.p.is_named()
                && after.is_some_and(|n| {
                    n.is_word()
                        && n.is(flag::SPACE)
                        && !n.is(flag::CAPITAL | flag::DASH | flag::HYPHEN)
                        && !boundary(self.s, end + 1)
                        && !matches!(n.kind(), Some(Kind::Prep | Kind::Conj | Kind::Settlement))
                        && self.place_starting(end + 1).is_none()
                });
            if (unit || counts) && signs == 0 {
                break;
            }
            if any && signs == 0 && !many {
                // «в школе № 3, 14 учеников»: the list of a single school goes on only by «и», and not into a noun.
                let noun = after.is_some_and(|n| {
                    n.is_word() && !n.is(flag::CAPITAL | flag::DASH) && n.lex.is_none()
                });
                let comma = self.t(from - 1).is_some_and(|m| m.mark(','));
                if noun || comma && after.is_some_and(|n| n.is_word() && n.lex.is_none()) {
                    break;
                }
            } else if any && signs == 0 {
                let noun = after.is_some_and(|n| {
                    n.is_word()
                        && !n.is(flag::CAPITAL | flag::DASH)
                        && n.lex.is_none()
                        && n.is(flag::SPACE)
                        && !boundary(self.s, end + 1)
                        && self.t(from - 1).is_some_and(|m| m.mark(','))
                });
                // «СОШ № 82 и 102 гостя», «School No. 42; 17 teachers»: what may be one school's number as well.
                let one = self.p.forms.0 & Forms::SINGULAR != 0 || self.p.english;
                let counted = one && after.is_some_and(|n| self.counted(&n, end + 1));
                if noun && self.p.class != class::SCHOOL || counted {
                    break;
                }
            }
            if slash || letter && !suffix {
                self.p.broken_number = true;
                self.put(Item {
                    sign: listed,
                    broken: true,
                    ..Item::new(By::Number(value), from, end + 1, Vec::new())
                });
                any = true;
                prior = value;
                i = if slash { end + 3 } else { end + 2 };
            } else if self.p.class == class::ANY
                && signs == 0
                && !any
                && !self
                    .t(start)
                    .is_some_and(|x| x.is(flag::HYPHEN | flag::GLUED | flag::QUOTE))
                && !self.p.formal
            {
                break;
            } else {
                self.add_number(By::Number(value), from, end, listed);
                any = true;
                // A range gives every number in it.
                let joint = self.t(end + 1).copied();
                let by_word = many
                    && signs > 0
                    && joint.is_some_and(|j| super::super::fold::reads(self.s.word(&j), "по"));
                let dashed = joint.is_some_and(|j| j.is(flag::HYPHEN | flag::DASH));
                let sign = usize::from(
                    self.t(end + 1 + usize::from(by_word))
                        .is_some_and(|s| s.mark('№')),
                );
                let gap = usize::from(by_word) + sign;
                let to = self
                    .t(end + 1 + gap)
                    .copied()
                    .filter(|n| n.is_number() && (dashed || by_word))
                    // «СОШ № 14 — 38 %»
                    .filter(|_| !self.t(end + 2 + gap).is_some_and(|x| x.mark('%')));
                if let Some(n) = to.filter(|n| {
                    n.value > u64::from(value)
                        && n.value - u64::from(value) <= 60
                        && (many || signs > 1)
                }) {
                    let hi = u32::try_from(n.value).unwrap_or(value);
                    for v in value + 1..=hi {
                        self.p.items.push(Item {
                            sign: listed,
                            ..Item::new(By::Number(v), from, end + 1 + gap, Vec::new())
                        });
                    }
                    if let Some(first) = self.p.items.iter_mut().find(|x| x.from == from) {
                        first.to = end + 1 + gap;
                    }
                    if listed != Sign::Bare || !self.p.is_named() {
                        self.p.to = self.p.to.max(end + 1 + gap);
                    }
                    end += 1 + gap;
                }
                prior = value;
                i = end + 1;
            }
            next_to_read = Some(i);
            // Does the list go on? «№ 6 (основная), № 16»: over a remark.
            let mut k = i;
            if many && signs > 0 && self.t(k).is_some_and(|x| x.mark('(')) {
                let close = (k + 1..k + 9).find(|c| self.t(*c).is_some_and(|x| x.mark(')')));
                let plain = |c: usize| {
                    (k + 1..c).all(|i| {
                        self.t(i).is_some_and(|x| {
                            x.is_word() && !x.is(flag::CAPITAL) && !x.lexed(Kind::Type)
                        })
                    })
                };
                if let Some(c) = close.filter(|c| plain(*c)) {
                    k = c + 1;
                    i = k;
                }
            }
            let mut joint = false;
            // «/prirechnaya-sosh-1/2»: a page, not another school.
            let slug = self.t(self.p.anchor).is_some_and(|a| a.is(flag::LATIN));
            while self.t(k).is_some_and(|x| {
                x.mark(',') || x.mark(';') || x.mark('/') && !slug || x.lexed(Kind::Conj)
            }) && k < i + 2
            {
                joint = true;
                k += 1;
            }
            let number_next = self
                .t(k)
                .is_some_and(|x| x.is_number() || x.mark('№') || x.lexed(Kind::NumSign));
            let dots = self.t(k).is_some_and(|x| x.is_number() && x.is(flag::DOT));
            if !joint || !number_next || dots || boundary(self.s, k) {
                break;
            }
            i = k;
        }
        let _ = prior;
        if any { next_to_read } else { None }
    }

    /// «школа номер... сейчас... семнадцать»: what is said while somebody looks for the number.
    fn past_hesitation(&self, i: usize) -> usize {
        const FILLERS: &[&str] = &[
            "э",
            "ээ",
            "эээ",
            "м",
            "мм",
            "ммм",
            "ну",
            "так",
            "сейчас",
            "как",
            "его",
            "ее",
            "это",
            "кажется",
            "вроде",
            "значит",
            "там",
            "погодите",
            "минуту",
            "секунду",
        ];
        let filler = |i: usize| {
            self.t(i).is_some_and(|t| {
                t.is_word()
                    && !t.is(flag::CAPITAL)
                    && FILLERS
                        .iter()
                        .any(|w| super::super::fold::reads(self.s.word(t), w))
            }) || self.t(i).is_some_and(|t| t.mark(','))
        };
        let end = (i..i + 6).find(|k| !filler(*k)).unwrap_or(i);
        let number = self
            .t(end)
            .is_some_and(|t| t.is_number() || matches!(t.kind(), Some(Kind::Cardinal)));
        if number { end } else { i }
    }

    /// Whether a word after a number is what is counted: «102 гостя», «17 teachers».
    fn counted(&self, n: &Token, i: usize) -> bool {
        use super::super::fold::{ends, reads};
        let plain = n.is_word()
            && n.lex.is_none()
            && n.is(flag::SPACE)
            && !n.is(flag::CAPITAL | flag::DASH | flag::HYPHEN | flag::DOT)
            && !boundary(self.s, i);
        let word = self.s.word(n);
        if !plain || word.len() < 4 {
            return false;
        }
        if n.is(flag::LATIN) {
            return word.ends_with(b"s") || word == b"children" || word == b"people";
        }
        let any = |list: &[&str]| list.iter().any(|e| ends(word, e));
        let adverb = ["сегодня", "завтра", "вчера", "когда", "тогда", "всегда"];
        any(&["а", "я", "ов", "ев", "ей", "ек", "ок"])
            && !any(&["ла", "ся"])
            && !adverb.iter().any(|w| reads(word, w))
    }

    fn column_gap(&self, before: &Token, t: &Token) -> bool {
        let spaced = before.is_word() && before.end - before.start > 2 * u32::from(before.len());
        before.frag == t.frag
            && t.is(flag::SPACE)
            && !t.is(flag::NEWLINE | flag::DOT | flag::HYPHEN | flag::DASH | flag::QUOTE)
            && t.start.saturating_sub(before.end) >= 4
            && !spaced
    }

    /// «№ 1 4», «№ І4», «№ 1О»: digits set apart or written with letters that look like them.
    pub(super) fn disguised_number(&self, i: usize) -> Option<(u32, usize)> {
        let digit = |b: u8, first: bool| -> Option<u32> {
            let c = if b.is_ascii() {
                char::from(b)
            } else {
                super::super::fold::unfold(b)
            };
            match c {
                '0'..='9' => c.to_digit(10),
                'о' | 'o' => Some(0),
                'i' | 'l' | 'и' if c != 'и' || first => Some(1),
                'з' => Some(3),
                'z' if first => Some(3),
                'ч' if first => Some(4),
                's' if first => Some(5),
                'б' if first => Some(6),
                _ => None,
            }
        };
        let mut value: u32 = 0;
        let mut end = i;
        let mut letters = 0;
        let mut digits = 0;
        for k in i..i + 4 {
            let Some(t) = self.t(k).filter(|t| t.is_word() || t.is_number()) else {
                break;
            };
            let glued = t.is(flag::GLUED);
            let single = self.s.word(t).len() == 1 && t.is_number();
            // Set apart: single digits only.
            let apart = k > i && !glued && t.is(flag::SPACE) && single && letters == 0;
            let before_single = k > i && self.t(k - 1).is_some_and(|b| self.s.word(b).len() == 1);
            if k > i && !(glued || apart && before_single)
                || t.is(flag::DOT | flag::HYPHEN | flag::DASH | flag::QUOTE | flag::NEWLINE)
                    && k > i
                || self.s.word(t).len() > 3
            {
                break;
            }
            let mut read = 0;
            let mut fits = true;
            for b in self.s.word(t) {
                match digit(*b, k == i) {
                    Some(d) => read = read * 10 + d,
                    None => fits = false,
                }
            }
            if !fits {
                break;
            }
            let n = self.s.word(t).len();
            if t.is_number() {
                digits += n;
            } else {
                letters += n;
            }
            value = value * 10u32.pow(n as u32) + read;
            end = k;
        }
        // «№ ЗЗ»
        let threes = letters > 0 && digits == 0 && letters <= 2 && end == i && {
            self.t(i).is_some_and(|t| {
                (t.is(flag::ALL_CAPS) || self.s.word(t).len() == 1 && t.is(flag::CAPITAL))
                    && self
                        .s
                        .word(t)
                        .iter()
                        .all(|b| super::super::fold::unfold(*b) == 'з')
            })
        };
        if threes {
            return Some((if letters == 1 { 3 } else { 33 }, end));
        }
        // «№ l»: a one.
        let one = end == i && self.t(i).is_some_and(|t| self.s.word(t) == b"l");
        if one {
            return Some((1, i));
        }
        let shouted = digits == 0 && letters > 1 && self.t(i).is_some_and(|t| t.is(flag::ALL_CAPS));
        let parted = end > i && digits > 0 && (letters > 0 || !self.p.forms.plural_only());
        ((parted || shouted) && (1..1000).contains(&value)).then_some((value, end))
    }

    /// «XIV» in capitals, but not «XXI века».
    pub(super) fn roman(&self, i: usize, t: &Token) -> Option<u32> {
        let word = self.s.word(t);
        if !t.is_word() || !(t.is(flag::ALL_CAPS) || word.len() == 1 && t.is(flag::CAPITAL)) {
            return None;
        }
        let mut total: u32 = 0;
        let mut largest = 0;
        for b in word.iter().rev() {
            let v = match b {
                b'i' => 1,
                b'v' => 5,
                b'x' => 10,
                b'l' => 50,
                b'c' => 100,
                b => match super::super::fold::unfold(*b) {
                    'х' => 10,
                    'с' => 100,
                    'и' if i > 0 && self.t(i - 1).is_some_and(|s| s.mark('№')) => 1,
                    _ => return None,
                },
            };
            if v < largest {
                total = total.checked_sub(v)?;
            } else {
                total += v;
                largest = v;
            }
        }
        let after = self.t(i + 1);
        let initial = word.len() == 1 && after.is_some_and(|n| n.is(flag::DOT));
        let counted = after.is_some_and(|n| {
            n.is_word()
                && !boundary(self.s, i + 1)
                && !n.is(flag::CAPITAL)
                && !matches!(n.kind(), Some(Kind::Settlement | Kind::Prep | Kind::Named))
                && n.lex.is_some_and(|l| !matches!(l.kind, Kind::Type))
                || crate::fold::begins_any(self.s.word(n), "век столет степен вид")
        });
        let single_cyrillic = word.len() == 1 && !t.is(flag::LATIN);
        (!initial && !counted && !single_cyrillic && (1..200).contains(&total)).then_some(total)
    }

    pub(super) fn spelled(&self, i: usize) -> (u32, usize) {
        let value = |i: usize| {
            self.t(i)
                .and_then(|t| t.lex)
                .filter(|l| matches!(l.kind, Kind::Cardinal | Kind::Ordinal))
                .map(|l| u32::from(l.value))
        };
        let mut total = 0;
        let mut end = i;
        let mut last = u32::MAX;
        let mut j = i;
        while let Some(v) = value(j) {
            let fits = last == u32::MAX
                || (last >= 100 && v < 100)
                || ((20..100).contains(&last) && v < 10);
            if !fits {
                break;
            }
            total += v;
            last = v;
            end = j;
            j += 1;
        }
        (total, end)
    }
}
