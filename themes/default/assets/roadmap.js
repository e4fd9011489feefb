// Filters of a roadmap that combine, with words, counts and an address. Without this file the choices work by style
// alone, and each part of the map has a page of its own.
(function () {
  "use strict";

  const form = document.querySelector("form[data-sift]");
  if (!form) return;
  const list = document.querySelector(".sifted");
  const said = document.getElementById("sift-said");
  const words = form.elements.q;
  const choices = [...form.querySelectorAll("select")];
  const plain = (text) => text.toLowerCase().replace(/ё/g, "е").replace(/[\u00ad\u0301]/g, "").replace(/[\u2010\u2011]/g, "-");
  const split = (text) => (text || "").split(" ").filter(Boolean);
  const rows = [...list.querySelectorAll(".row")].map((row) => ({
    row,
    body: row.closest("tbody"),
    section: split(row.closest("tbody").dataset.within),
    responsible: split(row.dataset.bodies),
    status: split(row.dataset.status),
    text: plain(row.textContent),
  }));
  const titles = new Map(choices.flatMap((s) => [...s.options].map((o) => [o, o.textContent])));

  words.closest("[hidden]").hidden = false;
  form.classList.add("is-live");

  // A word is found by its beginning: endings differ.
  function asked(text) {
    return plain(text).split(/[^\p{L}\p{N}./-]+/u).filter(Boolean).map((word) => {
      const most = /\d/.test(word) || word.length < 5 ? word.length : word.length - (word.length > 6 ? 2 : 1);
      const beginning = word.slice(0, most).replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
      return new RegExp(`(^|[^\\p{L}\\p{N}])${beginning}`, "u");
    });
  }

  function apply() {
    const top = form.getBoundingClientRect().top;
    const wanted = asked(words.value);
    const spoken = rows.filter(({ text }) => wanted.every((word) => word.test(text)));
    const passes = (row, but) => choices.every((s) => s === but || !s.value || row[s.name].includes(s.value));
    const shown = new Set(spoken.filter((row) => passes(row)));
    rows.forEach((row) => { row.row.hidden = !shown.has(row); });
    const under = new Set([...shown].flatMap((row) => row.section));
    list.querySelectorAll("tbody").forEach((body) => {
      const own = split(body.dataset.within);
      body.hidden = rows.length > 0 && !under.has(own[own.length - 1]);
    });
    // Each choice says how many rows it would show beside the others that are in force.
    choices.forEach((select) => {
      const beside = spoken.filter((row) => passes(row, select));
      [...select.options].forEach((option) => {
        const n = option.value ? beside.filter((row) => row[select.name].includes(option.value)).length : beside.length;
        option.textContent = `${titles.get(option)} (${n})`;
      });
    });
    const active = wanted.length > 0 || choices.some((s) => s.value);
    form.classList.toggle("is-active", active);
    const text = shown.size ? `Показано ${shown.size} из ${rows.length}` : "Таких мероприятий нет: уберите что-нибудь из отбора";
    if (said.textContent !== text) said.textContent = text;
    // What was under the eyes stays there.
    const moved = form.getBoundingClientRect().top - top;
    if (moved) scrollBy(0, moved);
  }

  function keep() {
    const address = new URL(location.href);
    [...choices, words].forEach((field) => {
      if (field.value.trim()) address.searchParams.set(field.name, field.value.trim());
      else address.searchParams.delete(field.name);
    });
    if (address.href !== location.href) history.replaceState(null, "", address);
    apply();
  }

  function read() {
    const asked = new URL(location.href).searchParams;
    choices.forEach((s) => {
      const value = asked.get(s.name) || "";
      s.value = [...s.options].some((o) => o.value === value) ? value : "";
    });
    words.value = asked.get("q") || "";
    apply();
  }

  let pause = 0;
  form.addEventListener("change", keep);
  form.addEventListener("input", () => {
    clearTimeout(pause);
    pause = setTimeout(keep, 200);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
  });
  form.addEventListener("reset", () => setTimeout(keep));
  // A link to a row that is filtered out shows everything again.
  addEventListener("hashchange", () => {
    const target = rows.find(({ row }) => `#${row.id}` === location.hash);
    if (!target || !target.row.hidden) return;
    form.reset();
    setTimeout(() => target.row.scrollIntoView());
  });
  read();
})();
