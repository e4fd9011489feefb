// The preview's part of a page: loads it again when the site has changed, shows errors over it, tells where it comes from.
(() => {
  "use strict";
  const script = document.currentScript;
  const own = "/@glasno/";
  const page = location.pathname;
  let number = Number(script.dataset.number);
  let tag = script.dataset.tag;
  let theme = null;
  const remembered = "glasno:" + page;

  // Where the reader was, for after the reload.
  try {
    const at = JSON.parse(sessionStorage.getItem(remembered) || "null");
    if (at) {
      sessionStorage.removeItem(remembered);
      history.scrollRestoration = "manual";
      const back = () => scrollTo(at.x, at.y);
      back();
      addEventListener("load", () => { back(); requestAnimationFrame(back); });
      for (const [i, open] of at.open.entries()) {
        const fold = document.querySelectorAll("body details")[i];
        if (fold) fold.open = open;
      }
    }
  } catch { /* without storage the page starts at its top */ }

  const host = document.createElement("glasno-preview");
  const shadow = host.attachShadow({ mode: "open" });
  document.documentElement.append(host);
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = own + "preview.css";
  const overlay = document.createElement("section");
  overlay.className = "overlay";
  overlay.hidden = true;
  overlay.setAttribute("role", "alert");
  const bar = document.createElement("aside");
  bar.className = "bar";
  bar.hidden = true;
  shadow.append(style, overlay, bar);

  let words = {};
  let editor = false;
  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const note = element("span", "", "note quiet");
  const say = (text) => {
    note.textContent = text;
    setTimeout(() => { if (note.textContent === text) note.textContent = ""; }, 2500);
  };

  // A place in a source: opens the editor where there is one, else copies `path:line`.
  const place = (path, line, column, text) => {
    const button = element("button", text || (line ? path + ":" + line : path));
    button.type = "button";
    button.addEventListener("click", async () => {
      const spot = path + ":" + (line || 1);
      if (editor) {
        const query = "?path=" + encodeURIComponent(path) + "&line=" + (line || 1) + "&column=" + (column || 1);
        const done = await fetch(own + "open" + query, { headers: { "X-Glasno": "1" } }).catch(() => null);
        if (done && done.ok) { say(words.opened); return; }
        say(words.failed);
      }
      try {
        await navigator.clipboard.writeText(spot);
        say(words.copied + ": " + spot);
      } catch {
        prompt(words.source, spot);
      }
    });
    return button;
  };
  const finding = (f) => {
    const box = element("div");
    if (f.path) box.append(place(f.path, f.line, f.column));
    // The terminal's text begins with the place, which is the button here.
    const start = f.path + ":" + f.line + ":" + f.column + ": ";
    box.append(element("pre", f.text.startsWith(start) ? f.text.slice(start.length) : f.text));
    return box;
  };

  let folded = "";
  const cover = (errors) => {
    const key = JSON.stringify(errors);
    overlay.hidden = errors.length === 0 || folded === key;
    if (overlay.hidden) { overlay.replaceChildren(); return; }
    const fold = element("button", words.fold, "fold");
    fold.type = "button";
    fold.addEventListener("click", () => { folded = key; overlay.hidden = true; });
    overlay.replaceChildren(fold, element("h2", words.errors), element("p", words.lastGood), ...errors.map(finding));
  };

  const fold = (title, items) => {
    const details = element("details");
    // Only one of them is open.
    details.name = "glasno";
    const box = element("div");
    box.append(...items);
    details.append(element("summary", title), box);
    return details;
  };

  let shown = [];
  const lines = (blocks, path) => {
    if (shown.length) {
      shown.forEach((b) => b.remove());
      shown = [];
      return;
    }
    for (const { anchor, line } of blocks) {
      const at = document.getElementById(anchor);
      if (!at) continue;
      const mark = element("span");
      mark.style.cssText = "position:absolute;z-index:2147483645";
      const inner = mark.attachShadow({ mode: "open" });
      const sheet = style.cloneNode();
      const button = place(path, line, 1, words.line + " " + line);
      button.className = "mark";
      inner.append(sheet, button);
      const box = at.getBoundingClientRect();
      // On the line between two blocks, at its end: there it hides neither a number nor a word.
      mark.style.left = box.right + scrollX + "px";
      mark.style.top = box.top + scrollY + "px";
      mark.style.transform = "translate(-100%, -50%)";
      document.documentElement.append(mark);
      shown.push(mark);
    }
  };

  const inspect = async () => {
    const told = await fetch(own + "page?path=" + encodeURIComponent(page)).then((r) => r.json()).catch(() => null);
    if (!told) return;
    editor = told.editor;
    const parts = [];
    if (told.source) {
      parts.push(place(told.source, told.line, 1));
      if (told.blocks.length) {
        const button = element("button", words.blocks);
        button.type = "button";
        button.addEventListener("click", () => lines(told.blocks, told.source));
        parts.push(button);
      }
    } else if (told.exists) {
      parts.push(element("span", words.made, "quiet"));
    }
    if (told.exists) {
      parts.push(element("span", told.publishable ? words.publishable : words.unpublishable, told.publishable ? "good" : "bad"));
    }
    if (told.sample) parts.push(element("span", words.sample, "quiet"));
    const all = [...told.findings, ...(told.warnings || [])];
    for (const [title, found] of [
      [words.wrong, all.filter((f) => f.severity === "error")],
      [words.warnings, all.filter((f) => f.severity !== "error")],
    ]) {
      // A very long list comes cut.
      const count = found.length + (told.cut ? "+" : "");
      if (found.length) parts.push(fold(title + ": " + count, found.map(finding)));
    }
    if (told.replaced && told.replaced.length) {
      const list = element("ul");
      for (const r of told.replaced) {
        const item = element("li");
        item.append(place(told.source, r.line, r.column), " " + r.id + " (" + r.class + ")");
        list.append(item);
      }
      parts.push(fold(words.replaced + ": " + told.replaced.length, [list]));
    }
    if (told.drafts && told.drafts.length) {
      const list = element("ul");
      for (const draft of told.drafts) {
        const item = element("li");
        item.append(place(draft, 1, 1));
        list.append(item);
      }
      parts.push(fold(words.drafts + ": " + told.drafts.length, [list]));
    }
    bar.replaceChildren(...parts, note);
    bar.hidden = parts.length === 0;
    document.body.style.paddingBottom = bar.offsetHeight + "px";
  };

  const reload = () => {
    try {
      const open = [...document.querySelectorAll("body details")].map((d) => d.open);
      sessionStorage.setItem(remembered, JSON.stringify({ x: scrollX, y: scrollY, open }));
    } catch { /* the reload matters more */ }
    location.reload();
  };

  // A new state reached us; this page may be the same in it.
  const changed = async (state) => {
    if (state.number === number && (theme === null || theme === state.theme)) {
      theme = state.theme;
      return;
    }
    const restyled = theme !== null && theme !== state.theme;
    theme = state.theme;
    number = state.number;
    let now = "";
    try {
      const answer = await fetch(page, { cache: "no-store" });
      now = (answer.headers.get("ETag") || "").replaceAll('"', "");
    } catch {
      return;
    }
    if (restyled || now !== tag || !tag) reload();
    else inspect();
  };

  let source = null;
  const listen = () => {
    if (source) return;
    source = new EventSource(own + "events?page=" + encodeURIComponent(page));
    source.addEventListener("state", (event) => {
      const state = JSON.parse(event.data);
      cover(state.errors);
      changed(state);
    });
    source.addEventListener("findings", () => inspect());
    source.onerror = () => { note.textContent = words.lost || ""; bar.hidden = false; };
    source.onopen = () => { note.textContent = ""; };
  };
  // A browser keeps few connections to one server: a page that nobody sees gives its own back.
  const attend = () => {
    if (document.visibilityState === "visible") listen();
    else if (source) { source.close(); source = null; }
  };

  // While the sources are read for the first time: how far that is.
  const counter = document.querySelector("[data-progress]");
  if (counter) {
    setInterval(async () => {
      const told = await fetch(own + "progress").then((r) => r.json()).catch(() => null);
      if (told && told.words) counter.textContent = told.words;
    }, 500);
  }

  fetch(own + "labels").then((r) => r.json()).then((labels) => {
    words = labels;
    inspect();
    addEventListener("visibilitychange", attend);
    addEventListener("pagehide", () => { if (source) { source.close(); source = null; } });
    attend();
  });
})();
