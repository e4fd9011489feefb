// Filters of a roadmap that combine, its timeline, and the panel for who sees badly: at all widths, in light and dark,
// with and without a script, by keyboard alone.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { start } from "./browser.mjs";
import { build } from "./build.mjs";
import { serve } from "./server.mjs";

const WIDTHS = [360, 768, 1280];
const PAGE = "/tyumen-region-2025/roadmap/";
const AXE = join(dirname(createRequire(import.meta.url).resolve("axe-core")), "axe.min.js");

describe("a roadmap's filters and the panel", () => {
  let built;
  let server;
  let browser;

  before(async () => {
    built = build();
    server = await serve(built.site);
    browser = await start();
  });
  after(async () => {
    await browser?.close();
    await server?.stop();
    built?.remove();
  });

  /** A section, a body and a state that some row of the page has together, and how many rows have them. */
  function three() {
    const html = readFileSync(join(built.site, PAGE, "index.html"), "utf8");
    const rows = [];
    let within = "";
    for (const [, body, bodies, status] of html.matchAll(/data-within="([^"]*)"|<tr role="row" class="row[^>]*?data-bodies="([^"]*)"[^>]*?data-status="([^"]*)"/g)) {
      if (body !== undefined) within = body.split(" ").pop();
      else rows.push({ section: within, bodies: bodies.split(" "), status });
    }
    const counted = rows.flatMap((row) => row.bodies.map((body) => {
      const all = rows.filter((r) => r.section === row.section && r.bodies.includes(body) && r.status === row.status);
      return { section: row.section, responsible: body, status: row.status, count: all.length };
    }));
    const wanted = counted.find((c) => c.count > 1 && c.count < rows.length / 2);
    assert.ok(wanted, "some rows share section, body and state");
    return wanted;
  }

  const visible = (tab) => tab.locator(".sifted .row:visible").count();

  async function choose(tab, wanted) {
    for (const name of ["section", "responsible", "status"]) await tab.locator(`#f-${name}`).selectOption(wanted[name]);
  }

  test("three at once: rows, count, address, place", async () => {
    const wanted = three();
    for (const width of WIDTHS) {
      for (const colorScheme of ["light", "dark"]) {
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
        const tab = await context.newPage();
        await tab.goto(server.origin + PAGE);
        const total = await visible(tab);
        await tab.locator(".sift").scrollIntoViewIfNeeded();
        const before = (await tab.locator(".sift").boundingBox()).y;
        await choose(tab, wanted);
        assert.equal(await visible(tab), wanted.count, `${width} ${colorScheme}`);
        assert.equal(await tab.locator("#sift-said").innerText(), `Показано ${wanted.count} из ${total}`);
        const asked = new URL(tab.url()).searchParams;
        for (const name of ["section", "responsible", "status"]) assert.equal(asked.get(name), wanted[name]);
        assert.ok(Math.abs((await tab.locator(".sift").boundingBox()).y - before) < 2, "the form stays in its place");
        const option = await tab.locator("#f-status option:checked").innerText();
        assert.match(option, new RegExp(`\\(${wanted.count}\\)$`), "the choice says how many it shows beside the others");
        await tab.reload();
        assert.equal(await visible(tab), wanted.count, "the address brings it back");
        const first = await tab.locator(".sifted .row:visible .c-measure").first().innerText();
        const word = /[а-яё]{6,}/i.exec(first)[0];
        await tab.locator("#f-q").fill(word);
        await tab.waitForURL((url) => url.searchParams.get("q") === word);
        const left = await visible(tab);
        assert.ok(left >= 1 && left <= wanted.count);
        await tab.locator(".sift button[type=reset]").click();
        await tab.waitForURL((url) => url.search === "");
        assert.equal(await visible(tab), total);
        await context.close();
      }
    }
  });

  test("without a script the three choices work as well, and each part has a page", async () => {
    const wanted = three();
    for (const width of WIDTHS) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, javaScriptEnabled: false });
      const tab = await context.newPage();
      await tab.goto(server.origin + PAGE);
      const total = await visible(tab);
      await choose(tab, wanted);
      assert.equal(await visible(tab), wanted.count, `${width}`);
      await tab.locator(".sift button[type=reset]").click();
      assert.equal(await visible(tab), total);
      await context.close();
    }
  });

  test("a filtered page leads to the choices that combine", async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(`${server.origin}${PAGE}status/under-way/`);
    const count = await tab.locator("[data-no]").count();
    await tab.locator(".filter-now a").last().click();
    await tab.locator(".sift.is-live").waitFor();
    assert.equal(await tab.locator("#f-status").inputValue(), "under-way");
    assert.equal(await visible(tab), count);
    await context.close();
  });

  test("the timeline: every line has words and leads to its row; a phone gets a list", async () => {
    const desk = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const tab = await desk.newPage();
    await tab.goto(server.origin + PAGE);
    const lines = await tab.locator("svg.timeline .tl-row").evaluateAll((all) => all.map((a) => ({
      to: Boolean(document.getElementById(a.getAttribute("href").slice(1))),
      words: a.querySelector("text")?.textContent ?? "",
      name: a.querySelector("title")?.textContent,
      inside: [...a.querySelectorAll("rect.tl-bar, text")].every((e) => {
        const [own, all] = [e.getBoundingClientRect(), e.ownerSVGElement.getBoundingClientRect()];
        return own.left >= all.left - 1 && own.right <= all.right + 1;
      }),
    })));
    assert.ok(lines.length > 5);
    for (const line of lines) assert.ok(line.to && line.words.length > 3 && line.name && line.inside, JSON.stringify(line));
    await tab.locator("svg.timeline .tl-row").first().focus();
    await tab.keyboard.press("Enter");
    assert.match(new URL(tab.url()).hash, /^#r-/);
    await desk.close();
    const phone = await browser.newContext({ viewport: { width: 360, height: 800 } });
    const small = await phone.newPage();
    await small.goto(server.origin + PAGE);
    assert.ok(await small.locator(".timeline-months").isVisible());
    assert.ok(!await small.locator(".timeline-picture").isVisible());
    await phone.close();
  });

  test("the panel by keyboard: chosen, remembered, and nothing moves sideways", async () => {
    for (const width of WIDTHS) {
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      const tab = await context.newPage();
      await tab.goto(server.origin + PAGE);
      await tab.locator(".view-switch").focus();
      await tab.keyboard.press("Enter");
      assert.equal(await tab.locator(".view-switch").getAttribute("aria-expanded"), "true");
      const size = () => tab.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));
      const usual = await size();
      // A group of radio buttons is one stop; arrows choose.
      await tab.keyboard.press("Tab");
      assert.ok(await tab.evaluate(() => document.activeElement.matches("#view-panel input")), "the panel is the next stop");
      await tab.keyboard.press("ArrowDown");
      await tab.keyboard.press("ArrowDown");
      assert.equal(await size(), usual * 1.5);
      await tab.keyboard.press("Tab");
      await tab.keyboard.press("ArrowDown");
      assert.equal(await tab.evaluate(() => document.documentElement.dataset.contrast), "light");
      await tab.keyboard.press("Tab");
      await tab.keyboard.press("ArrowDown");
      assert.equal(await tab.evaluate(() => document.documentElement.dataset.spacing), "wide");
      await tab.keyboard.press("Escape");
      assert.ok(await tab.evaluate(() => document.activeElement.matches(".view-switch")));
      for (const page of [PAGE, "/", "/tomsk-region-2020/orders/293-r/", "/search/?q=план"]) {
        await tab.goto(server.origin + page);
        assert.equal(await size(), usual * 1.5, "it is remembered");
        const wide = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${page} at ${width} is ${wide} px too wide`);
      }
      await context.close();
    }
  });

  test("targets are large enough, contrast holds in every choice of the panel", async () => {
    for (const [width, contrast] of [[360, ""], [768, "light"], [1280, "dark"], [1280, ""]]) {
      const context = await browser.newContext({ viewport: { width, height: 900 } });
      await context.addInitScript((value) => localStorage.setItem("glasno-view", JSON.stringify({ contrast: value })), contrast);
      const tab = await context.newPage();
      for (const page of [PAGE, `${PAGE}status/under-way/`, "/tula-2024/roadmap/", "/tyumen-region-2025/calendar/", "/search/?q=план"]) {
        await tab.goto(server.origin + page);
        await tab.addScriptTag({ path: AXE });
        const found = await tab.evaluate(() => globalThis.axe.run({ runOnly: ["target-size", "color-contrast"], rules: { "target-size": { enabled: true } } }));
        const wrong = found.violations.flatMap((v) => v.nodes.map((n) => `${page} ${width} ${v.id}: ${n.target} ${n.failureSummary.slice(0, 160)}`));
        assert.deepEqual(wrong.slice(0, 10), []);
      }
      await context.close();
    }
  });
});
