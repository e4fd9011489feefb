// The desk's pages: what a person enters is asked about while it is typed, saved when they say so, and taken back when
// they say so. Everything that is shown comes from the server; here it is only sent, and put beside its field.
(() => {
  "use strict";
  const { token, words, number } = JSON.parse(document.getElementById("told").textContent);
  const all = (where, what) => [...where.querySelectorAll(what)];

  const send = async (name, body, type) => {
    const answer = await fetch("/desk/" + name, {
      method: "POST",
      headers: { "Content-Type": type || "application/json", "X-Glasno-Token": token },
      body: type ? body : JSON.stringify(body),
    });
    const told = await answer.json();
    return { ok: answer.ok, ...told };
  };
  // What is under way must not be lost to a page that loads itself again.
  let busy = 0;
  const ask = (name, body, type) => {
    busy += 1;
    return send(name, body, type)
      .catch(() => ({ ok: false, error: words.lost, fields: [] }))
      .finally(() => setTimeout(() => { busy -= 1; }));
  };

  const tell = (where, text, good) => {
    const box = where.querySelector(".outcome");
    if (!box) return;
    box.textContent = text || "";
    box.classList.toggle("good", Boolean(good));
    if (text && !good) box.focus();
  };

  // Sentences beside their fields; what belongs to none stands above the buttons.
  const notes = (form, list, theirs) => {
    for (const box of all(form, ".said")) box.replaceChildren();
    for (const box of all(form, ".printed")) box.hidden = !box.querySelector("[data-sic]").checked;
    const rest = [];
    for (const { field, sort, text } of list) {
      const boxes = all(form, "[data-field]").filter((f) => f.dataset.field === field || f.dataset.field.startsWith(field + "."));
      const box = field && boxes.length ? boxes[0].querySelector(".said") : null;
      if (!box) { rest.push(text); continue; }
      const line = document.createElement("span");
      line.className = "said-" + (sort || "error");
      line.textContent = (theirs ? words.theirs : "") + text;
      box.append(line);
      if (!sort || sort === "error") {
        const open = box.closest("details");
        if (open) open.open = true;
        const printed = box.parentElement.querySelector(".printed");
        if (printed) printed.hidden = false;
      }
    }
    return rest;
  };

  const value = (field) => {
    const inputs = all(field, "input:not([type=file]):not([data-sic]), textarea, select");
    const sic = field.querySelector("[data-sic]");
    switch (field.dataset.sort) {
      case "flag": return inputs[0].checked;
      case "list": return inputs.map((i) => i.value).filter((t) => t.trim());
      case "pairs": return all(field, ".pair").map((p) => all(p, "input").map((i) => i.value)).filter(([name]) => name.trim());
      default: return sic && sic.checked ? { text: inputs[0].value, sic: true } : inputs[0].value;
    }
  };

  // Where the page was left: the next one begins there.
  const go = (address) => { location.assign(address); };
  const again = () => { location.reload(); };

  for (const form of all(document, "form[data-desk]")) {
    const data = form.dataset;
    const isNew = "new" in data;
    const fields = all(form, "[data-field]");
    const before = new Map(fields.map((f) => [f, JSON.stringify(value(f))]));
    const changed = () => {
      const values = {};
      for (const field of fields) {
        const now = value(field);
        const empty = now === "" || now === false || (Array.isArray(now) && now.length === 0);
        if (isNew ? !empty : JSON.stringify(now) !== before.get(field)) values[field.dataset.field] = now;
      }
      return values;
    };
    const request = (more) => ({
      path: data.path, at: data.at, hash: data.hash, new: isNew, values: changed(),
      ...(data.kind ? { kind: data.kind, section: data.section } : {}), ...more,
    });

    let timer = 0;
    let asked = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(async () => {
        const mine = ++asked;
        const told = await ask("look", request());
        if (mine === asked && told.ok) notes(form, told.notes);
      }, 350);
    });

    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      clearTimeout(timer);
      asked += 1;
      const button = form.querySelector("button[type=submit]");
      button.disabled = true;
      tell(form, words.saving, true);
      const told = await ask(data.kind ? "make" : "save", request());
      button.disabled = false;
      if (!told.ok) {
        const rest = notes(form, told.fields || [], told.theirs);
        tell(form, [told.error, ...rest].join("\n"));
        const first = form.querySelector(".said-error");
        if (first) first.closest("[data-field]").querySelector("input, textarea, select").focus();
        return;
      }
      before.clear();
      for (const f of fields) before.set(f, JSON.stringify(value(f)));
      tell(form, told.merged ? words.merged : words.saved, true);
      setTimeout(() => go(told.next || data.back || "/"), told.merged ? 2500 : 0);
    });

    form.addEventListener("click", async (event) => {
      const button = event.target.closest("button");
      if (!button) return;
      if ("more" in button.dataset) {
        const list = button.previousElementSibling;
        const line = list.lastElementChild.cloneNode(true);
        for (const input of all(line, "input, textarea")) input.value = "";
        list.append(line);
        line.querySelector("input, textarea").focus();
        return;
      }
      let told = null;
      if ("remove" in button.dataset && confirm(words.sure)) told = await ask("remove", request({ values: {} }));
      if ("move" in button.dataset) told = await ask("move", request({ values: {}, to: button.dataset.move }));
      if (told && !told.ok) tell(form, told.error);
      else if (told) go(data.back || "/");
    });

    // A file that is dropped on a field, or chosen, is kept at once and named in the field.
    const keep = async (input, file) => {
      const query = new URLSearchParams({ name: file.name, ...(data.path ? { path: data.path } : { section: data.section, path: "content/" + data.section + "/x/x" }) });
      tell(form, words.saving, true);
      const told = await ask("attach?" + query, file, "application/octet-stream");
      if (!told.ok) { tell(form, [told.error, ...(told.fields || []).map((f) => f.text)].join("\n")); return; }
      const target = document.getElementById(input.dataset.for);
      if ("insert" in input.dataset) {
        const mark = file.type.startsWith("image/") ? "!" : "";
        const name = file.name.replace(/\.[^.]*$/, "").replace(/[[\]]/g, "");
        target.value = target.value.trimEnd() + "\n\n" + mark + "[" + name + "](" + told.link + ")\n";
      } else target.value = told.link;
      tell(form, told.review ? words.reviewWaits : words.attached, true);
      form.dispatchEvent(new Event("input"));
    };
    for (const input of all(form, "input[type=file]")) {
      const drop = input.closest(".drop");
      input.addEventListener("change", () => { if (input.files[0]) keep(input, input.files[0]); });
      drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
      drop.addEventListener("dragleave", () => drop.classList.remove("over"));
      drop.addEventListener("drop", (event) => {
        event.preventDefault();
        drop.classList.remove("over");
        if (event.dataTransfer.files[0]) keep(input, event.dataTransfer.files[0]);
      });
    }

    addEventListener("beforeunload", (event) => {
      const open = fields.some((f) => JSON.stringify(value(f)) !== before.get(f));
      if (open) event.preventDefault();
    });
  }

  // Small forms: a request, and a sentence or the next page.
  const small = (selector, name, more) => {
    for (const form of all(document, selector)) {
      form.addEventListener("submit", async (event) => {
        event.preventDefault();
        const told = await ask(name, { ...Object.fromEntries(new FormData(form)), ...more(form) });
        if (!told.ok) { tell(form, [told.error, ...(told.fields || []).map((f) => f.text)].join("\n")); return; }
        if (told.told) { form.reset(); tell(form, told.told, true); return; }
        if (told.next) go(told.next); else again();
      });
    }
  };
  small("form[data-begin]", "begin", () => ({}));
  small("form[data-school]", "school", () => ({}));
  small("form[data-count]", "count", () => ({}));
  small("form[data-none]", "none", () => ({}));
  small("form[data-review]", "review", (form) => ({ path: form.dataset.review }));

  for (const form of all(document, "form[data-bring]")) {
    const box = document.querySelector("[data-brought]");
    const input = form.querySelector("input[type=file]");
    const bring = async (file) => {
      tell(form, words.reading, true);
      box.replaceChildren();
      const query = new URLSearchParams({ name: file.name, section: form.section.value });
      const told = await ask("read?" + query, file, "application/octet-stream");
      if (!told.ok) { tell(form, [told.error, ...(told.fields || []).map((f) => f.text)].join("\n")); return; }
      tell(form, "");
      document.querySelector("main").classList.add("wide");
      // Made by the server, every text in it escaped.
      box.innerHTML = told.html;
      const accept = box.querySelector("[data-accept]");
      const doubts = all(box, "[data-doubt]");
      const settle = () => { if (accept) accept.disabled = doubts.some((d) => !d.checked); };
      for (const doubt of doubts) doubt.addEventListener("change", settle);
      settle();
      box.querySelector("h2").setAttribute("tabindex", "-1");
      box.querySelector("h2").focus();
      if (accept) accept.addEventListener("click", async () => {
        accept.disabled = true;
        const done = await ask("accept", {});
        if (done.ok) go(done.next);
        else tell(box, [done.error, ...(done.fields || []).map((f) => f.text)].join("\n"));
      });
    };
    input.addEventListener("change", () => { if (input.files[0]) bring(input.files[0]); });
    const drop = form.querySelector(".drop");
    drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
    drop.addEventListener("dragleave", () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      drop.classList.remove("over");
      if (event.dataTransfer.files[0]) bring(event.dataTransfer.files[0]);
    });
  }

  for (const box of all(document, "[data-build]")) {
    const line = box.querySelector(".progress");
    const outcome = box.querySelector(".outcome");
    const buttons = all(box, "button");
    const follow = async () => {
      const told = await ask("progress", {});
      if (told.running) {
        line.textContent = told.words || words.building;
        setTimeout(follow, 200);
        return;
      }
      // What is to be uploaded is shown by the page.
      if (told.good && told.told) { sessionStorage.setItem("told", "1"); again(); return; }
      line.textContent = "";
      buttons.forEach((b) => { b.disabled = false; });
      outcome.textContent = (told.told || [told.error]).join("\n");
      outcome.classList.toggle("good", Boolean(told.good));
      outcome.focus();
    };
    if (sessionStorage.getItem("told")) { sessionStorage.removeItem("told"); outcome.focus(); }
    for (const button of buttons) {
      button.addEventListener("click", async () => {
        buttons.forEach((b) => { b.disabled = true; });
        outcome.textContent = "";
        line.textContent = words.building;
        await ask("build", { publish: button.dataset.run === "build" });
        follow();
      });
    }
  }
  for (const button of all(document, "[data-uploaded]")) {
    button.addEventListener("click", async () => { if ((await ask("uploaded", {})).ok) again(); });
  }
  for (const button of all(document, "[data-undo]")) {
    button.addEventListener("click", async () => {
      const told = await ask("undo", {});
      if (told.ok) again();
      else document.querySelector(".undo [role=status]").textContent = told.error;
    });
  }

  // A place that a link names is opened, wherever it is folded.
  const show = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
    target.scrollIntoView();
    target.focus();
  };
  addEventListener("hashchange", show);
  show();

  // What takes longer than a page may wait is asked for when the page is there.
  for (const line of all(document, "[data-later]")) {
    ask("duties", {}).then((told) => {
      if (!told.ok) { line.textContent = told.error; return; }
      const card = document.createElement("div");
      // Made by the server, every text in it escaped.
      card.innerHTML = told.html;
      line.closest("section").replaceWith(...card.childNodes);
    });
  }

  // The first screen keeps up with the sources, unless somebody is in the middle of something.
  if (location.pathname === "/") {
    setInterval(async () => {
      const occupied = () => busy || document.visibilityState !== "visible" || document.querySelector("details[open] form, form[data-begin]");
      if (occupied()) return;
      const told = await send("state", {}).catch(() => ({}));
      if (told.ok && told.number !== number && !occupied()) again();
    }, 1500);
  }
})();
