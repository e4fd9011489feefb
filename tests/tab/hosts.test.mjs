// The forms that are put into other sites, inside hostile pages: readable, unchanged by the host, the host unchanged by
// them, no accessibility violation. Needs the packages of tests/browser (BROWSER_TESTS names another place) and a built
// program (GLASNO, else target/debug/glasno).

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";

const HERE = fileURLToPath(new URL(".", import.meta.url));
const PACKAGES = process.env.BROWSER_TESTS ?? resolve(HERE, "../browser");
const load = createRequire(join(resolve(PACKAGES), "package.json"));
const { start } = await import(pathToFileURL(join(resolve(PACKAGES), "browser.mjs")));
const axe = readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
const GLASNO = process.env.GLASNO ?? resolve(HERE, "../../target/debug/glasno");

/** Hosts: a style sheet, and what surrounds the tab. */
const HOSTS = {
  reset: {
    style: `* { margin: 0 !important; padding: 0 !important; border: 3px dotted red !important; color: #ff0 !important;
        background: #ff0 !important; font: italic 8px/1 monospace !important; text-transform: uppercase !important;
        letter-spacing: 7px !important; float: left !important; position: relative !important; top: 5px !important;
        text-decoration: line-through !important; list-style: none !important;
        white-space: nowrap !important; text-align: justify !important }
      .content * { width: 40px !important; overflow: hidden !important; opacity: .3 !important }
      .content { float: none !important; border: 0 !important } a, h2, h3 { display: none !important } li { display: inline !important } p { visibility: hidden !important }
      div div { transform: rotate(3deg) !important; max-height: 20px !important }`,
    wrap: (tab) => `<header id="main"><h1>Школа</h1></header><div class="content">${tab}</div><footer><p>Подвал</p></footer>`,
    strip: false,
  },
  narrow: {
    style: `body { background: #101820; color: #eee; font: 13px Tahoma; margin: 0 } .column { width: 320px; overflow: hidden }
      a { color: #0ff } table { width: 900px } h2 { color: #fff; font-size: 40px } ul { padding-left: 90px } li::marker { color: red }
      p { text-indent: 60px; line-height: .9 } div { box-sizing: content-box } * { word-break: keep-all }`,
    wrap: (tab) => `<table style="width:320px;table-layout:fixed"><tr><td><div class="column">${tab}</div></td></tr></table><p class="g500-lead">Чужой абзац</p>`,
    strip: false,
  },
  stripped: {
    style: `.text * { font-family: "Comic Sans MS"; line-height: 3 } .text div { border: 1px solid #c00; padding: 30px; display: flex }
      .text a::after { content: none } .text > div > div { display: grid; grid-template-columns: repeat(6, 1fr) } dl, dt, dd { float: right }
      #roadmap { display: none } .g500-row { display: none } p + p { color: #ddd }`,
    wrap: (tab) => `<main class="text" id="news"><h2>Новости</h2>${tab}<p id="roadmap">Чужой</p></main>`,
    strip: true,
  },
};

let home, browser, forms;

before(async () => {
  home = mkdtempSync(join(tmpdir(), "tab-"));
  cpSync(join(HERE, "school"), home, { recursive: true });
  execFileSync(GLASNO, ["tab", "build", home, "--today", "2025-03-10", "--base", "https://lumpino.example/500"], { stdio: "pipe" });
  const made = join(home, "output/tabs/vkladka");
  const single = readFileSync(join(made, "odnim-fajlom.html"), "utf8");
  const inner = single.match(/<body[^>]*>([\s\S]*)<\/body>/)[1];
  const rest = single.match(/<style>[\s\S]*?<\/style>/)[0];
  forms = {
    "one file": { tab: rest + inner, whole: single },
    fragment: { tab: readFileSync(join(made, "vstavka.html"), "utf8") },
  };
  browser = await start();
});

after(async () => {
  await browser?.close();
  if (home) rmSync(home, { recursive: true, force: true });
});

/** What an engine that trusts nobody leaves of pasted markup. */
function stripped(tab) {
  return tab.replace(/<style>[\s\S]*?<\/style>/g, "").replace(/ (?:class|id)="[^"]*"/g, "");
}

function page(host, tab) {
  return `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Хозяин</title><style>${host.style}</style></head><body>${host.wrap(tab)}</body></html>`;
}

async function open(html, width = 1024) {
  const view = await browser.newPage({ viewport: { width, height: 900 } });
  const trouble = [];
  view.on("console", (m) => m.type() === "error" && trouble.push(m.text()));
  view.on("pageerror", (e) => trouble.push(String(e)));
  view.on("request", (r) => r.url().startsWith("http") && trouble.push(r.url()));
  await view.setContent(html, { waitUntil: "load" });
  return { view, trouble };
}

/** How every element of the tab looks; positions do not count, for the host decides where the tab stands. */
function looks(root) {
  const names = ["color", "backgroundColor", "fontSize", "fontFamily", "fontWeight", "fontStyle", "lineHeight", "letterSpacing",
    "textTransform", "textAlign", "textDecorationLine", "textIndent", "display", "float", "position", "visibility", "opacity", "whiteSpace",
    "marginTop", "marginBottom", "marginLeft", "paddingLeft", "paddingTop", "borderTopWidth", "listStyleType", "transform", "maxHeight",
    "flexGrow", "flexBasis", "wordBreak"];
  return [...root.querySelectorAll("*")].map((el) => {
    const style = getComputedStyle(el);
    return [el.tagName, el.textContent.slice(0, 30), ...names.map((n) => `${n}: ${style[n]}`)];
  });
}

/** The tab's outermost element, also where its class was taken away. */
const ROOT = "[lang=ru]:not(html)";

for (const [name, host] of Object.entries(HOSTS)) {
  for (const form of ["one file", "fragment"]) {
    test(`${form} in the host «${name}»`, async () => {
      const tab = host.strip ? stripped(forms[form].tab) : forms[form].tab;
      const alone = await open(`<!doctype html><html lang="ru"><body>${tab}</body></html>`);
      const expected = await alone.view.locator(ROOT).evaluate(looks);
      await alone.view.close();

      for (const width of name === "narrow" ? [320] : [360, 1280]) {
        const { view, trouble } = await open(page(host, tab), width);
        const seen = await view.locator(ROOT).evaluate(looks);
        assert.equal(seen.length, expected.length);
        for (const [i, element] of seen.entries()) assert.deepEqual(element, expected[i]);

        const wide = await view.locator(ROOT).evaluate((root) => {
          const edge = root.getBoundingClientRect().right + 0.5;
          return [...root.querySelectorAll("*")].filter((el) => el.getBoundingClientRect().right > edge).map((el) => el.outerHTML.slice(0, 80));
        });
        assert.deepEqual(wide, [], `${width}px: sticks out`);
        const blind = await view.locator(ROOT).evaluate((root) =>
          [...root.querySelectorAll("a, p, li, h2, h3, h4")].filter((el) => el.textContent.trim() && el.getClientRects().length === 0).length);
        assert.equal(blind, 0, "something is not to be seen");
        assert.deepEqual(trouble, []);

        await view.evaluate(axe);
        const found = await view.evaluate((root) => window.axe.run({ include: [root] },
          { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }), ROOT);
        assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [], `${width}px`);
        if (process.env.SHOTS) await view.screenshot({ path: join(process.env.SHOTS, `${name}-${form.replace(" ", "-")}-${width}.png`), fullPage: true });
        await view.close();
      }
    });
  }
}

test("no host is changed by a tab", async () => {
  const others = (root) => [...document.querySelectorAll("body *")].filter((el) => !el.closest(root) && !el.querySelector(root) && el.tagName !== "MAIN" && el.tagName !== "STYLE")
    .map((el) => { const s = getComputedStyle(el); return [el.tagName, ...[...s].filter((n) => !/^(perspective|transform)-origin|^(block|inline)-size$|^(width|height)$|^inset|^(top|left|right|bottom)$/.test(n)).map((n) => s.getPropertyValue(n))]; });
  for (const [name, host] of Object.entries(HOSTS)) {
    const bare = await open(page(host, `<div lang="ru"></div>`));
    const before = await bare.view.evaluate(others, ROOT);
    await bare.view.close();
    for (const { tab } of Object.values(forms)) {
      const { view } = await open(page(host, tab));
      assert.deepEqual(await view.evaluate(others, ROOT), before, name);
      await view.close();
    }
  }
});

test("the one file alone and the pages: no violation, nothing fetched, no sideways scroll", async () => {
  const made = join(home, "output/tabs/vkladka");
  const files = ["odnim-fajlom.html", "gosweb/poryadok.html", ...["", "normativnye-dokumenty/", "dokumenty-shkoly/", "dorozhnaya-karta/", "meropriyatiya/", "novosti/", "kontakty/", "ssylki/"].map((f) => `pages/${f}index.html`)];
  for (const width of [320, 1280]) {
    for (const file of files) {
      const view = await browser.newPage({ viewport: { width, height: 900 } });
      const trouble = [];
      view.on("console", (m) => m.type() === "error" && trouble.push(m.text()));
      view.on("request", (r) => r.url().startsWith("http") && trouble.push(r.url()));
      await view.goto(pathToFileURL(join(made, file)).href);
      assert.ok(await view.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${file} ${width}`);
      await view.evaluate(axe);
      const found = await view.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], preload: false }));
      assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes[0].html}`), [], `${file} ${width}`);
      assert.deepEqual(trouble, [], file);
      if (process.env.SHOTS) await view.screenshot({ path: join(process.env.SHOTS, `${file.replaceAll("/", "-")}-${width}.png`), fullPage: true });
      await view.close();
    }
  }
});

test("the checklist of the pack has boxes to tick, and its columns break no word", async () => {
  const view = await browser.newPage({ viewport: { width: 900, height: 900 } });
  await view.goto(pathToFileURL(join(home, "output/tabs/vkladka/gosweb/poryadok.html")).href);
  const boxes = view.locator("input[type=checkbox]");
  assert.ok(await boxes.count() > 10, `${await boxes.count()} boxes`);
  await view.locator("label").first().click();
  assert.ok(await boxes.first().isChecked());
  assert.ok(!/[☐☑]/.test(await view.locator("main").innerText()));
  const broken = await view.evaluate(() => [...document.querySelectorAll("td:not(.name)")].flatMap((cell) => {
    const text = cell.firstChild;
    if (text?.nodeType !== Node.TEXT_NODE) return [];
    const range = document.createRange();
    return [...text.data.matchAll(/[\p{L}\p{N}]+/gu)].filter((word) => {
      range.setStart(text, word.index);
      range.setEnd(text, word.index + word[0].length);
      return range.getClientRects().length > 1;
    }).map((word) => word[0]);
  }));
  assert.deepEqual(broken, []);
  await view.close();
});

test("every page of a tab is valid", async () => {
  const { HtmlValidate } = load("html-validate");
  const { default: config } = await import(pathToFileURL(join(resolve(PACKAGES), "htmlvalidate.mjs")));
  // What is pasted into another site carries its style on its elements.
  const validator = new HtmlValidate({ ...config, rules: { ...config.rules, "no-inline-style": "off" } });
  const made = join(home, "output/tabs/vkladka");
  for (const file of readdirSync(made, { recursive: true }).filter((f) => f.endsWith(".html"))) {
    const report = await validator.validateString(readFileSync(join(made, file), "utf8"));
    const told = report.results.flatMap((r) => r.messages).map((m) => `${m.line}: ${m.ruleId}: ${m.message}`);
    assert.deepEqual(told, [], file);
  }
});
