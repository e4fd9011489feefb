// What a reader meets in a real browser: on a phone, a tablet and a desk, in light and in dark, with and without a
// script, with a keyboard alone, on paper.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { pathToFileURL } from "node:url";
import { start } from "./browser.mjs";
import { build, pages } from "./build.mjs";
import { serve } from "./server.mjs";

const WIDTHS = [360, 768, 1280];
const AXE = join(dirname(createRequire(import.meta.url).resolve("axe-core")), "axe.min.js");
const LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"];
const KINDS = [
  "home", "section", "order", "roadmap", "schedule", "seminar", "calendar", "indicators", "group", "protocol", "news", "material",
  "document", "list", "opendata", "sitemap", "search", "404",
];

describe("the site in a browser", () => {
  let built;
  let server;
  let browser;
  let all;
  /** One page of each kind in each section, and one filtered view. */
  let chosen;

  before(async () => {
    built = build();
    server = await serve(built.site);
    browser = await start();
    all = pages(built.site);
    const first = new Map();
    for (const page of all) {
      const file = join(built.site, page.endsWith("/") ? `${page}index.html` : page);
      const kind = /<body class="kind-([^"]+)"/.exec(readFileSync(file, "utf8"))?.[1];
      assert.ok(kind, `${page} does not say its kind`);
      const key = `${kind} ${page.split("/")[1]} ${/\/(status|responsible|section)\//.test(page)}`;
      if (!first.has(key)) first.set(key, { page, kind });
    }
    chosen = [...first.values()];
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    built?.remove();
  });

  /** Opens tabs with the same settings for each page in turn, collecting what goes wrong in any of them. */
  async function visit(list, settings, look) {
    const context = await browser.newContext(settings);
    const wrong = [];
    const tab = await context.newPage();
    let now = "";
    const note = (text) => wrong.push(`${now}: ${text}`);
    tab.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) note(`${message.type()}: ${message.text()}`);
    });
    tab.on("pageerror", (error) => note(error.message));
    tab.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(server.origin) && !/^(data|blob|about):/.test(url)) note(`asks for ${url}`);
    });
    tab.on("response", (response) => {
      if (response.status() >= 400) note(`${response.status()} ${response.url()}`);
    });
    for (const page of list) {
      now = page;
      await tab.goto(server.origin + page);
      await look(tab, note);
    }
    await context.close();
    return wrong;
  }

  /** The first thing that sticks out to the right, if the page can be moved sideways. */
  const sideways = (tab) => tab.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return null;
    const out = [...document.body.querySelectorAll("*")]
      .find((e) => e.getBoundingClientRect().right > root.clientWidth + 1);
    const name = out ? `${out.tagName.toLowerCase()}.${out.getAttribute("class") ?? ""}` : "?";
    return `${root.scrollWidth} px in ${root.clientWidth}, ${name}: ${out?.textContent.trim().slice(0, 60)}`;
  });

  /** Words that two lines share without a hyphen, and closing marks that begin a line of their own. */
  const cut = (tab) => tab.evaluate(() => {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
    const found = new Set();
    const range = document.createRange();
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    const blocks = "td, th, dd, dt, li, p, h1, h2, h3, h4, summary, div";
    while (walk.nextNode()) {
      const { data, parentElement: parent } = walk.currentNode;
      if (parent.closest("svg, math, script, code, .visually-hidden")) continue;
      for (const { 0: word, index } of data.matchAll(/[\p{L}\p{N}]+|[)»\]]+[.,;:]?/gu)) {
        range.setStart(walk.currentNode, index);
        range.setEnd(walk.currentNode, index + word.length);
        const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
        if (!boxes.length) continue;
        const block = parent.closest(blocks) ?? parent;
        const where = `«${word}» in ${block.tagName} ${block.className}: ${block.textContent.trim().slice(0, 40)}`;
        if (new Set(boxes.map((box) => Math.round(box.top))).size > 1) found.add(`cuts ${where}`);
        const edge = block.getBoundingClientRect().left + parseFloat(getComputedStyle(block).paddingLeft);
        if (/^[)»\]]/.test(word) && data.slice(0, index).trim() && boxes[0].left - edge < 2) found.add(`leaves alone ${where}`);
      }
    }
    return [...found];
  });

  test("every kind of page is there to be looked at", () => {
    const kinds = new Set(chosen.map((c) => c.kind));
    for (const kind of KINDS) assert.ok(kinds.has(kind), `no page of the kind ${kind}`);
  });

  test("no page has errors, asks another host, moves sideways or cuts a word at 360, 768 and 1280 px", async () => {
    const height = 900;
    none(await visit(all, { viewport: { width: 1280, height } }, async (tab, note) => {
      for (const width of WIDTHS) {
        await tab.setViewportSize({ width, height });
        const out = await sideways(tab);
        if (out) note(`moves sideways at ${width}: ${out}`);
        for (const word of await cut(tab)) note(`at ${width} ${word}`);
      }
    }));
  });

  test("the operator's list of duties reads on a phone and on a desk", async () => {
    const file = join(built.site, "..", "report", "duties.html");
    if (!existsSync(file)) return;
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    const tab = await context.newPage();
    await tab.goto(pathToFileURL(file).href);
    const wrong = [];
    for (const width of [...WIDTHS, 320]) {
      await tab.setViewportSize({ width, height: 900 });
      const out = await sideways(tab);
      if (out) wrong.push(`moves sideways at ${width}: ${out}`);
    }
    await tab.addScriptTag({ path: AXE });
    const found = await tab.evaluate(async (values) => {
      const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values } });
      return violations.map((v) => `${v.id}: ${v.nodes[0].html}`);
    }, LEVELS);
    await context.close();
    assert.deepEqual([...wrong, ...found], []);
  });

  test("nothing moves sideways at 200 % zoom, nor at the narrowest width that WCAG names", async () => {
    const list = chosen.map((c) => c.page);
    const settings = { viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 };
    none(await visit(list, settings, async (tab, note) => {
      for (const width of [640, 320]) {
        await tab.setViewportSize({ width, height: 450 });
        const out = await sideways(tab);
        if (out) note(`moves sideways at ${width}: ${out}`);
      }
    }));
  });

  for (const [colorScheme, width] of [["light", 1280], ["dark", 360]]) {
    test(`axe finds nothing against WCAG 2.1 AA, ${colorScheme}, ${width} px`, async () => {
      const settings = { viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" };
      none(await visit(chosen.map((c) => c.page), settings, async (tab, note) => {
        await tab.addScriptTag({ path: AXE });
        const found = await tab.evaluate(async (values) => {
          // What is folded is read too.
          for (const fold of document.querySelectorAll("details.fold, details.menu-toggle")) fold.open = true;
          const filter = document.querySelector("details.filter");
          if (filter) filter.open = true;
          const run = await window.axe.run(document, {
            runOnly: { type: "tag", values },
            // Of WCAG 2.2; the levels above do not hold it.
            rules: { "target-size": { enabled: true } },
            resultTypes: ["violations"],
          });
          return run.violations.map((v) => `${v.id}: ${v.nodes.length} × ${v.nodes[0].html.slice(0, 160)}`);
        }, LEVELS);
        found.forEach(note);
      }));
    });
  }

  test("each row of a roadmap is seen under its number, also on a phone", async () => {
    const roadmaps = chosen.filter((c) => c.kind === "roadmap" && c.page.endsWith("/roadmap/")).map((c) => c.page);
    assert.equal(roadmaps.length, 5);
    none(await visit(roadmaps, { viewport: { width: 360, height: 800 } }, async (tab, note) => {
      const data = await (await tab.request.get(new URL("data.json", tab.url()).href)).json();
      const rows = tab.locator("[data-no]");
      if (await rows.count() !== data.rows.length) note(`${await rows.count()} rows of ${data.rows.length}`);
      for (const row of await rows.all()) {
        if (!await row.isVisible()) note(`row ${await row.getAttribute("data-no")} is not visible`);
      }
    }));
  });

  test("without a script everything can be read, the menu and the filters open", async () => {
    const list = chosen.map((c) => c.page);
    const settings = { javaScriptEnabled: false, viewport: { width: 360, height: 800 } };
    none(await visit(list, settings, async (tab, note) => {
      if (!await tab.locator("main h1").isVisible()) note("no heading");
      if ((await tab.locator("main").innerText()).length < 60) note("hardly any text");
    }));
    const context = await browser.newContext(settings);
    const tab = await context.newPage();
    await tab.goto(`${server.origin}/tyumen-region-2025/roadmap/`);
    await tab.locator(".section-nav summary").click();
    assert.ok(await tab.locator(".section-menu a").first().isVisible());
    await tab.locator(".filter summary").last().click();
    const choice = tab.locator(".filter[open] a").first();
    const count = Number(await tab.locator(".filter[open] li").first().locator(".muted").innerText());
    await choice.click();
    await tab.waitForURL(/\/roadmap\/status\//);
    assert.equal(await tab.locator("[data-no]").count(), count);
    await tab.locator(".filter-now a").first().click();
    await tab.waitForURL(/\/roadmap\/$/);
    assert.equal(await tab.locator("[data-no]").count(), 25);
    await context.close();
  });

  test("a keyboard is enough: skip link, menu, filters, row links", async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      permissions: ["clipboard-read", "clipboard-write"],
    });
    const tab = await context.newPage();
    const focused = (selector) => tab.evaluate((s) => document.activeElement.matches(s), selector);
    await tab.goto(`${server.origin}/tyumen-region-2025/roadmap/`);

    await tab.keyboard.press("Tab");
    assert.ok(await focused("a.skip"), "the first stop is the skip link");
    assert.ok((await tab.locator("a.skip").boundingBox()).y >= 0, "the skip link is seen when it has the focus");
    await tab.keyboard.press("Enter");
    await tab.keyboard.press("Tab");
    assert.ok(await focused("main a, main summary, main [tabindex]"), "the next stop is in the text");

    const tabTo = async (selector, most) => {
      for (let i = 0; i < most; i += 1) {
        if (await focused(selector)) return;
        const ring = await tab.evaluate(() => {
          const style = getComputedStyle(document.activeElement);
          return document.activeElement === document.body || style.outlineStyle !== "none";
        });
        assert.ok(ring, "the focus is seen at every stop");
        await tab.keyboard.press("Tab");
      }
      assert.fail(`${selector} is not reached with Tab`);
    };
    await tabTo(".filter > summary", 90);
    await tab.keyboard.press("Enter");
    await tabTo(".filter[open] a", 5);
    await tab.keyboard.press("Escape");
    assert.equal(await tab.locator(".filter[open]").count(), 0, "Escape closes the filter");
    assert.ok(await focused(".filter > summary"), "and gives the focus back");

    await tabTo("button.copy", 30);
    await tab.keyboard.press("Enter");
    await tab.locator("[role=status]", { hasText: "Ссылка скопирована" }).waitFor({ state: "attached" });
    const copied = await tab.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /\/tyumen-region-2025\/roadmap\/#r-/);
    await context.close();
  });

  test("an address with an anchor opens the month it is folded in", async () => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const tab = await context.newPage();
    await tab.goto(`${server.origin}/tyumen-region-2025/schedules/metodicheskij-desant/#s-1`);
    assert.ok(await tab.locator("#s-1").isVisible());
    await context.close();
  });

  test("an address that does not exist gets a page with ways on", async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const response = await tab.goto(`${server.origin}/tula-2024/net-takoj/stranitsy/`);
    assert.equal(response.status(), 404);
    await tab.locator("main a").first().click();
    assert.equal(new URL(tab.url()).pathname, "/");
    await context.close();
  });

  test("on paper there is the text alone, and it fits", async () => {
    const context = await browser.newContext({ viewport: { width: 680, height: 960 } });
    const tab = await context.newPage();
    const wrong = [];
    for (const { page, kind } of chosen) {
      await tab.goto(server.origin + page);
      await tab.emulateMedia({ media: "print" });
      for (const part of [".section-nav", ".site-links", ".site-search", ".filters", ".copy", ".skip"]) {
        const seen = await tab.locator(part).evaluateAll((list) => list.some((e) => e.offsetParent !== null));
        if (seen) wrong.push(`${page}: ${part} on paper`);
      }
      // Wide tables are printed on paper laid across.
      const across = ["roadmap", "schedule"].includes(kind);
      await tab.setViewportSize({ width: across ? 1000 : 680, height: 960 });
      const out = await sideways(tab);
      if (out) wrong.push(`${page}: wider than paper: ${out}`);
      await tab.emulateMedia({ media: null });
    }
    none(wrong);
    await tab.goto(`${server.origin}/tomsk-region-2020/orders/293-r/`);
    const pdf = await tab.pdf({ preferCSSPageSize: true });
    assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
    const sheets = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(sheets >= 1 && sheets <= 6, `${sheets} sheets for an order`);
    // The publisher's address is not cut: the sheet with its last line has its telephone too.
    for (const page of ["/molchanovo-2023/calendar/", "/molchanovo-2023/roadmap/section/1/", "/sitemap/"]) {
      await tab.goto(server.origin + page);
      const text = (await tab.pdf({ format: "A4", preferCSSPageSize: true })).toString("latin1");
      const last = text.split(/\/Type\s*\/Page\b/).at(-1).split("endobj")[0];
      const links = (last.match(/\/Annots\s*\[([^\]]*)/)?.[1].match(/\d+(?= 0 R)/g) ?? []).map(
        (number) => text.split(`\n${number} 0 obj`)[1]?.split("endobj")[0] ?? "",
      );
      assert.ok(links.some((link) => link.includes("(tel:")), `${page}: the last sheet has no telephone`);
    }
    await context.close();
  });
});

/** Fails with the first few of what is wrong, and how many there are. */
function none(wrong) {
  assert.equal(wrong.length, 0, `${wrong.length}:\n${wrong.slice(0, 25).join("\n")}`);
}
