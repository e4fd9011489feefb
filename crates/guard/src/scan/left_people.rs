//! Heads of schools whom a text calls by surname alone, or by given name and patronymic: «Пестряков просит начать в
//! десять», «у Айталины Прокопьевны ключ».
//!
//! Takes what the rules of persons have left; adds mentions, all doubtful, where the text speaks of schools. A name that
//! many bear needs the word for a school close by. Clears what belongs to somebody else or to a thing.

use super::super::fold::{Beginnings, begins, ends};
use super::super::lexicon::Kind;
use super::super::mention::{Certainty, Class, Reason};
use super::super::morph;
use super::super::people::Called;
use super::super::place::{boundary, is_capital};
use super::super::rule::Rule;
use super::super::token::flag;
use super::Run;
use super::spoken::Spoken;
use super::unweighed::acts;

/// How near a word for a school must stand to a name that many bear.
const CLOSE: usize = 12;

/// Beginnings of the surnames that most people bear.
const SURNAMES: &str = "абрамов авдеев агафонов агеев акимов аксенов александров алексеев ананьев андреев анисимов антипов антонов артамонов \
    архипов афанасьев баженов балашов баранов белов белоусов беляев беляков бирюков блинов бобров богданов большаков \
    бондарев борисов бородин быков васильев виноградов владимиров власов волков воробьев воронин воронов воронцов гаврилов \
    галкин герасимов голубев гончаров горбачев горбунов гордеев горшков грачев григорьев гришин громов гусев давыдов \
    данилов дементьев демидов демин денисов дмитриев дорофеев дроздов дьяконов евдокимов егоров елисеев емельянов еремин \
    ермаков ермолаев ершов ефимов ефремов жданов жуков журавлев завьялов зайцев захаров зверев зимин зиновьев золотарев \
    зотов зубков зуев иванов игнатов игнатьев ильин исаев исаков казаков калашников калинин карасев карпов кириллов \
    киселев климов князев ковалев козлов колесников комаров комиссаров кондратьев коновалов константинов копылов корнилов \
    королев коротков корчагин костин котов краснов круглов крылов крюков кудрявцев кудряшов кузин кузнецов кузьмин кулаков \
    кулешов куликов лаврентьев лазарев лапшин ларионов лебедев леонов леонтьев литвинов лобанов логинов лукин лыткин \
    макаров максимов малышев мальцев марков мартынов маслов матвеев медведев мельников миронов михайлов михеев моисеев \
    молчанов морозов муравьев мухин назаров наумов некрасов нестеров никитин никифоров николаев никольск никулин новиков \
    новоселов носков носов овсянников овчинников одинцов орехов орлов осипов павлов панин панков панов панфилов пахомов \
    петров петухов поздняков покровск поляков пономарев попов потапов прокофьев прохоров рогов родионов рожков романов \
    румянцев русаков рыбаков рябов савельев савин сазонов самойлов самсонов сафонов свиридов седов селезнев селиванов \
    семенов сергеев серов сидоров симонов ситников скворцов смирнов соболев соколов соловьев сорокин степанов стрелков \
    субботин суворов суханов сысоев тарасов терентьев терехов тимофеев титов тихомиров тихонов третьяков трифонов трофимов \
    ульянов уткин фадеев федоров федосеев федотов филатов филимонов филиппов фирсов фокин фомин фомичев фролов харитонов \
    хохлов цветков чернов черных чернышев чистяков шаповалов шарапов шаров шестаков шилов ширяев шишкин шубин щербаков \
    щукин юдин яковлев";

/// Beginnings of the given names that most people bear.
const GIVEN: &str = "александр алексе анатоли андре анн валенти васил вер виктор владимир галин дмитри евген екатерин елен иван игор ирин \
    людмил мари марин михаил надежд натал никола нин олег ольг светлан серге татьян юли юри";

/// Beginnings of the patronymics that most people bear.
const PATRONYMICS: &str = "александров алексеев анатольев андреев васильев викторов владимиров геннадьев дмитриев евгеньев иванов михайлов \
    николаев петров сергеев юрьев";

/// Beginnings of posts beside a surname that no head of a school has.
const OTHER_POSTS: Beginnings = Beginnings::new(
    "учител педагог ученик учениц методист специалист начальник воспитател тренер психолог логопед \
    библиотекар водител повар бухгалтер куратор наставник тьютор эксперт глав министр инспектор депутат \
    врач доцент профессор студент выпускни мэр губернатор поэт писател художник",
);

/// Beginnings of words for what an author has made or was given.
const WORKS: Beginnings = Beginnings::new(
    "пьес роман повест стих поэм опер музык картин песн сказк басн книг рассказ творч памят бюст портрет",
);

impl Run<'_> {
    /// Whom the rules of persons have left: see [`Run::nobody`] and [`super::super::people::at_patronymic`].
    pub(super) fn left_people(&mut self, spoken: &Spoken) {
        let surnames = std::mem::take(&mut self.surnames);
        // «Отсутствовали: Гайдук, Хорошко»: heads of two schools are no chance.
        let rare = |s: &&(usize, u32)| !self.is_common(s.0, SURNAMES) && self.stands_alone(s.0);
        let mut heads = surnames.iter().filter(rare).map(|s| s.1);
        let first = heads.next();
        let several = heads.any(|s| Some(s) != first);
        for (i, school) in surnames {
            let near = match self.is_common(i, SURNAMES) {
                true => self.token(i).is_some_and(is_capital) && spoken.within(i, CLOSE),
                false => several || spoken.near(i),
            };
            // «Безручко и Толубеева, директора школ»: of several even the first word of a sentence is one.
            if near && !self.weighed(i) && (self.stands_alone(i) || several && self.is_listed(i)) {
                self.doubtful(school, i, i);
            }
        }
        let called = std::mem::take(&mut self.called);
        for c in &called {
            let near = if self.is_common(c.from, GIVEN) && self.is_common(c.to, PATRONYMICS) {
                spoken.within(c.from, CLOSE)
            } else {
                spoken.near(c.from) || self.d.parts.len() < 3
            };
            if near && !self.weighed(c.to) && !self.of_somebody_else(c) {
                self.doubtful(c.school, c.from, c.to);
            }
        }
    }

    /// Whether another capitalised word that says nothing else stands behind «и» or a comma.
    fn is_listed(&self, i: usize) -> bool {
        let written = |k: usize| {
            let t = self.token(k).filter(|t| t.is_word() && t.is(flag::CAPITAL));
            t.is_some_and(|t| t.lex.is_none() && !t.is(flag::LATIN) && !t.is(flag::NEWLINE))
        };
        let joint = self.token(i + 1);
        let joint =
            joint.is_some_and(|t| t.mark(',') || crate::fold::reads(self.d.stream.word(t), "и"));
        joint && self.token(i).is_some_and(is_capital) && written(i + 2)
    }

    fn doubtful(&mut self, school: u32, from: usize, to: usize) {
        let doubt = Certainty::Ambiguous(Reason::OtherPost);
        self.found(
            school,
            from,
            to,
            Class::Person,
            doubt,
            None,
            Rule::PersonAlone,
        );
    }

    fn is_common(&self, i: usize, list: &str) -> bool {
        let word = self.token(i).map(|t| self.d.stream.word(t));
        word.is_some_and(|word| list.split_whitespace().any(|b| begins(word, b)))
    }

    /// Whether no other name, thing or title stands by a surname, and it is no word that begins a sentence.
    fn stands_alone(&self, i: usize) -> bool {
        let Some(t) = self.token(i) else {
            return false;
        };
        let name = |k: usize| {
            self.token(k)
                .is_some_and(|t| t.is_word() && t.is(flag::CAPITAL) && t.lex.is_none())
        };
        let before = i.checked_sub(1).filter(|_| !boundary(self.d.stream, i));
        let thing = before.and_then(|b| self.token(b)).is_some_and(|b| {
            matches!(
                b.kind(),
                Some(
                    Kind::Street
                        | Kind::Object
                        | Kind::Settlement
                        | Kind::District
                        | Kind::House
                        | Kind::Named
                        | Kind::Rank
                        | Kind::Document
                )
            )
        });
        // «учитель Рябова» is no head, «пьеса Рябова» is by another.
        let post = before.is_some_and(|b| self.starts(b, OTHER_POSTS) || self.starts(b, WORKS));
        let word = self.d.stream.word(t);
        let surname = before.is_some() && !t.is(flag::NEWLINE)
            || morph::looks_like_surname(word)
            || self.token(i + 1).is_some_and(|n| {
                // «Бойко отвечал» says how.
                let next = self.d.stream.word(n);
                n.mark(':') || n.is_word() && (acts(next) || did(next) && !ends(word, "о"))
            });
        let given = |b: usize| b > 0 && !boundary(self.d.stream, b) || self.is_common(b, GIVEN);
        let joined = before.is_some_and(|b| name(b) && given(b))
            || name(i + 1) && !boundary(self.d.stream, i + 1)
            || t.is(flag::HYPHEN)
            || self
                .token(i + 1)
                .is_some_and(|n| n.is(flag::HYPHEN) && n.is_word());
        let written = is_capital(t) || t.len() > 6 && morph::looks_like_surname(word);
        written && !t.is(flag::LATIN) && t.lex.is_none() && surname && !thing && !post && !joined
    }

    /// Whether the same given name and patronymic have another surname beside them, here or elsewhere in the text.
    fn of_somebody_else(&self, c: &Called) -> bool {
        let Some(person) = self.d.model.people.get(c.person as usize) else {
            return true;
        };
        let stream = self.d.stream;
        let other = |k: Option<usize>, edge: usize| {
            let opens = k.is_some_and(|k| k == 0 || boundary(stream, k));
            k.and_then(|k| stream.get(k)).is_some_and(|t| {
                // «Уважаемая Анна Петровна!»
                (!opens || morph::looks_like_surname(stream.word(t)))
                    && t.is_word()
                    && t.is(flag::CAPITAL)
                    && t.lex.is_none()
                    && !t.has_hits()
                    && t.len() > 1
                    && !boundary(stream, edge)
            })
        };
        let is = |k: usize, pats: &[super::super::index::Pat]| {
            stream.get(k).is_some_and(|t| {
                t.is(flag::CAPITAL)
                    && pats
                        .iter()
                        .any(|p| p.matches(stream.word(t), false).is_some())
            })
        };
        (1..stream.tokens.len()).any(|k| {
            is(k, &person.patronymic)
                && is(k - 1, &person.given)
                && (other(k.checked_sub(2), k - 1) || other(Some(k + 1), k + 1))
        })
    }
}

/// «сообщил», «ждал»: what a man did.
fn did(word: &[u8]) -> bool {
    crate::fold::ends_any(word, "ил ал ял ел ул лся")
}
