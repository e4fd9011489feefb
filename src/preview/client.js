// The preview's part of a page: loads it again when the site has changed, and holds the bar, which is a page of another
// origin and does what a person asks for. Nothing here can: what runs in a page of the site is not trusted.
(() => {
  "use strict";
  const script = document.currentScript;
  const own = "/@glasno/";
  const page = location.pathname;
  const tool = script.dataset.tool;
  let number = Number(script.dataset.number);
  const tag = script.dataset.tag;
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
  const frame = document.createElement("iframe");
  frame.title = "glasno";
  frame.allow = "clipboard-write";
  // It covers the page and shows itself only where it has something: the page stays in reach everywhere else.
  const shape = (top, bottom) => {
    const low = "calc(100% - " + bottom + "px)";
    frame.style.clipPath = "polygon(0 0, 100% 0, 100% " + top + "px, 0 " + top + "px, 0 " + low + ", 100% " + low + ", 100% 100%, 0 100%)";
  };
  shape(0, 0);
  frame.src = tool + "/bar?page=" + encodeURIComponent(page);
  shadow.append(style, frame);

  // What is to be told until the bar is there.
  let ready = false;
  let waiting = [];
  const tell = (message) => {
    if (ready) frame.contentWindow.postMessage(message, tool);
    else waiting.push(message);
  };

  let shown = [];
  // On the line between two blocks, at its end: there it hides neither a number nor a word. What is folded has none, and
  // what would lie on another moves beside it.
  const settle = () => {
    const width = Math.max(0, ...shown.map(({ mark }) => mark.offsetWidth)) + 4;
    const taken = [];
    const boxes = shown.map(({ at }) => at.checkVisibility() && at.getBoundingClientRect());
    shown.forEach(({ mark }, i) => {
      const box = boxes[i];
      mark.style.display = box ? "" : "none";
      if (!box) return;
      const top = box.top + scrollY;
      let right = box.right + scrollX;
      while (right > width && taken.some((t) => Math.abs(t.top - top) < 20 && Math.abs(t.right - right) < width)) right -= width;
      taken.push({ top, right });
      mark.style.left = right + "px";
      mark.style.top = top + "px";
    });
  };
  let settling = 0;
  const soon = () => {
    cancelAnimationFrame(settling);
    settling = requestAnimationFrame(settle);
  };
  document.addEventListener("toggle", soon, true);
  addEventListener("load", () => {
    new ResizeObserver(() => { if (shown.length) soon(); }).observe(document.body);
  });
  const lines = (blocks, word, desk, from) => {
    if (shown.length) {
      shown.forEach(({ mark }) => mark.remove());
      shown = [];
      if (!desk) return;
    }
    // The heading stands for the whole document.
    const marks = desk ? [{ anchor: "", line: 1 }, ...blocks] : blocks.filter((b) => b.line);
    for (const { anchor, line, at: part, field } of marks) {
      const at = anchor ? document.getElementById(anchor) : document.querySelector("main h1, h1");
      if (!at) continue;
      const mark = document.createElement("span");
      mark.style.cssText = "position:absolute;z-index:2147483645";
      const inner = mark.attachShadow({ mode: "open" });
      const button = document.createElement(desk ? "a" : "button");
      button.className = "mark";
      if (desk) {
        button.textContent = word;
        button.href = tool + "/edit?page=" + encodeURIComponent(page) +
          (from ? "&path=" + encodeURIComponent(from) : "") +
          (part ? "&at=" + encodeURIComponent(part) : "&line=" + (field ? 1 : line || 1)) + "&back=" + encodeURIComponent("#" + anchor) +
          (field ? "#f-" + encodeURIComponent(field) : "");
        button.setAttribute("aria-label", word + ": " + at.textContent.trim().replace(/\s+/g, " ").slice(0, 60));
      } else {
        button.type = "button";
        button.textContent = word + " " + line;
        button.addEventListener("click", () => tell({ pick: line }));
      }
      inner.append(style.cloneNode(), button);
      mark.style.transform = "translate(-100%, -50%)";
      document.documentElement.append(mark);
      shown.push({ mark, at });
    }
    settle();
  };

  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.origin !== tool) return;
    const { size, blocks, word, desk, source: from } = event.data;
    if (event.data.ready) {
      ready = true;
      waiting.forEach(tell);
      waiting = [];
    }
    if (size) {
      shape(size.top, size.bottom);
      document.body.style.paddingBottom = size.bar + "px";
    }
    if (blocks) lines(blocks, word, desk, from);
  });

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
    else tell({ again: true });
  };

  let source = null;
  const listen = () => {
    if (source) return;
    source = new EventSource(own + "events?page=" + encodeURIComponent(page));
    source.addEventListener("state", (event) => {
      const state = JSON.parse(event.data);
      tell({ errors: state.errors });
      changed(state);
    });
    source.addEventListener("findings", () => tell({ again: true }));
    source.onerror = () => tell({ lost: true });
    source.onopen = () => tell({ lost: false });
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

  addEventListener("visibilitychange", attend);
  addEventListener("pagehide", () => { if (source) { source.close(); source = null; } });
  attend();
})();
