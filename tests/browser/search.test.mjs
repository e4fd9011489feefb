// The search in a real browser: inflected words, numbers of acts, bodies and days; what it costs; what is left without
// a script.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { start } from "./browser.mjs";
import { build, files } from "./build.mjs";
import { serve } from "./server.mjs";

/** What a reader types, and words that the first answers have in one of their forms. */
const QUERIES = [
  ["наставниками", /наставни/i],
  ["дорожную карту", /дорожн\S+ карт/i],
  ["список школ", /спис(ок|к)/i],
  ["днём", /д(ень|н)/i],
  ["семинаров для руководителей", /семинар/i],
  ["учебных достижений", /учебн/i],
  ["91/1", /91\/1/],
  ["293-р", /293.р/],
  ["ТОГИРРО", /ТОГИРРО/],
  ["мониторинге показателей", /мониторинг|показател/i],
  ["план мероприятий", /план/i],
  ["еще раз о зачётах", /./],
];

const MOST = 60 * 1024;

describe("the search", () => {
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

  const answered = (tab) => tab.locator("#search-said:not(:empty)").waitFor();

  test("inflected words, numbers of acts, bodies: each finds what it means", async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const wrong = [];
    for (const [query, wanted] of QUERIES) {
      await tab.goto(`${server.origin}/search/?q=${encodeURIComponent(query)}`);
      await answered(tab);
      const items = await tab.locator("#search-results > li").allInnerTexts();
      if (!items.length) wrong.push(`${query}: ${await tab.locator("#search-said").innerText()}`);
      if (items.length && !wanted.test(items[0])) wrong.push(`${query}: ${items[0]}`);
      const marks = await tab.locator("#search-results mark").count();
      if (items.length && !marks) wrong.push(`${query}: no word is marked`);
    }
    assert.deepEqual(wrong, []);
    await context.close();
  });

  test("a day is found however it is written", async () => {
    const texts = files(join(built.site, "search")).filter((f) => f.startsWith("texts")).map((f) => readFileSync(join(built.site, "search", f), "utf8")).join("");
    const day = /([1-9]\d?) (января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря) (20\d\d)/.exec(texts);
    assert.ok(day);
    const months = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"];
    const digits = `${day[1].padStart(2, "0")}.${String(months.indexOf(day[2]) + 1).padStart(2, "0")}.${day[3]}`;
    const context = await browser.newContext();
    const tab = await context.newPage();
    const said = [];
    for (const query of [day[0], digits]) {
      await tab.goto(`${server.origin}/search/?q=${encodeURIComponent(query)}`);
      await answered(tab);
      said.push(await tab.locator("#search-said").innerText());
    }
    assert.match(said[0], /^Нашлось/);
    assert.equal(said[0], said[1]);
    await context.close();
  });

  test("the script makes terms as the index has them: every word of every text is found", async () => {
    const folder = join(built.site, "search");
    const read = (name) => JSON.parse(readFileSync(join(folder, name), "utf8"));
    const words = new Set();
    const texts = [];
    for (const name of files(folder)) {
      if (name.startsWith("words")) Object.keys(read(name)).forEach((word) => words.add(word));
      if (name.startsWith("texts")) read(name).forEach((e) => texts.push(e.title, ...e.pieces.filter((_, n) => n % 2)));
    }
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(`${server.origin}/search/`);
    const missing = await tab.evaluate(([all, known]) => {
      const there = new Set(known);
      const gone = new Set();
      all.forEach((text) => globalThis.glasnoSearch.questions(text).flat(2)
        .forEach((term) => { if (!there.has(term)) gone.add(`${term} (${text.slice(0, 60)})`); }));
      return [...gone];
    }, [texts, [...words]]);
    assert.deepEqual(missing.slice(0, 20), []);
    await context.close();
  });

  test("nothing is loaded before it is used, and the first answer is small", async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    const loaded = new Map();
    tab.on("response", async (response) => {
      const { pathname } = new URL(response.url());
      if (!/\/search\/.+|search\.[^/]*js$/.test(pathname)) return;
      loaded.set(pathname, (await response.body().catch(() => Buffer.alloc(0))).length);
    });
    await tab.goto(`${server.origin}/tyumen-region-2025/`, { waitUntil: "networkidle" });
    assert.deepEqual([...loaded.keys()], []);
    for (const [query] of QUERIES) {
      loaded.clear();
      await tab.goto("about:blank");
      await tab.goto(`${server.origin}/tyumen-region-2025/`);
      await tab.locator(".site-search input").fill(query);
      await tab.keyboard.press("Enter");
      await answered(tab);
      await tab.waitForLoadState("networkidle");
      const bytes = [...loaded.values()].reduce((a, b) => a + b, 0);
      assert.ok(loaded.size > 2 && bytes < MOST, `${query}: ${bytes} bytes in ${[...loaded.keys()]}`);
    }
    await context.close();
  });

  test("a keyboard is enough, and the address keeps what was asked", async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(`${server.origin}/search/`);
    await tab.locator("#search-q").focus();
    await tab.keyboard.type("школам");
    await tab.keyboard.press("Enter");
    await answered(tab);
    assert.equal(new URL(tab.url()).searchParams.get("q"), "школам");
    const few = await tab.locator("#search-results > li").count();
    await tab.locator("#search-more").focus();
    await tab.keyboard.press("Enter");
    await tab.waitForFunction((n) => document.querySelectorAll("#search-results > li").length > n, few);
    assert.ok(await tab.evaluate(() => document.activeElement.matches("#search-results a")), "the first new one has the focus");
    await tab.keyboard.press("Enter");
    await tab.waitForURL((url) => !url.pathname.startsWith("/search/"));
    if (new URL(tab.url()).hash) assert.ok(await tab.locator(":target").count(), "the answer leads to its place");
    await tab.goBack();
    await answered(tab);
    assert.equal(await tab.locator("#search-q").inputValue(), "школам");
    await context.close();
  });

  test("without a script the site map serves", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const tab = await context.newPage();
    await tab.goto(`${server.origin}/tula-2024/`);
    await tab.locator(".site-search input").fill("план");
    await tab.keyboard.press("Enter");
    await tab.waitForURL(/\/search\/\?q=/);
    await tab.locator("main noscript a, main .note a").first().click();
    assert.equal(new URL(tab.url()).pathname, "/sitemap/");
    await context.close();
  });
});
