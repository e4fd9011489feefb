// Finds words in the texts of the portal. Only the page of the search loads this; the index lies beside it in small
// files, of which an answer fetches a few. Words are made terms as crates/search/src/words.rs does it.
(function () {
  "use strict";

  // ---- words ----------------------------------------------------------------------------------------------------

  const COMMON = new Set("бы в во для до же за из или как ко ли на не но об от по при со то что".split(" "));
  const IRREGULAR = new Map();
  [
    "день дня дню днем дне дни дней дням днями днях",
    "год года году годом годе годы годов годам годами годах лет",
    "дети ребенок ребенка ребенку ребенком ребенке детей детям детьми детях",
    "люди человек человека человеку человеком человеке людей людям людьми людях",
    "число числа числу числом числе чисел числам числами числах",
    "письмо письма письму письмом письме писем письмам письмами письмах",
    "семья семьи семье семью семьей семей семьям семьями семьях",
  ].forEach((forms) => forms.split(" ").forEach((form, n, all) => IRREGULAR.set(form, all[0])));
  const MONTHS = ["январ", "феврал", "март", "апрел", "май мая мае маю маем", "июн", "июл", "август", "сентябр",
    "октябр", "ноябр", "декабр"].map((forms) => forms.split(" "));

  const plain = (text) => text.normalize("NFC").replace(/[\u00ad\u0301\u200b\u2060\ufeff]/g, "").toLowerCase()
    .replace(/ё/g, "е").replace(/[\u2010\u2011]/g, "-");

  function month(word) {
    return MONTHS.findIndex((forms) => (forms.length > 1
      ? forms.includes(word)
      : word.startsWith(forms[0]) && word.length <= forms[0].length + 2)) + 1;
  }

  // Snowball's Russian stemmer: https://snowballstem.org/algorithms/russian/stemmer.html
  const longest = (list) => list.split(" ").sort((a, b) => b.length - a.length);
  const of = (after, alone) => ({ after: new Set(after ? after.split(" ") : []), all: longest(`${after} ${alone}`.trim()) });
  const GERUND = of("в вши вшись", "ив ивши ившись ыв ывши ывшись");
  const ADJECTIVE = of("", "ее ие ые ое ими ыми ей ий ый ой ем им ым ом его ого ему ому их ых ую юю ая яя ою ею");
  const PARTICIPLE = of("ем нн вш ющ щ", "ивш ывш ующ");
  const REFLEXIVE = of("", "ся сь");
  const VERB = of("ла на ете йте ли й л ем н ло но ет ют ны ть ешь нно", "ила ыла ена ейте уйте ите или ыли ей уй ил ыл "
    + "им ым ен ило ыло ено ят ует уют ит ыт ены ить ыть ишь ую ю");
  const NOUN = of("", "а ев ов ие ье е иями ями ами еи ии и ией ей ой ий й иям ям ием ем ам ом о у ах иях ях ы ь ию ью ю ия ья я");
  const VOWEL = /[аеиоуыэюя]/;

  function snowball(word) {
    const first = word.search(VOWEL);
    if (first < 0) return word;
    const rv = first + 1;
    const region = (from) => {
      const rest = word.slice(from).match(/^.*?[аеиоуыэюя][^аеиоуыэюя]/);
      return rest ? from + rest[0].length : word.length;
    };
    const r2 = region(region(0));
    // Takes the longest ending off, where it stands behind `rv` and, if it must, behind «а» or «я».
    const cut = (endings) => {
      const end = endings.all.find((e) => word.length - e.length >= rv && word.endsWith(e));
      if (!end) return false;
      const at = word.length - end.length;
      if (endings.after.has(end) && !(at > rv && /[ая]/.test(word[at - 1]))) return false;
      word = word.slice(0, at);
      return true;
    };
    if (!cut(GERUND)) {
      cut(REFLEXIVE);
      if (cut(ADJECTIVE)) cut(PARTICIPLE);
      else if (!cut(VERB)) cut(NOUN);
    }
    const ends = (end, from) => word.length - end.length >= from && word.endsWith(end);
    const drop = (n) => { word = word.slice(0, word.length - n); };
    if (ends("и", rv)) drop(1);
    if (ends("ость", rv) ? ends("ость", r2) : ends("ост", r2)) drop(ends("ость", rv) ? 4 : 3);
    if (ends("ейше", rv) || ends("ейш", rv)) {
      drop(ends("ейше", rv) ? 4 : 3);
      if (ends("нн", rv)) drop(1);
    } else if (ends("нн", rv)) drop(1);
    else if (ends("ь", rv)) drop(1);
    return word;
  }

  function stem(word) {
    if (word.length < 2 || COMMON.has(word)) return null;
    const named = month(word);
    if (named) return MONTHS[named - 1][0];
    if (IRREGULAR.has(word)) return IRREGULAR.get(word);
    return snowball(word).replace(/^(.*[аеиоуыэюя].*[^аеиоуыэюя]|.*[аеиоуыэюя][^аеиоуыэюя])[ое]([кц])$/, "$1$2");
  }

  const pad = (n) => String(n).padStart(2, "0");
  const RUN = /[\p{L}\p{N}]+(?:[-/.][\p{L}\p{N}]+)*/gu;

  // What is asked for, as a list of questions. Each is a list of ways to ask it, the best first: all terms of one way must be there.
  function questions(text) {
    const all = [];
    const parts = [];
    for (const [run] of plain(text).matchAll(RUN)) {
      const whole = /[0-9]/.test(run) && /[-/.]/.test(run) ? run : null;
      const own = [];
      for (const piece of run.split(/[-/.]/)) {
        for (const [part] of piece.matchAll(/[0-9]+|[a-z]+|[^0-9a-z]+/g)) {
          const term = /^[0-9]/.test(part) ? part.replace(/^0+(?=.)/, "") : stem(part);
          if (term) own.push({ term, part });
        }
      }
      const digits = whole && whole.match(/^(\d{1,2})\.(\d{1,2})\.(\d{4})$/);
      if (digits) all.push([[`${digits[3]}-${pad(+digits[2])}-${pad(+digits[1])}`], [whole]]);
      else if (whole) all.push([[whole], ...(own.length ? [own.map((p) => p.term)] : [])]);
      else own.forEach((p) => { all.push([[p.term], p]); parts.push(all.length - 1); });
      if (whole) parts.push(-1);
    }
    // A day in words is one question: «15 марта 2024».
    for (let n = parts.length - 3; n >= 0; n -= 1) {
      const [d, m, y] = parts.slice(n, n + 3).map((at) => (at < 0 ? null : all[at][1].part));
      if (!d || !m || !y || !/^\d{1,2}$/.test(d) || !month(m) || !/^\d{4}$/.test(y)) continue;
      const at = parts[n];
      const apart = all.slice(at, at + 3).map((q) => q[0][0]);
      all.splice(at, 3, [[`${y}-${pad(month(m))}-${pad(+d)}`], apart]);
      parts.splice(n, 3, -1);
      for (let later = n + 1; later < parts.length; later += 1) if (parts[later] >= 0) parts[later] -= 2;
    }
    return all.map((ways) => ways.filter(Array.isArray));
  }

  // ---- the index ------------------------------------------------------------------------------------------------

  const form = document.querySelector("form[data-index]");
  if (!form) return;
  const base = new URL(form.dataset.index, location.href);
  const root = new URL("../", base);
  const kept = new Map();

  function json(name) {
    if (!kept.has(name)) {
      const asked = fetch(new URL(name, base)).then((answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        return answer.json();
      });
      asked.catch(() => kept.delete(name));
      kept.set(name, asked);
    }
    return kept.get(name);
  }

  // The last position whose first entry is not greater.
  function place(firsts, wanted) {
    let [low, high] = [0, firsts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (firsts[middle] <= wanted) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function pieces(distances) {
    let at = 0;
    return distances.map((distance) => { at += distance; return at; });
  }

  // The pieces in which a term stands; of a word that is still being typed, those of all words that begin so.
  async function stands(index, term, begun) {
    const at = Math.max(place(index.words, term), 0);
    const words = new Map(Object.entries(await json(`words-${at}.json`)));
    if (words.has(term) || !begun || begun.length < 3) return pieces(words.get(term) || []);
    const all = new Set();
    let file = Math.max(place(index.words, begun), 0);
    for (let most = 3; most > 0 && file < index.words.length; most -= 1, file += 1) {
      const here = Object.entries(await json(`words-${file}.json`));
      here.filter(([word]) => word.startsWith(begun)).forEach(([, list]) => pieces(list).forEach((p) => all.add(p)));
      if (here.every(([word]) => word.startsWith(begun) || word < begun)) continue;
      break;
    }
    return [...all].sort((a, b) => a - b);
  }

  // Documents that answer, the best first: {document, piece, missed}.
  async function find(text) {
    const index = await json("index.json");
    const asked = questions(text);
    const last = plain(text).match(/[\p{L}]+$/u);
    const answers = await Promise.all(asked.map(async (ways, n) => {
      for (const way of ways) {
        const begun = last && n === asked.length - 1 ? last[0] : null;
        const lists = await Promise.all(way.map((term) => stands(index, term, begun)));
        const documents = new Map();
        lists.forEach((list) => list.forEach((piece) => {
          const document = place(index.documents, piece);
          if (!documents.has(document)) documents.set(document, []);
          documents.get(document).push(piece);
        }));
        if (way.length > 1) {
          // Several terms that are one thing stand in one piece.
          documents.forEach((own, document) => {
            const all = own.filter((piece) => lists.every((list) => list.includes(piece)));
            if (all.length) documents.set(document, [...new Set(all)]);
            else documents.delete(document);
          });
        }
        if (documents.size) return { documents, terms: way, weight: Math.log(1 + index.documents.length / documents.size) };
      }
      return { documents: new Map(), terms: [], weight: 0 };
    }));
    const found = new Map();
    answers.forEach(({ documents, weight }) => documents.forEach((own, document) => {
      const now = found.get(document) || { document, score: 0, met: 0, pieces: new Map() };
      const first = index.documents[document];
      now.met += 1;
      now.score += weight * ((own[0] === first ? 3 : 0) + Math.min(1 + Math.log2(own.length), 3));
      own.forEach((piece) => now.pieces.set(piece, (now.pieces.get(piece) || 0) + 1));
      found.set(document, now);
    }));
    const most = Math.max(0, ...[...found.values()].map((f) => f.met));
    const best = [...found.values()].filter((f) => f.met === most);
    best.forEach((f) => {
      const first = index.documents[f.document];
      const together = Math.max(...f.pieces.values());
      f.score += 2 * together;
      // A place in the text says more than the title, which is shown anyway.
      f.piece = Math.min(...[...f.pieces].filter(([p, n]) => n === together && p !== first).map(([p]) => p));
      if (f.piece === Infinity) f.piece = first;
    });
    best.sort((a, b) => b.score - a.score || a.document - b.document);
    return { best, missed: asked.length - most, terms: new Set(answers.flatMap((a) => a.terms)), index };
  }

  async function text(index, { document, piece }) {
    const list = await json(`texts-${place(index.texts, piece)}.json`);
    const first = index.documents[document];
    const entry = list.find((e) => e.first === first + 1 || (piece >= e.first && piece < e.first + e.pieces.length / 2));
    const own = list.find((e) => e.address === entry.address && piece >= e.first && piece < e.first + e.pieces.length / 2) || entry;
    const at = piece === first ? 0 : piece - own.first;
    return { ...own, anchor: piece === first ? "" : own.pieces[2 * at] || "", excerpt: own.pieces[2 * at + 1] || "" };
  }

  // ---- the page -------------------------------------------------------------------------------------------------

  const [input, list] = [form.querySelector("input"), document.getElementById("search-results")];
  const [said, more] = [document.getElementById("search-said"), document.getElementById("search-more")];
  const [FIRST, FURTHER] = [5, 10];
  const RULES = new Intl.PluralRules("ru");
  const count = (n) => `${n} ${{ one: "документ", few: "документа" }[RULES.select(n)] || "документов"}`;
  let run = 0;
  let shown = [];

  function marked(text, terms) {
    const out = document.createDocumentFragment();
    let from = 0;
    for (const match of text.matchAll(/[\p{L}\p{N}\u00ad\u0301]+(?:[-/.\u2010\u2011][\p{L}\p{N}\u00ad\u0301]+)*/gu)) {
      const word = match[0];
      const own = questions(word).flat(2);
      if (!own.some((term) => terms.has(term)) && !begins(word, terms)) continue;
      out.append(text.slice(from, match.index));
      const mark = document.createElement("mark");
      mark.append(word);
      out.append(mark);
      from = match.index + word.length;
    }
    out.append(text.slice(from));
    return out;
  }

  // A day is one term, of which the text may have the parts.
  function begins(word, terms) {
    const days = [...terms].filter((term) => /^\d{4}-\d\d-\d\d$/.test(term));
    return days.some((term) => {
      const [y, m, d] = term.split("-").map(Number);
      return word === String(y) || word === String(d) || month(plain(word)) === m;
    });
  }

  async function show(found, upTo, mine) {
    const next = found.best.slice(shown.length, upTo);
    const texts = await Promise.all(next.map((f) => text(found.index, f)));
    if (mine !== run) return;
    texts.forEach((entry) => {
      const item = document.createElement("li");
      item.className = "card";
      const add = (name, content) => {
        const p = document.createElement("p");
        p.className = name;
        p.append(content);
        item.append(p);
        return p;
      };
      add("card-kind", [entry.word, entry.section, entry.date].filter(Boolean).join(" · "));
      const link = document.createElement("a");
      const page = new URL(entry.address.replace(/^\//, ""), root);
      link.href = page.href + (entry.anchor ? `#${entry.anchor}` : "");
      link.append(marked(entry.title, found.terms));
      add("card-title", link);
      if (entry.excerpt) add("card-summary", marked(entry.excerpt, found.terms));
      list.append(item);
    });
    shown = shown.concat(next);
    more.hidden = shown.length >= found.best.length;
    more.onclick = async () => {
      const before = list.children.length;
      await show(found, shown.length + FURTHER, mine);
      list.children[before]?.querySelector("a").focus();
    };
  }

  async function search(keep) {
    run += 1;
    const mine = run;
    const query = input.value.trim();
    const address = new URL(location.href);
    if (query) address.searchParams.set("q", query);
    else address.searchParams.delete("q");
    if (address.href !== location.href) history[keep ? "pushState" : "replaceState"](null, "", address);
    document.title = document.title.replace(/^(.*? — )?/, query ? `${query} — ` : "");
    try {
      const found = questions(query).length ? await find(query) : null;
      if (mine !== run) return;
      list.textContent = "";
      shown = [];
      more.hidden = true;
      if (!found) said.textContent = query ? "По этим словам искать нечего: добавьте слово подлиннее." : "";
      else if (!found.best.length) said.textContent = `По запросу «${query}» ничего не нашлось.`;
      else {
        const part = found.missed ? "Всех слов вместе нет нигде; есть часть слов: " : "Нашлось: ";
        await show(found, FIRST, mine);
        if (mine === run) said.textContent = `${part}${count(found.best.length)}`;
      }
    } catch (error) {
      if (mine === run) said.textContent = location.protocol === "file:"
        ? "Поиск работает, когда портал открыт с сервера. В папке на диске пользуйтесь картой сайта."
        : "Поиск не загрузился. Попробуйте ещё раз или откройте карту сайта.";
    }
  }

  let pause = 0;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    search(true);
  });
  input.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(() => search(false), 250);
  });
  function read() {
    input.value = new URL(location.href).searchParams.get("q") || "";
    search(false);
  }
  addEventListener("popstate", read);
  globalThis.glasnoSearch = { questions, stem };
  read();
})();
