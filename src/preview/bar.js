// The bar over a page of the preview: tells where the page comes from and what is wrong, and opens places in the editor.
// It is a page of its own origin. The page below it may say what the state of the site is and which line was pointed at;
// what is done, a person does here.
(() => {
  "use strict";
  const { page, site, token, words, who } = JSON.parse(document.getElementById("told").textContent);
  const overlay = document.querySelector(".overlay");
  const bar = document.querySelector(".bar");
  let editor = false;
  let source = "";

  const ask = (name, said) =>
    fetch("/" + name, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Glasno-Token": token },
      body: JSON.stringify(said),
    });
  // Heights and places are no secret, and the page may have been opened at any name of this machine.
  const tell = (message) => parent.postMessage(message, "*");

  const element = (name, text, className) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const note = element("span", "", "note quiet");
  const picked = element("span");
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
        const done = await ask("open", { path, line: line || 1, column: column || 1 }).catch(() => null);
        if (done && done.ok) { say(words.opened); return; }
        say(words.failed);
      }
      try {
        await navigator.clipboard.writeText(spot);
        say(words.copied + ": " + spot);
      } catch {
        note.textContent = spot;
      }
    });
    return button;
  };
  // A picture is cleared by a person alone: opened, looked at, recorded under a name.
  let looker = who;
  const looked = (path) => {
    const form = element("form", "", "look");
    const open = element("button", words.look);
    open.type = "button";
    open.addEventListener("click", async () => {
      const done = await ask("look", { path }).catch(() => null);
      say(done && done.ok ? words.lookOpened : words.lookFailed);
    });
    const label = element("label", words.looker + " ");
    const name = element("input");
    name.name = "who";
    name.required = true;
    name.maxLength = 200;
    name.value = looker;
    label.append(name);
    const sure = element("label", "", "sure");
    const box = element("input");
    box.type = "checkbox";
    box.required = true;
    sure.append(box, " " + words.seen);
    const record = element("button", words.record);
    const said = element("span", "", "bad");
    said.setAttribute("role", "status");
    form.append(open, label, sure, record, said);
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      looker = name.value;
      const done = await ask("review", { path, who: name.value }).catch(() => null);
      if (done && done.ok) { record.disabled = true; said.className = "good"; said.textContent = words.recorded; return; }
      const told = done ? await done.json().catch(() => ({})) : {};
      said.textContent = (told.findings || []).map((f) => f.text).join(" ") || words.lost;
    });
    return form;
  };
  const finding = (f) => {
    const box = element("div");
    if (f.path) box.append(place(f.path, f.line, f.column));
    // The terminal's text begins with the place, which is the button here.
    const start = f.path + ":" + f.line + ":" + f.column + ": ";
    box.append(element("pre", f.text.startsWith(start) ? f.text.slice(start.length) : f.text));
    if (f.code === "carrier.picture") box.append(looked(f.path));
    return box;
  };

  // How much of the window is covered, so that the page shows everywhere else.
  const measure = () => {
    const tops = [...bar.querySelectorAll("details[open] > div")].map((d) => d.getBoundingClientRect().top);
    const top = Math.min(bar.getBoundingClientRect().top, ...tops);
    tell({
      size: {
        top: overlay.hidden ? 0 : overlay.offsetHeight,
        bottom: bar.hidden ? 0 : Math.ceil(innerHeight - top),
        bar: bar.hidden ? 0 : bar.offsetHeight,
      },
    });
  };
  const watched = new ResizeObserver(measure);
  watched.observe(overlay);
  watched.observe(bar);
  bar.addEventListener("toggle", measure, true);
  addEventListener("resize", measure);

  let folded = "";
  const cover = (errors) => {
    const key = JSON.stringify(errors);
    overlay.hidden = errors.length === 0 || folded === key;
    if (overlay.hidden) { overlay.replaceChildren(); measure(); return; }
    const fold = element("button", words.fold, "fold");
    fold.type = "button";
    fold.addEventListener("click", () => { folded = key; overlay.hidden = true; measure(); });
    overlay.replaceChildren(fold, element("h2", words.errors), element("p", words.lastGood), ...errors.map(finding));
    measure();
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

  const inspect = async () => {
    const told = await ask("page", { path: page }).then((r) => r.json()).catch(() => null);
    if (!told) return;
    editor = told.editor;
    source = told.source || "";
    const parts = [];
    if (source) {
      parts.push(place(source, told.line, 1));
      if (told.desk) {
        for (const [href, text] of [["/", words.today], ["/edit?page=" + encodeURIComponent(page) + "&path=" + encodeURIComponent(source), words.edit]]) {
          const link = element("a", text);
          link.href = href;
          link.target = "_top";
          parts.push(link);
        }
        // Each block leads to its form: a link, which changes nothing by itself.
        tell({ blocks: told.blocks, word: words.edit, desk: true, source });
      } else if (told.blocks.some((b) => b.line)) {
        const button = element("button", words.blocks);
        button.type = "button";
        button.addEventListener("click", () => {
          picked.replaceChildren();
          tell({ blocks: told.blocks, word: words.line });
        });
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
        item.append(place(source, r.line, r.column), " " + r.id + " (" + r.class + ")");
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
    bar.replaceChildren(...parts, picked, note);
    bar.hidden = parts.length === 0;
    measure();
  };

  addEventListener("message", (event) => {
    const ours = ["127.0.0.1", "localhost", "[::1]"].some((host) => event.origin === "http://" + host + ":" + site);
    if (event.source !== parent || !ours) return;
    const { errors, again, lost, pick } = event.data;
    if (errors) cover(errors);
    if (again) inspect();
    if (lost) { note.textContent = words.lost; bar.hidden = false; measure(); }
    if (lost === false && note.textContent === words.lost) note.textContent = "";
    // The line that was pointed at in the page is now one click away: the page itself may not open it.
    if (pick && source) picked.replaceChildren(place(source, pick, 1));
  });

  inspect();
  tell({ ready: true });
})();
